"""On authorities whose truth is known the ranges hold as often as they say, and better than the last figure's."""

import numpy as np
import pytest

from rightplace.domain.simulation.published import backtesting
from rightplace.domain.simulation.published.backtesting import backtest
from rightplace.domain.simulation.published.forecasting import Forecaster
from rightplace.domain.simulation.published.paths import paths
from rightplace.domain.simulation.published.peers import naive
from rightplace.domain.simulation.published.prior import as_plain, from_plain, shipped
from rightplace.domain.simulation.published.reading import read
from rightplace.domain.simulation.published.tests.invented import folder, published


@pytest.fixture(scope="module")
def judged():
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(backtesting.PEERS, "autoets", naive)  # slow, and judged elsewhere
        yield backtest(published(60, seed=8), None)


def test_four_in_five_ranges_hold_where_the_truth_is_known(judged):
    for name in ("referrals", "in_need", "plans"):
        assert judged.figures()[name]["coverage80"] == pytest.approx(0.8, abs=0.05), name


def test_levels_that_return_are_forecast_better_than_by_the_last_figure(judged):
    for name in ("referrals", "in_need", "plans"):
        figures = judged.figures()[name]
        assert figures["interval_score"] < 0.95 * figures["naive"]


def test_the_counted_cases_are_authorities_times_origins_times_the_years_that_are_known(judged):
    assert judged.figures()["referrals"]["n"] == 60 * (3 + 3 + 3 + 3 + 2)
    assert judged.figures()["in_post"]["n"] == 60 * 2


def test_a_measure_with_too_few_years_is_said_not_to_be_testable(judged):
    assert judged.not_testable["in_care"] == "not testable: no figures in this folder"
    short = backtest(published(5, seed=1, years=range(2019, 2026)), None)
    assert short.figures() == {}
    assert "no authority has 7 years to fit" in short.not_testable["referrals"]


def test_one_authority_alone_leans_on_what_was_fitted_before():
    alone = published(1, seed=4)
    assert shipped() is not None
    forecaster = Forecaster(alone, shipped())
    low, middle, high = forecaster.at(2023, "referrals").at()[:, 0]
    assert (low < middle).all()
    assert (middle < high).all()
    assert high[2] - low[2] > high[0] - low[0]
    last = alone.values["referrals"][0, alone.years.index(2023)]
    assert 0.6 * last < middle[0] < 1.6 * last


def test_an_authority_without_a_number_of_children_is_forecast_from_its_own_past():
    found = published(3, seed=4)
    found.children[0] = np.nan
    forecaster = Forecaster(found, shipped())
    for name in ("referrals", "assessed_not_in_need"):
        last = found.values[name][0, found.years.index(2023)]
        assert 0.4 * last < forecaster.at(2023, name).at()[1, 0, 0] < 2 * last


def test_the_shipped_numbers_hold_no_authority_and_read_back_as_they_were_written():
    priors = shipped()
    assert priors is not None
    plain = as_plain(priors)
    assert plain == as_plain(from_plain(plain))
    assert "E0" not in str(plain)
    assert priors.source == "DfE open statistics, OGL v3, fitted by us"


def test_drawn_futures_go_together_as_years_do_and_agree_with_the_ranges():
    folder, priors = published(30, seed=2), shipped()
    assert priors is not None
    forecaster = Forecaster(folder, priors)
    drawn = paths(forecaster, priors, 2025, 0, draws=4_000)
    range_ = forecaster.at(2025, "referrals").at()[:, 0, 1]
    assert np.quantile(drawn["referrals"][:, 1], [0.1, 0.5, 0.9]) == pytest.approx(range_, rel=0.03, abs=12)
    assert (drawn["referrals"] % 10 == 0).all()
    assert np.corrcoef(drawn["in_need_started"][:, 0], drawn["in_need_ended"][:, 0])[0, 1] > 0.3
    assert np.corrcoef(drawn["plans"][:, 0], drawn["plans"][:, 1])[0, 1] > 0.3
    again = paths(forecaster, priors, 2025, 0, draws=4_000)
    assert np.array_equal(drawn["plans"], again["plans"])


def test_a_figure_that_will_be_rounded_to_nothing_is_forecast_as_nothing():
    forecaster = Forecaster(published(20, seed=2), None)
    low = forecaster.at(2023, "no_further_action").at()[0]
    assert not ((low > 0) & (low < 5)).any()


def test_a_year_in_which_nobody_has_a_figure_is_passed_over():
    """One authority ends before the other begins: the year between teaches nothing, and stops nothing."""
    told = folder(2, seed=4)
    early, late = set(map(str, range(2013, 2019))), set(map(str, range(2020, 2026)))
    kept = {}
    for file, text in told.items():
        heads, *lines = text.splitlines()
        kept[file] = "\n".join(
            [heads, *(line for line in lines if line[:4] in (early if "E99000000" in line else late))]
        )
    found = read(kept)
    for priors in (None, shipped()):
        forecaster = Forecaster(found, priors)
        range_ = forecaster.at(2025, "referrals").at()
        assert np.isfinite(range_[:, 1]).all()
        assert np.isnan(range_[:, 0]).all()
