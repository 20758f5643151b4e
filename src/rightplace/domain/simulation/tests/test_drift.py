"""Threshold drift is called when it is there, and a stable city with six shares seldom, after one usual year or two."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import pytest

from rightplace.domain.simulation.drift import (
    Alarm,
    Count,
    Direction,
    Pressure,
    Ratio,
    bounds,
    counted,
    too_little,
    watch,
)

MONTHS, USUAL = 60, 24


def share(chance: random.Random, months: int = MONTHS, *, spread: float = 0.15, alike: float = 0.5, drift=None,
          size: tuple[int, int] = (60, 900), name: str = "need") -> Ratio:  # fmt: skip
    """One share of an invented city, month by month: it wanders, Augusts are thin, and it may drift."""
    level, usual = chance.uniform(-2.5, 1.0), math.exp(chance.uniform(*map(math.log, size)))
    off, counts = 0.0, []
    for month in range(months):
        off = alike * off + math.sqrt(1 - alike**2) * spread * chance.gauss(0, 1)
        moved = drift(month - USUAL) if drift and month >= USUAL else 0.0
        x = level + off + 0.05 * math.sin(math.tau * month / 12) + moved
        of = max(round(chance.gauss(usual * (0.8 if month % 12 == 7 else 1), math.sqrt(usual))), 0)
        passes = 1 / (1 + math.exp(-x))
        counts.append(Count(month, of, sum(chance.random() < passes for _ in range(of))))
    return Ratio(name, "Referrals that became episodes of need", Direction.FALLING, tuple(counts))


def called_each_year(cities: int, seed: int, **more) -> dict[int, float]:
    """Alarms in a watched year of a stable city with six shares, by how many months said what is usual."""
    chance = random.Random(seed)
    found = [[share(chance, **more) for _ in range(6)] for _ in range(cities)]
    return {usual: _alarms(found, usual, months) for usual, months in ((24, MONTHS), (12, 36))}


def _alarms(cities: list[list[Ratio]], usual: int, months: int) -> float:
    seen = [[replace(each, counts=each.counts[:months]) for each in shares] for shares in cities]
    return sum(len(watch(each, usual_periods=usual)) for each in seen) / (len(cities) * (months - usual) / 12)


@pytest.mark.parametrize(
    ("spread", "alike", "at_most"),
    [(0.0, 0.0, 0.02), (0.15, 0.5, 0.10), (0.2, 0.7, 0.25)],
    ids=["chance alone", "shares that wander", "shares that wander far"],
)
def test_a_stable_city_is_seldom_called_on(spread, alike, at_most):
    """Measured on 100 invented cities with six shares: 0.00, 0.07 and 0.25 a year after two usual years, as the page says, and
    0.00, 0.04 and 0.11 after one."""
    found = called_each_year(100, 7, spread=spread, alike=alike, size=(60, 300))
    assert max(found.values()) <= at_most, found


def found_within(months: int, drift, seed: int = 3, cities: int = 60) -> float:
    chance = random.Random(seed)
    found = 0
    for _ in range(cities):
        alarms = watch([share(chance, drift=drift, size=(300, 600))])
        found += bool(alarms and alarms[0].at - USUAL < months)
    return found / cities


def test_a_threshold_that_jumps_is_called_within_the_year():
    """From a half to a third: nine cities in ten within twelve months."""
    assert found_within(12, lambda _: -0.7) >= 0.85


def test_a_threshold_that_creeps_is_called_within_two_years():
    """Three hundredths of log-odds a month: from a half to about a third in two years."""
    assert found_within(24, lambda month: -0.03 * month) >= 0.75


def steady(passed: list[int], of: int = 200, under: Direction = Direction.FALLING) -> Ratio:
    return Ratio("need", "Need", under, tuple(Count(at, of, one) for at, one in enumerate(passed)))


EVEN = [100, 104, 97, 101, 95, 103, 99, 102, 98, 101, 96, 105] * 2


def test_one_wild_month_is_called_by_the_first_chart_at_once():
    (alarm,) = watch([steady([*EVEN, 100, 30])])
    assert (alarm.at, alarm.since) == (25, 25)
    assert "p′" in alarm.charts
    assert alarm.direction is Direction.FALLING
    assert alarm.usual == pytest.approx(0.5, abs=0.01)
    assert alarm.now == 0.15


def test_a_lasting_small_step_is_called_with_the_month_it_began_and_not_by_the_first_chart():
    (alarm,) = watch([steady([*EVEN, 101, 99, *[82] * 14])])
    assert "p′" not in alarm.charts
    assert 25 <= alarm.since <= 27
    assert alarm.now < 0.45


def test_a_share_that_stays_as_it_was_is_not_called():
    assert watch([steady(EVEN * 3)]) == []


@pytest.mark.parametrize(("caseload", "strained"), [(24.0, True), (15.1, False)])
def test_the_alarm_says_whether_people_were_short(caseload, strained):
    values = tuple((at, 15.0 + (at % 3) * 0.4 if at < 24 else caseload) for at in range(40))
    (alarm,) = watch([steady([*EVEN, *[70] * 12])], [Pressure("caseload", "cases for each worker", values)])
    assert alarm.under_strain is strained
    assert ("because people are short" in alarm.said()) is strained
    assert ("capacity does not explain it" in alarm.said()) is not strained


def test_a_move_the_other_way_is_no_threshold_raised_under_strain():
    values = tuple((at, 15.0 + (at % 2) if at < 24 else 30.0) for at in range(40))
    (alarm,) = watch([steady([*EVEN, *[130] * 12])], [Pressure("caseload", "cases for each worker", values)])
    assert alarm.direction is Direction.RISING
    assert not alarm.under_strain


def test_without_capacity_the_alarm_says_that_it_is_not_known():
    (alarm,) = watch([steady([*EVEN, *[70] * 12])])
    assert isinstance(alarm, Alarm)
    assert alarm.said().endswith("capacity was not known.")


def test_more_spread_than_chance_widens_the_limits():
    """The same fall is an alarm where months are alike and none where they swing by themselves."""
    wild = [60, 140, 85, 120, 70, 135, 95, 110, 65, 130, 80, 125] * 2
    assert watch([steady([*EVEN, 60])])
    assert watch([steady([*wild, 60])]) == []


def test_too_few_periods_or_decisions_call_nothing_and_say_why():
    short = steady([100, 98, 101, 103])
    assert watch([short], usual_periods=4) == []
    assert "are needed to know what is usual" in too_little(short)
    tiny = Ratio("need", "Need", Direction.FALLING, tuple(Count(at, 2, at % 2) for at in range(20)))
    assert watch([tiny], usual_periods=12) == []
    assert too_little(steady([*EVEN, 100])) == ""


def test_a_share_of_none_or_all_stops_nothing():
    assert watch([steady([0] * 40), steady([200] * 40), Ratio("none", "None", Direction.RISING, ())]) == []


def test_a_period_without_decisions_is_no_period():
    assert counted({1: 10, 2: 0, 3: 5}, {1: 4}) == (Count(1, 10, 4), Count(3, 5, 0.0))


def test_a_caller_is_told_only_of_what_is_new():
    ratio = steady([*EVEN, 100, 30])
    assert watch([ratio], since=26) == []
    assert len(watch([ratio], since=25)) == 1


def test_what_moves_a_second_time_is_told_again_against_what_had_become_usual():
    """From a half to a third, two years there, and then to a fifth; a caller who knows of the first hears of the second."""
    lower = [each * 7 // 10 for each in EVEN]
    lowest = [each * 4 // 10 for each in EVEN[:12]]
    ratio = steady([*EVEN, *lower, *lowest])
    first, second = watch([ratio])
    assert (first.usual, second.usual) == (pytest.approx(0.5, abs=0.01), pytest.approx(0.35, abs=0.01))
    assert 24 <= first.since <= 26 and 48 <= second.since <= second.at <= 52
    assert watch([ratio], since=first.at + 1) == [second]


def test_a_level_to_which_it_moved_is_not_called_month_after_month():
    assert len(watch([steady([*EVEN, *[each * 7 // 10 for each in EVEN * 2]])])) == 1


def test_after_one_wild_month_the_months_after_it_say_what_is_usual():
    (wild,) = watch([steady([*EVEN, 100, 30, *EVEN])])
    assert wild.at == wild.since == 25


def test_of_a_second_move_the_strain_is_held_against_the_time_after_the_first():
    """People were short already when it moved first; the second time they were no shorter than they had become."""
    lower, lowest = [each * 7 // 10 for each in EVEN], [each * 4 // 10 for each in EVEN[:12]]
    values = tuple((at, 15.0 + at % 3 * 0.4 if at < 24 else 24.0 + at % 3 * 0.4) for at in range(60))
    first, second = watch([steady([*EVEN, *lower, *lowest])], [Pressure("caseload", "cases", values)])
    assert first.under_strain and not second.under_strain


@pytest.mark.parametrize("months", range(25, 60))
def test_a_later_month_never_changes_an_earlier_alarm(months):
    moves = [*EVEN, 100, 30, *[each * 7 // 10 for each in EVEN], *[each // 3 for each in EVEN[:10]]]
    told = watch([steady(moves)])
    assert watch([steady(moves[:months])]) == [alarm for alarm in told if alarm.at < months]


def test_a_picture_has_the_usual_share_between_its_bounds_and_none_where_too_little_is_known():
    low, usual, high = bounds(steady(EVEN))
    assert low < 0.47 < usual < 0.53 < high
    assert bounds(steady(EVEN[:3])) is None
