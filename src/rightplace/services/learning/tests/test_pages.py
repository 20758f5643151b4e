"""Who opens which page, and what the pages cost."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rightplace.foundation.organisation.establishment.people import say_particulars
from rightplace.services.learning import actions
from rightplace.services.learning.models import Booking, FirstYear
from rightplace.services.learning.tests.conftest import offered, took
from rightplace.services.learning.tests.test_learning import begun, sheet_of
from rightplace.testing import pace
from rightplace.testing.organisation import LONG_AGO, sign_in

OWN = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def page_of(who, name, *numbers):
    return sign_in(Client(), who).get(reverse(f"learning:{name}", args=numbers))


def text_of(who, name, *numbers):
    answer = page_of(who, name, *numbers)
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_a_worker_books_reflects_and_keeps_a_certificate_that_a_manager_cannot_open(city, safeguarding):
    worker = sign_in(Client(), city.social_worker)
    day = {"on_day": "14", "on_month": "4", "on_year": "2026"}
    assert worker.post(reverse("learning:book", args=[safeguarding.pk]), day).status_code == 302
    row = took(city, city.social_worker, safeguarding)
    address = reverse("learning:booking", args=[row.pk])
    assert worker.post(address, {"act": "reflect", "words": "I ask the child first."}).status_code == 302
    proof = SimpleUploadedFile("proof.txt", b"Attended.")
    assert worker.post(address, {"act": "certificate", "file": proof}).status_code == 302
    text = text_of(city.social_worker, "booking", row.pk)
    assert "I ask the child first." in text
    kept = row.certificates.get()
    assert page_of(city.social_worker, "certificate", kept.pk).content == b"Attended."
    assert page_of(city.assessment_manager, "certificate", kept.pk).status_code == 404
    for who in (city.assessment_manager, city.human_resources):
        assert page_of(who, "booking", row.pk).status_code == 404
    assert Booking.objects.count() == 2


def test_a_manager_sees_the_own_team_and_human_resources_each(city, safeguarding):
    took(city, city.social_worker, safeguarding, date(2020, 1, 6))
    text = text_of(city.assessment_manager, "team")
    assert city.social_worker.worker.name in text
    assert "Safeguarding children, with a refresher" in text
    other = sign_in(Client(), city.other_assessment_manager).get(
        reverse("learning:team"), {"team": city.assessment.pk}
    )
    assert city.social_worker.worker.name not in other.content.decode()
    third = sign_in(Client(), city.human_resources).get(
        reverse("learning:team"), {"team": city.assessment.pk}
    )
    assert city.social_worker.worker.name in third.content.decode()
    for who in (city.social_worker, city.administrator, city.union_observer):
        assert page_of(who, "team").status_code == 404
        assert page_of(who, "courses").status_code == 404


def test_a_first_year_is_read_by_the_two_and_nobody_else(city):
    year = begun(city)
    assert "Ask the worker to open it" in text_of(city.assessment_manager, "first-year", year.pk)
    assert "Your supervised first year" in text_of(city.social_worker, "first-year", year.pk)
    assert "As the worker saw it" in text_of(city.assessment_manager, "first-year", year.pk)
    for who in (city.human_resources, city.head_of_service, city.other_assessment_manager):
        assert page_of(who, "first-year", year.pk).status_code == 404


def test_human_resources_offers_a_course_begins_a_year_and_takes_a_sheet_in(city, safeguarding):
    hr = sign_in(Client(), city.human_resources)
    begins = {"begins_day": "1", "begins_month": "3", "begins_year": "2026"}
    course = {
        "act": "course",
        "title": "Court work",
        "kind": "court",
        "provider": "A",
        "days": "1.5",
        "pounds": "90",
    }
    assert hr.post(reverse("learning:courses"), course | begins).status_code == 302
    day = {"first_day_day": "1", "first_day_month": "3", "first_day_year": "2026"}
    who, by = city.social_worker.worker.pk, city.assessment_manager.worker.pk
    year = {"act": "year", "worker": who, "supervisor": by} | day
    assert hr.post(reverse("learning:courses"), year).status_code == 302
    assert FirstYear.objects.get().reviews.count() == 4
    sent = SimpleUploadedFile("s.csv", sheet_of(f"{who},,Safeguarding together,2025-05-06,attended", "x,,,,"))
    told = hr.post(reverse("learning:take"), {"file": sent}).content.decode()
    assert "2 rows: 1 taken, 0 known already, 1 refused." in told
    booked = {"act": "book", "worker": who, "on_day": "2", "on_month": "3", "on_year": "2026"}
    address = reverse("learning:course", args=[safeguarding.pk])
    assert hr.post(address, booked).status_code == 302
    row = Booking.objects.get(state="booked")
    assert hr.post(address, {"act": "attended", "booking": row.pk}).status_code == 302
    row.refresh_from_db()
    assert row.state == "attended"


def test_my_learning_says_what_to_book_and_reminds_of_no_course_long_past(city, safeguarding):
    took(city, city.social_worker, safeguarding, date(2022, 5, 4))
    text = text_of(city.social_worker, "mine")
    assert "Book a course" in text
    assert reverse("learning:book", args=[safeguarding.pk]) in text
    assert "not written" in text
    took(city, city.social_worker, safeguarding, date(2026, 2, 4))
    text = text_of(city.social_worker, "mine")
    assert "nothing to do" in text
    assert "waits" in text


def test_the_next_step_is_one_of_which_something_is_missing_and_not_one_that_nobody_wrote_down(
    city, safeguarding
):
    took(city, city.social_worker, safeguarding)
    say_particulars(
        worker=city.social_worker.worker, profession="social_work", begins=LONG_AGO, by=city.human_resources.actor,
        qualified=LONG_AGO, registered=True, in_profession_since=LONG_AGO,
    )  # fmt: skip
    court = offered(city, "Writing for the court", "court")
    text = text_of(city.social_worker, "career")
    assert "Your next step: Experienced social worker" in text
    assert reverse("learning:book", args=[court.pk]) in text
    assert "Human resources can write it down." in text


def test_a_course_s_page_lists_who_is_booked_and_opens_who_was_there(city, safeguarding):
    took(city, city.social_worker, safeguarding)
    assert "Nobody is booked." in text_of(city.human_resources, "course", safeguarding.pk)
    assert "Who was there, the latest first (1)" in text_of(city.human_resources, "course", safeguarding.pk)
    assert "Book “Safeguarding together”" in text_of(city.social_worker, "book", safeguarding.pk)
    assert "Take in a spreadsheet of learning" in text_of(city.human_resources, "take")
    assert page_of(city.human_resources, "sheet")["Content-Type"].endswith("sheet")


@pytest.mark.parametrize(
    ("who", "name"),
    [("social_worker", "mine"), ("social_worker", "career"), ("assessment_manager", "team"), ("head_of_service", "team"),
     ("director", "effect"), ("human_resources", "courses")],
)  # fmt: skip
def test_a_page_asks_few_questions_and_keeps_its_time(city, safeguarding, who, name):
    took(city, city.social_worker, safeguarding, date(2025, 3, 3))
    actions.book(
        worker=city.social_worker.worker,
        course=safeguarding,
        on=date(2026, 5, 5),
        by=city.social_worker.actor,
    )
    begun(city)
    client, address = sign_in(Client(), getattr(city, who)), reverse(f"learning:{name}")
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    own = [
        q["sql"]
        for q in asked.captured_queries
        if not q["sql"].startswith(OWN) and "set_config" not in q["sql"]
    ]
    assert len(own) <= (11 if name == "mine" else 10), "\n".join(own)
    assert pace.keeps(0.015, lambda: client.get(address))
