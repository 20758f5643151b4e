"""A supervisor's personal part in what is no page: the partners' API with its keys, and what commands print.

Pages, searches, files, tables, copies, letters, logs and jobs are asked in `services/supervision/tests/test_found_nowhere.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from rightplace.foundation.access.audit import begin_new_chain
from rightplace.foundation.organisation import clock
from rightplace.gateways.api.tests.telling import System
from rightplace.gateways.cli import exporting_retention, record, reports
from rightplace.gateways.cli.main import build_app
from rightplace.services.supervision.tests.child import child_with
from rightplace.services.supervision.tests.test_found_nowhere import REASON, WORDS, planted
from rightplace.testing.organisation import MORNING, SmallCity, small_city

PRINTS = (
    ["figures"], ["figures", "--json"], ["export", "retention", "--json"],
    ["timescales", "list", "--json"], ["verify"],
)  # fmt: skip


@pytest.fixture
def told(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[SmallCity, int, int]]:
    """A session with a planted word in each kind of the personal part; and the child of whom it decided something."""
    for module in (exporting_retention, record, reports):
        monkeypatch.setattr(module, "open_room", nullcontext)
    with clock.clock_at(MORNING):
        begin_new_chain()
        city = small_city()
        nia = child_with(city)
        session = planted(city, nia)
        yield city, nia, session.pk
        begin_new_chain()


def words_in(text: str) -> set[str]:
    return {word for word in (*WORDS, REASON) if word in text.casefold()}


def test_no_answer_of_the_api_holds_a_word_whoevers_key_asks(told):
    city, nia, session = told
    asked, good = 0, 0
    for partner in (city.police, city.health, city.school):
        system = System(partner)
        paths = system.ask("openapi.json").json()["paths"]
        for path in (each for each, verbs in paths.items() if "get" in verbs):
            for number in (nia, session):
                answer = system.client.get(re.sub(r"\{[^}]*\}", str(number), path))
                asked, good = asked + 1, good + (answer.status_code == 200)
                assert not words_in(answer.content.decode("utf-8", "replace")), path
    assert asked > 10
    assert good > 3, "somebody was answered"


@pytest.mark.parametrize("typed", PRINTS, ids=" ".join)
def test_no_command_prints_a_word(told, typed):
    found = CliRunner().invoke(build_app(), typed)
    assert found.stdout, (found.output, found.exception)
    assert not words_in(found.output)
