"""A small city in the morning, with intake that waits no longer than a test needs."""

from __future__ import annotations

import pytest

from rightplace.common.web import steady
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.tests.telling import System
from rightplace.testing.organisation import MORNING, SmallCity, small_city


@pytest.fixture
def morning(monkeypatch):
    """The clock stands still, and intake answers at whole milliseconds."""
    monkeypatch.setattr(steady, "STEP", 0.001)
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def city(morning: None) -> SmallCity:
    """The small city."""
    return small_city()


@pytest.fixture
def police(city: SmallCity) -> System:
    """The police's system, which tells concerns and follows them."""
    return System(city.police)
