"""Leaving by grade and experience, the time that filling a post takes, and agency: what a capacity model starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rightplace.domain.evidence.survival import Curve, rate_of
from rightplace.domain.practice.retention.staying import BANDS, NOT_KNOWN, YEAR, Employment, Sat, band_of

FEWEST: Final = 5
POOL: Final = "put together"


@dataclass(frozen=True, slots=True)
class Hazard:
    """How many leave in a year, of those of a grade with so much experience; the range holds 19 times of 20.

    Cells with fewer than five people are put together until there are five, and each carries what holds of all of them.
    """

    grade: str
    experience: str
    people: int
    leavers: int
    years: float
    rate: float | None
    low: float
    high: float | None
    together: bool = False


@dataclass(frozen=True, slots=True)
class StepTime:
    """One step from a vacancy to a first day: how long it took, and how many were lost at it, with the commonest reason."""

    code: str
    title: str
    done: int
    median_days: float | None
    slow_days: float | None
    """Eight of ten took no longer."""
    lost: int
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass
class _Cell:
    workers: set[int]
    days: int = 0
    leavers: int = 0


def hazards(stays: Iterable[Employment], since: int, today: int) -> tuple[Hazard, ...]:
    """Leaving by grade and experience between two days. Somebody's years count in each band while they are in it."""
    cells: dict[tuple[str, str], _Cell] = {}
    for stay in stays:
        for sat in stay.sat:
            end = min(each for each in (sat.ends, stay.ends, today) if each is not None)
            for band, days in _by_band(sat, max(sat.begins, since), end):
                cell = cells.setdefault((sat.grade, band), _Cell(set()))
                cell.workers.add(stay.worker)
                cell.days += days
        if stay.left and stay.ends is not None and since <= stay.ends <= today:
            last = max(stay.sat, key=lambda each: each.begins)
            key = (last.grade, band_of(last.since, stay.ends))
            cell = cells.setdefault(key, _Cell(set()))
            cell.workers.add(stay.worker)
            cell.leavers += 1
    return tuple(cell for cell in pooled(cells_told(cells)) if cell.people >= FEWEST)


def _by_band(sat: Sat, begins: int, ends: int) -> Iterable[tuple[str, int]]:
    """The days of a time in a seat, parted where the worker passes from one band of experience into the next."""
    if begins >= ends:
        return
    if sat.since is None:
        yield NOT_KNOWN, ends - begins
        return
    for name, low, high in BANDS:
        first = sat.since + int(low * YEAR) if low else min(begins, sat.since)
        last = sat.since + int(high * YEAR)
        days = min(ends, last) - max(begins, first)
        if days > 0:
            yield name, days


def cells_told(cells: Mapping[tuple[str, str], _Cell]) -> list[Hazard]:
    order = [name for name, _, _ in BANDS] + [NOT_KNOWN]
    found = sorted(cells.items(), key=lambda item: (item[0][0], order.index(item[0][1])))
    return [told_of(*key, len(cell.workers), cell.leavers, cell.days / YEAR) for key, cell in found]


def told_of(grade: str, band: str, people: int, leavers: int, years: float, together: bool = False) -> Hazard:
    """A cell with its rate and range."""
    rate = rate_of(leavers, years)
    return Hazard(
        grade, band, people, leavers, round(years, 3), rate.rate, rate.low, rate.high, together=together
    )


def pooled(cells: Sequence[Hazard], fewest: int = FEWEST) -> list[Hazard]:
    """The same, with small cells put together; one small cell alone takes the next smallest with it.

    So no cell, nor a cell taken from a total, tells of fewer than five people.
    """
    held = sorted(cells, key=lambda cell: (cell.people, cell.grade, cell.experience))
    small = [cell for cell in held if cell.people < fewest]
    for cell in held[len(small) :]:
        if not small or sum(each.people for each in small) >= fewest:
            break
        small.append(cell)
    if not small:
        return list(cells)
    keys = {(cell.grade, cell.experience) for cell in small}
    all_of = told_of(
        POOL, POOL, sum(cell.people for cell in small), sum(cell.leavers for cell in small),
        sum(cell.years for cell in small), True,
    )  # fmt: skip
    return [
        Hazard(cell.grade, cell.experience, all_of.people, all_of.leavers, all_of.years, all_of.rate, all_of.low,
               all_of.high, together=True)
        if (cell.grade, cell.experience) in keys else cell
        for cell in cells
    ]  # fmt: skip


def still_open(curve: Curve, days: Sequence[int]) -> tuple[tuple[int, float, float, float], ...]:
    """The share still open after so many days, as far as anything was seen."""
    found = [(day, curve.at(float(day))) for day in days]
    return tuple((day, step.kept, step.low, step.high) for day, step in found if step is not None)


def quarter_of(day: int) -> int:
    """The number of the quarter in which a day lies; the next quarter has the next number."""
    when = date.fromordinal(day)
    return when.year * 4 + (when.month - 1) // 3


def first_day_of(quarter: int) -> int:
    return date(quarter // 4, quarter % 4 * 3 + 1, 1).toordinal()


def team_quarters(stays: Sequence[Employment], first: int, last: int) -> dict[int, dict[int, float]]:
    """Leavers a hundred staff by team and quarter; a team with nobody in a quarter has no figure for it."""
    sat = [(stay, each) for stay in stays for each in stay.sat]
    teams = {each.team for _, each in sat}
    found: dict[int, dict[int, float]] = {team: {} for team in teams}
    for quarter in range(first, last + 1):
        begins, ends = first_day_of(quarter), first_day_of(quarter + 1)
        days, gone = dict.fromkeys(teams, 0), dict.fromkeys(teams, 0)
        for stay, each in sat:
            until = min(each.ends or ends, stay.ends or ends, ends)
            days[each.team] += max(0, until - max(each.begins, begins))
        for stay in stays:
            if stay.left and stay.ends is not None and begins <= stay.ends < ends:
                gone[max(stay.sat, key=lambda each: each.begins).team] += 1
        for team in teams:
            if days[team]:
                found[team][quarter] = 100 * gone[team] / (days[team] / (ends - begins))
    return found
