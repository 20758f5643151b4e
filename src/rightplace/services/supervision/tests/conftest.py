"""A small city on the Tuesday's morning, and a session with words in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from rightplace.foundation.organisation import clock
from rightplace.services.supervision.tests.held import TODAY
from rightplace.testing.organisation import MORNING, SmallCity, small_city

__all__ = ["TODAY"]


@pytest.fixture
def city(db: None) -> Iterator[SmallCity]:
    with clock.clock_at(MORNING):
        yield small_city()


@pytest.fixture
def today() -> date:
    return TODAY
