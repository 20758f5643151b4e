"""Deciding blind, comparing without names, and answering a referrer who disagrees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.domain.practice.entries.contact import Level, Route
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import clock
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.models import VignetteDecision
from rightplace.services.frontdoor.tests.telling_staff import AYLA, again, told
from rightplace.services.frontdoor.tests.test_working_pages import DECISION
from rightplace.services.frontdoor.vignettes.vignettes import vignettes
from rightplace.testing.organisation import MORNING, SmallCity, sign_in, small_city

pytestmark = pytest.mark.django_db
CHOICE = {
    "level": "additional",
    "indicators": ["parenting.health.unwell"],
    "route": "family support team",
    "reasons": "She asks for help.",
    "do": "decide",
}


@pytest.fixture
def city():
    with clock.clock_at(MORNING):
        yield small_city()


def at(name: str, *args: object) -> str:
    return reverse(f"frontdoor:{name}", args=args)


def test_a_case_is_decided_once_and_what_others_chose_is_seen_only_afterwards(city: SmallCity):
    case = vignettes()[0]
    VignetteDecision.objects.create(
        vignette=case.id,
        worker=city.head_of_service.worker.pk,
        level="complex/significant",
        indicators=[],
        route="assessment",
        reasons="The baby cannot move about.",
        decided=MORNING,
    )
    manager = sign_in(Client(), city.front_door_manager)
    before = manager.get(at("vignette", case.id)).content.decode()
    assert "The baby cannot move about." not in before and case.teaches not in before
    assert manager.post(at("vignette", case.id), CHOICE).status_code == 302
    after = manager.get(at("vignette", case.id)).content.decode()
    assert "The baby cannot move about." in after and "Miriam Vance" not in after
    with pytest.raises(Refused):
        actions.decide_vignette(
            vignette=case.id,
            level=Level.UNIVERSAL,
            indicators=(),
            route=Route.ADVICE,
            reasons="x",
            by=city.front_door_manager.actor,
        )


def test_the_comparison_says_how_far_people_agree_and_names_nobody(city: SmallCity):
    for case, routes in zip(
        vignettes()[:2], (("assessment", "assessment"), ("assessment", "advice")), strict=True
    ):
        for person, route in zip((city.front_door_manager, city.head_of_service), routes, strict=True):
            VignetteDecision.objects.create(
                vignette=case.id,
                worker=person.worker.pk,
                level="additional",
                indicators=[],
                route=route,
                reasons="x",
                decided=MORNING,
            )
    page = sign_in(Client(), city.front_door_manager).get(at("compare")).content.decode()
    assert "agree in 50% of 2 comparisons" in page
    assert "Beyond chance: cannot be said" in page
    assert "Miriam Vance" not in page


def test_a_real_contact_decided_blind_is_compared_when_it_is_decided(city: SmallCity):
    contact = told(city.school, AYLA)
    manager = sign_in(Client(), city.front_door_manager)
    assert manager.post(at("blind", contact.concern), CHOICE).status_code == 302
    assert "Decided blind by others" not in manager.get(at("contact", contact.concern)).content.decode()
    with clock.clock_at(MORNING + timedelta(hours=1)):
        worker = sign_in(Client(), city.front_door_worker)
        worker.post(at("decide", contact.concern), DECISION)
        assert "Decided blind by others (1)" in worker.get(at("contact", contact.concern)).content.decode()
        assert again(contact).blind == 1
        assert "agree in 100% of 1 comparison" in manager.get(at("compare") + "?of=contacts").content.decode()


def test_somebody_else_than_who_decided_answers_the_referrer(city: SmallCity):
    contact = told(city.school, AYLA)
    worker = sign_in(Client(), city.front_door_worker)
    with clock.clock_at(MORNING + timedelta(hours=1)):
        worker.post(
            at("decide", contact.concern),
            DECISION | {"all-route": "no further action", "all-unseen_reason": "Seen at school each day."},
        )
    with clock.clock_at(MORNING + timedelta(hours=2)):
        actions.disagree(contact=again(contact), because="She came without food again.", by=city.school.actor)
        answer = {"upheld": "no", "text": "We looked again.", "reasons": "Nothing new."}
        refused = worker.post(at("disagreement", contact.concern), answer)
        assert refused.status_code == 422 and "somebody else has to approve it" in refused.content.decode()
        assert "1 referrer disagrees" in worker.get(at("inbox")).content.decode()
        assert "so a colleague answers" in worker.get(at("contact", contact.concern)).content.decode()
        waiting = worker.get(at("inbox") + "?only=disagreements").content.decode()
        assert "The referrer disagrees" in waiting and "Ayla Brookfield" in waiting
    with clock.clock_at(MORNING + timedelta(hours=3)):
        manager = sign_in(Client(), city.front_door_manager)
        assert manager.post(at("disagreement", contact.concern), answer).status_code == 302
        assert again(contact).disagreement_answered is not None
        assert manager.get(at("disagreement", contact.concern)).status_code == 404
        assert "referrer disagrees" not in manager.get(at("inbox")).content.decode()


def test_when_the_referrer_was_right_the_contact_says_what_brings_the_child_back(city: SmallCity):
    contact = told(city.school, AYLA)
    worker = sign_in(Client(), city.front_door_worker)
    with clock.clock_at(MORNING + timedelta(hours=1)):
        worker.post(
            at("decide", contact.concern),
            DECISION | {"all-route": "no further action", "all-unseen_reason": "Seen at school each day."},
        )
        actions.disagree(contact=again(contact), because="She came without food again.", by=city.school.actor)
        actions.answer_disagreement(
            contact=again(contact),
            upheld=True,
            text="You are right.",
            reasons="x",
            by=city.front_door_manager.actor,
        )
        page = worker.get(at("contact", contact.concern)).content.decode()
        assert "take it in again as a new contact" in page


def test_a_worker_is_put_on_the_rota_and_a_spell_that_ends_before_it_begins_is_refused(city: SmallCity):
    manager = sign_in(Client(), city.night_manager)
    spell = {"worker": city.night_worker.worker.pk, "begins": "2026-03-03T17:30", "ends": "2026-03-04T08:30"}
    wrong = manager.post(at("rota"), spell | {"ends": "2026-03-03T08:30"})
    assert wrong.status_code == 422 and "The end is before the beginning." in wrong.content.decode()
    assert manager.post(at("rota"), spell).status_code == 302
    assert "Tue 3 Mar 2026, 17:30" in manager.get(at("rota")).content.decode()
