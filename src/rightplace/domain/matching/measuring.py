"""How the stable matching compares with a named peer, the `matching` package, in the same run.

The peer is in the test group of packages, not in the program: it is needed for this comparison alone.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any, Final

from rightplace.domain.matching.deferred import Course, Field

PEOPLE: Final = 500
PLACES: Final = 350
ROLES: Final = 40
PREFERENCES: Final = 8
THRESHOLD: Final = 45


@dataclass(frozen=True, slots=True)
class Instance:
    """Plain lists, as both programs are given them: wishes of people, orders of roles, places of roles."""

    wishes: Mapping[int, Sequence[str]]
    orders: Mapping[str, Sequence[int]]
    places: Mapping[str, int]


def instance(draw: random.Random) -> Instance:
    """500 people, 350 places in 40 roles, up to 8 wishes, ring-fences first, then score; nobody level."""
    roles = [f"role {number:02d}" for number in range(ROLES)]
    cuts = sorted(draw.sample(range(1, PLACES), ROLES - 1))
    places = {role: end - begin for role, begin, end in zip(roles, [0, *cuts], [*cuts, PLACES], strict=True)}
    liked = {role: draw.uniform(0.5, 2) for role in roles}
    wishes: dict[int, list[str]] = {}
    ranked: dict[str, list[tuple[int, float, int]]] = {role: [] for role in roles}
    for person in range(1, PEOPLE + 1):
        able, home = draw.gauss(65, 12), draw.choice(roles)
        mine = sorted(roles, key=lambda role: draw.expovariate(liked[role]))[: draw.randint(3, PREFERENCES)]
        scores = {role: min(100.0, able + draw.gauss(0, 6)) for role in mine}
        wishes[person] = [role for role in mine if scores[role] >= THRESHOLD]
        for role in wishes[person]:
            ranked[role].append((role != home, -scores[role], person))
    orders = {role: [person for *_, person in sorted(each)] for role, each in ranked.items()}
    return Instance(wishes, orders, places)


def measured(instances: int, seed: int) -> dict[str, float]:
    """Ours against the peer on so many random instances, taking turns; processor time from plain lists to placing.

    The speed is the peer's time over ours, each with the making and checking of its own form of the lists.
    """
    importlib.import_module("matching.games")
    draw = random.Random(seed)  # noqa: S311 – invented instances, no secret
    ours = theirs = 0.0
    identical = pairs = 0
    for turn in range(instances):
        case = instance(draw)
        took: dict[str, float] = {}
        found: dict[str, dict[int, str]] = {}
        for who in ("ours", "theirs") if turn % 2 else ("theirs", "ours"):
            began = process_time()
            found[who] = _ours(case) if who == "ours" else _theirs(case)
            took[who] = process_time() - began
        ours, theirs = ours + took["ours"], theirs + took["theirs"]
        identical += found["ours"] == found["theirs"]
        pairs += blocking_pairs(case, found["ours"])
    return {
        "matching_vs_peer_speed": theirs / ours,
        "matching_identical": identical / instances,
        "blocking_pairs": float(pairs),
    }


def blocking_pairs(case: Instance, placed: Mapping[int, str]) -> int:
    """Pairs of a person and a role who would both rather have each other; counted from the plain lists."""
    rank = {
        role: {person: place for place, person in enumerate(order)} for role, order in case.orders.items()
    }
    worst: dict[str, int] = {}
    filled = dict.fromkeys(case.places, 0)
    for person, role in placed.items():
        filled[role] += 1
        worst[role] = max(worst.get(role, -1), rank[role][person])
    found = 0
    for person, wishes in case.wishes.items():
        for role in wishes:
            if placed.get(person) == role:
                break
            found += filled[role] < case.places[role] or rank[role][person] < worst.get(role, -1)
    return found


def _ours(case: Instance) -> dict[int, str]:
    ranks = {
        role: {person: place for place, person in enumerate(order)} for role, order in case.orders.items()
    }
    course = Course(Field(case.wishes, ranks, case.places, {}))
    assert not course.contests()
    return course.outcome


def _theirs(case: Instance) -> dict[int, str]:
    """The peer's answer; it takes no person without a wish and no role without a person who wishes for it."""
    games: Any = importlib.import_module("matching.games")
    wishes = {person: list(mine) for person, mine in case.wishes.items() if mine}
    orders = {role: list(order) for role, order in case.orders.items() if order}
    places = {role: case.places[role] for role in orders}
    game = games.HospitalResident.create_from_dictionaries(wishes, orders, places)
    solved = game.solve()
    return {person.name: hospital.name for hospital, people in solved.items() for person in people}
