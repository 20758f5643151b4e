"""Dated rules of a reorganisation, read from packs: what, for how many, how long, from when, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rightplace.domain.practice.packfiles import Table, read_pack

PACKS: Final = Path(__file__).with_name("packs")
ALWAYS: Final = 10**7
_UNITS: Final = ("day", "working day", "week", "week for each year", "month")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedRule:
    """One rule in force from a day to a day, for at least and at most so many people (or months of service)."""

    id: str
    subject: str
    title: str
    number: int
    unit: str
    from_day: int
    to_day: int
    least: int
    most: int
    grounds: tuple[str, ...]
    source: str
    checked: bool
    sample: bool
    note: str

    def holds(self, day: int, count: int) -> bool:
        return self.from_day <= day <= self.to_day and self.least <= count <= self.most


@cache
def shipped_rules() -> tuple[DatedRule, ...]:
    """The law's rules and the local sample."""
    return load_rules((PACKS / "england.toml", PACKS / "local-sample.toml"))


def load_rules(files: Sequence[Path]) -> tuple[DatedRule, ...]:
    """The rules of these packs. Two that say different things of one day are refused."""
    found: list[DatedRule] = []
    for file in files:
        pack = Table(file, "", read_pack(file))
        pack.text("pack")
        pack.text("title")
        sample = pack.flag("sample")
        for table in pack.tables("rule"):
            rule = _rule(table, sample)
            if any(_clash(rule, other) for other in found):
                raise table.refuse(
                    "another rule on the same subject is in force for the same days and numbers"
                )
            found.append(rule)
        pack.finish()
    return tuple(found)


def rule_for(
    subject: str, day: int, count: int = 1, rules: Sequence[DatedRule] | None = None
) -> DatedRule | None:
    """The rule in force on a day for so many; none where the law asks for nothing."""
    return next(
        (rule for rule in rules or shipped_rules() if rule.subject == subject and rule.holds(day, count)),
        None,
    )


def _clash(rule: DatedRule, other: DatedRule) -> bool:
    return (
        rule.subject == other.subject
        and rule.from_day <= other.to_day
        and other.from_day <= rule.to_day
        and rule.least <= other.most
        and other.least <= rule.most
        and (rule.grounds == other.grounds == () or bool(set(rule.grounds) & set(other.grounds)))
    )


def _rule(table: Table, sample: bool) -> DatedRule:
    unit = table.text("unit", "day")
    if unit not in _UNITS:
        raise table.refuse(f"unit must be one of {', '.join(_UNITS)}")
    last, least, most = table.day_or_none("to"), table.number_or_none("least"), table.number_or_none("most")
    rule = DatedRule(
        id=table.text("id"),
        subject=table.text("subject"),
        title=table.text("title"),
        number=table.number("number"),
        unit=unit,
        from_day=table.day("from").toordinal(),
        to_day=last.toordinal() if last else ALWAYS,
        least=least if least is not None else 0,
        most=most if most is not None else ALWAYS,
        grounds=table.texts("grounds"),
        source=table.text("source"),
        checked=table.flag("checked"),
        sample=sample,
        note=table.text("note", ""),
    )
    table.finish()
    if rule.number < 0 or rule.least > rule.most or rule.from_day > rule.to_day:
        raise table.refuse("numbers and days must run upwards")
    return rule
