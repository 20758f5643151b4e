"""What the proofs found, said in figures below the run; and a database whose rows stay for a whole module."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connections

from rightplace.foundation.access.audit import begin_new_chain


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Says a sentence with a figure in the summary of the run."""
    return lambda sentence: record_property("figure", sentence)


@pytest.fixture(scope="module")
def kept_rows(fresh_database: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database of this module's own: what one test writes is committed and stays for the next."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        begin_new_chain()
        yield fresh_database
        connections.close_all()
        begin_new_chain()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures, in the order of the tests that said them."""
    said = [
        (report.nodeid, value)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "figure" and getattr(report, "when", "") == "call"
    ]
    if said:
        terminalreporter.section("figures")
        for _, sentence in sorted(said, key=lambda each: each[0]):
            terminalreporter.line(str(sentence))
