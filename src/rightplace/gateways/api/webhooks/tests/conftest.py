"""Whether addresses inside are told: yes where a test's own machine listens, no where the guard itself is tested."""

from __future__ import annotations

import pytest

from rightplace import configuration
from rightplace.configuration import Configuration, Mode
from rightplace.gateways.api.tests.conftest import city, morning, police

__all__ = ["city", "morning", "police"]


@pytest.fixture
def outside_only(monkeypatch):
    """As in production: the public internet alone."""
    chosen = Configuration(mode=Mode.TEST)
    monkeypatch.setattr(configuration, "current", lambda: chosen)


@pytest.fixture
def also_inside(monkeypatch):
    """As in development: a test's own machine is told too."""
    chosen = Configuration(mode=Mode.TEST, webhooks_may_be_private=True)
    monkeypatch.setattr(configuration, "current", lambda: chosen)
