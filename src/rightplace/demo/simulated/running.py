"""Runs the capacity engine over the invented council: three years with their tides. Needs `rightplace[capacity]`."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from rightplace.demo.material.volumes import volumes
from rightplace.demo.simulated.benches import KINDS, STAGES, benches
from rightplace.demo.simulated.log import BEGINS, DAYS, FAMILY, LINE, Log
from rightplace.domain.simulation import (
    Census,
    Change,
    Keep,
    Parameters,
    Structure,
    Team,
    parameters,
    run,
    synthetic_census,
)
from rightplace.domain.simulation.census import team_of
from rightplace.domain.simulation.layout import Records
from rightplace.domain.simulation.names import (
    ASSESSMENT,
    CARE,
    ENQUIRY,
    ENTRIES,
    NEED,
    PRESENT,
    PROTECTION,
    SOURCES,
    SUPPORT,
    VACANT,
)
from rightplace.domain.simulation.parameters import Demand
from rightplace.foundation.organisation.places import places

SEED = 13
"""A town whose small numbers came out near the published ones; any other seed is as good a town."""
FIRST_LINES, LINES_A_CHILD = 20_000, 12
WEEK_OF = {
    "police": "always",
    "health": "always",
    "family": "always",
    "school": "schools",
    "other": "offices",
}
LEFT_OUT = frozenset({"supervision.held", "supervision.missed", "manager.decided"})
"""Supervision in this city is what the supervision seeds say, and managers come and go by the council's own seeds."""
AS_HERE: Mapping[str, float] = {
    **{
        f"door.support.{source}": share
        for source, share in zip(SOURCES, (0.072, 0.13, 0.105, 0.10, 0.085), strict=True)
    },
    "assessment.support": 0.08,
    "need.down": 0.12,
    "review.ends.1": 0.10,
    "review.ends.2": 0.42,
    "review.ends.3": 0.52,
    "review.ends.4": 0.60,
    "return.assessment": 0.95,
    "return.plan": 0.92,
    "return.support": 0.30,
    "recruit.newly": 0.04,
    "hours.practice": 0.75,
}
"""What is otherwise here than in England: family support lasts longer and takes fewer; plans last as long as the city's; few
come newly qualified, since in a team of two an enquiry would wait for the other one; work takes more of the hours in the table
of weights, so that what a team can take is about what the pages about workload call full."""
FIRST = 0.70
"""Share of contacts about families who are new; in this city a fifth of referrals come within twelve months of another, and the
engine sends a returning family through the door again, where most are advised and few referred."""
FEW = 4
"""In a smaller team nobody is in their first year and no post is empty when it begins."""
LONGER = {"support": 2.5, "care": 1.15, "filling": 0.5, "filling.agency": 0.6}
"""What lasts so many times as long as in the strengths that come with the program; posts are filled in two months."""
OPEN_PER_10K = {SUPPORT: 230.0, ASSESSMENT: 62.0, ENQUIRY: 9.0, NEED: 118.0, PROTECTION: 57.3, CARE: 90.0}
"""Children who are open on the first day for each 10,000: the published stocks of volumes.toml, parted by stage."""
LOOKED_THROUGH, OLDEST = 60_000, 1_950
"""Children among whom those open on the first day are found; and for how many working days they are so at most."""
KNOWN_BEFORE = (1.45, 1.38, 1.30, 1.22, 1.14, 1.07, 1.0)
"""In the first year more are told of: families who had been known before the log begins come back in it, a step every eight
weeks until the engine's own families do."""
STEP = timedelta(weeks=8)
BAD_WINTER = (
    Change(date(2024, 12, 2), "demand", "all", 3 / 2),
    Change(date(2025, 3, 3), "demand", "all", 2 / 3),
    Change(date(2024, 11, 18), "absence.spells", "all", 2.6),
    Change(date(2025, 3, 3), "absence.spells", "all", 1.0),
)
"""The winter of 2024 to 2025: half as much again is told, and more people are ill."""


def changes() -> tuple[Change, ...]:
    """What changes in the three years, in order; each change of demand is a share of what was there before it."""
    first = (Change(BEGINS, "demand", "all", KNOWN_BEFORE[0]),)
    then = tuple(
        Change(BEGINS + STEP * nth, "demand", "all", after / before)
        for nth, (before, after) in enumerate(pairwise(KNOWN_BEFORE), 1)
    )
    return first + then + BAD_WINTER


def structure(population: int) -> Structure:
    """The council's areas with their children, and its teams."""
    whole = sum(area.postcodes for area in places.areas())
    children = tuple((area.key, round(population * area.postcodes / whole)) for area in places.areas())
    keys = {area.number: area.key for area in places.areas()}
    teams = tuple(
        Team(each.name, tuple(keys[a] for a in each.areas), STAGES[each.kind], len(each.chairs), each.managers,
             each.pool, KINDS[each.kind])
        for each in benches(population)
    )  # fmt: skip
    return Structure(children, teams)


