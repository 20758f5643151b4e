"""A forecast sees nothing after its origin: whatever is published later, not one figure of it changes."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.simulation.published.forecasting import Forecaster
from rightplace.domain.simulation.published.measures import MEASURES
from rightplace.domain.simulation.published.pooling import pooled
from rightplace.domain.simulation.published.prior import shipped
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


@pytest.mark.parametrize("origin", [2021])
def test_the_pooled_numbers_of_an_origin_do_not_change_with_later_figures(origin):
    first, second = pooled(FOLDER), pooled(changed_after(origin, 5))
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
