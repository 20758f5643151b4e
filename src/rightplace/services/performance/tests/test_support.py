"""Support: fair stages, clocks, a companion, the worker's own account, an appeal heard by somebody else."""

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.services.performance import supporting
from rightplace.services.performance.lock import opened_for
from rightplace.services.performance.models import Matter, Nudge
from rightplace.services.performance.stages import rules_on
from rightplace.services.performance.supporting import Said
from rightplace.services.performance.tests.conftest import informal, later, signed, steps_of
from rightplace.testing.organisation import MORNING


def test_every_stage_can_be_reached_and_every_path_ends():
    rules = rules_on(MORNING.date())
    reached, todo = set(), ["begun"]
    while todo:
        stage = todo.pop()
        reached.add(stage)
        todo += [each.id for each in rules.next_after(stage) if each.id not in reached]
    assert reached == set(rules.stages)
    assert all(rules.next_after(each.id) for each in rules.stages.values() if each.at != "closed")
    assert not any(rules.next_after(each.id) for each in rules.stages.values() if each.at == "closed")


def test_informal_support_ends_well_and_nothing_waits_any_more(city):
    matter = informal(city)
    with clock.clock_at(later(40)):
        supporting.take_step(
            matter=matter, said=Said(stage="ended_well", words="In time."), by=city.assessment_manager.actor
        )
        signed(matter, city.social_worker)
    with opened_for(city.social_worker.actor):
        assert Matter.objects.get().at == "closed"
    assert not Nudge.objects.filter(done_at=None).exists()


def test_help_is_offered_before_anything_is_asked(city):
    with pytest.raises(Refused, match="without help"):
        supporting.begin_support(
            worker=city.social_worker.worker, words="Be quicker.", help=" ", by=city.assessment_manager.actor
        )


def test_nothing_goes_on_while_the_worker_has_time_to_answer(city):
    matter = supporting.begin_support(
        worker=city.social_worker.worker, words="This.", help="That.", by=city.assessment_manager.actor
    )
    said = Said(stage="looked_at", words="Seen.")
    with pytest.raises(Refused, match="has time to"):
        supporting.take_step(matter=matter, said=said, by=city.assessment_manager.actor)
    with clock.clock_at(later(9)):
        assert supporting.take_step(matter=matter, said=said, by=city.assessment_manager.actor).number == 2


def test_a_formal_stage_comes_after_informal_help_only(city):
    matter = supporting.begin_support(
        worker=city.social_worker.worker, words="This.", help="That.", by=city.assessment_manager.actor
    )
    with pytest.raises(Refused, match="looked at together"):
        supporting.ask_for_formal(
            matter=matter, hr_owner=city.human_resources.worker, by=city.assessment_manager.actor
        )
    signed(matter, city.social_worker)
    notice = Said(stage="notice", words="x", adjustments="none", due=later(30).date())
    with pytest.raises(Refused, match="does not come next"):
        supporting.take_step(matter=matter, said=notice, by=city.head_of_service.actor)


def test_a_formal_meeting_has_notice_adjustments_and_another_author_than_the_manager(city):
    matter = informal(city)
    notice = {"stage": "notice", "words": "A meeting.", "adjustments": "A quiet room."}
    with clock.clock_at(later(21)):
        with pytest.raises(Refused, match="not yours"):
            supporting.take_step(
                matter=matter, said=Said(**notice, due=later(35).date()), by=city.assessment_manager.actor
            )
        with pytest.raises(Refused, match="notice in writing"):
            supporting.take_step(
                matter=matter, said=Said(**notice, due=later(23).date()), by=city.head_of_service.actor
            )
        without = notice | {"adjustments": ""}
        with pytest.raises(Refused, match="Adjustments"):
            supporting.take_step(
                matter=matter, said=Said(**without, due=later(35).date()), by=city.head_of_service.actor
            )
        supporting.take_step(
            matter=matter, said=Said(**notice, due=later(35).date()), by=city.head_of_service.actor
        )


def test_a_companion_reads_only_where_the_worker_lets_them_and_may_put_the_meeting_off(city, formal):
    matter, friend, worker = formal(), city.family_support_worker, city.social_worker.actor
    with clock.clock_at(later(30)):
        with pytest.raises(Refused, match="companion cannot come"):
            supporting.put_off_meeting(matter=matter, to=later(37).date(), by=worker)
        for reads in (False, True, False):
            supporting.name_companion(matter=matter, name="", worker=friend.worker, reads=reads, by=worker)
            assert len(steps_of(matter, friend)) == (3 if reads else 0)
        with pytest.raises(Refused, match="too far off"):
            supporting.put_off_meeting(matter=matter, to=later(60).date(), by=worker)
        supporting.put_off_meeting(matter=matter, to=later(38).date(), by=worker)
    with clock.clock_at(later(36)), pytest.raises(Refused, match="has not come"):
        supporting.take_step(
            matter=matter, said=Said(stage="meeting", words="x"), by=city.human_resources.actor
        )
    with pytest.raises(Refused, match="cannot be your companion"):
        supporting.name_companion(
            matter=matter, name="", worker=city.assessment_manager.worker, reads=True, by=worker
        )


