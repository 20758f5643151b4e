"""My day: the first thing due, for whom, why; then the rest by what is due, and what waits beside it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse

from rightplace.common.caseflow import waits
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.waits import Waiting
from rightplace.common.web import pieces, tags, words
from rightplace.common.web.pieces import Cell, Column, Group, Lines, Link, Links, Row
from rightplace.foundation.journal.projections import Doubt, Span, Timescale
from rightplace.foundation.people.projections import Duplicate, Person
from rightplace.overview.desk.naming import Names
from rightplace.overview.desk.presenters import due
from rightplace.overview.desk.presenters.families import by_family, together
from rightplace.overview.desk.presenters.story import age_words, doubt_words
from rightplace.overview.desk.queries import AtTheDoor, PassedOn, Unread

DUE_COLUMNS = (
    Column("Child"),
    Column("What, and why"),
    Column("By"),
    Column("How it stands"),
    Column("Whose to do"),
)
OFFER_COLUMNS = (Column("Child"), Column("For what"), Column("From"), Column("Answer by"), Column("Next"))
BACK_COLUMNS = (Column("Child"), Column("For what"), Column("Who did not take the child"), Column("Next"))
PASSED_COLUMNS = (Column("Child"), Column("Passed on"), Column("Who has the child"), Column("Next"))
UNREAD_COLUMNS = (
    Column("Child"),
    Column("What is new"),
    Column("New entries", number=True),
    Column("The last"),
)
DOUBT_COLUMNS = (Column("Child"), Column("What is odd"), Column("Since"), Column("Next"))
WAIT_COLUMNS = (Column("Child"), Column("Waiting for a worker"), Column("Late", number=True), Column("Next"))
LINK_COLUMNS = (Column("Child"), Column("The other file"), Column("Found"), Column("Next"))
ELSEWHERE_COLUMNS = waits.COLUMNS
CLIMB_COLUMNS = (Column("What nobody opened"), Column("Since"), Column("How it stands"), Column("Next"))


@dataclass(frozen=True, kw_only=True)
class Day:
    """One person's day, at one moment."""

    now: datetime
    people: Mapping[int, Person]
    names: Names
    scales: Sequence[Timescale]
    unread: Sequence[Unread] = ()
    offers: Sequence[Offer] = ()
    offers_due: Mapping[int, datetime] = field(default_factory=dict)
    came_back: Sequence[Offer] = ()
    passed_on: Sequence[PassedOn] = ()
    at_door: AtTheDoor | None = None
    team_late: int = 0
    doubts: Sequence[Doubt] = ()
    duplicates: Sequence[Duplicate] = ()
    climbed: Sequence[Timescale] = ()
    offered_elsewhere: Mapping[int, int] = field(default_factory=dict)
    unallocated: Sequence[Span] = ()
    late: Mapping[int, int] = field(default_factory=dict)
    siblings: Sequence[tuple[int, int]] = ()
    climbed_above: int = 0
    children: int = 0
    elsewhere: Sequence[Waiting] = ()

    @property
    def first(self) -> Timescale | Offer | None:
        """The first thing due, if anything is: an offer waits for an answer as a visit waits to be made."""
        scale = next((s for s in self.scales if due.due_day(s) is not None), None)
        offer = min((o for o in self.offers if o.id in self.offers_due), key=self._answer_by, default=None)
        if scale is None or offer is None:
            return scale or offer
        day = due.due_day(scale)
        return offer if day is not None and self._answer_by(offer) < day else scale

    def _answer_by(self, offer: Offer) -> datetime:
        return self.offers_due[offer.id]

    @property
    def first_words(self) -> tuple[Cell, str, tags.Tag] | None:
        """What it is, for whom, and how it stands."""
        found = self.first
        if found is None:
            return self._at_the_door() or self._on_other_pages()
        if isinstance(found, Offer):
            link = Link("Accept the child or send the offer back", reverse("caseflow:offer", args=[found.id]))
            return link, "", tags.due_tag(self._answer_by(found), self.now)
        return due.why_link(found, found.person), f"by {due.by_words(found)}", due.state(found, self.now)

    def _on_other_pages(self) -> tuple[Cell, str, tags.Tag] | None:
        """What is due first of what waits on pages of its own, where nothing is due for a child."""
        due_there = [each for each in self.elsewhere if each.due is not None]
        if not due_there:
            return None
        first = min(due_there, key=lambda each: each.due or self.now)
        return Link(first.of.what, reverse(first.of.address)), "", tags.due_tag(first.due, self.now)

    def _at_the_door(self) -> tuple[Cell, str, tags.Tag] | None:
        if self.at_door is None or not self.at_door.contacts:
            return None
        link = Link("Decide the contact that is due first", reverse("frontdoor:inbox"))
        return link, "", tags.due_tag(self.at_door.due, self.now)

    @property
    def first_child(self) -> tuple[Cell, str] | None:
        """For whom: the name that leads to the story, and the age."""
        first = self.first
        if first is None:
            return None
        alike = [scales for scales in self._scales if first in scales]
        shown = self.children_of([scale.person for scale in alike[0]] if alike else [first.person])
        if isinstance(shown, Links):
            return Links(shown.links), shown.more
        return (Link(shown.text, shown.href), shown.more) if isinstance(shown, Link) else (shown, "")

    @property
    def groups(self) -> list[Group]:
        """Late, today, this week, later; what is not known last."""
        return pieces.by_due(
            self._scales, due=lambda scales: due.due_day(scales[0]), row=self._due, now=self.now
        )

    @property
    def _scales(self) -> list[list[Timescale]]:
        """What is due, the same thing of the same day for brothers and sisters together."""
        return by_family(self.scales, self.siblings, person=lambda s: s.person, same=_same)

    def child(self, person: int, more: str = "") -> Cell:
        """The child, leading to the story; the number alone where the name may not be seen."""
        found = self.people.get(person)
        if found is None:
            return f"file {person}"
        age = age_words(found, self.now) or "age not known"
        return Link(found.name, reverse("desk:story", args=[person]), more or age)

    def children_of(self, persons: Sequence[int]) -> Cell:
        """Brothers and sisters in one cell, the eldest first, each name leading to its story."""
        eldest = sorted(persons, key=lambda each: (self._born(each), each))
        return together([self.child(each) for each in eldest], [self.people.get(each) for each in eldest])

    def _born(self, person: int) -> date:
        found = self.people.get(person)
        return found.born if found is not None and found.born else date.max

    def _due(self, scales: Sequence[Timescale]) -> Row:
        scale = scales[0]
        shown = due.state(scale, self.now)
        why = due.why_link(scale, scale.person)
        whose: Cell = due.owner_of(scale)
        if scale.rule in STEPS:
            text, address = STEPS[scale.rule]
            whose = Link(text, reverse(address, args=[scale.person]))
        return Row(
            (self.children_of([each.person for each in scales]), why, due.by_words(scale), shown, whose),
            late=shown.css == "late",
        )

    @property
    def elsewhere_rows(self) -> list[Row]:
        """What waits on pages of its own: questions, assessments, discussions, families, places."""
        return [each.row(self.now) for each in self.elsewhere]

    @property
    def unread_rows(self) -> list[Row]:
        return [
            Row(
                (
                    self.children_of([u.person for u in family]),
                    CONCERN if any(u.concern for u in family) else "entries",
                    sum(u.entries for u in family),
                    words.when(max(u.last for u in family)),
                )
            )
            for family in by_family(self.unread, self.siblings, person=lambda u: u.person)
        ]

    @property
    def back_rows(self) -> list[Row]:
        """Children whom no team has taken, each with the step that brings them on."""
        return [
            Row(
                (
                    self.child(o.person),
                    o.for_what,
                    self.names.team(o.team),
                    Link("Offer to another team", reverse("caseflow:offer-on", args=[o.person])),
                )
            )
            for o in self.came_back
        ]

    @property
    def passed_rows(self) -> list[Row]:
        return [
            Row(
                (
                    self.child(p.person),
                    words.when(p.at),
                    Lines(self.names.worker(p.worker) if p.worker else "no worker", self.names.team(p.team)),
                    Link("Read it", reverse("desk:story", args=[p.person])),
                )
            )
            for p in self.passed_on
        ]

    @property
    def offer_rows(self) -> list[Row]:
        alike = by_family(
            self.offers,
            self.siblings,
            person=lambda o: o.person,
            same=lambda o: (o.for_what, o.from_team, o.read),
        )
        return [offer_row(self, offers) for offers in alike]

    @property
    def doubt_rows(self) -> list[Row]:
        return [
            Row(
                (
                    self.child(d.person),
                    doubt_words(d),
                    words.plain_day(d.at),
                    Link("Settle", reverse("desk:settle", args=[d.person, d.pk])),
                )
            )
            for d in self.doubts
        ]

    @property
    def wait_rows(self) -> list[Row]:
        alike = by_family(self.unallocated, self.siblings, person=lambda s: s.person)
        return [wait_row(self, spans) for spans in alike]

    @property
    def link_rows(self) -> list[Row]:
        return [
            Row(
                (
                    self.child(d.person),
                    self.child(d.other),
                    words.plain_day(d.found),
                    Link("Link the two files", reverse("frontdoor:link", args=[d.file, d.other])),
                )
            )
            for d in self.duplicates
        ]

    @property
    def climb_rows(self) -> list[Row]:
        return [self._climbed(scale) for scale in self.climbed]

    def _climbed(self, scale: Timescale) -> Row:
        what: Cell = Lines("A contact at the front door", due.title_of(scale.rule))
        step = reverse("frontdoor:contact", args=[scale.person])
        if not scale.concern:
            what = self.child(scale.person, due.title_of(scale.rule))
            step = reverse("caseflow:offer", args=[scale.trigger])
        link = Link("Open", step)
        if scale.trigger in self.offered_elsewhere:
            link = Link("Ask the team", reverse("desk:team", args=[self.offered_elsewhere[scale.trigger]]))
        return Row(
            (what, words.when(scale.begins), due.state(scale, self.now), link),
            late=True,
        )


