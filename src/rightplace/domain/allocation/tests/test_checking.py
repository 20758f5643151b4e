"""The checker finds what is wrong with any plan, and shares no code with those who make plans."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.domain.allocation import checking
from rightplace.domain.allocation.checking import faults, seconds_of
from rightplace.domain.allocation.costs import evenness, nobody_seconds, pair_seconds
from rightplace.domain.allocation.model import NOBODY, Away, Child, Group, Plan, Question
from rightplace.domain.allocation.rules import broken, may_hold
from rightplace.domain.allocation.suggesting import suggest
from rightplace.domain.allocation.tests.inventing import DAY, asked, family, questions, somebody


def planned(question: Question, given_to: dict[int, int]) -> Plan:
    why = {key: "nobody has room" for key, worker in given_to.items() if worker == NOBODY}
    plan = Plan(given_to, why, 0, 0)
    return replace(plan, seconds=seconds_of(question, plan))


def whats(question: Question, plan: Plan) -> list[str]:
    return [fault.what for fault in faults(question, plan)]


PROTECTION = Group(1, (Child(1, 150, "child_protection"),))


@pytest.mark.parametrize(
    ("group", "worker", "what"),
    [
        (family(conflicts=frozenset({1})), somebody(1), "a conflict of interest"),
        (family(must=frozenset({"court"})), somebody(1), "a required skill is missing"),
        (
            PROTECTION,
            somebody(1, newly_qualified=True),
            "newly qualified and alone with work that may not be",
        ),
        (family(), somebody(1, full=True), "a worker who is full gets a new family"),
        (family(), somebody(1, away=(Away(DAY),)), "a worker who is away for long"),
        (family(), somebody(1, load=1_051), "more than a worker's hours"),
        (family(), somebody(1, load=931, newly_qualified=True), "more than a worker's hours"),
    ],
)
def test_each_broken_rule_is_found(group, worker, what) -> None:
    question = asked([group], [worker])
    assert whats(question, planned(question, {group.key: 1})) == [what]


def test_a_family_left_out_placed_twice_over_or_without_a_reason_is_found() -> None:
    question = asked([family(1), family(2)], [somebody(1)])
    right = planned(question, {1: 1, 2: NOBODY})
    assert whats(question, right) == []
    assert whats(question, replace(right, given={1: 1})) == [
        "a family is missing from the plan",
        "a reason is given for a family that is not in the plan",
    ]
    assert whats(question, replace(right, given={**right.given, 3: 1})) == [
        "a family is in the plan that nobody asked about"
    ]
    assert whats(question, replace(right, unplaced={})) == ["a family has no worker and no reason is given"]
    assert whats(question, replace(right, given={1: 9, 2: NOBODY})) == [
        "a family is given to a worker whom nobody knows"
    ]
    assert whats(question, replace(right, given={1: 1, 2: 1})) == [
        "a family has a worker and a reason why it has none"
    ]


def test_a_wrong_price_and_a_bound_above_it_are_found() -> None:
    question = asked([family()], [somebody(1)])
    right = planned(question, {1: 1})
    assert "the price is" in whats(question, replace(right, seconds=right.seconds - 1))[0]
    assert "the bound of" in whats(question, replace(right, bound=right.seconds + 1))[0]


@settings(max_examples=40, deadline=None)
@given(questions(), st.randoms(use_true_random=False))
def test_the_checker_and_the_rules_agree_on_plans_made_by_chance(question: Question, dice) -> None:
    workers = {worker.key: worker for worker in question.workers}
    given_to = {group.key: dice.choice([NOBODY, *workers]) for group in question.groups}
    plan = planned(question, given_to)
    load = {key: worker.load for key, worker in workers.items()}
    seconds, right = 0, True
    for group in question.groups:
        key = given_to[group.key]
        if key == NOBODY:
            seconds += nobody_seconds(group, question)
            continue
        right &= may_hold(group, workers[key], question)
        right &= not list(broken(group, workers[key], question, load[key] - workers[key].load))
        seconds += pair_seconds(group, workers[key], question)
        seconds += evenness(workers[key], load[key], group, question).seconds
        load[key] += group.minutes
    assert plan.seconds == seconds
    assert (faults(question, plan) == ()) == right


@settings(max_examples=20, deadline=None)
@given(questions())
def test_what_is_suggested_is_certified_and_any_other_price_is_not(question: Question) -> None:
    plan = suggest(question).plan
    assert faults(question, plan) == ()
    assert faults(question, replace(plan, seconds=plan.seconds + 1))


def test_the_checker_imports_nothing_of_the_solvers() -> None:
    tree = ast.parse(Path(checking.__file__).read_text(encoding="utf-8"))
    named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {name for name in named if name and name.startswith("rightplace")}
    assert ours == {"rightplace.domain.allocation.model"}
