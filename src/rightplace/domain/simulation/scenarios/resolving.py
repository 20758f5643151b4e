"""From a scenario to what the engine is told: strengths of the first day, and dated steps. What cannot be is refused here.

The promise: nothing that a scenario says is passed over in silence. It is done, or it is refused with its field and the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import isfinite
from typing import Final

from rightplace.domain.simulation.changes import Change as EngineChange
from rightplace.domain.simulation.changes import checked
from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.order import VALUES
from rightplace.domain.simulation.parameters import ImpossibleScenario, Parameters, Strength
from rightplace.domain.simulation.scenarios.branching import require_ways
from rightplace.domain.simulation.scenarios.leavers import Left, missing
from rightplace.domain.simulation.scenarios.places import (
    areas_meant,
    names_of,
    nearest,
    shared_out,
    sources_meant,
)
from rightplace.domain.simulation.scenarios.rearranging import Arrangement
from rightplace.domain.simulation.scenarios.scenario import (
    EVERYWHERE,
    PEOPLE,
    WHATS,
    CannotBe,
    Change,
    Merge,
    Move,
    Scenario,
    What,
    said_path,
)
from rightplace.domain.simulation.teams import MOST_WORKERS

Path = tuple[str | int, ...]
_ROOM: Final = MOST_WORKERS
_SEATS: Final = {
    "posts": "posts",
    "posts.share": "posts",
    "managers": "managers",
    "managers.share": "managers",
}


@dataclass(frozen=True)
class Resolved:
    """The service of the first day with the scenario's strengths, and every change after it as the engine takes it."""

    given: Parameters
    changes: tuple[EngineChange, ...]


@dataclass
class _Walk:
    """What holds as the days go by."""

    given: Parameters
    places: Arrangement
    values: dict[tuple[str, int], float] = field(default_factory=dict)
    said: dict[tuple[date, str, str], tuple[str, float]] = field(default_factory=dict)
    at_first: dict[str, Path] = field(default_factory=dict)
    """The strengths that the scenario sets from the first day, each with its field."""
    found: list[tuple[EngineChange, Path]] = field(default_factory=list)


def resolved(scenario: Scenario, given: Parameters, filled: Mapping[str, int] | None = None) -> Resolved:
    """What the engine is told, for this service. `given` has the scenario's structure already."""
    first = with_strengths(scenario, given)
    walk = _Walk(
        first, Arrangement.of(first.structure, filled or {}, first.begins), at_first=_set_at_first(scenario)
    )
    dated: list[tuple[Change, Path]] = [
        (change, ("change", nth)) for nth, change in enumerate(scenario.changes, 1)
    ]
    help_ = scenario.early_help
    if help_ is not None and help_.day is not None:
        dated.append((Change(help_.day, "early_help", EVERYWHERE, help_.effect), ("early_help",)))
    rearranged = scenario.rearranged
    for change, path in sorted(dated, key=lambda pair: pair[0].day):
        while rearranged and rearranged[0][0] <= change.day:
            _rearrange(walk, scenario, *rearranged.pop(0))
        _take(walk, scenario, change, path)
    for each in rearranged:
        _rearrange(walk, scenario, *each)
    _as_the_engine_sees_it(walk, scenario)
    require_ways(first, walk.at_first, walk.found)
    return Resolved(first, tuple(found for found, _ in walk.found))


def _rearrange(walk: _Walk, scenario: Scenario, day: date, told: Merge | Move, path: Path) -> None:
    """On its day, before everything else of that day."""
    _within_the_run(scenario, day, path)
    walk.found += [(each, path) for each in walk.places.rearrange(told, day, path)]


def _within_the_run(scenario: Scenario, day: date, path: Path) -> None:
    last = scenario.begins + timedelta(days=scenario.days - 1)
    if not scenario.begins <= day <= last:
        because = "before the first day" if day < scenario.begins else "after the last day"
        raise CannotBe((*path, "day"), f"{day} is {because}; the run goes from {scenario.begins} to {last}")


