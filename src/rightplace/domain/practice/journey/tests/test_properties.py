"""The journal's properties: the fold is a function of the set of entries; corrections, order, judging."""

import random
from itertools import pairwise

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

from rightplace.domain.practice.entries import KINDS, Entry, Nature
from rightplace.domain.practice.entries.base import IMPORT_ROLE
from rightplace.domain.practice.entries.keeping import EntryCorrected, EntryWithdrawn
from rightplace.domain.practice.journey import Journey, fold
from rightplace.domain.practice.journey.fold import last_correction
from rightplace.domain.practice.journey.standing import correction_of, standing
from rightplace.domain.practice.journey.tests import slow_fold
from rightplace.domain.practice.journey.tests.histories import (
    MODERATE,
    Write,
    accepted,
    entries_of,
    histories,
    long_histories,
)
from rightplace.domain.practice.journey.tests.moves import resaid
from rightplace.domain.practice.timescales import rulebook, timescales

CHANGES = {EntryCorrected.number, EntryWithdrawn.number}


def all_of(journey: Journey) -> tuple:
    """Everything that a page or a figure can read from a journey."""
    return (
        journey.states,
        journey.events,
        journey.happenings,
        sorted(journey.doubts, key=repr),
        sorted(journey.breaches),
        journey.closings,
        {number: msgspec.to_builtins(p) for number, p in journey.processes.items()},
        journey.care_periods,
        journey.excused,
        journey.duplicates,
        timescales(journey, rulebook()),
    )


@MODERATE
@given(histories(), st.randoms(use_true_random=False))
def test_the_fold_is_a_function_of_the_set_of_entries(writes: list[Write], chance: random.Random):
    entries = entries_of(writes)
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert all_of(fold(shuffled)) == all_of(fold(entries))


@MODERATE
@given(histories(untimed=True), st.randoms(use_true_random=False))
def test_so_it_is_where_facts_have_only_a_day(writes: list[Write], chance: random.Random):
    entries = entries_of(writes)
    shuffled = list(entries)
    chance.shuffle(shuffled)
    assert all_of(fold(shuffled)) == all_of(fold(entries))


# corrections -----------------------------------------------------------------------


def correctable(entries: list[Entry], place: int) -> Entry:
    """An entry that stands as it was first said."""
    touched = {name for e in entries if e.kind in CHANGES for name in e.names}
    able = [e for e in entries if e.kind not in CHANGES and e.id not in touched]
    assume(able)
    return able[place % len(able)]


def change(entries: list[Entry], body: EntryCorrected | EntryWithdrawn) -> Entry:
    """The correction or withdrawal, signed last."""
    last = max(entries, key=lambda e: e.seq)
    return msgspec.structs.replace(
        last, seq=last.seq + 1, id=9_000_000 + last.seq, kind=body.number, version=body.version,
        recorded=max(e.recorded for e in entries) + 1, role=1, names=body.named(), body=body,
    )  # fmt: skip


@MODERATE
@given(histories(), st.integers(0, 99), st.integers(0, 255), st.integers(0, 40))
def test_a_correction_equals_having_recorded_it_right(writes: list[Write], place: int, how: int, back: int):
    entries = entries_of(writes)
    wrong = correctable(entries, place)
    right = resaid(wrong.body, how)
    day = wrong.day - back
    at = None if wrong.at is None or how % 5 == 0 else wrong.at - back * 86_400_000_000
    corrected = change(entries, correction_of(wrong, wrong.id, right, day, at))
    as_recorded_right = [
        msgspec.structs.replace(e, day=day, at=at, body=right, names=right.named()) if e is wrong else e
        for e in entries
    ]
    assert all_of(fold([*entries, corrected])) == all_of(fold(as_recorded_right))


@MODERATE
@given(histories(), st.integers(0, 99), st.integers(0, 255))
def test_withdrawing_a_correction_brings_back_the_version_before(writes: list[Write], place: int, how: int):
    entries = entries_of(writes)
    entry = correctable(entries, place)
    first = change(entries, correction_of(entry, entry.id, resaid(entry.body, how), entry.day - 1, entry.at))
    with_first = [*entries, first]
    second = change(with_first, correction_of(entry, first.id, entry.body, entry.day - 2, None))
    with_second = [*with_first, second]
    taken_back = change(with_second, EntryWithdrawn(entry=second.id, reasons="It was right before"))
    assert last_correction(with_second, entry.id) == second.id
    assert all_of(fold([*with_second, taken_back])) == all_of(fold(with_first))


