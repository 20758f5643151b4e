"""How long stays last is learnt without bias, though the record begins in the midst of some and ends in the midst of others."""

from __future__ import annotations

import numpy as np
import pytest

from rightplace.domain.simulation.parameters import Quantiles
from rightplace.domain.simulation.published.stays import Stay, stretch, stretched

TABLE = Quantiles("support", ((0.0, 10.0), (0.25, 35.0), (0.5, 60.0), (0.75, 95.0), (1.0, 220.0)), "invented")
YEARS = 750.0
"""Working days of three years, from which the record is whole."""


def recorded(times: float, many: int = 1_500, seed: int = 1, years: float = YEARS) -> list[Stay]:
    """Stays that began evenly over twice as long as the record, as far as the record saw them."""
    luck = np.random.default_rng(seed)
    found = []
    for began, share in zip(luck.uniform(-years, years, many), luck.uniform(size=many), strict=True):
        ends = began + times * TABLE.at(float(share))
        if ends > 0:
            found.append(Stay(max(0.0, -began), min(ends, years) - began, ends < years))
    return found


@pytest.mark.parametrize("times", [0.5, 1.0, 2.5])
def test_the_range_holds_how_long_stays_really_last(times):
    held = []
    for seed in range(20):
        low, middle, high = stretched(TABLE, recorded(times, 800, seed))
        held.append(low <= times <= high)
        assert middle == pytest.approx(times, rel=0.15)
    assert sum(held) >= 17


def test_leaving_out_who_is_still_there_would_say_too_short():
    stays = recorded(2.5, years=300.0)
    over = [Stay(0.0, each.lasted, True) for each in stays if each.over]
    assert stretched(TABLE, stays)[0] < 2.5 < stretched(TABLE, stays)[2]
    assert stretched(TABLE, over)[2] < 2.5


def test_few_stays_say_little_and_what_the_program_came_with_holds():
    low, middle, high = stretched(TABLE, recorded(2.5, 12))
    assert 1.0 < middle < 2.2
    assert high / low > 1.5
    assert stretched(TABLE, [Stay(0.0, 5.0, False)])[1] == pytest.approx(1.0)


def test_brothers_and_sisters_widen_the_range():
    alone, together = (stretched(TABLE, recorded(1.0), each) for each in (1.0, 2.0))
    assert together[2] - together[0] > 1.2 * (alone[2] - alone[0])


def test_a_table_stretched_keeps_its_shape():
    assert stretch(TABLE, 2.0, "ours").at(0.5) == 120.0


def test_stays_longer_than_the_table_do_not_make_it_short():
    """Care that had gone on for years when the record began, and goes on."""
    luck = np.random.default_rng(5)
    begun = [float(each) for each in luck.uniform(150.0, 400.0, 30)]
    stays = [Stay(each, each + 100.0, nth % 3 == 0) for nth, each in enumerate(begun)]
    assert stretched(TABLE, stays)[1] > 1.0
