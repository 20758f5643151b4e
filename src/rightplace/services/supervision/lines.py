"""Who supervises whom on a day: what was said, else the team's manager; managers by a head of service, heads by the director.

Worked out from the organisation in one question; while a supervisor is away it is said who covers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Q

from rightplace.domain.practice.supervision import Answering, How, answering
from rightplace.foundation.access.roles import ROLES
from rightplace.foundation.organisation.models import Absence
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode

SUPERVISED: Final = tuple(code for code, role in ROLES.items() if "supervision.see_own" in role.permissions)
HOLDS: Final = frozenset(code for code, role in ROLES.items() if "supervision.hold" in role.permissions)
LEADS: Final = (RoleCode.HEAD_OF_SERVICE, RoleCode.DIRECTOR)
NOBODY: Final = 0

IN_FORCE: Final = "{0}.begins <= %(on)s AND ({0}.ends IS NULL OR {0}.ends > %(on)s)"
MEMBERS: Final = f"""
SELECT m.worker_id, w.name, m.team_id, t.name, m.role, m.begins, l.supervisor_id, l.begins,
       (SELECT p.qualified FROM organisation_particulars p
        WHERE p.worker_id = m.worker_id AND {IN_FORCE.format("p")} ORDER BY p.begins DESC LIMIT 1)
FROM organisation_membership m
JOIN organisation_worker w ON w.id = m.worker_id AND {IN_FORCE.format("w")}
JOIN organisation_team t ON t.id = m.team_id AND {IN_FORCE.format("t")}
LEFT JOIN LATERAL (SELECT x.supervisor_id, x.begins FROM supervision_line x
                   WHERE x.worker_id = m.worker_id AND {IN_FORCE.format("x")}
                   ORDER BY x.begins DESC, x.id DESC LIMIT 1) l ON true
WHERE m.role = ANY(%(roles)s) AND {IN_FORCE.format("m")}
ORDER BY m.begins, m.id
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Supervised:
    """Somebody who is supervised: in which role and team, by whom, and since when so."""

    worker: int
    name: str
    role: int
    team: int
    team_name: str
    since: date
    supervisor: int
    said: bool
    qualified: date | None


@dataclass(frozen=True)
class Chart:
    """Who supervises whom on one day."""

    on: date
    people: Mapping[int, Supervised]
    managers: Mapping[int, Sequence[int]]
    heads: Sequence[int]
    directors: Sequence[int]
    named_cover: Mapping[int, int] = field(default_factory=dict)
    away: frozenset[int] = frozenset()

    def name(self, worker: int) -> str:
        """A name, or that nobody is known."""
        found = self.people.get(worker)
        return found.name if found else ""

    def supervisor_of(self, worker: int) -> int:
        """Who supervises somebody; 0 where nobody in Rightplace does, or nobody said."""
        found = self.people.get(worker)
        return found.supervisor if found else NOBODY

    def supervisees_of(self, worker: int) -> list[Supervised]:
        """Whom somebody supervises, by name."""
        found = [each for each in self.people.values() if each.supervisor == worker]
        return sorted(found, key=lambda each: (each.name, each.worker))

    def below(self, worker: int) -> list[Supervised]:
        """The supervisors whom somebody supervises: those who have supervisees of their own."""
        busy = {each.supervisor for each in self.people.values()}
        return [each for each in self.supervisees_of(worker) if each.worker in busy]

    def answering(self, worker: int) -> Answering | None:
        """Who supervises somebody on this day, whoever is away; None where nobody supervises at all."""
        found = self.people.get(worker)
        if found is None or not found.supervisor:
            return None
        return answering(
            worker,
            found.supervisor,
            away=self.away,
            named=self._cover_of(found.supervisor),
            team=self.managers.get(found.team, ()),
            above=[each for each in (self.supervisor_of(found.supervisor),) if each],
            others=[
                *self.heads,
                *self.directors,
                *(each for team in self.managers.values() for each in team),
            ],
        )

    def _cover_of(self, supervisor: int) -> int | None:
        """Who was named to cover, if that one may hold supervision: a peer covers families, not supervision."""
        cover = self.named_cover.get(supervisor)
        return cover if cover is not None and self.may_hold(cover) else None

    def may_hold(self, worker: int) -> bool:
        """Whether somebody is in a role that holds supervision."""
        found = self.people.get(worker)
        return found is not None and found.role in HOLDS

    def covered_by(self, worker: int) -> list[Supervised]:
        """Whom somebody supervises on this day because the own supervisor is away."""
        if not self.away:
            return []
        found = [each for each in self.people.values() if each.supervisor in self.away]
        return [
            each
            for each in sorted(found, key=lambda each: (each.name, each.worker))
            if (who := self.answering(each.worker)) and who.supervisor == worker and who.how is not How.OWN
        ]


