"""One of many by its name: whole, or by words that fit one alone; what fits several or none is said in a sentence."""

from __future__ import annotations

import pytest
from django import forms

from rightplace.common.web.byname import ByNameField
from rightplace.common.web.forms import component

AGENCIES = [
    (1, "Example City Police"),
    (2, "Example Homes"),
    (3, "Homes"),
    (4, "Lark Hill Primary"),
    (5, "Larkspur Practice"),
]


class Asked(forms.Form):
    agency = ByNameField(
        label="Which agency?", choices=AGENCIES, error_messages={"required": "Write which agency."}
    )


def said(typed: str) -> str:
    return str(Asked({"agency": typed}).errors["agency"][0])


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Example City Police", 1),
        ("  example city police ", 1),
        ("polic", 1),
        ("police city", 1),
        ("Homes", 3),
        ("hill", 4),
    ],
)
def test_the_whole_name_or_enough_of_it_chooses_one(typed, key):
    form = Asked({"agency": typed})
    assert form.is_valid() and form.cleaned_data["agency"] == key


def test_what_fits_several_names_them_and_what_fits_none_says_so():
    assert said("lark") == "2 names fit: Lark Hill Primary, Larkspur Practice. Type more of it."
    assert said("Zebra").startswith("There is no agency of that name here.")
    assert said("1").startswith("There is no agency of that name here.")
    assert said("   ") == "Write which agency."


def test_of_many_that_fit_only_some_are_named():
    form = Asked()
    field = form.fields["agency"]
    assert isinstance(field, ByNameField)
    field.choices = [(number, f"School {number}") for number in range(40)]
    with pytest.raises(forms.ValidationError, match="School 5, and 34 more"):
        field.clean("school")


def test_the_names_are_offered_while_one_types_and_a_key_to_begin_with_is_shown_as_its_name(show):
    form = Asked(initial={"agency": 2})
    made = component(form["agency"])
    assert made.params["value"] == "Example Homes" and "Homes" in made.names
    page = show("{{ rp.field(form['agency']) }}", form=form)
    assert 'list="id_agency-names"' in page and '<option value="Lark Hill Primary">' in page
