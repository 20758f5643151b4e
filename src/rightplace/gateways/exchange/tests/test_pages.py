"""The pages of imports: each return with its authority, each child with what became of it, and why."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from rightplace.foundation.access.tests import people
from rightplace.foundation.access.tests.test_routes import signed_in
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.gateways.exchange.cin.tests.oddities import REFUSING, each_in_turn
from rightplace.gateways.exchange.cin.tests.returns import CHILD, around
from rightplace.gateways.exchange.cin.tests.write_sample import a_return
from rightplace.gateways.exchange.models import ImportedChild
from rightplace.gateways.exchange.tests.conftest import TakeIn


@pytest.fixture
def client(db: None, settings: object) -> Client:
    client: Client = signed_in(people.actor(RoleCode.ADMINISTRATOR))
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_before_the_first_return_the_page_says_how_one_is_taken_in(client: Client) -> None:
    assert "rightplace import cin FILE" in read(client, "/imports/")


def test_each_return_is_listed_with_the_authority_in_its_header(client: Client, take_in: TakeIn) -> None:
    outcome = take_in(a_return(2026, 30, odd=each_in_turn(3)).replace(b">330<", b">331<"))
    page = read(client, "/imports/")
    for said in (
        "CIN census 2026",
        "331",
        str(outcome.taken),
        str(outcome.with_doubts),
        str(outcome.refused),
    ):
        assert said in page
    assert f"/imports/{outcome.number}/" in page


def test_every_refused_and_doubted_child_stands_there_with_reason_and_line(
    client: Client, take_in: TakeIn
) -> None:
    outcome = take_in(a_return(2026, 30, odd=each_in_turn(3)))
    page = read(client, f"/imports/{outcome.number}/")
    for refusal in outcome.refusals:
        assert f"Child {refusal.number}" in page
        assert f"{refusal.sentence} (line {refusal.line})" in page
    assert page.count(">taken with doubts</td>") == outcome.with_doubts
    assert f"{outcome.children} children in the file" in page


def test_the_lists_together_hold_every_child(client: Client, take_in: TakeIn) -> None:
    outcome = take_in(a_return(2026, 120, odd=each_in_turn(3)))
    listed: list[str] = []
    for shown in ImportedChild.Outcome.values:
        for number in range(1, 5):
            page = read(client, f"/imports/{outcome.number}/?children={shown}&page={number}")
            listed += [
                part.split("<")[0] for part in page.split(">Child ")[1:] if part.split("<")[0].isdigit()
            ]
    assert {int(number) for number in listed} == set(range(1, 121))


def test_a_return_without_a_header_says_that_its_authority_is_not_known(
    client: Client, take_in: TakeIn
) -> None:
    outcome = take_in(f"<Message><Children>{CHILD}</Children></Message>".encode())
    page = read(client, f"/imports/{outcome.number}/")
    assert "an authority that its header does not name" in page
    assert "The return has no header." in page
    assert "not known" in read(client, "/imports/")


def test_the_page_names_no_child_and_no_number_of_one(client: Client, take_in: TakeIn) -> None:
    outcome = take_in(around(CHILD.replace("330200000000", "33020000000X") + "<Child/>").encode())
    page = read(client, f"/imports/{outcome.number}/")
    assert "Child 1" in page
    for secret in ("INV1", "33020000000", "2015-01-09", "9 Jan 2015"):
        assert secret not in page


def test_without_a_manager_the_page_says_that_nobody_sees_what_falls_due(
    client: Client, take_in: TakeIn
) -> None:
    outcome = take_in(
        a_return(2026, 7, odd=lambda number, parts: REFUSING["no_number"](parts) if number else parts)
    )
    assert "has no manager" in read(client, f"/imports/{outcome.number}/")


@pytest.mark.parametrize("role", [RoleCode.SOCIAL_WORKER, RoleCode.DIRECTOR, RoleCode.LEAD_MEMBER])
def test_who_may_not_run_imports_sees_nothing_there(role: RoleCode, take_in: TakeIn) -> None:
    outcome = take_in(CHILD)
    other = signed_in(people.actor(role))
    assert other.get("/imports/").status_code == other.get(f"/imports/{outcome.number}/").status_code == 404


def test_a_return_that_is_not_there_is_not_there(client: Client) -> None:
    assert client.get("/imports/4711/").status_code == 404
