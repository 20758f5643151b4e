"""Times in seats and leavings, made into stays with the authority. Days are numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rightplace.domain.evidence.survival import Stay

YEAR: Final = 365.25
STAYS_ON: Final = frozenset({"7"})
"""Reasons of the census' list with which nobody leaves the authority: moved within it."""
BANDS: Final = (
    ("under 1 year", 0, 1), ("1 to 2 years", 1, 2), ("2 to 5 years", 2, 5), ("5 to 10 years", 5, 10),
    ("10 years or more", 10, 10_000),
)  # fmt: skip
NOT_KNOWN: Final = "not known"


@dataclass(frozen=True, slots=True)
class Sat:
    """One time in which somebody sat in a seat, or had the right to come back to one. `ends` is the first day after."""

    worker: int
    team: int
    grade: str
    profession: str
    agency: bool
    hours: float
    begins: int
    ends: int | None = None
    since: int | None = None
    """The day on which the worker came into the profession; None where nobody wrote it down."""

    def holds(self, day: int) -> bool:
        return self.begins <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Left:
    """A worker left the authority: from this day on not there."""

    worker: int
    on: int
    reason: str


@dataclass(frozen=True, slots=True)
class Employment:
    """One stay of a worker with the authority. `ends` without `left`: last seen then, and nobody wrote down a leaving."""

    worker: int
    begins: int
    ends: int | None
    left: bool
    reason: str
    sat: tuple[Sat, ...]

    def holds(self, day: int) -> bool:
        return self.begins <= day and (self.ends is None or day < self.ends)


def employments(sat: Iterable[Sat], left: Iterable[Left]) -> list[Employment]:
    """Every stay of those who are employed; who comes back after a leaving begins a new one. Agency workers are not in it."""
    by_worker: dict[int, list[Sat]] = {}
    for each in sat:
        if not each.agency and each.ends != each.begins:
            by_worker.setdefault(each.worker, []).append(each)
    leavings: dict[int, list[Left]] = {}
    for said in left:
        if said.reason not in STAYS_ON:
            leavings.setdefault(said.worker, []).append(said)
    return [
        stay
        for worker, held in sorted(by_worker.items())
        for stay in _stays(worker, sorted(held, key=lambda each: each.begins), leavings.get(worker, ()))
    ]


def _stays(worker: int, held: Sequence[Sat], leavings: Sequence[Left]) -> Iterable[Employment]:
    rest = list(held)
    for said in sorted(leavings, key=lambda each: each.on):
        own = [each for each in rest if each.begins < said.on]
        if own:
            yield Employment(worker, own[0].begins, said.on, True, said.reason, tuple(own))
            rest = [each for each in rest if each.begins >= said.on]
    if rest:
        open_end = any(each.ends is None for each in rest)
        last = None if open_end else max(each.ends or 0 for each in rest)
        yield Employment(worker, rest[0].begins, last, False, "", tuple(rest))


def cohorts(found: Iterable[Employment], today: int, since: int) -> dict[int, list[Stay]]:
    """The stays of those who began in each year from a day on, in days; who is still there is seen until today."""
    made: dict[int, list[Stay]] = {}
    for each in found:
        if since <= each.begins < today:
            end = today if each.ends is None or each.ends > today else each.ends
            left = each.left and each.ends is not None and each.ends <= today
            made.setdefault(_year(each.begins), []).append(Stay(float(end - each.begins), left))
    return dict(sorted(made.items()))


def _year(day: int) -> int:
    """The financial year in which a day lies, by the year in which it begins."""
    when = date.fromordinal(day)
    return when.year - (when.month < 4)


def band_of(since: int | None, day: int) -> str:
    """How long somebody has been in the profession on a day."""
    if since is None:
        return NOT_KNOWN
    years = max(0, day - since) / YEAR
    return next(name for name, low, high in BANDS if low <= years < high)


def sits_on(sat: Iterable[Sat], day: int) -> list[Sat]:
    """Who sits where on a day."""
    return [each for each in sat if each.holds(day)]


def people_on(found: Iterable[Employment], day: int) -> Mapping[int, Employment]:
    """Who is employed on a day."""
    return {each.worker: each for each in found if each.holds(day)}
