"""How many can leave: who has left is not there, until somebody new has come. That takes weeks, as in the model itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rightplace.domain.simulation.parameters import Parameters

A_WEEK, WORKING = 7, 5


@dataclass(slots=True)
class Left:
    """People who left on a day, all out of these teams of the engine; who exactly only a run knows."""

    day: date
    teams: set[int]
    many: int
    at_first: bool = False
    """Whether it is posts that stood empty on the first day: from then on they are filled just as those of who leaves."""

    def not_replaced(self, day: date, given: Parameters) -> int:
        """For how many of them nobody has come by a day, as long as it usually takes to fill a post."""
        days = (day - self.day).days * WORKING / A_WEEK
        agency = given.value("recruit.agency")
        soon, later = (given.tables[name].share_within(days) for name in ("filling.agency", "filling"))
        return self.many - int(self.many * (agency * soon + (1 - agency) * later))


def missing(
    left: Iterable[Left], meant: Iterable[int], there: Sequence[int], day: date, given: Parameters
) -> int:
    """At least so many are missing in some teams on a day; who may have left elsewhere is not counted."""
    mine = set(meant)
    return sum(
        max(0, each.not_replaced(day, given) - sum(there[team] for team in each.teams - mine))
        for each in left
        if each.teams & mine
    )


def gone_at_most(left: Iterable[Left], team: int, day: date, given: Parameters) -> int:
    """Of one team, so many can be missing at most."""
    return sum(each.not_replaced(day, given) for each in left if team in each.teams)
