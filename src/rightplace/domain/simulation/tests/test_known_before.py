"""A service that has been there for years does not begin with a quiet year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rightplace.domain.simulation import parameters, run, structure_of, synthetic_census
from rightplace.domain.simulation.scenarios.asking import goes_on

BEGINS = date(2026, 4, 6)


@pytest.fixture(scope="module")
def town():
    return parameters(structure_of([("North", 20_000)], posts=1.3), BEGINS)


def contacts(given, first: int, past: int) -> float:
    found = run(given, synthetic_census(given), days=3 * 364, replicates=4, seed=1)
    return float(found.over_all("contacts", first=first, last=past).mean())


def test_the_first_year_has_as_many_contacts_as_the_third(town):
    assert contacts(goes_on(town), 0, 52) == pytest.approx(contacts(town, 104, 156), rel=0.05)


def test_without_those_who_were_known_before_it_is_a_quiet_year(town):
    assert contacts(town, 0, 52) < 0.96 * contacts(town, 104, 156)


def test_they_come_back_as_long_after_as_the_models_own(town):
    """After a year nobody comes whom the model has not closed itself."""
    on, off = goes_on(town), town
    assert contacts(on, 104, 156) == pytest.approx(contacts(off, 104, 156), rel=0.04)


def test_where_all_are_new_nobody_was_known(town):
    assert replace(town.demand, first=1.0).going_on.known_before == 0
