"""Two solvers for one choice of places: scipy first, CP-SAT second. Neither is trusted without the other.

They come with the extra `allocation`; everything here is in whole numbers, and values are added up anew from the
answer, so that no rounding of a solver reaches a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any, Final

SECONDS: Final = 15.0
"""How long a solver may look. CP-SAT counts its own steps, not the clock, so that a replay stops where this did."""

FEWEST_SECONDS: Final = 1.0
"""How long to look for fewer claims once it is proved that some must stand."""

Pair = tuple[int, str]
"""An applicant and a role."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Some pairs, each counting for so many people, of whom there must be at least and at most so many."""

    pairs: Mapping[Pair, int]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What each pair is worth, and above all that each is placed; the places of roles, and limits besides."""

    worth: Mapping[Pair, int]
    placed: int
    places: Mapping[str, int]
    limits: Sequence[Limit] = ()

    def whole(self, pair: Pair) -> int:
        return self.placed + self.worth[pair]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim to a role: it is met when one of `own` is chosen, or `ahead` fill all the places, or it stands."""

    own: Sequence[Pair]
    ahead: Sequence[Pair]
    places: int


@dataclass(frozen=True, slots=True)
class Found:
    """A choice of pairs; `proved` when no better one exists. No choice is possible where `chosen` is none."""

    chosen: Mapping[int, str] | None
    proved: bool


def solvers_installed() -> bool:
    """Whether the extra `allocation` is there. Without it there is the stable placing and no best one."""
    return find_spec("scipy") is not None and find_spec("ortools") is not None


def first_solver(problem: Problem) -> Found:
    """Without limits the assignment algorithm, which is exact; with limits scipy's own HiGHS."""
    return _highs(problem) if problem.limits else _assignment(problem)


def second_solver(problem: Problem) -> Found:
    model, chosen = _modelled(problem)
    model.maximize(_sum(problem, chosen))
    return _solved(model, chosen)


def may_differ(problem: Problem, best: Mapping[int, str], claims: Sequence[Claim] = ()) -> frozenset[int]:
    """Everybody whom some choice that is worth as much places otherwise: for them this choice is arbitrary."""
    everybody = {person for person, _ in problem.worth}
    total = sum(map(problem.whole, best.items()))
    moved: set[int] = set()
    while True:
        model, chosen, _ = _with_claims(problem, claims, allowed=False)
        model.add(_sum(problem, chosen) >= total)
        model.minimize(sum(_stays(chosen, best, person) for person in sorted(everybody - moved)))
        other = _solved(model, chosen).chosen or best
        new = {person for person in everybody - moved if other.get(person) != best.get(person)}
        if not new:
            return frozenset(moved)
        moved |= new


def _stays(chosen: Mapping[Pair, Any], best: Mapping[int, str], person: int) -> Any:
    """One when a person has what the best choice gives; for somebody without a role, when none is given."""
    if person in best:
        return chosen[person, best[person]]
    return 1 - sum(each for pair, each in chosen.items() if pair[0] == person)


def fewest_claims(problem: Problem, claims: Sequence[Claim], near: Mapping[int, str]) -> tuple[Found, int]:
    """The choice worth most that leaves no claim standing; where there is none, one that leaves the fewest.

    That none exists is proved before anything is given up. The search for the fewest begins at the choice that
    differs least from `near`, a stable one; it may stay unproved, and then that is said.
    """
    model, chosen, _ = _with_claims(problem, claims, allowed=False)
    model.maximize(_sum(problem, chosen))
    found = _solved(model, chosen)
    if found.chosen is not None:
        return found, 0
    if not found.proved:
        return found, 0
    start = _nearest(problem, near).chosen
    if start is None:
        return Found(None, found.proved), 0
    model, chosen, stands = _with_claims(problem, claims, allowed=True)
    for pair, each in chosen.items():
        model.add_hint(each, start.get(pair[0]) == pair[1])
    for stand, claim in zip(stands, claims, strict=True):
        model.add_hint(stand, bool(_number_standing(start, [claim])))
    model.minimize(sum(stands))
    found = _solved(model, chosen, FEWEST_SECONDS)
    if found.chosen is not None and found.proved:
        model.clear_objective()
        model.add(sum(stands) <= _number_standing(found.chosen, claims))
        model.maximize(_sum(problem, chosen))
        found = _solved(model, chosen)
    if found.chosen is None or _number_standing(start, claims) < _number_standing(found.chosen, claims):
        found = Found(start, proved=False)
    return found, 0 if found.chosen is None else _number_standing(found.chosen, claims)


def _nearest(problem: Problem, near: Mapping[int, str]) -> Found:
    """The choice within the limits that leaves most people where `near` has them, and places the most of the rest."""
    model, chosen = _modelled(problem)
    model.maximize(sum((10 if near.get(pair[0]) == pair[1] else 1) * each for pair, each in chosen.items()))
    return _solved(model, chosen)


def _with_claims(
    problem: Problem, claims: Sequence[Claim], *, allowed: bool
) -> tuple[Any, dict[Pair, Any], list[Any]]:
    """Every claim met; or, when some are allowed to stand, a switch for each that lets it."""
    from ortools.sat.python import cp_model

    model, chosen = _modelled(problem)
    stands = []
    for number, claim in enumerate(claims):
        own = [chosen[pair] for pair in claim.own]
        if allowed:
            own.append(model.new_bool_var(f"claim {number}"))
            stands.append(own[-1])
        others = [chosen[pair] for pair in claim.ahead]
        counts = [claim.places] * len(own) + [1] * len(others)
        model.add(cp_model.LinearExpr.weighted_sum(own + others, counts) >= claim.places)
    return model, chosen, stands


