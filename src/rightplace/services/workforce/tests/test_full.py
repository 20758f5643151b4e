"""“I am full”: said with the load of the moment, answered in time or climbing, shown to both."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rightplace.common.caseflow.waits import waits_for
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.organisation import clock
from rightplace.services.workforce import full
from rightplace.services.workforce.models import FullSaid
from rightplace.services.workforce.tests.conftest import MORNING, held


def say(who, because="Two new families came in one week."):
    return full.say_full(because=because, by=who.actor)


def waits(who):
    return [each.number for each in waits_for(who.actor) if each.of.key == "full"]


def test_the_load_of_the_moment_and_the_clock_are_written_down(city, employed):
    employed(city.social_worker)
    held(city.social_worker, "assessment")
    said = say(city.social_worker)
    assert (said.families, said.children, float(said.has)) == (1, 1, 28)
    assert said.answer_by.date() == date(2026, 3, 6) or said.answer_by.date() == date(2026, 3, 5)
    assert said.climbs_at > said.answer_by
    with pytest.raises(Refused, match="already"):
        say(city.social_worker)
    with pytest.raises(Refused, match="reason"):
        say(city.family_support_worker, " ")


def test_a_weekend_gives_no_time_and_takes_none(city):
    friday = MORNING + timedelta(days=3)
    with clock.clock_at(friday):
        said = say(city.social_worker)
    assert said.answer_by - friday > timedelta(days=4)


def test_unanswered_it_climbs_to_the_head_of_service_and_then_to_the_director(city):
    said = say(city.social_worker)
    assert (waits(city.assessment_manager), waits(city.head_of_service), waits(city.director)) == (
        [1],
        [],
        [],
    )
    assert waits(city.other_assessment_manager) == []
    with clock.clock_at(said.answer_by):
        assert (waits(city.head_of_service), waits(city.director)) == ([1], [])
    with clock.clock_at(said.climbs_at):
        assert (waits(city.head_of_service), waits(city.director)) == ([1], [1])
    full.answer_full(
        said=said, kind="relief", words="No new family until April.", by=city.assessment_manager.actor
    )
    with clock.clock_at(said.climbs_at):
        assert waits(city.assessment_manager) == waits(city.head_of_service) == waits(city.director) == []


def test_a_manager_who_is_full_is_answered_by_a_head_of_service_and_never_alone(city):
    said = say(city.assessment_manager)
    assert (waits(city.assessment_manager), waits(city.head_of_service)) == ([], [1])
    with pytest.raises(NotAllowed):
        full.answer_full(said=said, kind="relief", words="All is well.", by=city.assessment_manager.actor)
    full.answer_full(
        said=said, kind="disagreement", words="The figures say otherwise.", by=city.head_of_service.actor
    )
    head = say(city.head_of_service)
    assert waits(city.director) == [1]
    with pytest.raises(NotAllowed):
        full.answer_full(said=head, kind="relief", words="x", by=city.head_of_service.actor)


def test_an_arrangement_has_a_last_day_and_the_worker_says_whether_it_is_right(city):
    said = say(city.social_worker)
    by = city.assessment_manager.actor
    with pytest.raises(Refused, match="last day"):
        full.answer_full(said=said, kind="arrangement", words="A colleague visits with you.", by=by)
    answer = full.answer_full(
        said=said, kind="arrangement", words="A colleague visits with you.", by=by, until=date(2026, 4, 1)
    )
    with pytest.raises(Refused, match="Only who was answered"):
        full.reply_to_answer(answer=answer, accepted=True, by=city.family_support_worker.actor)
    with pytest.raises(Refused, match="not right"):
        full.reply_to_answer(answer=answer, accepted=False, by=city.social_worker.actor)
    full.reply_to_answer(answer=answer, accepted=False, words="She is away.", by=city.social_worker.actor)
    with pytest.raises(Refused, match="replied already"):
        full.reply_to_answer(answer=answer, accepted=True, by=city.social_worker.actor)
    with pytest.raises(Refused, match="answered or taken back"):
        full.take_back(said=said, by=city.social_worker.actor)
    assert say(city.social_worker).pk != said.pk


def test_what_is_taken_back_waits_for_nobody(city):
    said = say(city.social_worker)
    with pytest.raises(Refused, match="Only who said it"):
        full.take_back(said=said, by=city.assessment_manager.actor)
    full.take_back(said=said, by=city.social_worker.actor)
    assert waits(city.assessment_manager) == []
    with pytest.raises(Refused, match="answered or taken back"):
        full.answer_full(said=said, kind="relief", words="x", by=city.assessment_manager.actor)


def test_each_sees_the_own_and_a_manager_the_teams(city):
    said = say(city.social_worker)
    seen = {
        name for name in ("social_worker", "assessment_manager", "head_of_service", "director",
                          "other_assessment_manager", "family_support_worker", "human_resources", "union_observer", "analyst")
        if said in scope(getattr(city, name).actor, FullSaid)
    }  # fmt: skip
    assert seen == {"social_worker", "assessment_manager", "head_of_service", "director"}
