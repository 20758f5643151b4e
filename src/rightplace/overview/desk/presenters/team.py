"""A team: who waits for a worker and how long, offers, each worker's children, its area and schools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from rightplace.common.caseflow.onpages import TeamSection
from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Lines, Link, Row
from rightplace.domain.practice.workload import Family, Load, hours_words
from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation.models import Area, Membership, Team, Worker
from rightplace.overview.desk.presenters.day import Day

WORKER_COLUMNS = (
    Column("Worker"), Column("Children", number=True), Column("Families", number=True), Column("Late", number=True),
)  # fmt: skip
TEAM_COLUMNS = (
    Column("Team"), Column("Area"), Column("Manager"), Column("Children", number=True),
    Column("Without a worker", number=True), Column("Offers", number=True),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TeamPage:
    """One team at one moment."""

    team: Team
    day: Day
    members: Sequence[Membership]
    manager: Worker | None
    spans: Sequence[Span]
    families: Mapping[int, Sequence[Sequence[int]]]
    away: frozenset[int]
    loads: Sequence[Load] = ()
    waiting: Sequence[Family] = ()
    may_see_hours: bool = False
    sections: Sequence[TeamSection] = ()

    @property
    def sentences(self) -> list[str]:
        """Whom the team answers for, who waits, who manages it."""
        children = words.count_words(len(self.spans), "child", "children")
        waiting = len(self.day.unallocated)
        late = sum(self.day.late.values())
        manager = self.manager.name if self.manager else "nobody: the head of service answers"
        return [
            f"{self.team.name} answers for {children}; its manager is {manager}.",
            f"{words.count_words(waiting, 'child has', 'children have', none='Nobody has')} no worker."
            if waiting
            else "Every child has a worker.",
            f"{words.count_words(late, 'thing is', 'things are')} late." if late else "Nothing is late.",
        ]

    @property
    def capacity(self) -> list[str]:
        """The hours that the team has for families this week, against those that its families take; nobody by name."""
        known = [each for each in self.loads if each.has is not None]
        unknown = len(self.loads) - len(known)
        takes, more = sum(each.takes for each in self.loads), sum(each.hours for each in self.waiting)
        said = [
            f"Its workers’ families take {hours_words(takes)} this week.",
            f"Those who wait for a worker would take {hours_words(more)} more." if more else "",
        ]
        if known:
            has = sum(each.has or 0.0 for each in known)
            free = has - sum(each.takes for each in known)
            left = f"{hours_words(free)} free" if free >= 0 else f"{hours_words(-free)} less than they take"
            said.insert(0, f"The team has {hours_words(has)} for families this week: {left}.")
        if unknown:
            whose = words.count_words(unknown, "worker’s", "workers’")
            said.append(f"How many hours there are is not known for {whose} week.")
        return [each for each in said if each]

    @property
    def worker_rows(self) -> list[Row]:
        return [self._worker(each) for each in self.members]

    def _worker(self, member: Membership) -> Row:
        mine = [span.person for span in self.spans if span.worker == member.worker_id]
        late = sum(self.day.late.get(person, 0) for person in mine)
        role = ROLES[member.role].name if member.role in ROLES else "role not known"
        more = f"{role}, away" if member.worker_id in self.away else role
        return Row(
            (
                Lines(member.worker.name, more),
                len(mine),
                len(self.families.get(member.worker_id, ())),
                late,
            ),
            late=late > 0,
        )

    @property
    def child_rows(self) -> list[Row]:
        """Every child of the team with its worker."""
        ordered = sorted(
            self.spans, key=lambda s: (s.worker != 0, self.day.names.workers.get(s.worker, ""), s.person)
        )
        return [
            Row(
                (
                    self.day.child(span.person),
                    self.day.names.worker(span.worker) if span.worker else "no worker",
                    self.day.late.get(span.person, 0),
                    words.plain_day(span.seen) if span.seen else None,
                ),
                late=bool(self.day.late.get(span.person)),
            )
            for span in ordered
        ]


CHILD_COLUMNS = (Column("Child"), Column("Worker"), Column("Late", number=True), Column("Last seen"))


def team_row(
    team: Team, areas: Sequence[Area], manager: Worker | None, counts: tuple[int, int], offers: int
) -> Row:
    """One team in the list of teams."""
    children, waiting = counts
    link = Link(team.name, reverse("desk:team", args=[team.pk]), team.get_kind_display())
    return Row((link, _areas_said(areas), manager.name if manager else None, children, waiting, offers))


def _areas_said(areas: Sequence[Area]) -> str:
    """“East: Elm, Fir and Gorse”; every area with its quarter where they are not of one."""
    if not areas:
        return "the whole city"
    first, *more = areas
    if any(area.quarter != first.quarter for area in more):
        return words.listed([str(area) for area in areas])
    return words.listed([str(first), *(area.name for area in more)])
