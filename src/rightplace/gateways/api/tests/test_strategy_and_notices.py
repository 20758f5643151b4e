"""An agency's system takes part in strategy discussions and joint triages: its own alone, each thing written once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from rightplace.domain.practice.entries.contact import Grade
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.journal.outbox import deliver_outbox
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.models import Delivery, Webhook
from rightplace.gateways.api.tests.telling import System, notice
from rightplace.services.frontdoor import triage
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.protection import actions
from rightplace.services.protection.projections import Action, Called
from rightplace.services.protection.tests.discussed import SENT, again, called, minutes_of
from rightplace.testing.organisation import MORNING

pytestmark = pytest.mark.django_db
COMES = {
    "sender_id": "c1", "answer": "coming", "who": "DC Lena Frost", "known": "known", "knows": "Two calls in May.",
    "purpose": "To decide together",
}  # fmt: skip
SAYS = {
    "sender_id": "t1",
    "known": "known",
    "told": "Third call this year.",
    "level": "additional",
    "told_by": "PC Ormond",
}


def listening(city, event: str) -> None:
    Webhook.objects.create(
        agency=city.police.team.agency, address="https://police.example/", events=[event], begins=MORNING,
        made_by=city.administrator.worker,
    )  # fmt: skip


def system(of, *purposes: str) -> System:
    return System(of, *(purposes or ("strategy:read", "strategy:answer", "notices:read", "notices:answer")))


@pytest.fixture
def rows(city):
    """A discussion about Ida and Sol, to which police and health are called."""
    listening(city, "strategy.called")
    yield called(city)
    clock.set_clock(None)


def held(city, rows):
    minutes = minutes_of(city, *(row.file for row in rows))
    actions.hold_strategy(rows=again(rows), minutes=minutes, by=city.social_worker.actor)


def test_a_call_is_told_listed_without_a_name_and_opened_with_what_was_sent(city, rows):
    deliver_outbox()
    told = Delivery.objects.get(event="strategy.called")
    police = system(city.police)
    listed = police.ask("strategy-calls")
    (line,) = listed.json()["calls"]
    assert line["call"] == told.link and b"Fernley" not in listed.content, "one line for two children"
    before = ReadAudit.objects.count()
    whole = police.client.get(told.link).json()
    assert whole["sent"] == SENT and (whole["basis"], whole["purpose"]) == (
        "public task",
        "To decide together",
    )
    assert "bruise of a hand" not in str(whole), "why it was called is our own file's"
    assert ReadAudit.objects.count() > before, "that it was opened is recorded"


def test_it_is_answered_once_in_the_file_of_each_child(city, rows):
    police, path = system(city.police), f"strategy-calls/{rows[0].number}/answer"
    assert [police.give(path, COMES).status_code for _ in range(2)] == [201, 200]
    assert police.give(path, COMES | {"who": "Else"}).status_code == 409
    own = Called.objects.filter(agency=city.police.team.agency_id)
    assert [(row.answer, row.answered is not None) for row in own] == [("coming", True)] * 2
    assert police.ask("strategy-calls").json()["calls"] == []
    assert len(police.ask("strategy-calls", waiting="false").json()["calls"]) == 1


@pytest.mark.parametrize(
    "other",
    [{"who": ""}, {"knows": ""}, {"purpose": ""}, {"known": "refused"}, {"answer": "perhaps"}, {"more": 1}],
)
def test_an_answer_that_is_not_whole_writes_nothing(city, rows, other):
    answer = system(city.police).give(f"strategy-calls/{rows[0].number}/answer", COMES | other)
    assert answer.status_code == 422 and not Called.objects.filter(answered__isnull=False).exists()


def test_after_it_was_held_it_reads_its_part_and_says_what_it_did(city, rows):
    held(city, rows)
    police, path = system(city.police), f"strategy-calls/{rows[0].number}"
    whole = police.ask(path).json()
    assert whole["given"] == "We see the children today." and whole["was_there"] is True
    assert "The police told of May" not in str(whole), "the minutes are our own file's"
    ((place, what),) = [(each["place"], each["what"]) for each in whole["actions"]]
    assert what == "Check the log of calls"
    clock.set_clock(lambda: MORNING + timedelta(hours=4))
    done = [police.give(f"{path}/actions/{place}/done", {"sender_id": "d1"}).status_code for _ in range(2)]
    assert done == [201, 200]
    own = Action.objects.filter(agency=city.police.team.agency_id)
    assert all(row.done is not None for row in own) and own.exists()
    health = system(city.health)
    assert health.ask(path).json()["actions"] == []
    assert health.give(f"{path}/actions/{place}/done", {"sender_id": "d1"}).status_code == 404


def test_another_agencys_call_is_answered_like_one_that_was_never_made(city, rows):
    housing, path = system(city.housing), f"strategy-calls/{rows[0].number}"
    assert housing.ask(path).content == housing.ask("strategy-calls/1").content
    gone = [housing.give(f"{each}/answer", COMES) for each in (path, "strategy-calls/1")]
    assert [each.status_code for each in gone] == [404, 404] and gone[0].content == gone[1].content
    assert housing.ask("strategy-calls", waiting="false").json()["calls"] == []
    assert Client().get(f"/api/v1/{path}").status_code == 401


def test_one_who_is_called_in_later_is_told_alone(city, rows):
    deliver_outbox()
    Delivery.objects.all().delete()
    Webhook.objects.update(agency=city.housing.team.agency)
    sent = actions.StrategyDecided(sent=SENT, basis="public task", purpose="To decide together")
    actions.call_in(
        rows=rows, call=sent, agency=city.housing.team.agency_id, because="It lets the house.",
        by=city.social_worker.actor,
    )  # fmt: skip
    deliver_outbox()
    whole = system(city.housing).client.get(Delivery.objects.get().link).json()
    assert (whole["sent"], whole["because"]) == (SENT, "It lets the house.")


# joint triage -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def table(city, police) -> Triage:
    """A joint triage of a notice, with police and health at the table."""
    listening(city, "notice.opened")
    police.send(notice())
    triage.open_triage(
        contact=Contact.objects.get(), agencies=[city.police.team.agency_id, city.health.team.agency_id],
        basis="public task", purpose="To find out together", sent="Kaya Doyle, 7, 12 Alder Road", grade=Grade.AMBER,
        by=city.front_door_worker.actor,
    )  # fmt: skip
    return Triage.objects.get()


def test_a_triage_is_told_listed_without_a_name_and_spoken_at_once(city, table):
    deliver_outbox()
    link = Delivery.objects.get(event="notice.opened").link
    own = system(city.police)
    listed = own.ask("notices")
    (line,) = listed.json()["notices"]
    assert line["notice"] == link and line["spoken"] is False and b"Kaya" not in listed.content
    assert own.client.get(link).json()["sent"] == "Kaya Doyle, 7, 12 Alder Road"
    path = f"notices/{table.pk}/say"
    assert [own.give(path, SAYS).status_code for _ in range(2)] == [201, 200]
    assert own.give(path, SAYS | {"told": "Else."}).status_code == 409
    seen = {
        each["agency"]: each["told"]
        for each in system(city.health).ask(f"notices/{table.pk}").json()["table"]
    }
    assert seen["Example City Police"] == "Third call this year.", "everybody at the table reads it"
    assert own.ask("notices").json()["notices"][0]["spoken"] is True


def test_why_an_agency_will_not_say_is_read_by_itself_and_the_front_door_alone(city, table):
    own, path = system(city.police), f"notices/{table.pk}"
    refuses = {"sender_id": "r", "known": "refused", "told_by": "PC Ormond"}
    assert own.give(f"{path}/say", refuses).status_code == 422
    reason = "It is part of an investigation."
    assert own.give(f"{path}/say", refuses | {"refused_because": reason}).status_code == 201
    assert reason in own.ask(path).content.decode()
    health = system(city.health).ask(path)
    assert reason not in health.content.decode() and "refused" in health.content.decode()


def test_anothers_table_is_not_there(city, table):
    housing = system(city.housing)
    assert housing.ask(f"notices/{table.pk}").content == housing.ask("notices/1").content
    assert housing.give(f"notices/{table.pk}/say", SAYS).status_code == 404
    assert housing.ask("notices").json()["notices"] == []
