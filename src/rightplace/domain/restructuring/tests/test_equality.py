"""Groups, never one person: no small number can be worked out, by whoever knows the rule and the totals."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightplace.domain.restructuring import Outcome, impact
from rightplace.domain.restructuring.equality import difference, rate


@pytest.mark.parametrize(("groups", "threshold", "most"), [(2, 3, 7), (3, 2, 4), (3, 3, 4)])
def test_whoever_knows_the_rule_and_the_totals_finds_two_values_for_each_small_number(
    groups, threshold, most
):
    """Every table there is, grouped by what is shown of it."""
    looks_like = defaultdict(list)
    cells = list(product(range(most + 1), repeat=2))
    for table in product(cells, repeat=groups):
        found = impact(
            "x", {str(at): Outcome(appointed=a, displaced=d) for at, (a, d) in enumerate(table)}, threshold
        )
        shown = tuple((line.appointed, line.displaced) for line in found.lines)
        looks_like[shown, found.appointed, found.displaced].append(table)
    small = 0
    for (shown, appointed, displaced), tables in looks_like.items():
        for at, column in product(range(groups), range(2)):
            values = {table[at][column] for table in tables}
            if shown[at][column] is not None:
                assert values == {shown[at][column]} and not 0 < shown[at][column] < threshold
            elif any(0 < value < threshold for value in values):
                small += 1
                assert len(values) > 1, (shown, appointed, displaced, tables[:3])
    assert small


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=6))
def test_what_is_shown_is_right_and_never_small(table):
    found = impact("x", {str(at): Outcome(appointed=a, displaced=d) for at, (a, d) in enumerate(table)})
    for line, (appointed, displaced) in zip(found.lines, table, strict=True):
        if line.pool is not None:
            assert (line.appointed, line.displaced, line.pool) == (
                appointed,
                displaced,
                appointed + displaced,
            )
            assert not any(0 < number < 8 for number in (appointed, displaced, line.pool))
        else:
            assert line.rate is None and line.prompt == "" and line.appointed is None


def test_fewer_than_four_fifths_is_a_prompt_with_its_uncertainty_and_no_verdict():
    groups = {"women": Outcome(appointed=240, displaced=80), "men": Outcome(appointed=90, displaced=90)}
    women, men = impact("sex", groups).lines
    assert women.prompt == ""
    assert men.rate.share == 0.5 and men.rate.low < 0.5 < men.rate.high
    assert "Look why" in men.prompt and "seldom" in men.prompt
    few = {"women": Outcome(appointed=20, displaced=10), "men": Outcome(appointed=9, displaced=9)}
    assert "Chance alone could explain it" in impact("sex", few).lines[1].prompt


def test_the_intervals_are_the_published_ones():
    """Newcombe's example: 56 of 70 against 48 of 80 is 0.0524 to 0.3339; Wilson for 81 of 263 is 0.2553 to 0.3662."""
    low, high = difference(Outcome(appointed=56, displaced=14), Outcome(appointed=48, displaced=32))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
    found = rate(81, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
