"""A tie is asked about when, and only when, its order changes who gets what: held against every order there is."""

from __future__ import annotations

from hypothesis import assume, given, settings

from rightplace.domain.matching import ties
from rightplace.domain.matching.deferred import Field
from rightplace.domain.matching.ties import explored

from .invented import all_orders, course, fields, plainly


def _mattering(field):
    """By brute force: the groups in which another order of that group alone gives another outcome."""
    found = {
        frozenset((group, way[group]) for group in way): (way, outcome) for way, outcome in all_orders(field)
    }
    by_others = {}
    for way, outcome in found.values():
        for group in way:
            others = frozenset((name, order) for name, order in way.items() if name != group)
            by_others.setdefault((group, others), []).append(outcome)
    return {
        group for (group, _), outcomes in by_others.items() if any(each != outcomes[0] for each in outcomes)
    }


@given(fields())
@settings(max_examples=250, deadline=None)
def test_the_ties_asked_about_are_exactly_those_whose_order_changes_the_outcome(field):
    found = explored(course(field))
    asked = {tie.role for tie in found.ties}
    matter = _mattering(field)
    assert {(tie.role, _rank(field, tie)) for tie in found.ties} == matter
    assert asked == {role for role, _ in matter}
    assert all(tie.proved for tie in found.ties)


@given(fields(people=4))
@settings(max_examples=250, deadline=None)
def test_without_a_question_every_order_of_level_people_gives_this_outcome(field):
    found = explored(course(field))
    assume(not found.ties)
    for _, outcome in all_orders(field):
        assert outcome == found.outcomes[0]


@given(fields())
@settings(max_examples=150, deadline=None)
def test_every_outcome_that_any_order_gives_is_known_beforehand(field):
    expected = {frozenset(outcome.items()) for _, outcome in all_orders(field)}
    assert {frozenset(each.items()) for each in explored(course(field)).outcomes} == expected


@given(fields(people=6))
@settings(max_examples=200, deadline=None)
def test_people_who_are_not_asked_about_may_be_ordered_anyhow(field):
    """Answer each question by number; whatever order the other level people then have, the outcome stays."""
    orders = ()
    for _ in range(30):
        found = explored(course(field, orders), orders)
        if not found.ties:
            break
        orders += tuple((tie.role, tie.people) for tie in found.ties)
    assert not found.ties
    everybody = sorted(field.preferences)
    behind = orders + tuple((role, everybody) for role in field.places)
    assert plainly(field, behind) == found.outcomes[0]


def test_two_level_people_for_one_place_are_a_question():
    field = Field({1: ["a"], 2: ["a"]}, {"a": {1: 0, 2: 0}}, {"a": 1}, {})
    (tie,) = explored(course(field)).ties
    assert (tie.role, tie.people, tie.places, tie.first, tie.proved) == ("a", (1, 2), 1, True, True)


def test_two_level_people_with_a_place_each_are_no_question():
    field = Field({1: ["a"], 2: ["a"]}, {"a": {1: 0, 2: 0}}, {"a": 2}, {})
    assert explored(course(field)).ties == ()


def test_level_people_who_both_lose_to_a_better_one_are_no_question():
    field = Field(
        {1: ["a"], 2: ["a"], 3: ["b", "a"], 4: ["b"]},
        {"a": {1: 1, 2: 1, 3: 0}, "b": {3: 1, 4: 0}},
        {"a": 1, "b": 1},
        {},
    )
    found = explored(course(field))
    assert found.ties == ()
    assert found.outcomes == ({3: "a", 4: "b"},)


def test_a_tie_that_is_met_but_comes_to_the_same_in_the_end_is_no_question():
    """1 and 2 are level at a; whoever loses drives 3 from b, who then takes a; b prefers 1 anyway."""
    field = Field(
        {1: ["a", "b"], 2: ["a", "b"], 3: ["b", "a"]},
        {"a": {1: 1, 2: 1, 3: 0}, "b": {1: 0, 2: 1, 3: 2}},
        {"a": 1, "b": 1},
        {},
    )
    assert course(field).contests()
    found = explored(course(field))
    assert found.ties == ()
    assert found.outcomes == ({3: "a", 1: "b"},)


def test_a_panels_order_settles_the_tie():
    field = Field({1: ["a"], 2: ["a"]}, {"a": {1: 0, 2: 0}}, {"a": 1}, {})
    for order, winner in (((1, 2), 1), ((2, 1), 2)):
        assert explored(course(field, (("a", order),))).outcomes == ({winner: "a"},)


def test_an_order_of_some_leaves_the_question_about_the_rest():
    field = Field({1: ["a"], 2: ["a"], 3: ["a"]}, {"a": {1: 0, 2: 0, 3: 0}}, {"a": 1}, {})
    orders = (("a", (1, 2)),)
    (tie,) = explored(course(field, orders), orders).ties
    assert tie.people == (1, 3)


def test_too_many_level_people_are_asked_about_without_trying_every_order(monkeypatch):
    monkeypatch.setattr(ties, "MOST_COURSES", 50)
    people = range(1, 13)
    field = Field({each: ["a"] for each in people}, {"a": dict.fromkeys(people, 0)}, {"a": 5}, {})
    found = explored(course(field))
    assert not found.complete and found.outcomes == ()
    (tie,) = found.ties
    assert tie.first and tie.people == tuple(people) and tie.places == 5


def _rank(field, tie):
    return field.ranks[tie.role][tie.people[0]]
