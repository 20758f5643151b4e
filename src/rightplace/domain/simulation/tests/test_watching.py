"""The charts on simulated cities: a stable one is seldom called on, one whose threshold rises is, and soon."""

from datetime import date

from rightplace.domain.simulation import Change, parameters, run, structure_of, synthetic_census
from rightplace.domain.simulation.drift import Direction, watch
from rightplace.domain.simulation.watching import pressures_of, ratios_of

BEGINS, RAISED = date(2021, 4, 5), date(2025, 4, 7)
SETTLED, USUAL = 52, 24
A_YEAR = 13
"""Periods of four weeks."""
CITIES = 24


def city(children: int, areas: tuple[str, ...] = ("North", "South"), posts: float = 1.0):
    """The first year, in which it settles, is not watched."""
    given = parameters(structure_of([(name, children) for name in areas], posts=posts), BEGINS)
    return given, synthetic_census(given)


def test_a_stable_simulated_city_is_called_on_less_than_once_in_six_years():
    """Six shares, 24 cities with the usual posts, five watched years but those that say what is usual: 0.07 a year after two
    usual years and 0.06 after one when it was written; with a third more posts 0.01 and 0.02."""
    found = run(*city(8_000), days=7 * 52 * 6, replicates=CITIES, seed=3)
    cities = [ratios_of(found, nth, SETTLED) for nth in range(CITIES)]
    for usual in (USUAL, A_YEAR):
        alarms = sum(len(watch(ratios, usual_periods=usual)) for ratios in cities)
        periods = len(cities[0][0].counts) - usual
        assert periods > 3 * A_YEAR
        assert alarms / (CITIES * periods / A_YEAR) < 1 / 6, usual


def test_a_threshold_that_rises_in_a_simulated_city_is_called_within_the_year():
    """From one day on, a third fewer of those who were let in before are let in, and people are to spare, so that nothing else
    moves it: nine cities in ten."""
    change = Change(RAISED, "threshold.level", "all", 0.65)
    found = run(
        *city(18_000, ("North", "East", "South", "West"), 1.3),
        [change],
        days=7 * 52 * 5 + 14,
        replicates=10,
        seed=5,
    )
    when = ((RAISED - BEGINS).days // 7 - SETTLED) // 4
    called = []
    for nth in range(10):
        alarms = watch(ratios_of(found, nth, SETTLED), pressures_of(found, nth, SETTLED))
        called += [
            alarm
            for alarm in alarms
            if alarm.ratio == "referrals" and alarm.at >= when and alarm.direction is Direction.FALLING
        ]
    assert len(called) >= 9
    assert all(alarm.at - when <= A_YEAR for alarm in called)
