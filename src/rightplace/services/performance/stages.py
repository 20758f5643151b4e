"""The stages of support as dated local data: what each asks, after which it comes, who signs it, which clock it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from rightplace.domain.practice.calendars import calendar
from rightplace.domain.practice.durations import Duration
from rightplace.domain.practice.packfiles import PackRefused, read_pack
from rightplace.domain.practice.workdays import to_date

PACKS: Final = Path(__file__).with_name("support")
BY: Final = ("lead", "formal", "worker", "appeal")
AT: Final = ("informal", "formal", "closed")


@dataclass(frozen=True)
class Stage:
    """One stage: `by` says who signs it; `due` or `due_given` until when; `in_time`, `late_only` hold to the last due day."""

    id: str
    title: str
    asks: str
    at: str
    after: tuple[str, ...]
    by: str
    source: str
    due: Duration | None = None
    due_given: bool = False
    meeting: bool = False
    needs_support: bool = False
    needs_adjustments: bool = False
    in_time: bool = False
    late_only: bool = False
    appeals: bool = False
    outcomes: tuple[str, ...] = ()
    needs_outcome: str = ""


@dataclass(frozen=True)
class Rules:
    """The stages and clocks that hold from a day on."""

    begins: date
    title: str
    checked: bool
    answer: Duration
    notice: Duration
    companion_delay: Duration
    appeal: Duration
    least_plan: Duration
    sources: Mapping[str, str]
    stages: Mapping[str, Stage]
    outcomes: Mapping[str, str]

    def next_after(self, stage: str) -> list[Stage]:
        """What may come after a stage."""
        return [each for each in self.stages.values() if stage in each.after]


def last_day(duration: Duration, after: date) -> date:
    """The last day of a duration that begins on a day."""
    return to_date(duration.last_day(after.toordinal(), calendar()))


def rules_on(day: date) -> Rules:
    """The rules that hold on a day."""
    held = [each for each in _rules() if each.begins <= day]
    return max(held, key=lambda each: each.begins)


@lru_cache(maxsize=1)
def _rules() -> tuple[Rules, ...]:
    return tuple(_read(file) for file in sorted(PACKS.glob("*.toml")))


def _read(file: Path) -> Rules:
    pack = read_pack(file)
    stages = {each["id"]: _stage(file, each) for each in pack["stage"]}
    for stage in stages.values():
        unknown = [each for each in stage.after if each not in stages]
        unknown += [each for each in stage.outcomes if each not in pack["outcome"]]
        if unknown or stage.by not in BY or stage.at not in AT:
            raise PackRefused(file, stage.id, f"it names what is not there: {unknown or stage.by}")
    names = ("answer", "notice", "companion_delay", "appeal", "least_plan")
    return Rules(
        begins=pack["begins"], title=pack["title"], checked=pack["checked"], stages=stages, outcomes=pack["outcome"],
        sources={name: pack[f"{name}_source"] for name in ("answer", "notice", "companion", "appeal")},
        **{name: Duration.parse(pack[name]) for name in names},
    )  # fmt: skip


def _stage(file: Path, fields: Mapping[str, Any]) -> Stage:
    said = dict(fields)
    for name in ("after", "outcomes"):
        said[name] = tuple(said.get(name, ()))
    if "due" in said:
        said["due"] = Duration.parse(said["due"])
    try:
        return Stage(**said)
    except TypeError as error:
        raise PackRefused(file, str(fields.get("id")), str(error)) from error
