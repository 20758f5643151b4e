"""What each role asks for, the first year and the steps of a career, as dated local data from `rules/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from rightplace.domain.practice.durations import Duration
from rightplace.domain.practice.packfiles import PackRefused, read_pack
from rightplace.foundation.organisation.rolecodes import RoleCode

PACKS: Final = Path(__file__).with_name("rules")
ASKED: Final = ("qualified", "registered", "first_year", "months", "course", "people")


@dataclass(frozen=True)
class Requirement:
    """What some roles ask for: once, or again and again, or so many in a year that ends on a day."""

    id: str
    title: str
    kinds: frozenset[str]
    source: str
    checked: bool
    roles: frozenset[int] = frozenset()
    registered: bool = False
    every: Duration | None = None
    within: Duration | None = None
    times: int = 1
    year_ends: tuple[int, int] | None = None

    def asks(self, role: int, registered: bool | None) -> bool:
        """Whether it is asked in this role. A registration of which nobody said anything may be asked for."""
        return registered is not False if self.registered else role in self.roles


@dataclass(frozen=True)
class FirstYearRules:
    """What a supervised first year promises."""

    months: int
    workload: float
    protected: float
    reviews: tuple[int, ...]
    supervision_words: str
    source: str
    checked: bool
    later: str


@dataclass(frozen=True)
class Step:
    """One grade of a path and what it asks: how it is met, and in which words."""

    path: str
    grade: str
    asks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Rules:
    """Everything that is asked from a day on."""

    begins: date
    title: str
    kinds: Mapping[str, str]
    requirements: tuple[Requirement, ...]
    first_year: FirstYearRules
    steps: tuple[Step, ...]

    def paths(self) -> list[str]:
        return list(dict.fromkeys(step.path for step in self.steps))


def rules_on(day: date) -> Rules:
    """The rules that hold on a day."""
    return max((each for each in _rules() if each.begins <= day), key=lambda each: each.begins)


@lru_cache(maxsize=1)
def _rules() -> tuple[Rules, ...]:
    return tuple(read(file) for file in sorted(PACKS.glob("*.toml")))


def read(file: Path) -> Rules:
    """One file of rules; a wrong one is refused whole."""
    pack = read_pack(file)
    kinds = pack["kinds"]
    year = {name: each for name, each in pack["first_year"].items() if name != "supervision"}
    return Rules(
        begins=pack["begins"], title=pack["title"], kinds=kinds,
        requirements=tuple(_requirement(file, kinds, each) for each in pack["requirement"]),
        first_year=FirstYearRules(**(year | {"reviews": tuple(year["reviews"])})),
        steps=tuple(_step(file, kinds, each) for each in pack["step"]),
    )  # fmt: skip


def _requirement(file: Path, kinds: Mapping[str, str], fields: Mapping[str, Any]) -> Requirement:
    said = dict(fields)
    unknown = [each for each in said["kinds"] if each not in kinds]
    unknown += [each for each in said.get("roles", ()) if each not in RoleCode.__members__]
    if unknown:
        raise PackRefused(file, said["id"], f"it names what is not there: {', '.join(unknown)}")
    said["kinds"] = frozenset(said["kinds"])
    said["roles"] = frozenset(int(RoleCode[each]) for each in said.get("roles", ()))
    for name in ("every", "within"):
        if name in said:
            said[name] = Duration.parse(said[name])
    if "year_ends" in said:
        month, day = said["year_ends"].split("-")
        said["year_ends"] = (int(month), int(day))
    return Requirement(**said)


def _step(file: Path, kinds: Mapping[str, str], fields: Mapping[str, Any]) -> Step:
    asks = tuple((how, words) for how, words in fields["asks"])
    for how, _ in asks:
        name, _, what = how.partition(":")
        if name not in ASKED or (name == "course" and what not in kinds):
            raise PackRefused(file, fields["grade"], f"nobody knows how to meet {how}")
    return Step(fields["path"], fields["grade"], asks)