def _as_the_engine_sees_it(walk: _Walk, scenario: Scenario) -> None:
    """The engine has the last word: what it refuses is refused with the field that it came from."""
    if not walk.given.structure.teams or not walk.found:
        return
    days = Days.from_day(scenario.begins, scenario.days)
    try:
        checked(walk.given, [found for found, _ in walk.found], days)
    except ImpossibleScenario as why:
        number = re.match(r"change (\d+), ", why.where)
        path = walk.found[int(number[1]) - 1][1] if number else ("change",)
        amount = number is not None and path[0] == "change"
        raise CannotBe((*path, "amount") if amount else path, why.because) from None


def with_strengths(scenario: Scenario, given: Parameters) -> Parameters:
    """The service with the values that the scenario sets from its first day."""
    values: dict[str, float] = {}
    for name, value in scenario.strengths:
        place = _field_of(name)
        if name not in given.strengths:
            raise CannotBe(place, f"there is no strength of this name{nearest(name, given.strengths)}")
        _in_range(given.strengths[name], value, place)
        values[name] = value
    help_ = scenario.early_help
    if help_ is not None and help_.day is None:
        _between(help_.effect, 0, 1, ("early_help", "effect"))
        if "support.effect" in values:
            raise CannotBe(("strengths", "support.effect"), "early_help says it, too; say it once")
        values["support.effect"] = help_.effect
    return replace(given, begins=scenario.begins).having(values)


def _field_of(name: str) -> Path:
    return ("costs", name.removeprefix("cost.")) if name.startswith("cost.") else ("strengths", name)


def _set_at_first(scenario: Scenario) -> dict[str, Path]:
    """Each strength that holds from the first day, with the field that says so."""
    found = {name: _field_of(name) for name, _ in scenario.strengths}
    if scenario.early_help is not None and scenario.early_help.day is None:
        found["support.effect"] = ("early_help", "effect")
    return found


def _between(value: float, low: float, high: float, path: Path) -> None:
    if not isfinite(value) or not low <= value <= high:
        raise CannotBe(path, f"{value:g} is not between {low:g} and {high:g}")


def _in_range(strength: Strength, value: float, path: Path) -> None:
    """As far as is possible, and whole where the engine counts so: it would cut off what lies behind the point, unseen."""
    _between(value, strength.least, strength.most, path)
    if strength.whole and value != int(value):
        raise CannotBe(path, f"{value:g} is not whole, and this is counted in whole {strength.unit}")


THAT_CAN: Final = f". These can: {', '.join(WHATS)}; work that goes to another team has a [[move]] of its own"


def _take(walk: _Walk, scenario: Scenario, change: Change, path: Path) -> None:
    _within_the_run(scenario, change.day, path)
    what = WHATS.get(change.what) or _strength_alone(walk.given.strengths, change.what)
    if what is None:
        known = nearest(change.what, [*WHATS, *VALUES])
        raise CannotBe((*path, "what"), f"nothing called {change.what} can change{known or THAT_CAN}")
    if not change.where:
        raise CannotBe((*path, "where"), "name a place, or leave it out for everywhere")
    _between(change.amount, what.low, what.high, _amount(path))
    _check_weeks(change, path)
    if change.what in PEOPLE:
        _take_people(walk, change, path)
    elif change.what == "demand":
        _take_demand(walk, change, path)
    elif change.what == "winter":
        _say_once(walk, change, "", path)
        if change.where != EVERYWHERE:
            raise CannotBe((*path, "where"), "a bad winter is everywhere")
        walk.found.append((EngineChange(change.day, "winter", EVERYWHERE, change.amount, change.weeks), path))
    else:
        _take_values(walk, change, what, path)


def _amount(path: Path) -> Path:
    return (*path, "effect") if path == ("early_help",) else (*path, "amount")


def _check_weeks(change: Change, path: Path) -> None:
    if not 0 <= change.weeks <= 520:
        raise CannotBe((*path, "weeks"), f"{change.weeks} is not between 0, for good, and 520")
    if change.weeks and change.what in PEOPLE:
        raise CannotBe((*path, "weeks"), "people do not come back by themselves; write a second change")
    if not change.weeks and change.what == "winter":
        raise CannotBe((*path, "what"), "a winter ends: say after how many weeks")


def _strength_alone(strengths: Mapping[str, Strength], name: str) -> What | None:
    if name not in VALUES or name not in strengths:
        return None
    strength = strengths[name]
    return What(name, strength.unit, strength.least, strength.most, (name,))


