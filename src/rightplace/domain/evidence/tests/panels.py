"""Invented schools over years, and the slow ways to the same answers."""

from __future__ import annotations

import random
from itertools import combinations

from rightplace.domain.evidence import Measure

ABSENCE = Measure("absence", "percentage points", of="schools")
YEARS = range(2005, 2013)
SINCE = 2010


def panel(
    dice: random.Random, *, units: int, treated: int, effect: float = 0.0, drift: float = 0.0
) -> tuple[dict[str, dict[int, float]], set[str]]:
    """Schools with a level each, a shock each year for all, and noise that hangs together from year to year."""
    shocks = {year: dice.gauss(0, 1) for year in YEARS}
    schools, ours = {}, set()
    for number in range(units):
        name, level, noise = f"school {number}", dice.gauss(6, 2), 0.0
        if number < treated:
            ours.add(name)
        schools[name] = {}
        for year in YEARS:
            noise = 0.5 * noise + dice.gauss(0, 0.5)
            done = effect if number < treated and year >= SINCE else 0.0
            going = drift * (year - 2005) if number < treated else 0.0
            schools[name][year] = level + shocks[year] + noise + done + going
    return schools, ours


def by_least_squares(schools: dict[str, dict[int, float]], ours: set[str]) -> float:
    """The two-way design written out with a column for each school and year, solved by elimination."""
    names, years = sorted(schools), sorted(YEARS)
    rows, outcome = [], []
    for i, name in enumerate(names):
        for j, year in enumerate(years):
            school = [float(i == k) for k in range(len(names))]
            time = [float(j == k) for k in range(1, len(years))]
            rows.append([*school, *time, float(name in ours and year >= SINCE)])
            outcome.append(schools[name][year])
    width = len(rows[0])
    matrix = [[sum(r[a] * r[b] for r in rows) for b in range(width)] for a in range(width)]
    right = [sum(r[a] * y for r, y in zip(rows, outcome, strict=True)) for a in range(width)]
    for a in range(width):
        pivot = max(range(a, width), key=lambda b: abs(matrix[b][a]))
        matrix[a], matrix[pivot], right[a], right[pivot] = matrix[pivot], matrix[a], right[pivot], right[a]
        for b in range(a + 1, width):
            factor = matrix[b][a] / matrix[a][a]
            matrix[b] = [x - factor * y for x, y in zip(matrix[b], matrix[a], strict=True)]
            right[b] -= factor * right[a]
    answer = [0.0] * width
    for a in reversed(range(width)):
        answer[a] = (right[a] - sum(matrix[a][b] * answer[b] for b in range(a + 1, width))) / matrix[a][a]
    return answer[-1]


def chance_of(changes: list[float], treated: int, effect: float) -> float:
    """The share of arrangements as extreme as what happened, once an effect is taken off the treated: by counting."""
    left = [value - effect if number < treated else value for number, value in enumerate(changes)]

    def gap(chosen: tuple[int, ...]) -> float:
        inside = [left[i] for i in chosen]
        outside = [value for i, value in enumerate(left) if i not in chosen]
        return sum(inside) / len(inside) - sum(outside) / len(outside)

    seen = abs(gap(tuple(range(treated))))
    arrangements = list(combinations(range(len(changes)), treated))
    return sum(abs(gap(chosen)) >= seen - 1e-9 for chosen in arrangements) / len(arrangements)
