"""A signal taken up: one accountable team from the first moment, and a manager who accepts."""

from datetime import date

import msgspec
import pytest

from rightplace.domain.practice.entries import Body, Entry
from rightplace.domain.practice.entries.caseflow import CaseClosed, TeamAccepted, TeamOffered, TeamSentBack
from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.domain.practice.entries.familysupport import FamilySupportBegan
from rightplace.domain.practice.entries.signals import SignalTakenUp
from rightplace.domain.practice.journey import Journey, fold
from rightplace.domain.practice.workdays import start_of_day

DAY = 739_678
SOUTH, EAST, DOOR = 8, 9, 3
WORKER, MANAGER = 51, 52
TAKEN = SignalTakenUp(
    told=("Away from school",), kinds=("school.attendance",), first_noticed=date(2026, 2, 2),
    last_noticed=date(2026, 2, 27), reasons="Away every Monday.",
)  # fmt: skip


def entry(number: int, body: Body, team: int = SOUTH, author: int = WORKER) -> Entry:
    at = start_of_day(DAY + number)
    return Entry(
        1, number, number, body.number, 1, DAY + number, at, at, author, 20, team, 0, 0, 0, body.named(), body
    )


def codes(journey: Journey) -> set[str]:
    return {breach.code for breach in journey.breaches}


OFFER = TeamOffered(team=SOUTH, for_what="family support", because_of=1)


def test_the_team_of_whoever_takes_it_up_answers_at_once_and_its_manager_accepts():
    journey = fold([entry(1, TAKEN)])
    assert (journey.open, journey.team, journey.open_kinds()) == (True, SOUTH, ("family_support",))
    offered = fold([entry(1, TAKEN), entry(2, OFFER)])
    assert codes(offered) == set()
    assert offered.team == SOUTH
    accepted = fold([entry(1, TAKEN), entry(2, OFFER), entry(3, TeamAccepted(offer=2), author=MANAGER)])
    assert codes(accepted) == set()
    assert (accepted.team, accepted.offer_pending()) == (SOUTH, False)
    assert {state.team for state in accepted.states if state.open} == {SOUTH}


def test_nobody_accepts_what_they_took_up_themselves():
    journey = fold([entry(1, TAKEN), entry(2, OFFER), entry(3, TeamAccepted(offer=2))])
    assert codes(journey) == {"own_offer"}


def test_a_team_is_asked_once_and_never_for_anything_else():
    back = TeamSentBack(offer=2, reasons="Known to us already.", instead="Close.")
    again = fold([entry(1, TAKEN), entry(2, OFFER), entry(3, back, author=MANAGER), entry(4, OFFER)])
    assert codes(again) == {"offer_to_own_team"}
    begun = FamilySupportBegan()
    assert codes(fold([entry(1, begun), entry(2, OFFER)])) == {"offer_to_own_team"}


def test_a_child_whom_a_team_has_stays_with_that_team():
    told = entry(1, ContactReceived(team=DOOR, source="2A", channel="form"), team=DOOR)
    journey = fold([told, entry(2, TAKEN)])
    assert journey.team == DOOR
    assert (
        codes(fold([told, entry(2, TAKEN), entry(3, msgspec.structs.replace(OFFER, because_of=2))])) == set()
    )


def test_a_second_taking_up_at_the_same_instant_changes_nothing():
    first = [entry(1, TAKEN), entry(2, OFFER)]
    second = msgspec.structs.replace(entry(1, TAKEN), id=0, seq=3)
    journey = fold([*first, second])
    assert codes(journey) == set()
    assert journey.team == SOUTH


def test_a_child_who_was_closed_and_is_taken_up_again_is_offered_again():
    closed = entry(4, CaseClosed(reasons="Better.", unseen_reason="Seen at school."), author=MANAGER)
    accepted = entry(3, TeamAccepted(offer=2), author=MANAGER)
    again = [entry(5, TAKEN), entry(6, msgspec.structs.replace(OFFER, because_of=5))]
    journey = fold([entry(1, TAKEN), entry(2, OFFER), accepted, closed, *again])
    assert codes(journey) == set()
    assert journey.offer_pending()


@pytest.mark.parametrize("reasons", ["", "  "])
def test_a_signal_is_taken_up_with_reasons(reasons: str):
    assert codes(fold([entry(1, msgspec.structs.replace(TAKEN, reasons=reasons))])) == {"reasons_missing"}
