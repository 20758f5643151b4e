"""An assessment is started, written, authorised by somebody else, and ends in a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import Http404

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import accountable_team, offered_together
from rightplace.common.caseflow.siblings import family_with_the_team
from rightplace.domain.practice.entries.assessment import AssessmentAuthorised
from rightplace.domain.practice.entries.caseflow import SteppedDown
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.rls import folding
from rightplace.foundation.journal import actions as journal
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.folding import fold_person
from rightplace.foundation.journal.projections import Happening, Span, Timescale
from rightplace.foundation.journal.writing import Draft, write
from rightplace.foundation.organisation import clock
from rightplace.services.assessment import actions, queries
from rightplace.services.assessment.projections import ASSESSMENTS, Assessment
from rightplace.services.assessment.tests.assessed import (
    NIA,
    TOM,
    accepted,
    again,
    at_the_front_door,
    begun,
    down_to,
    later,
    spoken,
    stepped_up,
    waiting,
    with_the_team,
    words_of,
)
from rightplace.testing.organisation import MORNING, small_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def processes_of(file):
    now = clock.now()
    return Span.objects.filter(person=file, begins__lte=now).order_by("-begins").first().processes


def test_brothers_and_sisters_are_assessed_in_one_occasion_with_a_part_each(city):
    files = with_the_team(city, NIA, TOM)
    assert sorted(family_with_the_team(city.social_worker.actor, files[0])) == sorted(files)
    rows = begun(city, *files)
    assert len({row.occasion for row in rows}) == 1
    said = {row.id: words_of(row, child_words=f"I am {row.id}.") for row in rows}
    actions.sign_assessment(written=said, by=city.social_worker.actor)
    told = [e.body for e in queries.entries_told(city.assessment_manager.actor, files) if e.kind == 78]
    assert {body.child_words for body in told} == {f"I am {row.id}." for row in rows}
    assert {body.analysis for body in told} == {"The child carries too much."}


def test_the_forty_five_working_days_count_from_the_referral_and_are_met_by_the_name(city):
    row = waiting(city)
    scale = Timescale.objects.get(person=row.person, rule="ASM-1")
    assert scale.due == row.due
    assert scale.met is None
    assert Timescale.objects.get(person=row.person, rule="ASM-AUTHORISE").met is None
    actions.authorise(written={row: words_of(row)}, reasons="I agree.", by=city.assessment_manager.actor)
    assert Timescale.objects.get(person=row.person, rule="ASM-1").met is not None
    assert Timescale.objects.get(person=row.person, rule="ASM-AUTHORISE").met is not None


def test_a_step_up_without_a_referral_brings_one_as_of_the_moment_the_team_answers(city):
    file = stepped_up(city)
    with clock.clock_at(MORNING + timedelta(hours=1)):
        accepted(file, city.assessment_manager, city.social_worker)
    with clock.clock_at(MORNING + timedelta(days=2)):
        (row,) = begun(city, file)
        assert Happening.objects.get(person=file, name="referral.accepted").at == MORNING + timedelta(hours=1)
        assert Timescale.objects.get(person=file, rule="ASM-1").begins == MORNING + timedelta(hours=1)
        assert row.due is not None
        assert accountable_team(file) == city.assessment.pk


def test_a_child_in_need_plan_begins_with_the_name_under_the_assessment(city):
    row = waiting(city)
    actions.authorise(written={row: words_of(row)}, reasons="I agree.", by=city.assessment_manager.actor)
    done = again(row)
    assert (done.outcome, done.authorised_by) == ("cin_plan", city.assessment_manager.worker.pk)
    assert done.ended is not None
    assert processes_of(row.file) == ["cin_plan"]


def test_a_step_down_is_offered_and_the_team_answers_until_it_is_accepted(city):
    """Promise 1: one accountable team at every instant."""
    row = waiting(city, "early_help")
    with pytest.raises(Refused, match="none is named"):
        actions.authorise(
            written={row: words_of(row, "early_help")}, reasons="Yes.", by=city.assessment_manager.actor
        )
    assert again(row).is_waiting, "what is refused leaves nothing half done"
    later()
    actions.authorise(
        written={row: words_of(row, "early_help")}, reasons="Yes.", step_down=down_to(city),
        by=city.assessment_manager.actor,
    )  # fmt: skip
    assert accountable_team(row.file) == city.assessment.pk
    offer = Offer.objects.get(file=row.file, team=city.family_support.pk, state="open")
    caseflow.accept_child(file=row.file, offer=offer.id, by=city.family_support_manager.actor)
    assert accountable_team(row.file) == city.family_support.pk


def test_brothers_and_sisters_step_down_in_one_conversation_that_both_sides_keep(city):
    """One occasion in both files, each child for the own reasons, and one act of the team that takes them."""
    rows = begun(city, *with_the_team(city, TOM, NIA))
    later()
    said = {row.id: words_of(row, "early_help", reasons=f"Reason {n}.") for n, row in enumerate(rows)}
    actions.sign_assessment(written=said, by=city.social_worker.actor)
    later()
    actions.authorise(
        written={again(row): said[row.id] for row in rows}, reasons="Yes.", step_down=down_to(city),
        by=city.assessment_manager.actor,
    )  # fmt: skip
    steps = [
        entry
        for entry in queries.entries_told(city.assessment_manager.actor, [row.file for row in rows])
        if isinstance(entry.body, SteppedDown)
    ]
    assert len({entry.occasion for entry in steps}) == 1
    assert {entry.body.reasons for entry in steps} == {"Reason 0.", "Reason 1."}
    assert {(entry.body.spoke, entry.body.agreed, entry.body.carried) for entry in steps} == {
        (spoken().spoke, spoken().agreed, down_to(city).carried)
    }
    first = Offer.objects.get(file=rows[0].file, team=city.family_support.pk, state="open")
    manager = city.family_support_manager.actor
    both = [first, *offered_together(manager, first)]
    assert {offer.file for offer in both} == {row.file for row in rows}
    later()
    caseflow.accept_children(offers={offer.file: offer.id for offer in both}, by=manager)
    assert {accountable_team(row.file) for row in rows} == {city.family_support.pk}


@pytest.mark.parametrize("missing", [{"spoke": ("We alone",)}, {"agreed": " "}])
def test_a_step_down_that_nobody_spoke_of_is_refused_and_leaves_nothing(city, missing):
    row = waiting(city, "early_help")
    later()
    agreed = replace(down_to(city), conversation=replace(spoken(), **missing))
    with pytest.raises(Refused, match="one conversation"):
        actions.authorise(
            written={row: words_of(row, "early_help")}, reasons="Yes.", step_down=agreed,
            by=city.assessment_manager.actor,
        )  # fmt: skip
    assert again(row).is_waiting
    assert not Offer.objects.filter(file=row.file, team=city.family_support.pk).exists()


def test_what_another_agency_is_sent_is_recorded_with_basis_and_purpose(city):
    """Promise 7: each sharing records basis, purpose and what was sent."""
    row = waiting(city, "other")
    said = words_of(
        row, "other", to_agency=city.housing.team.agency_id, to_send="A family of three needs a home.",
        to_send_for="A home", lawful_basis="public task", family_told="told and agrees",
    )  # fmt: skip
    actions.authorise(written={row: said}, reasons="Yes.", by=city.assessment_manager.actor)
    told = queries.entries_told(city.assessment_manager.actor, [row.file])
    shared = next(e.body for e in told if e.body.kind == "information.shared")
    assert (shared.basis, shared.purpose, shared.sent) == (
        "public task",
        "A home",
        "A family of three needs a home.",
    )


def test_a_closing_after_no_further_action_is_guarded(city):
    """Promise 2: the assessment that waits for a name guards the child; so does nobody having seen the child."""
    row = waiting(city, "none")
    close = {
        "file": row.file,
        "reasons": "Nothing more.",
        "closure_reason": "RC8",
        "by": city.assessment_manager.actor,
    }
    with pytest.raises(Refused, match=r"Still open|seen"):
        caseflow.close_case(**close)
    actions.authorise(written={row: words_of(row, "none")}, reasons="Yes.", by=city.assessment_manager.actor)
    with pytest.raises(Refused):
        caseflow.close_case(**close)
    assert accountable_team(row.file) == city.assessment.pk


# promise 6 ------------------------------------------------------------------------------------------------------------


def test_nobody_puts_a_name_under_their_own_work(city):
    """Promise 6: refused by the action, and by the journal where somebody goes past the action."""
    row = waiting(city, by=city.assessment_manager)
    with pytest.raises(Refused, match="You wrote this"):
        actions.authorise(written={row: words_of(row)}, reasons="Yes.", by=city.assessment_manager.actor)
    at = from_datetime(clock.now())
    past = Draft(
        file=row.file, day=day_of(at), at=at,
        body=AssessmentAuthorised(assessment=row.id, outcome="none", reasons="Yes.", written=row.waits),
    )  # fmt: skip
    with pytest.raises(Refused, match="You wrote this"):
        write([past], by=city.assessment_manager.actor, may="assessment.authorise")
    assert again(row).is_waiting


def test_who_wrote_an_earlier_version_does_not_authorise_the_later_one(city):
    """Promise 6: sent back and written again by somebody else, it is still the first writer's work too."""
    row = waiting(city, by=city.assessment_manager)
    actions.send_back(rows=[row], what_is_missing="The father.", by=city.head_of_service.actor)
    later()
    actions.sign_assessment(written={row.id: words_of(row)}, by=city.social_worker.actor)
    with pytest.raises(Refused, match="You wrote this"):
        actions.authorise(
            written={again(row): words_of(row)}, reasons="Yes.", by=city.assessment_manager.actor
        )
    actions.authorise(written={again(row): words_of(row)}, reasons="Yes.", by=city.head_of_service.actor)
    assert again(row).authorised_by == city.head_of_service.worker.pk


