"""The rates of the demonstration city, held together by their own arithmetic."""

from datetime import date, timedelta
from random import Random

import pytest

from rightplace.demo.material.names import names
from rightplace.demo.material.volumes import Bands, bands, shares, volumes


def test_every_block_names_its_source() -> None:
    assert len(volumes().sources) > 15
    assert all(len(source.text) > 5 for source in volumes().sources)


def test_the_city_has_about_73_000_contacts_a_year() -> None:
    expected = {each.title: each.count for each in volumes().expected(volumes().children)}
    assert 72_000 < expected["contacts a year"] < 74_500
    assert expected["referrals a year"] == pytest.approx(16_324, rel=0.001)
    assert expected["in need"] == pytest.approx(9_301, rel=0.001)
    assert expected["on plan"] == pytest.approx(1_677, rel=0.002)
    assert expected["in care"] == pytest.approx(2_317, rel=0.002)


def test_the_smallest_city_has_about_300_open_children() -> None:
    rates = volumes()
    open_children = rates.stocks["in_need_per_10k"] + rates.family_support["stock_per_10k"]
    assert 250 < open_children * rates.sizes["tiny"] / 10_000 < 350
    assert rates.sizes["area"] == pytest.approx(rates.sizes["city"] / 10, abs=1)


def test_the_published_ratios_agree_with_the_published_flows() -> None:
    rates = volumes()
    assert rates.flows["enquiries_per_10k"] == pytest.approx(
        rates.referrals.a_year_per_10k * rates.ratios["enquiry_to_referral"], rel=0.01
    )
    assert rates.flows["conferences_per_10k"] == pytest.approx(
        rates.flows["enquiries_per_10k"] * rates.ratios["conference_to_enquiry"], rel=0.01
    )


def test_most_assessments_end_within_45_working_days() -> None:
    assert volumes().lengths["assessment_working_days"].share_up_to(45) == pytest.approx(0.857, abs=0.002)


def test_drawn_lengths_follow_their_bands() -> None:
    rng = Random(5)
    drawn = [volumes().lengths["assessment_working_days"].draw(rng) for _ in range(20_000)]
    assert sum(length <= 45 for length in drawn) / len(drawn) == pytest.approx(0.857, abs=0.01)
    assert sum(41 <= length <= 45 for length in drawn) / len(drawn) == pytest.approx(0.189, abs=0.01)


def test_the_same_seed_draws_the_same() -> None:
    def some(seed: int) -> list[str]:
        rng = Random(seed)
        return [volumes().contacts.sources.draw(rng) for _ in range(50)]

    assert some(1) == some(1) != some(2)


def test_schools_are_quiet_when_they_are_closed_and_police_are_not() -> None:
    season = volumes().season
    august, june, sunday = date(2025, 8, 12), date(2025, 6, 10), date(2025, 6, 15)
    assert not season.schools_open(august) and season.schools_open(june)
    assert season.weight("school", august) < 0.1 * season.weight("school", june)
    assert season.weight("police", sunday) > season.weight("police", june)
    assert season.weight("school", sunday) == 0
    assert season.weight("housing", june, bank_holiday=True) < season.weight("housing", june)


def test_a_year_of_days_shares_out_the_whole_of_a_source() -> None:
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(365)]
    holiday = frozenset({date(2025, 5, 5)})
    for source in volumes().contacts.sources.of:
        spread = volumes().season.spread(source, days, holiday)
        assert sum(spread.values()) == pytest.approx(1)
    by_month = [sum(share for day, share in spread.items() if day.month == month) for month in range(1, 13)]
    assert by_month[7] == min(by_month)
    housing = volumes().season.spread("housing", days, holiday)
    assert housing[date(2025, 5, 5)] < housing[date(2025, 5, 12)]


def test_every_source_of_contacts_has_its_week_and_every_community_its_names() -> None:
    rates = volumes()
    assert set(rates.contacts.sources.of) | set(rates.referrals.sources.of) <= set(rates.season.keeps)
    assert set(rates.contacts.sources.of) | set(rates.referrals.sources.of) == set(rates.codes)
    assert set(rates.communities.of) == set(names().communities)


def test_shares_that_are_not_a_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="not 1"):
        shares({"police": 0.5, "health": 0.4})
    with pytest.raises(ValueError, match="not 1"):
        bands([[0, 1, 0.5]])
    with pytest.raises(ValueError, match="overlap"):
        bands([[0, 5, 0.5], [5, 9, 0.5]])
    assert bands([[0, 4, 0.5], [5, 9, 0.5]]) == Bands(((0, 4, 0.5), (5, 9, 0.5)))
