"""A child taken up who may be known already is decided by somebody who may see both; until then no file closes."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.common.caseflow import actions as caseflow
from rightplace.foundation.journal import reading
from rightplace.foundation.people.projections import Duplicate
from rightplace.services.signals.tests.giving import given, row
from rightplace.services.signals.tests.test_taking_up import taken
from rightplace.testing.organisation import Colleague, SmallCity, sign_in


def as_(person: Colleague) -> Client:
    return sign_in(Client(), person)


@pytest.fixture
def flagged(city: SmallCity, feed) -> Duplicate:
    given(city, row())
    taken(city, city.family_support_manager)
    given(city, row(2, words="Again."))
    (second,) = taken(city, city.family_support_manager)
    return Duplicate.objects.get(file=second)


def decide(person: Colleague, flagged: Duplicate, same_child: str):
    said = {"same_child": same_child, "reasons": "Same birthday, same home."}
    return as_(person).post(reverse("signals:same", args=[flagged.entry]), said)


def test_whoever_may_see_both_finds_it_and_decides(city, flagged):
    page = unescape(as_(city.front_door_worker).get(reverse("signals:matches")).content.decode())
    assert "Maisie Thornbury" in page
    assert as_(city.family_support_worker).get(reverse("signals:matches")).status_code == 404
    assert decide(city.front_door_worker, flagged, "no").status_code == 302
    flagged.refresh_from_db()
    assert flagged.settled
    assert not flagged.same_child
    assert "Nobody waits" in as_(city.front_door_worker).get(reverse("signals:matches")).content.decode()


def test_two_of_one_team_become_one_child(city, flagged):
    assert decide(city.front_door_worker, flagged, "yes").status_code == 302
    assert reading.person_of(flagged.file) == reading.person_of(flagged.other)


def test_two_of_different_teams_are_never_joined_without_a_manager_who_names_the_team(city, flagged):
    caseflow.place_child(
        file=flagged.other, team=city.other_family_support.pk, for_what="family support", reasons="They moved.",
        by=city.head_of_service.actor,
    )  # fmt: skip
    answer = decide(city.head_of_service, flagged, "yes")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("frontdoor:link", args=[flagged.file, flagged.other])
    assert reading.person_of(flagged.file) != reading.person_of(flagged.other)


def test_it_is_not_there_for_whoever_may_not_see_one_of_them(city, flagged):
    for person in (city.other_family_support_manager, city.school, city.director):
        assert decide(person, flagged, "yes").status_code == 404
