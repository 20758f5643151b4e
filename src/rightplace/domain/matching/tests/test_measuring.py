"""The comparison with the named peer, on a few instances; the bench runs a thousand."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("matching.games", reason="the peer is in the test group of packages")

from rightplace.domain.matching.measuring import blocking_pairs, instance, measured


def test_the_outcome_is_the_peers_without_a_blocking_pair():
    found = measured(12, 4)
    assert set(found) == {"matching_vs_peer_speed", "matching_identical", "blocking_pairs"}
    assert found["matching_identical"] == 1.0
    assert found["blocking_pairs"] == 0.0
    assert found["matching_vs_peer_speed"] > 5


def test_a_placing_that_somebody_could_complain_of_has_blocking_pairs():
    case = instance(random.Random(1))
    assert blocking_pairs(case, {}) == sum(len(wishes) for wishes in case.wishes.values())
    assert len(case.wishes) == 500 and sum(case.places.values()) == 350