@MODERATE
@given(histories(), st.integers(0, 99))
def test_correcting_an_outdated_version_is_a_conflict_and_changes_nothing(writes: list[Write], place: int):
    entries = entries_of(writes)
    entry = correctable(entries, place)
    first = change(entries, correction_of(entry, entry.id, entry.body, entry.day - 1, entry.at))
    with_first = [*entries, first]
    late = change(with_first, correction_of(entry, entry.id, entry.body, entry.day - 9, entry.at))
    with_both = [*with_first, late]
    before, after = fold(with_first), fold(with_both)
    assert after.states == before.states
    assert {d.entry for d in after.doubts if d.code == "correction_conflict"} - {
        d.entry for d in before.doubts if d.code == "correction_conflict"
    } == {late.id}
    taken_back = change(with_both, EntryWithdrawn(entry=late.id, reasons="Meant for another version"))
    assert all_of(fold([*with_both, taken_back])) == all_of(before)


@MODERATE
@given(histories(), st.integers(0, 99))
def test_what_is_withdrawn_is_as_if_it_had_not_been_said(writes: list[Write], place: int):
    entries = entries_of(writes)
    struck = correctable(entries, place)
    gone = change(entries, EntryWithdrawn(entry=struck.id, reasons="Another family's child"))
    assert all_of(fold([*entries, gone])) == all_of(fold([e for e in entries if e is not struck]))
    again = change([*entries, gone], EntryWithdrawn(entry=gone.id, reasons="It was right after all"))
    assert struck.id in standing([*entries, gone, again]).withdrawn, "a withdrawal is not withdrawn"


# judging ------------------------------------------------------------------------------


def is_fact(entry: Entry) -> bool:
    return KINDS[entry.kind].nature is Nature.FACT or entry.role == IMPORT_ROLE


@MODERATE
@given(long_histories())
def test_facts_are_always_taken_and_a_decision_unless_it_adds_a_breach(writes: list[Write]):
    for step in accepted(writes).steps:
        if all(is_fact(entry) for entry in step.write):
            assert step.taken
        else:
            assert step.taken == (not step.added)


@MODERATE
@given(histories(untimed=True))
def test_an_order_that_nobody_knows_is_a_doubt_and_never_a_refusal(writes: list[Write]):
    found = accepted(writes)
    for step in found.steps:
        assert "order_unknown" not in {breach.code for breach in step.added}
    timed = {e.id for e in slow_fold.standing(found.entries) if e.at is not None}
    assert not {d.entry for d in found.journey.doubts if d.code == "order_unknown"} & timed


@MODERATE
@given(long_histories())
def test_only_facts_leave_a_breach_behind(writes: list[Write]):
    """What decisions break is refused; what later facts break stays as a doubt on the decision."""
    found = accepted(writes)
    from_facts = {breach for step in found.taken for breach in step.added}
    left = set(found.journey.breaches)
    assert left <= from_facts
    if all(step.write[0].body.nature is not Nature.FACT for step in found.taken[1:]):
        assert not left


# shape ---------------------------------------------------------------------------------


@MODERATE
@given(histories())
def test_rows_have_keys_of_their_own(writes: list[Write]):
    journey = fold(entries_of(writes))
    assert_unique([(h.name, h.entry, h.about, h.outcome) for h in journey.happenings])
    assert_unique([(d.code, d.entry, d.detail) for d in journey.doubts])
    assert_unique([(t.rule, t.trigger, t.about, t.begins) for t in timescales(journey, rulebook())])
    assert_unique([state.begins for state in journey.states])


def assert_unique(keys: list) -> None:
    assert len(keys) == len(set(keys)), sorted(k for k in keys if keys.count(k) > 1)[:3]


@MODERATE
@given(histories())
def test_states_and_events_are_told_in_order_and_no_state_twice(writes: list[Write]):
    journey = fold(entries_of(writes))
    begins = [state.begins for state in journey.states]
    assert begins == sorted(begins)
    said = [msgspec.structs.replace(s, begins=0, entry=0, label=0) for s in journey.states]
    assert all(one != other for one, other in pairwise(said))
    assert [e.at for e in journey.events] == sorted(e.at for e in journey.events)
    assert not journey.changed


@MODERATE
@given(histories())
def test_events_of_one_instant_keep_the_order_of_the_entries(writes: list[Write]):
    journey = fold(entries_of(writes))
    place = {e.id: n for n, e in enumerate(_walked(entries_of(writes)))}
    told = [e for e in journey.events if e.entry]
    for one, other in pairwise(told):
        assert one.at < other.at or place[one.entry] <= place[other.entry]


def _walked(entries: list[Entry]) -> list[Entry]:
    return slow_fold.in_order(slow_fold.standing(entries))


@MODERATE
@given(histories())
def test_a_concern_reads_whatever_a_child_s_file_may_hold(writes: list[Write]):
    """It is asked less: never who has seen a child."""
    journey = fold(entries_of(writes), concern=True)
    assert "unseen_without_reason" not in {b.code for b in journey.breaches if _is_decided(b.entry, writes)}


def _is_decided(entry: int, writes: list[Write]) -> bool:
    return any(e.id == entry and e.body.kind == "contact.decided" for e in entries_of(writes))
