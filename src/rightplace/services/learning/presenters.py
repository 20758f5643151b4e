"""What the pages say of learning. Nobody is scored: what is due is said, and what is not known is said as that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.workload import hours_words
from rightplace.services.learning.asking import FirstYearRules
from rightplace.services.learning.career import Met
from rightplace.services.learning.due import Asked, How, Learner
from rightplace.services.learning.models import Booking, Course, FirstYear, FirstYearReview
from rightplace.services.learning.queries import Trained, audits_of
from rightplace.services.learning.sealing import OWN_WORD, REVIEW
from rightplace.services.learning.sealing import words as unsealed
from rightplace.services.learning.staying import Stayed, stayed

ASKED_COLUMNS = (
    Column("What your role asks for"),
    Column("Last taken"),
    Column("Stands"),
    Column("Booked for"),
)
BOOKING_COLUMNS = (Column("Course"), Column("Day"), Column("Stands"), Column("Your own word"))
COURSE_COLUMNS = (
    Column("Course"),
    Column("About"),
    Column("Given by"),
    Column("Days", number=True),
    Column("Cost for each", number=True),
)
TEAM_COLUMNS = (Column("Who"), Column("Late"), Column("Due next"), Column("Not known", number=True))
YEAR_COLUMNS = (Column("Whose first year"), Column("Began"), Column("Next review"))
EFFECT_COLUMNS = (
    Column("Course"), Column("Took it", number=True), Column("Here after 6 months"), Column("After 12 months"),
    Column("After 24 months"), Column("Practice audits"),
)  # fmt: skip
MET_TAGS = {
    Met.MET: tags.met("met"), Met.NOT_YET: tags.still_open("not yet"), Met.UNKNOWN: tags.not_known(),
    Met.PEOPLE: tags.plain("for people to say"),
}  # fmt: skip


def asked_tag(asked: Asked, now: datetime) -> Tag:
    """How a requirement stands, as word, shape and colour."""
    if asked.how is How.UNKNOWN:
        return tags.not_known()
    if asked.how is How.HELD:
        return tags.met(f"held until {words.plain_day(asked.due)}" if asked.due else "held")
    return tags.due_tag(asked.due, now) if asked.due else tags.due_soon("due")


def asked_row(asked: Asked, now: datetime) -> Row:
    source = asked.of.source + ("" if asked.of.checked else " (not checked)")
    return Row(
        [
            Lines(asked.of.title, source),
            words.plain_day(asked.last)
            if asked.last
            else "never, as far as it is written down"
            if asked.how is not How.UNKNOWN
            else None,
            asked_tag(asked, now),
            words.plain_day(asked.booked) if asked.booked else "no day",
        ],
        late=asked.how is How.LATE,
    )


def booking_tag(booking: Booking) -> Tag:
    if booking.state == Booking.State.ATTENDED:
        return tags.met("attended")
    return tags.still_open("booked") if booking.state == Booking.State.BOOKED else tags.plain(booking.state)


def booking_row(booking: Booking) -> Row:
    """One course of one's own."""
    if booking.reflected_at is not None:
        own: Cell = tags.met("written")
    else:
        own = tags.due_soon("waits") if booking.state == Booking.State.ATTENDED else "after the course"
    link = Link(booking.course.title, reverse("learning:booking", args=[booking.pk]), booking.course.provider)
    return Row([link, words.plain_day(booking.on), booking_tag(booking), own])


def course_row(course: Course, kinds: dict[str, str], *, keeps: bool) -> Row:
    """One course that is offered."""
    cost = None if course.cost_pence is None else f"£{course.cost_pence / 100:,.2f}"
    address = reverse("learning:course" if keeps else "learning:book", args=[course.pk])
    return Row(
        [
            Link(course.title, address),
            kinds.get(course.kind, course.kind),
            course.provider,
            f"{course.days:g}",
            cost,
        ]
    )


