"""Siblings in two schools: each school bears its child's part, and the parts add up to the penny."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.evidence import Piece, apportion, shared_out

SCHOOLS = st.sampled_from(["Lark Hill", "Moor End", "St Brannoc", None])
PIECES = st.lists(st.builds(Piece, st.integers(0, 600), st.lists(SCHOOLS, max_size=6)), max_size=12)


def test_a_visit_to_three_siblings_is_borne_by_the_schools_of_each():
    shared = shared_out([Piece(90, ["Lark Hill", "Lark Hill", "Moor End"])])
    assert shared == {"Lark Hill": 60, "Moor End": 30}


def test_the_part_of_a_child_of_no_school_falls_on_no_school():
    assert shared_out([Piece(60, ["Lark Hill", None])]) == {"Lark Hill": 30, None: 30}
    assert shared_out([Piece(60, [])]) == {None: 60}


@given(PIECES)
@settings(max_examples=150)
def test_nothing_is_lost_or_counted_twice(pieces):
    assert sum(shared_out(pieces).values()) == sum(piece.amount for piece in pieces)


@given(PIECES, st.integers(0, 10_000_000))
@settings(max_examples=150)
def test_pence_add_up_and_nobody_is_a_penny_off(pieces, pence):
    shares = shared_out(pieces)
    whole = sum(shares.values())
    if not whole:
        return
    parts = apportion(pence, shares)
    assert sum(parts.values()) == pence
    assert all(abs(parts[school] - Fraction(pence) * shares[school] / whole) < 1 for school in shares)


@given(st.dictionaries(st.integers(), st.integers(0, 50), min_size=1, max_size=6), st.integers(0, 999))
@settings(max_examples=100)
def test_who_has_no_part_pays_nothing(weights, pence):
    if not any(weights.values()):
        return
    parts = apportion(pence, weights)
    assert all(parts[key] == 0 for key, weight in weights.items() if weight == 0)


def test_the_odd_penny_goes_to_the_largest_remainder():
    assert apportion(100, {"a": 1, "b": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}
    assert apportion(101, {"a": 1, "b": 2}) == {"a": 34, "b": 67}


def test_a_whole_cannot_be_divided_by_nothing():
    with pytest.raises(ValueError, match="more than nought"):
        apportion(5, {"a": 0})
    assert apportion(0, {"a": 0}) == {"a": 0}
