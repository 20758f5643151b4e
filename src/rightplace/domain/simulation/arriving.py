"""How many families are expected on each working day, by source and area, with every change of demand in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from rightplace.domain.simulation.changes import DEMAND, EVERYWHERE, WINTER, Change
from rightplace.domain.simulation.days import Days, tides
from rightplace.domain.simulation.layout import Real
from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.parameters import Demand, Parameters, Quantiles


def expected(demand: Demand, days: Days, areas: tuple[tuple[str, int], ...], back: Quantiles) -> Real:
    """Families expected on each working day, by source and area; those of days off come on the next working day.

    Those who were known and closed before the first day come back as the engine's own do, `back` working days later, until the
    engine has closed as many itself: else every service would have a quiet first year.
    """
    first, last = days.on_first, days.on[-1]
    mean_children = sum(1.0 - share for share in demand.children[:-1]) + 1.0
    found = np.zeros((days.many, len(SOURCES) * len(areas)))
    known = [1.0 + demand.known_before * (1.0 - back.share_within(float(day))) for day in range(days.many)]
    for place, source in enumerate(SOURCES):
        level = _level(demand, source, days.begins)
        by_day = np.zeros(days.many)
        for day in range(first, last + 1):
            by_day[days.number(day)] += tides(demand, source, date.fromordinal(day)) / level
        by_day *= known
        for nth, (_, children) in enumerate(areas):
            a_year = demand.contacts_per_10k * children / 10_000 * demand.first * demand.shares[source]
            found[:, place * len(areas) + nth] = by_day * (a_year / mean_children / 365.25)
    return found


def _level(demand: Demand, source: str, begins: date) -> float:
    """The mean of the tides over the year that begins on the first day."""
    return sum(tides(demand, source, begins + timedelta(days=day)) for day in range(365)) / 365.0


def tides_changed(given: Parameters, changes: Sequence[Change], days: Days, rates: Real) -> Real:
    """The expected families with every change of demand, and every bad winter, in them."""
    areas = given.structure.areas
    found = rates.copy()
    for each in changes:
        if each.what not in (DEMAND, WINTER):
            continue
        first = days.number(each.day.toordinal())
        past = days.number(each.past.toordinal()) if each.weeks else len(found)
        for stream in range(found.shape[1]):
            source, area = SOURCES[stream // len(areas)], areas[stream % len(areas)]
            if each.where in (EVERYWHERE, source, area):
                found[first:past, stream] *= each.amount
    return found
