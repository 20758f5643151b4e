"""The ways from one point are never more than all of its cases, from the first day or later, in any team."""

from datetime import date

import pytest

from rightplace.domain.simulation.parameters import parameters
from rightplace.domain.simulation.scenarios import CannotBe, read
from rightplace.domain.simulation.scenarios.branching import POINTS
from rightplace.domain.simulation.teams import structure_of

HEAD = 'name = "X"\nbegins = 2026-04-06\ndays = 364\n[areas]\nNorth = 6000\nSouth = 6000\n'


def change(what: str, amount: float, day: str = "2026-06-01", **more: object) -> str:
    told = "".join(
        f'{name} = "{value}"\n' if name == "where" else f"{name} = {value}\n" for name, value in more.items()
    )
    return f'[[change]]\nday = {day}\nwhat = "{what}"\namount = {amount}\n{told}'  # fmt: skip


def test_what_comes_with_the_program_leaves_room_at_every_point():
    given = parameters(structure_of([("North", 6_000)]), date(2026, 4, 6))
    assert all(sum(given.value(name) for name in ways) < 1 for _, ways in POINTS)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (("door.enquire.police", 0.9), ("door.assess.police", 0.9), r"after a contact \(police\) more than all"),
        (("enquiry.conference", 1), ("enquiry.care", 1), "after an enquiry more than all"),
        (("assessment.need", 0.7), ("assessment.enquiry", 0.25), "1.05 together, and 1 is all"),
        (("need.escalates", 0.5), ("need.down", 0.6), "after a plan for a child in need"),
        (("review.care", 0.28), ("review.ends.4", 0.8), "at review 4 of a plan"),
    ],
)  # fmt: skip
def test_ways_that_add_up_to_more_than_all_are_refused_on_the_first_day_and_later(first, second, words):
    (one, a), (other, b) = first, second
    at_first = f'{HEAD}[strengths]\n"{one}" = {a}\n"{other}" = {b}\n'
    with pytest.raises(CannotBe, match=words) as refused:
        read(at_first)
    assert refused.value.line in (8, 9)
    with pytest.raises(CannotBe, match=words) as refused:
        read(HEAD + change(one, a) + change(other, b, "2026-07-01"))
    assert refused.value.line in (10, 14)


def test_a_way_that_one_place_alone_widens_is_refused_for_that_place():
    south = change("assessment.need", 0.6, where="South")
    assert read(HEAD + south + change("assessment.enquiry", 0.38, "2026-07-01", where="North"))
    with pytest.raises(CannotBe, match="line 15"):
        read(HEAD + south + change("assessment.enquiry", 0.38, "2026-07-01", where="South"))


def test_what_holds_for_some_weeks_counts_while_it_holds_and_not_afterwards():
    some = change("assessment.need", 0.6, weeks=4)
    assert read(HEAD + some + change("assessment.enquiry", 0.38, "2026-06-29"))
    with pytest.raises(CannotBe, match="after an assessment"):
        read(HEAD + some + change("assessment.enquiry", 0.38, "2026-06-22"))


def test_what_comes_back_after_some_weeks_is_held_against_what_was_set_meanwhile():
    less = change("assessment.need", 0.1, weeks=4)
    with pytest.raises(CannotBe, match="after an assessment"):
        read(HEAD + less + change("assessment.enquiry", 0.6, "2026-06-08"))


def test_help_that_would_reach_more_than_everybody_is_refused():
    assert read(HEAD + change("early_help.reach", 3))
    with pytest.raises(CannotBe, match=r"after a contact \(school\) more than all"):
        read(HEAD + change("early_help.reach", 5))
