"""The design system's tests need neither a database nor a browser: a held clock and a request are enough."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory

from rightplace.common.web import frame
from rightplace.foundation.organisation import clock

NOW = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)


@pytest.fixture
def now() -> Iterator[datetime]:
    with clock.clock_at(NOW):
        yield NOW


@pytest.fixture
def request_(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A request to which no app has added anything."""
    monkeypatch.setattr(frame, "_registered", frame._Registered())
    return rf.get("/style/")


@pytest.fixture
def show() -> Any:
    """Render a line of template with every component as `rp`."""

    def rendered(line: str, **context: Any) -> str:
        template = '{% import "web/macros.jinja" as rp %}' + line
        return str(engines["jinja2"].from_string(template).render(context))

    return rendered
