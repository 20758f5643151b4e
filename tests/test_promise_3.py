"""Promise 3. Nothing unread: what nobody opens climbs, worker, manager, head of service, and is said to the sender.

Above that only what is red, and in summary. It climbs by clocks, not by people: also when they are away or have left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.foundation.access.actor import RULES
from rightplace.foundation.journal import folding
from rightplace.foundation.journal.projections import Timescale
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.overview.desk import queries as desk
from rightplace.services.frontdoor import actions as frontdoor
from rightplace.services.frontdoor import following
from rightplace.services.frontdoor.projections import Contact
from rightplace.testing.organisation import Colleague, SmallCity, sign_in, small_city
from tests.telling import accepted, after, again, decided, told, without_rules

pytestmark = [pytest.mark.django_db, pytest.mark.promise]
AFTER_OPENING = ((1.1, "worker"), (2.1, "manager"), (4.1, "head"))
"""The sample's clocks in office hours from 10:20: one for the worker, two for the manager, four for the head."""


@pytest.fixture
def city() -> SmallCity:
    with after(-24):
        return small_city()


def ladder(city: SmallCity, first: Colleague, manager: Colleague) -> dict[str, Colleague]:
    return {"worker": first, "manager": manager, "head": city.head_of_service}


def climbs(people: dict[str, Colleague], is_about: Callable[[Timescale], bool]) -> None:
    """Each stands on the desk of those whose time has come, and of nobody before."""
    for hours, _ in ((0.5, ""), *AFTER_OPENING):
        with after(hours):
            reached = {name for name, who in people.items() if any(map(is_about, desk.climbed_to(who.actor)))}
            due = {name for at, name in AFTER_OPENING if at <= hours}
            assert reached == due, f"after {hours} hours it has reached {sorted(reached)}"


def said_to_the_sender(city: SmallCity, contact: Contact, hours: float) -> str:
    with after(hours):
        told = following.follow(city.school.actor, again(contact.concern), clock.now())
        return " ".join(step.sentence for step in told.steps)


def the_sender_is_told(city: SmallCity, contact: Contact) -> None:
    assert "It is due to be opened by" in said_to_the_sender(city, contact, 0.5)
    assert "raised to" not in said_to_the_sender(city, contact, 0.9)
    assert "raised to the front door manager" in said_to_the_sender(city, contact, 1.1)
    last = said_to_the_sender(city, contact, 2.1)
    assert "raised to the front door manager" in last
    assert "then raised to the head of service" in last


def test_a_contact_that_nobody_opens_climbs_and_its_sender_is_told_each_step(city):
    with after(0):
        contact = told(city.school)
    people = ladder(city, city.front_door_worker, city.front_door_manager)
    climbs(people, lambda scale: scale.concern and scale.person == contact.concern)
    the_sender_is_told(city, contact)


def test_the_pages_say_so_too(city):
    with after(0):
        contact = told(city.school)
    with after(4.1):
        page = (
            sign_in(Client(), city.school)
            .get(reverse("frontdoor:concern", args=[contact.concern]))
            .content.decode()
        )
        assert "raised to the head of service" in page
        day = sign_in(Client(), city.head_of_service).get(reverse("desk:my-day")).content.decode()
        assert reverse("frontdoor:contact", args=[contact.concern]) in day
        assert desk.climbed_above(city.director.actor) == 1
        above = sign_in(Client(), city.director).get(reverse("leadership:director")).content.decode()
    assert "Brookfield" not in above, "above the head of service it is said in summary"


@pytest.mark.parametrize("hours", [0.2, 1.5, 3.0])
def test_what_somebody_opens_climbs_no_further_and_the_sender_is_told_that_it_was_read(city, hours):
    with after(0):
        contact = told(city.school)
    with after(hours):
        frontdoor.open_contact(contact=contact, by=city.front_door_worker.actor)
    with after(6):
        assert desk.climbed_to(city.front_door_manager.actor) == []
        assert desk.climbed_to(city.head_of_service.actor) == []
    assert "A person at the front door read it" in said_to_the_sender(city, contact, 6)


