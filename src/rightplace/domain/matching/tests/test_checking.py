"""The independent checker finds each thing that can be wrong: a right result, spoilt in one way at a time."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest

from rightplace.domain.matching import checking
from rightplace.domain.matching.checking import check
from rightplace.domain.matching.keeping import kept, result_bytes
from rightplace.domain.matching.model import (
    Ground,
    JobShare,
    PanelOrder,
    Selection,
    SkillMix,
    StatutoryOffer,
)
from rightplace.domain.matching.stable import stable

from .test_stable import person, role

SELECTION = Selection(
    people=(
        person(1, 9000, 9000),
        person(2, 8000, 8000),
        person(3, 7000, 7000),
        person(4, 6000, wishes="", minutes=1110),
        person(5, 6000, wishes="", minutes=1110),
        person(6, 4000),
        person(7, 5000, 5000),
    ),
    roles=(role(), role("b", places=2), role("c", places=1)),
    shares=(JobShare(first=4, second=5, preferences=("a",)),),
    offers=(StatutoryOffer(person=7, ground=Ground.MATERNITY, suitable=("c",), evidence="note"),),
    mixes=(SkillMix(team="north", profession="youth_work", least=1, most=4),),
)
RIGHT = {1: "a", 2: "b", 3: "b", 4: None, 5: None, 6: None, 7: "c"}


def spoilt(placed=None, offered=None, selection=SELECTION, **said):
    result = json.loads(result_bytes(stable(selection)))
    if placed is not None:
        result["placed"] = sorted((RIGHT | placed).items())
    if offered is not None:
        result["offered"] = sorted(offered.items())
    return {each.rule for each in check(kept(selection), json.dumps(result | said).encode()).findings}


def test_a_right_result_is_certified_with_the_digests_of_what_was_checked():
    placing = stable(SELECTION)
    assert placing.placed == RIGHT
    certificate = check(kept(SELECTION), result_bytes(placing))
    assert certificate.holds and certificate.inputs == placing.inputs
    assert "blocking pairs" in certificate.checked


@pytest.mark.parametrize(
    ("placed", "rule"),
    [
        ({6: "a", 1: None}, "eligible"),
        ({1: "c"}, "eligible"),
        ({3: "a"}, "capacity"),
        ({4: "a", 1: None}, "job share"),
        ({1: "b", 2: "a"}, "blocking pairs"),
        ({3: None}, "blocking pairs"),
    ],
)
def test_a_result_spoilt_in_one_way_is_found(placed, rule):
    assert rule in spoilt(placed)


def test_a_right_passed_over_is_found():
    assert "statutory offers first" in spoilt({7: None, 3: None}, offered={})
    assert "statutory offers first" in spoilt({7: "b", 3: None}, offered={7: "b"})


def test_a_missing_person_open_questions_and_other_inputs_are_found():
    result = json.loads(result_bytes(stable(SELECTION)))
    assert spoilt(placed=None, questions=[{}]) == {"complete"}
    assert spoilt(inputs="0" * 64) == {"inputs"}
    fewer = [each for each in result["placed"] if each[0] != 6]
    assert {
        each.rule for each in check(kept(SELECTION), json.dumps(result | {"placed": fewer}).encode()).findings
    } == {"complete"}


def test_a_skill_mix_that_is_not_kept_is_found():
    narrow = replace(SELECTION, mixes=(replace(SELECTION.mixes[0], most=3),))
    assert spoilt(selection=narrow) == {"skill mix"}


def test_hours_beyond_the_place_are_found():
    longer = replace(
        SELECTION,
        people=tuple(replace(each, minutes=1200) if each.id in (4, 5) else each for each in SELECTION.people),
    )
    result = json.loads(result_bytes(stable(longer)))
    result["placed"] = sorted((RIGHT | {1: None, 4: "a", 5: "a"}).items())
    assert "hours" in {each.rule for each in check(kept(longer), json.dumps(result).encode()).findings}


def test_level_people_whom_nobody_put_in_order_are_found_and_an_order_settles_it():
    selection = Selection(people=(person(1, 6000), person(2, 6000)), roles=(role(),))
    order = PanelOrder(role="a", people=(1, 2), evidence="note")
    settled = replace(selection, orders=(order,))
    result = json.loads(result_bytes(stable(settled)))
    assert check(kept(settled), json.dumps(result).encode()).holds
    other = kept(selection)
    result["inputs"] = check(other, json.dumps(result).encode()).inputs
    (found,) = check(other, json.dumps(result).encode()).findings
    assert found.rule == "blocking pairs" and "nobody decided" in found.sentence
    wrong = json.loads(result_bytes(stable(settled))) | {"placed": [[1, None], [2, "a"]]}
    assert {each.rule for each in check(kept(settled), json.dumps(wrong).encode()).findings} == {
        "blocking pairs"
    }


def test_the_checker_shares_no_code_with_what_it_checks():
    tree = ast.parse(Path(checking.__file__).read_text(encoding="utf-8"))
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names]
    assert named and not [each for each in named if each.startswith("rightplace")]
