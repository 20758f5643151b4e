"""A draft is saved field by field, sealed, found by its owner alone, and gone when its time is over."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.urls import reverse

from rightplace.common.questions import drafts
from rightplace.common.questions.models import Draft
from rightplace.foundation.organisation import clock
from rightplace.testing.organisation import MORNING, sign_in, small_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(every_kind):
    return small_city()


def test_what_is_typed_is_sealed_and_comes_back(city):
    draft, _ = drafts.begin("every-kind", by=city.school.actor)
    drafts.save_typed(draft, {"why": ["Mia was cold"], "stranger": ["x"]})
    kept = Draft.objects.get(pk=draft.pk)
    assert drafts.typed_of(kept) == {"why": ["Mia was cold"]}
    assert b"cold" not in bytes(kept.sealed)


def test_a_box_that_is_unticked_is_forgotten_and_other_pages_stay(city):
    draft, _ = drafts.begin("every-kind", typed={"address_unknown": ["on"], "why": ["so"]})
    drafts.save_typed(draft, {"address_line": ["12 Alder Road"]}, only=["address"])
    kept = drafts.typed_of(Draft.objects.get(pk=draft.pk))
    assert kept == {"address_line": ["12 Alder Road"], "why": ["so"]}


def test_only_its_owner_finds_it(city):
    draft, _ = drafts.begin("every-kind", by=city.school.actor)
    assert drafts.of_worker(city.school.actor, draft.pk) == draft
    for other in (city.school_2, city.police, city.front_door_manager):
        with pytest.raises(Http404):
            drafts.of_worker(other.actor, draft.pk)
    visitors, token = drafts.begin("every-kind")
    assert drafts.of_visitor(token, "every-kind") == visitors
    assert drafts.of_visitor("", "every-kind") is None and drafts.of_visitor("x" * 43, "every-kind") is None
    with pytest.raises(Http404):
        drafts.of_worker(city.school.actor, visitors.pk)


def test_a_visitors_is_kept_a_day_and_a_workers_thirty(city):
    drafts.begin("every-kind", by=city.school.actor)
    _, token = drafts.begin("every-kind")
    with clock.clock_at(MORNING + timedelta(hours=24)):
        assert drafts.of_visitor(token, "every-kind") is None
        assert drafts.purge() == 1
    with clock.clock_at(MORNING + timedelta(days=30)):
        assert drafts.purge() == 1
    assert not Draft.objects.exists()


def test_more_than_anybody_types_is_not_kept(city):
    draft, _ = drafts.begin("every-kind", typed={"why": ["kept"]})
    with pytest.raises(drafts.DraftTooLong):
        drafts.save_typed(draft, {"why": ["x" * 300_000]})
    assert drafts.typed_of(Draft.objects.get(pk=draft.pk)) == {"why": ["kept"]}


def test_saving_while_typing_answers_with_the_time(city, client):
    draft, _ = drafts.begin("every-kind", by=city.school.actor)
    where = reverse("questions:save", args=[draft.pk])
    sign_in(client, city.school)
    answer = client.post(where, {"why": "cold", "asked": "why address"})
    assert (answer.status_code, answer.json()) == (200, {"saved": "10:20"})
    assert drafts.typed_of(Draft.objects.get(pk=draft.pk)) == {"why": ["cold"]}
    assert client.post(where, {"why": "x" * 300_000}).status_code == 413


def test_nobody_else_saves_into_it(city, client):
    draft, token = drafts.begin("every-kind")
    for where in (reverse("questions:save", args=[draft.pk]), reverse("questions:save", args=[uuid4()])):
        assert client.post(where, {"why": "x"}).status_code == 404
        assert sign_in(client, city.school).post(where, {"why": "x"}).status_code == 404
    client.cookies["draft"] = token
    assert client.post(reverse("questions:save", args=[draft.pk]), {"why": "mine"}).status_code == 200


def test_a_draft_that_was_sent_takes_nothing_more(city, client):
    draft, _ = drafts.begin("every-kind", by=city.school.actor)
    drafts.finish(draft, {"number": ["ABCD-2345"]})
    answer = sign_in(client, city.school).post(reverse("questions:save", args=[draft.pk]), {"why": "late"})
    assert answer.status_code == 409 and "sent" in answer.json()["said"]
    assert drafts.typed_of(Draft.objects.get(pk=draft.pk)) == {"number": ["ABCD-2345"]}
