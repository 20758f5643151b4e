"""A scenario as TOML that reads back equal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rightplace.domain.simulation.names import STAGES
from rightplace.domain.simulation.scenarios.scenario import Scenario
from rightplace.domain.simulation.teams import KINDS, Team

_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def write(scenario: Scenario) -> str:
    """The text of a scenario: what is as usual is left out."""
    found = [f"name = {_text(scenario.name)}"]
    if scenario.note:
        found.append(f"note = {_text(scenario.note)}")
    found += [f"begins = {scenario.begins}", f"days = {scenario.days}"]
    if scenario.posts != 1:
        found.append(f"posts = {_number(scenario.posts)}")
    for name, pounds in (("budget", scenario.budget), ("savings", scenario.savings)):
        if pounds is not None:
            found.append(f"{name} = {_number(pounds)}")
    costs = [
        (name.removeprefix("cost."), value) for name, value in scenario.strengths if name.startswith("cost.")
    ]
    strengths = [pair for pair in scenario.strengths if not pair[0].startswith("cost.")]
    for title, pairs in (
        ("areas", scenario.areas),
        ("strengths", strengths),
        ("costs", costs),
        ("promises", scenario.promises),
    ):
        if pairs:
            found += ["", f"[{title}]", *(f"{_text(name)} = {_number(value)}" for name, value in pairs)]
    return "\n".join([*found, *_early_help(scenario), *_tables(scenario)]) + "\n"


def _early_help(scenario: Scenario) -> Iterable[str]:
    help_ = scenario.early_help
    if help_ is None:
        return
    yield from ("", "[early_help]", f"effect = {_number(help_.effect)}")
    if help_.day is not None:
        yield f"day = {help_.day}"
    if help_.evidence:
        yield f"evidence = {_text(help_.evidence)}"


def _tables(scenario: Scenario) -> Iterable[str]:
    for team in scenario.teams:
        yield from _table("team", _team(team))
    for merge in scenario.merges:
        told = {"areas": _texts(merge.areas), "name": _text(merge.name)}
        yield from _table("merge", told | ({"day": _day(merge.day)} if merge.day else {}))
    for move in scenario.moves:
        told = {
            "area": _text(move.area),
            "team": _text(move.team),
            "to": _text(move.to),
            "posts": str(move.posts),
        }
        yield from _table("move", told | ({"day": _day(move.day)} if move.day else {}))
    for change in scenario.changes:
        told = {"day": _day(change.day), "what": _text(change.what)}
        if change.where != "all":
            told["where"] = _text(change.where)
        told["amount"] = _number(change.amount)
        if change.weeks:
            told["weeks"] = str(change.weeks)
        if change.note:
            told["note"] = _text(change.note)
        yield from _table("change", told)


def _table(title: str, told: dict[str, str]) -> Iterable[str]:
    yield from ("", f"[[{title}]]")
    yield from (f"{name} = {value}" for name, value in told.items())


def _team(team: Team) -> dict[str, str]:
    told = {"name": _text(team.name), "areas": _texts(team.areas)}
    if team.kind:
        told["kind"] = _text(team.kind)
    if KINDS.get(team.kind) != team.stages:
        told["stages"] = _texts(STAGES[stage] for stage in team.stages)
    told |= {"workers": str(team.workers), "managers": str(team.managers)}
    return told | ({"pool": _text(team.pool)} if team.pool != team.name else {})


def _day(day: date) -> str:
    return day.isoformat()


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


def _texts(names: Iterable[str]) -> str:
    return f"[{', '.join(_text(name) for name in names)}]"


def _text(words: str) -> str:
    """In quotes; what TOML does not allow in them as an escape."""
    return '"' + "".join(_letter(each) for each in words) + '"'


def _letter(each: str) -> str:
    if each in _SHORT:
        return _SHORT[each]
    return f"\\u{ord(each):04X}" if ord(each) < 32 or ord(each) == 127 else each
