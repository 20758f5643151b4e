"""The best plan with its proof, in plain Python: bound, cut away, branch. Whole numbers all the way, so proof is proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rightplace.domain.allocation.bounds import Bound, alone_bound, lower_bound
from rightplace.domain.allocation.model import NOBODY
from rightplace.domain.allocation.problem import Arc, Problem

BY: Final = "own search"

EASY_STEPS: Final = 300
"""Steps with the bound that costs nothing: most days need fewer."""
MOST_STEPS: Final = 6_000
"""Steps of branching before a plan goes on unproved. Steps and not seconds: the answer may not hang on the machine."""


@dataclass(frozen=True)
class Solved:
    """A plan by places, its scaled price, a price that none can be below, and who proved it."""

    assigned: tuple[int, ...]
    price: int
    bound: int
    by: str

    @property
    def proved(self) -> bool:
        return self.bound == self.price


def solve(problem: Problem, most_steps: int = MOST_STEPS) -> Solved:
    """The cheapest plan there is; if the steps do not suffice, the best one found and how far it may be off."""
    first = _improved(problem, _one_by_one(problem))
    return _in_parts(problem, Solved(tuple(first), problem.price(first), 0, BY), most_steps)


def _in_parts(problem: Problem, first: Solved, most_steps: int) -> Solved:
    """Leave out what cannot be better than `first`; what then shares no worker is solved apart."""
    bound = alone_bound(problem)
    if bound.value == first.price:
        return replace(first, bound=bound.value)
    left = _without(problem, bound, first.price)
    parts = _parts(left)
    if len(parts) == 1:
        return _searched(left, bound, first, most_steps)
    plan, price, least = list(first.assigned), 0, 0
    for groups in parts:
        part = _part(left, groups)
        held = tuple(first.assigned[group] for group in groups)
        solved = _in_parts(part, Solved(held, part.price(held), 0, BY), most_steps)
        price, least = price + solved.price, least + solved.bound
        for group, worker in zip(groups, solved.assigned, strict=True):
            plan[group] = worker
    return Solved(tuple(plan), price, least, BY)


def _searched(problem: Problem, bound: Bound, best: Solved, most_steps: int) -> Solved:
    """Branch with the bound that costs nothing; if that is long, work out a better one and go on from there."""
    for steps in (min(EASY_STEPS, most_steps), most_steps):
        search = _Search(problem, bound, best, steps)
        search.run(bound.value)
        best = Solved(tuple(search.best), search.price, max(best.bound, min(bound.value, search.price)), BY)
        if search.steps < steps:
            return replace(best, bound=best.price)
        bound = lower_bound(problem, best.price)
        problem = _without(problem, bound, best.price)
    return best


def _without(problem: Problem, bound: Bound, price: int) -> Problem:
    """The problem without the arcs that no plan cheaper than `price` can use."""
    spare = price - bound.value
    arcs = tuple(
        tuple(arc for arc in found if bound.rises[group][arc.worker] <= spare)
        for group, found in enumerate(problem.arcs)
    )
    return replace(problem, arcs=arcs)


def _parts(problem: Problem) -> list[list[int]]:
    """The groups, together where they could want the same worker."""
    parts: list[tuple[list[int], set[int]]] = []
    for group, arcs in enumerate(problem.arcs):
        groups, workers = [group], {arc.worker for arc in arcs}
        apart = []
        for other in parts:
            if other[1].isdisjoint(workers):
                apart.append(other)
            else:
                groups, workers = other[0] + groups, other[1] | workers
        parts = [*apart, (groups, workers)]
    return [sorted(groups) for groups, _ in parts]


def _part(problem: Problem, groups: list[int]) -> Problem:
    return replace(
        problem,
        sizes=tuple(problem.sizes[group] for group in groups),
        nobody=tuple(problem.nobody[group] for group in groups),
        arcs=tuple(problem.arcs[group] for group in groups),
    )


class _Load:
    """What each worker has been given while a plan is being made."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.given: dict[int, int] = {}

    def marginal(self, arc: Arc, size: int) -> int | None:
        """What it adds to the price to give a worker one more group; None where it does not fit."""
        before = self.given.get(arc.worker, 0)
        if before + size > self.problem.rooms[arc.worker]:
            return None
        added = self.problem.added
        return arc.price + added(arc.worker, before + size) - (added(arc.worker, before) if before else 0)

    def choices(self, group: int, arcs: Sequence[Arc]) -> list[tuple[int, int]]:
        """(price, worker) for each who can take the group now, nobody among them, cheapest first."""
        size = self.problem.sizes[group]
        found = [(self.problem.nobody[group], NOBODY)]
        for arc in arcs:
            price = self.marginal(arc, size)
            if price is not None:
                found.append((price, arc.worker))
        found.sort()
        return found

    def put(self, group: int, worker: int) -> None:
        if worker != NOBODY:
            self.given[worker] = self.given.get(worker, 0) + self.problem.sizes[group]

    def take(self, group: int, worker: int) -> None:
        if worker != NOBODY:
            self.given[worker] -= self.problem.sizes[group]


