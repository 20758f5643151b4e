"""A whole city's plan, for a cut-over or a rebalance: good in seconds, with the gap to what no plan can be below.

Needs the extra `allocation`. It is a proposal to people; a family moves only when a person moves it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.domain.allocation.bounding import city_bound
from rightplace.domain.allocation.model import NOBODY, Plan, Question
from rightplace.domain.allocation.rules import nobody_words
from rightplace.domain.allocation.searching import Heat, first_plan, plan_seconds, searched
from rightplace.domain.allocation.tables import City, cheapest_places, city_of

STEPS_A_GROUP: Final = 9_000
FEWEST_STEPS: Final = 500_000
FIRST_PAIRS: Final = 48


def rebalance(question: Question, seed: int = 1, heat: Heat | None = None) -> Plan:
    """Give every family of a question a worker, as cheaply as can be found; the same seed gives the same plan."""
    ordered = question.in_order
    if not ordered.groups or not ordered.workers:
        return _told(ordered, None, np.full(len(ordered.groups), NOBODY, np.int64), 0)
    city = city_of(ordered)
    even = np.zeros(len(city.rooms))
    start = first_plan(city, cheapest_places(city.prices, city.sizes, even, FIRST_PAIRS), even)
    bound = city_bound(city, plan_seconds(city, start))
    start = min(
        (start, first_plan(city, bound.pairs, bound.rates)), key=lambda each: plan_seconds(city, each)
    )
    heat = heat or Heat(steps=max(FEWEST_STEPS, STEPS_A_GROUP * len(ordered.groups)))
    found = searched(city, bound.pairs, start, heat, seed)
    best = min((found, start), key=lambda each: plan_seconds(city, each))
    return _told(ordered, city, best, bound.seconds)


def _told(
    ordered: Question, city: City | None, places: np.ndarray[tuple[int], np.dtype[np.int64]], bound: int
) -> Plan:
    keys = [worker.key for worker in ordered.workers]
    given = {
        group.key: NOBODY if place < 0 else keys[place]
        for group, place in zip(ordered.groups, places.tolist(), strict=True)
    }
    minutes: dict[int, int] = {}
    for group in ordered.groups:
        minutes[given[group.key]] = minutes.get(given[group.key], 0) + group.minutes
    unplaced = {
        group.key: nobody_words(group, ordered, minutes)
        for group in ordered.groups
        if given[group.key] == NOBODY
    }
    if city is None:
        from rightplace.domain.allocation.costs import nobody_seconds

        whole = sum(nobody_seconds(group, ordered) for group in ordered.groups)
        return Plan(given, unplaced, whole, whole)
    return Plan(given, unplaced, plan_seconds(city, places), bound)
