"""A fair comparison: did the treated schools change more than comparable schools over the same years?

The two-way design (a level of its own for each school, a change of its own for each year). With the same years for
all and one starting year its estimate is the treated schools' average change less the comparison schools' average
change. Each school is first brought down to one number, its change, so that years that hang together do not count
as more evidence than there is (Bertrand, Duflo and Mullainathan, Quarterly Journal of Economics 119 (2004)).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rightplace.domain.evidence import arrangements
from rightplace.domain.evidence.refusing import TooFew

Panel = Mapping[str, Mapping[int, float]]  # unit, year, outcome
UNLIKE = (
    0.10  # a trend before that chance gives in one case in ten is already a warning: few years see little
)
LEVEL = 0.95


@dataclass(frozen=True)
class Measure:
    """What is compared, in words: "absence", "percentage points", one decimal, of "schools", year by year."""

    name: str
    unit: str
    decimals: int = 1
    of: str = "schools"
    period: str = "year"

    def words(self, value: float) -> str:
        shown = round(value, self.decimals) or 0.0  # never “-0.0”
        return f"{shown:,.{self.decimals}f} {self.unit}".strip()


@dataclass(frozen=True)
class Trend:
    """How the treated units went, against the others, in the years before anything was done."""

    difference: float  # a year
    chance: float
    years: int

    @property
    def unlike(self) -> bool:
        return self.chance <= UNLIKE


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """By how much more the treated units changed, how sure that is, and whether the comparison is fair."""

    measure: Measure
    estimate: float
    standard_error: float
    low: float
    high: float
    level: float
    chance: float
    treated: int
    compared_with: int
    years_before: tuple[int, ...]
    years_after: tuple[int, ...]
    left_out: tuple[str, ...]
    arrangements: int
    exact: bool
    before: Trend | None

    @property
    def clear(self) -> bool:
        """Nought is outside the interval, and the years before do not speak against the comparison."""
        return not self.low <= 0 <= self.high and not (self.before and self.before.unlike)

    @property
    def finding(self) -> str:
        """The answer as a sentence, which never says more than the interval allows."""
        name = self.measure.name[:1].upper() + self.measure.name[1:]
        if self.before and self.before.unlike:
            return f"{name} cannot be compared fairly here: the {self.measure.of} were already going different ways."
        if not self.clear:
            return f"{name} did not change clearly more or less than in comparable {self.measure.of}."
        way = "rose" if self.estimate > 0 else "fell"
        return (
            f"{name} {way} by {self.measure.words(abs(self.estimate))} against {self.compared_with} "
            f"comparable {self.measure.of}."
        )

    @property
    def uncertainty(self) -> str:
        """The interval in words, and how it was come by."""
        way = "every other choice" if self.exact else "a fixed draw from the other choices"
        return (
            f"Estimate {self.measure.words(self.estimate)}, {self.level:.0%} interval from "
            f"{self.measure.words(self.low)} to {self.measure.words(self.high)}: held against {way} of treated "
            f"{self.measure.of} ({self.arrangements:,})."
        )

    @property
    def trend(self) -> str:
        """What the years before say about whether the comparison is fair."""
        period = self.measure.period
        if self.before is None:
            return (
                f"Whether they went the same way before cannot be checked: only one {period} before is known."
            )
        gap = f"{self.measure.words(self.before.difference)} a {period} over {self.before.years} {period}s"
        if self.before.unlike:
            return (
                f"They went different ways before (a difference of {gap}), so this is not a fair comparison."
            )
        return f"No different way before was seen (a difference of {gap}); so few {period}s would miss a small one."

    @property
    def counted(self) -> str:
        """What was compared: units, years, and who was left out."""
        period = self.measure.period
        years = f"{self.years_before[0]} to {self.years_before[-1]} against "
        years += f"{self.years_after[0]} to {self.years_after[-1]}"
        if period != "year":
            years = f"{_so_many(self.years_before, period)} before against {_so_many(self.years_after, period)} since"
        left = f"; {len(self.left_out)} left out, since a {period} is missing" if self.left_out else ""
        return f"{self.treated} of {self.treated + self.compared_with} {self.measure.of}, {years}{left}."


def _so_many(periods: Sequence[int], name: str) -> str:
    return f"{len(periods)} {name}" + ("" if len(periods) == 1 else "s")


def difference_in_differences(
    panel: Panel,
    *,
    treated: Collection[str],
    since: int,
    measure: Measure,
    level: float = LEVEL,
) -> Comparison:
    """Compare how the treated units changed from the year `since` on with how all others in the panel changed.

    The caller chooses units that are comparable in kind and size: a very small school among large ones swings more
    than they do, and would be called unusual too often. Units with a year missing are left out and named.
    """
    years = _years(panel, treated)
    kept = [unit for unit in panel if all(year in panel[unit] for year in years)]
    before = tuple(year for year in years if year < since)
    after = tuple(year for year in years if year >= since)
    ours = [unit for unit in kept if unit in treated]
    others = [unit for unit in kept if unit not in treated]
    _refuse_too_few(len(ours), len(others), before, after, level, measure)
    changes = [_change(panel[unit], before, after) for unit in ours]
    their_changes = [_change(panel[unit], before, after) for unit in others]
    against = arrangements.among_all(changes, their_changes, level)
    return Comparison(
        measure=measure,
        estimate=against.difference,
        standard_error=_standard_error(changes, their_changes),
        low=against.low,
        high=against.high,
        level=level,
        chance=against.chance,
        treated=len(ours),
        compared_with=len(others),
        years_before=before,
        years_after=after,
        left_out=tuple(unit for unit in panel if unit not in kept),
        arrangements=against.arrangements,
        exact=against.exact,
        before=_trend([panel[u] for u in ours], [panel[u] for u in others], before, level),
    )


def _years(panel: Panel, treated: Collection[str]) -> list[int]:
    """The years that every treated unit of the panel has."""
    known = [set(panel[unit]) for unit in panel if unit in treated]
    return sorted(set.intersection(*known)) if known else []


def _refuse_too_few(
    treated: int, others: int, before: Sequence[int], after: Sequence[int], level: float, measure: Measure
) -> None:
    """Say what is missing when no honest interval can be given."""
    if not treated:
        raise TooFew(f"None of the {measure.of} has figures.", "Import its figures for the years wanted.")
    if not before or not after:
        raise TooFew(
            f"There is no {measure.period} with figures before the start, or none after it.",
            f"Wait for the next {measure.period}'s figures, or import an earlier {measure.period}.",
        )
    if others < 2 or arrangements.number_of(treated, treated + others) * (1 - level) < 1 - 1e-9:
        raise TooFew(
            f"{treated} of {treated + others} {measure.of} are too few for a {level:.0%} interval.",
            f"Compare with more {measure.of}: at least {_others_needed(treated, level)}.",
        )


def _others_needed(treated: int, level: float) -> int:
    others = 2
    while arrangements.number_of(treated, treated + others) * (1 - level) < 1 - 1e-9:
        others += 1
    return others


def _change(row: Mapping[int, float], before: Sequence[int], after: Sequence[int]) -> float:
    """A unit's average after less its average before."""
    return math.fsum(row[y] for y in after) / len(after) - math.fsum(row[y] for y in before) / len(before)


def _standard_error(ours: Sequence[float], others: Sequence[float]) -> float:
    """From the spread of the units' changes within each group; one treated unit lends the others' spread."""
    squares = 0.0
    for group in (ours, others):
        mean = math.fsum(group) / len(group)
        squares += math.fsum((value - mean) ** 2 for value in group)
    free = len(ours) + len(others) - 2
    return math.sqrt(squares / free * (1 / len(ours) + 1 / len(others)))


def _trend(
    ours: Sequence[Mapping[int, float]],
    others: Sequence[Mapping[int, float]],
    years: Sequence[int],
    level: float,
) -> Trend | None:
    """Whether the treated units' slope before differs from the others', by the same arrangements."""
    if len(years) < 2:
        return None
    against = arrangements.among_all(
        [_slope(row, years) for row in ours], [_slope(row, years) for row in others], level
    )
    return Trend(against.difference, against.chance, len(years))


def _slope(row: Mapping[int, float], years: Sequence[int]) -> float:
    """A unit's change a year, by least squares."""
    middle = math.fsum(years) / len(years)
    level = math.fsum(row[y] for y in years) / len(years)
    along = math.fsum((y - middle) * (row[y] - level) for y in years)
    return along / math.fsum((y - middle) ** 2 for y in years)
