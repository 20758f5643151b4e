"""A small city whose people sit in posts; the clock stands at the Tuesday's morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, people
from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.testing.organisation import LONG_AGO, MORNING, Colleague, SmallCity, small_city

__all__ = ["MORNING"]


@pytest.fixture
def city(db: None) -> Iterator[SmallCity]:
    with clock.clock_at(MORNING):
        yield small_city()


@pytest.fixture
def employed(city: SmallCity) -> Callable[..., Post]:
    """Gives somebody a post of so many hours, a seat in it and a contract."""

    def make(who: Colleague, hours: float = 37, **said: Any) -> Post:
        by, size = city.human_resources.actor, Decimal(str(hours))
        post = actions.open_post(
            title="Worker", grade="GR4", profession=said.pop("profession", "family_support"), role=who.membership.role,
            team=who.team, funding="core", hours=size, begins=LONG_AGO, by=by,
        )  # fmt: skip
        people.say_contract(worker=who.worker, hours=size, begins=LONG_AGO, by=by)
        people.seat_worker(
            seat=post.seats.get(), worker=who.worker, kind="substantive", begins=LONG_AGO, by=by
        )
        return post

    return make


NEXT = iter(range(700_000, 900_000))


def held(
    who: Colleague, part: str = "family_support", *, begins: date = date(2026, 1, 5), **more: Any
) -> Span:
    """A child whom somebody has had since a day: the row alone, as projecting would write it."""
    from datetime import datetime

    from rightplace.domain.practice.workdays import start_of_day, to_datetime

    at: datetime = to_datetime(start_of_day(begins.toordinal()))
    values: dict[str, Any] = {
        "person": next(NEXT), "begins": at, "entry": 1, "legal": "", "processes": [], "parts": [part], "part": part,
        "team": who.team.pk, "worker": who.worker.pk, "open": True, "opened": at, "label": 0,
    }  # fmt: skip
    return Span.objects.bulk_create([Span(**(values | more))])[0]
