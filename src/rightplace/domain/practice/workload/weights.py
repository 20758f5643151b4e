"""The table of weights: what a family takes in a week by kind and stage of work, and what a week holds besides families.

Dated local data in `schemes/`, a sample and no council's policy until a council replaces it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rightplace.domain.practice.durations import Duration
from rightplace.domain.practice.packfiles import PackRefused, Table, read_pack

SCHEMES: Final = Path(__file__).with_name("schemes")


@dataclass(frozen=True)
class Stage:
    """Hours more (or fewer) in the first weeks of a part: a new assessment takes more than one that runs."""

    part: str
    weeks: int
    more: float
    title: str


@dataclass(frozen=True)
class Due:
    """What one thing that falls due takes, for the rules whose names begin so."""

    rules: tuple[str, ...]
    hours: float
    title: str


@dataclass(frozen=True)
class NewlyQualified:
    """The protected load of a first year in the profession, from a published programme."""

    months: int
    share: float
    protected: float
    source: str
    checked: bool


@dataclass(frozen=True)
class Full:
    """Until when somebody who said to be full has an answer, and to whom it climbs."""

    answer: Duration
    climbs_after: Duration
    source: str
    checked: bool


@dataclass(frozen=True)
class Weights:
    """The hours that a family takes in a week, by the part of the system that leads, from a day on."""

    begins: date
    hours: Mapping[str, float]
    otherwise: float
    each_more_child: float
    week: float
    for_families: float
    """The share of a working week that is there for families, where a post's real hours are not known."""
    source: str
    checked: bool = False
    ends: date | None = field(default=None)
    stages: tuple[Stage, ...] = ()
    travel: Mapping[str, float] = field(default_factory=dict)
    court: float = 0.0
    court_legal: tuple[str, ...] = ()
    supervision_taken: float = 0.0
    supervision_given: float = 0.0
    learning: float = 0.0
    team: float = 0.0
    leave: float = 0.0
    newly_qualified: NewlyQualified | None = None
    due: tuple[Due, ...] = ()
    due_otherwise: float = 1.0
    full: Full | None = None

    def due_hours(self, rule: str) -> float:
        """What one thing due takes."""
        found = next((each.hours for each in self.due if rule.startswith(each.rules)), None)
        return self.due_otherwise if found is None else found


def load_weights(file: Path) -> Weights:
    """One table of weights; a bad one is refused whole."""
    found = Table(file, "", read_pack(file))
    besides = found.table("besides")
    made = Weights(
        begins=found.day("begins"),
        ends=found.day_or_none("ends"),
        source=found.text("source"),
        checked=found.flag("checked"),
        week=_hours(found, "week"),
        for_families=_hours(found, "for_families"),
        otherwise=_hours(found, "otherwise"),
        each_more_child=_hours(found, "each_more_child"),
        hours=_mapping(found.table("hours")),
        travel=_mapping(found.table("travel")),
        stages=tuple(_stage(each) for each in found.tables("stage")),
        court=_hours(found, "court"),
        court_legal=found.texts("court_legal"),
        supervision_taken=_hours(besides, "supervision_taken"),
        supervision_given=_hours(besides, "supervision_given"),
        learning=_hours(besides, "learning"),
        team=_hours(besides, "team"),
        leave=_hours(besides, "leave"),
        newly_qualified=_newly(found.table("newly_qualified")),
        due=tuple(_due(each) for each in found.tables("due")),
        due_otherwise=_hours(found, "due_otherwise"),
        full=_full(found.table("full")),
    )
    besides.finish()
    found.finish()
    return made


def _hours(table: Table, name: str) -> float:
    said = table.raw(name)
    if isinstance(said, bool) or not isinstance(said, int | float) or said < 0:
        raise table.refuse(f"{name} must be hours, none of them below nought")
    return float(said)


def _mapping(table: Table) -> Mapping[str, float]:
    return MappingProxyType({name: _hours(table, name) for name, _ in table.all()})


def _stage(table: Table) -> Stage:
    made = Stage(table.text("part"), table.number("weeks"), _more(table), table.text("title"))
    table.finish()
    return made


def _more(table: Table) -> float:
    said = table.raw("more")
    if isinstance(said, bool) or not isinstance(said, int | float):
        raise table.refuse("more must be hours")
    return float(said)


def _due(table: Table) -> Due:
    made = Due(table.texts("rules"), _hours(table, "hours"), table.text("title"))
    table.finish()
    return made


def _newly(table: Table) -> NewlyQualified:
    made = NewlyQualified(
        months=table.number("months"),
        share=_hours(table, "share"),
        protected=_hours(table, "protected"),
        source=table.text("source"),
        checked=table.flag("checked"),
    )
    if made.share > 1 or made.protected > 1:
        raise table.refuse("share and protected are parts of a whole: at most 1")
    table.finish()
    return made


def _full(table: Table) -> Full:
    try:
        answer, climbs = Duration.parse(table.text("answer")), Duration.parse(table.text("climbs_after"))
    except ValueError as error:
        raise PackRefused(table.file, table.name, str(error)) from error
    made = Full(answer, climbs, table.text("source"), table.flag("checked"))
    table.finish()
    return made


TABLE: Final[Sequence[Weights]] = tuple(load_weights(file) for file in sorted(SCHEMES.glob("local-*.toml")))


def weights_on(day: date, table: Sequence[Weights] = TABLE) -> Weights | None:
    """The table in force on a day; None before the first: then no hours are known."""
    held = [each for each in table if each.begins <= day and (each.ends is None or day < each.ends)]
    return max(held, key=lambda each: each.begins, default=None)
