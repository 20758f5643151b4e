"""A small city at the morning, and questions whose answers were recorded from the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from rightplace.domain.simulation.scenarios import write
from rightplace.foundation.organisation import clock
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.recorded import ASKED, SEED, recorded
from rightplace.testing.organisation import MORNING, Colleague, SmallCity, sign_in, small_city

LEAVING = {"where": "area:South", "many": "eight", "when": "2026-04-05", "ahead": "364"}


@pytest.fixture
def city(db: None) -> Iterator[SmallCity]:
    with clock.clock_at(MORNING):
        yield small_city()


@pytest.fixture(autouse=True)
def no_background_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be asked of the worker is asked by the tests themselves."""
    from rightplace.overview.capacity import tasks

    monkeypatch.setattr(tasks, "begin", lambda run, priority=0: None)
    monkeypatch.setattr(tasks, "ask_to_warm", lambda: None)


def answered(city: SmallCity, key: str = "leaving", **more: object) -> Run:
    """A question of the head of service with its recorded answer."""
    asked = next(each for each in ASKED if each.key == key)
    made: dict[str, object] = {
        "what": Run.What.WHAT_IF, "title": asked.title, "by_id": city.head_of_service.worker.pk, "at": clock.now(),
        "asked": {"scenarios": [write(each) for each in asked.scenarios], "day": "2026-03-03", "own": False},
        "seed": SEED, "version": "test", "start": "an invented service", "state": Run.State.DONE,
        "done": asked.replicates, "total": asked.replicates, "answer": recorded(key)["answer"], "headline": "In South …",
        "deleted_on": clock.today() + timedelta(days=10),
    }  # fmt: skip
    return Run.objects.create(**(made | more))


def get(who: Colleague, name: str, *numbers: object) -> HttpResponse:
    return sign_in(Client(), who).get(reverse(f"capacity:{name}", args=numbers))


def text_of(who: Colleague, name: str, *numbers: object) -> str:
    answer = get(who, name, *numbers)
    assert answer.status_code == 200, name
    return answer.content.decode()
