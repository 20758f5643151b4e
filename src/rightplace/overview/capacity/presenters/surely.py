"""Whether a change surely breaks a promise more often, or less: a direction is said only where the ranges leave out none."""

from __future__ import annotations

from math import hypot
from typing import Final

from rightplace.domain.simulation.scenarios.answer import Answer, Difference, Picture, ScenarioAnswer
from rightplace.domain.simulation.scenarios.saying import matters

ALL: Final = "all"
LITTLE: Final = 0.1
"""Of all futures: a chance that moves by less is not worth a headline."""
MOST: Final = 0.5
"""Of all futures: a promise whose limit is passed in so many is called broken."""
CHILDREN: Final = ("decision", "assessment", "conference", "review", "visit", "unallocated")
"""Promises to children; the others are to those who work for them, and stand after them."""
FEW: Final = 20
"""With fewer futures than this, what cannot be told yet may still be told."""


def focus(answer: Answer) -> str:
    """The place that the question is about; everywhere where it names none, or several."""
    named = [place for place in answer.places if place != ALL]
    return named[0] if len(named) == 1 else ALL


def promised(scenario: ScenarioAnswer, place: str) -> dict[str, Picture]:
    """The pictures of a scenario that are held against a promise, in one place; what never happens there has none."""
    here = (each for each in scenario.pictures if each.place == place and each.limit is not None)
    return {each.code: each for each in here if counted(each)}


def counted(picture: Picture) -> bool:
    """Whether there was anything to count from the first change on: a team without conferences holds none late, nor does one
    that was closed."""
    return picture.chance is not None and any(value is not None for value in picture.fan.p50)


def chance_of(picture: Picture) -> float:
    """The share of futures with a quarter beyond the limit, where there was anything to count."""
    assert picture.chance is not None
    return picture.chance


def in_all(answer: Answer, place: str) -> list[str]:
    """The promises of which there is something to say in every scenario."""
    each = [promised(scenario, place) for scenario in answer.scenarios]
    return [code for code in each[-1] if all(code in found for found in each)]


def difference(answer: Answer, code: str, place: str, pair: int = -1) -> Difference | None:
    """One measure's difference between things as they are and a scenario."""
    told = answer.pairs[pair].differences if answer.pairs else []
    return next((each for each in told if (each.code, each.place) == (code, place)), None)


def more_often(before: Picture, after: Picture) -> tuple[float, float]:
    """Between what the chance of breaking moves, 19 times of 20 (Newcombe's range, which takes no credit for shared luck)."""
    a, b = chance_of(before), chance_of(after)
    a_low, a_high = _range(before, a)
    b_low, b_high = _range(after, b)
    return b - a - hypot(b - b_low, a_high - a), b - a + hypot(b_high - b, a - a_low)


def _range(picture: Picture, chance: float) -> tuple[float, float]:
    low, high = picture.chance_low, picture.chance_high
    return chance if low is None else low, chance if high is None else high


def direction(before: Picture, after: Picture) -> int:
    """1 where a promise surely breaks more often, -1 where less often, 0 where that cannot be told."""
    low, high = more_often(before, after)
    return 1 if low > 0 else -1 if high < 0 else 0


def surely(answer: Answer, code: str, place: str, nth: int = -1) -> bool:
    """Whether a promise surely breaks more or less often in a scenario, and by enough to say so.

    The chance must move by more than its range, and the weeks themselves in the same direction by more than theirs.
    """
    before, after = promised(answer.scenarios[0], place)[code], promised(answer.scenarios[nth], place)[code]
    told = difference(answer, code, place, nth if nth < 0 else nth - 1)
    way = direction(before, after)
    if not way or told is None or not told.told_apart or (told.mean > 0) is not (way > 0):
        return False
    return abs(chance_of(after) - chance_of(before)) >= LITTLE


def is_broken(answer: Answer, code: str, place: str) -> bool:
    """Whether its limit is passed in half of the futures or more: with the change, or in any of several scenarios."""
    held = answer.scenarios[1:] or answer.scenarios
    return any(chance_of(promised(each, place)[code]) >= MOST for each in held)


def beyond(answer: Answer, code: str, place: str) -> float:
    """How far it lies beyond its limit on average: the multiple of it, the largest of all scenarios."""
    held = [promised(each, place)[code] for each in answer.scenarios]
    levels = [each.last_year.middle for each in held if each.last_year is not None]
    for nth in range(len(answer.pairs)):
        told = difference(answer, code, place, nth)
        levels += [told.before, told.after] if told is not None else []
    return max(levels, default=0.0) / (held[-1].limit or 1.0)


def ranked(answer: Answer, place: str) -> list[str]:
    """The promises by what matters: what the change alters and is broken, what it alters, what is broken anyhow.

    Within each those to children first, and then what lies furthest beyond its limit.
    """

    def rank(code: str) -> tuple[bool, bool, bool, float]:
        alters = len(answer.scenarios) > 1 and changes(answer, code, place)
        return (
            not alters,
            not is_broken(answer, code, place),
            code not in CHILDREN,
            -beyond(answer, code, place),
        )

    return sorted(in_all(answer, place), key=rank)


def changes(answer: Answer, code: str, place: str) -> bool:
    """Whether something about a promise is otherwise in any scenario, by more than chance and by enough to matter: its mean, or
    how often it breaks."""
    for nth in range(len(answer.pairs)):
        told = difference(answer, code, place, nth)
        if told is None or not told.told_apart:
            continue
        if matters(told.mean, told.before, told.unit) or surely(answer, code, place, nth + 1):
            return True
    return False
