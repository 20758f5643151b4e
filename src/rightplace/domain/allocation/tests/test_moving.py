"""A team's moves are worth what they cost a family, break no rule, and mend what is broken first."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from rightplace.domain.allocation.checking import faults, seconds_of
from rightplace.domain.allocation.model import Group, Plan, Question
from rightplace.domain.allocation.moving import worthwhile_moves
from rightplace.domain.allocation.suggesting import suggest
from rightplace.domain.allocation.tests.inventing import asked, family, questions, somebody


def uneven(families: int, minutes: int = 100) -> list[Group]:
    return [family(key, minutes, present=1) for key in range(1, families + 1)]


def test_a_little_unevenness_is_not_worth_another_worker_for_a_family() -> None:
    assert worthwhile_moves(asked(uneven(10), [somebody(1), somebody(2)])) == ()


def test_a_worker_over_their_hours_is_relieved_until_they_are_within() -> None:
    moves = worthwhile_moves(asked(uneven(14), [somebody(1), somebody(2)]))
    assert [len(move.steps) for move in moves] == [1, 1]
    assert all(step.giver == 1 and step.taker == 2 for move in moves for step in move.steps)
    assert moves[0].words.startswith("worth ")


def test_a_family_held_against_a_rule_is_moved() -> None:
    group = family(1, present=1, conflicts=frozenset({1}))
    (move,) = worthwhile_moves(asked([group], [somebody(1), somebody(2)]))
    assert [(step.group, step.giver, step.taker) for step in move.steps] == [(1, 1, 2)]


def test_two_families_change_places_where_there_is_no_room_to_move_one() -> None:
    one = family(1, 600, present=1, must=frozenset({"court"}))
    other = family(2, 600, present=2)
    workers = [somebody(1, minutes=650), somebody(2, minutes=650, skills=frozenset({"court"}))]
    (move,) = worthwhile_moves(asked([one, other], workers))
    assert {(step.group, step.taker) for step in move.steps} == {(1, 2), (2, 1)}


@settings(max_examples=25, deadline=None)
@given(questions(most_groups=6, most_workers=5))
def test_moves_from_a_right_plan_keep_it_right_and_are_worth_what_they_say(question: Question) -> None:
    start = suggest(question).plan
    question = replace(
        question,
        groups=tuple(
            replace(group, present=start.given[group.key])
            for group in question.groups
            if start.given[group.key] >= 0
        ),
    )
    held = {group.key: group.present or 0 for group in question.groups}
    price = seconds_of(question, Plan(held, {}, 0, 0))
    for move in worthwhile_moves(question, least_minutes=0):
        held = {**held, **{step.group: step.taker for step in move.steps}}
        after = seconds_of(question, Plan(held, {}, 0, 0))
        assert price - after == move.seconds > 0
        assert faults(question, Plan(held, {}, after, 0)) == ()
        price = after


@settings(max_examples=20, deadline=None)
@given(questions(most_groups=6, most_workers=5))
def test_no_family_moves_twice_and_the_order_of_input_changes_nothing(question: Question) -> None:
    moves = worthwhile_moves(question)
    moved = [step.group for move in moves for step in move.steps]
    assert len(moved) == len(set(moved))
    turned = replace(question, groups=question.groups[::-1], workers=question.workers[::-1])
    assert worthwhile_moves(turned) == moves
