"""Leaving by experience and by how long somebody has been here: what a capacity model draws each worker's leaving from.

Small cells are put together within their band of experience, and bands of which `hazards` put grades together are one
band here: so nothing taken from the one table and the other tells of fewer than five people either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rightplace.domain.practice.retention.retention import FEWEST, POOL, Hazard, pooled, told_of
from rightplace.domain.practice.retention.staying import BANDS, NOT_KNOWN, YEAR, Employment, band_of

TIMES: Final = ((0.0, 0.5), (0.5, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 5.0), (5.0, None))
"""Years with the authority: the first half-year apart, since most who leave early leave in it."""
FOREVER: Final = 10_000.0


@dataclass(frozen=True, slots=True)
class TimeHazard:
    """How many leave in a year, of those with so much experience who have been here so long.

    `after` and `until` are years with the authority; no `until`: however long. The range holds 19 times of 20.
    """

    experience: str
    after: float
    until: float | None
    people: int
    leavers: int
    years: float
    rate: float | None
    low: float
    high: float | None
    together: bool = False


@dataclass
class _Cell:
    workers: set[int]
    days: int = 0
    leavers: int = 0


def hazards_over_time(
    stays: Iterable[Employment], since: int, today: int, by_grade: Sequence[Hazard]
) -> tuple[TimeHazard, ...]:
    """Leaving between two days by experience and time here; `by_grade` says which bands must not be told apart."""
    cells: dict[tuple[str, int], _Cell] = {}
    one = _told_together(by_grade)
    for stay in stays:
        known = next((sat.since for sat in stay.sat if sat.since is not None), None)
        end = min(today, stay.ends if stay.ends is not None else today)
        for band, place, days in _parts(stay.begins, known, max(stay.begins, since), end):
            cell = cells.setdefault((one.get(band, band), place), _Cell(set()))
            cell.workers.add(stay.worker)
            cell.days += days
        if stay.left and stay.ends is not None and since <= stay.ends <= today:
            band = band_of(known, stay.ends)
            cell = cells.setdefault((one.get(band, band), _place(stay.ends - stay.begins)), _Cell(set()))
            cell.workers.add(stay.worker)
            cell.leavers += 1
    order = [*(name for name, _, _ in BANDS), NOT_KNOWN, POOL]
    bands = sorted({band for band, _ in cells}, key=order.index)
    return tuple(row for band in bands for row in _band(band, cells))


def _told_together(by_grade: Sequence[Hazard]) -> dict[str, str]:
    """Bands of which some grade was put together are one, if there are several: else one is told from the other."""
    found = {cell.experience for cell in by_grade if cell.together}
    return dict.fromkeys(found, POOL) if len(found) > 1 else {}


def _parts(begun: int, known: int | None, begins: int, ends: int) -> Iterator[tuple[str, int, int]]:
    """The days of a stay by band of experience and by time here."""
    edges = {begins, ends} | {begun + int(after * YEAR) for after, _ in TIMES}
    if known is not None:
        edges |= {known + int(low * YEAR) for _, low, _ in BANDS}
    held = sorted(edge for edge in edges if begins <= edge <= ends)
    for first, last in pairwise(held):
        yield _experience(known, first), _place(first - begun), last - first


def _experience(known: int | None, day: int) -> str:
    """The band of experience on a day, its edges on whole days as in the table by grade."""
    if known is None:
        return NOT_KNOWN
    days = max(0, day - known)
    return next(name for name, low, high in BANDS if int(low * YEAR) <= days < int(high * YEAR))


def _place(days: int) -> int:
    """Which of the times here a number of days lies in."""
    return next(
        place for place, (after, until) in enumerate(TIMES)
        if int(after * YEAR) <= days < int((until or FOREVER) * YEAR)
    )  # fmt: skip


def _band(band: str, cells: dict[tuple[str, int], _Cell]) -> Iterator[TimeHazard]:
    """The cells of one band, small ones put together; nothing where the whole band is fewer than five."""
    own = [
        (place, cell)
        for (of, place), cell in sorted(cells.items(), key=lambda item: item[0][1])
        if of == band
    ]
    whole = {worker for _, cell in own for worker in cell.workers}
    if len(whole) < FEWEST:
        return
    told = pooled([told_of(band, str(place), len(c.workers), c.leavers, c.days / YEAR) for place, c in own])
    for (place, _), each in zip(own, told, strict=True):
        after, until = TIMES[place]
        yield TimeHazard(
            band, after, until, each.people, each.leavers, each.years, each.rate, each.low, each.high, each.together
        )  # fmt: skip
