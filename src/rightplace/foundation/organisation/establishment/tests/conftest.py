"""A city with a team to open posts in; the fixtures of the organisation's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rightplace.foundation.organisation.establishment import actions, people
from rightplace.foundation.organisation.establishment.tables import Occupancy, Post
from rightplace.foundation.organisation.tests.conftest import City, city, morning

__all__ = ["City", "city", "keeper", "morning", "opened", "sits"]
BEGAN = date(2026, 1, 1)


@pytest.fixture
def keeper(city: City) -> Any:
    """Who keeps the establishment: the rules may."""
    return city.by


@pytest.fixture
def opened(city: City, keeper: Any) -> Callable[..., Post]:
    """Opens a post in the north's team."""

    def make(**said: Any) -> Post:
        known: dict[str, Any] = {
            "title": "Family support worker", "grade": "GR4", "profession": "family_support", "role": 20,
            "team": city.north, "funding": "core", "hours": Decimal(37), "begins": BEGAN, "by": keeper,
        }  # fmt: skip
        return actions.open_post(**(known | said))

    return make


@pytest.fixture
def sits(city: City, keeper: Any) -> Callable[..., Occupancy]:
    """Lets a new worker sit in a post's first seat."""

    def make(post: Post, name: str = "Wendell Ashby", **said: Any) -> Occupancy:
        worker = said.pop("worker", None) or city.worker(name)
        known: dict[str, Any] = {"kind": "substantive", "begins": BEGAN, "by": keeper}
        return people.seat_worker(seat=post.seats.order_by("number")[0], worker=worker, **(known | said))

    return make
