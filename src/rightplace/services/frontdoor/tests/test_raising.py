"""A colleague of another agency raises a concern on one page, and follows it."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rightplace.common.documents.models import Attachment
from rightplace.common.questions import drafts
from rightplace.common.questions.models import Draft
from rightplace.common.web import steady
from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.foundation.access.rls import folding
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.outbox import deliver_outbox
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Person, Relation
from rightplace.services.frontdoor.actions import open_contact
from rightplace.services.frontdoor.examples import register_example
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.tests.telling_forms import PROFESSIONAL, told_what_comes_of_it
from rightplace.testing.organisation import MORNING, SmallCity, sign_in, small_city

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    monkeypatch.setattr(steady, "STEP", 0.001)
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def city() -> SmallCity:
    return small_city()


@pytest.fixture
def school(client: Client, city: SmallCity) -> Client:
    return sign_in(client, city.school)


def begin(client: Client) -> str:
    """The address of a new form."""
    return client.post(reverse("frontdoor:raise")).url


def send(client: Client, **other: object) -> Contact:
    form = begin(client)
    check = client.post(form, PROFESSIONAL | {"do": "check"} | other)
    assert check.status_code == 302, re.findall(r'error-message">.*?</p>', check.content.decode(), re.S)
    sent = client.post(check.url)
    assert sent.status_code == 302
    assert client.get(sent.url).status_code == 200
    return Contact.objects.latest("received")


def body_of(contact: Contact) -> ContactReceived:
    with folding():
        entries = reading.entries_of(reading.file_rows([contact.concern]))[contact.concern]
    found = entries[0].body
    assert isinstance(found, ContactReceived)
    return found


def test_it_becomes_one_concern_with_its_siblings(school, city):
    contact = send(school)
    said = body_of(contact)
    assert (contact.source, contact.told_by, contact.agency) == (
        "2A",
        city.school.worker.pk,
        city.school.team.agency_id,
    )
    assert (said.saw, said.family_told, said.lawful_basis) == (PROFESSIONAL["saw"], "not told", "public task")
    assert said.answers["children as told"] == "Kaya Doyle, born 4 May 2018; Ben Doyle, about 5"
    persons = Person.objects.filter(person__in=contact.children).order_by("given")
    assert [(p.given, p.area, p.postcode) for p in persons] == [
        ("Ben", 1, PROFESSIONAL["address_postcode"]), ("Kaya", 1, PROFESSIONAL["address_postcode"]),
    ]  # fmt: skip
    assert Relation.objects.filter(person__in=contact.children).count() == 2


def test_the_draft_keeps_nothing_but_the_receipt(school):
    contact = send(school)
    draft = Draft.objects.get()
    assert drafts.typed_of(draft) == {"number": [contact.receipt], "concern": [str(contact.concern)]}


def test_sending_twice_is_one_concern(school):
    check = school.post(begin(school), PROFESSIONAL | {"do": "check"}).url
    first, second = school.post(check), school.post(check)
    assert first.url == second.url and Contact.objects.count() == 1


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(school):
    form = begin(school)
    answer = school.post(form, {"saw": "Cold & hungry", "address_postcode": "nowhere", "do": "check"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Cold &amp; hungry</textarea>" in page and 'value="nowhere"' in page
    assert "This is not a postcode" in page and "Say whether a child is in danger right now" in page
    again = school.get(form).content.decode()
    assert "Cold &amp; hungry</textarea>" in again and "error-summary" not in again


def test_letters_that_are_none_are_refused_and_the_rest_stays(school):
    form = begin(school)
    body = "saw=caf%E9&wants=Help&do=check"
    answer = school.post(form, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422 and "Some letters did not arrive" in answer.content.decode()
    answer = school.post(form, PROFESSIONAL | {"saw": "a\0b", "do": "check"})
    assert answer.status_code == 422 and "Some letters did not arrive" in answer.content.decode()
    assert not Contact.objects.exists()


def test_hostile_words_are_shown_as_words(school):
    contact = send(school, saw="<script>alert(1)</script>", **{"children-0-given": "<b>Kaya</b>"})
    page = school.get(reverse("frontdoor:concern", args=[contact.concern])).content.decode()
    assert "<script>alert" not in page and "<b>Kaya" not in page and "&lt;script&gt;" in page


def test_children_are_added_and_taken_out_without_losing_a_word(school):
    form = begin(school)
    page = school.post(form, PROFESSIONAL | {"do": "add-child"}).content.decode()
    assert 'name="children-2-given"' in page and "Both came in" in page
    page = school.post(
        form, PROFESSIONAL | {"children-count": "3", "children-2-given": "Zoe", "do": "remove-child-0"}
    )
    typed = drafts.typed_of(Draft.objects.get())
    assert page.status_code == 200
    assert [typed.get(f"children-{n}-given") for n in range(3)] == [["Ben"], ["Zoe"], None]


def test_what_is_attached_goes_into_the_file_and_only_its_readers_open_it(school, city):
    good = SimpleUploadedFile("Kaya body map.txt", b"A small bruise.")
    bad = SimpleUploadedFile("drawing.svg", b"<svg/>")
    form = begin(school)
    answer = school.post(form, PROFESSIONAL | {"files": [good, bad], "do": "check"})
    assert answer.status_code == 422 and "“drawing.svg”: This is a web page" in answer.content.decode()
    school.post(school.post(form, PROFESSIONAL | {"do": "check"}).url)
    contact, row = Contact.objects.get(), Attachment.objects.get()
    assert row.file == contact.concern and body_of(contact).attachments == (row.pk,)
    where = reverse("frontdoor:attachment", args=[contact.concern, row.pk])
    answer = school.get(where)
    assert (answer.content, answer["Content-Disposition"]) == (
        b"A small bruise.",
        f'attachment; filename="{row.pk}.txt"',
    )
    page = sign_in(Client(), city.front_door_worker).get(reverse("frontdoor:contact", args=[contact.concern]))
    assert "Kaya body map.txt" in page.content.decode() and where in page.content.decode()
    for person, code in (
        (city.front_door_worker, 200),
        (city.school_2, 404),
        (city.police, 404),
        (city.director, 404),
    ):
        assert sign_in(Client(), person).get(where).status_code == code


def test_a_file_that_is_too_large_says_so(school):
    large = SimpleUploadedFile("notes.pdf", b"%PDF-1.7" + b"x" * (11 * 1024 * 1024))
    answer = school.post(begin(school), PROFESSIONAL | {"files": [large], "do": "check"})
    assert answer.status_code == 422 and "10 MB is the most" in answer.content.decode()


def test_a_colleague_of_the_same_team_follows_it_and_nobody_else(school, city):
    contact = send(school)
    where = reverse("frontdoor:concern", args=[contact.concern])
    assert sign_in(Client(), city.school_2).get(where).status_code == 200
    nothing = reverse("frontdoor:concern", args=[12345])
    for other in (city.police, city.other_school):
        client = sign_in(Client(), other)
        assert client.get(where).status_code == client.get(nothing).status_code == 404
        same = [TOKEN.sub("", client.get(each).content.decode()) for each in (where, nothing)]
        assert same[0] == same[1]
        assert contact.receipt not in client.get(reverse("frontdoor:concerns")).content.decode()


def said(client: Client, contact: Contact) -> str:
    page = client.get(reverse("frontdoor:concern", args=[contact.concern])).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_sender_is_told_how_far_an_unread_concern_has_climbed(school):
    contact = send(school)
    assert "due to be opened by Tue 3 Mar 2026, 11:20" in said(school, contact)
    with clock.clock_at(MORNING + timedelta(minutes=61)):
        assert "Not yet opened; raised to the front door manager at 11:20." in said(school, contact)
    with clock.clock_at(MORNING + timedelta(minutes=121)):
        assert "at 11:20, then raised to the head of service at 12:20." in said(school, contact)


def test_the_sender_is_told_that_it_was_read_and_by_when_they_hear(school, city):
    contact = send(school)
    with clock.clock_at(MORNING + timedelta(minutes=30)):
        open_contact(contact=contact, by=city.front_door_worker.actor)
        words = said(school, contact)
    assert "A person at the front door read it on Tue 3 Mar 2026, 10:50." in words
    assert "You will hear by the end of Wed 4 Mar 2026." in words


def test_the_outcome_is_their_own_text_and_never_our_reasons(school, city):
    contact = send(school)
    told_what_comes_of_it(contact, city.front_door_manager)
    words = said(school, contact)
    assert "Advice The school can help here. What happens next Nothing from us now." in words
    assert "Ring if it goes on." in words and "INTERNAL" not in words


def test_who_disagrees_says_why_and_a_clock_starts(school, city):
    contact = send(school)
    where = reverse("frontdoor:disagree", args=[contact.concern])
    assert school.post(where, {"because": "Too soon"}).status_code == 422
    told_what_comes_of_it(contact, city.front_door_manager)
    assert "Write why you disagree" in school.post(where, {"because": " "}).content.decode()
    assert school.post(where, {"because": "They were hungry again today."}).status_code == 302
    words = said(school, contact)
    assert "They were hungry again today." in words and "You will hear by the end of Fri 6 Mar 2026" in words
    assert school.post(where, {"because": "And again"}).status_code == 422
    assert sign_in(Client(), city.police).post(where, {"because": "Me too"}).status_code == 404


def test_the_mail_holds_a_number_and_no_name(school, city):
    contact = send(school)
    deliver_outbox()
    assert [m.to for m in mail.outbox] == [[city.school.worker.email]]
    text = mail.outbox[0].subject + mail.outbox[0].body
    assert contact.receipt in text and "the end of Wed 4 Mar 2026" in text
    assert not {"Kaya", "Ben", "Doyle", "Alder", "breakfast", "Okafor"} & set(re.findall(r"\w+", text))


def test_a_form_that_was_begun_is_gone_on_with(school, city):
    form = begin(school)
    with clock.clock_at(MORNING + timedelta(minutes=5)):
        school.post(form, {"saw": "Half a sentence", "do": "add-child"})
        page = school.get(reverse("frontdoor:raise")).content.decode()
    assert urlsplit(form).path in page and "saved Tue 3 Mar 2026, 10:25" in page
    other = sign_in(Client(), city.school_2)
    assert other.get(form).status_code == 404 and other.post(form, PROFESSIONAL).status_code == 404


def test_an_example_fills_the_form_only_where_one_is_registered(school, monkeypatch):
    form = begin(school)
    school.get(f"{form}?example=1")
    assert "Both came in" not in school.get(form).content.decode()
    register_example("concern-professional", lambda request: {k: [v] for k, v in PROFESSIONAL.items()})
    try:
        assert school.get(f"{form}?example=1").status_code == 302
        assert "Both came in" in school.get(form).content.decode()
    finally:
        from rightplace.services.frontdoor import examples

        examples._examples.clear()


def test_staff_who_hear_of_a_child_raise_it_too(client, city):
    contact = send(sign_in(client, city.social_worker))
    assert (contact.source, contact.professional) == ("5A", True)
