"""What others read of a worker's load is the line that stands on the worker's own page at the same instant."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.foundation.access.actor import RULES
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Absence
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.workforce import full, queries
from rightplace.services.workforce.allocating import facts
from rightplace.services.workforce.tests.conftest import held
from rightplace.services.workforce.tests.test_allocating import waiting_child
from rightplace.testing.organisation import MORNING, Colleague, colleague, sign_in

pytestmark = pytest.mark.promise


@pytest.fixture
def team(city, employed) -> list[Colleague]:
    """Four who differ: one has much, one has nothing, one is away and full, of one nobody wrote down the hours."""
    much = city.family_support_worker
    none = colleague("Vera Quine", city.family_support, RoleCode.FAMILY_SUPPORT_WORKER)
    away = colleague("Otis Brand", city.family_support, RoleCode.FAMILY_SUPPORT_WORKER)
    unknown = colleague("Una Moss", city.family_support, RoleCode.FAMILY_SUPPORT_WORKER)
    for who in (much, none, away):
        employed(who)
    for who, families in ((much, 14), (away, 3), (unknown, 2)):
        for _ in range(families):
            held(who, "family_support", begins=date(2025, 5, 1))
    held(much, "family_support", team=city.assessment.pk)
    today = MORNING.date()
    Absence.objects.create(
        worker=away.worker, begins=today, ends=today + timedelta(days=2), recorded_at=MORNING,
        recorded_by_id=RULES.worker, end_recorded_at=MORNING, end_recorded_by_id=RULES.worker,
    )  # fmt: skip
    full.say_full(because="Three reports are due.", by=away.actor)
    return [much, none, away, unknown]


def lines(who: Colleague, name: str, *numbers: int) -> dict[str, str]:
    """The lines about workers on one page: who, and everything that stands in the line."""
    page = sign_in(Client(), who).get(reverse(f"workforce:{name}", args=numbers)).content.decode()
    found = {}
    for row in re.findall(r"<tr role=\"row\".*?</tr>", page, re.S):
        said = " ".join(re.sub("<[^>]+>", " ", row).split())
        if "Families take" in row and "Due in four weeks" in row and "<td" in row:
            found[said.split(" family support worker")[0]] = said
    return found


def test_the_manager_reads_of_each_worker_what_stands_on_the_worker_s_own_page(city, team):
    read = lines(city.family_support_manager, "team-load", city.family_support.pk)
    assert {who.worker.name for who in team} <= read.keys()
    for who in team:
        own = lines(who, "my-work")
        assert own == {who.worker.name: read[who.worker.name]}
    assert "15 15" in read[team[0].worker.name], "a child whom another team answers for counts on both"
    assert "said to be full" in read[team[2].worker.name]
    assert "not known" in read[team[3].worker.name]


def test_it_is_so_at_every_instant_and_not_only_when_somebody_looked(city, team):
    """A child comes and one leaves between two looks: neither page keeps what it said before."""
    before = lines(team[0], "my-work")
    held(team[0], "family_support", begins=date(2026, 3, 1))
    with clock.clock_at(MORNING + timedelta(minutes=1)):
        read = lines(city.family_support_manager, "team-load", city.family_support.pk)
        own = lines(team[0], "my-work")
    assert own[team[0].worker.name] == read[team[0].worker.name]
    assert own != before


def test_a_page_that_counted_otherwise_would_be_seen(city, team, monkeypatch):
    """The comparison can fail: with one hour more on the team's page alone the lines differ."""
    own = lines(team[0], "my-work")
    counted = queries.families_at

    def more(at, workers, **asked):
        found = counted(at, workers, **asked)
        return {worker: families[:-1] for worker, families in found.items()}

    monkeypatch.setattr(queries, "families_at", more)
    read = lines(city.family_support_manager, "team-load", city.family_support.pk)
    assert read[team[0].worker.name] != own[team[0].worker.name]


def test_a_suggestion_counts_a_worker_with_the_hours_that_the_worker_reads(city, team):
    child = waiting_child(city)
    manager = sign_in(Client(), city.family_support_manager)
    page = " ".join(manager.get(reverse("caseflow:worker", args=[child])).content.decode().split())
    for who in team[:3]:
        own = " ".join(sign_in(Client(), who).get(reverse("workforce:my-work")).content.decode().split())
        free = re.search(r"counts you with (.+?) a week and (.+?) free", own)
        assert free is not None
        assert re.search(rf"{who.worker.name}: \d+ child(ren)?(, away)?, {free.group(2)} free", page), (
            who.worker.name
        )
    unknown = sign_in(Client(), team[3]).get(reverse("workforce:my-work")).content.decode()
    assert "counts you with" not in unknown
    known = facts.known_of(city.family_support_manager.actor, city.family_support, [[child]])
    assert team[3].worker.pk in known.without_hours


def test_what_a_manager_s_manager_reads_of_the_manager_stands_on_the_own_page_too(city, team, employed):
    employed(city.family_support_manager)
    name = city.family_support_manager.worker.name

    def said(who: Colleague, address: str) -> str:
        return " ".join(sign_in(Client(), who).get(address).content.decode().split())

    above = said(city.head_of_service, reverse("workforce:team-load", args=[city.family_support.pk]))
    span = re.search(rf"{name} (supervises .+? a week\.)", above)
    waits = re.search(r"(\d+ things? waits?|Nothing waits)", above)
    assert span is not None
    assert waits is not None
    own = said(city.family_support_manager, reverse("workforce:my-work"))
    assert span.group(1).replace("supervises", "You supervise") in own
    assert waits.group(1) in own
