"""Who links a school on a day and is really there, and why it is they: worked out from the dated rows, never empty.

The named link person; away, whoever covers, and whoever covers for them; else another worker of the area's family
support team; else its manager; else the next family support team's; else a head of service. Without a clock and, once a
book is filled, without the database, so that every day of years can be asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from django.db.models import F, Q

from rightplace.foundation.organisation.models import Absence, LinkPerson, Membership, School, Team
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode


class Why(StrEnum):
    """Why somebody is the one to ask on a day."""

    NAMED = "is the link person"
    COVERS = "covers for the link person"
    TEAM = "stands in from the area's family support team"
    MANAGER = "manages the area's family support team, and stands in"
    NEXT_TEAM = "stands in from the next family support team"
    HEAD = "heads the service, and stands in"


@dataclass(frozen=True, slots=True)
class Linked:
    """Who links a school on a day; `named` is the named link person, `until` the day on which that one is back."""

    school: int
    worker: int
    why: Why
    named: int = 0
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """Some days: from the first until the day before the last."""

    begins: date
    ends: date | None

    def holds(self, on: date) -> bool:
        """Whether a day is one of them."""
        return self.begins <= on and (self.ends is None or on < self.ends)


@dataclass(frozen=True, slots=True)
class Seat(Spell):
    """A worker's days in a family support team, or as head of service (team 0)."""

    worker: int
    team: int
    manages: bool


@dataclass(frozen=True, slots=True)
class Away(Spell):
    """Days away, and who covers (0: nobody said)."""

    worker: int
    cover: int


@dataclass(frozen=True, slots=True)
class Link(Spell):
    """Days on which somebody is named as a school's link person."""

    school: int
    worker: int


@dataclass(frozen=True, slots=True)
class Area:
    """Where a school lies, and in which quarter."""

    number: int
    quarter: str


S = TypeVar("S", bound=Spell)


@dataclass
class LinkBook:
    """All that is needed to say who links each of some schools on each of some days."""

    areas: dict[int, Area] = field(default_factory=dict)
    links: dict[int, list[Link]] = field(default_factory=dict)
    seats: dict[int, list[Seat]] = field(default_factory=dict)
    away: dict[int, list[Away]] = field(default_factory=dict)
    teams: dict[int, Area | None] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    phones: dict[int, str] = field(default_factory=dict)
    _present: dict[date, list[Seat]] = field(default_factory=dict)

    def on(self, school: int, day: date) -> Linked | None:
        """Who links the school on a day. Empty only where no family support worker and no head of service is there."""
        named = _holding(self.links.get(school, ()), day)
        if named is not None:
            if self.is_there(named.worker, day, supports=True):
                return Linked(school, named.worker, Why.NAMED, named.worker)
            until = self._back(named.worker, day)
            if (cover := self._cover(named.worker, day)) is not None:
                return Linked(school, cover, Why.COVERS, named.worker, until)
            return self._from_teams(school, day, named.worker, until)
        return self._from_teams(school, day, 0, None)

    def is_there(self, worker: int, day: date, *, supports: bool = False) -> bool:
        """Whether a worker has not left (or, if so asked, not left family support) and is not away."""
        seated = any(
            seat.holds(day) and (seat.team > 0 or not supports) for seat in self.seats.get(worker, ())
        )
        return seated and _holding(self.away.get(worker, ()), day) is None

    def _cover(self, worker: int, day: date) -> int | None:
        """Whoever covers and is there: the cover, or who covers for that one, and so on, once round."""
        asked, at = {worker}, worker
        while (gone := self._last_said(at, day)) is not None and gone.cover and gone.cover not in asked:
            at = gone.cover
            asked.add(at)
            if self.is_there(at, day):
                return at
        return None

    def _last_said(self, worker: int, day: date) -> Away | None:
        """Of several absences of one day, the one recorded last with a cover; else any."""
        found = [each for each in self.away.get(worker, ()) if each.holds(day)]
        return next((each for each in reversed(found) if each.cover), found[-1] if found else None)

    def _back(self, worker: int, day: date) -> date | None:
        """The first day on which a worker who is away is due back; None where nobody said, or who has left."""
        back: date | None = day
        while back is not None and (gone := _holding(self.away.get(worker, ()), back)) is not None:
            back = gone.ends
        return back if back != day else None

    def _from_teams(self, school: int, day: date, named: int, until: date | None) -> Linked | None:
        """Somebody of the nearest team who is there; each school another one, so that not all fall to the first."""
        present = self._there_on(day)
        here = self.areas[school]
        for near in range(4):
            of = [seat for seat in present if seat.team and self._nearness(seat.team, here) == near]
            for manages in (False, True):
                able = [seat for seat in of if seat.manages is manages]
                if able:
                    why = Why.MANAGER if manages else Why.TEAM
                    chosen = able[school % len(able)].worker
                    return Linked(school, chosen, why if near < 2 else Why.NEXT_TEAM, named, until)
        head = next((seat.worker for seat in present if not seat.team), None)
        return Linked(school, head, Why.HEAD, named, until) if head else None

    def _nearness(self, team: int, here: Area) -> int:
        of = self.teams.get(team)
        if of is None:
            return 1
        return 0 if of.number == here.number else 2 if of.quarter == here.quarter else 3

    def _there_on(self, day: date) -> list[Seat]:
        if day not in self._present:
            self._present[day] = [
                seat
                for worker in sorted(self.seats)
                for seat in self.seats[worker]
                if (seat.team in self.teams or seat.team == 0)
                and seat.holds(day)
                and _holding(self.away.get(worker, ()), day) is None
            ]
        return self._present[day]

    def days(self, school: int, first: date, last: date) -> Iterator[tuple[date, Linked | None]]:
        """Every day of a span with who links the school."""
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            yield day, self.on(school, day)


