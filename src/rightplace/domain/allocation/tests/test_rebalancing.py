"""A city's plan: certified, the same for the same seed and in any order, above its bound and not far."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

pytest.importorskip("numba")
pytest.importorskip("scipy")

from rightplace.domain.allocation.arrays import Workers, problem_by_arrays
from rightplace.domain.allocation.bounding import city_bound
from rightplace.domain.allocation.checking import faults
from rightplace.domain.allocation.costs import pair_seconds
from rightplace.domain.allocation.model import NOBODY, Question
from rightplace.domain.allocation.problem import problem_of
from rightplace.domain.allocation.rebalancing import rebalance
from rightplace.domain.allocation.rules import may_hold
from rightplace.domain.allocation.searching import Heat
from rightplace.domain.allocation.suggesting import suggest
from rightplace.domain.allocation.tables import city_of
from rightplace.domain.allocation.tests.inventing import asked, family, questions, somebody
from rightplace.domain.allocation.trial.cities import city, day_at_the_door

SHORT = Heat(steps=20_000)


@settings(max_examples=30, deadline=None)
@given(questions(most_groups=5, most_workers=6))
def test_the_tables_hold_the_same_rules_and_costs_as_the_pairs(question: Question) -> None:
    ordered = question.in_order
    assert problem_by_arrays(ordered) == problem_of(ordered)
    workers = Workers(ordered)
    for group in ordered.groups:
        allowed, seconds = workers.allowed(group).tolist(), workers.seconds(group).tolist()
        assert allowed == [may_hold(group, worker, ordered) for worker in ordered.workers]
        assert seconds == [pair_seconds(group, worker, ordered) for worker in ordered.workers]


def test_a_day_at_the_door_of_a_city_is_the_same_problem_by_tables() -> None:
    ordered = day_at_the_door(groups=20, workers=300, seed=4).in_order
    assert problem_by_arrays(ordered) == problem_of(ordered)


@settings(max_examples=25, deadline=None)
@given(questions(most_groups=5, most_workers=5))
def test_the_bound_is_below_the_best_plan_and_the_search_above(question: Question) -> None:
    best = suggest(question)
    plan = rebalance(question, heat=SHORT)
    assert faults(question, plan) == ()
    assert plan.bound <= best.plan.seconds <= plan.seconds
    assert city_bound(city_of(question.in_order), 10**9).seconds <= best.plan.seconds


def test_the_same_seed_gives_the_same_plan_in_any_order() -> None:
    question = city(cases=160, workers=22, seed=3)
    turned = replace(question, groups=question.groups[::-1], workers=question.workers[::-1])
    assert rebalance(question, 5, SHORT) == rebalance(turned, 5, SHORT)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_part_of_a_city_is_all_allocated_and_near_its_bound(seed: int) -> None:
    question = city(cases=800, workers=100, seed=seed)
    plan = rebalance(question)
    assert faults(question, plan) == ()
    assert not plan.unplaced
    assert 0 < plan.gap < 0.12


def test_whoever_has_no_room_is_named_with_the_reason() -> None:
    question = asked([family(1), family(2)], [somebody(1, minutes=200)])
    plan = rebalance(question, heat=SHORT)
    assert sorted(plan.given.values()) == [NOBODY, 1]
    assert list(plan.unplaced.values()) == [
        "the rule of hours binds: 1 worker could take the family but for it"
    ]
    nobody_there = asked([family(1)], [])
    assert faults(nobody_there, rebalance(nobody_there, heat=SHORT)) == ()
