"""How often somebody is supervised, by role and by stage of the first year, and the day on which it is due next.

Nothing here is stored: a session says when it was held, and the rest is worked out. What nobody knows is unknown, and
late only from the day on which it must be late whatever was not written down (promise 4).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from rightplace.domain.practice.packfiles import Table, read_pack

TABLES: Final = Path(__file__).parent / "tables"


@dataclass(frozen=True, slots=True)
class Every:
    """Some roles are supervised at least every so many days."""

    roles: tuple[str, ...]
    days: int
    title: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the first year in a profession: until a week of it, every so many days."""

    until_weeks: int
    days: int
    title: str


@dataclass(frozen=True, slots=True)
class Cadence:
    """A dated local table of how often, with its sources, and what an agenda calls stuck and unseen."""

    begins: date
    ends: date | None
    source: str
    checked: bool
    recorded_from: date
    unseen_days: int
    stuck_days: int
    soon_days: int
    every: tuple[Every, ...]
    stage_roles: tuple[str, ...]
    stage_source: str
    stage_checked: bool
    stages: tuple[Stage, ...]

    def days(self, role: str, qualified: date | None, on: date) -> tuple[int, str] | None:
        """At least every how many days, and in which words; None for a role of which the table says nothing."""
        base = next((each for each in self.every if role in each.roles), None)
        if base is None:
            return None
        if role in self.stage_roles and qualified is not None and qualified <= on:
            weeks = (on - qualified).days // 7
            for stage in self.stages:
                if weeks < stage.until_weeks:
                    return min(stage.days, base.days), stage.title
        return base.days, base.title


class State(StrEnum):
    """What is known of the next session."""

    DUE = "due"
    UNKNOWN = "unknown"
    AWAY = "away"
    NO_CADENCE = "no cadence"


@dataclass(frozen=True, slots=True)
class Due:
    """When the next session is due: by which day, at least every how many days, and why."""

    state: State
    day: date | None = None
    last: date | None = None
    days: int = 0
    title: str = ""

    def late(self, on: date) -> int:
        """By how many days it is late; nought when it is not, or when nobody can know."""
        return max((on - self.day).days, 0) if self.state is State.DUE and self.day is not None else 0


def due_on(
    cadence: Cadence,
    *,
    on: date,
    role: str,
    qualified: date | None,
    since: date,
    held: Collection[date],
    away: Sequence[tuple[date, date | None]] = (),
) -> Due:
    """When somebody's next session is due, as known on a day. `since`: supervised in this role since that day."""
    last = max((day for day in held if day <= on), default=None)
    begun = last or max(since, cadence.recorded_from)
    found = cadence.days(role, qualified, begun)
    if found is None:
        return Due(State.NO_CADENCE, last=last)
    days, title = found
    due = back_from(begun + timedelta(days=days), away)
    if due is None or back_from(on, away) is None:
        return Due(State.AWAY, None, last, days, title)
    if last is None and since < cadence.recorded_from and on <= due:
        return Due(State.UNKNOWN, None, None, days, title)
    return Due(State.DUE, due, last, days, title)


def back_from(day: date, away: Sequence[tuple[date, date | None]]) -> date | None:
    """The day itself, or the first day back where it falls into an absence; None while nobody knows that day."""
    moved = True
    while moved:
        moved = False
        for begins, ends in away:
            if begins <= day and (ends is None or day < ends):
                if ends is None:
                    return None
                day, moved = ends, True
    return day


def load_cadence(file: Path) -> Cadence:
    """One table of how often; a bad one is refused whole."""
    found = Table(file, "", read_pack(file))
    newly = found.table("newly_qualified")
    made = Cadence(
        begins=found.day("begins"),
        ends=found.day_or_none("ends"),
        source=found.text("source"),
        checked=found.flag("checked"),
        recorded_from=found.day("recorded_from"),
        unseen_days=_days(found, "unseen_days"),
        stuck_days=_days(found, "stuck_days"),
        soon_days=_days(found, "soon_days"),
        every=tuple(_every(each) for each in found.tables("every")),
        stage_roles=newly.texts("roles"),
        stage_source=newly.text("source"),
        stage_checked=newly.flag("checked"),
        stages=tuple(sorted((_stage(each) for each in newly.tables("stage")), key=lambda s: s.until_weeks)),
    )
    newly.finish()
    found.finish()
    return made


def _days(table: Table, name: str) -> int:
    said = table.number(name)
    if said < 1:
        raise table.refuse(f"{name} must be at least 1")
    return said


def _every(table: Table) -> Every:
    made = Every(table.texts("roles"), _days(table, "days"), table.text("title"))
    table.finish()
    return made


def _stage(table: Table) -> Stage:
    made = Stage(_days(table, "until_weeks"), _days(table, "days"), table.text("title"))
    table.finish()
    return made


TABLE: Final[Sequence[Cadence]] = tuple(load_cadence(file) for file in sorted(TABLES.glob("local-*.toml")))


def cadence_on(day: date, table: Sequence[Cadence] = TABLE) -> Cadence | None:
    """The table in force on a day; None before the first: then nobody knows what is due."""
    held = [each for each in table if each.begins <= day and (each.ends is None or day < each.ends)]
    return max(held, key=lambda each: each.begins, default=None)