def _one_by_one(problem: Problem) -> list[int]:
    """A first plan: always the group that would lose most by waiting."""
    load = _Load(problem)
    plan = [NOBODY] * len(problem.sizes)
    left = {group: load.choices(group, problem.arcs[group]) for group in range(len(plan))}
    while left:
        group = max(left, key=lambda each: (_regret(left[each]), each))
        worker = left.pop(group)[0][1]
        plan[group] = worker
        load.put(group, worker)
        if worker != NOBODY:
            touched = [each for each, found in left.items() if any(other == worker for _, other in found)]
            left.update({each: load.choices(each, problem.arcs[each]) for each in touched})
    return plan


def _regret(found: list[tuple[int, int]]) -> int:
    return found[1][0] - found[0][0] if len(found) > 1 else 0


def _improved(problem: Problem, plan: list[int]) -> list[int]:
    """Move one group at a time to where it is cheapest, until none gains."""
    load = _Load(problem)
    for group, worker in enumerate(plan):
        load.put(group, worker)
    moved = True
    while moved:
        moved = False
        for group, worker in enumerate(plan):
            load.take(group, worker)
            found = load.choices(group, problem.arcs[group])
            now = next(price for price, other in found if other == worker)
            if found[0][0] < now:
                plan[group], moved = found[0][1], True
            load.put(group, plan[group])
    return plan


class _Search:
    """Branching over the groups; what cannot be cheaper than the best plan so far is cut away."""

    def __init__(self, problem: Problem, bound: Bound, best: Solved, most_steps: int) -> None:
        self.problem, self.best, self.price = problem, list(best.assigned), best.price
        self.load, self.plan, self.steps, self.most_steps = _Load(problem), list(best.assigned), 0, most_steps
        self.rises = bound.rises
        self.wanting: dict[int, list[int]] = {NOBODY: []}
        for group, arcs in enumerate(problem.arcs):
            for arc in arcs:
                self.wanting.setdefault(arc.worker, []).append(group)

    def run(self, bound: int) -> None:
        """Search from nothing decided."""
        arcs = self.problem.arcs
        self._descend(0, bound, {group: self.load.choices(group, found) for group, found in enumerate(arcs)})

    def _descend(self, spent: int, bound: int, left: dict[int, list[tuple[int, int]]]) -> None:
        """Try the rest: `spent` is what is decided, `bound` what the relaxation says, `left` who could take whom now."""
        self.steps += 1
        if not left:
            if spent < self.price:
                self.price, self.best = spent, list(self.plan)
            return
        floor = spent + sum(found[0][0] for found in left.values())
        if floor >= self.price or self.steps >= self.most_steps:
            return
        group = max(left, key=lambda each: (_regret(left[each]), each))
        choices = left[group]
        for price, worker in choices:
            if floor - choices[0][0] + price >= self.price:
                break
            above = bound + self.rises[group][worker]
            if above < self.price:
                self.plan[group] = worker
                self.load.put(group, worker)
                self._descend(spent + price, above, self._without(left, group, worker))
                self.load.take(group, worker)

    def _without(
        self, left: dict[int, list[tuple[int, int]]], group: int, worker: int
    ) -> dict[int, list[tuple[int, int]]]:
        """The rest once a group is given: only who wanted the same worker has to look again."""
        rest = dict(left)
        del rest[group]
        for other in self.wanting[worker]:
            if other in rest:
                rest[other] = self.load.choices(other, self.problem.arcs[other])
        return rest
