"""The small city on the demonstration's Tuesday, with two courses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from rightplace.foundation.organisation import clock
from rightplace.services.learning import actions
from rightplace.services.learning.models import Booking, Course
from rightplace.testing.organisation import LONG_AGO, MORNING, SmallCity, small_city


@pytest.fixture
def city(db: None) -> Iterator[SmallCity]:
    with clock.clock_at(MORNING):
        yield small_city()


@pytest.fixture
def safeguarding(city: SmallCity) -> Course:
    return offered(city, "Safeguarding together", "safeguarding")


def offered(city: SmallCity, title: str, kind: str) -> Course:
    return actions.add_course(
        title=title, kind=kind, provider="Example Partnership", days=Decimal(1), begins=date(2015, 1, 1), cost_pence=12_000,
        by=city.human_resources.actor,
    )  # fmt: skip


def took(city: SmallCity, who, course: Course, on: date = LONG_AGO) -> Booking:
    """Somebody took a course on a day, as human resources wrote it down."""
    by = city.human_resources.actor
    row = actions.book(worker=who.worker, course=course, on=on, by=by)
    actions.say_how_it_went(booking=row, state="attended", by=by)
    row.refresh_from_db()
    return row
