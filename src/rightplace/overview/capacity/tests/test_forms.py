"""What may be asked in a form: what cannot be is said beside its field, and words read back as they were asked."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from rightplace.domain.simulation.scenarios import read
from rightplace.domain.simulation.scenarios.scenario import EarlyHelp, Merge, Move
from rightplace.overview.capacity import forms
from rightplace.overview.capacity.models import KeptScenario, Run
from rightplace.overview.capacity.tests.conftest import LEAVING, text_of
from rightplace.testing.organisation import sign_in

OWN_LINES = {
    "what1": "demand", "many1": "110", "where1": "all", "when1": "2026-04-01",
    "what2": "", "where2": "all", "when2": "2026-04-01",
    "what3": "posts-", "many3": "2", "where3": "area:South", "when3": "2026-04-01",
}  # fmt: skip
GONE_TWICE = {
    "what1": "leave", "many1": "25", "where1": "area:South", "what3": "leave", "where3": "area:South", "ahead": "728",
}  # fmt: skip
"""Of forty posts in South: who left first is replaced within a year, and not within a week."""


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("leaving", {"many": "ninety"}, "Give a whole number, for example 8."),
        ("leaving", {"many": "60"}, "posts of workers, so 60 cannot leave"),
        ("leaving", {"where": "all", "many": "400"}, "so 400 cannot leave"),
        ("leaving", {"when": "another"}, "Give the day, since you chose another day."),
        ("leaving", {"when": "2026-09-01", "ahead": "182"}, "Look further ahead"),
        ("managers", {"where": "area:South", "many": "300"}, "cannot go"),
        ("standard", {"which": "standard.supervision", "to": "40", "when": "soon"}, "is not between"),
        ("leaving", {"savings": "a lot"}, "Give pounds, for example 34.5 million or 250,000."),
        ("structure", {"how": "merge", "areas": ["area:South"]}, "Choose two areas or more."),
        (
            "structure",
            {"how": "merge", "areas": ["area:South", "area:East"], "name": "North"},
            "another area of this name",
        ),
        (
            "structure",
            {"how": "move", "work": "South assessment|South", "to": "North family support"},
            "cannot take this over",
        ),
        (
            "structure",
            {"how": "move", "work": "South assessment|South", "to": "North assessment", "posts": "1"},
            "posts go",
        ),
        ("structure", {"how": "move", "work": "", "to": ""}, "Choose which work moves."),
        ("own", OWN_LINES | {"many3": "900"}, "so 900 cannot go"),
        ("own", OWN_LINES | {"many1": "15"}, "for 15 in 100 more, write 115; for 15 in 100 fewer, 85."),
        ("own", OWN_LINES | {"what2": "pay", "many2": "8"}, "for 8 in 100 more, write 108"),
        ("own", OWN_LINES | {"many1": ""}, "Give a number."),
        ("own", OWN_LINES | {"what2": "leave", "many2": ""}, "Say how many."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_asked(city, name, typed, says):
    address = reverse("capacity:ask", args=[name])
    found = sign_in(Client(), city.head_of_service).post(address, LEAVING | typed)
    assert found.status_code == 422
    assert says in found.content.decode()
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
        ("rising", {"where": "all", "percent": "150", "when": "2026-04-05", "ahead": "182"}, ""),
        ("structure", {"how": "move", "work": "South assessment|South", "to": "North family support"}, "to"),
        ("own", OWN_LINES | {"many3": "900"}, "many3"),
        ("own", OWN_LINES | {"what2": "agency", "many2": "300"}, "many2"),
        ("own", OWN_LINES | {"what2": "agency", "many2": "8"}, ""),
        ("own", OWN_LINES | {"what2": "leaving", "many2": "29"}, "many2"),
        ("own", OWN_LINES | {"what2": "leaving", "many2": "30"}, ""),
        ("own", OWN_LINES | GONE_TWICE | {"many3": "25", "when3": "2027-03-28"}, ""),
        ("own", OWN_LINES | GONE_TWICE | {"many3": "25", "when3": "2026-04-05"}, "many3"),
    ],
)
def test_what_the_model_refuses_stands_at_the_field_that_says_it(city, name, typed, field):
    address = reverse("capacity:ask", args=[name])
    found = sign_in(Client(), city.head_of_service).post(address, LEAVING | typed)
    said = found.content.decode()
    assert (found.status_code == 302) is (field == "")
    assert not field or (f'href="#id_{field}"' in said and f'id="id_{field}-error"' in said)


@pytest.mark.parametrize(
    ("name", "typed", "title", "found"),
    [
        (
            "structure", {"how": "merge", "areas": ["area:East", "area:South"], "name": ""},
            "What happens if East and South become one area from Easter, Sun 5 Apr 2026?",
            {"merges": (Merge(("East", "South"), "East and South", date(2026, 4, 5)),)},
        ),
        (
            "structure", {"how": "move", "work": "South assessment|South", "to": "North assessment", "posts": "0"},
            "What happens if the work of South assessment goes to North assessment from Easter, Sun 5 Apr 2026?",
            {"moves": (Move("South", "South assessment", "North assessment", 0, date(2026, 4, 5)),)},
        ),
        (
            "earlier", {"share": "10", "evidence": "Our pilot in East", "many": "0", "budget": "£34.5m", "savings": "500,000"},
            "What happens if family support helps 10 in 100 families in time from Easter, Sun 5 Apr 2026?",
            {"early_help": EarlyHelp(0.1, date(2026, 4, 5), "Our pilot in East"), "budget": 34.5e6, "savings": 5e5},
        ),
        (
            "pay", {"percent": "5", "stay": "10"},
            "What happens if pay rises by 5 in 100 and 10 in 100 fewer people leave from Easter, Sun 5 Apr 2026?", {},
        ),
        (
            "agency", {"where": "area:South", "share": "60"},
            "What happens in South with agency staff in 60 of 100 empty posts from Easter, Sun 5 Apr 2026?", {},
        ),
        (
            "thresholds", {"how": "0.9"},
            "What happens if 10 in 100 less is let through at the front door from Easter, Sun 5 Apr 2026?", {},
        ),
    ],
)  # fmt: skip
def test_each_question_says_in_words_what_was_asked_and_reads_back_from_its_text(
    city, name, typed, title, found
):
    address = reverse("capacity:ask", args=[name])
    asked = sign_in(Client(), city.head_of_service).post(
        address, {"when": "2026-04-05", "ahead": "364"} | typed
    )
    assert asked.status_code == 302, asked.content.decode()[:20_000]
    run = Run.objects.get()
    assert run.title == title
    scenario = read(run.asked["scenarios"][1])
    assert {name: getattr(scenario, name) for name in found} == found
    assert scenario.changes or found
    base = read(run.asked["scenarios"][0])
    assert (base.changes, base.merges, base.moves, base.savings) == ((), (), (), None)
    assert base.budget == scenario.budget
    assert "A first answer is coming" in text_of(city.head_of_service, "answer", run.pk)


@pytest.mark.parametrize(
    ("typed", "pounds"),
    [
        ("34,500,000", 34.5e6), ("£34.5 million", 34.5e6), ("34.5m", 34.5e6), ("34.5 Million Pounds", 34.5e6),
        ("500k", 5e5), ("250 thousand pounds", 2.5e5), ("£ 1,250.50 pounds", 1250.5), ("", None),
    ],
)  # fmt: skip
def test_pounds_are_read_as_people_write_them(typed, pounds):
    assert forms.money("Budget", "").clean(typed) == pounds


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("34.5 mn", "“mn” after the number is not understood"), ("34.5bn", "“bn” after the number is not understood"),
        ("500k a year", "“k a year” after the number is not understood"),
        ("34,5 million", "“,5 million” after the number is not understood"),
        ("34.5 million or so", "“million or so” after the number is not understood"), ("a lot", "Give pounds"),
        ("-5", "Give pounds"), ("0", "at least one pound"), ("34.5e6", "“e6” after the number is not understood"),
    ],
)  # fmt: skip
def test_words_after_an_amount_are_refused_and_never_passed_over(typed, because):
    with pytest.raises(ValidationError, match=because):
        forms.money("Budget", "").clean(typed)


def test_an_amount_whose_meaning_hangs_on_what_is_chosen_has_no_start(city):
    said = text_of(city.head_of_service, "ask", "own")
    assert 'name="many1"' in said and "115 means 15 in 100 more" in said
    field = said[said.rindex("<input", 0, said.index('name="many1"')) :].partition(">")[0]
    assert 'value=""' in field


def test_a_scenario_as_text_is_refused_with_its_line_and_the_reason_beside_it(city):
    text = (
        'name = "Fewer"\nbegins = 2026-03-09\n\n[[change]]\nday = 2026-04-01\nwhat = "mangers"\namount = -2\n'
    )
    address = reverse("capacity:write")
    found = sign_in(Client(), city.analyst).post(address, {"text": text, "care": "60"})
    said = found.content.decode()
    assert found.status_code == 422
    assert 'id="line-6"' in said and "Nothing called mangers can change; did you mean managers?" in said
    assert "Line 6, change 1, what: nothing called mangers can change" in said
    assert not KeptScenario.objects.exists()
    right = sign_in(Client(), city.analyst).post(
        address, {"text": text.replace("mangers", "managers"), "care": "60", "keep": "on"}
    )
    assert right.status_code == 302
    assert "Fewer" in text_of(city.director, "scenarios")
