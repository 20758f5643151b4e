"""The score is the published formula, and ranges are drawn over authorities."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.simulation.published.scoring import clustered, held, interval_score


def test_the_interval_score_is_width_and_ten_times_the_miss():
    low, high = np.array([10.0, 10.0, 10.0, 10.0]), np.array([30.0, 30.0, 30.0, 30.0])
    assert interval_score(low, high, np.array([20.0, 7.0, 34.5, 30.0])).tolist() == [20.0, 50.0, 65.0, 20.0]
    assert interval_score(low, high, np.array([7.0] * 4), outside=0.5)[0] == 20 + 4 * 3


def test_the_best_range_by_this_score_is_the_one_between_the_tenth_and_ninetieth_hundredth():
    """What makes the score honest: nobody gains by telling a range that they do not believe."""
    truth = np.random.default_rng(1).normal(0, 1, 200_000)

    def score(end: float) -> float:
        return float(interval_score(np.full_like(truth, -end), np.full_like(truth, end), truth).mean())

    ends = np.arange(0.9, 1.7, 0.05)
    assert ends[int(np.argmin([score(end) for end in ends]))] == pytest.approx(1.28, abs=0.06)


@settings(max_examples=50)
@given(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.floats(-1e6, 1e6))
def test_a_range_that_holds_costs_its_width_and_no_other_costs_less_than_its_own(low, width, truth):
    score = float(interval_score(np.array(low), np.array(low + width), np.array(truth)))
    inside = bool(held(np.array(low), np.array(low + width), np.array(truth)))
    assert score == pytest.approx(low + width - low) if inside else score > width * 0.999


def test_years_of_one_authority_are_not_counted_as_so_many_authorities():
    """A hundred figures of ten authorities that each always hold or never: the range is that of ten."""
    values = np.repeat([1.0, 1, 1, 1, 1, 1, 1, 1, 0, 0], 10)
    place = np.repeat(np.arange(10.0), 10)
    one = clustered(values, place)
    assert one.value == pytest.approx(0.8)
    assert 0.2 < one.high - one.low < 0.6
    apart = clustered(values, np.arange(100.0))
    assert apart.high - apart.low < 0.6 * (one.high - one.low)


def test_one_authority_gives_no_range():
    one = clustered(np.array([1.0, 0.0]), np.array([3.0, 3.0]))
    assert one.value == 0.5
    assert np.isnan(one.low)
