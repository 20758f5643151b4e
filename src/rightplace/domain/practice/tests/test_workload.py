"""Hours by family and part, from a dated table; nothing is assumed of a day before the table."""

from datetime import date

from rightplace.domain.practice.workload import (
    Weights,
    family_hours,
    hours_available,
    hours_words,
    weights_on,
)

ONE = Weights(
    begins=date(2026, 1, 1), ends=date(2026, 4, 1), hours={"family_support": 2.0, "assessment": 4.0}, otherwise=1.0,
    each_more_child=0.5, week=37.0, for_families=0.6, source="test",
)  # fmt: skip
TWO = Weights(
    begins=date(2026, 4, 1),
    hours={},
    otherwise=3.0,
    each_more_child=0.5,
    week=37.0,
    for_families=0.5,
    source="test",
)


def test_the_table_of_the_day_counts():
    assert weights_on(date(2025, 12, 31), (ONE, TWO)) is None
    assert weights_on(date(2026, 3, 31), (ONE, TWO)) is ONE
    assert weights_on(date(2026, 4, 1), (ONE, TWO)) is TWO


def test_a_family_takes_its_heaviest_child_and_a_little_for_each_other():
    assert family_hours(ONE, ["family_support"]) == 2.0
    assert family_hours(ONE, ["family_support", "assessment", "something else"]) == 5.0
    assert family_hours(ONE, []) == 0.0


def test_who_is_away_or_manages_has_no_hours_for_families():
    assert hours_available(ONE, away=False, manages=False) == 22.2
    assert hours_available(ONE, away=True, manages=False) == 0.0
    assert hours_available(ONE, away=False, manages=True) == 0.0


def test_hours_are_said_to_the_half_hour():
    assert [hours_words(each) for each in (0.2, 1.0, 2.7, 22.2)] == [
        "0 hours",
        "1 hour",
        "2.5 hours",
        "22 hours",
    ]
