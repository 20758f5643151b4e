"""What became of what an agency raised is told in the words of the pages, and to that agency alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rightplace.foundation.organisation import clock
from rightplace.gateways.api.tests.telling import System, notice
from rightplace.services.frontdoor.projections import Contact
from rightplace.services.frontdoor.tests.telling_forms import told_what_comes_of_it
from rightplace.testing.organisation import MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(city, police) -> System:
    """Two notices of the police, of which they were told what comes."""
    for place in range(2):
        child = {"given": ("Vesper", "Orla")[place], "family": "Quill", "born": f"201{place}-01-01"}
        police.send(notice(sender_id=f"n{place}", children=[child]))
    for place, contact in enumerate(Contact.objects.order_by("received", "concern")):
        with clock.clock_at(MORNING + timedelta(minutes=place + 1)):
            told_what_comes_of_it(contact, city.front_door_manager)
    return System(city.police, "outcomes:read")


def test_outcomes_are_told_in_order_with_the_text_of_the_pages(told):
    found = told.ask("outcomes").json()
    texts = [each["outcome"]["text"] for each in found["outcomes"]]
    assert texts == ["The school can help here."] * 2 and found["more_since"] is None
    assert b"INTERNAL" not in told.ask("outcomes").content
    later = told.ask("outcomes", since=found["outcomes"][0]["outcome"]["told"]).json()
    assert [each["receipt"] for each in later["outcomes"]] == [found["outcomes"][1]["receipt"]]


def test_the_words_are_those_of_the_concerns_own_state(told, police):
    one = told.ask("outcomes").json()["outcomes"][0]
    assert police.client.get(one["contact"]).json()["outcome"] == one["outcome"]


def test_another_agency_is_told_nothing_of_it(told, city):
    assert System(city.health, "outcomes:read").ask("outcomes").json()["outcomes"] == []


def test_a_page_of_outcomes_takes_few_queries_however_many_they_are(told, django_assert_max_num_queries):
    told.ask("outcomes")
    with django_assert_max_num_queries(14):
        told.ask("outcomes")


@pytest.mark.parametrize("since", ["yesterday", "", "2026-13-01", "9" * 50])
def test_a_moment_that_is_none_is_not_right(told, since):
    assert told.ask("outcomes", since=since).status_code == 422
