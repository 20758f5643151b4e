"""What falls due next month in hours, who is full, and who carries what; each list starts from the reader's scope."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from rightplace.common.caseflow.load import Week, families_at, loads_from, weeks_of
from rightplace.domain.practice.workload import Family, Load, weights_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal.folding import rules
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Team
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.workforce.models import FullSaid

AHEAD: Final = timedelta(days=28)
A_WORKERS_OWN: Final = frozenset(
    {
        "social worker", "family support worker", "personal adviser", "front door worker", "team worker on duty",
        "independent reviewing officer", "conference chair",
    }
)  # fmt: skip
CARRIES: Final = (
    RoleCode.FRONT_DOOR_WORKER, RoleCode.FRONT_DOOR_MANAGER, RoleCode.FAMILY_SUPPORT_WORKER,
    RoleCode.FAMILY_SUPPORT_MANAGER, RoleCode.SOCIAL_WORKER, RoleCode.TEAM_MANAGER, RoleCode.CONFERENCE_CHAIR,
)  # fmt: skip
CHILDRENS_TEAMS: Final = (
    Team.Kind.FRONT_DOOR, Team.Kind.OUT_OF_HOURS, Team.Kind.FAMILY_SUPPORT, Team.Kind.ASSESSMENT,
    Team.Kind.SAFEGUARDING, Team.Kind.CARE, Team.Kind.LEAVING_CARE, Team.Kind.CONFERENCE_CHAIRS,
)  # fmt: skip
COMING: Final = """
SELECT s.worker, t.rule, t.due::date, count(*)
FROM journal_timescale t
JOIN journal_span s ON s.person = t.person AND s.open AND s.begins <= %(now)s AND (s.ends IS NULL OR s.ends > %(now)s)
WHERE s.worker = ANY(%(workers)s) AND t.rule = ANY(%(rules)s) AND NOT t.concern AND t.unknown = ''
  AND t.due > %(now)s AND t.due <= %(until)s AND t.met IS NULL AND t.not_required_from IS NULL
  AND (t.overtaken IS NULL OR t.overtaken > %(until)s)
GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Coming:
    """What falls due for a worker in one week of the next four."""

    monday: date
    things: int
    hours: float


def coming(workers: Collection[int], now: datetime) -> dict[int, list[Coming]]:
    """What falls due for each worker's children in the next four weeks, by week, in hours. One query."""
    table = weights_on(now.date())
    owned = sorted({rule.id for rule in rules().rules if rule.owner in A_WORKERS_OWN})
    values: dict[str, Any] = {"workers": list(workers), "rules": owned, "now": now, "until": now + AHEAD}
    with connection.cursor() as cursor:
        cursor.execute(COMING, values)
        rows = cursor.fetchall()
    found: dict[int, dict[date, list[float]]] = {}
    for worker, rule, day, count in rows:
        week = found.setdefault(worker, {}).setdefault(day - timedelta(days=day.weekday()), [0, 0.0])
        week[0] += count
        week[1] += count * (table.due_hours(rule) if table else 0.0)
    return {
        worker: [Coming(monday, int(n), hours) for monday, (n, hours) in sorted(weeks.items())]
        for worker, weeks in found.items()
    }


@dataclass(frozen=True)
class Carried:
    """What some workers carry at one moment: behind a worker's own page, and behind every page on which others read it."""

    loads: dict[int, Load]
    weeks: Mapping[int, Week]
    coming: Mapping[int, Sequence[Coming]]
    full: frozenset[int]
    waiting: tuple[Family, ...] = ()


def carried(workers: Collection[int], at: datetime, *, waiting_in: int | None = None) -> Carried:
    """The one count of what workers carry. Five queries, however many they are; with a team also who waits in it."""
    families = families_at(at, workers, waiting_in=waiting_in)
    weeks = weeks_of(workers, clock.today())
    made = loads_from(workers, families, clock.today(), weeks)
    return Carried(made, weeks, coming(workers, at), _full(workers), families.get(0, ()))


@dataclass(frozen=True)
class TeamLoad:
    """One team's workers with what each carries, and the families who wait for a worker."""

    team: Team
    members: Sequence[Membership]
    loads: dict[int, Load]
    waiting: tuple[Family, ...]
    full: frozenset[int]
    weeks: Mapping[int, Week] = field(default_factory=dict)
    coming: Mapping[int, Sequence[Coming]] = field(default_factory=dict)

    @property
    def takes(self) -> float:
        return round(sum(load.takes for load in self.loads.values()), 2)

    @property
    def has(self) -> float | None:
        """The hours that the team has for families; None when the week of somebody is not known."""
        known = [load.has for load in self.loads.values() if load.has is not None]
        return round(sum(known), 2) if len(known) == len(self.loads) else None


def carriers(on: date, team: int | None = None) -> QuerySet[Membership]:
    """Who may carry children on a day, team by team."""
    found = Membership.objects.filter(
        holding(on), holding(on, "worker__"), holding(on, "team__"), role__in=CARRIES,
        team__kind__in=CHILDRENS_TEAMS,
    )  # fmt: skip
    found = found.filter(team=team) if team is not None else found
    return found.select_related("worker", "team").order_by("team__name", "team_id", "role", "worker__name")


def team_load(team: Team, at: datetime | None = None) -> TeamLoad:
    """The workload of one team now. Six queries."""
    members = list(carriers(clock.today(), team.pk))
    found = carried({member.worker_id for member in members}, at or clock.now(), waiting_in=team.pk)
    return TeamLoad(team, members, found.loads, found.waiting, found.full, found.weeks, found.coming)


@dataclass(frozen=True)
class EveryTeamLoad:
    """Every team's workload, and the hours of families whose worker is in no children's team now.

    Those are part of the whole and of no team: with them it is the sum of the workers' own lists.
    """

    teams: list[TeamLoad]
    elsewhere: float

    @property
    def takes(self) -> float:
        held = (load.takes for team in self.teams for load in team.loads.values())
        return round(sum(held) + self.elsewhere, 2)


def every_team(at: datetime | None = None) -> EveryTeamLoad:
    """The workload of every team now. Who is in two teams is counted in the first; five queries however many there are."""
    at, today = at or clock.now(), clock.today()
    by_team: dict[int, list[int]] = {}
    for team, worker in carriers(today).values_list("team_id", "worker_id"):
        by_team.setdefault(team, []).append(worker)
    workers = {worker for found in by_team.values() for worker in found}
    families = families_at(at)
    made = loads_from(workers, families, today)
    teams, full, seen, found = Team.objects.in_bulk(list(by_team)), _full(workers), set[int](), []
    for team, members in by_team.items():
        own = {worker: made[worker] for worker in members if worker not in seen}
        seen |= own.keys()
        found.append(TeamLoad(teams[team], (), own, (), full & own.keys()))
    elsewhere = sum(
        f.hours for worker, held in families.items() if worker and worker not in workers for f in held
    )
    return EveryTeamLoad(found, elsewhere)


def _full(workers: Collection[int]) -> frozenset[int]:
    rows = FullSaid.objects.filter(worker__in=list(workers), answered_at=None, taken_back_at=None)
    return frozenset(rows.values_list("worker_id", flat=True))


def full_said(actor: Actor) -> QuerySet[FullSaid]:
    """Who said to be full, as far as this reader may see: the unanswered first, then the latest."""
    found = scope(actor, FullSaid).select_related("worker", "team", "answer", "answer__recorded_by")
    return found.order_by("-taken_back_at", "-answered_at", "answer_by", "id")
