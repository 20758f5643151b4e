"""What a backtest did not judge is said, with the reason that is true of it."""

from dataclasses import replace

import numpy as np
import pytest

from rightplace.domain.simulation.published import backtesting
from rightplace.domain.simulation.published.backtesting import backtest, why_not
from rightplace.domain.simulation.published.forecasting import Forecast
from rightplace.domain.simulation.published.peers import naive
from rightplace.domain.simulation.published.tests.invented import published

YEARS = tuple(range(2013, 2026))


def known(*rows: set[int]) -> np.ndarray:
    return np.array([[100.0 if year in row else np.nan for year in YEARS] for row in rows])


def test_years_to_fit_are_those_of_one_authority_not_of_all_together():
    """Two authorities of six years each have eleven years between them, and six at most to fit."""
    grid = known(set(range(2013, 2019)), set(range(2018, 2024)))
    assert "no authority has 7 years to fit" in why_not(grid, YEARS)
    assert "(6 years at most)" in why_not(grid, YEARS)


def test_years_enough_but_nothing_to_meet_is_another_reason():
    why = why_not(known(set(range(2013, 2019)) | {2023}, {2024, 2025}), YEARS)
    assert "no authority has 7 years" not in why
    assert "(7 at most) have no figure at an origin" in why
    assert why_not(known(set()), YEARS) == "not testable: no figures in this folder"


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setitem(backtesting.PEERS, "autoets", naive)  # slow, and judged elsewhere


def without(monkeypatch, spared: int | None) -> None:
    """No range for referrals of anybody but one."""
    whole = Forecast.at

    def at(self, *more):
        found = whole(self, *more)
        if self.measure.name == "referrals":
            found[:, [row for row in range(found.shape[1]) if row != spared], :] = np.nan
        return found

    monkeypatch.setattr(Forecast, "at", at)


@pytest.mark.usefixtures("quick")
def test_forecasts_without_a_range_of_ours_are_counted_and_said(monkeypatch):
    folder = published(3)
    kept = {"referrals": folder.values["referrals"], "plans": folder.values["plans"]}
    folder = replace(
        folder,
        values={**folder.values, **{name: grid * np.nan for name, grid in folder.values.items()}, **kept},
    )
    whole = backtest(folder, None)
    assert whole.without_range == {}
    without(monkeypatch, spared=1)
    found = backtest(folder, None)
    left = len(whole.cases["referrals"]) - len(found.cases["referrals"])
    assert left > 0
    assert found.without_range == {"referrals": left}
    assert found.account()["without_a_range_of_ours"] == {"referrals": left}
    assert f"referrals: {left} forecasts left out, since no range of ours could be made" in found.said()
    without(monkeypatch, spared=None)
    assert "no range of ours could be made" in backtest(folder, None).not_testable["referrals"]
