"""Hours by family and part, from a dated table; nothing is assumed of a day before the table."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightplace.domain.practice.packfiles import PackRefused
from rightplace.domain.practice.workload import (
    TABLE,
    Child,
    Load,
    Weights,
    bands,
    besides,
    child_hours,
    examples,
    family_hours,
    grouped,
    hours_available,
    hours_words,
    is_newly_qualified,
    presence,
    spread,
    weights_on,
)
from rightplace.domain.practice.workload.weights import SCHEMES, load_weights

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


def test_the_shipped_table_can_be_read_and_says_that_it_is_a_sample():
    (found,) = TABLE
    assert not found.checked
    assert "Sample" in found.source
    assert found.newly_qualified is not None
    assert found.newly_qualified.checked
    assert found.due_hours("CP-VISIT") == 2.0
    assert found.due_hours("SOMETHING-ELSE") == found.due_otherwise


def test_two_published_schemes_are_shown_with_their_source_and_what_they_leave_unsaid():
    wirral, slough = sorted(examples(), key=lambda each: each.id, reverse=True)
    assert (wirral.full_time, wirral.not_cases, wirral.newly_qualified) == (100, 15, 90)
    assert (slough.least_a_case, slough.most_a_case, slough.full_time) == (4, 10, None)
    assert all(each.checked and each.source for each in examples())


def test_a_bad_table_is_refused_whole_with_its_file(tmp_path):
    text = (SCHEMES / "local-sample.toml").read_text()
    for wrong, says in (
        ("week = 37.0", "week"),
        ("share = 0.9", "at most 1"),
        ('answer = "2 working days"', "duration"),
    ):
        bad = tmp_path / "local-bad.toml"
        new = {"week": "week = -1", "at most 1": "share = 9", "duration": 'answer = "soon"'}[says]
        bad.write_text(text.replace(wrong, new))
        with pytest.raises(PackRefused, match=says):
            load_weights(bad)


def test_the_first_weeks_and_the_court_take_more():
    table = weights_on(date(2026, 3, 3))
    assert table is not None
    young, old = Child(1, "child_protection", weeks=2), Child(1, "child_protection", weeks=40)
    unknown, court = Child(1, "child_protection"), Child(1, "child_protection", weeks=40, legal="C1")
    assert child_hours(table, young) == child_hours(table, old) + 0.75
    assert child_hours(table, unknown) == child_hours(table, old)
    assert child_hours(table, court) == child_hours(table, old) + table.court


def test_brothers_and_sisters_are_one_family_however_they_are_named():
    table = weights_on(date(2026, 3, 3))
    children = [Child(n, "assessment") for n in (1, 2, 3, 4)]
    for pairs in ([(1, 2), (2, 3)], [(3, 2), (1, 2)], [(3, 1), (1, 2), (2, 9)]):
        families = grouped(table, children, pairs)
        assert sorted(len(each.children) for each in families) == [1, 3]


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from(["assessment", "in_care", "odd"]), st.integers(0, 60)), max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=12),
    st.randoms(use_true_random=True),
)
def test_a_load_does_not_hang_on_the_order_in_which_children_are_named(said, pairs, dice):
    table = weights_on(date(2026, 3, 3))
    children = [Child(number, part, weeks) for number, (part, weeks) in enumerate(said)]
    first = grouped(table, children, pairs)
    shuffled = [(b, a) for a, b in pairs]
    dice.shuffle(children)
    dice.shuffle(shuffled)
    assert grouped(table, children, shuffled) == first
    assert sorted(c.person for family in first for c in family.children) == list(range(len(said)))
    alone = sum(family_hours(table, [child]) for child in children)
    assert sum(family.hours for family in first) <= alone + 1e-6


def test_a_week_holds_more_than_families():
    table = weights_on(date(2026, 3, 3))
    full = Load(1, (), 37.0, besides(table, 37.0, present=1.0, supervises=0, newly_qualified=False))
    assert full.has == 37 - 5 - 0.5 - 1 - 2.5
    new = Load(1, (), 37.0, besides(table, 37.0, present=1.0, supervises=0, newly_qualified=True))
    assert new.has == round(full.has - 3.7, 2)
    manager = Load(1, (), 37.0, besides(table, 37.0, present=1.0, supervises=8, newly_qualified=False))
    assert manager.has == full.has - 6
    leads = Load(
        1, (), 37.0, besides(table, 37.0, present=0.8, supervises=8, newly_qualified=False, leads=True)
    )
    assert leads.has == 0
    away = Load(1, (), 37.0, besides(table, 37.0, present=0.0, supervises=3, newly_qualified=True))
    assert away.has == 0
    assert Load(1, (), None).over is None


def test_presence_counts_the_working_days_of_the_week():
    tuesday = date(2026, 3, 3)
    assert presence(tuesday, []) == 1
    assert presence(tuesday, [(date(2026, 3, 5), None)]) == 0.6
    assert (
        presence(tuesday, [(date(2026, 3, 2), date(2026, 3, 4)), (date(2026, 3, 3), date(2026, 3, 5))]) == 0.4
    )
    assert presence(tuesday, [(date(2026, 3, 7), date(2026, 3, 9))]) == 1


def test_the_first_year_ends_after_its_months():
    table = weights_on(date(2026, 3, 3))
    assert is_newly_qualified(table, date(2025, 3, 4), date(2026, 3, 3))
    assert not is_newly_qualified(table, date(2025, 3, 3), date(2026, 3, 3))
    assert not is_newly_qualified(table, None, date(2026, 3, 3))


def test_a_spread_says_the_ends_and_the_quarters_and_not_only_the_middle():
    found = spread([10, 20, 30, 40, 50])
    assert (found.least, found.quarter, found.middle, found.three_quarters, found.most) == (
        10,
        20,
        30,
        40,
        50,
    )
    assert spread([]) is None
    assert bands([0, 4.9, 5, 12], 5) == {"0 to 5": 2, "5 to 10": 1, "10 to 15": 1}
