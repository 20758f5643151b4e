"""One authority's flows: found where the truth is known, drawn to others where little is known, honest on the rest."""

import json

import numpy as np
import pytest

from rightplace.domain.simulation.published.calibration import NotHere, calibrated
from rightplace.domain.simulation.published.flows import BY_FLOW, Spread, fitted, observed, spread_of
from rightplace.domain.simulation.published.prior import shipped
from rightplace.domain.simulation.published.strengths import strengths
from rightplace.domain.simulation.published.telling_apart import TITLES, apart, run_forward
from rightplace.domain.simulation.published.tests.invented import published

THETA = {
    "referral_rate": -2.95, "need_share": -0.46, "need_ending_new": 0.0, "need_ending_old": 0.0, "need_gap": -2.4,
    "plan_share": -1.7, "plan_ending_new": 0.2, "plan_ending_old": 0.2, "care_share": -2.5, "care_ending_new": -0.9,
    "care_ending_old": -0.9, "joining": -1.8, "leaving_new": -1.8, "leaving_old": -1.8, "vacant": -1.5,
    "agency_fill": 0.3, "holding": 0.2, "open_work": -0.2,
}  # fmt: skip
STARTING = {"children": 100_000.0, "in_need": 3_300.0, "plans": 400.0, "in_care": 700.0, "in_post": 280.0}


def invented_flow(
    seed: int, authorities: int = 200, years: int = 12, between: float = 0.4, within: float = 0.2
):
    chance = np.random.default_rng(seed)
    usual = between * chance.standard_normal(authorities)
    off, x = within * chance.standard_normal(authorities), []
    for _ in range(years):
        off = 0.6 * off + within * np.sqrt(1 - 0.36) * chance.standard_normal(authorities)
        x.append(-1.5 + usual + off)
    return usual, np.stack(x, axis=1)


def test_how_authorities_differ_and_deviations_fade_is_found_again():
    _, x = invented_flow(1)
    spread = spread_of(x, tuple(range(2013, 2025)), [""] * 200)
    assert spread is not None
    assert spread.between == pytest.approx(0.4, rel=0.15)
    assert spread.within == pytest.approx(0.2, rel=0.15)
    assert spread.persistence == pytest.approx(0.6, abs=0.15)


def test_the_range_of_a_usual_level_holds_the_truth_four_times_in_five():
    usual, x = invented_flow(2)
    years = tuple(range(2013, 2025))
    spread = Spread(dict.fromkeys(years, -1.5), 0.4, 0.0, 0.2, 0.6, 200)
    flow, noise = BY_FLOW["referral_rate"], np.full(12, 1e-6)
    found = [fitted(flow, row, noise, years, spread, np.array([])) for row in x]
    held = [
        one.usual[0] <= 1_000 * np.exp(-1.5 + truth) <= one.usual[2]
        for one, truth in zip(found, usual, strict=True)
    ]
    assert np.mean(held) == pytest.approx(0.8, abs=0.07)


def test_the_less_is_known_of_an_authority_the_more_others_count():
    years = tuple(range(2013, 2025))
    spread = Spread(dict.fromkeys(years, -1.5), 0.4, 0.0, 0.2, 0.6, 200)
    x, noise = np.full(12, -0.5), np.full(12, 1e-6)
    short = np.where(np.arange(12) < 11, np.nan, x)
    whole, little = (
        fitted(BY_FLOW["need_share"], row, noise, years, spread, np.array([])) for row in (x, short)
    )
    none = fitted(BY_FLOW["need_share"], np.full(12, np.nan), noise, years, spread, np.array([]))
    assert none.usual[1] < little.usual[1] < whole.usual[1] < np.exp(-0.5)
    assert 0 == none.own_weight < little.own_weight < whole.own_weight < 1


def test_a_share_of_a_few_children_is_less_sure_than_one_of_many():
    figures = {"plans_started": np.array([[3.0, 300.0]]), "in_need_started": np.array([[20.0, 2_000.0]])}
    _, noise = observed(BY_FLOW["plan_share"], figures)
    assert noise[0, 0] > 20 * noise[0, 1]


