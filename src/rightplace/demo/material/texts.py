"""What people write at each step, drawn by seed and filled in for one family.

`draw("contact.concern", rng, {"source": "school", "age": 7}, child="Keira", **pronouns("F"))`. A text is drawn only
where its tags fit and where every blank in it can be filled, so that nobody has a brother by accident.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from string import Formatter
from typing import Any

HERE = Path(__file__).parent
Tag = str | int

# Drawn anew for each text, so that the same sentence is not about the same Tuesday every time.
CHANCE: Mapping[str, tuple[str, ...]] = {
    "few": ("two", "three", "four"),
    "weeks": ("five", "six", "nine", "eleven", "fourteen", "twenty", "twenty-four"),
    "months": ("three", "four", "five", "six", "seven", "eight"),
    "ordinal": ("third", "fourth", "fifth"),
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
}

PRONOUNS: Mapping[str, Mapping[str, str]] = {
    "F": {"they": "she", "them": "her", "their": "her", "themself": "herself", "is": "is", "was": "was"}
    | {"has": "has", "does": "does"},
    "M": {"they": "he", "them": "him", "their": "his", "themself": "himself", "is": "is", "was": "was"}
    | {"has": "has", "does": "does"},
    "U": {
        "they": "they",
        "them": "them",
        "their": "their",
        "themself": "themself",
        "is": "are",
        "was": "were",
    }
    | {"has": "have", "does": "do"},
}


@dataclass(frozen=True)
class Text:
    """One text with its blanks, and the tags that say when it fits."""

    kind: str
    says: str
    tags: Mapping[str, Tag]
    youngest: int
    oldest: int
    blanks: frozenset[str]

    @property
    def need(self) -> str:
        """The kind of need it tells of; empty where it fits any."""
        return str(self.tags.get("need", ""))

    @property
    def level(self) -> str:
        """The level of need that its author had in mind; empty where it fits any."""
        return str(self.tags.get("level", ""))

    def fits(self, asked: Mapping[str, Tag]) -> bool:
        """Say whether nothing that was asked for speaks against it; what it does not say fits anything."""
        for name, value in asked.items():
            if name == "age":
                if not self.youngest <= int(value) <= self.oldest:
                    return False
            elif self.tags.get(name, value) != value:
                return False
        return True

    def matched(self, asked: Mapping[str, Tag]) -> int:
        """How many of the tags asked for it carries."""
        return sum(1 for name, value in asked.items() if self.tags.get(name) == value)

    def fill(self, rng: Random, **blanks: str) -> str:
        """The text for one family."""
        chance = {name: rng.choice(CHANCE[name]) for name in sorted(self.blanks & CHANCE.keys())}
        return sentence_case(self.says.format_map(chance | capitals(blanks)))


def pronouns(sex: str) -> dict[str, str]:
    """The blanks that stand for a child: F, M, or anything else for a child whose sex is not known."""
    return dict(PRONOUNS.get(sex, PRONOUNS["U"]))


def capitals(blanks: Mapping[str, str]) -> dict[str, str]:
    """The blanks, and each of them at the beginning of a sentence."""
    return {**{name.capitalize(): text[:1].upper() + text[1:] for name, text in blanks.items()}, **blanks}


def sentence_case(text: str) -> str:
    """A text begins with a capital, also where it begins with a blank such as 'her mother'."""
    return text[:1].upper() + text[1:]


def text_of(row: Mapping[str, Any]) -> Text:
    """Read one text; line ends inside it are those of the file and mean nothing."""
    says = " ".join(row["says"].split())
    fits = dict(row.get("fits", {}))
    youngest, oldest = fits.pop("ages", (-1, 25))
    blanks = frozenset(name for _, name, _, _ in Formatter().parse(says) if name)
    return Text(row["kind"], says, fits, youngest, oldest, blanks)


@cache
def texts() -> Mapping[str, tuple[Text, ...]]:
    """Every text by its kind."""
    found: dict[str, list[Text]] = {}
    for path in sorted((HERE / "texts").glob("*.toml")):
        with path.open("rb") as file:
            for row in tomllib.load(file)["text"]:
                found.setdefault(row["kind"], []).append(text_of(row))
    return {kind: tuple(rows) for kind, rows in sorted(found.items())}


@cache
def tag_values() -> Mapping[str, frozenset[Tag]]:
    """Every value that a tag has anywhere; asking for another is a slip of the pen, not a want of texts."""
    found: dict[str, set[Tag]] = {}
    for rows in texts().values():
        for text in rows:
            for name, value in text.tags.items():
                found.setdefault(name, set()).add(value)
    return {name: frozenset(values) for name, values in found.items()}


@lru_cache(maxsize=20_000)
def candidates(
    kind: str, asked: frozenset[tuple[str, Tag]], filled: frozenset[str]
) -> tuple[tuple[Text, ...], tuple[int, ...]]:
    """The texts that fit and can be filled, with weights: the closer to what was asked, the likelier."""
    wanted = dict(asked)
    for name, value in wanted.items():
        if name != "age" and value not in tag_values().get(name, ()):
            raise LookupError(f"No text anywhere has {name} = {value}.")
    can_fill = filled | {name.capitalize() for name in filled} | CHANCE.keys()
    fitting = tuple(text for text in texts()[kind] if text.blanks <= can_fill and text.fits(wanted))
    return fitting, tuple(4 ** text.matched(wanted) for text in fitting)


def pick(kind: str, rng: Random, asked: Mapping[str, Tag] | None = None, **blanks: str) -> Text:
    """One text of a kind that fits; its `need` and `level` say what else it goes with."""
    found, weights = candidates(kind, frozenset((asked or {}).items()), frozenset(blanks))
    if not found:
        raise LookupError(
            f"No text of kind {kind} fits {dict(asked or {})} with {', '.join(sorted(blanks))}."
        )
    return rng.choices(found, weights=weights)[0]


def draw(kind: str, rng: Random, asked: Mapping[str, Tag] | None = None, **blanks: str) -> str:
    """One text of a kind that fits, filled in."""
    return pick(kind, rng, asked, **blanks).fill(rng, **blanks)
