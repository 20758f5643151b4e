"""An agency is called in after the others: who did it and why stands there, it is told, and the quorum counts it."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from rightplace.common.disclosure.projections import GIVEN, Sharing
from rightplace.common.disclosure.words import words_of
from rightplace.domain.practice.entries.protection import StrategyDecided
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal.outbox import deliver_outbox
from rightplace.foundation.organisation import clock
from rightplace.services.protection import actions, presenters, queries
from rightplace.services.protection.projections import Called, Strategy
from rightplace.services.protection.tests.discussed import SENT, again, answered, called, later, minutes_of
from rightplace.testing.organisation import MORNING, Colleague, SmallCity, sign_in, small_city

pytestmark = pytest.mark.django_db
BECAUSE = "The family lives in one of its houses."


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def called_in(city: SmallCity, rows: list[Strategy], who: Colleague, because: str = BECAUSE) -> None:
    told = queries.entries_told(city.social_worker.actor, [rows[0].file])
    call = next(each.body for each in told if isinstance(each.body, StrategyDecided))
    actions.call_in(
        rows=rows, call=call, agency=who.team.agency_id, because=because, by=city.social_worker.actor
    )
    later()


def page_of(city: SmallCity, rows: list[Strategy]) -> presenters.StrategyPage:
    return presenters.strategy_page(city.social_worker.actor, again(rows))


def test_it_is_sent_what_the_others_were_and_answers_as_they_do(city, client):
    rows = called(city)
    called_in(city, rows, city.housing)
    assert {row.agencies for row in again(rows)} == {3}
    address = reverse("protection:asked-one", args=[rows[0].number])
    page = sign_in(client, city.housing).get(address).content.decode()
    assert "Ida and Sol Fernley, 12 Cedar Row." in page and BECAUSE in page
    answered(rows, city.housing, knows="Two visits by a warden.")
    assert Called.objects.filter(agency=city.housing.team.agency_id, answered__isnull=True).count() == 0


def test_who_called_it_in_and_why_stands_with_those_who_called(city):
    rows = called(city)
    called_in(city, rows, city.housing)
    late = {each.agency.pk: each for each in page_of(city, rows).agencies}[city.housing.team.agency_id]
    assert late.because == BECAUSE and city.social_worker.worker.name in late.called_in
    police = {each.agency.pk: each for each in page_of(city, rows).agencies}[city.police.team.agency_id]
    assert police.called_in == "", "it was called with the others"


def test_what_it_was_sent_is_a_sharing_with_its_basis_and_purpose(city):
    """Promise 7: each sharing of information records basis, purpose and what was sent."""
    rows = called(city)
    called_in(city, rows, city.housing)
    shared = list(Sharing.objects.filter(agency=city.housing.team.agency_id, way=GIVEN))
    assert len(shared) == len(rows)
    said = words_of(city.housing.actor, shared)[shared[0].pk]
    assert (said.basis, said.purpose) == ("public task", "To decide together")
    assert said.sent == f"{SENT}\n\n{BECAUSE}"


def test_the_quorum_counts_whoever_is_called_in(city):
    rows = called(city, city.police)
    before = {each.kind: each.stands.word for each in page_of(city, rows).quorum}
    assert before["Health"] == "not called"
    called_in(city, rows, city.health)
    after = {each.kind: each.stands.word for each in page_of(city, rows).quorum}
    assert after["Health"] == "has not answered yet"
    answered(rows, city.health)
    minutes = minutes_of(city, *(row.file for row in rows))
    actions.hold_strategy(rows=again(rows), minutes=minutes, by=city.social_worker.actor)
    assert {row.missing for row in again(rows)} == {""} and all(row.enquiry for row in again(rows))


def test_it_is_given_its_part_of_the_minutes_too(city):
    rows = called(city)
    called_in(city, rows, city.housing)
    actions.hold_strategy(rows=again(rows), minutes=minutes_of(city), by=city.social_worker.actor)
    given = Sharing.objects.filter(agency=city.housing.team.agency_id, way=GIVEN)
    assert given.count() == 2 * len(rows)


def test_it_is_told_by_mail_that_something_waits_and_nothing_more(city):
    rows = called(city)
    deliver_outbox()
    assert {to for each in mail.outbox for to in each.to} == {
        city.police.worker.email,
        city.health.worker.email,
    } | {lead for lead in (city.police_lead.worker.email,) if lead}
    mail.outbox.clear()
    called_in(city, rows, city.housing)
    deliver_outbox()
    assert [each.to for each in mail.outbox] == [[city.housing.worker.email]]
    for word in ("Ida", "Sol", "Fernley", "Cedar", "strategy", "harm", "bruise"):
        assert word not in f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    assert "Answer by: Tue" in mail.outbox[0].body


@pytest.mark.parametrize("because", ["", "  "])
def test_without_a_reason_nobody_is_called_in(city, because):
    rows = called(city)
    with pytest.raises(Refused, match="why this agency"):
        called_in(city, rows, city.housing, because)


def test_nobody_is_called_in_twice_nor_when_it_is_over_nor_by_another_team(city, client):
    rows = called(city)
    with pytest.raises(Refused, match="called already"):
        called_in(city, rows, city.police)
    with pytest.raises(NotAllowed):
        actions.call_in(
            rows=rows, call=None, agency=city.housing.team.agency_id, because=BECAUSE,
            by=city.other_assessment_manager.actor,
        )  # fmt: skip
    actions.hold_strategy(rows=rows, minutes=minutes_of(city), by=city.social_worker.actor)
    with pytest.raises(Refused, match="over"):
        called_in(city, again(rows), city.housing)
    address = reverse("protection:call-in", args=[rows[0].number])
    assert sign_in(client, city.social_worker).get(address).status_code == 302


def test_the_page_calls_in_and_offers_no_agency_twice(city, client):
    rows = called(city)
    address = reverse("protection:call-in", args=[rows[0].number])
    page = sign_in(client, city.social_worker).get(address).content.decode()
    assert f'value="{city.housing.team.agency_id}"' in page
    assert f'value="{city.police.team.agency_id}"' not in page
    assert client.post(address, {"agency": city.housing.team.agency_id, "because": ""}).status_code == 422
    sent = {"agency": city.housing.team.agency_id, "because": BECAUSE}
    assert client.post(address, sent).status_code == 302
    assert {row.agencies for row in again(rows)} == {3}


def test_what_is_left_to_do_waits_for_the_agency(city, client):
    rows = called(city)
    actions.hold_strategy(rows=rows, minutes=minutes_of(city), by=city.social_worker.actor)
    assert [row.number for row in queries.undone_by(city.police.actor)] == [rows[0].number] * 2
    assert not queries.undone_by(city.health.actor).exists()
    page = sign_in(client, city.police).get(reverse("protection:asked")).content.decode()
    assert "Nothing" not in page and "due" in page