def tides(given: Demand) -> Demand:
    """The weeks, months and holidays that the demonstration keeps."""
    season = volumes().season
    weekdays = {source: tuple(season.weekdays[WEEK_OF[source]]) for source in SOURCES}
    closed = {**given.out_of_term, "school": season.schools_when_closed}
    return replace(given, first=FIRST, weekdays=weekdays, months=tuple(season.months), out_of_term=closed)


def rules(population: int) -> Parameters:
    """The strengths that come with the program, with the demonstration's tides and what is otherwise here."""
    given = parameters(structure(population), BEGINS)
    assert given.demand is not None
    longer = {
        name: replace(
            given.tables[name], knots=tuple((share, days * times) for share, days in given.tables[name].knots)
        )
        for name, times in LONGER.items()
    }
    return replace(given, demand=tides(given.demand), tables={**given.tables, **longer}).having(AS_HERE)


def opened(given: Parameters, population: int, seed: int) -> Census:
    """Who is open on the first day: out of many invented families as many at each stage as the published stocks say."""
    times = max(1, LOOKED_THROUGH // population)
    shape = given.structure
    larger = replace(shape, children=tuple((area, many * times) for area, many in shape.children))
    found = synthetic_census(replace(given, structure=larger), seed)
    families = found.families
    picked = []
    for stage, rate in OPEN_PER_10K.items():
        there = np.flatnonzero(families["stage"] == stage)
        want = rate * population / 10_000
        some = there[np.linspace(0, len(there) - 1, max(1, round(want / 1.75))).astype(int)]
        picked.append(np.unique(some))
    chosen = families[np.sort(np.concatenate(picked))].copy()
    few = [n for n, team in enumerate(given.structure.teams) if team.workers < FEW]
    small = np.isin(found.people["team"], few)
    found.people["newly"][small] = 0
    found.people["state"][small] = PRESENT
    chosen["age"] = np.minimum(chosen["age"], OLDEST)
    chosen["worker"] = _shared_out(given, chosen, found)
    return Census(chosen, found.people)


def _shared_out(given: Parameters, families: Records, census: Census) -> list[int]:
    """Each family has the worker of its team who has the fewest; nobody where nobody is in post."""
    people = census.people[census.people["managing"] == 0]
    held: dict[int, list[int]] = {}
    there: dict[int, list[bool]] = {}
    for person in people:
        there.setdefault(int(person["team"]), []).append(person["state"] != VACANT and person["newly"] == 0)
        held.setdefault(int(person["team"]), []).append(0)
    found = []
    for family in families:
        team = team_of(given, int(family["area"]), int(family["stage"]))
        may = [seat for seat, able in enumerate(there[team]) if able]
        best = min(may, key=lambda seat: held[team][seat], default=-1)
        if best >= 0:
            held[team][best] += int(family["children"])
        found.append(best)
    return found


def simulated(population: int, seed: int = SEED) -> Log:
    """What happens in three years in a city of so many children. The same seed makes the same log."""
    given = rules(population)
    census = opened(given, population, seed)
    kept = Keep(("contacts",), "all", 1, FIRST_LINES + LINES_A_CHILD * population)
    found = run(given, census, changes(), DAYS, 1, seed, 1, kept)
    return _in_columns(population, census, found.logs[0])


def _in_columns(population: int, census: Census, told: Records) -> Log:
    left = [ENTRIES.index(name) for name in LEFT_OUT]
    told = told[~np.isin(told["kind"], left)]
    told = told[np.argsort(told["case"], kind="stable")]
    log = Log(population)
    many = int(told["case"].max()) + 1
    families = {name: np.full(many, -1, np.int32) for name in FAMILY}
    opened = len(census.families)
    for name in FAMILY:
        families[name][:opened] = census.families[name]
    received = told[(told["kind"] == ENTRIES.index("contact.received")) & (told["about"] == 0)]
    for name in ("children", "area", "source"):
        families[name][received["case"]] = received[name]
    log.families = {name: array("i", families[name].tolist()) for name in FAMILY}
    columns = {**{name: name for name in LINE}, "seat": "worker"}
    log.lines = {name: array("i", told[field].tolist()) for name, field in columns.items()}
    empty = np.flatnonzero((census.people["state"] == VACANT) & (census.people["managing"] == 0))
    log.vacant = array("i", _seats_of(census, empty.tolist()))
    return log


def _seats_of(census: Census, places: list[int]) -> list[int]:
    """The numbers of these workers' seats as the engine counts them: workers by team, without the managers between."""
    working = np.cumsum(census.people["managing"] == 0) - 1
    return [int(working[place]) for place in places]
