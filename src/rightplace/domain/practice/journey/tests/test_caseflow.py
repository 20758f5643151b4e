"""Offer, accept, send back, place, allocate, close: who answers for the child."""

import pytest

from rightplace.domain.practice.entries.assessment import (
    AssessmentAuthorised,
    AssessmentBegan,
    NeedPlanEnded,
    VisitMade,
)
from rightplace.domain.practice.entries.base import IMPORT_ROLE
from rightplace.domain.practice.entries.caseflow import (
    CaseClosed,
    TeamAccepted,
    TeamOffered,
    TeamPlaced,
    TeamSentBack,
    WorkerAllocated,
    WorkerEnded,
)
from rightplace.domain.practice.entries.identity import ImportTaken, PossibleDuplicateSettled
from rightplace.domain.practice.entries.keeping import PersonLinked
from rightplace.domain.practice.journey.refusals import refused
from rightplace.domain.practice.journey.tests.telling import (
    DOOR,
    FIRST,
    HEADS,
    NORTH,
    NORTH_MANAGER,
    SOUTH,
    SOUTH_MANAGER,
    SOUTH_WORKER,
    File,
    clock,
    codes,
)


def allocated(file: File) -> File:
    file.say(WorkerAllocated(worker=SOUTH_WORKER), team=SOUTH, author=SOUTH_MANAGER)
    return file


def test_the_front_door_answers_until_the_offered_team_accepts():
    file = File()
    file.contact()
    offer = file.say(TeamOffered(team=SOUTH, for_what="assessment"))
    assert file.journey().now.team == DOOR
    file.say(TeamAccepted(offer=offer.id), team=SOUTH, author=SOUTH_MANAGER)
    assert file.journey().now.team == SOUTH


def test_an_offer_is_accepted_once():
    file = File().with_south()
    offer = next(iter(file.journey().offers))
    file.say(TeamAccepted(offer=offer), team=SOUTH, author=SOUTH_MANAGER)
    assert "no_such_offer" in codes(file.journey())


def test_an_offer_does_not_outlive_a_closing():
    file = File()
    file.contact()
    offer = file.say(TeamOffered(team=SOUTH, for_what="assessment"))
    file.say(CaseClosed(reasons="Moved away"), role=IMPORT_ROLE)
    file.later(2).contact()
    file.say(TeamAccepted(offer=offer.id), team=SOUTH, author=SOUTH_MANAGER)
    journey = file.journey()
    assert "no_such_offer" in codes(journey)
    assert journey.now.team == DOOR


def test_two_sendings_back_leave_the_child_to_the_head_of_service():
    file = File()
    file.contact()
    for team, author in ((SOUTH, SOUTH_MANAGER), (NORTH, NORTH_MANAGER)):
        offer = file.say(TeamOffered(team=team, for_what="assessment"))
        file.say(TeamSentBack(offer=offer.id, reasons="Not ours"), team=team, author=author)
    assert file.refused(TeamOffered(team=NORTH, for_what="assessment")) is not None
    file.say(TeamPlaced(team=SOUTH), team=HEADS, author=91)
    assert file.journey().now.team == SOUTH


def test_the_age_without_a_worker_begins_when_the_worker_ends():
    file = allocated(File().with_south())
    assert file.journey().now.unallocated_since is None
    ended = file.later(5).say(WorkerEnded(worker=SOUTH_WORKER), team=SOUTH, author=SOUTH_MANAGER)
    assert file.journey().now.unallocated_since == ended.at


def test_another_worker_s_end_changes_nothing():
    file = allocated(File().with_south())
    before = file.journey().states
    for worker in (77, 0):
        file.later(1).say(WorkerEnded(worker=worker), team=SOUTH, author=SOUTH_MANAGER)
    assert file.journey().states == before


def test_nobody_is_no_worker():
    file = File().with_south()
    before = file.journey().now
    file.later(4).say(WorkerAllocated(worker=0), team=SOUTH, author=SOUTH_MANAGER)
    assert file.journey().now == before


def test_a_child_placed_where_it_is_keeps_its_worker_and_one_without_keeps_its_age():
    file = File().with_south()
    since = file.journey().now.unallocated_since
    file.later(1).say(TeamPlaced(team=SOUTH), team=HEADS, author=91)
    assert file.journey().now.unallocated_since == since
    allocated(file)
    file.later(1).say(TeamPlaced(team=SOUTH), team=HEADS, author=91)
    assert file.journey().now.worker == SOUTH_WORKER


def test_a_link_that_names_the_team_and_worker_hands_the_child_over():
    file = File()
    file.contact()
    file.say(TeamOffered(team=NORTH, for_what="assessment"))
    file.say(PersonLinked(other_file=900, reasons="One child", team=SOUTH, worker=SOUTH_WORKER))
    journey = file.journey()
    assert (journey.now.team, journey.now.worker) == (SOUTH, SOUTH_WORKER)
    assert not journey.offer_pending()


def test_a_link_that_names_the_team_that_has_the_child_keeps_the_age_without_a_worker():
    file = File().with_south()
    since = file.journey().now.unallocated_since
    file.later(3).say(PersonLinked(other_file=900, reasons="One child", team=SOUTH), team=SOUTH)
    assert file.journey().now.unallocated_since == since


def test_saying_the_same_again_brings_no_new_state():
    file = allocated(File().with_south())
    before = len(file.journey().states)
    allocated(file.later(1))
    assert len(file.journey().states) == before


def test_states_of_one_instant_are_one_state():
    file = File()
    at = clock(FIRST, 10)
    file.contact(at=at)
    offer = file.say(TeamOffered(team=SOUTH, for_what="assessment"), at=at)
    file.say(TeamAccepted(offer=offer.id), team=SOUTH, author=SOUTH_MANAGER, at=at)
    journey = file.journey()
    assert [(s.begins, s.team) for s in journey.states] == [(at, SOUTH)]


@pytest.mark.parametrize(
    "body",
    [
        NeedPlanEnded(plan=4),
        AssessmentAuthorised(assessment=4),
        PossibleDuplicateSettled(duplicate=4, same_child=False, reasons="Another school"),
    ],
)
def test_a_decision_that_ends_what_has_not_begun_is_refused(body):
    file = File().with_south()
    assert (
        file.refused(body, team=SOUTH, author=SOUTH_MANAGER).because == refused("ended_before_begun").because
    )


def test_an_imported_ending_of_what_has_not_begun_is_a_doubt():
    file = File().with_south()
    file.say(NeedPlanEnded(plan=4), role=IMPORT_ROLE, timed=False)
    journey = file.journey()
    assert not journey.breaches
    assert "ended_before_begun" in {d.code for d in journey.doubts}


def test_casework_of_an_import_is_answered_for_by_the_team_that_the_import_names():
    file = File()
    file.say(ImportTaken(source="cin", authority="330", reference=file_day(), carried=(), team=NORTH), team=0)
    file.say(AssessmentBegan(), team=0, role=IMPORT_ROLE, timed=False)
    assert file.journey().now.team == NORTH


def file_day():
    from datetime import date

    return date.fromordinal(FIRST)


def test_seen_is_asked_anew_each_time_that_a_child_is_opened():
    file = File().with_south()
    file.say(VisitMade(seen=True), team=SOUTH)
    file.say(CaseClosed(reasons="Well again"), team=SOUTH, author=SOUTH_MANAGER)
    file.later(30).with_south()
    file.say(CaseClosed(reasons="Well again"), team=SOUTH, author=SOUTH_MANAGER)
    assert [b.code for b in file.journey().breaches] == ["unseen_without_reason"]
