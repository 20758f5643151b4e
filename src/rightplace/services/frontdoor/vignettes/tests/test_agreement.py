"""Agreement beyond chance, against figures worked out by hand."""

import pytest

from rightplace.services.frontdoor.vignettes.agreement import agreement, matrix


def test_kappa_is_agreement_beyond_what_chance_gives():
    # 20 yes-yes, 15 no-no, 15 that differ: share 0.7; each choice 55/100 and 45/100, so chance gives 0.505
    pairs = [("yes", "yes")] * 20 + [("no", "no")] * 15 + [("yes", "no")] * 15
    found = agreement(pairs)
    assert found.share == pytest.approx(0.7)
    assert found.kappa == pytest.approx((0.7 - 0.505) / 0.495)
    assert found.low == pytest.approx(0.3939 - 1.96 * 0.1309, abs=0.001)


def test_who_is_named_first_changes_nothing():
    pairs = [("a", "b"), ("a", "a"), ("c", "b")]
    assert agreement(pairs) == agreement([(b, a) for a, b in pairs])


def test_where_everybody_always_chose_the_same_kappa_is_not_known():
    found = agreement([("a", "a")] * 3)
    assert (found.share, found.kappa) == (1.0, None)


def test_without_pairs_there_is_nothing_to_say():
    assert agreement([]) is None


def test_fewer_cases_than_pairs_make_the_interval_wider():
    pairs = [("a", "a")] * 6 + [("a", "b")] * 6
    wide, narrow = agreement(pairs, cases=4), agreement(pairs)
    assert wide.high - wide.low > narrow.high - narrow.low


def test_the_matrix_counts_each_pair_once():
    assert matrix([("b", "a"), ("a", "b"), ("b", "b")], ["a", "b"]) == [[0, 2], [0, 1]]
