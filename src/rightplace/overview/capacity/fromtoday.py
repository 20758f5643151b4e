"""A scenario that was written for another day, as it begins today: what should have come already comes on the first day.

What then meets on one day is one change: leavers and posts are added up, shares and multiples multiplied, and of standards
the last holds. What is over by now, or was taken back since, is left out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isclose
from typing import Final

from rightplace.domain.simulation.scenarios import WHATS, Change, ImpossibleScenario, Scenario

ADDED: Final = ("leave", "posts", "managers")
SHARES: Final = ("posts.share", "managers.share")


def from_day(scenario: Scenario, begins: date, days: int) -> Scenario:
    """The same from another day on. Refused where nothing is left of what it changes."""
    changes = _together([left for each in scenario.changes if (left := _left(each, begins))], begins)
    help_ = scenario.early_help
    if help_ is not None and help_.day is not None:
        help_ = replace(help_, day=max(help_.day, begins))
    rest = scenario.merges or scenario.moves or scenario.strengths or help_
    if scenario.changes and not changes and not rest:
        raise ImpossibleScenario(
            scenario.name, "all that it changes is over by now, so nothing is left to ask"
        )
    merges = tuple(replace(each, day=max(each.day, begins)) if each.day else each for each in scenario.merges)
    moves = tuple(replace(each, day=max(each.day, begins)) if each.day else each for each in scenario.moves)
    return replace(
        scenario, begins=begins, days=days, changes=changes, early_help=help_, merges=merges, moves=moves
    )


def _left(change: Change, begins: date) -> Change | None:
    """What is left of a change from a day on: all of it, for good or for the weeks that are still to come; or nothing."""
    gone = (begins - change.day).days
    if gone <= 0:
        return change
    if not change.weeks:
        return replace(change, day=begins)
    weeks = change.weeks - gone // 7
    return replace(change, day=begins, weeks=weeks) if weeks > 0 else None


def _together(changes: list[Change], begins: date) -> tuple[Change, ...]:
    """What comes on the first day, each thing once, and then what comes later."""
    first: dict[tuple[str, str, int], Change] = {}
    later = [each for each in changes if each.day > begins]
    for each in (each for each in changes if each.day <= begins):
        key = (each.what, each.where, each.weeks)
        before = first.get(key)
        first[key] = each if before is None else replace(each, amount=_joined(before, each), note=before.note)
    return (*(each for each in first.values() if not _undone(each)), *later)


def _joined(one: Change, other: Change) -> float:
    if one.what in ADDED:
        return one.amount + other.amount
    if one.what in SHARES:
        return (1 + one.amount) * (1 + other.amount) - 1
    return one.amount * other.amount if _multiplies(one) else other.amount


def _multiplies(change: Change) -> bool:
    return change.what in WHATS and WHATS[change.what].times


def _undone(change: Change) -> bool:
    """Whether nothing is otherwise with it."""
    if change.what in (*ADDED, *SHARES):
        return isclose(change.amount, 0, abs_tol=1e-9)
    return _multiplies(change) and isclose(change.amount, 1)
