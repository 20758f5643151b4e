"""When what a change makes worse is worst, and when it is nearly as it would have been: from the weeks held side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from rightplace.domain.simulation.scenarios.answer import Answer, Difference
from rightplace.domain.simulation.scenarios.saying import MONTHS, amount_said, digits_for, matters
from rightplace.overview.capacity.presenters.surely import FEW

QUARTER: Final = 13
MONTH: Final = 4
NEARLY: Final = 0.2
"""Of the worst quarter: what is left below a fifth of it counts as nearly back."""
GROWING: Final = 1.25
"""Against half-way: more than this at the end is still on its way up."""
NEARLY_ALL: Final = 0.95
"""Of the worst month: what was worse before and came down since does not grow."""
LASTING: Final = 0.6
"""Of the worst quarter: where the last is still above it there is no worst, it just stays."""
STAYED: Final = 2 * MONTH
"""Weeks for which it must have stayed so before that is said."""
AS_WITHOUT: Final = "it is nearly as without the change"
SPANS: Final = {182: "half year", 364: "year", 728: "two years", 1092: "three years"}


def recovery(answer: Answer, told: Difference | None) -> str:
    """`At its worst, in the four weeks to 3 May, …`; nothing where no worsening can be told, or too little of it is seen."""
    if told is None or not (told.told_apart and told.mean > 0) or answer.replicates < FEW:
        return ""
    weekly = _filled(told.weekly.mean if told.weekly else [])
    if len(weekly) - answer.first_change < 2 * QUARTER:
        return ""
    starts = range(answer.first_change, len(weekly) - QUARTER + 1)
    worst = max(starts, key=lambda week: sum(weekly[week : week + QUARTER]))
    size = _mean(weekly[worst : worst + QUARTER])
    return (
        f"{_peak(answer, told, weekly, worst)} {_end(answer, told, weekly, worst, size)}" if size > 0 else ""
    )


def _peak(answer: Answer, told: Difference, weekly: Sequence[float], worst: int) -> str:
    """The weeks in which it is worst with the change, of those in which the change does much of what it does.

    A share is of four weeks: before the run has so many, a single week of a small team would pass for them.
    """
    before = _filled(told.before_weekly)
    if len(before) != len(weekly):
        size = _mean(weekly[worst : worst + QUARTER])
        first, last = answer.weeks[worst], answer.weeks[worst + QUARTER - 1]
        return f"It is worst from {_month(first, answer)} to {_month(last, answer)}, {_more(told, size)}."
    levels = [was + more for was, more in zip(before, weekly, strict=True)]
    whole = MONTH - 1 if told.unit == "share" else 0
    weeks = range(max(answer.first_change, whole), len(weekly))
    much = max(weekly[week] for week in weeks) / 2
    at = max((week for week in weeks if weekly[week] >= much), key=lambda week: levels[week])
    digits = digits_for(abs(weekly[at]), told.unit)
    then, was = (amount_said(each, told.unit, digits) for each in (levels[at], before[at]))
    was = was if was.startswith("fewer") else was.split(" ", 1)[0]
    return f"At its worst, in {_weeks_to(answer, told, at)}, it is about {then}, in place of {was}."


def _weeks_to(answer: Answer, told: Difference, week: int) -> str:
    """A share is of a week and the three before it; loads are of their week."""
    last = answer.weeks[week] + timedelta(days=6)
    year = "" if last.year == answer.begins.year else f" {last.year}"
    weeks = "the four weeks" if told.unit == "share" else "the week"
    return f"{weeks} to {last.day} {MONTHS[last.month - 1]}{year}"


def _end(answer: Answer, told: Difference, weekly: Sequence[float], worst: int, size: float) -> str:
    """When it is over, or that it is not."""
    span, last = SPANS.get(answer.days, "time looked at"), answer.weeks[worst + QUARTER - 1]
    back = _back(weekly, worst, NEARLY * size)
    if back is not None:
        back = next((week for week in range(back, len(weekly)) if answer.weeks[week] >= _next(last)), back)
        left = max(map(abs, _months(weekly[back:])))
        some = matters(left, told.before, told.unit)
        how = "less than a fifth of the difference is left" if some else AS_WITHOUT
        return f"From {_month(answer.weeks[back], answer)} on {how}."
    half_way = (answer.first_change + len(weekly) - QUARTER) // 2
    half, end = _mean(weekly[half_way : half_way + QUARTER]), _mean(weekly[-QUARTER:])
    months = _months(weekly)
    if end > GROWING * half and months[-1] >= NEARLY_ALL * max(months):
        return f"The difference is still growing at the end of the {span}, {_more(told, end)} by then."
    if end > LASTING * size:
        return f"It lasts: {_more(told, end)} still at the end of the {span}."
    return f"It is not back within the {span}."


def _more(told: Difference, size: float) -> str:
    return f"about {amount_said(size, told.unit, digits_for(size, told.unit))} more"


def _back(weekly: Sequence[float], worst: int, little: float) -> int | None:
    """The first week after the worst from which on every month is below what counts as little."""
    months = _months(weekly)
    back = len(months)
    while back > worst and months[back - 1] <= little:
        back -= 1
    return back if back <= len(weekly) - STAYED else None


def _months(weekly: Sequence[float]) -> list[float]:
    """The mean of every four weeks on end."""
    return [_mean(weekly[week : week + MONTH]) for week in range(len(weekly) - MONTH + 1)]


def _filled(weekly: Sequence[float | None]) -> list[float]:
    """A week in which nothing was counted is as the one before it."""
    found: list[float] = []
    for value in weekly:
        found.append(value if value is not None else found[-1] if found else 0.0)
    return found


def _mean(weeks: Sequence[float]) -> float:
    return sum(weeks) / len(weeks)


def _next(day: date) -> date:
    """The first day of the next month: no month is both among the worst and over it."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _month(day: date, answer: Answer) -> str:
    """By its name; with the year where more than one year is looked at."""
    name = MONTHS[day.month - 1]
    return f"{name} {day.year}" if answer.days > 366 else name
