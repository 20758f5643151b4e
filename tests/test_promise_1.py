"""Promise 1. An open child has exactly one accountable team at every instant, and a worker or an age without one.

A hand-over is complete when accepted; the second sending back goes to the head of service, due in 4 hours.
"""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given

from rightplace.domain.practice.entries import Entry, kind_named
from rightplace.domain.practice.journey import REDUCERS, Journey, flow
from rightplace.domain.practice.journey.tests import slow_fold
from rightplace.domain.practice.journey.tests.histories import (
    EXAMPLES,
    MODERATE,
    Accepted,
    Step,
    accepted,
    long_histories,
)
from rightplace.domain.practice.workdays import HOUR
from tests.chance import caught, deaf_to

pytestmark = pytest.mark.promise
HANDS_OVER = {"team.accepted", "team.placed", "person.linked"}


def kept(found: Accepted) -> Counter[str]:
    """Hold a judged history against the promise; what it came past is counted."""
    met: Counter[str] = Counter()
    someone_answers(found.journey)
    only_a_hand_over_moves_the_child(found, met)
    for step in found.taken:
        for entry in step.write:
            if entry.body.kind == "team.accepted":
                it_is_complete_when_accepted(step, entry)
                met["accepted"] += 1
                met[f"accepted after {_because_of(step, entry)}"] += 1
            elif entry.body.kind == "team.sent_back":
                met["sent back twice"] += the_second_goes_to_the_head_of_service(step, entry)
            elif entry.body.kind == "team.offered":
                no_team_is_asked_a_third_time(step, entry)
    return met


def _because_of(step: Step, entry: Entry) -> str:
    """Which kind of entry the accepted offer followed from; empty for an offer that names none."""
    offered = {e.id: e.body.because_of for e in step.before if e.body.kind == "team.offered"}
    kinds = {e.id: e.body.kind for e in step.before}
    return kinds.get(offered.get(entry.body.offer, 0), "")


def someone_answers(journey: Journey) -> None:
    for state in journey.states:
        if state.open:
            assert state.team, "an open child without a team"
            assert bool(state.worker) != (state.unallocated_since is not None), "neither a worker nor an age"
            assert state.opened is not None
            assert state.opened <= (state.unallocated_since or state.begins) <= state.begins
        else:
            assert (state.team, state.worker, state.unallocated_since) == (0, 0, None), (
                "a closed child with a team"
            )


def only_a_hand_over_moves_the_child(found: Accepted, met: Counter[str]) -> None:
    """The team changes only when one accepts, is placed or is named by a link, or when the child is opened anew."""
    stands = slow_fold.in_order(slow_fold.standing(found.entries))
    for before, after in pairwise(found.journey.states):
        if before.open and after.open and before.team != after.team:
            met["moved"] += 1
            named = {_team_of(e) for e in stands if _instant(e) <= after.begins and e.body.kind in HANDS_OVER}
            reopened = after.opened != before.opened
            assert reopened or after.team in named, "the child moved and nobody took it"


def _instant(entry: Entry) -> int:
    return entry.at if entry.at is not None else slow_fold.midnight(entry.day)


def _team_of(entry: Entry) -> int:
    return entry.team if entry.body.kind == "team.accepted" else entry.body.team


def it_is_complete_when_accepted(step: Step, entry: Entry) -> None:
    state = step.journey.state_at(entry.at)
    before = step.journey.state_at(entry.at - 1)
    assert not state.open or state.team == entry.team, "accepted, and another team answers"
    offered = {e.body.team for e in slow_fold.standing([*step.before]) if e.id == entry.body.offer}
    assert offered == {entry.team}, "accepted by a team that was not asked"
    assert before.team or state.opened == entry.at, "it was open before, and nobody answered"


