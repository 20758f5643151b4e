"""A local allocation table: which rules hold, and what each thing that counts weighs. Data, dated, replaceable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from rightplace.domain.practice.packfiles import Table as Fields
from rightplace.domain.practice.packfiles import read_pack

SAMPLE_FILE = Path(__file__).with_name("local.toml")


@dataclass(frozen=True)
class Rules:
    """The limits that no suggestion crosses, as far as a council may set them."""

    newly_qualified_percent: int
    newly_qualified_not_alone: frozenset[str]
    away_days: int
    ahead_days: int


@dataclass(frozen=True)
class Costs:
    """What each thing that counts weighs, in minutes a week."""

    nobody_a_child: int
    continuity: int
    siblings_apart: int
    skill: int
    language: int
    travel_a_km: int
    unknown_km: int
    absence_ahead: int


@dataclass(frozen=True)
class Bend:
    """From this share of a worker's hours on, each further hour weighs so many minutes more."""

    above_percent: int
    minutes_an_hour: int


@dataclass(frozen=True)
class Table:
    """One council's table, in force from a day."""

    title: str
    source: str
    checked: bool
    begins: date
    rules: Rules
    costs: Costs
    evenness: tuple[Bend, ...]


def read_table(file: Path) -> Table:
    """A table from its file; a bad one is refused whole, with the line and the reason."""
    fields = Fields(file, "", read_pack(file))
    read = Table(
        title=fields.text("title"),
        source=fields.text("source"),
        checked=fields.flag("checked"),
        begins=fields.day("from"),
        rules=_rules(fields.table("rules")),
        costs=_costs(fields.table("costs")),
        evenness=tuple(_bend(each) for each in fields.tables("evenness")),
    )
    fields.finish()
    return read


@cache
def sample() -> Table:
    """The sample that comes with the program: not policy, and it says so."""
    return read_table(SAMPLE_FILE)


def _rules(fields: Fields) -> Rules:
    percent = fields.number("newly_qualified_percent")
    if not 0 < percent <= 100:
        raise fields.refuse("newly_qualified_percent must be between 1 and 100")
    read = Rules(
        newly_qualified_percent=percent,
        newly_qualified_not_alone=frozenset(fields.texts("newly_qualified_not_alone")),
        away_days=_not_negative(fields, "away_days"),
        ahead_days=_not_negative(fields, "ahead_days"),
    )
    fields.finish()
    return read


def _costs(fields: Fields) -> Costs:
    named = {name: _not_negative(fields, name) for name in Costs.__dataclass_fields__}
    fields.finish()
    return Costs(**named)


def _bend(fields: Fields) -> Bend:
    """Weights may not be negative: the price of an hour then only grows, which the proofs rest on."""
    read = Bend(_not_negative(fields, "above_percent"), _not_negative(fields, "minutes_an_hour"))
    fields.finish()
    return read


def _not_negative(fields: Fields, name: str) -> int:
    found = fields.number(name)
    if found < 0:
        raise fields.refuse(f"{name} must not be negative")
    return found