def team_row(learner: Learner, asked: Sequence[Asked], now: datetime) -> Row:
    """What is due for somebody of a team, by name: what is late is named, nobody is ranked."""
    late = [each.of.title for each in asked if each.how is How.LATE]
    coming = min(
        (each for each in asked if each.due is not None and each.how is not How.LATE),
        default=None,
        key=lambda e: str(e.due),
    )
    ahead: Cell = "nothing"
    if coming is not None and coming.due is not None:
        ahead = Lines(coming.of.title, words.day_words(coming.due, now))
    unknown = sum(1 for each in asked if each.how is How.UNKNOWN)
    return Row(
        [learner.name, words.capitalised(words.listed(late)) if late else "nothing", ahead, unknown],
        late=bool(late),
    )


def year_row(year: FirstYear, now: datetime) -> Row:
    """A first year, with the review that is next."""
    coming = next(
        (each for each in sorted(year.reviews.all(), key=lambda e: e.month) if each.held_on is None), None
    )
    ahead: Cell = tags.due_tag(coming.due, now) if coming else tags.met("completed")
    link = Link(
        year.worker.name, reverse("learning:first-year", args=[year.pk]), f"with {year.supervisor.name}"
    )
    return Row([link, words.plain_day(year.begins), ahead])


@dataclass(frozen=True)
class ReviewShown:
    """One review of a first year: two words side by side."""

    of: FirstYearReview
    now: datetime

    @property
    def tag(self) -> Tag:
        return tags.met("held") if self.of.held_on else tags.due_tag(self.of.due, self.now)

    @property
    def text(self) -> str:
        return unsealed(REVIEW, self.of.pk, self.of.sealed_words)

    @property
    def own(self) -> str:
        return unsealed(OWN_WORD, self.of.pk, self.of.sealed_own)


@dataclass(frozen=True)
class YearShown:
    """A first year as the newly qualified worker and the supervisor both read it."""

    of: FirstYear
    rules: FirstYearRules
    load: dict[str, float | None] | None
    own: bool
    now: datetime

    @property
    def reviews(self) -> list[ReviewShown]:
        return [ReviewShown(each, self.now) for each in sorted(self.of.reviews.all(), key=lambda e: e.month)]

    @property
    def to_hold(self) -> FirstYearReview | None:
        """The next review, for the supervisor to write."""
        return next((each.of for each in self.reviews if each.of.held_on is None), None)

    @property
    def to_answer(self) -> FirstYearReview | None:
        return next(
            (each.of for each in self.reviews if each.of.held_on and each.of.answered_at is None), None
        )

    @property
    def promises(self) -> list[str]:
        """What the year promises."""
        return [
            f"{self.rules.workload:.0%} of a full workload over the year.",
            f"{self.rules.protected:.0%} of the time is protected.",
            f"Supervision: {self.rules.supervision_words.lower()}.",
        ]

    @property
    def load_words(self) -> list[str]:
        """This week's load in hours, as the worker sees it."""
        if self.load is None:
            return []
        takes, has = self.load["takes"], self.load["has"]
        room = (
            f"{hours_words(has)} are there for families"
            if has is not None
            else "how many hours are there is not known"
        )
        return [
            f"This week the families take {hours_words(takes or 0.0)}; {room}, the protected time taken off."
        ]


def stayed_cell(of: Stayed) -> Cell:
    """How many are still here, with the range in which the truth may lie."""
    if of.counted is None:
        return Lines("left out", "too few to say without telling who")
    if not of.counted or of.low is None or of.high is None:
        return "not yet"
    return Lines(f"{of.here} of {of.counted}", f"between {of.low:.0%} and {of.high:.0%}, four times in five")


def effect_row(trained: Trained, now: datetime) -> Row:
    """One course: trained and gone, and what audits say once there are any."""
    found = stayed(trained.spells, now.date())
    many: Cell = len(trained.spells) if len(trained.spells) >= 8 else "fewer than 8"
    audits = audits_of(trained.course)
    return Row(
        [trained.title, many, *(stayed_cell(each) for each in found), " ".join(audits) or "no audits yet"]
    )
