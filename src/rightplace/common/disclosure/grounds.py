"""On what something is shared, and on what a refusal rests: dated rules read from grounds.toml."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import msgspec

PLACE = Path(__file__).parent / "grounds.toml"
IN_FORCE = "in force"


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"begins": "from"}):
    """One rule: its words, where it stands, from when, and whether anybody has seen the source."""

    id: str
    words: str
    source: str
    checked: bool
    begins: date | None = None
    standing: str = IN_FORCE
    note: str = ""

    def holds(self, on: date) -> bool:
        """Whether it may be named on a day."""
        return self.begins is None or self.begins <= on

    def standing_on(self, on: date) -> str:
        """How it stands on a day, in words."""
        if not self.holds(on):
            return "not enacted on that day"
        return self.standing


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Every basis and every ground."""

    basis: tuple[Rule, ...]
    ground: tuple[Rule, ...]


@cache
def rules() -> Rules:
    """The rules as they are written."""
    return msgspec.convert(tomllib.loads(PLACE.read_text(encoding="utf-8")), Rules)


def bases() -> tuple[tuple[str, str], ...]:
    """The lawful bases as a form offers them."""
    return tuple((each.id, each.words) for each in rules().basis)


def grounds(on: date) -> tuple[Rule, ...]:
    """The grounds on which a refusal may rest on a day."""
    return tuple(each for each in rules().ground if each.holds(on))


def ground(name: str) -> Rule | None:
    """One ground by its name."""
    return next((each for each in rules().ground if each.id == name), None)
