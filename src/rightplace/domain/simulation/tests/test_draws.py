"""Draws are pure, even, and independent of each other as far as a test can see."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.simulation import draws
from rightplace.domain.simulation.trial import oraclelaw

whole = st.integers(0, 2**60)
small = st.integers(0, 2**20)


@settings(max_examples=200, deadline=None)
@given(whole, small, st.integers(1, 9), small, small, st.integers(0, 40), small)
def test_a_draw_is_what_whole_numbers_say_it_is(seed, replicate, whose, number, part, purpose, step):
    base = np.uint64(draws.base_of(seed, replicate))
    assert int(base) == oraclelaw.base(seed, replicate)
    luck = np.uint64(draws.luck_of(base, whose, number, part))
    assert int(luck) == oraclelaw.luck(int(base), whose, number, part)
    drawn = draws.uniform(luck, purpose, step)
    assert drawn == oraclelaw.draw(int(luck), purpose, step)
    assert 0.0 <= drawn < 1.0


def test_the_mixing_is_that_of_splitmix64():
    """The first numbers of the published generator from the seed 1234567."""
    golden = 0x9E3779B97F4A7C15
    found = [int(draws.mix(np.uint64((1234567 + n * golden) & (2**64 - 1)))) for n in (1, 2, 3)]
    assert found == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_draws_of_neighbours_are_even_and_not_alike():
    base = np.uint64(draws.base_of(7, 0))
    lucks = [
        np.uint64(draws.luck_of(base, draws.OF_CONTACT, day * 4096 + 3, nth))
        for day in range(300)
        for nth in range(20)
    ]
    a = np.array([draws.uniform(luck, draws.DECISION, 1) for luck in lucks])
    b = np.array([draws.uniform(luck, draws.DECISION, 2) for luck in lucks])
    c = np.array([draws.uniform(luck, draws.URGENT, 1) for luck in lucks])
    counts = np.histogram(a, 20, (0, 1))[0]
    assert ((counts - 300) ** 2 / 300).sum() < 43.8  # one in a thousand for 19 degrees of freedom
    for x, y in ((a, b), (a, c), (a[:-1], a[1:])):
        assert abs(np.corrcoef(x, y)[0, 1]) < 4 / np.sqrt(len(x))


def test_replicates_and_seeds_have_luck_of_their_own():
    assert len({int(draws.base_of(seed, rep)) for seed in range(50) for rep in range(50)}) == 2500
