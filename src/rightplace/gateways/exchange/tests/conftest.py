"""A clock that stands still, invented returns as files, and a way to take one in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rightplace.foundation.access.actor import CIN_IMPORT
from rightplace.foundation.access.audit import begin_new_chain
from rightplace.foundation.organisation import clock
from rightplace.gateways.exchange.cin.accounting import Outcome
from rightplace.gateways.exchange.cin.importing import import_return
from rightplace.gateways.exchange.cin.tests.returns import around

MORNING = datetime(2026, 6, 9, 9, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning() -> Iterator[datetime]:
    """A Tuesday in June, after the census; the clock stands still."""
    with clock.clock_at(MORNING):
        yield MORNING


@pytest.fixture(autouse=True)
def own_chain() -> None:
    """Each test's rows of the audit are rolled back, so each begins a chain."""
    begin_new_chain()


TakeIn = Callable[..., Outcome]


@pytest.fixture
def take_in(db: None, tmp_path: Path) -> TakeIn:
    """Take in a return: its children as XML, or the whole file's bytes."""

    def take(content: str | bytes, year: int = 2026, *, dry_run: bool = False) -> Outcome:
        path = tmp_path / "return.xml"
        path.write_bytes(content if isinstance(content, bytes) else around(content, year).encode())
        return import_return(path, by=CIN_IMPORT, dry_run=dry_run)

    return take