def _number_standing(chosen: Mapping[int, str], claims: Sequence[Claim]) -> int:
    def holds(pair: Pair) -> bool:
        return chosen.get(pair[0]) == pair[1]

    return sum(
        not any(map(holds, claim.own)) and sum(map(holds, claim.ahead)) < claim.places for claim in claims
    )


def smallest_conflict(problem: Problem) -> list[int]:
    """Which limits cannot be kept at once, by their places in the list: none of them can be left out of the conflict."""
    kept = list(range(len(problem.limits)))
    for place in list(kept):
        others = [each for each in kept if each != place]
        model, chosen = _modelled(replace(problem, limits=[problem.limits[each] for each in others]))
        found = _solved(model, chosen)
        if found.chosen is None and found.proved:
            kept = others
    return kept


def _assignment(problem: Problem) -> Found:
    """People against single places, and a column each for having none. Doubles hold these whole numbers exactly."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    people = sorted({person for person, _ in problem.worth})
    seats = [role for role in sorted(problem.places) for _ in range(max(0, problem.places[role]))]
    worth = np.full((len(people), len(seats) + len(people)), -(2.0**50))
    worth[:, len(seats) :] = 0
    row_of, columns = {person: row for row, person in enumerate(people)}, _columns(seats)
    for person, role in problem.worth:
        worth[row_of[person], columns.get(role, [])] = problem.whole((person, role))
    rows, picked = linear_sum_assignment(worth, maximize=True)
    chosen = {
        people[row]: seats[column] for row, column in zip(rows, picked, strict=True) if column < len(seats)
    }
    return Found(chosen, proved=True)


def _columns(seats: Sequence[str]) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = {}
    for column, role in enumerate(seats):
        columns.setdefault(role, []).append(column)
    return columns


def _highs(problem: Problem) -> Found:
    """Most people first, then the most worth among them: in two steps, so that the numbers stay small."""
    pairs = sorted(problem.worth)
    most = _milp(problem, dict.fromkeys(pairs, 1), 0)
    if most.chosen is None:
        return most
    best = _milp(problem, problem.worth, len(most.chosen))
    return Found(best.chosen, most.proved and best.proved)


def _milp(problem: Problem, worth: Mapping[Pair, int], at_least: int) -> Found:
    import numpy as np
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import csr_array

    pairs = sorted(problem.worth)
    if not pairs:
        return Found({} if all(limit.least <= 0 for limit in problem.limits) else None, proved=True)
    rows = _rows(problem, pairs, at_least)
    at = {pair: column for column, pair in enumerate(pairs)}
    entries = [(row, at[pair], n) for row, (each, _, _) in enumerate(rows) for pair, n in each.items()]
    row, column, count = zip(*entries, strict=True)
    matrix = csr_array((count, (row, column)), shape=(len(rows), len(pairs)), dtype=float)
    solved = milp(
        -np.array([worth[pair] for pair in pairs], dtype=float),
        integrality=np.ones(len(pairs)),
        bounds=(0, 1),
        constraints=LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows]),
        options={"mip_rel_gap": 0.0, "time_limit": SECONDS},
    )
    if solved.x is None:
        return Found(None, proved=solved.status == 2)
    chosen = {who: role for (who, role), x in zip(pairs, solved.x, strict=True) if x > 0.5}
    return Found(chosen, proved=solved.status == 0)


def _rows(
    problem: Problem, pairs: Sequence[Pair], at_least: int
) -> list[tuple[Mapping[Pair, int], float, float]]:
    return [
        (dict.fromkeys(pairs, 1), at_least, float("inf")),
        *((dict.fromkeys(each, 1), 0.0, 1.0) for each in _by_person(pairs).values()),
        *((dict.fromkeys(each, 1), 0.0, problem.places[role]) for role, each in _by_role(pairs).items()),
        *((limit.pairs, limit.least, limit.most) for limit in problem.limits),
    ]


def _modelled(problem: Problem) -> tuple[Any, dict[Pair, Any]]:
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    chosen = {pair: model.new_bool_var(f"{pair[0]} {pair[1]}") for pair in sorted(problem.worth)}
    for pairs in _by_person(chosen).values():
        model.add_at_most_one(chosen[pair] for pair in pairs)
    for role, pairs in _by_role(chosen).items():
        model.add(sum(chosen[pair] for pair in pairs) <= problem.places[role])
    for limit in problem.limits:
        counted = sum(count * chosen[pair] for pair, count in limit.pairs.items())
        model.add_linear_constraint(counted, limit.least, limit.most)
    return model, chosen


def _solved(model: Any, chosen: Mapping[Pair, Any], seconds: float = SECONDS) -> Found:
    """One thread and a fixed seed: the same question has the same answer."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = seconds
    state = solver.solve(model)
    if state not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Found(None, proved=state == cp_model.INFEASIBLE)
    picked = {pair[0]: pair[1] for pair, each in chosen.items() if solver.boolean_value(each)}
    return Found(picked, proved=state == cp_model.OPTIMAL)


def _sum(problem: Problem, chosen: Mapping[Pair, Any]) -> Any:
    from ortools.sat.python import cp_model

    return cp_model.LinearExpr.weighted_sum(list(chosen.values()), [problem.whole(pair) for pair in chosen])


def _by_person(pairs: Sequence[Pair] | Mapping[Pair, object]) -> dict[int, list[Pair]]:
    found: dict[int, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(pair[0], []).append(pair)
    return found


def _by_role(pairs: Sequence[Pair] | Mapping[Pair, object]) -> dict[str, list[Pair]]:
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        found.setdefault(pair[1], []).append(pair)
    return found
