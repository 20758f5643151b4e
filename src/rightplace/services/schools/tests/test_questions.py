"""What a school asks: it has an owner, a clock, an answer; unread it climbs; and the answer offers the least."""

from __future__ import annotations

import pytest
from django.core import mail
from django.http import Http404

from rightplace.domain.practice.entries import FileKind
from rightplace.domain.practice.entries.questions import ComesNext, Topic
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.folding import fold_person
from rightplace.foundation.journal.outbox import deliver_outbox
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import School
from rightplace.services.schools import actions
from rightplace.services.schools.projections import QUESTIONS, Question
from rightplace.testing.organisation import MORNING, SmallCity, small_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def own_school(city: SmallCity) -> School:
    return School.objects.get(pk=city.school.team.agency_id)


def asked(city: SmallCity, text: str = "May a family come straight to you?", **more) -> Question:
    concern = actions.ask(
        school=own_school(city), topic=Topic.FAMILY, question=text, by=city.school.actor, **more
    )
    return Question.objects.get(concern=concern)


def answered(city: SmallCity, question: Question, text: str, **more):
    return actions.answer(
        question=question,
        text=text,
        comes_next=ComesNext.NOTHING,
        by=city.family_support_worker.actor,
        **more,
    )


def test_a_question_belongs_to_whoever_links_the_school_and_is_due_in_two_working_days(city):
    question = asked(city)
    assert question.link == city.family_support_worker.worker.pk
    assert question.team == city.family_support.pk
    assert f"{question.due:%a %d %b}" == "Thu 05 Mar"
    assert question.read is None and question.answered is None
    assert question.read_by_link < question.read_by_manager < question.read_by_head


def test_opening_and_answering_are_said_to_the_school_and_come_once(city):
    question = asked(city)
    actions.open_question(question=question, by=city.family_support_worker.actor)
    question.refresh_from_db()
    assert question.read == MORNING
    assert actions.open_question(question=question, by=city.family_support_manager.actor) is None
    answered(city, question, "Yes, they ring the team.")
    question.refresh_from_db()
    assert question.answered and question.answerer == city.family_support_worker.worker.pk
    with pytest.raises(Refused, match="has been answered"):
        answered(city, question, "Again.")


def test_an_answer_without_opening_has_been_opened(city):
    question = asked(city)
    answered(city, question, "Yes.")
    question.refresh_from_db()
    assert question.read == question.answered


def test_what_may_say_that_a_pupil_is_known_needs_the_reason_why_the_school_may_know(city):
    question = asked(city, "Is somebody working with the family?", about_pupil=True, pupil="A.D., year 4")
    tells = "Yes, the family is known to us and a social worker visits."
    with pytest.raises(Refused, match="known to us"):
        answered(city, question, tells)
    answered(city, question, tells, known_because="The school is in the team around the family.")


def test_the_least_is_not_held_up_and_neither_is_a_question_about_no_pupil(city):
    answered(
        city,
        asked(city, "Is he known?", about_pupil=True),
        "Tell the front door what you see, as for any child.",
    )
    answered(city, asked(city), "A social worker runs the group on Tuesdays.")


@pytest.mark.parametrize(
    "who", ["other_school", "police", "social_worker", "front_door_worker", "director", "analyst"]
)
def test_nobody_else_sees_a_question(city, who):
    question = asked(city)
    actor = getattr(city, who).actor
    assert not scope(actor, Question).exists()
    with pytest.raises(Http404):
        actions.answer(question=question, text="Mine", comes_next=ComesNext.NOTHING, by=actor)


def test_the_desk_the_team_and_the_head_see_it_and_another_areas_team_does_not(city):
    asked(city)
    for who in (
        "school_2",
        "head_teacher",
        "family_support_worker",
        "family_support_manager",
        "head_of_service",
    ):
        assert scope(getattr(city, who).actor, Question).count() == 1, who
    assert not scope(city.other_family_support_manager.actor, Question).exists()


def test_a_school_asks_only_its_own_link_person(city):
    other = School.objects.get(pk=city.other_school.team.agency_id)
    with pytest.raises(Http404):
        actions.ask(school=other, topic=Topic.OTHER, question="?", by=city.school.actor)
    with pytest.raises(Refused):
        asked(city, "  ")


def test_who_covers_from_another_area_sees_and_answers(city):
    actions.say_away(
        worker=city.family_support_worker.worker,
        begins=clock.today(),
        cover=city.other_family_support_manager.worker,
        by=city.family_support_manager.actor,
    )
    from rightplace.foundation.organisation.actions import set_link_person

    set_link_person(
        school=own_school(city), worker=city.family_support_worker.worker, begins=clock.today(), by=city.administrator.actor
    )  # fmt: skip
    question = asked(city)
    assert question.link == city.other_family_support_manager.worker.pk
    assert scope(city.other_family_support_manager.actor, Question).count() == 1


def test_what_is_mailed_names_nobody_and_says_nothing(city):
    question = asked(city, "Is Ayla Doe in care?", about_pupil=True, pupil="Ayla Doe")
    deliver_outbox()
    answered(city, question, "Ring me.")
    deliver_outbox()
    to = [(m.to[0], m.subject) for m in mail.outbox]
    assert to == [
        (city.family_support_worker.worker.email, "A school asks you something"),
        (city.school.worker.email, "Your question has an answer"),
    ]
    assert not any("Ayla" in m.body or "care" in m.body for m in mail.outbox)


def test_the_rows_are_those_that_a_rebuild_makes_of_the_file_alone(city):
    question = asked(city)
    answered(city, question, "Yes.")
    with reading.folding():
        files = reading.files_of_persons([question.concern])
        folded = fold_person(question.concern, int(FileKind.CONCERN), reading.entries_of(files))
    stored = list(Question.objects.filter(concern=question.concern).values_list(*QUESTIONS.columns))
    assert stored == list(QUESTIONS.keyed(folded).values())
