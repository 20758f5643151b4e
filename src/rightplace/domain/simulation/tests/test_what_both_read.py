"""What the engine and the independent model are both given is worked out once more, plainly: equal models of wrong arrays
would prove nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from rightplace.domain.practice.calendars import calendar
from rightplace.domain.simulation.days import is_term
from rightplace.domain.simulation.names import SOURCES
from rightplace.domain.simulation.packing import inputs_of
from rightplace.domain.simulation.parameters import Demand
from rightplace.domain.simulation.trial.services import Trial, trial

TRIALS = 25


def weight(demand: Demand, source: str, day: date) -> float:
    term = 1.0 if is_term(day, demand) else demand.out_of_term[source]
    return demand.weekdays[source][day.weekday()] * demand.months[day.month - 1] * term


def next_working(day: date) -> date:
    while not calendar().is_working(day.toordinal()):
        day += timedelta(days=1)
    return day


def families(asked: Trial, source: str, area: str, children: int) -> dict[date, float]:
    """Who is expected on each working day from one source in one area, change by change."""
    demand = asked.given.demand
    year = [asked.given.begins + timedelta(days=nth) for nth in range(365)]
    usual = sum(weight(demand, source, day) for day in year) / 365
    a_day = demand.contacts_per_10k * demand.first * demand.shares[source] * children / 10_000 / 365.25
    together = 1 + sum(1 - share for share in demand.children[:-1])
    found: dict[date, float] = {}
    for nth in range(asked.days):
        day = asked.given.begins + timedelta(days=nth)
        comes = next_working(day)
        if comes < asked.given.begins + timedelta(days=asked.days):
            found[comes] = found.get(comes, 0.0) + a_day / together * weight(demand, source, day) / usual
    for number, day in enumerate(sorted(found)):
        returned = asked.given.tables["return"].share_within(number)
        found[day] *= 1 + demand.known_before * (1 - returned)
        for each in asked.changes:
            holds = each.day <= day and not (each.weeks and each.past <= day)
            if holds and each.what in ("demand", "winter") and each.where in ("all", source, area):
                found[day] *= each.amount
    return found


@pytest.mark.parametrize("number", range(TRIALS))
def test_the_families_that_are_expected(number):
    asked = trial(number)
    if number % 2:
        asked = replace(asked, given=replace(asked.given, demand=asked.given.demand.going_on))
    given, columns = asked.given, [0] * len(asked.given.structure.teams)
    read = inputs_of(given, asked.census, asked.changes, asked.days, columns)
    rates = read.fixed["rates"]
    for nth, source in enumerate(SOURCES):
        for place, (area, children) in enumerate(given.structure.children):
            plain = families(asked, source, area, children)
            ours = rates[:, nth * len(given.structure.areas) + place]
            assert [date.fromordinal(day) for day in read.days.on] == sorted(plain)
            np.testing.assert_allclose(ours, [plain[day] for day in sorted(plain)], rtol=1e-9)


def test_the_last_working_day_within_so_many_months():
    asked = trial(3)
    read = inputs_of(asked.given, asked.census, (), 200, [0] * len(asked.given.structure.teams))
    own = [date.fromordinal(day) for day in read.days.on]
    for months, later in zip((3, 6), (read.days.later(3), read.days.later(6)), strict=True):
        for nth, day in enumerate(own):
            month = day.month + months
            year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
            last = min(day.day, (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day)
            until = date(year, month, last)
            while not calendar().is_working(until.toordinal()):
                until -= timedelta(days=1)
            if until <= own[-1]:
                assert own[later[nth]] == until, day
