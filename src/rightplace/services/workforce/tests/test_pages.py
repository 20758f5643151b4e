"""Who sees which page, that names stay where they belong, and what the pages cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightplace.foundation.organisation.establishment.tables import Freeze, Occupancy
from rightplace.services.workforce import full
from rightplace.services.workforce.suppressing import suppressed
from rightplace.services.workforce.tests.conftest import held
from rightplace.testing import pace
from rightplace.testing.organisation import sign_in

OWN = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def page_of(who, name, *numbers):
    return sign_in(Client(), who).get(reverse(f"workforce:{name}", args=numbers))


def text_of(who, name, *numbers):
    answer = page_of(who, name, *numbers)
    assert answer.status_code == 200, name
    return answer.content.decode()


@pytest.fixture
def worked(city, employed):
    """Three workers with posts and families; one more post stands empty."""
    for who in (city.social_worker, city.assessment_manager, city.family_support_worker):
        employed(who)
    for _ in range(4):
        held(city.social_worker, "child_protection")
    return city


def test_a_worker_sees_the_own_week_and_the_manager_the_same_hours(worked):
    own = text_of(worked.social_worker, "my-work")
    assert "4 families with 4 children" in own
    assert "28 hours are for families" in own
    team = text_of(worked.assessment_manager, "team-load", worked.assessment.pk)
    assert worked.social_worker.worker.name in team
    assert "21 hours" in own
    assert "21 hours" in team


def test_a_manager_sees_the_own_team_only_and_leaders_every_team(worked):
    other = page_of(worked.other_assessment_manager, "team-load", worked.assessment.pk)
    assert other.status_code == 404
    assert page_of(worked.assessment_manager, "workload")["Location"] == reverse(
        "workforce:team-load", args=[worked.assessment.pk]
    )
    for who in (worked.head_of_service, worked.director):
        assert "21.00 hours" in text_of(who, "workload")
    for who in (worked.human_resources, worked.union_observer, worked.social_worker):
        assert page_of(who, "workload").status_code == 404
        assert page_of(who, "team-load", worked.assessment.pk).status_code == 404


def test_human_resources_sees_posts_and_a_union_observer_no_name_and_no_small_number(worked):
    names = [worked.social_worker.worker.name, worked.assessment_manager.worker.name]
    posts = text_of(worked.human_resources, "team-posts", worked.assessment.pk)
    assert all(name in posts for name in names)
    figures = text_of(worked.union_observer, "establishment")
    assert not [name for name in names if name in figures]
    assert "left out" in figures
    assert "whole-time" not in figures
    for name in ("sheet", "take"):
        assert page_of(worked.union_observer, name).status_code == 404
    assert page_of(worked.union_observer, "team-posts", worked.assessment.pk).status_code == 404
    assert page_of(worked.other_assessment_manager, "team-posts", worked.assessment.pk).status_code == 404


def test_human_resources_freezes_a_post_and_frees_a_seat(worked, employed):
    post = employed(worked.front_door_worker)
    row = Occupancy.objects.get(seat__post=post)
    client, address = sign_in(Client(), worked.human_resources), reverse("workforce:post", args=[post.pk])
    day = {"on_day": "3", "on_month": "3", "on_year": "2026"}
    assert client.post(address, {"act": "leave", "occupancy": row.pk, "kept": "", **day}).status_code == 302
    begins = {"begins_day": "3", "begins_month": "3", "begins_year": "2026"}
    assert client.post(address, {"act": "freeze", "because": "Savings", **begins}).status_code == 302
    assert Freeze.objects.get().post == post
    again = client.post(
        address,
        {"act": "seat", "seat": row.seat_id, "worker": row.worker_id, "kind": "substantive", **begins},
    )
    assert "frozen" in again.content.decode()
    assert Occupancy.objects.count() == 4
    assert client.post(address, {"act": "thaw"}).status_code == 302
    assert sign_in(Client(), worked.director).post(address, {"act": "thaw"}).status_code == 404


def test_being_full_goes_from_the_worker_to_the_manager_and_back(worked):
    client = sign_in(Client(), worked.social_worker)
    client.post(reverse("workforce:say-full"), {"because": "No hour is left.", "wishes": ""})
    said = full.unanswered(worked.social_worker.worker.pk)
    assert "No hour is left." in text_of(worked.assessment_manager, "full-said", said.pk)
    assert page_of(worked.other_assessment_manager, "full-said", said.pk).status_code == 404
    manager = sign_in(Client(), worked.assessment_manager)
    manager.post(
        reverse("workforce:full-said", args=[said.pk]), {"kind": "relief", "words": "One family goes."}
    )
    read = text_of(worked.social_worker, "my-full", said.pk)
    assert "One family goes." in read
    client.post(
        reverse("workforce:my-full", args=[said.pk]), {"act": "reply", "accepted": "yes", "words": ""}
    )
    assert "accepted the answer" in text_of(worked.assessment_manager, "full-said", said.pk)
    assert page_of(worked.family_support_worker, "my-full", said.pk).status_code == 404


@pytest.mark.parametrize(
    ("who", "address"),
    [("social_worker", "/my-work/"), ("assessment_manager", "/my-work/"), ("assessment_manager", "/workload/{team}/"),
     ("head_of_service", "/workload/"), ("director", "/full/"), ("human_resources", "/posts/"),
     ("union_observer", "/posts/"), ("human_resources", "/posts/team/{team}/")],
)  # fmt: skip
def test_a_page_asks_ten_questions_and_keeps_its_time(worked, who, address):
    # a manager's own page also counts what waits on every service's pages, as My day does: it is no list
    budget = 0.03 if (who, address) == ("assessment_manager", "/my-work/") else 0.015
    client, address = sign_in(Client(), getattr(worked, who)), address.format(team=worked.assessment.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    own = [
        q["sql"]
        for q in asked.captured_queries
        if not q["sql"].startswith(OWN) and "set_config" not in q["sql"]
    ]
    # a team's load asks one more: whom each of its workers supervises takes hours too. One's own page may ask more
    most = 11 if address.startswith("/workload/") else 15 if address == "/my-work/" else 10
    assert len(own) <= most, "\n".join(own)
    assert pace.keeps(budget, lambda: client.get(address))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(1, 5).flatmap(
        lambda wide: st.lists(st.lists(st.integers(0, 30), min_size=wide, max_size=wide), max_size=5)
    )
)
def test_no_small_number_is_shown_and_none_is_the_only_gap_of_a_line(table):
    shown = suppressed(table)
    lines = [*shown, *(list(column) for column in zip(*shown, strict=True))]
    assert all(each is None or each == 0 or each >= 5 for row in shown for each in row)
    assert all(line.count(None) != 1 or len(line) == 1 for line in lines)
    assert all(
        each is None or each == told
        for a, b in zip(shown, table, strict=True)
        for each, told in zip(a, b, strict=True)
    )
