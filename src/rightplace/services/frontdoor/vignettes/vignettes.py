"""The invented cases, read and checked.

Theme, discussion and lesson are for afterwards: they would tell a manager what the author had in mind.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FEWEST_WORDS, MOST_WORDS = 90, 180


class VignetteWrong(ValueError):
    """A case cannot be used; the message names it and says what is wrong."""


@dataclass(frozen=True)
class CheckSaid:
    """What one agency answered."""

    who: str
    said: str


@dataclass(frozen=True)
class Vignette:
    """One case: what can be read before deciding, and what is shown after both have decided."""

    id: str
    title: str
    tells: str
    children: tuple[str, ...]
    told: str
    checks: tuple[CheckSaid, ...]
    not_known: tuple[str, ...]
    theme: str
    discuss: tuple[str, ...]
    teaches: str

    @property
    def words(self) -> int:
        """How much there is to read before deciding."""
        return len(" ".join((self.told, *(check.said for check in self.checks), *self.not_known)).split())


def vignette_of(row: Mapping[str, Any]) -> Vignette:
    """Read one case, or say which and why not."""
    name = row.get("id", "a case without an id")
    wanted = set(Vignette.__dataclass_fields__)
    if set(row) != wanted:
        raise VignetteWrong(
            f"{name}: has {sorted(set(row) - wanted)} too much, lacks {sorted(wanted - set(row))}."
        )
    empty = [field for field in wanted if not row[field]]
    if empty:
        raise VignetteWrong(f"{name}: {', '.join(sorted(empty))} is empty.")
    found = Vignette(
        id=row["id"],
        title=row["title"],
        tells=row["tells"],
        children=tuple(row["children"]),
        told=" ".join(row["told"].split()),
        checks=tuple(CheckSaid(check["who"], check["said"]) for check in row["checks"]),
        not_known=tuple(row["not_known"]),
        theme=row["theme"],
        discuss=tuple(row["discuss"]),
        teaches=row["teaches"],
    )
    if not FEWEST_WORDS <= found.words <= MOST_WORDS:
        raise VignetteWrong(
            f"{name}: {found.words} words; between {FEWEST_WORDS} and {MOST_WORDS} are asked for."
        )
    return found


@cache
def vignettes() -> tuple[Vignette, ...]:
    """All cases in order of their numbers, which mixes the themes."""
    rows = [
        row
        for path in sorted((HERE / "cases").glob("*.toml"))
        for row in tomllib.loads(path.read_text("utf-8"))["vignette"]
    ]
    found = {case.id: case for case in map(vignette_of, rows)}
    if len(found) != len(rows):
        raise VignetteWrong("Two cases have the same id.")
    return tuple(found[name] for name in sorted(found))


def vignette(name: str) -> Vignette | None:
    """One case by its id; None where there is none."""
    return next((case for case in vignettes() if case.id == name), None)
