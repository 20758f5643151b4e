"""A scenario from TOML. What cannot be is refused with the line that says it, and the reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from rightplace.domain.simulation.names import STAGES
from rightplace.domain.simulation.parameters import Parameters
from rightplace.domain.simulation.scenarios.checking import check
from rightplace.domain.simulation.scenarios.lines import Lines, line_of_fault, line_of_many_dots
from rightplace.domain.simulation.scenarios.malformed import malformed
from rightplace.domain.simulation.scenarios.places import nearest
from rightplace.domain.simulation.scenarios.scenario import (
    EVERYWHERE,
    CannotBe,
    Change,
    EarlyHelp,
    Merge,
    Move,
    Scenario,
)
from rightplace.domain.simulation.teams import KINDS, Team

LONGEST: Final = 100_000
MOST_LINES: Final = 10_000
Path = tuple[str | int, ...]


def read(text: str, given: Parameters | None = None, filled: Mapping[str, int] | None = None) -> Scenario:
    """The scenario of a text; refused with line and reason. With a service given, its names of places are looked at, too; with
    the filled posts of each team, whether so many can leave."""
    text = text.replace("\r\n", "\n")
    told = _parsed(text)
    try:
        scenario = _scenario(told)
        check(scenario, given, filled)
    except CannotBe as why:
        raise why.at(_line_of(why.path, text)) from None
    return scenario


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise CannotBe((), f"the text is longer than {LONGEST:,} characters", 1)
    if text.count("\n") >= MOST_LINES:
        raise CannotBe((), f"the text has more than {MOST_LINES:,} lines", 1)
    dotted = line_of_many_dots(text)
    if dotted is not None:
        raise CannotBe((), "too many dots outside quotes; no name here has so many parts", dotted)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        line = line_of_fault(fault, text)
        raise CannotBe(*malformed(fault, text, line), line) from None
    except (ValueError, RecursionError):
        raise CannotBe((), "a number is too long, or too much lies within something else", 1) from None


def _line_of(path: Path, text: str) -> int:
    """Looked for only when something is refused. What lies too deep within something else is refused at the first line."""
    try:
        return Lines(text).of(path)
    except RecursionError:
        return 1


class _Fields:
    """A table of the text, read field by field: what is mistyped, missing or unknown is refused by name."""

    def __init__(self, told: Any, path: Path) -> None:
        if not isinstance(told, Mapping):
            raise CannotBe(path, "it must be a table")
        self.told, self.path, self.asked = dict(told), path, list[str]()

    def has(self, name: str) -> bool:
        self.asked.append(name)
        return name in self.told

    def wrong(self, name: str, because: str) -> CannotBe:
        return CannotBe((*self.path, name), because)

    def _held(self, name: str, must: str) -> Any:
        if not self.has(name):
            raise CannotBe(self.path or (name,), f"{name} is missing; it must be {must}")
        return self.told[name]

    def text(self, name: str, default: str | None = None) -> str:
        if default is not None and not self.has(name):
            return default
        found = self._held(name, "text in quotes")
        if not isinstance(found, str):
            raise self.wrong(name, "it must be text in quotes")
        return found

    def day(self, name: str) -> date:
        found = self._held(name, "a day, as 2026-04-06")
        if not isinstance(found, date) or isinstance(found, datetime):
            raise self.wrong(name, "it must be a day, as 2026-04-06, without quotes and without a time")
        return found

    def number(self, name: str, default: float | None = None) -> float:
        if default is not None and not self.has(name):
            return default
        return self._number(name, self._held(name, "a number"))

    def _number(self, name: str, found: Any) -> float:
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self.wrong(name, "it must be a number, without quotes")
        if not -1e12 < found < 1e12:
            raise self.wrong(name, "no number here is so large")
        return float(found)

    def whole(self, name: str, default: int | None = None) -> int:
        found = self.number(name, None if default is None else float(default))
        if found != int(found):
            raise self.wrong(name, "it must be a whole number")
        return int(found)

    def texts(self, name: str) -> tuple[str, ...]:
        found = self._held(name, "a list of names")
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise self.wrong(name, 'it must be a list of names, as ["North", "South"]')
        return tuple(found)

    def numbers(self, name: str) -> tuple[tuple[str, float], ...]:
        if not self.has(name):
            return ()
        inner = _Fields(self.told[name], (*self.path, name))
        return tuple((each, inner.number(each)) for each in inner.told)

    def tables(self, name: str) -> list[_Fields]:
        if not self.has(name):
            return []
        found = self.told[name]
        if not isinstance(found, list):
            raise self.wrong(name, f"each is written below [[{name}]], in two pairs of brackets")
        return [_Fields(each, (*self.path, name, nth)) for nth, each in enumerate(found, 1)]

    def done(self) -> None:
        """Nothing is passed over: a name that nobody asked for is refused."""
        for name in self.told:
            if name not in self.asked:
                raise self.wrong(name, f"nothing is called {name} here{nearest(name, self.asked)}")


def _scenario(told: dict[str, Any]) -> Scenario:
    top = _Fields(told, ())
    areas = tuple((name, _children(top, name, many)) for name, many in top.numbers("areas"))
    costs = tuple((f"cost.{name}", value) for name, value in top.numbers("costs"))
    strengths = top.numbers("strengths")
    twice = next((name for name, _ in strengths if name.startswith("cost.")), None)
    if twice is not None:
        raise CannotBe(
            ("strengths", twice), f"rates are written below [costs], as {twice.removeprefix('cost.')}"
        )
    found = Scenario(
        name=top.text("name"),
        note=top.text("note", ""),
        begins=top.day("begins"),
        days=top.whole("days", 1096),
        areas=areas,
        posts=top.number("posts", 1.0),
        teams=tuple(_team(each) for each in top.tables("team")),
        changes=tuple(_change(each) for each in top.tables("change")),
        merges=tuple(_merge(each) for each in top.tables("merge")),
        moves=tuple(_move(each) for each in top.tables("move")),
        strengths=(*strengths, *costs),
        promises=top.numbers("promises"),
        budget=top.number("budget") if top.has("budget") else None,
        savings=top.number("savings") if top.has("savings") else None,
        early_help=_early_help(top),
    )
    top.done()
    return found


def _children(top: _Fields, name: str, many: float) -> int:
    if many != int(many):
        raise CannotBe(("areas", name), "children are whole")
    return int(many)


def _change(told: _Fields) -> Change:
    found = Change(
        told.day("day"),
        told.text("what"),
        told.text("where", EVERYWHERE),
        told.number("amount"),
        told.whole("weeks", 0),
        told.text("note", ""),
    )
    told.done()
    return found


def _team(told: _Fields) -> Team:
    name, kind = told.text("name"), told.text("kind", "")
    if told.has("stages"):
        stages = tuple(_stage(told, words) for words in told.texts("stages"))
    elif kind in KINDS:
        stages = KINDS[kind]
    else:
        raise told.wrong("kind", f"it must be one of {', '.join(KINDS)}{nearest(kind, KINDS)}")
    found = Team(
        name,
        told.texts("areas"),
        stages,
        told.whole("workers"),
        told.whole("managers"),
        told.text("pool", name),
        kind,
    )
    told.done()
    if found.workers < 0 or found.managers < 0:
        raise told.wrong("workers" if found.workers < 0 else "managers", "there cannot be fewer than none")
    return found


def _stage(told: _Fields, words: str) -> int:
    if words not in STAGES:
        raise told.wrong("stages", f"there is no stage {words}{nearest(words, STAGES)}")
    return STAGES.index(words)


def _merge(told: _Fields) -> Merge:
    found = Merge(told.texts("areas"), told.text("name"), told.day("day") if told.has("day") else None)
    told.done()
    return found


def _move(told: _Fields) -> Move:
    found = Move(
        told.text("area"),
        told.text("team"),
        told.text("to"),
        told.whole("posts", 0),
        told.day("day") if told.has("day") else None,
    )
    told.done()
    return found


def _early_help(top: _Fields) -> EarlyHelp | None:
    if not top.has("early_help"):
        return None
    told = _Fields(top.told["early_help"], ("early_help",))
    day = told.day("day") if told.has("day") else None
    found = EarlyHelp(told.number("effect"), day, told.text("evidence", ""))
    told.done()
    return found