def test_a_managers_own_assessment_waits_on_the_head_of_services_desk(city):
    row = waiting(city, by=city.assessment_manager)
    assert list(queries.to_authorise(city.assessment_manager.actor)) == []
    assert [found.id for found in queries.to_authorise(city.head_of_service.actor)] == [row.id]


def test_what_was_sent_back_is_written_again_and_the_clock_runs_on(city):
    row = waiting(city)
    with pytest.raises(Refused):
        actions.send_back(rows=[row], what_is_missing=" ", by=city.assessment_manager.actor)
    actions.send_back(rows=[row], what_is_missing="What Tom says.", by=city.assessment_manager.actor)
    back = again(row)
    assert (back.is_waiting, back.times_sent_back, back.due) == (False, 1, row.due)
    with pytest.raises(Refused, match="not the assessment as it stands"):
        actions.authorise(written={back: words_of(row)}, reasons="Yes.", by=city.assessment_manager.actor)
    later()
    actions.sign_assessment(written={row.id: words_of(row)}, by=city.social_worker.actor)
    assert again(row).is_waiting


def test_a_second_writing_while_the_first_waits_is_refused(city):
    row = waiting(city)
    with pytest.raises(Refused, match="waits to be authorised"):
        actions.sign_assessment(written={row.id: words_of(row)}, by=city.social_worker.actor)


