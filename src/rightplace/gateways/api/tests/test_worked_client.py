"""The worked client of the documents does its whole job against a served site, and believes only true messages."""

from __future__ import annotations

import importlib.util
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from rightplace import configuration
from rightplace.common.web import steady
from rightplace.configuration import Configuration, Mode
from rightplace.domain.practice.entries.protection import StrategyAction
from rightplace.foundation.journal.outbox import deliver_outbox
from rightplace.foundation.organisation import clock
from rightplace.gateways.api import queueing, rates
from rightplace.gateways.api.tests.telling import System, notice
from rightplace.gateways.api.webhooks import keeping, sending
from rightplace.gateways.api.webhooks.tests.receiving import Receiver, receiver
from rightplace.services.frontdoor import actions, triage
from rightplace.services.frontdoor.projections import Check, Contact
from rightplace.services.frontdoor.tests.telling_forms import told_what_comes_of_it
from rightplace.services.protection import actions as protection
from rightplace.services.protection.tests.discussed import again, called, minutes_of, there
from rightplace.services.signals.tests.giving import agreed, row
from rightplace.testing.organisation import MORNING, SmallCity, small_city

FILE = Path(__file__).parents[5] / "docs" / "examples" / "partner_client.py"
EVERYTHING = (
    "contacts:write",
    "contacts:read",
    "signals:write",
    "checks:read",
    "checks:answer",
    "notices:read",
    "notices:answer",
    "strategy:read",
    "strategy:answer",
    "outcomes:read",
)


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("partner_client", FILE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


client = load()


@pytest.fixture(scope="module")
def city(site: str, django_db_blocker):
    """A city on a served site, with the clock held still and addresses inside told."""
    chosen, before = Configuration(mode=Mode.TEST, webhooks_may_be_private=True), configuration.current
    step, steady.STEP = steady.STEP, 0.001
    configuration.current = lambda: chosen
    clock.set_clock(lambda: MORNING)
    with django_db_blocker.unblock():
        yield small_city()
    clock.set_clock(None)
    configuration.current, steady.STEP = before, step


@pytest.fixture(autouse=True)
def morning(city: SmallCity):
    """Each test begins at 10:20, however far the one before went."""
    clock.set_clock(lambda: MORNING)


@pytest.fixture(scope="module")
def school(city: SmallCity, site: str):
    """The school's system, as the client is used."""
    agreed(city, city.school)
    return client.Rightplace(site, System(city.school, *EVERYTHING).token, wait=0.01, patience=5)


def child(given: str) -> dict[str, str]:
    return {"given": given, "family": "Quill", "born": "2016-02-01"}


def test_it_tells_a_concern_with_a_file_and_follows_it_to_its_outcome(city, school):
    drawing = school.attach("drawing-1", "drawing.txt", b"What the child wrote.")
    concern = notice(sender_id="concern-1", children=[child("Vesper")], attachments=[drawing])
    receipt = school.tell(concern)["receipt"]
    assert school.tell(concern)["receipt"] == receipt
    assert school.state(receipt)["read"] is None
    contact = Contact.objects.get(receipt=receipt)
    told_what_comes_of_it(contact, city.front_door_manager)
    told = school.state(receipt)
    assert told["outcome"]["text"] == "The school can help here."
    assert school.state_of_sent("concern-1") == told
    assert [each["receipt"] for each in school.outcomes()] == [receipt]


def test_it_gives_signals_and_is_told_of_each_that_was_not_taken(school):
    signals = [row(1), row(2), row(3, kind="horoscope")]
    assert [each["sender_id"] for each in school.give_signals(signals, at_once=2)] == ["row-3"]
    assert len(list(school.give_signals(signals))) == 1, "sent again nothing is taken twice"


def test_it_answers_what_it_is_asked(city, school):
    receipt = school.tell(notice(sender_id="concern-2", children=[child("Orla")]))["receipt"]
    actions.ask_check(
        contact=Contact.objects.get(receipt=receipt), agency=city.school.team.agency.pk,
        question="Is she in school?", basis="public task", purpose="to decide", sent="Orla Quill",
        by=city.front_door_worker.actor,
    )  # fmt: skip
    (line,) = school.checks()
    assert school.check(line["number"])["question"] == "Is she in school?"
    list_of_days = school.attach_to_answer(line["number"], "days-1", "days.txt", b"Here on 92 of 92 days")
    answer = {
        "sender_id": "answer-1",
        "known": "known",
        "answer": "Every day.",
        "answered_by": "Ruth Okafor, head",
        "attachments": [list_of_days],
    }
    assert school.answer_check(line["number"], answer) == school.answer_check(line["number"], answer)
    assert school.checks() == [] and Check.objects.get().known == "known"


def test_it_speaks_at_a_joint_triage(city, school):
    receipt = school.tell(notice(sender_id="concern-6", children=[child("Juno")]))["receipt"]
    triage.open_triage(
        contact=Contact.objects.get(receipt=receipt), sent="Juno Quill", basis="public task", purpose="to find out",
        agencies=[city.school.team.agency.pk, city.health.team.agency.pk], by=city.front_door_worker.actor,
    )  # fmt: skip
    (line,) = school.notices()
    assert school.notice(line["number"])["sent"] == "Juno Quill"
    said = {"sender_id": "said-1", "known": "known", "told": "Tired all week.", "told_by": "Ruth Okafor"}
    assert school.say_at_notice(line["number"], said) == school.say_at_notice(line["number"], said)
    assert school.notices()[0]["spoken"] is True


def test_it_takes_part_in_a_strategy_discussion_and_does_what_was_agreed(city, school):
    rows = called(city, city.school, city.police)
    (line,) = school.strategy_calls()
    assert school.strategy_call(line["number"])["sent"].startswith("Ida and Sol")
    answer = {"sender_id": "comes-1", "answer": "coming", "who": "Ruth Okafor, head", "known": "nothing"}
    assert school.answer_strategy_call(line["number"], answer)["answer"] == "coming"
    agreed = (StrategyAction(what="Tell us of each absence", agency=city.school.team.agency.pk),)
    minutes = minutes_of(city, attended=there(city.social_worker, city.school), without_quorum="No police.",
                         agreed_actions=agreed)  # fmt: skip
    protection.hold_strategy(rows=again(rows), minutes=minutes, by=city.social_worker.actor)
    whole = school.strategy_call(line["number"])
    (own,) = whole["actions"]
    assert whole["was_there"] is True and own["what"] == "Tell us of each absence"
    school.strategy_action_done(line["number"], own["place"], {"sender_id": "done-1"})
    assert school.strategy_call(line["number"])["actions"][0]["done"]


def test_a_concern_that_waits_for_its_turn_gets_its_receipt(school, monkeypatch):
    monkeypatch.setattr(rates, "CONCERNS", 0)
    monkeypatch.setattr(client.time, "sleep", lambda seconds: queueing.take_in_queued())
    assert school.tell(notice(sender_id="concern-3", children=[child("Idris")]))["receipt"]


def test_a_refusal_is_a_sentence_and_is_not_sent_again(school):
    with pytest.raises(client.Refused, match="not right") as refused:
        school.tell(notice(sender_id="concern-4", children=[]))
    assert refused.value.code == 422 and refused.value.problems[0]["where"] == "children"


def test_what_gets_no_answer_is_sent_again(school, city, site):
    with receiver("close", "503", "503") as machine:
        lost = client.Rightplace(machine.address.removesuffix("/hook"), "rp_x", wait=0.01, patience=0.2)
        with pytest.raises((OSError, client.http.client.HTTPException, client.Refused, ValueError)):
            lost.checks()
    assert len(machine.came) >= 3


def messages_of(city: SmallCity, machine: Receiver, school) -> tuple[str, str]:
    _, key = keeping.register_webhook(
        agency=city.school.team.agency,
        address=machine.address,
        events=["contact.read"],
        by=city.administrator.actor,
    )
    receipt = school.tell(notice(sender_id="concern-5", children=[child("Bram")]))["receipt"]
    actions.open_contact(contact=Contact.objects.get(receipt=receipt), by=city.front_door_worker.actor)
    deliver_outbox()
    with clock.clock_at(MORNING + timedelta(seconds=1)):
        assert sending.send_due() == 1
    return key, receipt


def test_it_believes_a_signed_message_once_and_fetches_what_it_points_to(city, school):
    with receiver() as machine:
        key, receipt = messages_of(city, machine, school)
    headers, body = machine.came[0]
    now = MORNING.timestamp()
    box = client.Messages(key)
    told = box.believed(headers, body, now)
    assert told["type"] == "contact.read" and school.follow_link(told["data"]["link"])["receipt"] == receipt
    assert box.believed(headers, body, now) is None, "what comes again says nothing new"
    for wrong in (
        (headers, body + b" ", now),
        (headers, body, now + 400),
        (headers | {"webhook-id": "evt_0"}, body, now),
    ):
        with pytest.raises(client.NotBelieved):
            client.Messages(key).believed(*wrong)
    with pytest.raises(client.NotBelieved):
        client.Messages("whsec_AAAA").believed(headers, body, now)


def test_it_needs_nothing_but_the_standard_library():
    import sys

    lines = [line for line in FILE.read_text().splitlines() if line.startswith(("import ", "from "))]
    modules = {line.split()[1].partition(".")[0] for line in lines}
    assert modules <= sys.stdlib_module_names
