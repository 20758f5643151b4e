"""What a search says of what it found: a cut is never told as advice, and people are named for what they are."""

import pytest

from rightplace.domain.simulation.scenarios.answer import HangsOn
from rightplace.domain.simulation.scenarios.finding import Then, hanging_said
from rightplace.domain.simulation.scenarios.foundsaid import against_said, people_said, worse_said


def then(code: str, chosen: bool, before: int, after: int) -> Then:
    return Then(
        code, f"{code}s late", "share", 0.05, chosen, before, after, 200, 0.1, 0.5, 0.02, 0.03, 0.01, 0.02, ""
    )


@pytest.mark.parametrize(
    ("worse", "says"),
    [
        (
            [then("review", True, 10, 40), then("visit", False, 4, 180)],
            (
                "visits late (a quarter beyond the limit in 180 of 200 futures, now in 4).",
                "1 of them was not chosen, so nobody looked after it.",
            ),
        ),
        (
            [then("review", False, 10, 40), then("visit", False, 4, 8)],
            (
                "reviews late (a quarter beyond the limit in 40 of 200 futures, now in 10).",
                "None of them was chosen, so nobody looked after them.",
            ),
        ),
    ],
)
def test_what_a_cut_makes_worse_is_counted_and_the_worst_is_named(worse, says):
    told = worse_said(worse, True)
    assert told == f"This is no plan yet: it makes 2 promises worse than today, most of all {' '.join(says)}"


def test_where_nothing_gets_worse_that_is_said_of_a_cut_alone():
    assert worse_said([], True) == "Nothing that is promised gets worse than today by more than chance."
    assert worse_said([], False) == ""


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ({"care": 4}, {"care": 4}, "as many as there are now"),
        ({"care": 4}, {"care": 3}, "1 fewer than the 4 of now"),
        (
            {"care": 4, "managers of care": 1}, {"care": 4, "managers of care": 3},
            "2 more managers than the 1 of now",
        ),
        (
            {"care": 4, "managers of care": 3}, {"care": 6, "managers of care": 1},
            "2 more posts for workers than the 4 of now and 2 fewer managers than the 3 of now",
        ),
    ],
)  # fmt: skip
def test_workers_and_managers_are_held_against_now_apart(before, after, says):
    assert against_said(before, after) == says


def test_people_are_named_for_what_they_are():
    assert people_said({"care": 1, "managers of care": 1}) == "1 post for workers and 1 manager"
    assert people_said({"care": 1_200}) == "1,200 posts for workers"
    assert people_said({"managers of care": 0}) == "0 managers"


@pytest.mark.parametrize(
    ("first", "margin", "says_order"), [(0.3, 0.05, True), (0.3, 0.12, False), (0.3, 0.3, False)]
)
def test_what_an_answer_hangs_on_most_is_said_only_where_it_stands_apart(first, margin, says_order):
    told = [
        HangsOn(name, name, 0, 1, "share", "assumed", moves, unsure, 0.5)
        for name, moves, unsure in (("leaving", first, margin), ("absence", 0.2, 0.0))
    ]
    said = hanging_said("finished late", "South", "share", told, is_difference=True)
    assert "hangs most on leaving and absence" in said
    assert ("so few runs do not tell" not in said) is says_order