def _say_once(walk: _Walk, change: Change, key: str, path: Path) -> None:
    """Two changes of the same thing on the same day contradict each other, or one of them is a slip."""
    key_ = change.day, change.what if key == "" else key, change.where
    whose, amount = walk.said.setdefault(key_, (_whose(path), change.amount))
    if whose != _whose(path) or amount != change.amount:
        raise CannotBe((*path, "what"), f"{whose} sets the same on {change.day}; say it once")


def _whose(path: Path) -> str:
    return said_path(path[:2] if isinstance(path[-1], int) else path[:1])


def _not_at_first(walk: _Walk, change: Change, name: str, path: Path) -> None:
    """What the first day sets for good is not set to something else on that day. A place may have its own, and some weeks."""
    said = walk.at_first.get(name)
    if said is None or change.day != walk.given.begins or change.weeks:
        return
    if change.where == EVERYWHERE or said[0] == "early_help":
        raise CannotBe((*path, "what"), f"{said[0]} sets the same from {change.day} on; say it once")


def _take_values(walk: _Walk, change: Change, what: What, path: Path) -> None:
    """A strength, or several, from a day on; what multiplies starts from what each team had the day before."""
    structure = walk.given.structure
    meant = walk.places.asked(change.where, path)
    for name in what.sets:
        if name.startswith("hours."):
            because = "weights of families hold from the first day; set it under strengths instead"
            raise CannotBe((*path, "what"), because)
        if name.startswith("cost.") and change.where != EVERYWHERE:
            raise CannotBe((*path, "where"), "what people and placements cost holds everywhere")
        if not what.times:
            _in_range(walk.given.strengths[name], change.amount, _amount(path))
            _not_at_first(walk, change, name, path)
        after = {team: _value(walk, change, what, name, team, path) for team in meant}
        alike = len(set(after.values())) <= 1
        if not structure.teams:
            amount = change.amount * walk.given.value(name) if what.times else change.amount
            walk.found.append((EngineChange(change.day, name, EVERYWHERE, amount, change.weeks), path))
        elif alike and walk.places.is_said(change.where, meant):
            value = next(iter(after.values()))
            walk.found.append((EngineChange(change.day, name, change.where, value, change.weeks), path))
        else:
            for team, value in after.items():
                where = structure.teams[team].name
                walk.found.append((EngineChange(change.day, name, where, value, change.weeks), path))


def _value(walk: _Walk, change: Change, what: What, name: str, team: int, path: Path) -> float:
    """What a strength is for a team from this day on."""
    told = walk.given.structure.teams[team]
    _say_once(walk, replace(change, where=told.name), name, path)
    before = walk.values.get((name, team), walk.given.at_team(name, told))
    value = before * change.amount if what.times else change.amount
    strength = walk.given.strengths[name]
    if what.times and not strength.least <= value <= strength.most:
        between = f"between {strength.least:g} and {strength.most:g}"
        raise CannotBe((*path, "amount"), f"{name} of {told.name} would be {value:.4g}; it must be {between}")
    if not change.weeks:
        walk.values[name, team] = value
    return value


def _take_demand(walk: _Walk, change: Change, path: Path) -> None:
    structure = walk.given.structure
    if change.where == EVERYWHERE or not structure.teams:
        places = [change.where]
    else:
        places = sources_meant(change.where) or areas_meant(structure, change.where)
    if not places:
        known = nearest(change.where, [*SOURCES, *names_of(structure)])
        raise CannotBe((*path, "where"), f"{change.where} is neither a source nor an area{known}")
    _say_once(walk, change, "", path)
    for place in places:
        walk.found.append((EngineChange(change.day, "demand", place, change.amount, change.weeks), path))


