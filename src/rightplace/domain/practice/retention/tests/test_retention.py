"""Stays from times in seats, leaving by grade and experience, the census' figures, and no cell of fewer than five."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.recruiting import local_on
from rightplace.domain.practice.retention import (
    Hazard,
    Left,
    Sat,
    band_of,
    census_of,
    cohorts,
    employments,
    england_on,
    hazards,
    hazards_over_time,
    pooled,
    quarter_of,
    team_quarters,
)

DAY = date(2026, 3, 3).toordinal()


def sat(worker, begins, ends=None, **more):
    said = {"team": 1, "grade": "GR5", "profession": "social_work", "agency": False, "hours": 37.0}
    return Sat(worker=worker, begins=DAY + begins, ends=None if ends is None else DAY + ends, **(said | more))


def test_a_move_within_the_authority_is_one_stay_and_coming_back_a_second():
    times = [sat(1, -900, -500), sat(1, -500, -300, team=2), sat(1, -100)]
    left = [Left(1, DAY - 500, "7"), Left(1, DAY - 300, "1")]
    first, second = employments(times, left)
    assert (first.begins, first.ends, first.left, len(first.sat)) == (DAY - 900, DAY - 300, True, 2)
    assert (second.begins, second.ends, second.left) == (DAY - 100, None, False)


def test_an_end_without_a_leaving_is_last_seen_and_an_agency_worker_no_stay():
    (found,) = employments([sat(1, -50, -10), sat(2, -50, agency=True)], [])
    assert (found.worker, found.ends, found.left) == (1, DAY - 10, False)


def test_who_is_still_there_is_seen_until_today_only():
    made = cohorts(employments([sat(1, -200), sat(2, -200, -50)], [Left(2, DAY - 50, "1")]), DAY, DAY - 1000)
    assert sorted((stay.seen, stay.left) for stay in made[2025]) == [(150, True), (200, False)]


def test_a_leaving_that_is_yet_to_come_has_not_happened():
    (made,) = cohorts(employments([sat(1, -200, 30)], [Left(1, DAY + 30, "1")]), DAY, DAY - 999).values()
    assert (made[0].seen, made[0].left) == (200, False)


def test_years_count_in_each_band_while_somebody_is_in_it():
    # in the profession for 200 days when the year begins: 165 days under one year, 200 in the next band
    times = [sat(n, -365, since=DAY - 565) for n in range(1, 6)]
    found = {cell.experience: cell for cell in hazards(employments(times, []), DAY - 365, DAY)}
    assert found["under 1 year"].years == pytest.approx(5 * 165 / 365.25, abs=0.001)
    assert found["1 to 2 years"].years == pytest.approx(5 * 200 / 365.25, abs=0.001)
    assert found["under 1 year"].leavers == 0
    assert band_of(None, DAY) == "not known"


def test_a_leaver_counts_in_the_band_of_the_last_day():
    times = [sat(n, -365, since=DAY - 565) for n in range(1, 6)]
    left = [Left(1, DAY - 10, "1")]
    found = {cell.experience: cell for cell in hazards(employments(times, left), DAY - 365, DAY)}
    assert found["1 to 2 years"].leavers == 1
    assert found["1 to 2 years"].rate == pytest.approx(1 / ((4 * 200 + 190) / 365.25), abs=0.01)
    assert found["1 to 2 years"].low < found["1 to 2 years"].rate < found["1 to 2 years"].high


CELLS = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 3)), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(CELLS)
def test_no_cell_tells_of_fewer_than_five_nor_can_one_be_worked_out(raw):
    cells = [
        Hazard("G", str(n), people, left, float(people), None, 0, None)
        for n, (people, left) in enumerate(raw)
    ]
    shown = pooled(cells)
    whole, own = sum(people for people, _ in raw), [cell for cell in shown if not cell.together]
    together = [cell for cell in shown if cell.together]
    assert all(cell.people >= 5 for cell in own)
    assert len({cell.people for cell in together}) <= 1
    if together:
        assert together[0].people == whole - sum(cell.people for cell in own)
        assert together[0].people >= 5 or whole < 5
        assert len(together) > 1 or together[0].people >= 5 or whole < 5


def test_the_census_counts_whole_time_and_the_year_before():
    times = [sat(n, -800) for n in range(1, 9)] + [
        sat(9, -800, -100, hours=18.5), sat(10, -800, -400), sat(11, -20, agency=True), sat(12, -20, profession="careers")
    ]  # fmt: skip
    stays = employments(times, [Left(9, DAY - 100, "1"), Left(10, DAY - 400, "1")])
    told = census_of(
        stays=stays, sat=times, on=DAY, vacant_hours=74, days_away={1: 10, 99: 5}, professions=frozenset({"social_work"})
    )  # fmt: skip
    assert told.in_post == 8
    assert told.shares["turnover"].percent == pytest.approx(100 * 0.5 / 8)
    assert told.shares["turnover"].workers == (9,)
    assert told.shares["agency"].percent == pytest.approx(100 / 9)
    assert told.shares["vacancy"].percent == pytest.approx(20)
    assert told.shares["absence"].percent == pytest.approx(100 * 10 / (8 * 253))


def test_without_anybody_in_post_nothing_is_known():
    told = census_of(stays=[], sat=[], on=DAY, vacant_hours=0, days_away={})
    assert all(share.percent is None for share in told.shares.values())


def test_england_is_known_from_its_publication_on():
    assert england_on(date(2025, 1, 1)) == {}
    found = england_on(date(2026, 3, 3))
    assert found["turnover"].country == 11.8
    assert all(list(each.spread) == sorted(each.spread) for each in found.values())


def test_leavers_a_hundred_staff_by_team_and_quarter():
    quarter = quarter_of(date(2025, 5, 1).toordinal())
    times = [sat(n, -900) for n in range(1, 5)] + [sat(5, -900, -300, team=2)]
    stays = employments(times, [Left(5, DAY - 300, "1"), Left(1, date(2025, 5, 20).toordinal(), "1")])
    found = team_quarters(stays, quarter, quarter)
    assert found[1][quarter] == pytest.approx(100 / (3 + 49 / 91))


def test_the_local_list_has_its_steps_in_order_and_two_on_a_panel():
    found = local_on(date(2026, 3, 3))
    assert [step.code for step in found.of("vacancy")] == ["approved", "advertised", "closed"]
    assert found.steps[-1].code == "started"
    assert found.panel == 2
    assert found.rate("GR5+") == found.rate("GR5")
    assert [check.code for check in found.checks if check.asked_for("careers")] == [
        "references",
        "dbs",
        "right_to_work",
    ]


def test_leaving_is_told_by_how_long_somebody_has_been_here():
    # five who came 300 days ago with three years in the profession, of whom two left after 100 days
    times = [sat(n, -300, since=DAY - 300 - 1100) for n in range(1, 6)]
    stays = employments(times, [Left(1, DAY - 200, "1"), Left(2, DAY - 200, "1")])
    found = hazards_over_time(stays, DAY - 365, DAY, hazards(stays, DAY - 365, DAY))
    early, later = found
    assert (early.experience, early.after, early.until) == ("2 to 5 years", 0.0, 0.5)
    assert (early.leavers, later.leavers) == (2, 2)  # three are left in the second half-year: told together
    assert early.together
    assert later.together
    assert early.years == pytest.approx((2 * 100 + 3 * 300) / 365.25, abs=0.001)
    assert early.rate == pytest.approx(2 / early.years, abs=0.001)
    assert early.low < early.rate < early.high


def test_the_days_of_every_stay_are_in_one_cell_each():
    times = [sat(n, -2000 + n, since=DAY - 2500) for n in range(1, 30)]
    stays = employments(times, [])
    found = hazards_over_time(stays, DAY - 1095, DAY, hazards(stays, DAY - 1095, DAY))
    assert not any(cell.together for cell in found)
    assert sum(cell.years for cell in found) == pytest.approx(29 * 1095 / 365.25, abs=0.05)
    assert [cell.after for cell in found if cell.experience == "5 to 10 years"] == [3.0, 5.0]


STAYS = st.lists(
    st.tuples(st.integers(0, 3000), st.integers(0, 4000), st.sampled_from(["GR4", "GR5", "GR6"]), st.booleans()),
    min_size=1, max_size=40,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(STAYS)
def test_the_two_tables_together_tell_of_no_fewer_than_five(raw):
    """Whatever is taken from one by the other: each band of the one is whole in the other, or put together with more."""
    times = [
        sat(n, -ago - 1, since=DAY - ago - before, grade=grade)
        for n, (ago, before, grade, _) in enumerate(raw, 1)
    ]
    left = [Left(n, DAY - ago // 2, "1") for n, (ago, _, _, went) in enumerate(raw, 1) if went]
    stays = employments(times, left)
    by_grade = hazards(stays, DAY - 1095, DAY)
    over_time = hazards_over_time(stays, DAY - 1095, DAY, by_grade)
    assert all(cell.people >= 5 for cell in (*by_grade, *over_time))
    small = {cell.experience for cell in by_grade if cell.together}
    bands = {cell.experience for cell in over_time}
    assert not (small & bands) or len(small) == 1
    for band in bands:
        own = [cell for cell in over_time if cell.experience == band]
        assert len({cell.people for cell in own if cell.together}) <= 1
        assert sum(cell.together for cell in own) != 1 or len(own) == 1
