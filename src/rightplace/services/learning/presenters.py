"""What the pages say of learning. Nobody is scored: what is due is said, and what is not known is said as that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.charts import Bar, BarChart, Caption
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.evidence import THRESHOLD
from rightplace.domain.practice.workload import hours_words
from rightplace.services.learning.asking import FirstYearRules
from rightplace.services.learning.career import Met, StepSeen
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
    Column("Next step"),
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


@dataclass(frozen=True)
class StepShown:
    """One step of a path: what it asks, what of it is written down, and what to do about the rest."""

    of: StepSeen
    offered: Mapping[str, Course]
    coming: StepSeen | None

    @property
    def is_next(self) -> bool:
        return self.coming is not None and self.of.of == self.coming.of

    @property
    def grade(self) -> str:
        return self.of.of.grade

    @property
    def asks(self) -> list[tuple[str, Tag, Link | str]]:
        """Each thing that is asked, how it stands, and the next step."""
        return [
            (said, MET_TAGS[met], self._step(how, met))
            for (how, said), (_, met) in zip(self.of.of.asks, self.of.asks, strict=True)
        ]

    def _step(self, how: str, met: Met) -> Link | str:
        kind = how.partition(":")[2]
        if met is Met.NOT_YET and kind in self.offered:
            course = self.offered[kind]
            return Link(f"Book “{course.title}”", reverse("learning:book", args=[course.pk]))
        return "Human resources can write it down." if met is Met.UNKNOWN else ""


def asked_tag(asked: Asked, now: datetime) -> Tag:
    """How a requirement stands, as word, shape and colour."""
    if asked.how is How.UNKNOWN:
        return tags.not_known()
    if asked.how is How.HELD:
        return tags.met(f"held until {words.plain_day(asked.due)}" if asked.due else "held")
    return tags.due_tag(asked.due, now) if asked.due else tags.due_soon("due")


AHEAD = timedelta(days=90)
"""How long before a requirement runs out the page says what to book."""


def next_cell(asked: Asked, offered: Mapping[str, Course], now: datetime) -> Cell:
    """The day that is booked, or the course to book for what is due or runs out soon."""
    if asked.booked:
        return f"booked for {words.plain_day(asked.booked)}"
    if asked.how is How.HELD and (asked.due is None or asked.due > now.date() + AHEAD):
        return "nothing to do"
    fit = [offered[kind] for kind in sorted(asked.of.kinds) if kind in offered]
    if not fit:
        return "no course is offered: ask human resources"
    if len(fit) > 1:
        return Link("Choose a course", "#offered", "below")
    course = fit[0]
    return Link("Book a course", reverse("learning:book", args=[course.pk]), course.title)


def asked_row(asked: Asked, now: datetime, offered: Mapping[str, Course]) -> Row:
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
            next_cell(asked, offered, now),
        ],
        late=asked.how is How.LATE,
    )


def booking_tag(booking: Booking) -> Tag:
    if booking.state == Booking.State.ATTENDED:
        return tags.met("attended")
    return tags.still_open("booked") if booking.state == Booking.State.BOOKED else tags.plain(booking.state)


LATELY = timedelta(days=182)
"""How long after a course the own word is asked for; later nobody is reminded."""


def booking_row(booking: Booking, today: date) -> Row:
    """One course of one's own."""
    own: Cell = "not written"
    if booking.reflected_at is not None:
        own = tags.met("written")
    elif booking.state == Booking.State.BOOKED:
        own = "after the course"
    elif booking.state == Booking.State.ATTENDED and booking.on > today - LATELY:
        own = tags.due_soon("waits")
    link = Link(booking.course.title, reverse("learning:booking", args=[booking.pk]), booking.course.provider)
    return Row([link, words.plain_day(booking.on), booking_tag(booking), own])


TAKEN_COLUMNS = (Column("Who"), Column("Day"), Column("Stands"))