def chart(on: date) -> Chart:
    """Who supervises whom on a day, and who is away. Two questions."""
    rows = _members(on)
    managers: dict[int, list[int]] = {}
    for worker, _, team, _, role, *_ in rows:
        if role in MANAGES_A_TEAM:
            managers.setdefault(team, []).append(worker)
    heads = [row[0] for row in rows if row[4] == RoleCode.HEAD_OF_SERVICE]
    directors = [row[0] for row in rows if row[4] == RoleCode.DIRECTOR]
    people = _people(rows, managers, heads, directors)
    absences = Absence.objects.filter(Q(ends__isnull=True) | Q(ends__gt=on), begins__lte=on).order_by(
        "recorded_at", "id"
    )
    gone = list(absences.values_list("worker_id", "cover_id"))
    return Chart(
        on, people, managers, heads, directors,
        {worker: cover for worker, cover in gone if cover}, frozenset(worker for worker, _ in gone),
    )  # fmt: skip


def _members(on: date) -> list[tuple[int, str, int, str, int, date, int | None, date | None, date | None]]:
    with connection.cursor() as cursor:
        cursor.execute(MEMBERS, {"on": on, "roles": [int(role) for role in SUPERVISED]})
        return list(cursor.fetchall())


def _people(
    rows: Sequence[tuple[int, str, int, str, int, date, int | None, date | None, date | None]],
    managers: Mapping[int, Sequence[int]],
    heads: Sequence[int],
    directors: Sequence[int],
) -> dict[int, Supervised]:
    """Each worker once: in the highest of several roles, then in the one held longest."""
    found: dict[int, Supervised] = {}
    here = {row[0] for row in rows}
    for worker, name, team, team_name, role, begins, said, said_from, qualified in rows:
        if worker in found and _rank(found[worker].role) >= _rank(role):
            continue
        usual = next(
            (each for each in _usual(role, team, managers, heads, directors) if each != worker), NOBODY
        )
        said = said if said in here else None
        since = max(begins, said_from) if said and said_from else begins
        found[worker] = Supervised(
            worker, name, role, team, team_name, since, said or usual, said is not None, qualified
        )
    return found


def _rank(role: int) -> int:
    return (
        3 if role == RoleCode.DIRECTOR else 2 if role == RoleCode.HEAD_OF_SERVICE else role in MANAGES_A_TEAM
    )


def _usual(
    role: int,
    team: int,
    managers: Mapping[int, Sequence[int]],
    heads: Sequence[int],
    directors: Sequence[int],
) -> Sequence[int]:
    """Who supervises somebody in this role and team where nobody said otherwise."""
    if role == RoleCode.DIRECTOR:
        return ()
    if role == RoleCode.HEAD_OF_SERVICE:
        return directors
    if role in MANAGES_A_TEAM:
        return [*heads, *directors]
    return [*managers.get(team, ()), *heads]


def supervisees(workers: Collection[int], on: date) -> dict[int, int]:
    """How many each of these workers supervises on a day: the workload counts the hours that it takes. One question."""
    rows = _members(on)
    managers: dict[int, list[int]] = {}
    for row in rows:
        if row[4] in MANAGES_A_TEAM:
            managers.setdefault(row[2], []).append(row[0])
    heads = [row[0] for row in rows if row[4] == RoleCode.HEAD_OF_SERVICE]
    directors = [row[0] for row in rows if row[4] == RoleCode.DIRECTOR]
    counted = Counter(each.supervisor for each in _people(rows, managers, heads, directors).values())
    return {worker: counted[worker] for worker in workers}
