"""Nothing is left out: every kind is read, every breach has its sentence, every doubt and event is a constant."""

import ast
from pathlib import Path

from rightplace.domain.practice import journey
from rightplace.domain.practice.entries import KINDS
from rightplace.domain.practice.entries.keeping import EntryCorrected, EntryWithdrawn
from rightplace.domain.practice.journey import REDUCERS
from rightplace.domain.practice.journey.refusals import WORDINGS, refused
from rightplace.domain.practice.timescales.events import EVENTS


def said_in_code(method: str) -> set[str]:
    """The first arguments of every call of this method in the package."""
    found: set[str] = set()
    for path in Path(journey.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == method
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def test_every_kind_has_a_reducer_but_those_that_are_read_first():
    assert set(KINDS) - set(REDUCERS) == {EntryCorrected.number, EntryWithdrawn.number}


def test_every_breach_says_why_and_what_instead():
    for code in {*said_in_code("breach"), "guard_open"}:
        why = refused(code)
        assert why.because.endswith((".", "?")), code
        assert why.instead.endswith("."), code


def test_every_sentence_belongs_to_a_breach():
    outside = {"link_needs_team", "not_allowed_before", "person_has_died"}
    assert set(WORDINGS) - outside == {*said_in_code("breach"), "guard_open"}


def test_rules_may_name_every_event_that_the_fold_tells():
    assert said_in_code("event") <= set(EVENTS)
