"""On which of our assumptions an answer hangs: Morris' screening over what nobody has measured, within its ranges.

Every run meets the same luck, so that what moves the answer is the assumption. The first day stays as it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np

from rightplace.domain.simulation.parameters import Parameters
from rightplace.domain.simulation.runs import Keep, run
from rightplace.domain.simulation.scenarios.about import first_change
from rightplace.domain.simulation.scenarios.answer import HangsOn
from rightplace.domain.simulation.scenarios.asking import Question
from rightplace.domain.simulation.scenarios.batches import KEPT
from rightplace.domain.simulation.scenarios.factors import Factor, factors, within_ranges
from rightplace.domain.simulation.scenarios.finding import Hanging, Progress, hanging_said
from rightplace.domain.simulation.scenarios.measuring import BY_CODE, Futures, Measured, short
from rightplace.domain.simulation.scenarios.places import nearest
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE, CannotBe

LEVELS: Final = 4
FEWEST: Final = 2
"""Trajectories below which nothing can be said of how unsure a move is."""
TOLD: Final = 3
"""How many are named in the sentence."""


def sensitivity(
    question: Question,
    code: str = "assessment",
    place: str = EVERYWHERE,
    trajectories: int = 4,
    futures: int = 1,
    threads: int = 1,
    before: Progress | None = None,
    most_runs: int = 600,
) -> Iterator[Progress | Hanging]:
    """One number of the answer over the ranges; the last thing that comes says what it hangs on.

    The number is the measure from the first change on: how much the last scenario moves it, or itself when there is only one.
    `trajectories` times (assumptions + 1) runs of each of the two, or fewer trajectories where that is more than `most_runs`.
    """
    moved, first = _moved(question, code, place), first_change(question)
    affordable = most_runs // ((len(moved) + 1) * min(2, len(question.scenarios)) * futures)
    study = Study(
        moved, question.given, max(FEWEST, min(trajectories, affordable)), question.seed,
        lambda shares: _one(question, BY_CODE[code], place, shares, futures, first),
        list(before.moves) if before is not None else [],
    )  # fmt: skip
    for done in study.go(threads):
        yield Progress(done, study.many, f"{done} of {study.many} runs", moves=list(study.results))
    told = study.ranked()
    unit = BY_CODE[code].unit
    said = hanging_said(BY_CODE[code].title, place, unit, told[:TOLD], len(question.others) > 0)
    yield Hanging(code, place, told, said, len(study.results))


@dataclass
class Study:
    """Assumptions moved over their ranges one after another, on so many ways through them; `results` keeps what was done."""

    moved: list[Factor]
    given: Parameters
    trajectories: int
    seed: int
    number: Callable[[dict[str, float]], float]
    """The number of the answer, where each strength lies at such a share of its range."""
    results: list[list[float]] = field(default_factory=list)

    @cached_property
    def points(self) -> Any:
        from SALib.sample import morris

        return morris.sample(self.problem, self.trajectories, num_levels=LEVELS, seed=self.seed % (1 << 32))

    @property
    def many(self) -> int:
        return len(self.points)

    @property
    def problem(self) -> dict[str, Any]:
        """As SALib takes it."""
        names = [each.name for each in self.moved]
        return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}

    def go(self, threads: int) -> Iterator[int]:
        """A few runs at a time; how many are done."""
        with ThreadPoolExecutor(threads) as pool:
            while len(self.results) < self.many:
                some = self.points[len(self.results) : len(self.results) + threads]
                self.results += [[found] for found in pool.map(self._at, some)]
                yield len(self.results)

    def _at(self, point: Any) -> float:
        return self.number(
            {
                name: float(share)
                for factor, share in zip(self.moved, point, strict=True)
                for name in factor.strengths
            }
        )

    def ranked(self) -> list[HangsOn]:
        """Each assumption with how far it moves the number, the farthest first."""
        from SALib.analyze import morris

        results = np.array([each[0] for each in self.results])
        found = morris.analyze(self.problem, self.points, results, num_levels=LEVELS, seed=1)
        sizes = [float(each) for each in found["mu_star"]]
        whole = sum(sizes) or 1.0
        told = []
        for factor, size, margin in zip(self.moved, sizes, found["mu_star_conf"], strict=True):
            first = self.given.strengths[factor.strengths[0]]
            told.append(
                HangsOn(
                    factor.name, factor.words, first.low, first.high, first.unit, first.source, short(size),
                    short(np.nan_to_num(margin)), short(size / whole),
                )
            )  # fmt: skip
        return sorted(told, key=lambda each: -each.moves)


def _moved(question: Question, code: str, place: str) -> list[Factor]:
    """What is moved. Raises CannotBe for a measure or a place that there is not."""
    if code not in BY_CODE:
        raise CannotBe(("code",), f"there is no measure {code}{nearest(code, BY_CODE)}")
    if place not in (*question.places, EVERYWHERE):
        raise CannotBe(("where",), f"the question does not look at {place}{nearest(place, question.places)}")
    return factors(question.given, with_costs=code == "cost")


def _one(
    question: Question, what: Measured, place: str, shares: dict[str, float], futures: int, first: int
) -> float:
    """The number, from the week of the first change on."""
    numbers = []
    for nth in dict.fromkeys((0, len(question.scenarios) - 1)):
        told = question.told[nth]
        set_ = {change.what for change in told.changes}
        own = {name for scenario in question.scenarios for name, _ in scenario.strengths}
        given = within_ranges(
            told.given, {name: share for name, share in shares.items() if name not in set_ | own}
        )
        weeks = run(
            given, told.census, told.changes, question.base.days, futures, question.seed, 1,
            Keep(KEPT, question.columns(nth)), room=question.room,
        )  # fmt: skip
        found = Futures(weeks.numbers[..., [weeks.columns.index(place)]], [place])
        numbers.append(found.span(what, place, first, found.weeks))
    apart = numbers[-1] - numbers[0] if len(numbers) > 1 else numbers[0]
    return float(np.nan_to_num(np.nanmean(apart)))
