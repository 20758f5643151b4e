"""A school's own page and an agency's: what stands on them, what is held back, and what cannot be compared."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rightplace.foundation.access.actor import RULES
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.organisation import actions, clock
from rightplace.foundation.organisation.models import Area, School, SchoolListing
from rightplace.overview.partners.presenters import in_plain_words
from rightplace.overview.partners.queries import joined
from rightplace.services.frontdoor import actions as frontdoor
from rightplace.services.frontdoor.tests.telling_staff import told
from rightplace.services.funding.counting import count_terms
from rightplace.services.funding.models import Agreement
from rightplace.services.funding.tests import families as funded
from rightplace.services.partnership import actions as partnership
from rightplace.services.protection import actions as protection
from rightplace.services.protection.queries import undone_by
from rightplace.services.protection.tests.discussed import again, answered, called, later, minutes_of
from rightplace.services.schools.comparing import compare, likeness
from rightplace.services.schools.models import SchoolYear
from rightplace.testing.organisation import MORNING, SmallCity, sign_in, small_city
from rightplace.testing.pace import keeps

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def text(city: SmallCity, who: str, address: str = "/our-page/") -> str:
    answer = sign_in(Client(), getattr(city, who)).get(address)
    assert answer.status_code == 200, answer.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode()).partition("<main")[2]).split())


def test_a_head_teacher_begins_the_day_on_the_schools_own_page(city):
    answer = sign_in(Client(), city.head_teacher).get("/", follow=True)
    assert answer.request["PATH_INFO"] == "/our-page/"


def test_a_schools_page_says_whom_to_ask_what_became_of_concerns_and_how_fast(city):
    told(city.school)
    page = text(city, "head_teacher")
    assert "Tamsin Reeve" in page and "Raise a concern" in page
    assert "1 concern raised in the last twelve months." in page and "1 concern waits now." in page


def a_term_of_eight(city: SmallCity) -> None:
    """The school agreed, and eight of its children were helped in a term that was counted."""
    school = funded.school_named("Lark Hill Primary")
    funded.priced(city)
    funded.agreed(city, school)
    for _ in range(8):
        with clock.clock_at(MORNING - timedelta(days=120)):
            funded.gave(city, [funded.child_of(city, school.pk)], 60, date(2025, 11, 3))
    count_terms()


def test_what_a_school_pays_and_what_it_is_for_is_for_the_head_teacher_of_a_school_that_agreed(city):
    share = "What your share of the cost pays for, 2025-26"
    assert share not in text(city, "head_teacher")
    a_term_of_eight(city)
    page = text(city, "head_teacher")
    assert share in page
    assert "8.00 hours were given to families until Wed 31 Dec 2025, at a cost of £320.00." in page
    assert (
        "In the summer and autumn terms, 8 children were helped: at the end 8 were still being helped."
        in page
    )
    assert "£160.00" in page
    assert share not in text(city, "school")


def test_the_reading_of_concerns_is_recorded_before_the_page_leaves(city):
    contact = told(city.school)
    text(city, "head_teacher")
    row = ReadAudit.objects.latest("id")
    assert (row.what, row.files) == ("our page", [contact.concern])


def test_another_school_sees_nothing_of_it(city):
    told(city.school)
    page = text(city, "other_school")
    assert "You and your colleagues have raised no concern here." in page


@pytest.mark.parametrize("who", ["police", "police_lead", "health", "housing", "provider"])
def test_another_agencys_page_says_what_waits_and_what_was_shared(city, who):
    page = text(city, who)
    assert "Nothing waits for your answer." in page
    assert "You were given something not once; you gave, or declined to give, not once." in page
    assert "link person" not in page.lower()


def test_a_call_to_a_strategy_discussion_waits_on_the_page_of_each_agency_until_it_answers(city):
    rows = called(city, city.school, city.police)
    assert "Say who comes to a strategy discussion" in text(city, "head_teacher")
    assert "Say who comes to a strategy discussion" in text(city, "police")
    assert "Say who comes" not in text(city, "housing")
    answered(rows, city.police)
    assert "Say who comes" not in text(city, "police")


def test_what_was_agreed_waits_until_the_agency_says_that_it_is_done(city):
    rows = called(city)
    minutes = minutes_of(city, *(row.file for row in rows))
    protection.hold_strategy(rows=again(rows), minutes=minutes, by=city.social_worker.actor)
    assert text(city, "police").count("Do what was agreed") == 1, "once, though it is about two children"
    assert "Do what was agreed" not in text(city, "health")
    later()
    protection.say_done(rows=list(undone_by(city.police.actor)), by=city.police.actor)
    assert "Do what was agreed" not in text(city, "police")


def test_a_dispute_waits_on_the_page_of_the_side_that_is_to_speak(city):
    dispute = partnership.raise_dispute(
        against=city.housing.team.agency, about="practice", subject="answer", words="Zebedee waited two weeks.",
        by=city.police.actor,
    )  # fmt: skip
    page = text(city, "housing")
    assert "Answer in a dispute" in page and "Zebedee" not in page
    assert "Answer in a dispute" not in text(city, "police") + text(city, "health")
    later()
    partnership.answer_dispute(dispute=dispute, words="We will see them.", by=city.housing.actor)
    assert "Answer in a dispute" in text(city, "police")
    assert "Answer in a dispute" not in text(city, "housing")


def much_waits(city: SmallCity, times: int) -> None:
    """Of each kind that waits for an agency, so often."""
    for place in range(times):
        contact = told(city.school, line=f"{place} Linnet Row")
        frontdoor.ask_check(
            contact=contact, agency=city.police.team.agency_id, question="?", basis="public task", purpose="To help",
            sent="Ayla", family_told="told and agrees", by=city.front_door_worker.actor,
        )  # fmt: skip
        told(city.police, line=f"{place} Finch Row")
        called(city)
        partnership.raise_dispute(
            against=city.police.team.agency,
            about="practice",
            subject="answer",
            words="Late.",
            by=city.housing.actor,
        )


def test_the_page_of_an_agency_asks_as_often_for_much_as_for_little(city):
    """Six lists stand on it: as many questions as a child's story may ask, and no more time."""
    client = sign_in(Client(), city.police)
    asked = []
    for times in (1, 4):
        much_waits(city, times)
        client.get("/our-page/")
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/our-page/").status_code == 200
        own = [q["sql"] for q in seen if not re.match(NOT_OWN, q["sql"])]
        asked.append(own[SIGNING_IN:])
    assert len(asked[1]) == len(asked[0]) <= 15, "\n".join(asked[1])
    assert keeps(0.040, lambda: client.get("/our-page/"))


