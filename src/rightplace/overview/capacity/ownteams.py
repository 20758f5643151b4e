"""Our own teams and posts as the capacity model has them: one team for each kind of work in each quarter of the city,
or in each part of a quarter where one team would be larger than the model's can be.

Real teams that do the same work in the same quarter become one: the model gives what waits to the least loaded of them all.
A team that has no area of its own is placed where most of its open children live.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from rightplace.domain.practice.workdays import start_of_day, to_datetime
from rightplace.domain.simulation.names import ASSESSMENT, CARE, DOOR, ENQUIRY, NEED, PROTECTION, SUPPORT
from rightplace.domain.simulation.parameters import parameters
from rightplace.domain.simulation.teams import MOST_WORKERS, SPARE, Structure, Team
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation import models as organisation
from rightplace.foundation.organisation.establishment import queries as establishment
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.queries import holding, teams
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode

Kind = organisation.Team.Kind
WORK: Final[Mapping[str, tuple[str, str, tuple[int, ...]]]] = {
    Kind.FRONT_DOOR: ("door", "front door", (DOOR,)),
    Kind.FAMILY_SUPPORT: ("support", "family support", (SUPPORT,)),
    Kind.ASSESSMENT: ("assessment", "assessment", (ASSESSMENT, ENQUIRY)),
    Kind.SAFEGUARDING: ("long-term", "safeguarding", (NEED, PROTECTION)),
    Kind.CARE: ("care", "children in care", (CARE,)),
}
"""Kinds of team that the model has: its word, ours, and the stages that they answer for."""
HOLD_CASES: Final = (RoleCode.FRONT_DOOR_WORKER, RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.SOCIAL_WORKER)
EVERYWHERE: Final = ""
MOST_LIVE: Final = 0.6
"""The share of a team's open children who must live in one quarter for the team to be of that quarter."""
YEAR: Final = 365
WHERE_THEY_LIVE: Final = """
SELECT s.team, a.quarter, count(*) FROM journal_span s
JOIN people_person p ON p.person = s.person JOIN organisation_area a ON a.id = p.area
WHERE s.open AND s.begins <= %(now)s AND (s.ends IS NULL OR s.ends > %(now)s) GROUP BY s.team, a.quarter
"""
TOLD_OF: Final = """
SELECT coalesce(a.quarter, ''), count(*), min(h.at) FROM journal_happening h
LEFT JOIN people_person p ON p.person = h.person LEFT JOIN organisation_area a ON a.id = p.area
WHERE h.name = 'contact.received' AND NOT h.concern AND h.at >= %(since)s AND h.at < %(now)s GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Seat:
    """One place of a worker or a manager: who sits there, for how many minutes of a week."""

    team: int
    managing: bool
    worker: int | None
    minutes: int
    agency: bool = False


@dataclass
class Own:
    """Our own service on a day: the model's structure, which of our teams each of its teams stands for, and the seats."""

    on: date
    now: datetime
    structure: Structure
    places: tuple[tuple[str, int], ...]
    """The quarter that each of the model's areas is, or is a part of, with the part's number."""
    team_of: Mapping[int, int]
    seats: list[Seat] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def area_of(self, quarter: str, team: int, person: int) -> int | None:
        """The model's area of somebody in a quarter: the part that the team serves; one of the parts, when it serves all."""
        there = [nth for nth, (of, _) in enumerate(self.places) if of == quarter]
        served = self.structure.teams[team].areas
        mine = [nth for nth in there if self.structure.areas[nth] in served] or there
        return mine[person % len(mine)] if mine else None


def moment_of(on: date) -> datetime:
    """Now, on this day; the day's last moment, on another."""
    return clock.now() if on == clock.today() else to_datetime(start_of_day(on.toordinal() + 1) - 1)


