"""A small city with posts: who sits in them, one that stands empty, and a vacancy on its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, people
from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.services.recruitment import candidates, filling
from rightplace.services.recruitment.models import Candidate, Vacancy
from rightplace.testing.organisation import LONG_AGO, MORNING, Colleague, SmallCity, small_city

TODAY = MORNING.date()


@pytest.fixture
def city(db: None) -> Iterator[SmallCity]:
    with clock.clock_at(MORNING):
        yield small_city()


def post_in(city: SmallCity, team: Any, **more: Any) -> Post:
    said: dict[str, Any] = {
        "title": "Social worker",
        "grade": "GR5",
        "profession": "social_work",
        "role": city.social_worker.membership.role,
    }
    return actions.open_post(
        team=team,
        funding="core",
        hours=Decimal(37),
        begins=LONG_AGO,
        by=city.human_resources.actor,
        **(said | more),
    )


def seated(city: SmallCity, who: Colleague, begins: date = LONG_AGO, **more: Any) -> Post:
    by, post = city.human_resources.actor, post_in(city, who.team, role=who.membership.role, **more)
    people.seat_worker(seat=post.seats.get(), worker=who.worker, kind="substantive", begins=begins, by=by)
    return post


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture
def vacancy(city: SmallCity) -> Vacancy:
    """An empty seat of the assessment team, advertised thirty days ago."""
    return advertised(city, city.assessment)


def advertised(city: SmallCity, team: Any) -> Vacancy:
    by = city.human_resources.actor
    made = filling.open_vacancy(
        seat=post_in(city, team).seats.get(), on=ago(40), because="A worker left", by=by
    )
    filling.record_vacancy_step(vacancy=made, code="approved", on=ago(36), by=city.head_of_service.actor)
    filling.record_vacancy_step(vacancy=made, code="advertised", on=ago(30), by=by)
    return made


@pytest.fixture
def applied(city: SmallCity, vacancy: Vacancy) -> Callable[..., Candidate]:
    """Lets somebody apply, and takes them as far as a step."""

    def make(name: str = "Perdita Swann", upto: str = "applied", of: Vacancy = vacancy) -> Candidate:
        by = city.human_resources.actor
        made = candidates.add_candidate(
            vacancy=of, name=name, contact="perdita@example.invalid", on=ago(25), by=by
        )
        order = ["applied", "shortlisted", "interviewed", "offered", "accepted", "checked"]
        for code in order[1 : order.index(upto) + 1]:
            take(city, made, code)
        return Candidate.objects.get(pk=made.pk)

    return make


def take(city: SmallCity, candidate: Candidate, code: str) -> None:
    by = city.human_resources.actor
    days = {"shortlisted": 20, "offered": 12, "accepted": 10}
    if code == "interviewed":
        panel = (city.assessment_manager, city.head_of_service)
        candidates.name_panel(candidate=candidate, workers=[who.worker for who in panel], on=ago(13), by=by)
        for who in panel:
            candidates.say_word(
                candidate=candidate, appointable=True, reasons="Knows the work.", by=who.actor
            )
    elif code == "checked":
        for check in candidates.checks_for(Candidate.objects.get(pk=candidate.pk)):
            candidates.see_check(candidate=candidate, code=check.code, on=ago(3), by=by)
    else:
        candidates.record_step(candidate=candidate, code=code, on=ago(days[code]), by=by)
