"""A forecast sees nothing after its origin: whatever is published later, not one figure of it changes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.simulation.published.calibration import calibrated
from rightplace.domain.simulation.published.forecasting import Forecaster
from rightplace.domain.simulation.published.measures import MEASURES
from rightplace.domain.simulation.published.pooling import pooled
from rightplace.domain.simulation.published.prior import Priors, shipped
from rightplace.domain.simulation.published.tests.invented import published

FOLDER = published(21, seed=3)


def changed_after(origin: int, seed: int):
    """The same folder with other figures, gaps and numbers of children in every later year."""
    chance = np.random.default_rng(seed)
    late = np.array(FOLDER.years) > origin
    values = {}
    for name, grid in FOLDER.values.items():
        out = grid.copy()
        noise = np.exp(chance.normal(0, 1, grid.shape))
        noise[chance.random(grid.shape) < 0.2] = np.nan
        out[:, late] = (grid * noise)[:, late]
        values[name] = out
    children = FOLDER.children.copy()
    children[:, late] *= 3
    return replace(FOLDER, values=values, children=children)


def ranges(folder, priors, origin: int) -> dict[str, np.ndarray]:
    forecaster = Forecaster(folder, priors)
    return {name: forecaster.at(origin, name).at() for name in forecaster.names}


@settings(max_examples=3, deadline=None)
@given(st.sampled_from([2019, 2021, 2023]), st.integers(0, 1_000), st.booleans())
def test_what_is_published_after_the_origin_never_changes_a_forecast(origin, seed, with_priors):
    priors = shipped() if with_priors else None
    before, after = ranges(FOLDER, priors, origin), ranges(changed_after(origin, seed), priors, origin)
    for name, range_ in before.items():
        assert np.array_equal(range_, after[name], equal_nan=True), name


def test_what_is_published_before_the_origin_does_change_it():
    """The property above could hold of a forecast that sees nothing at all."""
    before = ranges(FOLDER, None, 2021)["referrals"]
    after = ranges(changed_after(2018, 1), None, 2021)["referrals"]
    assert not np.allclose(before, after, equal_nan=True)


@pytest.fixture(scope="module")
def lent() -> tuple[Priors, Priors]:
    """Pooled numbers of the same authorities, before and after everything later than 2021 was changed."""
    return pooled(FOLDER), pooled(changed_after(2021, 5))


@pytest.mark.parametrize("few", [True, False])
def test_what_is_published_after_the_origin_never_changes_a_calibration(lent, few):
    """Neither in the folder nor in the numbers lent to it: with few authorities these say what is usual."""
    kept = list(range(4 if few else len(FOLDER.places)))
    folder, changed, code = FOLDER.only(kept), changed_after(2021, 5).only(kept), FOLDER.places[1].code
    before, after = (
        calibrated(one, code, priors, 2021).told()
        for one, priors in zip((folder, changed), lent, strict=True)
    )
    assert before["parameters"].keys() >= {"leaving", "referral_rate", "plan_share"}
    assert before["strengths"]
    assert before == after
    later = calibrated(changed, code, lent[1], 2022).told()
    assert later["parameters"]["leaving"] != before["parameters"]["leaving"]


def test_what_is_shipped_for_an_origin_speaks_of_no_later_year():
    priors = shipped()
    assert priors is not None
    assert {2019, 2023, 2025} <= priors.spreads.keys()
    for origin, spreads in priors.spreads.items():
        assert all(max(spread.mean) <= origin for spread in spreads.values())
    assert not priors.spreads_at(2010)
    assert max(priors.spreads_at(2019)["leaving"].mean) == 2019
    assert priors.strengths_at(2019) != priors.strengths_at(2025)


@pytest.mark.parametrize("origin", [2021])
def test_the_pooled_numbers_of_an_origin_do_not_change_with_later_figures(lent, origin):
    first, second = lent
    for measure in MEASURES:
        if measure.name not in first.measures:
            continue
        for horizon in (1, 2, 3):
            one = first.measures[measure.name].evidence.get((origin, horizon))
            two = second.measures[measure.name].evidence.get((origin, horizon))
            assert (one is None) == (two is None)
            if one is not None and two is not None:
                assert np.array_equal(one.quantiles, two.quantiles)
                assert np.array_equal(one.gram, two.gram)
                assert one.effect == two.effect
        for year, rate in first.measures[measure.name].common.centre.items():
            if year <= origin:
                assert second.measures[measure.name].common.centre[year] == rate


def test_before_the_first_origin_that_is_lent_not_even_a_unit_is():
    """The unit of a power scale was taken from figures up to 2019, so 2017 may not see it."""
    priors = shipped()
    assert priors is not None
    doubled = {
        name: replace(one, common=replace(one.common, base=2 * one.common.base))
        for name, one in priors.measures.items()
    }
    small = published(4, seed=3, swing=0.9)  # steps so wild that they are cut, which depends on the unit
    before = ranges(small, priors, 2017)["assessed_not_in_need"]
    assert np.isfinite(before).any()
    after = ranges(small, replace(priors, measures=doubled), 2017)["assessed_not_in_need"]
    assert np.array_equal(before, after, equal_nan=True)
