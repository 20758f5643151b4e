"""What a family's page, a team's list and a partner's list say, in which order, and what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.actions import Conversation, Step
from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries import familysupport as said
from rightplace.domain.practice.outcomes import Moved
from rightplace.foundation.organisation import clock
from rightplace.services.familysupport import actions
from rightplace.services.familysupport.family import Family
from rightplace.services.familysupport.queries import carried_goals, families, to_begin
from rightplace.services.familysupport.tests.siblings import (
    accepted,
    again,
    assessed,
    begun,
    offered,
    planned,
    reviewed,
)
from rightplace.testing.organisation import MORNING, SmallCity, sign_in, small_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Iterator[SmallCity]:
    with clock.clock_at(MORNING):
        yield small_city()


def shown(city: SmallCity, family: Family, who: str = "family_support_worker") -> str:
    client = sign_in(Client(), getattr(city, who))
    return client.get(reverse("familysupport:family", args=[family.number])).content.decode()


def buttons(page: str) -> list[str]:
    """The first is the one that stands out."""
    found = page.partition('class="rp-actions')[2].partition("</p>")[0]
    return [part.partition("</a>")[0].rpartition(">")[2] for part in found.split("<a ")[1:]]


def stepped_up(city: SmallCity, family: Family) -> None:
    step = Step(
        up=True, from_part="family support", to_part="assessment", team=city.assessment.pk, reasons="More is needed.",
        indicators=("child.harm.says-so",),
        conversation=Conversation(("Tamsin Reeve", "Farida Stone"), clock.today(), "We go together."),
    )  # fmt: skip
    files = [each.file for each in family.supports]
    caseflow.step_children(
        files=files, step=step, by=city.family_support_worker.actor, may="familysupport.write"
    )


# the baseline ---------------------------------------------------------------------------------------------------------


def test_a_review_on_the_baselines_own_day_is_a_second_point_and_the_baseline_stays(city):
    family = planned(city)
    with clock.clock_at(MORNING + timedelta(hours=3)):
        line = next(
            way for way in reviewed(city, family, "goes on").record.travelled if way.headline == "education"
        )
    assert len(line.places) == 2
    assert line.first != line.last
    assert line.moved is Moved.FORWARD


def test_assessing_again_on_the_same_day_does_not_take_the_baselines_place(city):
    family, by = assessed(city), city.family_support_worker.actor
    first = family.record.last(said.WholeFamilyAssessed)
    assert first is not None
    better = tuple(msgspec.structs.replace(one, value="better") for one in first[0].measures)
    with clock.clock_at(MORNING + timedelta(hours=1)):
        actions.assess(family=family, assessed=msgspec.structs.replace(first[0], measures=better), by=by)
        line = next(way for way in again(by).record.travelled if way.headline == "education")
    assert line.moved is Moved.FORWARD


# what comes next ------------------------------------------------------------------------------------------------------


def test_the_next_step_stands_first(city):
    assert buttons(shown(city, begun(city)))[0] == "Write the assessment"


@pytest.mark.parametrize(
    ("goes_on", "first", "says"),
    [
        ("goes on", "Review the plan", ""),
        ("steps up", "Step up", "the children need more than your team can give"),
        ("ends", "End with what changed", "the work can end"),
    ],
)
def test_a_review_leads_to_what_it_decided(city, goes_on, first, says):
    family = planned(city)
    with clock.clock_at(MORNING + timedelta(days=30)):
        page = shown(city, reviewed(city, family, goes_on), "family_support_manager")
    assert buttons(page)[0] == first
    assert says in page


def test_a_plan_made_after_the_review_is_what_holds(city):
    family, by = planned(city), city.family_support_worker.actor
    with clock.clock_at(MORNING + timedelta(days=30)):
        family = reviewed(city, family, "steps up")
    with clock.clock_at(MORNING + timedelta(days=31)):
        actions.plan(family=family, goals=family.record.goals, family_words="", by=by)
        assert buttons(shown(city, again(by)))[0] == "Review the plan"


def test_an_offer_onward_stands_on_the_page_and_no_second_step_is_offered(city):
    family = planned(city)
    with clock.clock_at(MORNING + timedelta(days=1)):
        stepped_up(city, family)
        page = shown(city, family, "family_support_manager")
    assert "Offered to Area 1 assessment" in page
    assert "nobody there has opened it yet" in page
    assert "Step up" not in buttons(page)
    assert "Take back the offer of Maya" in page


def test_a_new_plan_begins_with_what_the_assessment_found_to_be_needed(city):
    family = assessed(city)
    goals = carried_goals(city.family_support_worker.actor, family)
    assert [(goal.number, goal.want, goal.headline) for goal in goals] == [(0, "To be on time", "education")]


def test_services_and_visits_are_one_tap_away(city):
    family = begun(city)
    page, maya = shown(city, family), family.supports[0].file
    assert reverse("directory:family", args=[maya]) in page
    assert reverse("desk:visit", args=[maya]) in page


def test_whoever_has_the_child_is_suggested_to_lead_also_where_the_manager_begins(city):
    two = accepted(city)
    client = sign_in(Client(), city.family_support_manager)
    page = client.get(reverse("familysupport:begin", args=[two.maya])).content.decode()
    assert re.search(rf'<option value="{city.family_support_worker.worker.pk}"\s+selected', page)


# order ----------------------------------------------------------------------------------------------------------------


def test_brothers_and_sisters_stand_eldest_first_wherever_they_are_listed(city):
    """Files are numbered by chance: the order must not hang on that."""
    by = city.family_support_worker.actor
    two = accepted(city)
    assert [person.given for _, person in to_begin(by, city.family_support.pk)] == ["Maya", "Jonas"]
    family = begun(city, two)
    assert family.name == "Maya and Jonas Lindqvist"
    assert [each.file for each in family.supports] == [two.maya, two.jonas]
    (line,) = families(by, city.family_support.pk)
    assert [person.given for person in line.persons] == ["Maya", "Jonas"]


def test_siblings_may_be_sent_back_in_one_act(city):
    offered(city)
    manager = city.family_support_manager
    offers = {offer.file: offer.id for offer in Offer.objects.filter(state="open")}
    page = sign_in(Client(), manager)
    with clock.clock_at(MORNING + timedelta(hours=1)):
        first, *others = offers.values()
        answer = page.post(
            reverse("caseflow:offer", args=[first]),
            {
                "do": "send back",
                "also": others,
                "reasons": "Another area.",
                "instead": "Ask the team of area 9.",
            },
        )
    assert answer.status_code == 302
    assert set(Offer.objects.filter(id__in=offers.values()).values_list("state", flat=True)) == {"sent back"}
