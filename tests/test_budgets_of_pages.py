"""Every page asks at most fifteen questions of the database; one that tells more says here what it tells.

Walked like the routes: each address that the router knows, as everybody to whom it opens, about a child of the scene.
How long lists become is in `test_budgets_of_lists.py`; here no page is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from rightplace.foundation.organisation import clock
from rightplace.testing.organisation import MORNING, session_of
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
