"""The pages of strategy discussions: few queries however long the list, kept while typed, read with an audit."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.organisation import clock
from rightplace.services.protection import actions
from rightplace.services.protection.tests.discussed import answered, call_of, called, held, with_the_team
from rightplace.testing.organisation import MORNING, sign_in, small_city
from rightplace.testing.pace import keeps

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def queries_of(client, django_assert_max_num_queries, address):
    client.get(address)
    with django_assert_max_num_queries(25) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


def test_the_lists_ask_as_often_for_one_discussion_as_for_many(client, city, django_assert_max_num_queries):
    held(city)
    called(city)
    who = {"list": city.social_worker, "actions": city.social_worker, "asked": city.police}

    def counted():
        return {
            name: queries_of(
                sign_in(client, person), django_assert_max_num_queries, reverse(f"protection:{name}")
            )
            for name, person in who.items()
        }

    few = counted()
    held(city)
    called(city)
    assert counted() == few


def test_a_list_costs_little(client, city):
    called(city)
    sign_in(client, city.police)
    assert keeps(0.015 * 3, lambda: client.get(reverse("protection:asked")))


def test_a_call_is_in_the_read_audit_before_the_agency_sees_it(client, city):
    rows = called(city)
    sign_in(client, city.police)
    assert client.get(reverse("protection:asked-one", args=[rows[0].number])).status_code == 200
    last = ReadAudit.objects.order_by("-id").first()
    assert set(last.files) == {row.file for row in rows}
    assert last.worker == city.police.worker.pk


def test_minutes_are_kept_while_they_are_typed(client, city):
    rows = called(city)
    sign_in(client, city.social_worker)
    keep = reverse("protection:keep", args=[rows[0].number])
    typed = {
        "minutes": "The police told.",
        "a0-what": "Ring",
        "a0-due_day": "4",
        "a0-due_month": "3",
        "a0-due_year": "2026",
    }
    assert client.post(keep, typed).json()["saved"]
    page = client.get(reverse("protection:minutes", args=[rows[0].number])).content.decode()
    assert "The police told." in page
    assert 'value="2026"' in page
    sign_in(client, city.assessment_manager)
    assert (
        "The police told."
        not in client.get(reverse("protection:minutes", args=[rows[0].number])).content.decode()
    )


def test_more_lines_can_be_asked_for_and_nothing_typed_is_lost(client, city):
    rows = called(city)
    sign_in(client, city.social_worker)
    address = reverse("protection:minutes", args=[rows[0].number])
    page = client.post(address, {"do": "more", "lines": "3", "a2-what": "See the uncle"}).content.decode()
    assert "See the uncle" in page
    assert 'name="a4-what"' in page


def test_an_agency_answers_through_its_own_form(client, city):
    rows = called(city)
    sign_in(client, city.police)
    address = reverse("protection:asked-one", args=[rows[0].number])
    said = {
        "do": "answer",
        "answer": "coming",
        "known": "known",
        "basis": "public task",
        "purpose": "To decide",
    }
    wrong = client.post(address, said)
    assert wrong.status_code == 422
    assert b"Write who comes." in wrong.content
    right = client.post(address, said | {"who": "Kay Ormond", "knows": "Two calls in May."})
    assert right.status_code == 302
    assert b"Two calls in May." in client.get(address).content


def test_brothers_and_sisters_are_offered_and_a_second_call_leads_to_the_first(client, city):
    ida, sol = with_the_team(city)
    sign_in(client, city.social_worker)
    page = client.get(reverse("protection:of-child", args=[ida])).content.decode()
    assert "Sol Fernley" in page
    signed = actions.call_strategy(files=[ida, sol], call=call_of(city), by=city.social_worker.actor)
    answer = client.get(reverse("protection:of-child", args=[sol]))
    assert answer.status_code == 302
    assert answer.url == reverse("protection:one", args=[signed[0].occasion])


def test_who_has_not_answered_is_shown_with_a_telephone(client, city):
    rows = called(city)
    answered(rows, city.health)
    sign_in(client, city.social_worker)
    page = client.get(reverse("protection:one", args=[rows[0].number])).content.decode()
    assert "has not answered yet" in page
    assert "Ring 0121 496 0150" in page


def test_no_title_carries_a_name(client, city):
    """Promise 8."""
    rows = held(city)
    for who, name in ((city.social_worker, "one"), (city.police, "asked-one")):
        sign_in(client, who)
        page = client.get(reverse(f"protection:{name}", args=[rows[0].number])).content.decode()
        assert "Fernley" not in page.partition("<title>")[2].partition("</title>")[0]


def test_a_worker_says_on_a_page_that_an_action_is_done(client, city):
    rows = held(city)
    sign_in(client, city.social_worker)
    address = reverse("protection:action", args=[rows[0].held_entry, 1])
    assert b"See both children" in client.get(address).content
    assert client.post(address, {"note": "Both seen."}).status_code == 302
    assert b"Nothing that was agreed waits for you." in client.get(reverse("protection:actions")).content
    of_the_police = reverse("protection:action", args=[rows[0].held_entry, 0])
    assert sign_in(client, city.family_support_worker).get(of_the_police).status_code == 404
