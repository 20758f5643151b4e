"""The small city on its Tuesday, with an agreement of its school."""

from collections.abc import Iterator

import pytest

from rightplace.foundation.organisation import clock
from rightplace.services.signals.models import Feed
from rightplace.services.signals.tests.giving import agreed
from rightplace.testing.organisation import MORNING, SmallCity, small_city


@pytest.fixture
def at_ten() -> Iterator[None]:
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def city(db: None, at_ten: None) -> SmallCity:
    return small_city()


@pytest.fixture
def feed(city: SmallCity) -> Feed:
    """The school may give attendance and exclusions, kept for sixty days."""
    return agreed(city, city.school)