def own_service(on: date) -> Own:
    """Our own teams, posts and contacts on a day."""
    now = moment_of(on)
    ours = list(teams(on, WORK).select_related("area"))
    quarters = tuple(dict.fromkeys(team.area.quarter for team in ours if team.area)) or (EVERYWHERE,)
    unknown: list[str] = []
    seats = _seats(on, [team.pk for team in ours], unknown)
    groups = _grouped(ours, _where(ours, now), quarters)
    parts = _parts(groups, seats)
    groups = [part for group in groups for part in _dealt(group, parts)]
    team_of = {team: nth for nth, group in enumerate(groups) for team in group.members}
    workers = Counter(team_of[seat.team] for seat in seats if not seat.managing)
    managers = Counter(team_of[seat.team] for seat in seats if seat.managing)
    names = {team.pk: team.name for team in ours}
    made = tuple(_team(group, names, parts, workers[nth], managers[nth]) for nth, group in enumerate(groups))
    places = tuple((quarter, part) for quarter in quarters for part in range(parts))
    children = _children(quarters, now, on, unknown)
    areas = [(_titled(quarter, part, parts), children[quarter] // parts) for quarter, part in places]
    return Own(on, now, Structure(tuple(areas), made), places, team_of, seats, unknown)


def _titled(quarter: str, part: int = 0, parts: int = 1) -> str:
    name = quarter.capitalize() or "The city"
    return f"{name} {part + 1}" if parts > 1 else name


@dataclass(frozen=True, slots=True)
class Group:
    """Our teams of a kind, and the quarters that they serve; or one part of one quarter."""

    kind: str
    quarters: tuple[str, ...]
    members: tuple[int, ...]
    part: int | None = None


def _parts(groups: Sequence[Group], seats: Iterable[Seat]) -> int:
    """Into how many parts each quarter is cut so that no team of the model is larger than it can be, as far as teams go."""
    workers = Counter(seat.team for seat in seats if not seat.managing)
    ours = [group for group in groups if len(group.quarters) == 1]
    most = max((len(group.members) for group in ours), default=1)
    for parts in range(1, most):
        dealt = (part for group in ours for part in _dealt(group, parts))
        if all(sum(workers[team] for team in part.members) <= MOST_WORKERS - SPARE for part in dealt):
            return parts
    return most


def _dealt(group: Group, parts: int) -> list[Group]:
    """The teams of a quarter dealt out to its parts, where there are enough of them; else they serve all of it."""
    if parts == 1 or len(group.quarters) > 1 or len(group.members) < parts:
        return [group]
    return [Group(group.kind, group.quarters, group.members[nth::parts], nth) for nth in range(parts)]


def _where(ours: Iterable[organisation.Team], now: datetime) -> dict[int, str]:
    """The quarter of each team: of its own area, or where most of its open children live; nowhere, for the whole city."""
    with connection.cursor() as cursor:
        cursor.execute(WHERE_THEY_LIVE, {"now": now})
        rows: list[Any] = cursor.fetchall()
    live: dict[int, Counter[str]] = defaultdict(Counter)
    for team, quarter, many in rows:
        live[team][quarter] += many
    found = {}
    for team in ours:
        quarter, many = max(live[team.pk].items(), key=lambda item: item[1], default=(EVERYWHERE, 0))
        mostly = many and many >= MOST_LIVE * live[team.pk].total()
        found[team.pk] = team.area.quarter if team.area else quarter if mostly else EVERYWHERE
    return found


def _grouped(
    ours: Sequence[organisation.Team], where: Mapping[int, str], quarters: Sequence[str]
) -> list[Group]:
    """Our teams by kind and quarter. Where a quarter has none of a kind, and the city has, all of that kind are one."""
    found: list[Group] = []
    for kind in WORK:
        of_kind = [team.pk for team in ours if team.kind == kind]
        if not of_kind:
            continue
        by_quarter = {quarter: [t for t in of_kind if where[t] == quarter] for quarter in quarters}
        roaming = [team for team in of_kind if where[team] not in quarters]
        if kind == Kind.FRONT_DOOR or (roaming and not all(by_quarter.values())):
            found.append(Group(kind, tuple(quarters), tuple(of_kind)))
            continue
        for nth, team in enumerate(roaming):
            by_quarter[quarters[nth % len(quarters)]].append(team)
        found += [Group(kind, (of,), tuple(members)) for of, members in by_quarter.items() if members]
    return found


def _team(group: Group, names: Mapping[int, str], parts: int, workers: int, managers: int) -> Team:
    word, said, stages = WORK[group.kind]
    place = _titled(group.quarters[0]) if len(group.quarters) == 1 else "The city"
    if group.part is not None:
        place = _titled(group.quarters[0], group.part, parts)
    name = names[group.members[0]] if len(group.members) == 1 else f"{place} {said}"
    pool = f"{place} {said}" if word in ("door", "support") else f"{place} social work"
    served = range(parts) if group.part is None else (group.part,)
    areas = tuple(_titled(quarter, part, parts) for quarter in group.quarters for part in served)
    return Team(name, areas, stages, workers, managers, pool, word)


def _seats(on: date, ours: Sequence[int], unknown: list[str]) -> list[Seat]:
    """Every seat of a post that works with families or manages; where a team has no posts, its people."""
    found: list[Seat] = []
    with_posts: set[int] = set()
    for post in establishment.standing(on, ours):
        managing = post.role in MANAGES_A_TEAM
        if not managing and post.role not in HOLD_CASES:
            continue
        with_posts.add(post.team)
        for seat in post.seats:
            if seat.worker is None and post.frozen:
                continue
            hours = seat.sits_hours if seat.sits_hours is not None else seat.hours
            found.append(Seat(post.team, managing, seat.worker, _minutes(hours), seat.kind == "agency"))
    without = [team for team in ours if team not in with_posts]
    people = _people(on, without)
    if people:
        unknown.append(
            f"{len({seat.team for seat in people})} teams have no posts written down: their people count as "
            "whole-time posts that are all filled."
        )
    return found + people


def _people(on: date, wanted: Sequence[int]) -> list[Seat]:
    roles = (*HOLD_CASES, *MANAGES_A_TEAM)
    rows = Membership.objects.filter(holding(on), holding(on, "worker__"), team_id__in=wanted, role__in=roles)
    return [
        Seat(team, role in MANAGES_A_TEAM, worker, _minutes(Decimal(37)))
        for team, role, worker in rows.order_by("team_id", "id").values_list("team_id", "role", "worker_id")
    ]


def _minutes(hours: Decimal) -> int:
    return int(hours * 60)


def _children(quarters: Sequence[str], now: datetime, on: date, unknown: list[str]) -> dict[str, int]:
    """Children of each quarter: so many that the model's demand for each is the contacts that we had.

    How many children live there is not in our records, so a year's contacts stand for it."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD_OF, {"now": now, "since": now - timedelta(days=YEAR)})
        rows: list[Any] = cursor.fetchall()
    many = {quarter: n for quarter, n, _ in rows}
    first = min((at for _, _, at in rows), default=now)
    days = max(28, min(YEAR, (now - first).days + 1))
    known = sum(many.get(quarter, 0) for quarter in quarters) or 1
    whole = sum(many.values())
    demand = parameters(Structure((), ()), on).demand
    assert demand is not None
    a_child = demand.contacts_per_10k / 10_000  # with those who come back, whom the model sends itself
    unknown.append(
        f"How many children live in each area is not in our records: an area's share is that of our contacts of {days} days."
    )
    if whole > known:
        unknown.append(
            f"Of {whole - known} contacts the area is not known: they are shared out like the others."
        )
    a_year = whole * YEAR / days / a_child
    return {quarter: max(1, round(many.get(quarter, 0) / known * a_year)) for quarter in quarters}
