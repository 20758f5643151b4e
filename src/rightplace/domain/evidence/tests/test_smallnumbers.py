"""No count of one to seven can be worked out from what is shown: tried against everybody who knows the rule."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.evidence import suppress, suppress_together


@pytest.mark.parametrize(
    ("cells", "threshold", "most"), [(1, 8, 20), (2, 8, 20), (3, 4, 9), (4, 3, 7), (5, 3, 4)]
)
def test_whoever_knows_the_rule_and_the_total_still_finds_two_values_for_each_small_count(
    cells, threshold, most
):
    """Every list there is, grouped by what is shown of it: in no group does a withheld small count have one value."""
    looks_like = defaultdict(list)
    for counts in product(range(most + 1), repeat=cells):
        shown = suppress(dict(enumerate(counts)), threshold)
        looks_like[tuple(shown.counts.values()), shown.total].append(counts)
    small = 0
    for (shown, _), lists in looks_like.items():
        for place, seen in enumerate(shown):
            values = {counts[place] for counts in lists}
            if seen is not None:
                assert values == {seen}
                assert not 0 < seen < threshold
            elif any(0 < value < threshold for value in values):
                small += 1
                assert len(values) > 1
    assert small


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8))
@settings(max_examples=200)
def test_what_is_taken_from_the_total_is_never_small(counts):
    published = suppress(dict(enumerate(counts)))
    if published.total is None:
        return
    left = published.total - sum(count or 0 for count in published.counts.values())
    assert left == 0 or left >= 8


def test_nothing_is_withheld_that_need_not_be():
    assert suppress({"a": 0, "b": 8, "c": 30}).whole
    assert suppress({"a": 0, "b": 8, "c": 30}).total == 38
    two = suppress({"a": 3, "b": 6, "c": 30})
    assert (two.counts, two.total) == ({"a": None, "b": None, "c": 30}, 39)


def test_one_small_count_takes_the_next_smallest_with_it_and_all_that_tie():
    shown = suppress({"a": 3, "b": 12, "c": 12, "d": 40})
    assert shown.counts == {"a": None, "b": None, "c": None, "d": 40}
    assert shown.total == 67


def test_a_small_total_is_withheld():
    shown = suppress({"a": 2, "b": 3})
    assert shown.total is None


def test_lists_of_the_same_children_do_not_give_each_others_total_away():
    by_help = {"visits": 14}
    by_year = {"six": 7, "seven": 7}  # their total alone would give both away
    assert suppress(by_help).total == 14
    together = suppress_together([by_help, by_year])
    assert [each.total for each in together] == [None, None]
    assert all(count is None for each in together for count in each.counts.values())
