"""The small city on the Tuesday morning, with a family support team that goes on in another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rightplace.foundation.organisation import clock
from rightplace.services.cutover.tests.families import Scene, scene_of
from rightplace.testing.organisation import MORNING, SmallCity, small_city


@pytest.fixture
def city(db: None) -> Iterator[SmallCity]:
    with clock.clock_at(MORNING):
        yield small_city()


@pytest.fixture
def scene(city: SmallCity) -> Scene:
    return scene_of(city)