def test_the_page_of_a_school_keeps_to_few_queries(city):
    """Five lists and a statement stand on it: as many questions as a child's story may ask."""
    for _ in range(5):
        told(city.school)
    a_term_of_eight(city)
    client = sign_in(Client(), city.head_teacher)
    client.get("/our-page/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/our-page/")
    own = [q["sql"] for q in asked if not re.match(NOT_OWN, q["sql"])]
    assert len(own[SIGNING_IN:]) <= 15, "\n".join(own)
    assert keeps(0.025, lambda: client.get("/our-page/"))


NOT_OWN = r"(RELEASE )?SAVEPOINT|BEGIN|COMMIT|SELECT set_config"
SIGNING_IN = 3
"""Session, account and seat, as on every page."""


# compared fairly --------------------------------------------------------------------------------------------------------


def many_schools(city: SmallCity, number: int, fall: float) -> School:
    """Schools alike in phase, size and free meals, with absence in five years; the first falls by so much since 2024."""
    rng, first = random.Random(7), None
    for place in range(number):
        agency = actions.add_agency(
            name=f"School {place}", kind="education", begins=date(2014, 9, 1), by=RULES
        )
        school = actions.add_school(
            agency=agency, urn=970_000 + place, phase="primary", area=Area.objects.get(id=1), by=RULES
        )
        first = first or school
        stamp = {"recorded_at": clock.now(), "recorded_by_id": RULES.worker}
        SchoolListing.objects.create(
            school=school, begins=date(2020, 9, 1), authority="399", name=agency.name, phase="primary", postcode="B1 1AA",
            pupils=400, free_meals=Decimal("30.0"), **stamp,
        )  # fmt: skip
        for year in range(2021, 2026):
            change = fall if school == first and year >= 2024 else 0
            missed = int(152_000 * (0.06 - change + rng.uniform(-0.002, 0.002)))
            SchoolYear.objects.create(
                school=school, year=year, pupils=400, sessions=152_000, missed=missed, suspensions=3, exclusions=0, **stamp
            )  # fmt: skip
    assert first is not None
    return first


def test_a_clear_fall_against_comparable_schools_is_said_with_its_interval(city):
    school = many_schools(city, 16, fall=0.015)
    absence, suspensions = compare(school.pk, {school.pk: 2024})
    assert absence.comparison is not None and absence.comparison.clear
    assert "Absence fell by 1." in absence.comparison.finding
    said = " ".join(in_plain_words(absence.comparison))
    assert "came out 1." in said and "lower than it would have, had this school gone the way of" in said
    assert "In four cases of five the true difference lies between" in said and "so it is not nothing" in said
    assert absence.rule.startswith(
        "Primary schools that had not joined by then: 240 to 419 pupils and 20% to 40%"
    )
    assert suspensions.comparison is None and suspensions.refusal is not None, (
        "three suspensions may tell who"
    )


def test_no_fall_is_not_called_one(city):
    school = many_schools(city, 16, fall=0.0)
    absence = compare(school.pk, {school.pk: 2024})[0]
    assert absence.comparison is not None and "did not change clearly" in absence.comparison.finding


def test_too_few_schools_are_refused_and_said(city):
    school = many_schools(city, 4, fall=0.02)
    absence = compare(school.pk, {school.pk: 2024})[0]
    assert absence.comparison is None and absence.refusal is not None
    assert "too few" in absence.refusal.because


def test_schools_that_had_joined_themselves_are_not_compared_with(city):
    school = many_schools(city, 16, fall=0.02)
    everybody = dict.fromkeys(likeness(), 2023) | {school.pk: 2024}
    assert compare(school.pk, everybody)[0].comparison is None


def test_the_page_never_shows_a_bare_before_and_after(city):
    school = many_schools(city, 16, fall=0.015)
    SchoolListing.objects.filter(school=school).update(school_id=city.school.team.agency_id)
    SchoolYear.objects.filter(school=school).update(school_id=city.school.team.agency_id)
    assert "so there is no day from which to compare" in text(city, "head_teacher", "/our-page/compared/")
    Agreement.objects.create(
        agency_id=city.school.team.agency_id, what_for="Family support", because="Agreed.", begins=date(2023, 4, 1),
        recorded_at=clock.now(), recorded_by_id=RULES.worker,
    )  # fmt: skip
    assert joined() == {city.school.team.agency_id: 2024}
    page = text(city, "head_teacher", "/our-page/compared/")
    assert (
        "against 15 comparable schools" in page and "In four cases of five the true difference lies" in page
    )
    assert "Suspensions for each 100 pupils cannot be compared." in page
