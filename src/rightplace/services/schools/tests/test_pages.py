"""The pages of schools and link people: what they say, what they refuse, and how few queries they need."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.actions import set_link_person
from rightplace.foundation.organisation.models import Absence, LinkPerson, School
from rightplace.services.schools import actions
from rightplace.services.schools.models import ListTaken
from rightplace.services.schools.projections import Question
from rightplace.testing.organisation import MORNING, SmallCity, colleague, sign_in, small_city
from rightplace.testing.pace import keeps

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent.parent / "samples"
ASKED = {
    "topic": "a pupil we worry about",
    "about_pupil": "yes",
    "pupil": "A.D., year 4",
    "question": "Who can visit?",
}
TODAY = {"begins_day": "3", "begins_month": "3", "begins_year": "2026"}


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        made = small_city()
        school = School.objects.get(pk=made.school.team.agency_id)
        set_link_person(
            school=school, worker=made.family_support_worker.worker, begins=clock.today(), by=made.administrator.actor
        )  # fmt: skip
        yield made


def at(name: str, *args: int) -> str:
    return reverse(f"schools:{name}", args=args)


def text(client: Client, address: str) -> str:
    body = unescape(client.get(address).content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", body.partition("<main")[2]).split())


def as_(city: SmallCity, who: str) -> Client:
    return sign_in(Client(), getattr(city, who))


def ask(city: SmallCity, **more: str) -> Question:
    answer = as_(city, "head_teacher").post(at("ask"), ASKED | more)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Question.objects.latest("asked")


def test_a_school_sees_whom_it_asks_and_who_covers_until_when(city):
    assert "Tamsin Reeve 0121 496 0199 Your school’s link person." in text(
        as_(city, "head_teacher"), at("own")
    )
    as_(city, "family_support_manager").post(
        at("away"),
        {"worker": city.family_support_worker.worker.pk, "cover": city.family_support_manager.worker.pk, **TODAY,
         "ends_day": "6", "ends_month": "3", "ends_year": "2026"},
    )  # fmt: skip
    assert "Wendell Ashby 0121 496 0199 Covers for Tamsin Reeve until Fri 6 Mar 2026." in text(
        as_(city, "head_teacher"), at("ask")
    )


def test_a_question_goes_from_the_school_to_an_answer(city):
    question = ask(city)
    page = text(as_(city, "school"), at("question", question.concern))
    assert "Nobody has opened it yet." in page and "You will hear by the end of Thu 5 Mar 2026." in page
    worker = as_(city, "family_support_worker")
    assert "1 question for you today." in text(worker, at("asked"))
    page = text(worker, at("answer", question.concern))
    assert "A.D., year 4" in page and "Who can visit?" in page
    assert "Opened on" in text(as_(city, "head_teacher"), at("question", question.concern))
    answer = {"answer": "I can come on Friday.", "comes_next": "the link person comes to the school"}
    assert worker.post(at("answer", question.concern), answer).status_code == 302
    page = text(as_(city, "school"), at("question", question.concern))
    assert "I can come on Friday." in page and "The link person comes to the school" in page
    assert "1 of 1 were answered within their two working days." in text(as_(city, "head_teacher"), at("own"))


def test_what_may_tell_that_a_child_is_known_is_refused_and_no_word_is_lost(city):
    question = ask(city)
    worker = as_(city, "family_support_worker")
    said = {"answer": "He is known to us.", "comes_next": "nothing more is needed", "known_because": ""}
    answer = worker.post(at("answer", question.concern), said)
    assert answer.status_code == 422
    body = unescape(answer.content.decode())
    assert "may say whether a child or family is known to us" in body and "He is known to us." in body


def test_what_nobody_opens_climbs_and_the_school_is_told(city):
    question = ask(city)
    school = as_(city, "school")
    with clock.clock_at(question.read_by_link + timedelta(minutes=1)):
        assert "raised to the team’s manager." in text(school, at("question", question.concern))
        assert "1 question that nobody has opened in time has come to you." in text(
            as_(city, "family_support_manager"), at("asked")
        )
    with clock.clock_at(question.read_by_manager + timedelta(minutes=1)):
        assert "raised to the team’s manager and the head of service" in text(
            school, at("question", question.concern)
        )
        assert "Lark Hill Primary" in text(as_(city, "head_of_service"), at("asked"))


def test_who_reads_the_words_of_a_question_is_recorded_first(city):
    question = ask(city)
    as_(city, "family_support_worker").get(at("answer", question.concern))
    row = ReadAudit.objects.latest("id")
    assert (row.what, row.files) == ("question of a school", [question.concern])


@pytest.mark.parametrize("who", ["police", "other_school"])
def test_a_question_of_another_school_is_not_there(city, who):
    question = ask(city)
    assert as_(city, who).get(at("question", question.concern)).status_code == 404
    assert "Who can visit?" not in text(as_(city, who), at("own"))


def test_a_manager_names_the_next_link_person_of_the_own_area_only(city):
    school, other = (School.objects.get(pk=each.team.agency_id) for each in (city.school, city.other_school))
    manager = as_(city, "family_support_manager")
    named = {"worker": city.family_support_manager.worker.pk, **TODAY}
    assert manager.post(at("link", school.pk), named).status_code == 302
    assert (
        LinkPerson.objects.get(school=school, ends__isnull=True).worker == city.family_support_manager.worker
    )
    assert "Tamsin Reeve" not in text(manager, at("linked"))
    assert manager.get(at("link", other.pk)).status_code == 404
    assert as_(city, "administrator").get(at("link", other.pk)).status_code == 200


def test_a_day_that_is_past_is_refused_with_what_to_do(city):
    school = city.school.team.agency_id
    past = {"worker": city.family_support_worker.worker.pk, **TODAY, "begins_year": "2024"}
    answer = as_(city, "family_support_manager").post(at("link", school), past)
    assert answer.status_code == 422 and "That day is past." in answer.content.decode()


def test_the_absence_page_says_which_schools_it_touches_and_ends_with_one_button(city):
    manager = as_(city, "family_support_manager")
    manager.post(at("away"), {"worker": city.family_support_worker.worker.pk, **TODAY})
    page = text(manager, at("away"))
    assert "Tamsin Reeve Tue 3 Mar 2026 not known nobody yet Lark Hill Primary 0 Back today" in page
    absence = Absence.objects.get()
    with clock.clock_at(MORNING + timedelta(days=2)):
        assert manager.post(at("back", absence.pk)).status_code == 302
        assert "Everybody of this team is there." in text(manager, at("away"))


def test_another_teams_absences_are_not_a_managers_to_see_or_end(city):
    absence = actions.say_away(
        worker=city.social_worker.worker, begins=clock.today(), by=city.assessment_manager.actor
    )
    manager = as_(city, "family_support_manager")
    assert "Ned Low" not in text(manager, at("away"))
    assert manager.post(at("back", absence.pk)).status_code == 404
    refused = manager.post(at("away"), {"worker": city.social_worker.worker.pk, **TODAY})
    assert refused.status_code == 422


def test_the_administrator_chooses_a_team_and_sees_no_child(city):
    page = text(as_(city, "administrator"), f"{at('away')}?team={city.assessment.pk}")
    assert "Area 1 assessment" in page and "Ned Low" in page


def test_a_list_is_tried_then_taken_in_and_every_row_is_said(city):
    admin = as_(city, "administrator")

    def send(**more: str) -> str:
        file = SimpleUploadedFile("list.csv", (SAMPLES / "schools.csv").read_bytes())
        typed = {"kind": "schools", "file": file, "authority": "399", **more}
        return unescape(admin.post(at("lists"), typed).content.decode())

    assert "Nothing was changed: this was a trial." in send(trial="on")
    assert not School.objects.filter(urn=990101).exists()
    assert "15 rows: 7 taken, 1 closed, 2 outside the authority and 5 refused." in send()
    assert "This list was taken in before: nothing was changed." in send()
    assert "7 taken, 1 closed, 2 outside the authority and 5 refused" in text(admin, at("lists"))
    assert "It is proposed, and not open yet" in text(admin, at("list", ListTaken.objects.get().pk))


def test_a_file_that_is_no_list_is_refused_on_the_page(city):
    file = SimpleUploadedFile("list.csv", b"a,b\n1,2\n")
    answer = as_(city, "administrator").post(at("lists"), {"kind": "figures", "file": file})
    assert answer.status_code == 422 and "no column URN" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("head_teacher", "own"),
        ("head_teacher", "ask"),
        ("family_support_worker", "asked"),
        ("family_support_manager", "linked"),
        ("family_support_manager", "away"),
        ("administrator", "lists"),
    ],
)
def test_a_page_keeps_within_ten_queries_and_its_time(city, who, name):
    for number in range(6):
        ask(city, question=f"Question {number}")
        colleague(f"Worker Number{number}", city.family_support, city.family_support_worker.membership.role)
    client = as_(city, who)
    client.get(at(name))
    with CaptureQueriesContext(connection) as asked:
        client.get(at(name))
    own = [
        each["sql"]
        for each in asked
        if not re.match(r"(RELEASE )?SAVEPOINT|BEGIN|COMMIT|SELECT set_config", each["sql"])
    ]
    assert len(own) <= 10, "\n".join(own)
    assert keeps(0.015, lambda: client.get(at(name)))
