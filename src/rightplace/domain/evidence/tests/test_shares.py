"""A share of what was counted is said with its range."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightplace.domain.evidence import Z_80, wilson


@given(st.integers(1, 10**6), st.data())
def test_the_share_lies_in_its_range_to_the_last_digit(of, data):
    hits = data.draw(st.sampled_from([0, of]) | st.integers(0, of))
    low, high = wilson(hits, of, data.draw(st.sampled_from([Z_80, 1.96, 2.5758])))
    assert 0 <= low <= hits / of <= high <= 1


def test_it_is_wider_with_fewer_and_where_one_must_be_surer():
    few, many = wilson(8, 10), wilson(80, 100)
    assert few[0] < many[0] < 0.8 < many[1] < few[1]
    sure, roughly = wilson(80, 100), wilson(80, 100, Z_80)
    assert sure[0] < roughly[0] < 0.8 < roughly[1] < sure[1]


def test_all_of_few_may_still_not_be_all():
    low, high = wilson(20, 20)
    assert low < 1
    assert high == 1


def test_the_published_example():
    """Newcombe 1998: 81 of 263 is 0.2553 to 0.3662."""
    assert [round(end, 4) for end in wilson(81, 263)] == [0.2553, 0.3662]


def test_there_is_no_share_of_nothing():
    with pytest.raises(ValueError):
        wilson(0, 0)
