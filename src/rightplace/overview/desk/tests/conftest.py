"""The small city with one family in it, on the demo's Tuesday."""

from collections.abc import Iterator

import pytest

from rightplace.foundation.organisation import clock
from rightplace.overview.desk.tests.city import Two, two_children
from rightplace.testing.organisation import MORNING, SmallCity, small_city


@pytest.fixture
def city(db: None) -> Iterator[SmallCity]:
    with clock.clock_at(MORNING):
        yield small_city()


@pytest.fixture
def two(city: SmallCity) -> Two:
    return two_children(city)
