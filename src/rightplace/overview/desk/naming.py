"""The names behind numbers on a page: workers, teams and agencies, in one question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.access.roles import ROLES

WORKER_FIELDS: Final = frozenset({"worker", "chair", "lead", "written_by", "second_person"})
TEAM_FIELDS: Final = frozenset({"team"})
AGENCY_FIELDS: Final = frozenset({"agency", "to_agency", "school"})

NAMES = """
SELECT 'w', id, name FROM organisation_worker WHERE id = ANY(%(workers)s)
UNION ALL SELECT 't', id, name FROM organisation_team WHERE id = ANY(%(teams)s)
UNION ALL SELECT 'a', id, name FROM organisation_agency WHERE id = ANY(%(agencies)s)
"""


@dataclass(frozen=True, slots=True)
class Names:
    """What to call whom. A number that nobody knows any more says so."""

    workers: Mapping[int, str] = field(default_factory=dict)
    teams: Mapping[int, str] = field(default_factory=dict)
    agencies: Mapping[int, str] = field(default_factory=dict)

    def worker(self, number: int) -> str:
        return self.workers.get(number, "somebody who is not in the directory")

    def team(self, number: int) -> str:
        return self.teams.get(number, "a team that is not in the directory")

    def agency(self, number: int) -> str:
        return self.agencies.get(number, "an agency that is not in the directory")


def role_name(code: int) -> str:
    """The role in words."""
    return ROLES[code].name if code in ROLES else "role not known"


def named(workers: Iterable[int], teams: Iterable[int], agencies: Iterable[int] = ()) -> Names:
    """Look up these names at once."""
    values = {"workers": sorted({*workers}), "teams": sorted({*teams}), "agencies": sorted({*agencies})}
    found: dict[str, dict[int, str]] = {"w": {}, "t": {}, "a": {}}
    with connection.cursor() as cursor:
        cursor.execute(NAMES, values)
        for kind, number, name in cursor.fetchall():
            found[kind][number] = name
    return Names(found["w"], found["t"], found["a"])


def names_of(told: Iterable[Any], spans: Iterable[Any], looked: Iterable[ReadAudit]) -> Names:
    """Every name that a child's story says."""
    workers, teams, agencies = {0}, {0}, {0}
    for each in told:
        for entry in (each.entry, each.correction, each.before):
            if entry is None:
                continue
            workers.add(entry.author)
            teams.add(entry.team)
            for field_name in entry.body.__struct_fields__:
                for fields, numbers in (
                    (WORKER_FIELDS, workers), (TEAM_FIELDS, teams), (AGENCY_FIELDS, agencies),
                ):  # fmt: skip
                    if field_name in fields:
                        numbers.add(getattr(entry.body, field_name))
    for span in spans:
        workers.add(span.worker)
        teams.add(span.team)
    workers |= {reading.worker for reading in looked}
    return named(workers, teams, agencies)
