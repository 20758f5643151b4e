"""Indicators of need: short observations, each listed under one level, and what may be said about a choice of them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from rightplace.domain.practice.need.levels import Level
from rightplace.domain.practice.packfiles import Table, read_pack

SAMPLE: Final = Path(__file__).with_name("packs") / "sample.toml"
LONGEST_TEXT: Final = 100
_SLUG: Final = "abcdefghijklmnopqrstuvwxyz0123456789-."


class Side(StrEnum):
    """A side of the assessment framework."""

    CHILD = "child"
    PARENTING = "parenting"
    FAMILY = "family"

    @property
    def heading(self) -> str:
        return _SIDES[self]


_SIDES: Final = {
    Side.CHILD: "The child's developmental needs",
    Side.PARENTING: "Parenting capacity",
    Side.FAMILY: "Family and environment",
}


@dataclass(frozen=True)
class Indicator:
    """One thing that somebody saw, heard or was told."""

    id: str
    level: Level
    side: Side
    text: str
    strong: bool = False
    """On its own it means significant harm."""


@dataclass(frozen=True)
class Explanation:
    """What the pack says about the indicators that were chosen: where they are listed, never a sum of them."""

    highest: Level | None
    listed: tuple[tuple[Level, tuple[Indicator, ...]], ...]
    """The chosen indicators under their levels, highest first."""
    strong: tuple[Indicator, ...]
    not_in_pack: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class IndicatorPack:
    """A council's indicators, or the sample."""

    id: str
    title: str
    source: str
    in_force: date
    sample: bool
    indicators: tuple[Indicator, ...]
    version: str = field(init=False)
    _by_id: Mapping[str, Indicator] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(repr(self.indicators).encode()).hexdigest()[:12]
        object.__setattr__(self, "version", f"{self.id}/{digest}")
        object.__setattr__(self, "_by_id", {each.id: each for each in self.indicators})

    @classmethod
    def load(cls, file: Path) -> "IndicatorPack":
        """Read a pack, or refuse it with file, entry and reason."""
        return _read(Table(file, "", read_pack(file)))

    def find(self, name: str) -> Indicator | None:
        return self._by_id.get(name)

    def on_side(self, side: Side) -> tuple[Indicator, ...]:
        """A side's indicators in the pack's order, as a form offers them."""
        return tuple(each for each in self.indicators if each.side is side)

    def suggested_levels(self, chosen: Iterable[str]) -> Explanation:
        """Which levels the chosen indicators are listed under, and why, in sentences."""
        names = list(dict.fromkeys(chosen))
        found = [self._by_id[name] for name in names if name in self._by_id]
        absent = tuple(name for name in names if name not in self._by_id)
        levels = sorted({each.level for each in found}, key=lambda level: -level.number)
        listed = tuple((level, tuple(each for each in found if each.level is level)) for level in levels)
        strong = tuple(each for each in found if each.strong)
        highest = levels[0] if levels else None
        return Explanation(highest, listed, strong, absent, tuple(self._sentences(listed, strong, absent)))

    def differs(self, level: str, chosen: Iterable[str]) -> bool:
        """Whether a decided level is another than the highest that its indicators are listed under.

        With no indicators known to the pack there is nothing to hold the decision against.
        """
        highest = self.suggested_levels(chosen).highest
        return highest is not None and Level(level) is not highest

    def difference(self, level: str, chosen: Iterable[str]) -> str:
        """The same as a sentence; nothing when they agree."""
        explained = self.suggested_levels(chosen)
        decided, highest = Level(level), explained.highest
        if highest is None or decided is highest:
            return ""
        side = "below" if decided.number < highest.number else "above"
        return (
            f"Decided as {decided} (level {decided.number}), {side} the highest level of the chosen indicators, "
            f"{highest} (level {highest.number}): {_quoted(explained.listed[0][1])}."
        )

    def _sentences(
        self,
        listed: tuple[tuple[Level, tuple[Indicator, ...]], ...],
        strong: tuple[Indicator, ...],
        absent: tuple[str, ...],
    ) -> Iterable[str]:
        if not listed:
            yield "No indicator was chosen, so the list says nothing about a level."
        for place, (level, chosen) in enumerate(listed):
            verb = "is" if len(chosen) == 1 else "are"
            where = f"{verb} listed under {level} (level {level.number})"
            yield f"{_quoted(chosen)} {where}." if place == 0 else f"{len(chosen)} more {where}."
        if strong:
            verb = "means" if len(strong) == 1 else "mean"
            yield f"On {'its' if len(strong) == 1 else 'their'} own, {_quoted(strong)} {verb} significant harm."
        if absent:
            yield f"Not in this list: {', '.join(absent)}."
        if listed:
            yield "The list only says where things are listed. A person decides the level and gives the reasons."
        if self.sample:
            yield "This is a sample list, not policy."


def _quoted(chosen: tuple[Indicator, ...]) -> str:
    quotes = [f"“{each.text}”" for each in chosen]
    return quotes[0] if len(quotes) == 1 else f"{', '.join(quotes[:-1])} and {quotes[-1]}"


@cache
def sample_pack() -> IndicatorPack:
    """The indicators that are shipped: sample, not policy."""
    return IndicatorPack.load(SAMPLE)


def _read(pack: Table) -> IndicatorPack:
    indicators: dict[str, Indicator] = {}
    sides = pack.tables("side")
    for side in sides:
        for each in _read_side(side):
            if each.id in indicators:
                raise side.refuse(f"indicator {each.id} is listed twice")
            indicators[each.id] = each
    read = IndicatorPack(
        id=pack.text("id"),
        title=pack.text("title"),
        source=pack.text("source"),
        in_force=pack.day("from"),
        sample=pack.flag("sample"),
        indicators=tuple(indicators.values()),
    )
    pack.finish()
    for missing in [side for side in Side if not read.on_side(side)]:
        raise pack.refuse(f"it has no indicators on the side “{missing.heading}”")
    return read


def _read_side(table: Table) -> list[Indicator]:
    side = _one_of(table, "id", {str(side): side for side in Side})
    read = [_read_indicator(each, side) for each in table.tables("indicators")]
    table.finish()
    return read


def _read_indicator(table: Table, side: Side) -> Indicator:
    name, text, number = table.text("id"), table.text("text"), table.number("level")
    strong = table.flag("strong", False)
    table.finish()
    if set(name) - set(_SLUG) or "." not in name or not all(name.split(".")):
        raise table.refuse(
            "id must be words in small letters with dots between them, such as child.health.tired"
        )
    if len(text) > LONGEST_TEXT:
        raise table.refuse(f"text is longer than {LONGEST_TEXT} characters")
    if not 1 <= number <= 4:
        raise table.refuse("level must be 1, 2, 3 or 4")
    if strong and number < 4:
        raise table.refuse("a strong indicator means significant harm, so its level must be 4")
    return Indicator(name, Level.numbered(number), side, text, strong)


def _one_of(table: Table, name: str, allowed: Mapping[str, Any]) -> Any:
    found = table.text(name)
    if found not in allowed:
        raise table.refuse(f"{name} must be one of {', '.join(allowed)}")
    return allowed[found]
