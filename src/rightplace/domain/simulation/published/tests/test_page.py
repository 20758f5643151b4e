"""The page about the backtest says in its sentences what its own tables, and the tests it speaks of, say."""

import inspect
import re
from pathlib import Path

import pytest

from rightplace.domain.simulation.published.measures import YEARS_TO_FIT
from rightplace.domain.simulation.tests import test_drift as drift

PAGE = Path(__file__).parents[6] / "docs" / "backtest.md"
ERROR, OF_BEST = -1, -2


@pytest.fixture(scope="module")
def page() -> str:
    if not PAGE.exists():
        pytest.skip("the pages are not beside the code")
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def words(page) -> str:
    """The page as one line, so that a sentence may be broken anywhere."""
    return " ".join(page.split())


@pytest.fixture(scope="module")
def tables(page) -> list[dict[str, list[str]]]:
    """Both halves: measure → its cells."""
    found = []
    for half in ("second half", "first half"):
        lines = page.split(f"<!-- {half} -->")[1].split(f"<!-- end of {half} -->")[0].splitlines()
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "(`" in line]
        found.append({re.findall(r"`(\w+)`", row[0])[0]: row for row in rows})
    return found


@pytest.mark.parametrize(
    ("said", "measures"),
    [
        ("for referrals and episodes of need that start", ["referrals", "in_need_started"]),
        ("for episodes of need that end", ["in_need_ended"]),
        ("for protection plans, started or open", ["plans_started", "plans"]),
        ("for second plans", ["repeat_plans"]),
        ("for starters and leavers", ["starters", "leavers"]),
    ],
)
def test_errors_of_the_middle_are_those_of_both_tables(words, tables, said, measures):
    errors = [float(half[name][ERROR]) for half in tables for name in measures]
    assert f"{said} (error {min(errors):.2f} to {max(errors):.2f} of naive's)" in words


def test_every_score_is_below_the_best_other_in_both_halves_as_the_page_says(words, tables):
    assert "below naive, drift *and* AutoETS for every measure in both halves" in words
    shares = {(at, name): float(row[OF_BEST]) for at, half in enumerate(tables) for name, row in half.items()}
    assert max(shares.values()) < 1
    assert max(shares, key=shares.__getitem__)[1] == "in_post"  # "a hair"


def test_agency_staff_two_years_ahead_is_the_worst_as_the_page_says(words, tables):
    assert "Agency staff two years ahead is the worst" in words
    ahead = {
        (name, years, at): float(share)
        for at, half in enumerate(tables)
        for name, row in half.items()
        for years, share in enumerate(row[4].split(), 1)
    }
    worst = min(ahead, key=ahead.__getitem__)
    assert worst[:2] == ("agency", 2)


def test_reasons_why_measures_are_not_testable_are_those_of_the_lists(words, page):
    assert f"at least {YEARS_TO_FIT} published years" in words
    for measure, first in (("care_started", 2021), ("in_care", 2021), ("assessments", 2018)):
        assert page.count(f"`{measure}`: not testable: published here for {first} to 2025") == 2
    assert "(published here from 2021) and assessment factors (from 2018)" in words


def test_what_the_control_charts_are_held_to_is_what_their_tests_hold_them_to(words):
    (cases,) = drift.test_a_stable_city_is_seldom_called_on.pytestmark
    most = [f"{at_most:.2f}" for _, _, at_most in cases.args[1]]
    least = [
        round(100 * float(re.findall(r">= ([\d.]+)", inspect.getsource(test))[0]))
        for test in (
            drift.test_a_threshold_that_jumps_is_called_within_the_year,
            drift.test_a_threshold_that_creeps_is_called_within_two_years,
        )
    ]
    assert f"calls more than {most[0]}, {most[1]} and {most[2]} times a year" in words
    assert f"or fewer than {least[0]} and {least[1]} of 100" in words
    calls = r"calls ([\d.]+) times a year where only .*?, ([\d.]+) where they wander, ([\d.]+)"
    called = [float(x) for x in re.findall(calls, words)[0]]
    assert all(one <= float(bound) for one, bound in zip(called, most, strict=True))
    jump, creep = (int(x) for x in re.findall(r"year in (\d+) of 100 cities; .*? in (\d+) of 100", words)[0])
    assert jump >= least[0]
    assert creep >= least[1]
