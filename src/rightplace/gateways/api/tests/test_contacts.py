"""An agency's own system tells a concern, once, and learns what became of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client
from jsonschema import Draft202012Validator

from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.foundation.access.rls import folding
from rightplace.foundation.access.routes import declared_routes
from rightplace.foundation.journal import reading
from rightplace.foundation.organisation import actions, clock
from rightplace.foundation.people.projections import Duplicate, Person
from rightplace.gateways.api import intake, rates, tokens
from rightplace.gateways.api.tests.telling import System, notice
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.tests.telling_forms import told_what_comes_of_it
from rightplace.testing.organisation import MORNING, sign_in

pytestmark = pytest.mark.django_db


def test_a_notice_becomes_a_concern_of_the_police(police, city):
    answer = police.send(notice())
    told = answer.json()
    contact = Contact.objects.get(receipt=told["receipt"])
    assert answer.status_code == 201
    assert (contact.source, contact.channel, contact.agency) == ("6", "api", police.agency.pk)
    assert told["team"] == city.front_door.name and told["hear_by"].startswith("2026-03-04T23:59:59")
    assert Person.objects.filter(person__in=contact.children, area=1).count() == 2
    with folding():
        said = reading.entries_of(reading.file_rows([contact.concern]))[contact.concern][0].body
    assert isinstance(said, ContactReceived)
    assert said.answers == {
        "children as told": "Kaya Doyle, born 4 May 2018; boy, about 6, at number 12, about 6",
        "their number for it": "notice-2026-000123",
    }


def test_the_same_again_is_the_same_receipt_however_it_is_written(police):
    first = police.send(notice())
    turned = json.dumps(dict(reversed(notice().items())), indent=3)
    for again in (police.send(notice()), police.send(turned)):
        assert (again.status_code, again.json()) == (200, first.json())
    assert Contact.objects.count() == 1


def test_the_same_id_with_other_content_is_a_conflict(police, city):
    first = police.send(notice())
    answer = police.send(notice(saw="Something else."))
    assert answer.status_code == 409 and "other content" in answer.json()["said"]
    assert Contact.objects.count() == 1
    assert System(city.health).send(notice(saw="Ours.")).status_code == 201, "an id is an agency's own"
    assert police.send(notice()).json() == first.json()


def test_nothing_differs_for_a_known_child(police):
    known = [police.send(notice(sender_id=f"k{n}")) for n in range(2)][1]
    assert Duplicate.objects.exists()
    children = [{"given": "Vesper", "family": "Quill", "born": "2015-01-01"}, {"described": "a girl"}]
    stranger = police.send(notice(sender_id="s", children=children))
    assert known.status_code == stranger.status_code == 201
    alike = [{k: v for k, v in a.json().items() if k not in ("receipt", "state")} for a in (known, stranger)]
    assert alike[0] == alike[1] and dict(known.headers).keys() == dict(stranger.headers).keys()


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        (b" ", 400, "Nothing was sent"),
        (b"not json", 400, "no JSON"),
        (b'{"saw": "caf\xe9"}', 400, "not UTF-8, from byte 12"),
        (b"[]", 400, "One object"),
        (b"[" * 100_000, 400, "nested deeper"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, 400, "nested deeper"),
        (b'{"saw": 1, "saw": 2}', 400, "twice"),
        (b'{"saw": NaN}', 400, "NaN"),
        (b'{"saw": "' + b"x" * 600_000 + b'"}', 413, "512 kB"),
        (b"{}", 422, "not right"),
        (b'{"saw": 1e999}', 422, "not right"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(police, body, code, said):
    answer = police.send(body)
    assert (answer.status_code, answer["Content-Type"]) == (code, "application/json")
    assert said in answer.json()["said"] and not Contact.objects.exists()


@pytest.mark.parametrize(
    ("other", "where"),
    [
        ({"children": []}, "children"),
        ({"children": [{}]}, "children.0"),
        ({"children": [{"given": "Kaya"}] * 13}, "children"),
        ({"children": [{"given": "Kaya", "born": "2031-01-01"}]}, "children.0"),
        ({"children": [{"given": "Kaya", "born": "31/12/2018"}]}, "children.0.born"),
        ({"children": [{"given": "Kaya", "age_about": 40}]}, "children.0.age_about"),
        ({"saw": ""}, "saw"),
        ({"saw": "a\u0000b"}, "saw"),
        ({"saw": "x" * 20_001}, "saw"),
        ({"saw": ["a"]}, "saw"),
        ({"sender_id": " "}, ""),
        ({"lawful_basis": "because"}, "lawful_basis"),
        ({"family_told": "not told"}, ""),
        ({"colour": "red"}, "colour"),
        ({"children": [{"given": "Kaya", "file": 12}]}, "children.0.file"),
    ],
)
def test_what_is_not_right_says_where_and_never_repeats_what_was_sent(police, other, where):
    answer = police.send(notice(**other))
    assert answer.status_code == 422, answer.content
    assert where in [each["where"] for each in answer.json()["problems"]]
    assert b"Kaya" not in answer.content and not Contact.objects.exists()


def test_only_json_is_taken(police):
    assert police.send("saw=x", "application/x-www-form-urlencoded").status_code == 415
    assert police.client.put("/api/v1/contacts").status_code == 405


def test_half_a_letter_is_refused(police):
    assert police.send('{"saw": "\\ud800"}').status_code == 422


def test_without_a_token_there_is_nothing(police, city):
    for headers in ({}, {"Authorization": "Bearer rp_wrong"}, {"Authorization": f"Basic {police.token}"}):
        answer = Client(headers=headers).post("/api/v1/contacts", "{}", content_type="application/json")
        assert answer.status_code == 401 and "WWW-Authenticate" in answer.headers
    signed_in = sign_in(Client(), city.police)
    assert signed_in.get("/api/v1/contacts/ABCD-2345").status_code == 401, "a session is no token"


def test_a_token_ends_and_so_does_that_of_an_agency_that_left(police, city):
    answered = police.send(notice()).json()["receipt"]
    other = System(city.health)
    tokens.end_token(token=police.row, by=city.administrator.actor)
    assert police.state(answered).status_code == 401
    actions.leave_team(membership=other.row.membership, on=clock.today(), by=city.administrator.actor)
    assert other.send(notice()).status_code == 401


def test_anothers_receipt_is_answered_like_one_that_was_never_given(police, city):
    receipt = police.send(notice()).json()["receipt"]
    health = System(city.health)
    answers = [health.state(each) for each in (receipt, "ABCD-2345", "x" * 90, "%00", "%F0%9F%A6%8A")]
    assert [a.status_code for a in answers] == [404] * 5
    assert len({a.content for a in answers}) == 1


def test_the_state_says_received_unread_read_and_told(police, city):
    receipt = police.send(notice()).json()["receipt"]
    state = police.state(receipt).json()
    assert (state["read"], state["outcome"]) == (None, None) and "Nobody has opened it yet" in state[
        "not_yet_opened"
    ]
    with clock.clock_at(MORNING + timedelta(hours=2, minutes=1)):
        assert "raised to the head of service at 12:20" in police.state(receipt).json()["not_yet_opened"]
    told_what_comes_of_it(Contact.objects.get(), city.front_door_manager)
    state = police.state(receipt)
    assert state.json()["outcome"]["text"] == "The school can help here." and b"INTERNAL" not in state.content


def test_a_colleague_at_the_desk_follows_what_the_system_sent(police, city):
    police.send(notice())
    page = sign_in(Client(), city.police).get("/concerns/").content.decode()
    assert "Kaya Doyle" in page


def test_too_much_in_a_minute_waits(police, monkeypatch):
    monkeypatch.setattr(rates, "A_MINUTE", 2)
    codes = [police.state("ABCD-2345").status_code for _ in range(3)]
    assert codes == [404, 404, 429]
    with clock.clock_at(MORNING + timedelta(minutes=1)):
        assert police.state("ABCD-2345").status_code == 404


def test_the_description_is_right_and_describes_what_is_answered(police):
    described = Client().get("/api/v1/openapi.json").json()
    assert {"/api/v1/contacts", "/api/v1/contacts/{receipt}"} <= set(described["paths"])
    taken = described["components"]["schemas"]["Taken"]
    Draft202012Validator(taken).validate(police.send(notice()).json())
    sent = {"$ref": "#/components/schemas/ContactIn", "components": described["components"]}
    Draft202012Validator(sent).validate(notice())
    assert not Draft202012Validator(sent).is_valid(notice(colour="red"))


def test_every_address_of_the_api_says_who_may():
    may = {r.address: r.may for r in declared_routes() if r.address.startswith("api/")}
    assert (
        may["api/v1/contacts"] == "contact.raise" and may["api/v1/contacts/<receipt>"] == "follow.own_contact"
    )
    assert None not in may.values()


def test_when_the_database_is_gone_the_sender_is_told_to_send_again(police, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(intake, "receive_from_agency", gone)
    answer = police.send(notice())
    assert (
        answer.status_code == 503
        and answer["Retry-After"] == "30"
        and "same sender_id" in answer.json()["said"]
    )


def test_a_token_is_kept_as_a_digest_only(police):
    row = police.row
    assert police.token not in str(vars(row)) and police.token.encode() not in bytes(row.digest)
