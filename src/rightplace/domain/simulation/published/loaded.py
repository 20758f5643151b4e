"""How loaded a service is on its first day: what its families take of a week by the whole table of weights, and what it has."""

from __future__ import annotations

import numpy as np

from rightplace.domain.simulation.census import Census, hours_of, team_of
from rightplace.domain.simulation.names import PRESENT
from rightplace.domain.simulation.parameters import Parameters


def hours(given: Parameters, census: Census) -> tuple[float, float]:
    """Hours of a week that families with a worker take, were the table of weights taken whole; and those that workers have."""
    whole = given.having({"hours.practice": 1.0})
    taken = 0.0
    for family in census.families[census.families["worker"] >= 0]:
        area, stage = int(family["area"]), int(family["stage"])
        team = whole.structure.teams[team_of(whole, area, stage)]
        taken += hours_of(whole, team, stage, int(family["children"]))
    people = census.people[(census.people["managing"] == 0) & (census.people["state"] == PRESENT)]
    share = np.where(people["newly"] > 0, given.value("newly.share"), 1.0) * given.value("worker.share")
    return taken, float((people["minutes"] * share).sum() / 60.0)
