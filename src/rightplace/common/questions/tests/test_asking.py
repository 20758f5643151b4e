"""What is typed is judged with a sentence beside the field, and shown again as it was typed."""

from __future__ import annotations

from datetime import date

import pytest

from rightplace.common.questions.asking import Asked, field_names
from rightplace.common.questions.checking import sections

FINE = {
    "danger": ["no"], "children-count": ["2"], "children-0-given": ["Mia"], "children-0-born_day": ["4"],
    "children-0-born_month": ["may"], "children-0-born_year": ["2018"], "children-1-described": ["boy, about 6"],
    "children-1-born_age": ["6"], "together": ["yes"], "address_unknown": ["on"], "told": ["yes"],
}  # fmt: skip


def said(asked):
    asked.is_valid()
    return [line["text"] for line in asked.problems()]


def judged(every_kind, **other):
    return Asked(every_kind.question, FINE | other, bound=True)


def test_what_is_answered_comes_out_clean(every_kind):
    asked = judged(every_kind)
    assert asked.is_valid(), asked.problems()
    assert asked.answers()["address_unknown"] is True
    first, second = asked.children_answers()
    assert (first["given"], first["born"]) == ("Mia", date(2018, 5, 4))
    assert (second["described"], second["born_age"]) == ("boy, about 6", "6")


def test_nothing_typed_says_what_is_missing_in_the_order_of_the_page(every_kind):
    asked = Asked(every_kind.question, {}, bound=True)
    assert said(asked) == [
        "Say whether a child is in danger.", "Give a name or a description.", "Say where, or that you do not know.",
    ]  # fmt: skip
    assert [line["href"] for line in asked.problems()] == [
        "#id_danger",
        "#id_children-0-given",
        "#id_address_line",
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"told": ["no"]}, "Say why not."),
        ({"told": ["no"], "why": ["x" * 21]}, "This is 1 characters too long; 20 at most."),
        ({"children-0-born_year": ["2099"]}, "This day is still to come"),
        ({"children-0-born_year": ["1950"]}, "more than 25 years ago"),
        ({"children-0-born_year": [""]}, "also needs a year"),
        ({"children-1-born_age": ["six"]}, "from 0 to 25"),
        ({"children-1-born_age": ["about six years"]}, "from 0 to 25"),
        ({"address_postcode": ["nowhere"]}, "not a postcode"),
        ({"phone": ["12"]}, "between 6 and 15"),
        ({"email": ["nobody"]}, "like name@example.org"),
        ({"danger": ["perhaps"]}, "Choose one of the answers"),
        ({"children-0-given": ["a\0b"]}, "Some letters did not arrive"),
        ({"children-0-given": ["caf\ufffd"]}, "Some letters did not arrive"),
    ],
)
def test_each_wrong_answer_has_its_sentence(every_kind, typed, sentence):
    assert any(sentence in each for each in said(judged(every_kind, **typed)))


def test_a_baby_not_born_yet_has_a_day_to_come(every_kind):
    unborn = {
        "children-0-sex": ["not born yet"],
        "children-0-born_year": ["2026"],
        "children-0-born_month": ["6"],
    }
    assert judged(every_kind, **unborn).is_valid()
    assert any(
        "within ten months" in each
        for each in said(judged(every_kind, **unborn | {"children-0-born_year": ["2028"]}))
    )


def test_an_answer_to_a_question_that_was_not_asked_does_not_count(every_kind):
    asked = judged(every_kind, why=["never asked"])
    assert asked.is_valid() and "why" not in asked.answers()
    alone = judged(every_kind, **{"children-count": ["1"]})
    assert alone.is_valid() and "together" not in alone.answers()


def test_an_empty_child_is_left_out_but_never_the_first(every_kind):
    typed = {**FINE, "children-count": ["3"]}
    assert len(Asked(every_kind.question, typed, bound=True).filled()) == 2
    assert len(Asked(every_kind.question, {}, bound=True).filled()) == 1


def test_a_wrong_answer_is_shown_as_it_was_typed(every_kind):
    typed = {"children-0-born_day": ["31"], "children-0-born_month": ["feb"], "address_postcode": ["??"]}
    for bound in (False, True):
        asked = Asked(every_kind.question, typed, bound=bound)
        assert [part or "" for part in asked.children[0]["born"].value()] == ["31", "feb", ""]
        assert asked.form["address_postcode"].value() == "??"


@pytest.mark.parametrize("count", ["0", "-3", "999", "x", "１２", ""])
def test_nobody_asks_for_more_children_than_there_is_room_for(every_kind, count):
    assert 1 <= Asked(every_kind.question, {"children-count": [count]}).count <= 12


def test_only_the_fields_of_the_set_are_known(every_kind):
    names = field_names(every_kind.question)
    assert {
        "danger",
        "children-0-born_day",
        "children-11-given",
        "address_unknown",
        "children-count",
    } <= names
    assert "children-0-file" not in names and "csrfmiddlewaretoken" not in names


def test_the_answers_to_check_say_what_is_not_known(every_kind):
    asked = judged(every_kind)
    asked.is_valid()
    lines = {
        (part.heading, line.question): line
        for part in sections(asked, lambda field: f"#{field}")
        for line in part.answers
    }
    assert lines[("", "Where?")].answer == "Not known"
    assert lines[("Child 1", "Date of birth")].answer == "Fri 4 May 2018"
    assert lines[("Child 2", "Date of birth")].answer == "about 6"
    assert lines[("Child 1", "Date of birth")].change == "#id_children-0-born-day"
