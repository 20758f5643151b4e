"""The other methods are what their names say: held against statsforecast's own where it has them."""

import numpy as np
import pytest

from rightplace.domain.simulation.published.peers import Z80, autoets, drift, naive

PAST = np.array([510.0, 560, 540, 600, 580, 640, 610])


def test_the_last_figure_has_the_range_of_a_random_walk():
    low, middle, high = naive(PAST, 3)
    size = np.sqrt(np.mean(np.diff(PAST) ** 2))
    assert middle.tolist() == [610.0] * 3
    assert high - middle == pytest.approx(Z80 * size * np.sqrt([1, 2, 3]))
    assert middle - low == pytest.approx(high - middle)


def test_the_line_and_its_range_are_those_of_statsforecast():
    models = pytest.importorskip("statsforecast.models")
    theirs = models.RandomWalkWithDrift().forecast(y=PAST, h=3, level=[80])
    low, middle, high = drift(PAST, 3)
    assert middle == pytest.approx(theirs["mean"])
    assert high - low == pytest.approx(
        theirs["hi-80"] - theirs["lo-80"], rel=0.1
    )  # they divide by one step more


def test_autoets_answers_with_a_range_around_its_middle():
    pytest.importorskip("statsforecast")
    low, middle, high = autoets(PAST, 3)
    assert (low < middle).all()
    assert (middle < high).all()


def test_a_constant_series_stops_no_method():
    pytest.importorskip("statsforecast")
    for method in (naive, drift, autoets):
        low, middle, high = method(np.full(8, 40.0), 3)
        assert np.isfinite([low, middle, high]).all()
        assert (low <= high).all()


def test_no_range_goes_below_nought():
    low, _, _ = naive(np.array([5.0, 90, 4, 80, 3, 70, 2]), 3)
    assert low.tolist() == [0, 0, 0]
