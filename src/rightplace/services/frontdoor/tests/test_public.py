"""A member of the public tells, one question at a time, and nothing stays behind."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.common.questions.models import Draft
from rightplace.common.web import steady
from rightplace.domain.practice.entries import Label
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Person
from rightplace.services.frontdoor import limits
from rightplace.services.frontdoor.actions import open_contact
from rightplace.services.frontdoor.answering import parts
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.tests.telling_forms import PUBLIC
from rightplace.testing.organisation import MORNING, SmallCity, sign_in, small_city

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    monkeypatch.setattr(steady, "STEP", 0.001)
    limits.forget()
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def city() -> SmallCity:
    return small_city()


def answer_all(client: Client, pages=PUBLIC) -> str:
    """Answer every question; gives the address after the last."""
    where = client.post(reverse("frontdoor:tell")).url
    asked = parts("concern-public")
    for number, typed in enumerate(pages, 1):
        assert where == reverse("frontdoor:tell-step", args=[number])
        answer = client.post(where, typed | {"asked": asked[number - 1].keys})
        assert answer.status_code == 302, answer.content.decode()
        where = answer.url
    return where


def tell(client: Client, pages=PUBLIC) -> tuple[str, str]:
    """Tell it all; gives the number and the word of the receipt."""
    check = answer_all(client, pages)
    assert client.get(check).status_code == 200
    page = client.get(client.post(check).url).content.decode()
    number = re.search(r'rp-receipt__number">([^<]+)<', page)
    word = re.search(r'ft-word">([^<]+)<', page)
    assert number and word
    return number[1], word[1]


def words(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


def test_the_first_page_says_999_first_and_asks_for_no_sign_in(client, city):
    page = words(client.get("/").content)
    assert page.index("call 999") < page.rindex("Tell us you are worried") < page.index("Start now")
    assert city.front_door.phone in page


def test_it_becomes_an_anonymous_concern_behind_its_label(client, city):
    number, _ = tell(client)
    contact = Contact.objects.get(receipt=number)
    assert (contact.anonymous, contact.professional, contact.source) == (True, False, "1B")
    assert contact.label == Label.INFORMANT
    child = Person.objects.get(person__in=contact.children)
    assert (child.provisional, child.name) == (True, "boy, about 6, at number 12")


def test_who_gives_a_number_to_ring_is_not_anonymous(client, city):
    pages = (*PUBLIC[:8], {"says_who": "yes"}, {"your_name": "", "your_phone": "0121 496 0123"})
    number, _ = tell(client, pages)
    assert not Contact.objects.get(receipt=number).anonymous


def test_who_may_be_rung_gives_a_number_or_is_told_so_on_that_page(client, city):
    """What hangs on an answer of the page before is asked for on its own page, not found missing at the end."""
    said = (*PUBLIC[:8], {"says_who": "yes"})
    where = answer_all(client, said)
    assert where == reverse("frontdoor:tell-step", args=[10])
    keys = parts("concern-public")[9].keys
    answer = client.post(where, {"asked": keys, "your_name": "Nan", "your_phone": ""})
    missing = "Give a number on which we can ring you, or go back and choose not to say who you are."
    assert answer.status_code == 422 and missing in words(answer.content)
    back = client.get(reverse("frontdoor:tell-check"))
    assert back.url == f"{where}?look=1" and missing in words(client.get(back.url).content)
    again = client.post(where, {"asked": keys, "your_name": "", "your_phone": "0121 496 0123"})
    assert again.url == reverse("frontdoor:tell-check")


def test_the_number_alone_opens_nothing(client, city):
    number, word = tell(client)
    stranger = Client()
    where = reverse("frontdoor:follow")
    wrong = stranger.post(where, {"number": number, "word": "AAAA-AAAA"})
    nobody = stranger.post(where, {"number": "ABCD-2345", "word": word})
    assert wrong.status_code == nobody.status_code == 422
    same = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in (wrong, nobody)]
    assert same[0] == same[1], "a wrong word and a number nobody was given look alike"
    assert stranger.get(reverse("frontdoor:tell-received")).status_code == 302


def test_with_the_word_it_says_received_and_read_and_nothing_more(client, city):
    number, word = tell(client)
    where = reverse("frontdoor:follow")
    asked = {"number": number.lower().replace("-", " "), "word": word.lower()}
    assert "Not yet read by a worker." in words(Client().post(where, asked).content)
    with clock.clock_at(MORNING + timedelta(minutes=20)):
        open_contact(contact=Contact.objects.get(receipt=number), by=city.front_door_worker.actor)
    page = words(Client().post(where, asked).content)
    assert "Read by a worker on Tue 3 Mar 2026, 10:40." in page
    assert "boy" not in page and "Alder" not in page


def test_nobody_guesses_for_long(client, city):
    answers = [
        client.post(reverse("frontdoor:follow"), {"number": "x", "word": "y"}).status_code for _ in range(11)
    ]
    assert answers == [422] * 10 + [429]


def test_a_professionals_number_opens_nothing_here(client, city):
    from rightplace.services.frontdoor.telling import follow_word
    from rightplace.services.frontdoor.tests.telling_staff import told

    contact = told(city.school)
    asked = {"number": contact.receipt, "word": follow_word(contact.receipt)}
    assert client.post(reverse("frontdoor:follow"), asked).status_code == 422


def test_clearing_leaves_neither_draft_nor_token(client, city):
    tell(client)
    client.post(reverse("frontdoor:tell-done"))
    assert not Draft.objects.exists()
    assert client.get(reverse("frontdoor:tell-received")).status_code == 302
    assert client.cookies["draft"].value == ""


def test_the_token_is_forgotten_with_the_browser(client, city):
    client.post(reverse("frontdoor:tell"))
    cookie = client.cookies["draft"]
    assert (
        cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["expires"] and not cookie["max-age"]
    )


def test_a_wrong_answer_is_said_on_its_page_and_kept(client, city):
    where = client.post(reverse("frontdoor:tell")).url
    asked = parts("concern-public")
    answer = client.post(where, {"asked": asked[0].keys})
    assert answer.status_code == 422 and "You can say that you do not know" in answer.content.decode()
    where = reverse("frontdoor:tell-step", args=[4])
    answer = client.post(where, {"asked": asked[3].keys, "address_postcode": "over there"})
    assert answer.status_code == 422 and 'value="over there"' in answer.content.decode()


def test_nothing_is_sent_before_everything_is_answered(client, city):
    client.post(reverse("frontdoor:tell"))
    answer = client.post(reverse("frontdoor:tell-check"))
    assert answer.url == f"{reverse('frontdoor:tell-step', args=[1])}?look=1"
    assert not Contact.objects.exists()


def test_who_says_that_a_child_is_in_danger_is_told_to_call_first(client, city):
    where = client.post(reverse("frontdoor:tell")).url
    where = client.post(where, {"danger": "yes", "asked": parts("concern-public")[0].keys}).url
    assert "You said that a child is in danger right now. Call 999 first." in words(client.get(where).content)


def test_another_browser_has_another_draft(client, city):
    answer_all(client)
    other = Client()
    for name, arguments in (("tell-check", []), ("tell-step", [2]), ("tell-received", [])):
        assert other.get(reverse(f"frontdoor:{name}", args=arguments)).url == reverse("frontdoor:tell")


def test_after_a_day_it_is_gone(client, city):
    where = answer_all(client)
    with clock.clock_at(MORNING + timedelta(hours=24)):
        assert client.get(where).url == reverse("frontdoor:tell")


def test_who_is_signed_in_goes_to_their_own_place(client, city):
    assert sign_in(client, city.school).get("/").url == reverse("partners:own")
