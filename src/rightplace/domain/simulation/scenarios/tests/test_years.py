"""A budget and a saving are held against every year, and the worst year is said first."""

from datetime import date

import pytest

pytest.importorskip("numpy")

import numpy as np

from rightplace.domain.simulation.scenarios import years
from rightplace.domain.simulation.scenarios.about import ScenarioAsked
from rightplace.domain.simulation.scenarios.batches import KEPT
from rightplace.domain.simulation.scenarios.measuring import Futures

BEGINS = date(2026, 4, 6)


def futures(*weekly: list[int]) -> Futures:
    """Pounds a week of each future, everywhere."""
    numbers = np.zeros((len(weekly), len(weekly[0]), len(KEPT), 1), np.int32)
    numbers[:, :, KEPT.index("cost"), 0] = weekly
    return Futures(numbers, ["all"])


def asked(**told: object) -> ScenarioAsked:
    given = {"budget": None, "savings": None, **told}
    return ScenarioAsked("X", "", [], [(0, 0.0)], [(0, 0.0)], **given)


@pytest.mark.parametrize(
    ("first", "weeks", "spans"),
    [
        (0, 157, [(0, 52), (52, 104), (104, 156)]),
        (0, 103, [(0, 52), (51, 103)]),
        (0, 56, [(0, 52)]),
        (0, 57, [(0, 52), (5, 57)]),
        (0, 26, [(0, 26)]),
        (30, 104, [(30, 82), (52, 104)]),
        (90, 104, [(90, 104)]),
        (104, 104, [(103, 104)]),
    ],
)
def test_every_whole_year_counts_and_what_hangs_over_is_not_lost(first, weeks, spans):
    assert years.years(first, weeks) == spans


def test_a_dear_first_year_is_not_hidden_by_a_cheap_last_one():
    told = futures([3] * 52 + [1] * 52, [1] * 52 + [3] * 52, [1] * 104, [3] * 52 + [1] * 52)
    found, chance = years.over(asked(budget=100.0), told, BEGINS)
    assert [(each.begins, each.weeks, each.chance) for each in found] == [
        (BEGINS, 52, 0.5),
        (date(2027, 4, 5), 52, 0.25),
    ]
    assert chance == 0.75, "three of the four futures have a year beyond it"
    assert found[0].pounds.high == pytest.approx(156.0)
    assert years.budget_said(100.0, chance, found, 60) == (
        " The budget of £100 a year is passed in at least one year in 8 of 10 futures:"
        " in 5 of 10 futures in the year from 6 April 2026 and in 2 of 10 futures in the year from 5 April 2027."
    )


def test_a_budget_of_one_year_and_one_that_is_never_passed_are_said_shortly():
    one, chance = years.over(asked(budget=100.0), futures([3] * 52, [1] * 52), BEGINS)
    assert years.budget_said(100.0, chance or 0.0, one, 60) == (
        " It is more than the budget of £100 in 5 of 10 futures."
    )
    two, chance = years.over(asked(budget=500.0), futures([3] * 104, [1] * 104), BEGINS)
    assert years.budget_said(500.0, chance or 0.0, two, 60).endswith("is passed in no year of any future.")
    assert years.over(asked(), futures([3] * 104), BEGINS)[1] is None


def test_savings_count_from_the_own_first_change_and_in_every_year():
    before = futures([4] * 156, [4] * 156)
    after = futures([4] * 52 + [3] * 52 + [2] * 52, [4] * 52 + [2] * 104)
    found, chance = years.saved(asked(), asked(savings=100.0, first_change=52), before, after, BEGINS)
    assert [(each.begins, each.chance) for each in found] == [
        (date(2027, 4, 5), 0.5),
        (date(2028, 4, 3), 1.0),
    ]
    assert chance == 0.5
    assert years.savings_said(100.0, chance, found, 60) == (
        " The £100 a year to be saved are saved in every year in 5 of 10 futures:"
        " in 5 of 10 futures in the year from 5 April 2027 and in every future in the year from 3 April 2028."
    )
    assert years.saved(asked(), asked(), before, after, BEGINS) == ([], None)


def test_less_than_a_year_after_the_change_is_said_to_be_at_its_pace():
    found, chance = years.saved(
        asked(), asked(savings=50.0, first_change=40), futures([4] * 52), futures([4] * 40 + [3] * 12), BEGINS
    )
    assert (chance, found[0].weeks, found[0].pounds.middle) == (1.0, 12, 52.0)
    assert years.savings_said(50.0, 1.0, found, 60).endswith(
        "in every future, at the pace of the 12 weeks from 11 January 2027."
    )
