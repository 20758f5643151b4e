"""What `rightplace bench allocation` measures: the daily question with its proof, a cut-over, and two peers on the same.

Processor time of this process, since the machine may be busy. Each plan is certified by the checker, or there is no figure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

from rightplace.domain.allocation.checking import faults
from rightplace.domain.allocation.model import Plan, Question
from rightplace.domain.allocation.peers import Effort, by_cpsat, by_highs
from rightplace.domain.allocation.problem import Problem
from rightplace.domain.allocation.rebalancing import rebalance
from rightplace.domain.allocation.suggesting import Suggestions, best_plan, explained, stated, suggest
from rightplace.domain.allocation.tables import city_of
from rightplace.domain.allocation.trial.cities import city, day_at_the_door
from rightplace.domain.allocation.trial.peerage import for_peers


class NotCertified(Exception):
    """The checker found something wrong with a plan: there is no figure to tell."""


@dataclass(frozen=True)
class Sizes:
    """How large the trial is: days at the door, their families, and the city with its cases and workers."""

    days: int = 200
    families: int = 20
    cases: int = 8_000
    workers: int = 1_000
    peer_seconds: float = 60.0
    peer_cores: int = 2
    seed: int = 1


def measured(sizes: Sizes, step: Callable[[str], None] = lambda _: None) -> dict[str, float]:
    """The figures of allocation, as milliseconds, seconds, fractions and ratios."""
    step("Days at the door")
    told = rolling(sizes)
    step("A cut-over of the whole city")
    question = city(cases=sizes.cases, workers=sizes.workers, seed=sizes.seed)
    plan, seconds = cut_over(question, sizes.seed)
    told |= {"rebalance_cpu_s": seconds, "rebalance_gap": plan.gap, "unallocated": float(len(plan.unplaced))}
    asked = for_peers(question.in_order, city_of(question.in_order))
    effort = Effort(sizes.peer_seconds, sizes.peer_cores)
    step("The same by CP-SAT")
    told["vs_cpsat_cost"] = plan.seconds / by_cpsat(asked, effort).price
    step("The same by HiGHS")
    told["vs_highs_cost"] = plan.seconds / by_highs(asked, effort).price
    return told


def rolling(sizes: Sizes) -> dict[str, float]:
    """Suggestions day by day: the solver's time, the whole from question to reasons, and the share proved and agreed."""
    solver, whole, proved = [], [], 0
    suggest(day_at_the_door(groups=1, workers=sizes.workers, seed=sizes.seed))
    for day in range(sizes.days):
        question = day_at_the_door(
            groups=sizes.families, workers=sizes.workers, seed=sizes.seed * 10_000 + day
        )
        began = process_time()
        problem = stated(question.in_order)
        before = process_time()
        solved = best_plan(problem)
        after = process_time()
        found = explained(question.in_order, problem, solved)
        solver.append(after - before)
        whole.append(process_time() - began)
        _certify(question, found.plan)
        proved += found.proved and agreed(problem, found)
    return {
        "rolling_p95_ms": _p95_ms(solver),
        "rolling_whole_p95_ms": _p95_ms(whole),
        "proved_optimal": proved / sizes.days,
    }


def _p95_ms(spent: list[float]) -> float:
    return sorted(spent)[int(0.95 * (len(spent) - 1))] * 1_000


def agreed(problem: Problem, found: Suggestions) -> bool:
    """Whether another solver than the one that proved it comes to the same weight, in whole seconds of a week."""
    second = by_highs(problem) if found.by == "CP-SAT" else by_cpsat(problem)
    return second.proved and second.price // problem.scale == found.plan.seconds


def cut_over(question: Question, seed: int) -> tuple[Plan, float]:
    """A certified plan for a whole city, and the processor seconds it took once the loops are compiled."""
    rebalance(city(cases=40, workers=8, seed=seed), seed)
    began = process_time()
    plan = rebalance(question, seed)
    seconds = process_time() - began
    _certify(question, plan)
    return plan, seconds


def _certify(question: Question, plan: Plan) -> None:
    if found := faults(question, plan):
        raise NotCertified(f"{len(found):,} faults, the first: {found[0].what}")
