"""From a vacant seat to a first day: who may do what, in which order, and what is kept of a candidate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.queries import standing
from rightplace.foundation.organisation.models import Membership
from rightplace.services.recruitment import candidates, filling, queries
from rightplace.services.recruitment.models import (
    Candidate,
    CandidateStep,
    EqualityAnswer,
    PanelWord,
    Vacancy,
)
from rightplace.services.recruitment.tests.conftest import TODAY, ago, post_in, seated, take
from rightplace.testing.organisation import MORNING


def test_a_vacancy_is_of_a_seat_in_which_nobody_employed_sits(city):
    by = city.human_resources.actor
    taken = seated(city, city.social_worker)
    with pytest.raises(Refused, match="Somebody sits"):
        filling.open_vacancy(seat=taken.seats.get(), on=TODAY, because="More work", by=by)
    seat = post_in(city, city.assessment).seats.get()
    filling.open_vacancy(seat=seat, on=TODAY, because="A worker left", by=by)
    with pytest.raises(Refused, match="already"):
        filling.open_vacancy(seat=seat, on=TODAY, because="Again", by=by)
    assert [place.id for _, place in queries.fillable(TODAY)] == []


def test_nobody_but_a_head_of_service_or_the_director_approves(city):
    by = city.human_resources.actor
    made = filling.open_vacancy(
        seat=post_in(city, city.assessment).seats.get(), on=TODAY, because="Left", by=by
    )
    for who in (by, city.assessment_manager.actor, city.social_worker.actor):
        with pytest.raises(Http404):
            filling.record_vacancy_step(vacancy=made, code="approved", on=TODAY, by=who)
    filling.record_vacancy_step(vacancy=made, code="approved", on=TODAY, by=city.director.actor)
    assert Vacancy.objects.get().waits_with == "human resources"


def test_steps_come_in_their_order_and_not_before_the_one_before(city, vacancy, applied):
    by = city.human_resources.actor
    candidate = applied()
    with pytest.raises(Refused, match="not the next step"):
        candidates.record_step(candidate=candidate, code="offered", on=ago(10), by=by)
    with pytest.raises(Refused, match="not before"):
        candidates.record_step(candidate=candidate, code="shortlisted", on=ago(26), by=by)
    with pytest.raises(Refused, match="yet to come"):
        candidates.record_step(candidate=candidate, code="shortlisted", on=TODAY + timedelta(1), by=by)
    with pytest.raises(Refused, match="advertised"):
        candidates.add_candidate(vacancy=vacancy, name="Early Bird", on=ago(31), by=by)


def test_a_panel_is_two_people_and_each_of_them_says_it(city, applied):
    by = city.human_resources.actor
    candidate = applied(upto="shortlisted")
    one, other = city.assessment_manager, city.head_of_service
    for panel in ([one.worker], [one.worker, one.worker]):
        with pytest.raises(Refused, match="at least 2"):
            candidates.name_panel(candidate=candidate, workers=panel, on=ago(13), by=by)
    with pytest.raises(Refused, match="may sit"):
        candidates.name_panel(
            candidate=candidate, workers=[one.worker, city.social_worker.worker], on=ago(13), by=by
        )
    candidates.name_panel(candidate=candidate, workers=[one.worker, other.worker], on=ago(13), by=by)
    candidates.say_word(candidate=candidate, appointable=True, reasons="Clear and kind.", by=one.actor)
    assert Candidate.objects.get().next_step == "interviewed"
    with pytest.raises(Refused, match="not on this panel"):
        candidates.say_word(candidate=candidate, appointable=True, reasons="x", by=city.director.actor)
    candidates.say_word(candidate=candidate, appointable=False, reasons="No court work.", by=other.actor)
    assert Candidate.objects.get().next_step == "offered"
    with pytest.raises(Refused, match="Not everybody"):
        candidates.record_step(candidate=candidate, code="offered", on=ago(12), by=by)


def test_a_first_day_comes_after_every_check_and_fills_the_seat(city, vacancy, applied):
    by = city.human_resources.actor
    candidate = applied(upto="accepted")
    for code in ("references", "dbs", "right_to_work"):
        candidates.see_check(candidate=candidate, code=code, on=ago(3), by=by)
    with pytest.raises(Refused, match="Not every check"):
        candidates.begin(candidate=candidate, on=TODAY, by=by)
    candidates.see_check(candidate=candidate, code="registration", on=ago(2), by=by)
    assert CandidateStep.objects.get(candidate=candidate, code="checked").on == ago(2)
    candidates.begin(candidate=candidate, on=TODAY, by=by)
    (post,) = standing(TODAY, [city.assessment.pk])
    assert post.seats[0].name == "Perdita Swann"
    assert Vacancy.objects.get().outcome == "filled"
    worker = Candidate.objects.get().worker
    joined = Membership.objects.get(worker=worker)
    assert joined.team == city.assessment
    assert worker is not None
    signed = {worker.recorded_by_id, joined.recorded_by_id, CandidateStep.objects.latest("pk").recorded_by_id}
    assert signed == {city.human_resources.worker.pk}, (
        "a first day is signed by human resources, not by a rule"
    )


def test_nobody_is_forgotten_when_another_begins(city, vacancy, applied):
    by = city.human_resources.actor
    first, second = applied(upto="checked"), applied("Orla Fenn")
    with pytest.raises(Refused, match="no word"):
        candidates.begin(candidate=first, on=TODAY, by=by)
    with pytest.raises(Refused, match="no word"):
        filling.withdraw_vacancy(vacancy=vacancy, on=TODAY, by=by)
    candidates.lose_candidate(candidate=second, because="other_chosen", on=TODAY, by=by)
    candidates.begin(candidate=first, on=TODAY, by=by)


def test_a_loss_keeps_its_step_and_its_reason(city, applied):
    by = city.human_resources.actor
    candidate = applied(upto="accepted")
    with pytest.raises(Refused, match="no such reason"):
        candidates.lose_candidate(candidate=candidate, because="felt wrong", on=TODAY, by=by)
    candidates.lose_candidate(candidate=candidate, because="check_slow", on=TODAY, by=by)
    found = Candidate.objects.get()
    assert (found.lost_at, found.lost_because) == ("checked", "check_slow")
    (told,) = [s for s in queries.retention(TODAY).steps if s.code == "checked"]
    assert (told.lost, told.reasons) == (1, (("check_slow", 1),))


def test_what_a_candidate_gave_is_sealed_and_goes_on_its_day(city, applied):
    by = city.human_resources.actor
    candidate = applied(upto="interviewed")
    assert b"Perdita" not in bytes(candidate.sealed)
    candidates.lose_candidate(candidate=candidate, because="withdrew_pay", on=TODAY, by=by)
    kept = Candidate.objects.get().delete_on
    assert kept == TODAY + timedelta(days=182)
    with clock.clock_at(MORNING + timedelta(days=181)):
        assert candidates.delete_due() == 0
        assert candidates.particulars(Candidate.objects.get()).name == "Perdita Swann"
    with clock.clock_at(MORNING + timedelta(days=182)):
        assert candidates.particulars(Candidate.objects.get()) is None
        assert candidates.delete_due() == 1
    found = Candidate.objects.get()
    assert (found.salt, found.sealed) == (None, None)
    assert set(PanelWord.objects.values_list("sealed", flat=True)) == {None}


def test_an_equality_answer_names_nobody_and_no_vacancy(city, vacancy):
    candidates.add_candidate(
        vacancy=vacancy,
        name="Orla Fenn",
        on=ago(20),
        by=city.human_resources.actor,
        equality={"sex": "female"},
    )
    said = EqualityAnswer.objects.get()
    assert {field.name for field in EqualityAnswer._meta.fields} == {
        "id",
        "year",
        "profession",
        "question",
        "answer",
    }
    assert (said.year, said.answer) == (2026, "female")


def test_time_in_each_step_is_counted_from_the_step_before(city, vacancy, applied):
    applied(upto="offered")
    told = {step.code: step for step in queries.retention(TODAY).steps}
    assert told["approved"].median_days == 4
    assert told["shortlisted"].median_days == 5
    assert told["offered"].median_days == 1
    assert told["started"].median_days is None
    assert queries.retention(TODAY).days_to_fill is None


def test_the_step_that_waits_for_human_resources_is_not_a_managers(city, applied):
    from rightplace.services.recruitment import waits

    candidate = applied()
    assert waits.candidates_waiting(city.assessment_manager.actor).count() == 1
    assert waits.candidates_waiting(city.other_assessment_manager.actor).count() == 0
    assert waits.candidates_waiting(city.human_resources.actor).count() == 0
    take(city, candidate, "shortlisted")
    candidates.name_panel(
        candidate=candidate, workers=[city.assessment_manager.worker, city.head_of_service.worker], on=ago(13),
        by=city.human_resources.actor,
    )  # fmt: skip
    assert waits.words_waiting(city.head_of_service.actor).count() == 1
    assert waits.words_waiting(city.director.actor).count() == 0
