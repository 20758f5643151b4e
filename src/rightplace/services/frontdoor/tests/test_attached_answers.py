"""An agency attaches files to what it answers: whoever may read the answer opens them, and nobody else."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rightplace.common.disclosure.projections import Sharing
from rightplace.common.documents.models import Attachment
from rightplace.foundation.access.models import ReadAudit
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.presenters.words import words_of
from rightplace.services.frontdoor.projections import Check, Contact
from rightplace.services.frontdoor.tests.telling_staff import told
from rightplace.testing.organisation import Colleague, SmallCity, sign_in, small_city

pytestmark = pytest.mark.django_db
ANSWER = {"known": "known", "answer": "Two calls in May.", "answered_by": "PC Ormond", "do": "send"}
WORDS = b"Log of calls: two in May."


def log(name: str = "log.txt", content: bytes = WORDS) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def city() -> SmallCity:
    return small_city()


@pytest.fixture
def contact(city) -> Contact:
    return told(city.school)


@pytest.fixture
def check(city, contact) -> Check:
    actions.ask_check(
        contact=contact, agency=city.police.team.agency_id, question="What do you know?", basis="public task",
        purpose="To decide what help is needed", sent="Ayla Brookfield, 8", family_told="told and agrees",
        by=city.front_door_worker.actor,
    )  # fmt: skip
    return Check.objects.get()


def as_of(person: Colleague) -> Client:
    return sign_in(Client(), person)


def at(check: Check) -> str:
    return reverse("frontdoor:check", args=[check.pk])


def sent_with(city: SmallCity, check: Check, *files: SimpleUploadedFile, **other: str):
    return as_of(city.police).post(at(check), ANSWER | other | {"files": list(files)})


def attached_to(check: Check) -> list[int]:
    return list(Attachment.objects.filter(file=check.concern).values_list("id", flat=True))


def file_of(check: Check, number: int) -> str:
    return reverse("frontdoor:check-attached", args=[check.pk, number])


def test_a_file_goes_with_the_answer_and_the_front_door_opens_it(city, contact, check):
    assert sent_with(city, check, log()).status_code == 302
    (number,) = attached_to(check)
    ((_, body),) = words_of(city.front_door_worker.actor, check.concern).answers[check.pk]
    assert body.attachments == (number,)
    door = as_of(city.front_door_worker)
    page = door.get(reverse("frontdoor:contact", args=[contact.concern])).content.decode()
    assert file_of(check, number) in page and "log.txt" in page
    before = ReadAudit.objects.count()
    answer = door.get(file_of(check, number))
    assert answer.content == WORDS and "log.txt" not in answer["Content-Disposition"]
    assert ReadAudit.objects.count() == before + 1, "that it was opened is recorded"


def test_the_agency_opens_its_own_and_no_other_agency_nor_the_teller_does(city, contact, check):
    sent_with(city, check, log())
    (number,) = attached_to(check)
    assert as_of(city.police).get(file_of(check, number)).content == WORDS
    for other in (city.health, city.housing, city.school, city.police_lead, city.family_support_worker):
        wanted = 200 if other.team.agency_id == city.police.team.agency_id else 404
        assert as_of(other).get(file_of(check, number)).status_code == wanted, other.worker.name
    own = reverse("frontdoor:attachment", args=[contact.concern, number])
    assert as_of(city.school).get(own).status_code == 404, "what the police attached is not the school's"
    assert "log.txt" not in as_of(city.school).get(f"/concerns/{contact.concern}/").content.decode()


def test_it_stands_with_what_the_agency_gave(city, check):
    sent_with(city, check, log())
    (number,) = attached_to(check)
    row = Sharing.objects.get(agency=city.police.team.agency_id, way="received")
    address = reverse("disclosure:attached-own", args=[row.pk, number])
    gave = as_of(city.police).get("/shared/?gave=1").content.decode()
    assert address in gave and "log.txt" in gave
    assert as_of(city.police).get(address).content == WORDS
    assert as_of(city.health).get(address).status_code == 404
    other = reverse("disclosure:attached-own", args=[row.pk, number + 1])
    assert as_of(city.police).get(other).status_code == 404
    assert (
        as_of(city.front_door_worker).get(reverse("disclosure:attached", args=[row.pk, number])).content
        == WORDS
    )


def test_a_refused_answer_loses_no_file(city, check):
    page = sent_with(city, check, log(), answer="").content.decode()
    assert "Write what they know" in page and "log.txt" in page and attached_to(check) == []
    assert sent_with(city, check).status_code == 302
    assert len(attached_to(check)) == 1


def test_a_file_is_added_and_taken_out_before_the_answer_is_sent(city, check):
    page = sent_with(city, check, log(), do="add-files").content.decode()
    assert "log.txt" in page and "Two calls in May." in page, "what was typed is still there"
    (number,) = Attachment.objects.values_list("id", flat=True)
    page = sent_with(city, check, do=f"remove-file-{number}").content.decode()
    assert "log.txt" not in page and not Attachment.objects.exists()
    assert Check.objects.get().answered is None


def test_what_hides_something_is_not_taken_and_nothing_is_sent(city, check):
    page = sent_with(city, check, log("tool.exe", b"MZ\x90\x00")).content.decode()
    assert "tool.exe" in page and Check.objects.get().answered is None


def test_files_do_not_go_with_an_answer_that_says_nothing(city, check):
    page = sent_with(city, check, log(), known="nothing", answer="").content.decode()
    assert "Take the files out" in page and Check.objects.get().answered is None


def test_a_second_answer_stands_beside_the_first(city, contact, check):
    sent_with(city, check, log())
    assert sent_with(city, check, answer="And one in June.").status_code == 302
    page = as_of(city.front_door_worker).get(reverse("frontdoor:contact", args=[contact.concern]))
    assert "Two calls in May." in page.content.decode() and "And one in June." in page.content.decode()
