"""A health visitor and a housing officer each have a check of their own, and neither is sent what was told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rightplace.demo.material.strip import strip
from rightplace.demo.seeding import desks
from rightplace.domain.practice.entries.contact import CheckAsked, Grade
from rightplace.foundation.access import rls
from rightplace.foundation.journal import reading
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Area
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.projections import Check
from rightplace.services.frontdoor.tests.telling_staff import told
from rightplace.testing.organisation import MORNING, partner, small_city

pytestmark = pytest.mark.django_db


def test_both_are_asked_about_the_same_children_by_name_and_birth_date_alone():
    with clock.clock_at(MORNING - timedelta(hours=2)):
        city = small_city()
        quarter = Area.objects.filter(key=strip().area).values_list("quarter", flat=True).first() or "south"
        visiting = partner(f"Aldermere Health Visiting, {quarter.capitalize()}", "health", "Yetunde Adeyemi")
        contact = told(city.school)
        actions.open_contact(contact=contact, by=city.front_door_worker.actor)
        actions.screen(
            contact=contact, grade=Grade.GREEN, reasons="It goes on.", by=city.front_door_worker.actor
        )
    with clock.clock_at(MORNING):
        desks.seed(1000, 1)
    housing = Agency.objects.filter(kind=Agency.Kind.HOUSING).order_by("pk").first()
    assert {each.agency for each in Check.objects.all()} == {visiting.team.agency_id, housing.pk}
    with rls.folding():
        entries = reading.entries_of(reading.file_rows([contact.concern]))[contact.concern]
    sent = {entry.body.sent for entry in entries if isinstance(entry.body, CheckAsked)}
    assert len(sent) == 1 and all("born" in words and words.endswith("nor by whom.") for words in sent)