def test_what_only_shows_together_is_said_not_to_be_told_apart():
    seen = dict.fromkeys(run_forward(THETA, STARTING, 1), 10)
    found = apart(THETA, STARTING, seen, dict.fromkeys(seen, 0.1))
    pairs = {(one, other) for one, other, _ in found.confused}
    assert ("plan_ending_new", "plan_ending_old") in pairs
    assert ("leaving_new", "leaving_old") in pairs
    assert not any("referral_rate" in pair for pair in pairs)
    assert found.learnt["referral_rate"] > 0.99
    assert any("cannot tell" in sentence for sentence in found.said())


def test_without_figures_nothing_is_learnt_and_that_is_said():
    found = apart(THETA, STARTING, {}, {})
    assert set(found.learnt) == set(TITLES)
    assert all(share == pytest.approx(0) for share in found.learnt.values())
    assert "little or nothing" in found.said()[0]


def test_children_and_workers_are_neither_lost_nor_made():
    told = run_forward(THETA, STARTING, 6)
    before = np.concatenate([[STARTING["in_post"]], told["in_post"][:-1]])
    assert told["in_post"] == pytest.approx(before + told["starters"] - told["leavers"])
    care = np.concatenate([[STARTING["in_care"]], told["in_care"][:-1]])
    assert told["in_care"] == pytest.approx(care + told["care_started"] - told["care_ended"])


@pytest.mark.parametrize(("true", "found"), [(0.8, True), (0.0, False)])
def test_a_feedback_is_found_where_there_is_one_and_not_where_there_is_none(true, found):
    chance = np.random.default_rng(5)
    load = chance.normal(0, 0.3, (90, 9)) + chance.normal(0, 0.3, (90, 1))
    leaving = chance.normal(0, 0.2, (90, 9)) + chance.normal(0, 0.4, (90, 1))
    leaving[:, 1:] += true * load[:, :-1]
    one = next(s for s in strengths({"caseload": load, "leaving": leaving}) if s.answer == "leaving")
    assert (one.low > 0) == found
    assert one.low < true < one.high


def test_an_authority_is_told_with_ranges_years_and_source():
    folder = published(4, seed=2)
    found = calibrated(folder, folder.places[1].code, shipped())
    told = json.loads(json.dumps(found.told()))
    assert told["pooled_from"] == "DfE open statistics, OGL v3, fitted by us"
    for one in told["parameters"].values():
        assert one["low80"] <= one["usual"] <= one["high80"]
    assert told["parameters"]["referral_rate"]["years"] == 13
    assert set(told["forecasts"]["referrals"]) == {"2026", "2027", "2028"}
    assert told["forecasts"]["referrals"]["2027"] == sorted(told["forecasts"]["referrals"]["2027"])
    assert "Inventshire 1" in found.said()


def test_an_authority_or_year_that_is_not_there_is_refused_in_a_sentence():
    folder = published(2)
    with pytest.raises(NotHere, match="No authority E00000000"):
        calibrated(folder, "E00000000", shipped())
    with pytest.raises(NotHere, match="No figures for 1999"):
        calibrated(folder, folder.places[0].code, shipped(), 1999)


def test_of_a_single_year_nobody_can_say_what_is_usual_and_no_number_is_made_up():
    """Twenty authorities and more would speak for themselves; of one year they cannot."""
    folder = published(21, years=range(2021, 2022))
    alone = calibrated(folder, folder.places[0].code, None)
    json.dumps(alone.told(), allow_nan=False)
    assert alone.flows == ()
    helped = json.loads(
        json.dumps(calibrated(folder, folder.places[0].code, shipped()).told(), allow_nan=False)
    )
    assert helped["parameters"]["referral_rate"]["years"] == 1
    assert helped["pooled_from"] == "DfE open statistics, OGL v3, fitted by us"


def test_figures_outside_the_years_of_the_shipped_numbers_are_calibrated_all_the_same():
    for years in (range(2004, 2011), range(2027, 2034)):
        folder = published(3, years=years)
        found = calibrated(folder, folder.places[0].code, shipped())
        json.dumps(found.told(), allow_nan=False)
        assert found.origin == years[-1]


def test_pressure_that_never_moved_and_a_single_pair_of_years_say_nothing():
    still = {"caseload": np.zeros((90, 9)), "leaving": np.random.default_rng(1).normal(0, 1, (90, 9))}
    assert strengths(still) == []
    moved = {name: np.random.default_rng(at).normal(0, 1, (90, 2)) for at, name in enumerate(still)}
    assert strengths(moved) == []