def to_an_outcome(city, matter, outcome="warning"):
    by, worker = city.human_resources.actor, city.social_worker
    with clock.clock_at(later(35)):
        supporting.take_step(matter=matter, said=Said(stage="meeting", words="All was said."), by=by)
        signed(matter, worker)
        plan = {"stage": "plan", "words": "Three things.", "help": "A mentor.", "adjustments": "Software."}
        with pytest.raises(Refused, match="at least 4 weeks"):
            supporting.take_step(matter=matter, said=Said(**plan, due=later(40).date()), by=by)
        supporting.take_step(matter=matter, said=Said(**plan, due=later(70).date()), by=by)
        signed(matter, worker)
    review = Said(stage="plan_review", words="Two of three.")
    with clock.clock_at(later(50)), pytest.raises(Refused, match="has not come"):
        supporting.take_step(matter=matter, said=review, by=by)
    with clock.clock_at(later(70)):
        supporting.take_step(matter=matter, said=review, by=by)
        signed(matter, worker)
        with pytest.raises(Refused, match="outcome is missing"):
            supporting.take_step(matter=matter, said=Said(stage="outcome", words="x"), by=by)
        supporting.take_step(
            matter=matter, said=Said(stage="outcome", words="This was decided.", outcome=outcome), by=by
        )
        signed(matter, worker)


def test_an_appeal_is_heard_by_somebody_who_had_no_part_in_it(city, formal, second_head):
    matter = formal()
    to_an_outcome(city, matter)
    with clock.clock_at(later(75)):
        with pytest.raises(Refused, match="time for an appeal"):
            supporting.take_step(
                matter=matter, said=Said(stage="ended", words="x"), by=city.human_resources.actor
            )
        supporting.take_step(
            matter=matter, said=Said(stage="appeal", words="Too hard."), by=city.social_worker.actor
        )
        for wrong in (city.head_of_service, city.human_resources, city.assessment_manager):
            with pytest.raises(Refused, match="no part in it"):
                supporting.name_appeal_hearer(
                    matter=matter, hearer=wrong.worker, by=city.human_resources.actor
                )
        assert steps_of(matter, second_head) == []
        supporting.name_appeal_hearer(matter=matter, hearer=second_head.worker, by=city.human_resources.actor)
        decided = Said(stage="appeal_decided", words="It goes.", outcome="upheld")
        with pytest.raises(Refused, match="not yours"):
            supporting.take_step(matter=matter, said=decided, by=city.human_resources.actor)
        supporting.take_step(matter=matter, said=decided, by=second_head.actor)
    assert [each.stage for each in steps_of(matter, city.social_worker)][-3:] == [
        "outcome", "appeal", "appeal_decided",
    ]  # fmt: skip


def test_a_plan_that_was_met_ends_well_at_once(city, formal):
    matter, well = formal(), Said(stage="ended_well", words="In time again.")
    to_an_outcome(city, matter, "met")
    with clock.clock_at(later(71)):
        supporting.take_step(matter=matter, said=well, by=city.assessment_manager.actor)
    assert steps_of(matter, city.social_worker)[-1].stage == "ended_well"


def test_a_warning_does_not_end_well(city, formal):
    matter = formal()
    to_an_outcome(city, matter)
    with clock.clock_at(later(71)), pytest.raises(Refused, match="does not lead there"):
        supporting.take_step(
            matter=matter, said=Said(stage="ended_well", words="x"), by=city.assessment_manager.actor
        )


def test_a_late_appeal_is_refused_with_whom_to_speak(city, formal):
    matter = formal()
    to_an_outcome(city, matter)
    with clock.clock_at(later(95)):
        with pytest.raises(Refused, match="was possible until"):
            supporting.take_step(
                matter=matter, said=Said(stage="appeal", words="x"), by=city.social_worker.actor
            )
        supporting.take_step(
            matter=matter, said=Said(stage="ended", words="It stands."), by=city.human_resources.actor
        )


def test_who_is_not_named_writes_nothing(city, formal):
    matter = formal()
    for who in (city.other_assessment_manager, city.director, city.administrator):
        with pytest.raises(NotAllowed):
            supporting.take_step(matter=matter, said=Said(stage="meeting", words="x"), by=who.actor)
    with pytest.raises(NotAllowed):
        supporting.sign_step(
            step=steps_of(matter, city.social_worker)[-1],
            stand="agrees",
            account="",
            by=city.human_resources.actor,
        )
    with pytest.raises(NotAllowed):
        supporting.begin_support(
            worker=city.social_worker.worker, words="x", help="y", by=city.other_assessment_manager.actor
        )
