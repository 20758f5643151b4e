"""A clock that stands still, and the middleware and adapters that the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from rightplace.foundation.access.audit import begin_new_chain
from rightplace.foundation.access.tests.people import MORNING
from rightplace.foundation.organisation import clock


@pytest.fixture(autouse=True)
def morning() -> Iterator[datetime]:
    """A Tuesday at 10:20; the clock stands still."""
    with clock.clock_at(MORNING):
        yield MORNING


@pytest.fixture(autouse=True)
def own_chain() -> None:
    """Each test's rows of the audit are rolled back, so each begins a chain."""
    begin_new_chain()
