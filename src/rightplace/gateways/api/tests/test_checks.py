"""An agency's system sees what its agency is asked, answers it once, and sees nothing of another's."""

from __future__ import annotations

import base64

import pytest
from django.test import Client

from rightplace.domain.practice.entries.contact import CheckAnswered
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.access.rls import folding
from rightplace.foundation.journal import reading
from rightplace.gateways.api.tests.telling import System, notice
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.projections import Check, Contact

pytestmark = pytest.mark.django_db
ANSWER = {
    "sender_id": "a1", "known": "known", "answer": "Weighed in May, no worry.", "answered_by": "Marta Quill, nurse",
}  # fmt: skip


@pytest.fixture
def health(city) -> System:
    return System(city.health, "checks:read", "checks:answer")


@pytest.fixture
def asked(city, police) -> Check:
    """Health is asked about the children of a notice."""
    police.send(notice())
    actions.ask_check(
        contact=Contact.objects.get(), agency=city.health.team.agency.pk, question="When were they last weighed?",
        basis="public task", purpose="to decide what they need", sent="Kaya Doyle, 7, 12 Alder Road",
        by=city.front_door_worker.actor,
    )  # fmt: skip
    return Check.objects.get()


def answers(check: Check) -> list[CheckAnswered]:
    with folding():
        entries = reading.entries_of(reading.file_rows([check.concern]))[check.concern]
    return [each.body for each in entries if isinstance(each.body, CheckAnswered)]


def test_what_is_asked_is_listed_without_a_name_and_opened_with_what_was_sent(health, asked):
    listed = health.ask("checks")
    assert b"Kaya" not in listed.content
    line = listed.json()["checks"][0]
    before = ReadAudit.objects.count()
    whole = health.client.get(line["check"]).json()
    assert whole["question"] == "When were they last weighed?" and whole["sent"].startswith("Kaya Doyle")
    assert (whole["basis"], whole["purpose"]) == ("public task", "to decide what they need")
    assert ReadAudit.objects.count() == before + 1, "that it was opened is recorded"


def test_it_is_answered_once(health, asked):
    path = f"checks/{asked.pk}/answer"
    first, again = health.give(path, ANSWER), health.give(path, dict(reversed(ANSWER.items())))
    assert (first.status_code, again.status_code) == (201, 200) and first.json() == again.json()
    assert [(a.known, a.answer, a.answered_by) for a in answers(asked)] == [
        ("known", ANSWER["answer"], ANSWER["answered_by"])
    ]
    assert health.give(path, ANSWER | {"answer": "Else."}).status_code == 409
    assert len(answers(asked)) == 1
    assert health.ask("checks").json()["checks"] == []
    assert len(health.ask("checks", waiting="false").json()["checks"]) == 1


def test_a_refusal_gives_its_reason(health, asked):
    path = f"checks/{asked.pk}/answer"
    silent = {"sender_id": "r", "known": "refused", "answered_by": "Marta Quill"}
    assert health.give(path, silent).status_code == 422
    assert health.give(path, silent | {"refused_because": "Told in confidence."}).status_code == 201
    assert Check.objects.get().refused


@pytest.mark.parametrize(
    "other",
    [
        {"known": "perhaps"},
        {"answer": ""},
        {"answered_by": " "},
        {"sender_id": ""},
        {"answer": 3},
        {"more": 1},
    ],
)
def test_what_is_not_right_writes_nothing(health, asked, other):
    answer = health.give(f"checks/{asked.pk}/answer", ANSWER | other)
    assert answer.status_code == 422 and not answers(asked)
    assert b"Weighed" not in answer.content


def test_anothers_check_is_answered_like_one_that_was_never_asked(city, asked):
    housing = System(city.housing, "checks:read", "checks:answer")
    for path in (f"checks/{asked.pk}", "checks/1", "checks/x", f"checks/{'9' * 30}", "checks/%F0%9F%A6%8A"):
        assert housing.ask(path).status_code == 404
    assert housing.ask(f"checks/{asked.pk}").content == housing.ask("checks/1").content
    assert set(housing.ask("checks/1").json()) == {"said", "problems"}
    gone = [housing.give(f"checks/{number}/answer", ANSWER) for number in (asked.pk, 1)]
    assert [each.status_code for each in gone] == [404, 404] and gone[0].content == gone[1].content
    assert housing.ask("checks").json()["checks"] == [] and not answers(asked)


def test_without_a_token_there_is_nothing(asked):
    assert Client().get("/api/v1/checks").status_code == 401


def test_that_a_person_opened_it_is_said_once_and_stands_in_the_list(health, asked):
    assert health.ask("checks").json()["checks"][0]["read"] is None, "that a machine fetched it is no reading"
    first = health.give(f"checks/{asked.pk}/read", {})
    assert first.status_code == 200 and first.json()["read"]
    assert health.give(f"checks/{asked.pk}/read", {}).json() == first.json()
    assert health.ask("checks").json()["checks"][0]["read"] == first.json()["read"]


def test_a_file_goes_with_the_answer_once_and_hangs_on_no_other(city, health, asked):
    path = f"checks/{asked.pk}"
    file = {"sender_id": "f1", "name": "chart.txt", "content": base64.b64encode(b"Weighed: 24 kg").decode()}
    kept = [health.give(f"{path}/attachments", file) for _ in range(2)]
    assert [each.status_code for each in kept] == [201, 200] and kept[0].json() == kept[1].json()
    number = kept[0].json()["attachment"]
    housing = System(city.housing, "checks:answer")
    assert housing.give(f"{path}/attachments", file).status_code == 404
    named = ANSWER | {"attachments": [number]}
    nothing = named | {"known": "nothing", "answer": ""}
    assert health.give(f"{path}/answer", nothing).status_code == 422 and not answers(asked)
    assert [health.give(f"{path}/answer", named).status_code for _ in range(2)] == [201, 200]
    assert [body.attachments for body in answers(asked)] == [(int(number),)]
    assert health.give(f"{path}/answer", named | {"sender_id": "a2"}).status_code == 422, "it is gone"


def test_one_who_may_only_read_sends_no_file(city, asked):
    reader = System(city.health, "checks:read")
    sent = {"sender_id": "f1", "name": "chart.txt", "content": ""}
    assert reader.give(f"checks/{asked.pk}/attachments", sent).status_code == 403
