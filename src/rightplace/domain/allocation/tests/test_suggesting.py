"""The suggestion is the best there is, whoever works it out, in whatever order it is asked; and it says why."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings

from rightplace.domain.allocation import suggesting
from rightplace.domain.allocation.checking import faults, seconds_of
from rightplace.domain.allocation.exact import solve
from rightplace.domain.allocation.model import NOBODY, Away, Child, Group, Place, Plan, Question, split
from rightplace.domain.allocation.problem import Problem, problem_of
from rightplace.domain.allocation.suggesting import suggest
from rightplace.domain.allocation.tests.inventing import DAY, asked, family, questions, somebody
from rightplace.domain.allocation.trial.cities import city, day_at_the_door


def cheapest_of_all(question: Question) -> int:
    """The weight of the best plan by trying every one, counted by the checker."""
    keys = [NOBODY, *(worker.key for worker in question.workers)]
    best = None
    for chosen in itertools.product(keys, repeat=len(question.groups)):
        given_to = {group.key: key for group, key in zip(question.groups, chosen, strict=True)}
        why = {key: "tried" for key, worker in given_to.items() if worker == NOBODY}
        seconds = seconds_of(question, Plan(given_to, why, 0, 0))
        if not faults(question, Plan(given_to, why, seconds, seconds)):
            best = seconds if best is None else min(best, seconds)
    assert best is not None
    return best


@settings(max_examples=30, deadline=None)
@given(questions(most_groups=3, most_workers=4))
def test_no_plan_at_all_is_cheaper_and_the_checker_certifies_it(question: Question) -> None:
    found = suggest(question)
    assert found.proved
    assert faults(question, found.plan) == ()
    assert found.plan.seconds == cheapest_of_all(question)


@settings(max_examples=30, deadline=None)
@given(questions(most_groups=6, most_workers=8))
def test_two_solvers_of_other_people_come_to_the_same(question: Question) -> None:
    peers = pytest.importorskip("rightplace.domain.allocation.peers")
    pytest.importorskip("ortools")
    problem = problem_of(question.in_order)
    own, cpsat, highs = solve(problem), peers.by_cpsat(problem), peers.by_highs(problem)
    assert own.proved and cpsat.proved and highs.proved
    assert cpsat.assigned == own.assigned
    assert cpsat.price == own.price
    assert highs.price // problem.scale == own.price // problem.scale


@pytest.mark.parametrize("seed", range(6))
def test_a_tangled_team_is_proved_the_same_with_and_without_the_extra(seed: int, monkeypatch) -> None:
    pytest.importorskip("ortools")
    question = day_at_the_door(groups=9, workers=25, seed=seed)
    with_it = suggest(question)
    monkeypatch.setattr(suggesting, "find_spec", lambda _: None)
    without = suggest(question)
    assert without.by == "own search" and without.proved
    assert without.plan == with_it.plan
    monkeypatch.setattr(suggesting, "find_spec", lambda _: True)
    monkeypatch.setattr(suggesting, "STEPS_BEFORE_CPSAT", 2)
    assert suggest(question).plan == with_it.plan


def test_what_the_steps_do_not_suffice_for_is_said_to_be_unproved() -> None:
    problem = problem_of(city(cases=60, workers=9, seed=3).in_order)
    found = solve(problem, most_steps=3)
    assert not found.proved
    assert found.bound < found.price == problem.price(found.assigned)


@settings(max_examples=30, deadline=None)
@given(questions(most_groups=5, most_workers=6))
def test_the_order_of_input_changes_nothing(question: Question) -> None:
    turned = replace(question, groups=question.groups[::-1], workers=question.workers[::-1])
    assert suggest(turned).plan == suggest(question).plan


def test_among_equals_no_worker_is_always_first() -> None:
    workers = [somebody(key) for key in range(1, 5)]
    chosen = Counter(suggest(asked([family(key)], workers)).each[0].worker for key in range(1, 201))
    assert set(chosen) == {1, 2, 3, 4}
    assert max(chosen.values()) < 80


def test_leaving_out_workers_that_cannot_matter_leaves_the_best_plan_in() -> None:
    question = day_at_the_door(groups=4, workers=30, seed=5).in_order
    short = problem_of(question)
    assert max(len(arcs) for arcs in short.arcs) == 5
    everyone = problem_of(replace(question, groups=question.groups + _others(40)))
    whole = Problem(short.sizes, short.nobody, everyone.arcs[:4], short.rooms, short.bends)
    assert max(len(arcs) for arcs in whole.arcs) > 5
    assert solve(whole).assigned == solve(short).assigned


def _others(many: int) -> tuple[Group, ...]:
    return tuple(family(1_000 + key, minutes=1) for key in range(many))


def test_the_present_worker_keeps_a_family_that_another_lives_nearer_to() -> None:
    far, near = somebody(1, place=Place(9_000, 0)), somebody(2, place=Place(0, 0))
    suggestion = suggest(asked([family(place=Place(0, 0), present=1)], [far, near])).each[0]
    assert suggestion.worker == 1
    assert suggestion.runner_up is not None and suggestion.runner_up.worker == 2
    assert {each.name: each.seconds for each in suggestion.runner_up.differences} == {
        "continuity": 360 * 60,
        "travel": -54 * 60,
    }
    assert suggestion.runner_up.words == "5 hours 6 minutes a week more than the one suggested"


def test_the_runner_up_says_what_it_costs_and_whom() -> None:
    speaks = somebody(1, languages=frozenset({"English", "Urdu"}))
    busy = somebody(2, load=900)
    suggestion = suggest(asked([family(language="Urdu")], [speaks, busy])).each[0]
    assert suggestion.runner_up is not None
    told = {(each.name, each.to, each.worker): each.seconds for each in suggestion.runner_up.differences}
    assert told[("language", "the family", None)] == 90 * 60
    assert told[("evenness of load", "the worker", 2)] == 10 * (900 + 150 - 960)
    assert suggestion.runner_up.seconds == sum(told.values()) - _both_travel_alike(told)


def _both_travel_alike(told: dict[tuple[str, str, int | None], int]) -> int:
    alike = [seconds for (name, _, _), seconds in told.items() if name == "travel"]
    assert sum(alike) == 0
    return 0


@settings(max_examples=25, deadline=None)
@given(questions(most_groups=4, most_workers=5))
def test_the_runner_up_is_the_cheapest_other_worker_with_the_rest_as_suggested(question: Question) -> None:
    found = suggest(question)
    for suggestion in found.each:
        if suggestion.worker == NOBODY:
            continue
        others = []
        for worker in question.workers:
            given_to = {**found.plan.given, suggestion.group.key: worker.key}
            plan = Plan(given_to, found.plan.unplaced, 0, 0)
            plan = replace(plan, seconds=seconds_of(question, plan))
            if worker.key != suggestion.worker and not faults(question, plan):
                others.append(plan.seconds - found.plan.seconds)
        next_one = suggestion.runner_up
        assert (next_one.seconds if next_one else None) == min(others, default=None)


def test_brothers_and_sisters_get_one_worker_unless_a_person_parts_them() -> None:
    three = Group(1, tuple(Child(key, 300, "child_in_need") for key in (1, 2, 3)))
    small = [somebody(1, minutes=650), somebody(2, minutes=650)]
    together = suggest(asked([three], small)).each[0]
    assert together.worker == NOBODY
    assert "hours" in together.nobody_because
    parted = split(three, {11: [1, 2], 12: [3]}, because="The eldest asked for a worker of her own.")
    found = suggest(asked(list(parted), small))
    assert sorted(found.plan.given.values()) == [1, 2]
    with pytest.raises(ValueError, match="reason"):
        split(three, {11: [1, 2], 12: [3]}, because=" ")
    with pytest.raises(ValueError, match="exactly one part"):
        split(three, {11: [1, 2]}, because="One is forgotten.")


def test_each_hard_rule_keeps_a_worker_out_and_says_so() -> None:
    group = Group(
        1, (Child(1, 150, "child_protection"),), must=frozenset({"court"}), conflicts=frozenset({1})
    )
    able = frozenset({"court"})
    workers = [
        somebody(1, skills=able),
        somebody(2),
        somebody(3, skills=able, newly_qualified=True),
        somebody(4, skills=able, full=True),
        somebody(5, skills=able, away=(Away(DAY + 5),)),
        somebody(6, skills=able, load=1_100),
        somebody(7, skills=able, load=1_040),
    ]
    suggestion = suggest(asked([group], workers)).each[0]
    assert suggestion.worker == 7
    assert {key: [each.rule for each in rules] for key, rules in suggestion.ruled_out.items()} == {
        1: ["conflict of interest"],
        2: ["required skill"],
        3: ["newly qualified"],
        4: ["full"],
        5: ["long absence"],
        6: ["hours"],
    }
    said = {key: rules[0].words for key, rules in suggestion.ruled_out.items()}
    assert said[3] == "is newly qualified and may not hold child protection alone"
    assert said[5] == "goes away soon, and nobody knows for how long"
    assert said[6] == "has 1 hour 40 minutes left and the family takes 2 hours 30 minutes a week"
    assert suggestion.runner_up is None


def test_nobody_can_names_the_rule_that_binds() -> None:
    workers = [somebody(1, load=1_190), somebody(2, load=1_190), somebody(3, full=True)]
    suggestion = suggest(asked([family()], workers)).each[0]
    assert suggestion.worker == NOBODY
    assert suggestion.nobody_because == "the rule of hours binds: 2 workers could take the family but for it"
    assert suggest(asked([family()], [])).each[0].nobody_because == "there is no worker"


def test_a_worker_who_is_full_keeps_a_family_and_a_supported_one_may_hold_protection() -> None:
    keeps = suggest(asked([family(present=3)], [somebody(3, full=True)])).each[0]
    assert keeps.worker == 3
    protection = Group(1, (Child(1, 150, "child_protection"),), supported=True)
    assert suggest(asked([protection], [somebody(3, newly_qualified=True)])).each[0].worker == 3


ONE_SUGGESTION = """
import sys
import rightplace.domain.allocation as a
a.suggest(a.Question(1, (a.Group(1, (a.Child(1, 60),)),), (a.Worker(1, 600),)))
print([name for name in ("numpy", "numba", "scipy", "ortools") if name in sys.modules])
"""


def test_one_suggestion_needs_no_package_of_the_extra() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            ONE_SUGGESTION,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