def _take_people(walk: _Walk, change: Change, path: Path) -> None:
    structure = walk.given.structure
    if not structure.teams:
        return
    meant = walk.places.asked(change.where, path)
    if change.what == "leave":
        _take_leavers(walk, change, meant, path)
        return
    what = _SEATS[change.what]
    holds = walk.places.posts if what == "posts" else walk.places.managers
    sizes = [holds[team] for team in meant]
    many = change.amount
    if change.what.endswith(".share"):
        many = float(round(change.amount * sum(sizes)))
    if many != int(many):
        raise CannotBe((*path, "amount"), "people are whole")
    if sum(sizes) + many < 0:
        raise CannotBe(
            (*path, "amount"), f"there are {sum(sizes)} {what} in {change.where}, so {-many:g} cannot go"
        )
    _agree(walk, change, what, meant, many, path)
    shares = shared_out(int(many), sizes)
    if what == "managers" and many < 0:
        shares = _managers_gone(walk, change, meant, int(-many), path)
    for team, each in zip(meant, shares, strict=True):
        if each:
            _move_seats(walk, change, what, team, each, path)


def _managers_gone(walk: _Walk, change: Change, meant: list[int], many: int, path: Path) -> list[int]:
    """So many managers fewer, each from where most of them are left for what there was, and never the last of a pool."""
    teams = walk.given.structure.teams
    has = walk.places.managers
    left = list(has)
    pools = {
        pool: sum(n for team, n in zip(teams, left, strict=True) if team.pool == pool)
        for pool in walk.given.structure.pools
    }
    for _ in range(many):
        may = [team for team in meant if left[team] > 0 and pools[teams[team].pool] > 1]
        if not may and change.what == "managers":
            raise CannotBe((*path, "amount"), f"somewhere in {change.where} nobody would be left to decide")
        if not may:
            break
        team = max(may, key=lambda n: (left[n] / has[n], left[n], -n))
        left[team] -= 1
        pools[teams[team].pool] -= 1
    return [left[team] - has[team] for team in meant]


def _agree(walk: _Walk, change: Change, what: str, meant: list[int], many: float, path: Path) -> None:
    """No two changes of a day are about the same place, and none adds where another takes."""
    for team in meant:
        name = walk.given.structure.teams[team].name
        whose, before = walk.said.setdefault((change.day, what, name), (_whose(path), many))
        if whose != _whose(path) and before * many < 0:
            verb = "adds to" if before > 0 else "takes from"
            because = f"{whose} {verb} the {what} of {name} on {change.day}, too; say it once"
            raise CannotBe((*path, "where"), because)
    _say_once(walk, change, f"{what} of", path)


def _move_seats(walk: _Walk, change: Change, what: str, team: int, many: int, path: Path) -> None:
    name = walk.given.structure.teams[team].name
    places = walk.places
    if what == "posts":
        places.change_posts(team, many, change.day, walk.given)
    else:
        places.managers[team] += many
    if places.seats[team] > _ROOM:
        raise CannotBe((*path, "amount"), f"{name} would have more than {_ROOM} seats; name a smaller place")
    walk.found.append((EngineChange(change.day, what, name, float(many)), path))


def _take_leavers(walk: _Walk, change: Change, meant: list[int], path: Path) -> None:
    if change.amount != int(change.amount):
        raise CannotBe((*path, "amount"), "people are whole")
    posts = [walk.places.posts[team] for team in meant]
    there = walk.places.can_be_there(meant, change.day, walk.given)
    if change.amount > there:
        raise CannotBe((*path, "amount"), _too_many(walk, change, meant, sum(posts), there))
    _say_once(walk, change, "", path)
    teams = walk.given.structure.teams
    if walk.places.is_said(change.where, meant):
        walk.found.append((EngineChange(change.day, "leave", change.where, change.amount), path))
    else:
        for team, each in zip(meant, shared_out(int(change.amount), posts), strict=True):
            if each:
                walk.found.append((EngineChange(change.day, "leave", teams[team].name, float(each)), path))
    walk.places.left.append(Left(change.day, set(meant), int(change.amount)))


def _too_many(walk: _Walk, change: Change, meant: list[int], posts: int, there: int) -> str:
    """Why so many cannot leave."""
    left = [each for each in walk.places.left if not each.at_first]
    gone = missing(left, meant, walk.places.there, change.day, walk.given)
    if gone:
        already = f"by then {gone:,} have left whom nobody has replaced yet"
        return f"{change.where} has {posts} posts, and {already}; at most {there} can leave"
    if change.amount <= posts:
        then = " by then" if change.day > walk.given.begins else ""
        return f"{change.where} has {posts} posts, of them {there} filled{then}; at most {there} can leave"
    return f"{change.where} has {posts} posts of workers, so {change.amount:g} cannot leave"
