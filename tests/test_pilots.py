"""A pilot: begun and ended on its pages; what is decided there carries its mark; counts beside the rest, with a caution."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.domain.evidence.comparing import Comparison, Trend
from rightplace.domain.evidence.refusing import TooFew
from rightplace.domain.practice.entries.contact import Route
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import clock, pilots
from rightplace.foundation.organisation.models import Area, Pilot
from rightplace.services.frontdoor import actions as frontdoor
from rightplace.services.frontdoor.projections import Check, Contact
from rightplace.services.partnership import comparing
from rightplace.services.partnership.presenters.pilots import in_plain_words
from rightplace.testing.organisation import SmallCity, sign_in, small_city
from tests.telling import after, decided, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> SmallCity:
    with after(-24):
        return small_city()


@pytest.fixture
def now(city):
    with after(0) as moment:
        yield moment


def begun(city: SmallCity, **more: object) -> Pilot:
    said = {
        "title": "Joint response", "way": "joint_response", "quarter": Area.objects.get(pk=1).quarter,
        "begins": date(2026, 3, 1), "decided_by": "The board", "because": "Late answers", "measured": "Hours",
        "expected": "Half", "agency_kinds": ["police"], "by": city.director.actor,
    } | more  # fmt: skip
    return pilots.begin_pilot(**said)


def asked(city: SmallCity, contact: Contact, who) -> Check:
    frontdoor.ask_check(
        contact=contact, agency=who.team.agency_id, question="?", basis="public task", purpose="To decide", sent="A",
        by=city.front_door_worker.actor,
    )  # fmt: skip
    return Check.objects.get(concern=contact.concern, agency=who.team.agency_id)


def rule_of(check: Check) -> str:
    return Timescale.objects.get(person=check.concern, trigger=check.id, rule__startswith="CHECK-").rule


def test_in_a_pilot_an_agency_in_the_room_answers_on_a_shorter_clock_and_the_others_do_not(city, now):
    outside = asked(city, told(city.school, given="Before"), city.police)
    pilot = begun(city)
    contact = told(city.school)
    police, health = asked(city, contact, city.police), asked(city, contact, city.health)
    assert (rule_of(outside), rule_of(police), rule_of(health)) == (
        "CHECK-GREEN",
        "CHECK-JOINT-GREEN",
        "CHECK-GREEN",
    )
    assert police.due < health.due
    assert Contact.objects.get(concern=contact.concern).pilot == pilot.pk


def test_each_contact_decided_in_a_pilot_carries_its_mark_and_the_rest_is_compared(city, now):
    decided(city, told(city.school, given="Outside"), Route.FAMILY_SUPPORT)
    pilot = begun(city)
    marked = told(city.school)
    decided(city, marked, Route.FAMILY_SUPPORT)
    with clock.clock_at(now + timedelta(hours=2)):
        inside, outside = comparing.compared(pilot)
    assert (inside.contacts, outside.contacts) == (1, 1)
    assert not inside.shown
    assert Contact.objects.filter(pilot=pilot.pk).count() == 1


def test_too_few_are_not_shown_and_the_page_says_that_counts_prove_nothing(city, now):
    pilot = begun(city)
    decided(city, told(city.school), Route.FAMILY_SUPPORT)
    with after(2):
        page = (
            sign_in(Client(), city.analyst)
            .get(reverse("partnership:pilot", args=[pilot.pk]))
            .content.decode()
        )
    assert "prove nothing by themselves" in page and "too few to show" in page


PEOPLE = (
    ("Zeb", "Thrupp"), ("Quill", "Okonjo"), ("Oona", "Vance"), ("Ivo", "Lidell"), ("Thora", "Crabbe"),
    ("Bram", "Yusuf"), ("Wren", "Penhale"), ("Fitz", "Grout"), ("Jory", "Zander"), ("Lux", "Moss"),
    ("Hester", "Ibsen"), ("Kip", "Farrow"), ("Maud", "Quist"), ("Dov", "Hodge"), ("Esme", "Udall"), ("Rafe", "Swann"),
)  # fmt: skip
"""Children whom nobody takes for one another."""


def answered_in(city: SmallCity, who: int, area: int, hours: int, start: datetime) -> None:
    """A contact of an area, asked about and decided; the police answer after so many hours."""
    with clock.clock_at(start):
        given, family = PEOPLE[who]
        contact = told(city.school, given=given, family=family, area=area)
        check = asked(city, contact, city.police)
    with clock.clock_at(start + timedelta(hours=hours)):
        frontdoor.answer_check(check=check, known="nothing", answer="", by=city.police.actor)
        decided(city, contact, Route.ADVICE)


def test_a_fair_comparison_runs_from_the_marks(city, monkeypatch):
    """Four areas in the pilot, four outside: six hours everywhere before; two in the pilot and six elsewhere since."""
    monkeypatch.setattr(comparing, "LEAST", 1)
    monkeypatch.setattr(comparing, "HALF_YEARS_BEFORE", 1)
    quarter = Area.objects.get(pk=1).quarter
    inside = list(Area.objects.filter(quarter=quarter).values_list("pk", flat=True)[:4])
    outside = list(Area.objects.exclude(quarter=quarter).values_list("pk", flat=True)[:4])
    before, since = datetime(2026, 2, 3, 9, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC)
    with after(-24):
        pilot = begun(city)
    pilot.begins = date(2026, 3, 1)
    for place, area in enumerate((*inside, *outside)):
        answered_in(city, place, area, 6, before + timedelta(minutes=place))
        hours = 2 if area in inside else 6
        answered_in(city, 8 + place, area, hours, since + timedelta(minutes=place))
    with after(24):
        found, outcomes = comparing.fair_comparisons(pilot)
        page = sign_in(Client(), city.analyst).get(reverse("partnership:pilot-compared", args=[pilot.pk]))
    assert Contact.objects.exclude(pilot=0).count() == 4 and found.left_out == 0
    waits = outcomes[comparing.ANSWERS]
    assert isinstance(waits, Comparison)
    assert (waits.treated, waits.compared_with) == (4, 4)
    assert waits.estimate == pytest.approx(-4.0, abs=0.05)
    assert "fell by 4.0 hours against 4 comparable areas" in waits.finding
    assert "1 half-year before against 1 half-year since" in waits.counted
    told_us = page.content.decode()
    assert "fell by 4.0 hours" in told_us and "What this cannot say" in told_us


def test_what_carries_no_mark_in_the_pilot_is_left_out_and_too_little_is_said(city, now, monkeypatch):
    monkeypatch.setattr(comparing, "LEAST", 1)
    contact = told(city.school)
    decided(city, contact, Route.FAMILY_SUPPORT)
    with after(1):
        pilot = begun(city, begins=date(2026, 3, 1))
        found, outcomes = comparing.fair_comparisons(pilot)
    assert found.left_out == 1
    assert all(isinstance(each, TooFew) for each in outcomes.values())


def test_a_pilot_is_begun_and_ended_on_its_pages(city, now):
    client = sign_in(Client(), city.head_of_service)
    said = {
        "title": "Joint response in the south", "way": "joint_response", "where": "south", "agency_kinds": ["police", "health"],
        "begins_day": "1", "begins_month": "4", "begins_year": "2026", "decided_by": "The board", "because": "Late",
        "measured": "Hours", "expected": "Half",
    }  # fmt: skip
    assert client.post(reverse("partnership:pilot-new"), said).status_code == 302
    pilot = Pilot.objects.get()
    assert (pilot.quarter, pilot.agency_kinds) == ("south", ["police", "health"])
    again = client.post(reverse("partnership:pilot-new"), said)
    assert again.status_code == 422 and "already on" in again.content.decode()
    end = {"on_day": "1", "on_month": "5", "on_year": "2026", "because": "Enough is known."}
    assert client.post(reverse("partnership:pilot-end", args=[pilot.pk]), end).status_code == 302
    assert "Enough is known." in client.get(reverse("partnership:pilot", args=[pilot.pk])).content.decode()
    assert sign_in(Client(), city.front_door_manager).get(reverse("partnership:pilot-new")).status_code == 404


def test_a_comparison_is_told_in_plain_words_and_an_unfair_one_tells_no_figure():
    base = Comparison(
        measure=comparing.ANSWERS, estimate=-9.2, standard_error=1.0, low=-19.4, high=0.3, level=0.95, chance=0.1,
        treated=4, compared_with=10, years_before=(1, 2, 3), years_after=(4,), left_out=(), arrangements=1001,
        exact=True, before=Trend(-0.01, 0.9, 3),
    )  # fmt: skip
    told = " ".join(in_plain_words(base))
    assert "9.2 hours lower than it would have, had they gone the way of 10 other areas" in told
    assert "between 19.4 hours lower and 0.3 hours higher: it may as well be nothing" in told
    assert "-0.0" not in base.trend
    unfair = in_plain_words(replace(base, before=Trend(-6.1, 0.01, 3)))
    assert len(unfair) == 1 and "9.2" not in unfair[0]