def the_second_goes_to_the_head_of_service(step: Step, entry: Entry) -> bool:
    times = _slowly(step, entry).sent_back
    if times < 2:
        return False
    due = [t for t in step.due if t.rule == "SENT-BACK-TWICE" and t.trigger == entry.id]
    assert len(due) == 1, "nobody was told"
    assert due[0].due is not None
    assert due[0].due >= entry.at + 4 * HOUR
    assert step.journey.state_at(entry.at).team, "and meanwhile nobody answers"
    return True


def no_team_is_asked_a_third_time(step: Step, entry: Entry) -> None:
    assert _slowly(step, entry).sent_back < 2, "offered again, past the head of service"


def _slowly(step: Step, entry: Entry) -> slow_fold.Seen:
    seen = slow_fold.read([*step.before, *step.write])
    return next(one for one in seen if one.entry == entry.id)


def test_an_open_child_always_has_one_team_and_a_worker_or_an_age_without_one():
    met: Counter[str] = Counter()

    @MODERATE
    @given(long_histories())
    def holds(writes):
        met.update(kept(accepted(writes)))

    holds()
    assert met["moved"] >= EXAMPLES // 8, met
    assert met["accepted"] >= EXAMPLES // 10, met


def test_the_second_sending_back_is_reached_often_enough_to_mean_something():
    from tests.chance import judged

    met: Counter[str] = Counter()
    for found in judged(60):
        met.update(kept(found))
    assert met["sent back twice"] >= 5, met


def test_signals_taken_up_and_steps_end_in_hand_overs_often_enough_to_mean_something():
    from tests.chance import judged

    met: Counter[str] = Counter()
    for found in judged(60):
        met.update(kept(found))
        met.update(f"begun by {step.write[0].body.kind}" for step in found.taken if _opened(step))
    assert met["accepted after signal.taken_up"] >= 5, met
    assert met["accepted after step.up"] >= 3, met
    assert met["accepted after step.down"] >= 3, met
    assert met["begun by signal.taken_up"] >= 3, met


def _opened(step: Step) -> bool:
    before = slow_fold.read([*step.before])
    return step.journey.open and not (before and before[-1].open)


# what a rule left out would do -----------------------------------------------------------


def handed_over_when_offered(journey, entry, body):
    flow.team_offered(journey, entry, body)
    if journey.open:
        journey.team, journey.changed = body.team, True


def ended_without_an_age(journey, entry, body):
    if journey.worker == body.worker:
        journey.worker, journey.unallocated_since, journey.changed = 0, None, True


def stolen_by_a_second_contact(journey, entry, body):
    contact_received(journey, entry, body)
    journey.team, journey.changed = body.team, True


def sent_back_without_counting(journey, entry, body):
    flow.team_sent_back(journey, entry, body)
    journey.sent_back = 0


def accepted_without_taking(journey, entry, body):
    team = journey.team
    flow.team_accepted(journey, entry, body)
    journey.team = team


contact_received = REDUCERS[kind_named("contact.received").number]


@pytest.mark.parametrize(
    ("kind", "mutant"),
    [
        ("team.offered", handed_over_when_offered),
        ("worker.ended", ended_without_an_age),
        ("contact.received", stolen_by_a_second_contact),
        ("team.sent_back", sent_back_without_counting),
        ("team.accepted", accepted_without_taking),
    ],
)
def test_a_fold_without_the_rule_is_caught(kind, mutant, monkeypatch):
    monkeypatch.setitem(REDUCERS, kind_named(kind).number, mutant)
    assert caught(kept)


@pytest.mark.parametrize("code", ["goes_to_head_of_service"])
def test_a_judge_who_is_deaf_to_it_is_caught(code, monkeypatch):
    monkeypatch.setattr(Journey, "breach", deaf_to(code))
    assert caught(kept)


def test_any_team_answering_any_offer_is_caught(monkeypatch):
    def answered(journey, entry, offer_id, state):
        offer = journey.offers.get(offer_id)
        if offer is None or offer.state != "open":
            journey.breach("no_such_offer")
            return None
        offer.state, offer.team = state, entry.team
        return offer

    monkeypatch.setattr(flow, "_answered", answered)
    assert caught(kept)
