"""Two solvers of other people, given the same numbers: CP-SAT (OR-Tools) and HiGHS (inside scipy).

They share nothing with our own search but the problem. CP-SAT takes over where our steps do not suffice; HiGHS is the
second opinion of the tests and the bench. Both come with the extra `allocation`.
"""

from __future__ import annotations

from dataclasses import dataclass

from rightplace.domain.allocation.exact import Solved
from rightplace.domain.allocation.model import NOBODY
from rightplace.domain.allocation.problem import Problem


@dataclass(frozen=True)
class Effort:
    """How long a peer may try, and on how many cores."""

    seconds: float = 30.0
    cores: int = 1


def by_cpsat(problem: Problem, effort: Effort = Effort(), hint: Solved | None = None) -> Solved:
    """The problem by CP-SAT, in whole numbers; without any plan in the time, nobody has a worker."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    takes = [[(arc, model.new_bool_var("")) for arc in arcs] for arcs in problem.arcs]
    alone = [model.new_bool_var("") for _ in problem.arcs]
    terms: list[object] = [var * price for var, price in zip(alone, problem.nobody, strict=True)]
    wanted: dict[int, list[tuple[cp_model.IntVar, int]]] = {}
    for group, pairs in enumerate(takes):
        model.add_exactly_one([alone[group], *(var for _, var in pairs)])
        for arc, var in pairs:
            terms.append(var * arc.price)
            wanted.setdefault(arc.worker, []).append((var, problem.sizes[group]))
    for worker, asked in wanted.items():
        load = cp_model.LinearExpr.weighted_sum([var for var, _ in asked], [size for _, size in asked])
        most = sum(size for _, size in asked)
        model.add(load <= problem.rooms[worker])
        for at, weight in problem.bends[worker]:
            if at <= 0:
                terms.append(load * weight)
            elif at < most:
                over = model.new_int_var(0, most, "")
                model.add(over >= load - at)
                terms.append(over * weight)
    model.minimize(sum(terms))  # type: ignore[arg-type]
    if hint is not None:
        for group, pairs in enumerate(takes):
            model.add_hint(alone[group], hint.assigned[group] == NOBODY)
            for arc, var in pairs:
                model.add_hint(var, hint.assigned[group] == arc.worker)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = effort.seconds
    solver.parameters.num_workers = effort.cores
    solver.parameters.random_seed = 1
    solver.parameters.relative_gap_limit = 0.0
    found = solver.solve(model)
    if found not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solved((NOBODY,) * len(takes), sum(problem.nobody), 0, "CP-SAT")
    plan = tuple(
        next((arc.worker for arc, var in pairs if solver.boolean_value(var)), NOBODY) for pairs in takes
    )
    price = problem.price(plan)
    bound = price if found == cp_model.OPTIMAL else int(solver.best_objective_bound)
    return Solved(plan, price, bound, "CP-SAT")


def by_highs(problem: Problem, effort: Effort = Effort()) -> Solved:
    """The problem by HiGHS, in floating point and so in seconds alone, without the draws.

    `price` is worked out anew from its plan in whole numbers; two plans that differ in their draws alone are equal to it.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    rows, columns, values, low, high, prices, whole, upper = _linear(problem)
    matrix = csr_array((values, (rows, columns)), shape=(len(low), len(prices)))
    found = milp(
        np.array(prices),
        integrality=np.array(whole),
        bounds=Bounds(0, np.array(upper)),
        constraints=LinearConstraint(matrix, np.array(low), np.array(high)),
        options={"time_limit": effort.seconds, "mip_rel_gap": 0.0},
    )
    if found.x is None:
        return Solved((NOBODY,) * len(problem.arcs), sum(problem.nobody), 0, "HiGHS")
    plan, column = [], len(problem.arcs)
    for group, arcs in enumerate(problem.arcs):
        chosen = NOBODY if found.x[group] > 0.5 else None
        for arc in arcs:
            if found.x[column] > 0.5 and chosen is None:
                chosen = arc.worker
            column += 1
        plan.append(NOBODY if chosen is None else chosen)
    price = problem.price(plan)
    bound = price if found.status == 0 else round((found.mip_dual_bound or 0) * problem.scale)
    return Solved(tuple(plan), price, bound, "HiGHS")


Rows = tuple[list[int], list[int], list[float], list[float], list[float], list[float], list[int], list[float]]


def _linear(problem: Problem) -> Rows:
    """Rows, columns, values, low and high sides; then price, wholeness and upper limit of each column."""
    groups = len(problem.arcs)
    rows, columns, values = list(range(groups)), list(range(groups)), [1.0] * groups
    prices = [price / problem.scale for price in problem.nobody]
    whole, upper = [1] * groups, [1.0] * groups
    wanted: dict[int, list[tuple[int, int]]] = {}
    for group, arcs in enumerate(problem.arcs):
        for arc in arcs:
            rows.append(group)
            columns.append(len(prices))
            values.append(1.0)
            wanted.setdefault(arc.worker, []).append((len(prices), problem.sizes[group]))
            at_once = sum(weight for at, weight in problem.bends[arc.worker] if at <= 0)
            prices.append(arc.price // problem.scale + at_once // problem.scale * problem.sizes[group])
            whole.append(1)
            upper.append(1.0)
    low, high = [1.0] * groups, [1.0] * groups
    for worker, asked in wanted.items():
        _a_worker(problem, worker, asked, (rows, columns, values, low, high, prices, whole, upper))
    return rows, columns, values, low, high, prices, whole, upper


def _a_worker(problem: Problem, worker: int, asked: list[tuple[int, int]], into: Rows) -> None:
    """The limit of one worker's room, and a column for the load above each bend."""
    rows, columns, values, low, high, prices, whole, upper = into
    most = sum(size for _, size in asked)
    limits = [(problem.rooms[worker], 0)] + [each for each in problem.bends[worker] if 0 < each[0] < most]
    for place, (at, weight) in enumerate(limits):
        for column, size in asked:
            rows.append(len(low))
            columns.append(column)
            values.append(float(size))
        if place:
            rows.append(len(low))
            columns.append(len(prices))
            values.append(-1.0)
            prices.append(weight / problem.scale)
            whole.append(0)
            upper.append(float(most))
        low.append(-float("inf"))
        high.append(float(at))