CONCERN = tags.due_soon("a new concern")
STEPS = {
    "SENT-BACK-TWICE": ("Place the child", "caseflow:place"),
    "OFFER-AGAIN": ("Offer to another team", "caseflow:offer-on"),
    "ALLOCATE": ("Allocate a worker", "caseflow:worker"),
    "FS-ASSESS": ("Open the family", "familysupport:of-child"),
    "FS-PLAN": ("Open the family", "familysupport:of-child"),
    "FS-REVIEW": ("Open the family", "familysupport:of-child"),
    "FS-LEAD": ("Open the family", "familysupport:of-child"),
    "FS-AGREE": ("Open the family", "familysupport:of-child"),
    "ASM-1": ("Open the assessment", "assessment:of-child"),
    "ASM-AUTHORISE": ("Read and authorise", "assessment:of-child"),
    "STRATEGY": ("Open the discussion", "protection:of-child"),
}
"""Where what is due is done, for rules that have one page for it."""


def _same(scale: Timescale) -> tuple[Hashable, ...]:
    """What makes one thing that is due the same for a brother or sister: what, by which day, and how it stands."""
    day = due.due_day(scale)
    return (
        scale.rule,
        words.day_number(day) if day else None,
        scale.unknown,
        scale.expires,
        scale.floor is None,
    )


def offer_row(day: Day, offers: Sequence[Offer]) -> Row:
    """A child, or brothers and sisters, offered: for what, by whom, until when it is to be answered."""
    offer = offers[0]
    waited = tags.due_tag(day.offers_due.get(offer.id), day.now)
    read = "opened" if offer.read else "nobody has opened it"
    step = reverse("caseflow:offer", args=[offer.id])
    return Row(
        (
            day.children_of([each.person for each in offers]),
            Lines(offer.for_what, read),
            day.names.team(offer.from_team),
            waited,
            Link("Accept or send back", step),
        )
    )


def wait_row(day: Day, spans: Sequence[Span]) -> Row:
    """A child, or brothers and sisters, without a worker, and for how long. The page of one offers the others too."""
    span, late = spans[0], sum(day.late.get(each.person, 0) for each in spans)
    waited = pieces.since(span.unallocated_since, day.now)
    step = reverse("caseflow:worker", args=[span.person])
    return Row(
        (
            day.children_of([each.person for each in spans]),
            tags.due_soon(waited),
            late,
            Link("Allocate a worker", step),
        ),
        late=bool(late),
    )