def test_an_offer_that_the_team_does_not_open_climbs_to_its_manager_and_the_head_of_service(city):
    with after(0):
        offer = decided(city, told(city.school))
    people = ladder(city, city.social_worker, city.assessment_manager)
    climbs(people, lambda scale: not scale.concern and scale.trigger == offer.pk)
    with after(4.1):
        assert desk.climbed_to(city.other_assessment_manager.actor) == [], "another team's offer"
        caseflow.open_offer(file=offer.file, offer=offer.pk, by=city.assessment_manager.actor)
        assert desk.climbed_to(city.head_of_service.actor) == []
        assert Offer.objects.get(pk=offer.pk).read == clock.now()


def test_it_climbs_though_everybody_at_the_front_door_is_away_or_has_left(city):
    with after(-1):
        organisation.record_absence(
            worker=city.front_door_worker.worker, begins=clock.today(), by=city.head_of_service.actor
        )
        for gone in (city.front_door_worker_2, city.front_door_manager):
            organisation.end_worker(worker=gone.worker, on=clock.today(), by=RULES)
    with after(0):
        contact = told(city.school)
    with after(4.1):
        assert [scale.person for scale in desk.climbed_to(city.head_of_service.actor)] == [contact.concern]
    the_sender_is_told(city, contact)


def test_a_child_whose_worker_has_left_is_on_the_managers_desk_at_once(city):
    with after(0):
        file = accepted(city, told(city.school))
    with after(2):
        organisation.leave_team(membership=city.social_worker.membership, on=clock.today(), by=RULES)
    with after(2.1):
        waits = desk.team_children(city.assessment_manager.actor, city.assessment.pk).get(person=file)
        assert waits.worker == 0
        assert waits.unallocated_since is not None
        assert file in {scale.person for scale in desk.due_for(city.assessment_manager.actor)}


def test_what_is_due_for_a_child_whose_worker_is_away_lies_on_the_desk_of_who_covers_or_of_the_manager(city):
    with after(0):
        file = accepted(city, told(city.school))

    def due(who: Colleague) -> set[str]:
        return {scale.rule for scale in desk.due_for(who.actor) if scale.person == file}

    with after(24):
        mine = due(city.social_worker)
        assert mine - due(city.assessment_manager), "while the worker is there, it is the worker's"
        absence = organisation.record_absence(
            worker=city.social_worker.worker, begins=clock.today(), by=city.head_of_service.actor
        )
        assert due(city.assessment_manager) >= mine, "away, and nobody covers"
    with after(48):
        organisation.end_absence(absence=absence, on=clock.today(), by=city.head_of_service.actor)
        organisation.record_absence(
            worker=city.social_worker.worker, begins=clock.today(), by=city.head_of_service.actor,
            cover=city.front_door_worker.worker,
        )  # fmt: skip
        assert due(city.front_door_worker) >= mine, "who covers"
        assert not due(city.assessment_manager) >= mine


# what a rule left out would do --------------------------------------------------------------------------------------


@pytest.mark.parametrize("left_out", ["READ-WORKER", "READ-MANAGER", "READ-HEAD"])
def test_a_pack_without_one_of_the_steps_is_caught(city, monkeypatch, left_out):
    book = without_rules(left_out)
    monkeypatch.setattr(folding, "rules", lambda: book)
    with pytest.raises(AssertionError):
        test_a_contact_that_nobody_opens_climbs_and_its_sender_is_told_each_step(city)


def test_a_desk_that_shows_only_what_falls_to_oneself_is_caught(city, monkeypatch):
    monkeypatch.setattr(desk, "OWNED", {})
    with pytest.raises(AssertionError):
        test_a_contact_that_nobody_opens_climbs_and_its_sender_is_told_each_step(city)


def test_a_sender_who_is_not_told_is_caught(city, monkeypatch):
    monkeypatch.setattr(following, "CLIMBS", (("READ-WORKER", "front door manager"),))
    with pytest.raises(AssertionError):
        test_a_contact_that_nobody_opens_climbs_and_its_sender_is_told_each_step(city)


def test_clocks_run_in_office_hours_so_a_night_does_not_make_it_climb(city):
    """Told at five in the afternoon, it is due in the morning: who is not there cannot have overlooked it."""
    with after(6.6) as five:
        contact = told(city.school)
    rows = Timescale.objects.filter(person=contact.concern, rule="READ-WORKER")
    assert rows.get().due > five + timedelta(hours=14)
