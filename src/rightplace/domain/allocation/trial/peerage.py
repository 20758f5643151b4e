"""A city's question as the peers are given it: for each family its 30 cheapest workers and the one it has now."""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.domain.allocation.model import Question
from rightplace.domain.allocation.problem import Arc, Problem
from rightplace.domain.allocation.tables import FORBIDDEN, City, cheapest_places

NEAREST: Final = 30


def for_peers(question: Question, city: City) -> Problem:
    """The problem in whole seconds. No plan is worse for lists so long; all workers would only slow the peers down."""
    places = {worker.key: place for place, worker in enumerate(question.workers)}
    pairs = cheapest_places(city.prices, city.sizes, np.zeros(len(city.rooms)), NEAREST)
    arcs = []
    for group, asked in enumerate(question.groups):
        named = dict.fromkeys(int(place) for place in pairs[group])
        if asked.present in places:
            named[places[asked.present]] = None
        found = ((place, int(city.prices[group, place])) for place in named)
        arcs.append(tuple(Arc(place, price) for place, price in found if price < FORBIDDEN))
    bends = tuple(
        tuple((int(at), int(weight)) for at, weight in zip(row, city.weights, strict=True))
        for row in city.bends
    )
    return Problem(
        sizes=tuple(int(size) for size in city.sizes),
        nobody=tuple(int(price) for price in city.nobody),
        arcs=tuple(arcs),
        rooms=tuple(int(room) for room in city.rooms),
        bends=bends,
        scale=1,
    )
