"""The fold against a slow, naive and independent reading of the same file, at every instant."""

import random

import pytest
from hypothesis import given, settings

from rightplace.domain.practice.entries import Entry, in_order, kind_named
from rightplace.domain.practice.journey import REDUCERS, fold
from rightplace.domain.practice.journey.tests import slow_fold
from rightplace.domain.practice.journey.tests.histories import (
    EXAMPLES,
    MODERATE,
    Write,
    accepted,
    entries_of,
    histories,
    long_histories,
    told_by,
)


def assert_they_agree(entries: list[Entry]) -> None:
    journey = fold(entries)
    slow = slow_fold.read(entries)
    moments = {one.at for one in slow} | {state.begins for state in journey.states}
    for at in sorted(moments | {at - 1 for at in moments}):
        one, other = journey.state_at(at), slow_fold.state_at(slow, at)
        assert (one.open, one.team, one.worker, one.legal, one.processes) == (
            other.open, other.team, other.worker, other.legal, other.processes,
        ), at  # fmt: skip


@settings(MODERATE, max_examples=3 * EXAMPLES)
@given(histories())
def test_at_every_instant_fold_and_slow_reading_say_the_same(writes: list[Write]):
    assert_they_agree(entries_of(writes))


@MODERATE
@given(long_histories())
def test_they_say_the_same_of_what_was_judged(writes: list[Write]):
    assert_they_agree(accepted(writes).entries)


@MODERATE
@given(histories(untimed=True))
def test_they_say_the_same_where_facts_have_only_a_day(writes: list[Write]):
    assert_they_agree(entries_of(writes))


@settings(MODERATE, max_examples=2 * EXAMPLES)
@given(histories(untimed=True))
def test_both_put_a_file_in_one_order(writes: list[Write]):
    entries = entries_of(writes)
    assert [e.id for e in in_order(entries)] == [e.id for e in slow_fold.in_order(entries)]


@pytest.mark.parametrize(
    "kind",
    [
        "contact.received",
        "contact.decided",
        "team.accepted",
        "team.placed",
        "worker.ended",
        "case.closed",
        "care.began",
    ],
)
def test_the_slow_reading_notices_a_kind_that_the_fold_does_not_read(
    kind: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(REDUCERS, kind_named(kind).number, lambda journey, entry, body: None)
    chance = random.Random(kind)
    with pytest.raises(AssertionError):
        for _ in range(60):
            assert_they_agree(entries_of(told_by(chance.randbytes(121))))
