"""Nothing computed from the journal about a named worker that the worker has not seen first, over the whole product.

What others read at the same moment is the worker's own line, from the same function: the pages themselves are compared
in services/workforce/tests/test_the_same_line.py.
"""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

import rightplace
from rightplace.common.caseflow.seenfirst import computed_views

pytestmark = pytest.mark.promise
HOUSE = Path(rightplace.__file__).parent
COUNTS = {"loads", "loads_from", "families_at", "timeliness"}
"""What counts somebody's work from the journal, by worker."""

KNOWN = {
    "services/workforce/queries.py": "workforce.load",
    "services/workforce/full.py": "workforce.load",
    "services/workforce/allocating/facts.py": "workforce.load",
    "services/cutover/proposing.py": "workforce.load",
    "services/supervision/views.py": "workforce.load",
    "services/performance/figures.py": "performance.month",
    "services/learning/firstyear.py": "learning.first_year",
    "overview/desk/views.py": "workforce.load",
}
"""The modules that do, each with the view under which the register knows it."""


def counting_modules() -> set[str]:
    """Every module outside tests, demonstration and caseflow itself that takes one of them up."""
    found = set()
    for folder in ("services", "overview", "gateways", "common"):
        for file in (HOUSE / folder).rglob("*.py"):
            told = file.relative_to(HOUSE).as_posix()
            if "/tests/" in told or told.startswith("common/caseflow/"):
                continue
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.ImportFrom) and "caseflow" in (node.module or ""):
                    names = {each.name for each in node.names}
                    if names & COUNTS or (names & {"load", "seenfirst"} and _calls(file)):
                        found.add(told)
    return found


def _calls(file: Path) -> bool:
    calls = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute))
    return any(each.attr in COUNTS for each in calls)


def test_every_module_that_counts_a_workers_work_is_in_the_register():
    kinds = {view.kind for view in computed_views()}
    assert counting_modules() == set(KNOWN)
    assert set(KNOWN.values()) == kinds


def test_every_view_names_the_workers_own_page_and_where_others_read_it():
    for view in computed_views():
        assert others_and_own(view), f"{view.kind} names a page that is not there"
        assert view.others, view.kind


def test_what_others_read_at_the_same_moment_is_counted_by_one_function_for_both():
    """There is no exception: a figure is either kept when the worker saw it, or one function counts it for all."""
    at_once = {view.kind: view.counted for view in computed_views() if view.counted}
    assert at_once == {"workforce.load": "rightplace.services.workforce.queries.carried"}
    for path in at_once.values():
        assert callable(import_string(path))
    own = (HOUSE / "services/workforce/views.py").read_text()
    team = inspect.getsource(import_string("rightplace.services.workforce.queries.team_load"))
    assert "queries.carried(" in own, "the worker's own page counts otherwise"
    assert "carried(" in team, "the team's page counts otherwise"


def others_and_own(view) -> bool:
    for name in (view.own, *view.others):
        for args in ([], [1]):
            try:
                reverse(name, args=args)
                break
            except NoReverseMatch:
                continue
        else:
            return False
    return True
