"""The story of the guided strip, typed: its people, its example values, its steps.

What a form is filled with is a plain mapping of that form's own fields; the demo knows which page is which.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FORMS = ("raise", "settle", "screen", "check", "first_try", "decide", "feedback", "accept", "allocate")


@dataclass(frozen=True)
class PersonToBe:
    """Somebody whom a visitor can become."""

    key: str
    name: str
    title: str
    role: str
    works_at: str
    says: str
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True)
class OtherToBe:
    """Somebody whom a visitor can become beside the story: a role somewhere, held by whoever holds it."""

    role: str
    works_at: str
    says: str
    title: str = ""


@dataclass(frozen=True)
class StoryChild:
    """A child of the story, as the school knows the child."""

    given: str
    family: str
    born: date
    sex: str
    school_year: str
    ethnicity: str
    language: str


@dataclass(frozen=True)
class StoryFamily:
    """The grown-ups and the home."""

    mother: str
    father: str
    home: str
    postcode: str
    telephone: str


@dataclass(frozen=True)
class KnownBefore:
    """The same child under other spellings, at the address before, with an earlier contact that was decided."""

    given: str
    family: str
    born: date
    sex: str
    home: str
    postcode: str
    told_on: date
    source: str
    saw: str
    decided: str
    level: str
    reasons: str
    alternatives: str


@dataclass(frozen=True)
class Step:
    """One step: when it begins, who acts, on which page, what to do and what to notice."""

    at: str
    person: str
    page: str
    title: str
    do: str
    notice: str

    @property
    def seconds(self) -> int:
        """When it begins, in seconds from the start."""
        minutes, seconds = self.at.split(":")
        return int(minutes) * 60 + int(seconds)


@dataclass(frozen=True)
class LastPage:
    """What was seen, and what to try to break."""

    title: str
    saw: tuple[str, ...]
    to_break: tuple[str, ...]


@dataclass(frozen=True)
class Strip:
    """The whole story."""

    starts: datetime
    area: str
    people: tuple[PersonToBe, ...]
    others: tuple[OtherToBe, ...]
    family: StoryFamily
    children: tuple[StoryChild, ...]
    known: KnownBefore
    forms: Mapping[str, Mapping[str, Any]]
    steps: tuple[Step, ...]
    last: LastPage

    def person(self, key: str) -> PersonToBe:
        """One of the people to be."""
        return next(each for each in self.people if each.key == key)


def one_line(value: Any) -> Any:
    """A text without the line ends of the file; anything else as it is."""
    return " ".join(value.split()) if isinstance(value, str) else value


def plain(block: Mapping[str, Any]) -> dict[str, Any]:
    """A block with its texts each on one line."""
    return {name: one_line(value) for name, value in block.items()}


@cache
def strip() -> Strip:
    """Read strip.toml."""
    raw = tomllib.loads((HERE / "strip.toml").read_text(encoding="utf-8"))
    return Strip(
        starts=raw["starts"].astimezone(UTC),
        area=raw["area"],
        people=tuple(PersonToBe(**row) for row in raw["person"]),
        others=tuple(OtherToBe(**row) for row in raw["other"]),
        family=StoryFamily(**raw["family"]),
        children=tuple(StoryChild(**row) for row in raw["child"]),
        known=KnownBefore(**plain(raw["known"])),
        forms={name: plain(raw[name]) for name in FORMS},
        steps=tuple(Step(**row) for row in raw["step"]),
        last=LastPage(raw["last"]["title"], tuple(raw["last"]["saw"]), tuple(raw["last"]["break"])),
    )
