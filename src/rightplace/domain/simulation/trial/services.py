"""Random services for trials: other teams, other strengths, other people, other changes each time, all features on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from rightplace.domain.simulation.census import Census, synthetic_census
from rightplace.domain.simulation.changes import Change, checked
from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.order import VALUES
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters, parameters
from rightplace.domain.simulation.teams import KINDS, Structure, Team

FIXED = ("promise.", "hours.", "visit.", "newly.weeks", "review.months", "winter.")
"""Not drawn at random within their range: standards are whole, and weights would make other teams of the same posts."""


@dataclass(frozen=True)
class Trial:
    """One random question to the engine and to its peer."""

    given: Parameters
    census: Census
    changes: tuple[Change, ...]
    days: int
    seed: int
    replicate: int


def trial(number: int) -> Trial:
    """The random service of a number; the same for the same number."""
    dice = Random(number)  # noqa: S311  (invented services, not secrets)
    areas = [(f"Area {n}", dice.randint(800, 3000)) for n in range(dice.choice((1, 2, 3, 4)))]
    begins = date(2026, 1, 5) + timedelta(days=dice.randint(0, 600))
    given = parameters(_structure(dice, areas), begins)
    given = given.having(dict(_strengths(dice, given)))
    if dice.random() < 0.5:
        given = given.in_place(areas[0][0], {"back.share": 0.3, "manager.contact": 25.0})
    days = dice.choice((21, 60, 120, 200))
    return Trial(
        given,
        synthetic_census(given, dice.randint(1, 10**6)),
        _possible(given, [*_changes(dice, given, days), *_handed(dice, given, days)], days),
        days,
        dice.randint(0, 2**40),
        dice.randint(0, 500),
    )


def _possible(given: Parameters, wanted: list[Change], days: int) -> tuple[Change, ...]:
    """Those of the changes that can be made together."""
    span = Days.from_day(given.begins, days)
    kept: list[Change] = []
    for each in wanted:
        try:
            checked(given, [*kept, each], span)
        except ImpossibleScenario:
            continue
        kept.append(each)
    return tuple(kept)


def _structure(dice: Random, areas: list[tuple[str, int]]) -> Structure:
    """Some kinds of team serve one area each, some two, some the whole city; managers are by team, by area or for all."""
    teams = []
    pooled = dice.choice(("team", "kind", "all"))
    for kind, stages in KINDS.items():
        together = dice.choice((1, 2, 2, len(areas)))
        groups = [[name for name, _ in areas[:together]], *([name] for name, _ in areas[together:])]
        for group in groups:
            children = sum(many for name, many in areas if name in group)
            workers = max(1, round(dice.uniform(3.0, 16.0) * children / 10_000) + dice.randint(0, 1))
            name = f"{' and '.join(group)} {kind}"
            pool = {"team": name, "kind": kind, "all": "everybody"}[pooled]
            teams.append(Team(name, tuple(group), stages, workers, dice.randint(1, 2), pool, kind))
    if dice.random() < 0.4:
        teams = _all_round(teams, areas[-1][0])
    return Structure(tuple(areas), tuple(teams))


def _all_round(teams: list[Team], area: str) -> list[Team]:
    """One team assesses and goes on with the family: its worker keeps a family from stage to stage, or finds it again."""
    alone = {team.kind: team for team in teams if team.areas == (area,)}
    if not {"assessment", "long-term"} <= set(alone):
        return teams
    assesses, goes_on = alone["assessment"], alone["long-term"]
    both = replace(goes_on, stages=(*assesses.stages, *goes_on.stages))
    return [both if team is goes_on else team for team in teams if team is not assesses]


def _strengths(dice: Random, given: Parameters) -> Iterable[tuple[str, float]]:
    for name in VALUES:
        strength = given.strengths[name]
        if name.startswith(FIXED) or dice.random() < 0.3:
            continue
        value = dice.uniform(strength.low, strength.high)
        whole = name.endswith((".weeks", "_weeks", "_until", ".turn", ".days"))
        yield name, float(round(value)) if whole else value
    if dice.random() < 0.3:
        yield "leaving.early", dice.uniform(0.5, 4.0)
        yield "absence.spells", dice.uniform(2.0, 20.0)
    if dice.random() < 0.3:
        yield "manager.share", dice.uniform(0.03, 0.2)


def _changes(dice: Random, given: Parameters, days: int) -> Iterable[Change]:
    where = ["all", *given.structure.areas, *(team.name for team in given.structure.teams)]
    for _ in range(dice.randint(0, 4)):
        day = given.begins + timedelta(days=dice.randint(0, days - 8))
        what = dice.choice(("demand", "winter", "posts", "managers", "leave", "strength"))
        if what == "demand":
            yield Change(day, what, dice.choice(["all", *SOURCES]), dice.uniform(0.5, 1.8))
        elif what == "winter":
            yield Change(day, what, "all", dice.uniform(1.0, 1.6), dice.randint(1, 12))
        elif what == "leave":
            yield Change(day, what, dice.choice(where), 1)
        elif what == "strength":
            name = dice.choice(
                ("threshold.level", "load.ceiling", "newly.share", "manager.share", "recruit.agency")
            )
            strength = given.strengths[name]
            place, weeks = dice.choice(["all", *where]), dice.choice((0, 0, 6))
            yield Change(day, name, place, dice.uniform(strength.low, strength.high), weeks)
        else:
            yield Change(day, what, dice.choice(where), dice.choice((-1, 1, 2)))


def _handed(dice: Random, given: Parameters, days: int) -> Iterable[Change]:
    """The work of a team, or of one of its areas, goes to another that does as much, once or several times."""
    for _ in range(dice.choice((0, 1, 2, 4))):
        day = given.begins + timedelta(days=dice.randint(0, days - 8))
        some = [team for team in given.structure.teams if len(team.areas) > 1]
        old = dice.choice(some if some and dice.random() < 0.5 else given.structure.teams)
        able = [team for team in given.structure.teams if set(old.stages) <= set(team.stages)]
        others = [team for team in able if team is not old]
        if not others:
            continue
        area, to = dice.choice(["", *old.areas]), dice.choice(others).name
        yield Change(
            day, "work", old.name, dice.choice((0, dice.randint(0, old.workers - 1))), to=to, area=area
        )
        if area and dice.random() < 0.7:
            soon = day + timedelta(days=dice.randint(0, 7))
            back = Change(soon, "work", to, 0, to=old.name, area=area)
            yield dice.choice((back, Change(soon, "work", old.name, 0, to=to)))
