"""Difference in differences: no bias, an interval that covers, few false alarms, and honest refusals."""

from __future__ import annotations

import random
from statistics import fmean

import pytest

from rightplace.domain.evidence import TooFew, difference_in_differences
from rightplace.domain.evidence.arrangements import among_all, number_of
from rightplace.domain.evidence.tests.panels import ABSENCE, SINCE, by_least_squares, chance_of, panel


def compared(schools, ours, **more):
    return difference_in_differences(schools, treated=ours, since=SINCE, measure=ABSENCE, **more)


@pytest.mark.parametrize(("units", "treated"), [(20, 1), (12, 4), (8, 4)])
def test_the_estimate_is_that_of_the_two_way_design_written_out(units, treated):
    schools, ours = panel(random.Random(units), units=units, treated=treated, effect=-1.2)
    assert compared(schools, ours).estimate == pytest.approx(by_least_squares(schools, ours), abs=1e-9)


@pytest.mark.parametrize(("units", "treated"), [(21, 1), (9, 3), (8, 4), (7, 4)])
def test_the_ends_of_the_interval_are_where_counting_says_they_are(units, treated):
    """Just inside an end the effect is not among the extremes, just outside it is."""
    dice = random.Random(units * 10 + treated)
    for _ in range(5):
        changes = [dice.gauss(0, 1) for _ in range(units)]
        level = 0.95 if number_of(treated, units) >= 20 else 0.9
        found = among_all(changes[:treated], changes[treated:], level)
        assert found.chance == pytest.approx(chance_of(changes, treated, 0.0))
        for end, outward in ((found.low, -1), (found.high, 1)):
            assert chance_of(changes, treated, end - outward * 1e-6) > 1 - level
            assert chance_of(changes, treated, end + outward * 1e-6) <= 1 - level + 1e-12


@pytest.mark.parametrize(("units", "treated"), [(25, 1), (12, 3)])
def test_the_interval_covers_the_truth_about_as_often_as_it_says(units, treated):
    dice, trials, truth = random.Random(7), 400, -0.8
    covered = estimates = 0.0
    for _ in range(trials):
        found = compared(*panel(dice, units=units, treated=treated, effect=truth))
        covered += found.low <= truth <= found.high
        estimates += found.estimate
    assert 0.93 <= covered / trials <= 0.985
    assert estimates / trials == pytest.approx(truth, abs=0.06)


@pytest.mark.parametrize(("units", "treated"), [(21, 1), (12, 3)])
def test_where_nothing_was_done_about_one_in_twenty_is_called_a_change(units, treated):
    dice, trials = random.Random(11), 400
    found = [compared(*panel(dice, units=units, treated=treated)) for _ in range(trials)]
    assert 0.02 <= fmean(not each.low <= 0 <= each.high for each in found) <= 0.08
    assert 0.02 <= fmean(each.chance <= 0.05 for each in found) <= 0.08


def test_a_large_effect_is_found_and_said_with_its_size():
    found = compared(*panel(random.Random(3), units=24, treated=4, effect=-3.0))
    assert found.clear
    assert found.finding.startswith("Absence fell by ")
    assert "20 comparable schools" in found.finding
    assert "95% interval from -" in found.uncertainty


def test_schools_that_were_already_going_another_way_are_no_fair_comparison():
    found = compared(*panel(random.Random(5), units=24, treated=4, drift=0.8))
    assert found.before is not None and found.before.unlike
    assert not found.clear
    assert (
        found.finding
        == "Absence cannot be compared fairly here: the schools were already going different ways."
    )
    assert "not a fair comparison" in found.trend


def test_with_one_year_before_the_trend_is_said_to_be_unchecked():
    schools, ours = panel(random.Random(5), units=24, treated=4)
    short = {name: {y: v for y, v in row.items() if y >= 2009} for name, row in schools.items()}
    found = compared(short, ours)
    assert found.before is None
    assert "cannot be checked" in found.trend


def test_no_clear_change_is_never_told_as_a_change():
    found = compared(*panel(random.Random(2), units=24, treated=2))
    assert not found.clear
    assert found.finding == "Absence did not change clearly more or less than in comparable schools."


def test_a_school_with_a_missing_year_is_left_out_and_named():
    schools, ours = panel(random.Random(1), units=24, treated=2)
    del schools["school 9"][2007]
    found = compared(schools, ours)
    assert found.left_out == ("school 9",)
    assert found.compared_with == 21
    assert "1 left out" in found.counted


@pytest.mark.parametrize(
    ("units", "treated", "says"),
    [
        (15, 1, "at least 19"),
        (5, 2, "at least 5"),
        (3, 3, "at least 4"),
    ],
)
def test_too_few_schools_are_refused_with_how_many_would_do(units, treated, says):
    with pytest.raises(TooFew) as refused:
        compared(*panel(random.Random(1), units=units, treated=treated))
    assert says in refused.value.instead


def test_a_wider_claim_needs_fewer_schools():
    schools, ours = panel(random.Random(1), units=15, treated=1)
    assert compared(schools, ours, level=0.8).level == 0.8


def test_years_on_one_side_only_and_treated_without_figures_are_refused():
    schools, ours = panel(random.Random(1), units=24, treated=2)
    with pytest.raises(TooFew, match="no year with figures"):
        difference_in_differences(schools, treated=ours, since=2020, measure=ABSENCE)
    with pytest.raises(TooFew, match="None of the schools"):
        difference_in_differences(schools, treated={"elsewhere"}, since=SINCE, measure=ABSENCE)


def test_many_arrangements_are_drawn_and_the_draw_is_the_same_each_time():
    schools, ours = panel(random.Random(4), units=40, treated=10, effect=-2)
    found = compared(schools, ours)
    assert not found.exact
    assert found.arrangements == 5_000
    assert found == compared(schools, ours)
