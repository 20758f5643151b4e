"""Each list of the services asks at most ten questions of the database, however long it is, and takes 15 ms at most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rightplace.domain.practice.entries.familysupport import FamilyTeamJoined
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import School
from rightplace.services.assessment.tests import assessed
from rightplace.services.directory import requests
from rightplace.services.directory.tests import offering
from rightplace.services.familysupport import actions as helping
from rightplace.services.familysupport.family import Family
from rightplace.services.familysupport.tests import siblings
from rightplace.services.frontdoor import asking
from rightplace.services.funding.tests import families as funded
from rightplace.services.protection.tests import discussed
from rightplace.services.signals.tests import giving
from rightplace.testing import pace
from rightplace.testing.organisation import MORNING, Colleague, SmallCity, sign_in, small_city
from tests import telling

pytestmark = pytest.mark.django_db
QUERIES, SECONDS = 10, 0.015
NOT_OWN = re.compile(r"(RELEASE )?SAVEPOINT|BEGIN|COMMIT|SELECT set_config")

LISTS = [
    ("family_support_worker", "/early/"), ("family_support_manager", "/early/noted/"), ("school", "/signals/"),
    ("information_governance", "/feeds/"), ("family_support_worker", "/families/"), ("school", "/around-families/"),
    ("social_worker", "/assessments/"), ("assessment_manager", "/assessments/to-authorise/"),
    ("social_worker", "/strategy/"), ("social_worker", "/strategy/actions/"), ("police", "/strategy-calls/"),
    ("social_worker", "/services/"), ("social_worker", "/services/?q=parenting"), ("provider", "/services/own/"),
    ("provider", "/places/"), ("social_worker", "/places-asked/"), ("head_of_service", "/funding/"),
    ("head_of_service", "/funding/agreements/"), ("head_of_service", "/funding/costs/"),
    ("analyst", "/funding/bought/"), ("head_teacher", "/our-share/"), ("head_teacher", "/link-person/"),
    ("head_teacher", "/our-page/compared/"),
    ("family_support_worker", "/school-questions/"), ("family_support_manager", "/link-people/"),
    ("family_support_manager", "/away/"), ("administrator", "/school-lists/"), ("school", "/disputes/"),
    ("head_of_service", "/settling/"), ("front_door_manager", "/same-child/"),
    *(("police", each) for each in ("/checks/", "/notices/", "/concerns/", "/shared/", "/shared/?gave=1")),
    *(("front_door_worker", each) for each in ("/checks/", "/notices/")),
    ("administrator", "/teams/"), ("administrator", "/teams/?of=partners"), ("administrator", "/people/"),
    ("head_of_service", "/board/"), ("police_lead", "/board/"), ("information_governance", "/holds/"),
    ("human_resources", "/posts/"), ("head_of_service", "/posts/"),
]  # fmt: skip


@pytest.fixture
def city() -> Iterator[SmallCity]:
    with clock.clock_at(MORNING):
        yield small_city()


def asked_by(client: Client, address: str) -> list[str]:
    """What a page that was shown once before asks of the database."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return [each["sql"] for each in asked.captured_queries if not NOT_OWN.match(each["sql"])]


def much_happens(city: SmallCity, times: int) -> None:
    """In each of the services, so often."""
    giving.agreed(city, city.school)
    noticed = [
        giving.row(n, family=f"Thornbury {n}", adults="", address=f"{n} Linnet Row") for n in range(times)
    ]
    giving.given(city, *noticed)
    for _ in range(times):
        around_a_family(city)
    offering.directory()
    lark_hill = School.objects.get(agency__name="Lark Hill Primary").agency
    funded.priced(city)
    funded.agreed(city, lark_hill)
    for _ in range(times):
        funded.gave(city, [funded.child_of(city, lark_hill.pk)], 60)
        assessed.waiting(city)
        discussed.held(city)
        discussed.called(city)
        contact = telling.told(city.school)
        telling.told(city.police)
        asking.ask_checks(
            contact=contact, agencies=[city.police.team.agency_id, city.health.team.agency_id], question="?",
            basis="public task", purpose="To help", sent="Ayla", family_told="told and agrees",
            by=city.front_door_worker.actor,
        )  # fmt: skip
        child = offering.family(city.social_worker, offering.child(city))
        requests.ask_for_place(
            family=child, service=offering.named("Evening parenting course"), asking=offering.ASKING,
            by=city.social_worker.actor,
        )  # fmt: skip


def around_a_family(city: SmallCity) -> Family:
    """A family with a plan, and the school in the team around it."""
    family = siblings.planned(city, city.school.worker.pk, city.school.worker.name)
    member = FamilyTeamJoined(
        support=0, name=city.school.worker.name, worker=city.school.worker.pk, agency=city.school.team.agency_id,
        basis="public task, the family agrees", purpose="To pull the same way",
    )  # fmt: skip
    helping.invite(family=family, member=member, by=city.family_support_worker.actor)
    return family


def test_each_list_keeps_its_budget(city):
    much_happens(city, 6)
    over: list[str] = []
    for who, address in LISTS:
        person: Colleague = getattr(city, who)
        client = sign_in(Client(), person)
        own = asked_by(client, address)
        if len(own) > QUERIES:
            over.append(f"{address} asks {len(own)}:\n" + "\n".join(each[:160] for each in own))
        if not pace.keeps(SECONDS, partial(client.get, address), pace.STRICT):
            over.append(f"{address} takes long")
    assert not over, "\n".join(over)


PAGE_QUERIES, PAGE_SECONDS = 15, 0.040
TEAM_QUERIES = 17
"""A team's page asks three more: what its families take, the hours there are, and whom its manager supervises."""


def test_the_pages_about_one_family_one_team_and_one_agency_keep_the_budget_of_a_childs_story(city):
    """They tell as much as a story: of a whole family, or what several services say of a team or ask of an agency."""
    family = around_a_family(city)
    stood = [
        ("family_support_worker", f"/families/{family.number}/"),
        ("family_support_manager", f"/families/{family.number}/"),
        ("family_support_worker", f"/child/{family.supports[0].file}/"),
        ("family_support_manager", f"/team/{city.family_support.pk}/"),
        ("assessment_manager", f"/team/{city.assessment.pk}/"),
        ("health", "/our-page/"), ("police_lead", "/our-page/"),
        ("director", "/leadership/"), ("head_of_service", "/leadership/"),
        ("director", "/figures/unallocated/"), ("director", "/figures/contacts_late/"),
    ]  # fmt: skip
    over: list[str] = []
    for who, address in stood:
        client = sign_in(Client(), getattr(city, who))
        own = asked_by(client, address)
        if len(own) > (TEAM_QUERIES if address.startswith("/team/") else PAGE_QUERIES):
            over.append(f"{address} asks {len(own)} for {who}:\n" + "\n".join(each[:160] for each in own))
        if not pace.keeps(PAGE_SECONDS, partial(client.get, address), pace.STRICT):
            over.append(f"{address} takes long for {who}")
    assert not over, "\n".join(over)
