"""Which team a family goes to: by what the programme says of the team, then by its worker, home and school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rightplace.foundation.organisation.models import Membership, Team
from rightplace.foundation.organisation.programme.queries import successors
from rightplace.foundation.organisation.queries import holding
from rightplace.services.cutover.grouping import OpenFamily


@dataclass(frozen=True, slots=True)
class Routed:
    """The team that a family goes to and why; or no team, and why not."""

    team: int
    because: str


def successor_teams(programme: int) -> dict[int, list[Team]]:
    """For each team that dissolves, the teams that go on from it. A team that goes on as itself does not dissolve."""
    found = {before: [line.after for line in lines] for before, lines in successors(programme).items()}
    return {before: after for before, after in found.items() if before not in {team.pk for team in after}}


def teams_of_workers(teams: Sequence[int], on: date) -> dict[int, set[int]]:
    """In which of the new teams each worker is on the first day."""
    found: dict[int, set[int]] = {}
    for worker, team in Membership.objects.filter(holding(on), team__in=list(teams)).values_list(
        "worker_id", "team_id"
    ):
        found.setdefault(worker, set()).add(team)
    return found


def route(family: OpenFamily, after: Sequence[Team], works_in: Mapping[int, set[int]]) -> Routed:
    """One successor takes all; of several the one of the family's area, then of its school's, then of its worker."""
    if not after:
        return Routed(0, "No team goes on from this one: say in the programme which does.")
    if len(after) == 1:
        return Routed(after[0].pk, "It goes on from the family’s present team.")
    for area, because in (
        (family.area, "The family lives in its area."),
        (family.school_area, "The school lies in its area."),
    ):
        found = [team for team in after if area and team.area_id == area]
        if len(found) == 1:
            return Routed(found[0].pk, because)
    along = [team for team in after if team.pk in works_in.get(family.worker, set())]
    if len(along) == 1:
        return Routed(along[0].pk, "The family’s worker goes there.")
    return Routed(0, "Several teams go on, and neither home, school nor worker says which: choose one.")
