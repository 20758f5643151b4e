"""The suggestion on the page on which a team accepts a child: seen before the answer, kept with it, never forced."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.tests.children_offered import now_of, offered
from rightplace.domain.practice.entries.caseflow import WorkerAllocated
from rightplace.services.workforce.allocating.facts import known_of
from rightplace.services.workforce.tests.test_allocating import Three, allocation_in, three

__all__ = ["three"]


@pytest.fixture
def offer(three):
    return offered(three.city, three.city.family_support)


def page_of(three: Three, offer) -> str:
    answer = three.manager.get(reverse("caseflow:offer", args=[offer.id]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def accepted(three: Three, offer, **typed: object) -> str:
    values = {"do": "accept", "worker": "", "note": "", **typed}
    answer = three.manager.post(reverse("caseflow:offer", args=[offer.id]), values, follow=True)
    return answer.content.decode()


def test_the_offer_says_who_could_take_the_child_and_what_each_has_free(three, offer):
    said = page_of(three, offer)
    assert "Suggested: Vera Quine" in said
    assert "Next would be" in said
    assert "hours free, suggested" in said
    assert "Nobody yet" in said
    assert "You decide." in said


def test_the_family_is_counted_as_the_work_that_begins_with_the_team(three, offer):
    """With the front door it is one contact; once accepted it is family support from its first week."""
    question = known_of(three.by, three.city.family_support, [[int(offer.person)]]).question
    before = question.groups[0].minutes
    caseflow.accept_child(file=offer.file, offer=offer.id, by=three.by)
    after = known_of(three.by, three.city.family_support, [[int(offer.person)]]).question
    assert before == after.groups[0].minutes
    assert before > 0


def test_accepting_by_the_suggestion_keeps_it_in_the_child_s_file(three, offer):
    accepted(three, offer, worker=three.vera.worker.pk, seen=three.vera.worker.pk)
    assert now_of(offer.person).worker == three.vera.worker.pk
    entry = allocation_in(offer.person)
    assert entry.suggested == three.vera.worker.pk
    assert entry.suggestion[0] == "Suggested: Vera Quine"


def test_accepting_against_the_suggestion_takes_a_reason_and_keeps_both(three, offer):
    said = accepted(three, offer, worker=three.otis.worker.pk, seen=three.vera.worker.pk)
    assert "Say why another worker than the one suggested." in said
    assert now_of(offer.person).team != three.city.family_support.pk
    reason = "He knows the grandmother."
    accepted(three, offer, worker=three.otis.worker.pk, seen=three.vera.worker.pk, because=reason)
    entry = allocation_in(offer.person)
    assert (entry.worker, entry.suggested, entry.reasons) == (
        three.otis.worker.pk, three.vera.worker.pk, reason,
    )  # fmt: skip


def test_accepting_without_a_worker_asks_for_no_reason(three, offer):
    accepted(three, offer, seen=three.vera.worker.pk)
    assert (now_of(offer.person).team, now_of(offer.person).worker) == (three.city.family_support.pk, 0)


def test_a_suggestion_that_has_changed_is_shown_again_and_then_taken(three, offer):
    said = accepted(three, offer, worker=three.otis.worker.pk, seen=three.otis.worker.pk)
    assert "The suggestion has changed since you opened the page." in said
    assert f'name="seen" value="{three.vera.worker.pk}"' in said
    accepted(three, offer, worker=three.vera.worker.pk, seen=three.vera.worker.pk)
    assert now_of(offer.person).worker == three.vera.worker.pk


def test_without_the_suggestion_the_page_asks_as_ever(city):
    """Of a team whose hours nobody wrote down nobody is suggested, and the child is accepted all the same."""
    offer = offered(city, city.family_support)
    worker = city.family_support_worker.worker.pk
    caseflow.accept_children(
        offers={offer.file: offer.id}, by=city.family_support_manager.actor, worker=worker, note="By Friday."
    )
    entry = allocation_in(offer.person)
    assert isinstance(entry, WorkerAllocated)
    assert (entry.suggested, entry.reasons) == (0, "By Friday.")