def taken_row(booking: Booking) -> Row:
    """Somebody who was booked on a course whose day is past."""
    return Row([booking.worker.name, words.plain_day(booking.on), booking_tag(booking)])


def course_row(course: Course, kinds: dict[str, str], *, keeps: bool) -> Row:
    """One course that is offered."""
    cost = (
        None
        if course.cost_pence is None
        else f"£{course.cost_pence / 100:,.2f}"
        if course.cost_pence
        else "free"
    )
    address = reverse("learning:course" if keeps else "learning:book", args=[course.pk])
    return Row(
        [
            Link(course.title, address),
            kinds.get(course.kind, course.kind),
            course.provider,
            f"{float(course.days):g}",
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
        soon = coming.due - now.date() <= AHEAD
        ahead = Lines(
            coming.of.title, words.day_words(coming.due, now) if soon else words.plain_day(coming.due)
        )
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
    def load_chart(self) -> BarChart | None:
        """This week against the hours that are there, the protected time taken off."""
        if self.load is None or self.load["has"] is None:
            return None
        takes, has = self.load["takes"] or 0.0, self.load["has"]
        over = takes - has
        finding = (
            f"The week is {hours_words(over)} too full."
            if over > 0
            else f"There is room for {hours_words(-over)} more."
        )
        bars = [
            Bar("The families take", round(takes * 2) / 2, over > 0),
            Bar("There for families", round(has * 2) / 2),
        ]
        caption = Caption(self.now, 1, "week", "The protected time is taken off.")
        return BarChart(finding=finding, bars=bars, caption=caption, heading="This week", figure="Hours")

    @property
    def next_words(self) -> str:
        """Who does what next, said to both."""
        supervisor, worker = self.of.supervisor.name, self.of.worker.name
        if self.to_answer is not None:
            return (
                "Add your own word to the review."
                if self.own
                else f"{worker} adds an own word to the last review."
            )
        if self.to_hold is None:
            return "Every review is held. Human resources can count the year as completed."
        by = words.day_words(self.to_hold.due, self.now)
        who = f"{supervisor} writes" if self.own else "You write"
        return f"{who} the review after {self.to_hold.month} months by {by}."

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
    """One course: trained and gone, and what audits say where there are any."""
    found = stayed(trained.spells, now.date())
    many: Cell = len(trained.spells) if len(trained.spells) >= THRESHOLD else f"fewer than {THRESHOLD}"
    audits = audits_of(trained.course)
    return Row(
        [trained.title, many, *(stayed_cell(each) for each in found), *([" ".join(audits)] if audits else [])]
    )


def effect_columns(trained: Sequence[Trained]) -> Sequence[Column]:
    """Audits have a column once there are any."""
    return EFFECT_COLUMNS if any(audits_of(each.course) for each in trained) else EFFECT_COLUMNS[:-1]


def effect_chart(trained: Sequence[Trained], year: int, now: datetime) -> BarChart | None:
    """Of a hundred who took each course, how many were here half a year later; nothing where all is left out."""
    found = [(each.title, stayed(each.spells, now.date())[0]) for each in trained]
    known = [(title, one.here, one.counted) for title, one in found if one.here is not None and one.counted]
    if not known:
        return None
    bars = [
        Bar(
            title, round(100 * one.here / one.counted) if one.here is not None and one.counted else None, True
        )
        for title, one in found
        if one.counted != 0
    ]
    here, of = sum(here or 0 for _, here, _ in known), sum(counted or 0 for *_, counted in known)
    caption = Caption(
        now,
        of,
        "who took a course six months ago or longer",
        "How far each share may be off stands in the list.",
    )
    return BarChart(
        finding=f"Of {of} who took a course in {year}, {here} were here six months later.", bars=bars, caption=caption,
        heading="Course", figure="Still here after 6 months, of 100", missing="left out: too few", drawn="effect",
    )  # fmt: skip