def _holding(spells: Collection[S], day: date) -> S | None:
    return next((spell for spell in spells if spell.holds(day)), None)


OTHER_TEAM = -1
"""A seat in a team that links no school: such a worker may cover, and never stands in of themselves."""


def link_book(schools: Iterable[School], first: date, last: date) -> LinkBook:
    """Fill a book for these schools (with their areas at hand) and days, in three queries however many they are."""
    book = LinkBook()
    book.areas = {school.pk: Area(school.area_id, school.area.quarter) for school in schools}
    rows = LinkPerson.objects.filter(_within(first, last), school__in=list(book.areas)).order_by("begins")
    for row in rows.select_related("worker"):
        book.links.setdefault(row.school_id, []).append(
            Link(row.begins, row.ends, row.school_id, row.worker_id)
        )
        book.names[row.worker_id], book.phones[row.worker_id] = row.worker.name, row.worker.phone
    _fill_away(book, first, last)
    _fill_seats(book, first, last)
    return book


def link_person_on(school: int, day: date) -> Linked | None:
    """Who links a school on a day and is really there."""
    return link_book(School.objects.filter(pk=school).select_related("area"), day, day).on(school, day)


def _within(first: date, last: date) -> Q:
    still = Q(ends__isnull=True) | (Q(ends__gt=first) & Q(ends__gt=F("begins")))
    return Q(begins__lte=last) & still


def _fill_away(book: LinkBook, first: date, last: date) -> None:
    rows = Absence.objects.filter(_within(first, last)).order_by("recorded_at", "pk")
    for begins, ends, worker, cover in rows.values_list("begins", "ends", "worker_id", "cover_id"):
        book.away.setdefault(worker, []).append(Away(begins, ends, worker, cover or 0))


def _fill_seats(book: LinkBook, first: date, last: date) -> None:
    """Where the workers sit who could be asked: family support, heads of service, and whoever is named or covers."""
    asked = {link.worker for links in book.links.values() for link in links}
    asked |= {away.cover for aways in book.away.values() for away in aways if away.cover}
    rows = Membership.objects.filter(_within(first, last)).filter(
        Q(team__kind=Team.Kind.FAMILY_SUPPORT) | Q(role=RoleCode.HEAD_OF_SERVICE) | Q(worker__in=asked)
    )
    for row in rows.select_related("worker", "team__area").order_by("pk"):
        supports = row.team.kind == Team.Kind.FAMILY_SUPPORT
        heads = row.role == RoleCode.HEAD_OF_SERVICE
        team = row.team_id if supports else 0 if heads else OTHER_TEAM
        ends = min(
            (end for end in (row.ends, row.worker.ends, row.team.ends) if end is not None), default=None
        )
        begins = max(row.begins, row.worker.begins, row.team.begins)
        seat = Seat(begins, ends, row.worker_id, team, row.role in MANAGES_A_TEAM)
        book.seats.setdefault(row.worker_id, []).append(seat)
        if supports:
            area = row.team.area
            book.teams[row.team_id] = Area(area.pk, area.quarter) if area else None
        book.names[row.worker_id], book.phones[row.worker_id] = row.worker.name, row.worker.phone
