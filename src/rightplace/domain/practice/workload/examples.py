"""Two published schemes of weights, as far as they are published: shown beside the local table, never counted with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rightplace.domain.practice.packfiles import Table, read_pack
from rightplace.domain.practice.workload.weights import SCHEMES


@dataclass(frozen=True)
class Example:
    """A scheme that an authority published. What it does not say is None."""

    id: str
    title: str
    unit: str
    about: str
    warns: str
    source: str
    checked: bool
    full_time: int | None = None
    not_cases: int | None = None
    newly_qualified: int | None = None
    least_a_case: int | None = None
    most_a_case: int | None = None


@cache
def examples() -> tuple[Example, ...]:
    """The published examples, in the order of their files."""
    return tuple(load_example(file) for file in sorted(SCHEMES.glob("example-*.toml")))


def load_example(file: Path) -> Example:
    """One published scheme."""
    found = Table(file, "", read_pack(file))
    numbers = ("full_time", "not_cases", "newly_qualified", "least_a_case", "most_a_case")
    made = Example(
        id=found.text("id"),
        title=found.text("title"),
        unit=found.text("unit"),
        about=found.text("about"),
        warns=found.text("warns", ""),
        source=found.text("source"),
        checked=found.flag("checked"),
        **{name: found.number_or_none(name) for name in numbers},
    )
    found.finish()
    return made
