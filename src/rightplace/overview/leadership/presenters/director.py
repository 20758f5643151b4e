"""The three questions in sentences: what do we know, how do we know it, what are we doing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from rightplace.common.web import words
from rightplace.common.web.charts import Caption
from rightplace.common.web.maps import FEWEST, CityMap, Square
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.common.web.pieces import Figure as Sentence
from rightplace.domain.practice.figures import Counted, Figure
from rightplace.foundation.organisation.models import Area, AreaSquare
from rightplace.overview.leadership.counting import Asked
from rightplace.overview.leadership.models import LeaderNote
from rightplace.overview.leadership.presenters.figures import sentence
from rightplace.overview.leadership.queries import Done, HowWeKnow

KNOW: Sequence[tuple[str, tuple[str, ...]]] = (
    (
        "Where children are",
        (
            "open_children",
            "children_by_part",
            "unallocated",
            "unseen",
            "unseen_six_weeks",
            "protection_plans",
            "looked_after",
        ),
    ),
    (
        "At the front door",
        ("contacts_undecided", "contacts_late", "contacts_by_route", "referrals", "rereferrals"),
    ),
    (
        "What is due",
        ("late", "due_week", "offers_unanswered", "family_plans", "family_reviews_late", "sent_back_twice"),
    ),
    ("Whether it was the right place", ("wrong_place", "second_plans", "closings")),
)
UNCERTAIN = ("timescales_unknown", "doubts")
NOTE_COLUMNS = (Column("What is being done"), Column("About"), Column("By"), Column("Since"))
AREA_COLUMNS = (Column("Area"), Column("Open children", number=True))


@dataclass(frozen=True, kw_only=True)
class DirectorPage:
    """Everything that the three questions are answered with, at one moment."""

    asked: Asked
    figures: Mapping[str, Figure]
    counted: Mapping[str, Counted]
    known: HowWeKnow
    done: Done
    unread: int
    areas: Mapping[int, int]
    squares: Sequence[AreaSquare]
    names: Mapping[int, str]
    notes: Sequence[LeaderNote]

    def one(self, name: str) -> Sentence:
        """A figure without its definition, which stands on its own page: here it would be said twenty times."""
        return replace(sentence(self.figures[name], self.counted[name], self.asked), definition=None)

    @property
    def know(self) -> list[tuple[str, list[Sentence]]]:
        """What do we know: figures by what they are about."""
        return [(heading, [self.one(name) for name in names]) for heading, names in KNOW]

    @property
    def uncertain(self) -> list[Sentence]:
        return [self.one(name) for name in UNCERTAIN]

    @property
    def red(self) -> list[str]:
        """Red, in summary only: what is late, and what nobody opened."""
        late = self.counted["late"].n
        found = []
        if late:
            found.append(f"{words.count_words(late, 'thing is', 'things are')} late.")
        if self.unread:
            several = words.count_words(self.unread, "thing has", "things have")
            found.append(f"{several} been opened by nobody, not even the head of service.")
        return found

    @property
    def record(self) -> list[Markup]:
        """How we know it: the state of the record itself."""
        counted = Markup("Each figure is counted from the record when the page is opened: {}.").format(
            words.when(self.asked.now)
        )
        if self.known.sealed is None:
            return [Markup("Nothing has been sealed yet."), counted]
        sealed = Markup("The record holds {} entries; it was last sealed at <strong>{}</strong>.").format(
            f"{self.known.entries:,}", words.when(self.known.sealed)
        )
        since = words.count_words(self.known.unsealed, "file has", "files have", none="No file has")
        return [sealed, Markup("{} changed since. {}").format(since, counted)]

    @property
    def doing(self) -> list[Markup]:
        """What are we doing: what leaders decided, and what waits for them."""
        d = self.done
        answers = (
            Markup(
                "<strong>{}</strong> of those who told us do not agree with what was decided and wait for an answer."
            ).format(d.disagreements)
            if d.disagreements
            else Markup("Nobody who told us waits for an answer to a disagreement.")
        )
        return [
            Markup("In thirty days the heads of service placed {}.").format(
                words.count_words(d.placings, "child", "children")
            ),
            Markup("{}.").format(
                words.count_words(
                    d.excused,
                    "thing due was said not to be required, with its reasons",
                    "things due were said not to be required, each with its reasons",
                    none="Nothing that is due was said not to be required",
                )
            ),
            answers,
        ]

    @cached_property
    def map(self) -> CityMap | None:
        """Open children by area: every square shows its area's count."""
        if not self.squares or not any(self.areas.values()):
            return None
        squares = [
            Square(s.east, s.north, s.area_id, count := float(self.areas.get(s.area_id, 0)), count)
            for s in self.squares
        ]
        most = max((area for area in self.areas if area), key=lambda area: self.areas[area], default=0)
        total, name = sum(self.areas.values()), self.names.get(most, "One area")
        finding = f"{name} has the most open children: {told(self.areas.get(most, 0))} of {total:,}"
        if self.areas.get(most, 0) < FEWEST:
            finding = f"No area has {FEWEST} or more open children"
        return CityMap(
            finding=finding,
            squares=squares,
            areas=self.names,
            figure="Open children",
            caption=Caption(self.asked.now, total, "open children", self._nowhere()),
            adds_up=False,
            drawn="children",
        )

    def _nowhere(self) -> str:
        unknown = self.areas.get(0, 0)
        return f"Of {unknown:,} the area is not known." if unknown else "Each square has its area’s step."

    @property
    def area_rows(self) -> list[Row]:
        """The areas; few are not told, since they could point at a family."""
        href = reverse("leadership:figure", args=["open_children"])
        return [
            Row((Link(name, f"{href}?area={area}"), told(self.areas.get(area, 0))))
            for area, name in sorted(self.names.items(), key=lambda pair: -self.areas.get(pair[0], 0))
        ]

    @property
    def note_rows(self) -> list[Row]:
        return [note_row(note, self.figures) for note in self.notes]


def told(number: int) -> str:
    """A count by area, unless it is so small that it could point at a family."""
    return f"{number:,}" if number >= FEWEST else f"fewer than {FEWEST}"


def note_row(note: LeaderNote, figures: Mapping[str, Figure]) -> Row:
    """What one leader does about one figure."""
    figure = figures.get(note.figure)
    about = Link(figure.title, reverse("leadership:figure", args=[note.figure])) if figure else note.figure
    return Row((note.text, about, note.by.name, words.plain_day(note.at)))


def area_names() -> dict[int, str]:
    """The sixteen areas by number."""
    return {area.id: str(area) for area in Area.objects.all()}
