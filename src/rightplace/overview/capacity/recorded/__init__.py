"""Recorded answers of the capacity model: the demonstration shows them without the model being installed, tests read them.

Made by `tools/make_capacity_answers.py` from the engine; a test holds them against what it gives today.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from rightplace.domain.simulation.scenarios import Change, Scenario

HERE: Final = Path(__file__).parent
AREAS: Final = (("North", 12_000), ("East", 12_000), ("South", 12_000), ("West", 12_000))
BEGINS: Final = date(2026, 3, 9)
SEED: Final = 2026
BASE: Final = Scenario("As things are", BEGINS, 364, areas=AREAS)


@dataclass(frozen=True)
class Asked:
    """One question of the demonstration: who asked, its title, its scenarios, and how carefully."""

    key: str
    title: str
    role: str
    replicates: int
    scenarios: tuple[Scenario, ...]


def _after(weeks: int) -> date:
    return BEGINS + timedelta(weeks=weeks)


def _with(name: str, *changes: Change) -> Scenario:
    return Scenario(name, BEGINS, 364, areas=AREAS, changes=changes)


ASKED: Final[Sequence[Asked]] = (
    Asked(
        "leaving", "What happens in South if eight experienced people leave by Easter, Sun 5 Apr 2026?", "HEAD_OF_SERVICE", 200,
        (BASE, _with("Eight experienced people leave", *(Change(_after(week), "leave", "South", 2.0) for week in range(4)))),
    ),
    Asked(
        "rising", "What happens if 15 in 100 more families are told of everywhere from the new financial year, Wed 1 Apr 2026?",
        "DIRECTOR", 60, (BASE, _with("15 in 100 more families are told of", Change(date(2026, 4, 1), "demand", "all", 1.15))),
    ),
    Asked(
        "either", "Which is better: Ten more in family support · Ten more social workers?", "DIRECTOR", 60,
        (
            BASE,
            _with("Ten more in family support", Change(_after(4), "posts", "support", 10.0),
                  Change(_after(4), "early_help", "all", 0.1, note="the belief of whoever asked")),
            _with("Ten more social workers", Change(_after(4), "posts", "assessment", 10.0)),
        ),
    ),
)  # fmt: skip


@cache
def recorded(key: str) -> dict[str, Any]:
    """A recorded answer, with the version that gave it."""
    found: dict[str, Any] = msgspec.json.decode(gzip.decompress((HERE / f"{key}.json.gz").read_bytes()))
    return found
