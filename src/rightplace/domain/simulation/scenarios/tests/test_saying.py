"""Sentences say what their numbers say, in round numbers, and never more than can be told."""

from datetime import date

import pytest

from rightplace.domain.simulation.scenarios import saying
from rightplace.domain.simulation.scenarios.promises import PERCENT_OF_LOAD

UNTOLD = "no difference can be told from chance; if there is one, it is"


@pytest.mark.parametrize(
    ("share", "futures", "said"),
    [
        (0.0, 60, "in no future"),
        (1.0, 60, "in every future"),
        (1 / 60, 60, "in fewer than 1 of 10 futures"),
        (59 / 60, 60, "in more than 9 of 10 futures"),
        (0.9, 60, "in 9 of 10 futures"),
        (0.5, 60, "in 5 of 10 futures"),
        (0.06, 100, "in 1 of 10 futures"),
        (0.25, 4, "in 1 of 4 futures"),
        (1.0, 1, "in the one future"),
        (0.0, 1, "not in the one future"),
    ],
)
def test_a_chance_is_so_many_of_so_many_futures_and_never_none_or_all_when_it_was_neither(
    share, futures, said
):
    assert saying.chance_said(share, futures) == said


@pytest.mark.parametrize(
    ("low", "high", "unit", "said"),
    [
        (0.09, 0.17, "share", "between 9 and 17 in 100"),
        (0.001, 0.02, "share", "between 0 and 2 in 100"),
        (0.001, 0.002, "share", "fewer than 1 in 100"),
        (0.0, 0.002, "share", "fewer than 1 in 100"),
        (0.172, 0.174, "share", "about 17 in 100"),
        (1234.0, 2345.0, "children", "between 1,230 and 2,340 children"),
        (1.0, 1.0, "people", "about 1 person"),
        (96.4, 110.2, PERCENT_OF_LOAD, "between 96 and 110 per cent of a full load"),
        (47_321_000, 50_412_000, "pounds", "between £47.3 million and £50.4 million"),
        (941_000, 947_000, "pounds a week", "between £940,000 a week and £950,000 a week"),
    ],
)  # fmt: skip
def test_a_range_has_no_more_digits_than_it_is_worth(low, high, unit, said):
    assert saying.between_said(low, high, unit) == said


@pytest.mark.parametrize(
    ("before", "after", "low", "high", "apart", "said"),
    [
        (0.12, 0.17, 0.03, 0.07, True, "between 3 and 7 in 100 more (about 17 in 100 in place of 12 in 100)."),
        (0.12, 0.07, -0.07, -0.03, True, "between 3 and 7 in 100 less (about 7 in 100 in place of 12 in 100)."),
        (0.041, 0.046, 0.003, 0.007, True, "between 0.3 and 0.7 in 100 more (about 4.6 in 100 in place of 4.1 in 100)."),
        (0.12, 0.121, -0.01, 0.02, False, f"{UNTOLD} no larger than 2.0 in 100 either way."),
        (0.12, 0.12, -0.0001, 0.0002, False, f"{UNTOLD} too small to matter here."),
        (0.12, 0.12, 0.0001, 0.0002, True, "more, but by too little to matter here."),
        (0.12, 0.125, 0.0001, 0.01, True, "up to 1.0 in 100 more (about 12.5 in 100 in place of 12.0 in 100)."),
        (0.12, 0.12, 0.0, 0.0, False, "the same in every future."),
    ],
)  # fmt: skip
def test_a_difference_says_its_range_or_that_it_cannot_be_told_from_chance(
    before, after, low, high, apart, said
):
    assert (
        saying.difference_said("visits missed", "South", "share", before, after, low, high, apart)
        == f"Visits missed in South: {said}"
    )


@pytest.mark.parametrize("futures", [4, 9, 10, 60, 200])
def test_a_chance_has_one_scale_in_sentences_and_pictures(futures):
    for count in range(1, futures):
        told = saying.tenths(count / futures, futures)
        assert 0 < told.count < told.of == min(futures, 10)
        assert f"in {told.words} futures" == saying.chance_said(count / futures, futures)
    assert [saying.tenths(share, futures).count for share in (0.0, 1.0)] == [0, min(futures, 10)]


def test_a_promise_says_how_often_a_quarter_is_beyond_its_limit_and_the_range_of_the_last_year():
    said = saying.promise_said("visits missed", "all", "share", 0.143, 0.3, 0.09, 0.17, 60)
    assert said == (
        "Visits missed: in 3 of 10 futures there is a quarter of a year with more than 14.3 in 100."
        " Over the last year it is between 9 and 17 in 100 in 9 of 10 futures."
    )


def test_what_is_shorter_than_a_year_is_not_called_a_year():
    assert "Over the last year half of" in saying.workload_said("South", 100, 105, 115, 52)
    assert "Over these 26 weeks it is" in saying.promise_said(
        "visits missed", "all", "share", 0.1, 0, 0, 0, 60, 26
    )
    said = "Children in care: over these 26 weeks between 4 and 9 children, in 9 of 10 futures."
    assert saying.measure_said("children in care", "all", "children", 4, 9, 26) == said


@pytest.mark.parametrize(
    ("amount", "said"), [(0.9, "10 in 100 fewer"), (1.0, "as before"), (3.0, "3 times as many")]
)
def test_more_and_fewer_are_told_in_every_hundred(amount, said):
    assert saying.change_said(date(2026, 9, 1), "demand", "all", amount).endswith(f"contacts: {said}.")


def test_what_luck_was_worth_is_said_and_when_it_was_worth_nothing():
    assert "it would take 44 times as many" in saying.luck_said(44.2, 20)
    assert "no surer" in saying.luck_said(1.0, 20)
    assert "nothing differed" in saying.luck_said(None, 20)


def test_a_breaking_that_is_as_frequent_as_before_is_not_mentioned():
    assert saying.broken_said(0.2, 0.2, 10) == ""
    assert "in 8 of 10 futures, and in 2 of 10 futures without" in saying.broken_said(0.2, 0.8, 10)


def test_two_scenarios_that_cannot_be_told_apart_are_said_to_be_so():
    assert "no difference can be told from chance" in saying.pair_said("B", "A", [], [])
    assert saying.pair_said("B", "A", [], ["cost"]) == "Lower with “B” than with “A”: cost."
    assert saying.pair_said("B", "A", ["visits missed"], ["cost"]).endswith("visits missed. Lower: cost.")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ((date(2027, 3, 26), "leave", "South", 8), "On 26 March 2027 8 of the most experienced workers leave in South."),
        ((date(2027, 3, 26), "leave", "all", 1), "On 26 March 2027 the most experienced worker leaves."),
        ((date(2026, 9, 1), "demand", "police", 1.15), "From 1 September 2026 contacts from police: 15 in 100 more."),
        ((date(2026, 9, 1), "posts", "support", -3), "From 1 September 2026 3 fewer posts of workers in family support."),
        ((date(2026, 9, 1), "managers.share", "all", -0.333), "From 1 September 2026 33 in 100 fewer posts of managers."),
        (
            (date(2026, 12, 1), "absence", "all", 1.5, 13),
            "From 1 December 2026 for 13 weeks spells of absence: 50 in 100 more.",
        ),
        ((date(2026, 9, 1), "load.slows", "all", 0.4), "From 1 September 2026 load.slows is 0.4."),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(told, said):
    assert saying.change_said(*told) == said
