"""Whom to suggest for each family today: the best plan of all, proved, with reasons, the runner-up, and who was ruled out.

A person decides. Nothing here is about a child's risk or a worker's worth: hours, distance, skill, language, continuity.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from typing import Final

from rightplace.domain.allocation.costs import Cost, costs, evenness
from rightplace.domain.allocation.exact import MOST_STEPS, Solved, solve
from rightplace.domain.allocation.model import NOBODY, Group, Plan, Question, Worker
from rightplace.domain.allocation.problem import MOST_GROUPS, Problem, problem_of
from rightplace.domain.allocation.rules import Broken, Kept, broken, kept, nobody_words
from rightplace.domain.allocation.words import hours_words

STEPS_BEFORE_CPSAT: Final = 300
MANY_PAIRS: Final = 1_500
"""Above so many pairs of family and worker the tables of numpy are quicker."""


@dataclass(frozen=True)
class Difference:
    """What the runner-up costs more (or less) than the one suggested, and who bears it; `worker` where it is a worker."""

    name: str
    to: str
    worker: int | None
    seconds: int
    words: str


@dataclass(frozen=True)
class RunnerUp:
    """Who would be next for this family, the other suggestions staying as they are."""

    worker: int
    seconds: int
    differences: tuple[Difference, ...]

    @property
    def words(self) -> str:
        return f"{hours_words(self.seconds / 60)} a week more than the one suggested"


@dataclass(frozen=True)
class Suggestion:
    """One family's worker, and all there is to say about it."""

    group: Group
    worker: int
    kept: tuple[Kept, ...]
    costs: tuple[Cost, ...]
    runner_up: RunnerUp | None
    nobody_because: str
    question: Question = field(repr=False)
    besides: Mapping[int, int] = field(repr=False)
    """The minutes that each worker is given of the other families here."""

    @property
    def seconds(self) -> int:
        return sum(cost.seconds for cost in self.costs)

    @cached_property
    def ruled_out(self) -> Mapping[int, tuple[Broken, ...]]:
        """Each worker whom a rule keeps from this family, and every such rule."""
        found = {
            worker.key: tuple(broken(self.group, worker, self.question, self.besides.get(worker.key, 0)))
            for worker in self.question.workers
        }
        return {key: rules for key, rules in found.items() if rules and key != self.worker}


@dataclass(frozen=True)
class Suggestions:
    """The best plan for all families asked about, and who proved that it is the best."""

    each: tuple[Suggestion, ...]
    plan: Plan
    by: str

    @property
    def proved(self) -> bool:
        return self.plan.seconds == self.plan.bound


def suggest(question: Question) -> Suggestions:
    """Suggest a worker for each family; the answer does not hang on the order of input or on what is installed.

    Without the extra `allocation` a very tangled question may come back unproved, and says so.
    """
    if len(question.groups) > MOST_GROUPS:
        raise ValueError(f"more than {MOST_GROUPS} families at once are a rebalance")
    ordered = question.in_order
    problem = stated(ordered)
    return explained(ordered, problem, best_plan(problem))


def stated(ordered: Question) -> Problem:
    """The numbers of a question in order, by the quicker of two equal ways."""
    if len(ordered.groups) * len(ordered.workers) > MANY_PAIRS and find_spec("numpy"):
        from rightplace.domain.allocation.arrays import problem_by_arrays

        return problem_by_arrays(ordered)
    return problem_of(ordered)


def best_plan(problem: Problem) -> Solved:
    """Our own search; what it leaves unproved goes on to CP-SAT if that is installed."""
    if not find_spec("ortools"):
        return solve(problem, MOST_STEPS)
    own = solve(problem, STEPS_BEFORE_CPSAT)
    if own.proved:
        return own
    from rightplace.domain.allocation.peers import by_cpsat

    other = by_cpsat(problem, hint=own)
    return other if other.price <= own.price and other.bound >= own.bound else own


def explained(ordered: Question, problem: Problem, solved: Solved) -> Suggestions:
    """The plan with its reasons."""
    given: dict[int, int] = {}
    for group, place in zip(ordered.groups, solved.assigned, strict=True):
        if place != NOBODY:
            key = ordered.workers[place].key
            given[key] = given.get(key, 0) + group.minutes
    each = tuple(
        _suggestion(ordered, problem, place, worker, given) for place, worker in enumerate(solved.assigned)
    )
    plan = Plan(
        given={one.group.key: one.worker for one in each},
        unplaced={one.group.key: one.nobody_because for one in each if one.worker == NOBODY},
        seconds=solved.price // problem.scale,
        bound=min(solved.bound, solved.price) // problem.scale,
    )
    return Suggestions(each, plan, solved.by)


def _suggestion(
    question: Question, problem: Problem, place: int, chosen: int, given: Mapping[int, int]
) -> Suggestion:
    group = question.groups[place]
    if chosen == NOBODY:
        why = nobody_words(group, question, given)
        return Suggestion(group, NOBODY, (), (), None, why, question, dict(given))
    worker = question.workers[chosen]
    besides = dict(given)
    besides[worker.key] -= group.minutes
    mine = _costs(group, worker, question, besides)
    return Suggestion(
        group=group,
        worker=worker.key,
        kept=kept(group, worker, question, besides[worker.key]),
        costs=mine,
        runner_up=_runner_up(question, problem, place, worker, mine, besides),
        nobody_because="",
        question=question,
        besides=besides,
    )


def _costs(group: Group, worker: Worker, question: Question, besides: Mapping[int, int]) -> tuple[Cost, ...]:
    before = worker.load + besides.get(worker.key, 0)
    return (*costs(group, worker, question), evenness(worker, before, group, question))


def _runner_up(
    question: Question,
    problem: Problem,
    place: int,
    chosen: Worker,
    mine: tuple[Cost, ...],
    besides: Mapping[int, int],
) -> RunnerUp | None:
    """The cheapest other worker with room; the arcs kept hold one for sure where there is one."""
    group, found = question.groups[place], []
    for arc in problem.arcs[place]:
        worker = question.workers[arc.worker]
        taken = besides.get(worker.key, 0)
        if worker.key != chosen.key and taken + group.minutes <= problem.rooms[arc.worker]:
            extra = problem.added(arc.worker, taken + group.minutes) - problem.added(arc.worker, taken)
            found.append((arc.price + extra, worker))
    if not found:
        return None
    _, worker = min(found, key=lambda each: each[0])
    theirs = _costs(group, worker, question, besides)
    seconds = sum(cost.seconds for cost in theirs) - sum(cost.seconds for cost in mine)
    return RunnerUp(worker.key, seconds, _differences(mine, chosen.key, theirs, worker.key))


def _differences(
    mine: tuple[Cost, ...], chosen: int, theirs: tuple[Cost, ...], other: int
) -> tuple[Difference, ...]:
    """Cost by cost: what a worker bears is said of each of the two, what the family bears is the difference."""
    told = []
    for name in dict.fromkeys(cost.name for cost in (*theirs, *mine)):
        now = next((cost for cost in mine if cost.name == name), None)
        then = next((cost for cost in theirs if cost.name == name), None)
        one = then or now
        assert one is not None
        if one.to == "the worker":
            for cost, key, sign in ((then, other, 1), (now, chosen, -1)):
                if cost is not None and cost.seconds:
                    told.append(Difference(name, one.to, key, sign * cost.seconds, cost.words))
        elif seconds := (then.seconds if then else 0) - (now.seconds if now else 0):
            words = then.words if then else f"not so any more: {one.words}"
            told.append(Difference(name, one.to, None, seconds, words))
    return tuple(told)
