"""Every page asks at most fifteen questions of the database; one that tells more says here what it tells.

Walked like the routes: each address that the router knows, as everybody to whom it opens, about a child of the scene.
How long lists become is in `test_budgets_of_lists.py`; here no page is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from rightplace.foundation.organisation import clock
from rightplace.services.assessment import actions as assessment
from rightplace.services.assessment.projections import Assessment
from rightplace.services.assessment.tests.assessed import words_of
from rightplace.services.assessment.words import Outcome
from rightplace.services.protection.projections import Strategy
from rightplace.testing.organisation import MORNING, session_of
from tests import scene_of_today as today
from tests.addresses import LINES
from tests.scene import Scene, build
from tests.test_budgets_of_lists import NOT_OWN, PAGE_QUERIES

NOT_OURS = ("account_", "mfa_", "api:", "demo:", "web:leave")
RELATIONS = ("helped", "own", "offered", "other agency", "closed")

MORE = {
    # a contact's own page asks fifteen: what we were told, who the children are and may be, what was told before, who
    # was asked and said what. Each of these shows all that beside its form, and asks besides what the form offers
    "frontdoor:screen": 16,
    "frontdoor:ask": 18,
    "frontdoor:decide": 19,
    "frontdoor:triage-begin": 16,
    "frontdoor:blind": 17,
    # two children beside each other, with what each file holds and who could have them when they are one
    "frontdoor:link": 20,
    # a suggestion for a worker weighs hours, seats, absences, conflicts, addresses and who knew the child before
    "caseflow:worker": 31,
    # a step hands over the whole family: its record, the teams near it, and the child as a hand-over shows everybody
    "familysupport:step": 18,
    # a sharing is told in the words of each file that it stands in, and a reason may have to be given first
    "disclosure:of-child": 17,
    # one question of each kind of thing that may wait for somebody: a list of lists
    "desk:my-day": 20,
    # a school's page stands on four services: what waits, what it told and asked, whom it asks, what it pays
    "partners:own": 17,
}  # fmt: skip
"""What a page may ask beyond fifteen, and why."""


@pytest.fixture(scope="module")
def scene(kept_rows: str) -> Iterator[Scene]:
    with clock.clock_at(MORNING):
        yield build()


def asked_at(client: Client, address: str) -> tuple[int, int]:
    """How a page answers, and how many questions it asks of the database."""
    asked = 0

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal asked
        asked += not NOT_OWN.match(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        answer = client.get(address)
    return answer.status_code, asked


def most_asked(scene: Scene, name: str) -> tuple[int, str]:
    """The most that this page asks, of everybody to whom it opens; and for whom."""
    line, client, most = LINES[name], Client(), (0, "")
    for who, person in scene.people.items():
        if who not in line.who:
            continue
        client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session_of(person)})
        for relation in RELATIONS:
            arguments = line.takes(scene, scene.children[relation])
            if arguments is None:
                continue
            address = reverse(name, kwargs=arguments)
            code, number = asked_at(client, address)
            if code == 200 and number > MORE.get(name, PAGE_QUERIES):
                _, number = asked_at(
                    client, address
                )  # the first page of a process reads what is kept afterwards
            if code == 200:
                most = max(most, (number, f"{who}, {relation}"))
                break
    return most


def test_every_page_keeps_to_what_it_may_ask(scene, figure):
    found = {name: most_asked(scene, name) for name in LINES if not name.startswith(NOT_OURS)}
    over = [
        f"{name} asks {number} of {MORE.get(name, PAGE_QUERIES)} ({of})"
        for name, (number, of) in found.items()
        if number > MORE.get(name, PAGE_QUERIES)
    ]
    assert over == [], "\n".join(over)
    spare = [name for name, allowed in MORE.items() if found[name][0] < allowed]
    assert spare == [], f"these may ask less now: {', '.join(f'{n} {found[n][0]}' for n in spare)}"
    shown = [number for number, _ in found.values() if number]
    figure(f"questions: {len(shown)} pages shown, the middle asks {sorted(shown)[len(shown) // 2]}")


GOING_ON_MORE = {
    # each shows the discussion as its own page does, which asks fifteen, beside a form with what was typed before, who
    # of the team and which agency may be asked to do something, or which agencies may still be called in
    "protection:minutes": 18,
    "protection:call-in": 17,
    "disclosure:of-child": MORE["disclosure:of-child"],
}


def test_a_child_with_an_assessment_a_strategy_and_sharings_keeps_to_it_too(scene, figure):
    """The pages of what goes on, which only open while it does: written, waiting for a name, called, shared, refused."""
    with clock.clock_at(MORNING + timedelta(hours=1)):
        today.go_on(scene)
        row = Assessment.objects.get()
        found = {name: asked_of(scene, who, name, **takes) for name, who, takes in going_on(scene, row)}
        assessment.sign_assessment(
            written={row.id: words_of(row, Outcome.EARLY_HELP)}, by=scene.city.social_worker.actor
        )
        for name, who, takes in waiting_for_a_name(row):
            found[f"{name}, written"] = asked_of(scene, who, name, **takes)
    over = [
        f"{name} asks {n} of {m}"
        for name, n in found.items()
        if n > (m := GOING_ON_MORE.get(name, PAGE_QUERIES))
    ]
    assert over == [], "\n".join(over)
    assert [name for name, allowed in GOING_ON_MORE.items() if found[name] < allowed] == []
    figure(f"questions: {len(found)} pages of what goes on, the most asks {max(found.values())}")


def going_on(scene: Scene, row: Assessment) -> list[tuple[str, str, dict[str, int]]]:
    """Pages, for whom, about what."""
    own, number = scene.children["own"].file, Strategy.objects.values_list("number", flat=True)[0]
    return [
        ("assessment:one", "social worker", {"assessment": row.id}),
        ("assessment:write", "social worker", {"assessment": row.id}),
        ("assessment:list", "team manager", {}),
        ("protection:one", "social worker", {"number": number}),
        ("protection:minutes", "social worker", {"number": number}),
        ("protection:call-in", "social worker", {"number": number}),
        ("protection:list", "team manager", {}),
        ("protection:asked", "police", {}),
        ("protection:asked-one", "police", {"number": number}),
        ("disclosure:of-child", "front door worker", {"file": own}),
        ("disclosure:of-child", "team manager", {"file": own}),
        ("desk:story", "social worker", {"file": own}),
        ("desk:my-day", "social worker", {}),
    ]


def waiting_for_a_name(row: Assessment) -> list[tuple[str, str, dict[str, int]]]:
    return [
        ("assessment:one", "social worker", {"assessment": row.id}),
        ("assessment:authorise", "team manager", {"assessment": row.id}),
        ("assessment:list", "team manager", {}),
        ("assessment:to-authorise", "team manager", {}),
    ]


def asked_of(scene: Scene, who: str, name: str, **takes: int) -> int:
    """How many questions a page asks that opens."""
    client = Client()
    client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: session_of(scene.people[who])})
    asked_at(client, reverse(name, kwargs=takes))
    code, number = asked_at(client, reverse(name, kwargs=takes))
    assert code == 200, f"{name} answers {code}"
    return number
