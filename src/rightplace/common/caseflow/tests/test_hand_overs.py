"""Who answers for a child: promise 1 through every page and action of a hand-over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.common.caseflow import actions
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import came_back, children_to_place, loads, unallocated
from rightplace.common.caseflow.tests.children_offered import at_the_front_door, now_of, offered
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.journal.models import Entry
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.testing.organisation import MORNING, SmallCity, sign_in, small_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Iterator[SmallCity]:
    with clock.clock_at(MORNING):
        yield small_city()


@pytest.fixture
def manager(city: SmallCity) -> Client:
    return sign_in(Client(), city.family_support_manager)


def at(name: str, *args: int) -> str:
    return reverse(f"caseflow:{name}", args=args)


def test_the_front_door_stays_accountable_until_a_team_accepts(city: SmallCity, manager: Client):
    offer = offered(city, city.family_support)
    assert now_of(offer.file).team == city.front_door.pk
    page = manager.get(at("offer", offer.pk))
    assert page.status_code == 200
    assert (
        "Often hungry." in page.content.decode()
        and "The mother is unwell" not in page.content.decode().split("<h1>")[0]
    )
    with clock.clock_at(MORNING + timedelta(minutes=1)):
        accepted = manager.post(
            at("offer", offer.pk), {"do": "accept", "worker": "", "note": ""}, follow=True
        )
        assert "Open with Area 1 family support" in accepted.content.decode()
        assert (now_of(offer.file).team, now_of(offer.file).worker) == (city.family_support.pk, 0)


def test_accepting_with_a_worker_allocates_in_the_same_moment(city: SmallCity, manager: Client):
    offer = offered(city, city.family_support)
    manager.post(
        at("offer", offer.pk), {"do": "accept", "worker": city.family_support_worker.worker.pk, "note": ""}
    )
    assert now_of(offer.file).worker == city.family_support_worker.worker.pk
    carried = {load.worker: load.children for load in loads(city.family_support.pk, clock.today())}
    assert carried[city.family_support_worker.worker.pk] == 1


def test_opening_an_offer_is_written_once_and_audited_each_time(city: SmallCity, manager: Client):
    offer = offered(city, city.family_support)
    for _ in range(2):
        manager.get(at("offer", offer.pk))
    assert Entry.objects.filter(file=offer.file, kind=41).count() == 1
    assert ReadAudit.objects.filter(what="offer", files__contains=[offer.file]).count() == 2


def test_sending_back_needs_reasons_and_what_instead_and_loses_nothing_typed(
    city: SmallCity, manager: Client
):
    offer = offered(city, city.family_support)
    page = manager.post(
        at("offer", offer.pk), {"do": "send back", "reasons": "Lives in area 9 now.", "instead": ""}
    )
    assert page.status_code == 422
    assert "Lives in area 9 now." in page.content.decode()
    assert "Write what should happen instead" in page.content.decode()
    assert Offer.objects.get(pk=offer.pk).state == "open"


def test_a_child_whom_a_team_sent_back_waits_in_sight_until_another_team_is_offered_the_child(
    city: SmallCity, manager: Client
):
    offer = offered(city, city.family_support)
    said = {"do": "send back", "reasons": "Lives in area 2.", "instead": "Area 2."}
    with clock.clock_at(MORNING + timedelta(minutes=1)):
        sent = manager.post(at("offer", offer.pk), said, follow=True)
        assert sent.redirect_chain[-1] == (at("offers"), 302) and sent.status_code == 200
        assert [each.pk for each in came_back(city.front_door_worker.actor)] == [offer.pk]
        assert not came_back(city.family_support_manager.actor)
        door = sign_in(Client(), city.front_door_manager)
        assert at("offer-on", offer.person) in door.get(at("offers")).content.decode()
        page = door.get(at("offer-on", offer.person)).content.decode()
        assert "Lives in area 2." in page and "Often hungry." in page
    with clock.clock_at(MORNING + timedelta(minutes=2)):
        again = {"team": city.other_family_support.pk, "for_what": "family support", "reasons": "Area 2."}
        assert door.post(at("offer-on", offer.person), again).status_code == 302
        assert not came_back(city.front_door_worker.actor)
        assert Offer.objects.get(state="open").team == city.other_family_support.pk


def test_no_other_team_offers_on_a_child_who_came_back(city: SmallCity, manager: Client):
    offer = offered(city, city.family_support)
    manager.post(at("offer", offer.pk), {"do": "send back", "reasons": "No.", "instead": "Area 2."})
    for person in (city.family_support_manager, city.assessment_manager, city.school):
        assert sign_in(Client(), person).get(at("offer-on", offer.person)).status_code == 404


def test_a_child_sent_back_twice_goes_to_the_head_of_service_due_in_four_hours(city: SmallCity):
    file = at_the_front_door(city)
    for minutes, team, by in (
        (1, city.family_support, city.family_support_manager),
        (2, city.other_family_support, city.other_family_support_manager),
    ):
        with clock.clock_at(MORNING + timedelta(minutes=minutes)):
            offer = offered(city, team, file)
            actions.send_back(
                file=file, offer=offer.pk, reasons="Not ours.", instead="The other area.", by=by.actor
            )
    later = MORNING + timedelta(minutes=2)
    with clock.clock_at(MORNING + timedelta(minutes=10)):
        waiting = children_to_place(city.head_of_service.actor).get()
        assert (waiting.person, waiting.due) == (file, later + timedelta(hours=4))
        assert not came_back(city.front_door_worker.actor)
        with pytest.raises(Refused, match="head of service decides"):
            offered(city, city.family_support, file)
        head = sign_in(Client(), city.head_of_service)
        assert "Ravi Thornbury" in head.get(at("offers")).content.decode()
        assert "Not ours." in head.get(at("place", file)).content.decode()
        placed = {
            "team": city.family_support.pk,
            "for_what": "family support team",
            "reasons": "Lives in area 1.",
        }
        assert head.post(at("place", file), placed).status_code == 302
        assert now_of(file).team == city.family_support.pk
        assert not children_to_place(city.head_of_service.actor).exists()


def test_only_the_head_of_service_places_a_child_without_acceptance(city: SmallCity, manager: Client):
    offer = offered(city, city.family_support)
    with pytest.raises(Refused, match="Only the head of service"):
        actions.place_child(
            file=offer.file,
            team=city.family_support.pk,
            for_what="x",
            reasons="x",
            by=city.family_support_manager.actor,
        )
    assert manager.get(at("place", offer.file)).status_code == 404


def test_a_team_that_does_not_have_the_child_cannot_pass_the_child_on(city: SmallCity):
    file = at_the_front_door(city)
    with pytest.raises(Refused, match="Another team answers"):
        actions.offer_child(
            file=file,
            team=city.family_support.pk,
            for_what="x",
            reasons="x",
            by=city.assessment_manager.actor,
        )


def test_a_worker_of_another_team_is_not_allocated(city: SmallCity):
    offer = offered(city, city.family_support)
    with pytest.raises(Refused, match="not in your team"):
        actions.accept_child(
            file=offer.file,
            offer=offer.pk,
            worker=city.social_worker.worker.pk,
            by=city.family_support_manager.actor,
        )
    assert now_of(offer.file).team == city.front_door.pk


def test_another_team_cannot_end_a_childs_worker(city: SmallCity, manager: Client):
    offer = offered(city, city.family_support)
    worker = city.family_support_worker.worker.pk
    actions.accept_child(file=offer.file, offer=offer.pk, worker=worker, by=city.family_support_manager.actor)
    with pytest.raises(Refused, match="Another team answers"):
        actions.end_worker(
            file=offer.file,
            worker=worker,
            change_reason="OTHERS",
            reasons="",
            by=city.assessment_manager.actor,
        )
    with clock.clock_at(MORNING + timedelta(hours=1)):
        ended = manager.post(at("end-worker", offer.file), {"change_reason": "OTHERS", "reasons": ""})
        assert ended.status_code == 302
        assert now_of(offer.file).worker == 0


def test_when_the_worker_leaves_the_child_is_unallocated_with_its_age_and_the_team_answers_on(
    city: SmallCity,
):
    offer = offered(city, city.family_support)
    with clock.clock_at(MORNING + timedelta(minutes=5)):
        actions.accept_child(
            file=offer.file,
            offer=offer.pk,
            worker=city.family_support_worker.worker.pk,
            by=city.family_support_manager.actor,
        )
    left = MORNING + timedelta(hours=2)
    with clock.clock_at(left):
        organisation.leave_team(
            membership=city.family_support_worker.membership, on=clock.today(), by=city.administrator.actor
        )
        assert (now_of(offer.file).team, now_of(offer.file).worker) == (city.family_support.pk, 0)
        waits = unallocated(city.family_support_manager.actor, city.family_support.pk).get()
        assert waits.unallocated_since == left
    with clock.clock_at(left + timedelta(days=3)):
        page = sign_in(Client(), city.family_support_manager).get(at("worker", offer.file)).content.decode()
        assert "unallocated, 3 days" in page


def test_a_case_is_not_closed_while_the_child_is_unseen_without_a_reason(city: SmallCity, manager: Client):
    offer = offered(city, city.family_support)
    manager.post(at("offer", offer.pk), {"do": "accept", "worker": "", "note": ""})
    said = {
        "closure_reason": "RC7",
        "reasons": "The family moved on.",
        "unseen_reason": "",
        "family_view": "",
    }
    refused = manager.post(at("close", offer.file), said)
    assert refused.status_code == 422
    assert "What to do instead" in refused.content.decode()
    assert "The family moved on." in refused.content.decode()


def test_an_offer_is_withdrawn_by_the_team_that_made_it_and_by_no_other(city: SmallCity, manager: Client):
    offer = offered(city, city.family_support)
    assert manager.post(at("withdraw", offer.pk), {"reasons": "x"}).status_code == 404
    door = sign_in(Client(), city.front_door_worker)
    assert door.post(at("withdraw", offer.pk), {"reasons": "The area was wrong."}).status_code == 302
    assert Offer.objects.get(pk=offer.pk).state == "withdrawn"


def test_stepping_up_offers_the_child_onward_and_the_team_answers_until_then(
    city: SmallCity, manager: Client
):
    offer = offered(city, city.family_support)
    manager.post(at("offer", offer.pk), {"do": "accept", "worker": "", "note": ""})
    with clock.clock_at(MORNING + timedelta(hours=1)):
        stepped = manager.post(
            at("step", offer.file),
            {
                "direction": "up",
                "team": city.assessment.pk,
                "indicators": ["child.harm.says-so"],
                "reasons": "New harm.",
                "ours": "Wendell Ashby",
                "theirs": "Farida Stone",
                "spoke_on_day": "3",
                "spoke_on_month": "3",
                "spoke_on_year": "2026",
                "agreed": "Farida's team rings the mother today.",
            },
        )
        assert stepped.status_code == 302
        assert now_of(offer.file).team == city.family_support.pk
        assert Offer.objects.get(state="open").team == city.assessment.pk


@pytest.mark.parametrize("name", ["offer", "withdraw"])
def test_an_offer_is_not_there_for_whoever_may_not_see_it(city: SmallCity, name: str):
    offer = offered(city, city.family_support)
    for person in (city.school, city.analyst, city.other_family_support_manager, city.lead_member):
        assert sign_in(Client(), person).get(at(name, offer.pk)).status_code == 404