def test_what_took_longer_than_its_time_says_why(city):
    row = waiting(city)
    with clock.clock_at(row.due + timedelta(days=1)):
        late = {
            "written": {again(row): words_of(row)},
            "reasons": "Yes.",
            "by": city.assessment_manager.actor,
        }
        with pytest.raises(Refused, match="longer"):
            actions.authorise(**late)
        actions.authorise(**late, over_time_reasons="The family was away.")
    assert again(row).outcome == "cin_plan"


def test_another_team_neither_starts_nor_writes_nor_authorises(city):
    (file,) = with_the_team(city)
    with pytest.raises(Refused, match="Another team"):
        actions.start_assessment(files=[file], by=city.other_assessment_manager.actor)
    (row,) = begun(city, file)
    with pytest.raises(Http404):
        actions.sign_assessment(written={row.id: words_of(row)}, by=city.other_assessment_manager.actor)
    actions.sign_assessment(written={row.id: words_of(row)}, by=city.social_worker.actor)
    with pytest.raises(Http404):
        actions.authorise(
            written={again(row): words_of(row)}, reasons="Yes.", by=city.other_assessment_manager.actor
        )


def test_a_child_is_assessed_once_at_a_time(city):
    (row,) = begun(city, *with_the_team(city))
    with pytest.raises(Refused, match="already"):
        begun(city, row.file)


def test_an_assessment_that_ends_by_closing_waits_for_nobody(city):
    row = waiting(city)
    journal.excuse_timescale(
        file=row.file, rule="ASM-1", trigger=Timescale.objects.get(person=row.person, rule="ASM-1").trigger,
        outcome="not required", reasons="The family moved.", by=city.assessment_manager.actor,
    )  # fmt: skip
    caseflow_close(city, row.file)
    closed = again(row)
    assert (closed.waits, closed.authorised) == (0, None)
    assert closed.ended is not None


def caseflow_close(city, file):
    for scale in Timescale.objects.filter(person=file, guards=True, met__isnull=True, not_required=""):
        journal.excuse_timescale(
            file=file, rule=scale.rule, trigger=scale.trigger, outcome="not required", reasons="Moved.",
            by=city.assessment_manager.actor,
        )  # fmt: skip
    caseflow.close_case(
        file=file, reasons="The family moved away.", closure_reason="RC7", unseen_reason="They moved.",
        by=city.assessment_manager.actor,
    )  # fmt: skip


def test_the_rows_are_the_same_when_they_are_built_anew(city):
    row = waiting(city)
    at_the_front_door(city, TOM)
    with folding():
        folded = fold_person(row.person, 1, reading.entries_of(reading.files_of_persons([row.person])))
    assert list(ASSESSMENTS.rows(folded)) == list(Assessment.objects.values_list(*ASSESSMENTS.columns))
