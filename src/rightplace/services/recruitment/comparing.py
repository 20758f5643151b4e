"""An initiative's teams held against teams of the same kinds without it, quarter by quarter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from rightplace.domain.evidence import Comparison, Measure, TooFew, difference_in_differences
from rightplace.domain.practice.retention import quarter_of, team_quarters
from rightplace.foundation.organisation.models import Team
from rightplace.services.recruitment.models import Initiative
from rightplace.services.recruitment.queries import Staff

MEASURE: Final = Measure("leaving", "leavers for each hundred staff", 1, "teams", "quarter")
BEFORE: Final = 6


@dataclass(frozen=True)
class Compared:
    """What came of the comparison, and how many staff the initiative's teams have had since, on average."""

    told: Comparison | TooFew
    staff: float


def compared(initiative: Initiative, found: Staff, today: date) -> Compared:
    """Teams with it against teams of the same kinds without it, of quarters that are over. Two queries."""
    own = list(initiative.teams.all())
    kinds = {team.kind for team in own}
    others = Team.objects.filter(kind__in=kinds).exclude(initiatives__begins__lte=today)
    wanted = {team.pk for team in own} | set(others.values_list("pk", flat=True))
    since = quarter_of(initiative.begins.toordinal())
    last = quarter_of((initiative.ends or today).toordinal()) - 1
    quarters = team_quarters(found.stays, since - BEFORE, last) if last >= since else {}
    panel = {str(team): quarters[team] for team in sorted(wanted & quarters.keys())}
    treated = {str(team.pk) for team in own}
    day, teams = today.toordinal(), {team.pk for team in own}
    staff = sum(1 for sat in found.sat if sat.holds(day) and not sat.agency and sat.team in teams)
    try:
        if last < since:
            raise TooFew("No quarter since the start is over.", "Look again when one is.")
        told = difference_in_differences(panel, treated=treated, since=since, measure=MEASURE)
    except TooFew as why:
        return Compared(why, staff)
    return Compared(told, staff)
