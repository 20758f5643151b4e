"""What a family may need, and which services say that they are for it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """One headline and the words that speak of it."""

    key: str
    title: str
    words: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """Any of its words, at the beginning of a word."""
        return _pattern(self.words)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + ")", re.IGNORECASE)


@cache
def needs() -> tuple[Need, ...]:
    """The headlines in their order."""
    with (Path(__file__).parent / "needs.toml").open("rb") as file:
        return tuple(
            Need(row["key"], row["title"], tuple(row["words"])) for row in tomllib.load(file)["need"]
        )


def title_of(key: str) -> str:
    """A headline by its key; the key itself where there is none of that name."""
    return next((need.title for need in needs() if need.key == key), key)


def needs_in(headings: list[str], words: str) -> list[str]:
    """Which needs a service is for: by its headings; by its own words only where no heading says anything."""
    found = [need.key for need in needs() if any(need.pattern.search(each) for each in headings)]
    return found or [need.key for need in needs() if need.pattern.search(words)]


def said_by(key: str, headings: list[str], words: str) -> str:
    """What says so: the heading, or the word in its description."""
    for need in needs():
        if need.key != key:
            continue
        for heading in headings:
            if need.pattern.search(heading):
                return f"its heading “{heading}”"
        word = need.pattern.search(words)
        if word:
            return f"its description says “{word.group(0).lower()}”"
    return ""
