"""What is shared and refused about a child: written with its basis, seen by those whom it concerns, made again exactly."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.common.disclosure import actions, grounds, queries
from rightplace.common.disclosure.projections import Sharing
from rightplace.common.disclosure.words import words_of
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor import actions as frontdoor
from rightplace.services.frontdoor.projections import Check
from rightplace.testing.organisation import SmallCity, sign_in, small_city
from tests.telling import after, told

pytestmark = pytest.mark.django_db
SAID = {
    "basis": "public task",
    "purpose": "To keep Ayla safe on her way home",
    "sent": "Ayla Brookfield, 8.\nMeet her.",
}


@pytest.fixture
def city() -> SmallCity:
    with after(-24):
        return small_city()


@pytest.fixture
def child(city) -> int:
    with after(0):
        return told(city.school).children[0]


@pytest.fixture
def morning(city):
    with after(1) as moment:
        yield moment


def shared(city: SmallCity, child: int, **other: object) -> object:
    said = SAID | {"with_whom": "Example City Police", "agency": city.police.team.agency_id} | other
    return actions.share(file=child, by=city.front_door_worker.actor, **said)


def given(city: SmallCity, who) -> list[Sharing]:
    return list(queries.given_to(who.actor, who.actor.agency))


def test_what_is_shared_is_seen_by_the_agency_that_was_given_it_and_by_no_other(city, child, morning):
    shared(city, child)
    rows = given(city, city.police)
    assert words_of(city.police.actor, rows)[rows[0].pk].sent == SAID["sent"]
    assert given(city, city.health) == []
    assert not queries.given_to(city.health.actor, city.police.actor.agency).exists()


@pytest.mark.parametrize("left_out", ["basis", "purpose", "sent", "with_whom"])
def test_nothing_is_shared_without_basis_purpose_words_and_a_name(city, child, morning, left_out):
    before = Sharing.objects.count()
    with pytest.raises(Refused, match="shared") as why:
        shared(city, child, **{left_out: " "})
    assert "Promise 7" in why.value.source
    assert Sharing.objects.count() == before


def test_a_family_that_was_not_told_is_a_reason_to_write(city, child, morning):
    with pytest.raises(Refused, match="not told"):
        shared(city, child, family_told="not told")
    shared(city, child, family_told="not told", not_told_reason="It could put her in danger.")


def test_what_was_sent_is_made_again_byte_for_byte(city, child, morning):
    shared(city, child)
    row = given(city, city.police)[0]
    client = sign_in(Client(), city.police)
    addresses = [reverse(f"disclosure:exactly-own{end}", args=[row.pk]) for end in ("", "-text")]
    answers = [client.get(addresses[1]) for _ in range(2)]
    assert [answer.content for answer in answers] == [str(SAID["sent"]).encode()] * 2
    shown = client.get(addresses[0]).content.decode()
    assert str(SAID["sent"]) in shown and sha256(answers[0].content).hexdigest() in shown
    assert addresses[1] in shown and reverse("disclosure:own") in shown, (
        "the way to the bytes, and the way back"
    )
    other = sign_in(Client(), city.health)
    assert [other.get(address).status_code for address in addresses] == [404, 404]


def test_a_refusal_keeps_its_reason_and_the_agency_does_not_read_it(city, child, morning):
    def refuse(**said: str) -> object:
        return actions.refuse(
            file=child, with_whom="Example Homes", agency=city.housing.team.agency_id,
            asked_for="The father's new address", by=city.front_door_worker.actor, **said,
        )  # fmt: skip

    with pytest.raises(Refused):
        refuse(reasons=" ")
    refuse(reasons="He would find them.", ground="harm")
    row = queries.about_child(city.front_door_worker.actor, child).get(way="refused")
    said = words_of(city.front_door_worker.actor, [row])[row.pk]
    assert (said.why_not, said.ground) == ("He would find them.", "harm")
    client = sign_in(Client(), city.housing)
    assert "He would find them" not in client.get(reverse("disclosure:own")).content.decode()
    assert not queries.given_to(city.housing.actor, city.housing.actor.agency).exists()


def test_the_exception_of_16la_3_may_be_named_from_its_enactment_and_is_marked_as_not_commenced(
    city, child, morning
):
    """Children Act 2004 section 16LA(3): enacted on 29 April 2026; when it commences is not known."""
    rule = grounds.ground("16LA(3)")
    assert rule.standing == "enacted, commencement not known"
    assert "16LA(3)" not in {each.id for each in grounds.grounds(date(2026, 4, 28))}
    assert "16LA(3)" in {each.id for each in grounds.grounds(date(2026, 4, 29))}
    with pytest.raises(Refused, match="does not hold today"):
        actions.refusal(
            with_whom="Example Homes", asked_for="An address", reasons="Danger.", ground="16LA(3)"
        )


def test_a_checks_question_and_answer_stand_in_both_lists(city, morning):
    contact = told(city.school)
    frontdoor.ask_check(
        contact=contact, agency=city.police.team.agency_id, question="What do you know?",
        by=city.front_door_worker.actor, **SAID,
    )  # fmt: skip
    check = Check.objects.get(concern=contact.concern)
    frontdoor.answer_check(check=check, known="known", answer="Two calls in May.", by=city.police.actor)
    own = city.police.actor
    gave, got = list(queries.given_by(own, own.agency)), given(city, city.police)
    assert words_of(own, got)[got[0].pk].sent == f"{SAID['sent']}\n\nWhat do you know?"
    assert [words_of(own, gave)[row.pk].sent for row in gave] == ["Two calls in May."]
    school = city.school.actor
    assert [row.way for row in queries.given_by(school, school.agency)] == ["received"]


def test_the_pages_of_a_child_ask_a_reason_outside_ones_own_work_and_keep_their_budget(
    city, child, morning, django_assert_max_num_queries
):
    shared(city, child)
    address = reverse("disclosure:of-child", args=[child])
    asked = sign_in(Client(), city.social_worker).get(address)
    assert asked.status_code == 302 and "next=" in asked["Location"]
    client = sign_in(Client(), city.front_door_worker)
    with django_assert_max_num_queries(24):
        page = client.get(address)
    assert "Meet her." in page.content.decode() and "Ayla" not in page.content.decode().split("</title>")[0]
    assert sign_in(Client(), city.police).get(address).status_code == 404


def test_a_worker_records_a_sharing_and_a_refusal_on_a_page(city, child, morning):
    client = sign_in(Client(), city.front_door_worker)
    empty = client.post(reverse("disclosure:share", args=[child]), {})
    assert empty.status_code == 422 and "Choose the lawful basis." in empty.content.decode()
    said = SAID | {"agency": city.health.team.agency_id, "family_told": "told and agrees"}
    assert client.post(reverse("disclosure:share", args=[child]), said).status_code == 302
    refused = {
        "somebody": "A neighbour",
        "asked_for": "Where she lives",
        "ground": "harm",
        "reasons": "He must not know.",
    }
    assert client.post(reverse("disclosure:refuse", args=[child]), refused).status_code == 302
    rows = queries.about_child(city.front_door_worker.actor, child)
    assert {row.way for row in rows} == {"given", "refused", "received"}
    assert clock.today() == date(2026, 3, 3)
