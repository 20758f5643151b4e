"""From a form to the page: what was typed stays, what is wrong is said beside the field and leads there."""

import re
from datetime import date

import pytest
from django import forms

from rightplace.common.web.forms import DayField, component, problems


class Asked(forms.Form):
    name = forms.CharField(label="Name", error_messages={"required": "Say a name, or “not known”."})
    level = forms.ChoiceField(label="Level", choices=[("2", "Two"), ("3", "Three")], widget=forms.RadioSelect)
    told = forms.MultipleChoiceField(label="Told", choices=[("m", "Mother"), ("f", "Father")],
                                     widget=forms.CheckboxSelectMultiple, required=False)  # fmt: skip
    born = DayField(label="Born", required=False)
    story = forms.CharField(label="Story", max_length=500, widget=forms.Textarea, required=False)
    team = forms.ChoiceField(label="Team", choices=[("", "Choose"), ("1", "South")], required=False)
    sure = forms.BooleanField(label="I am sure", required=False)
    secret = forms.CharField(widget=forms.PasswordInput, required=False)
    paper = forms.FileField(required=False)
    draft = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("The two answers do not fit together.")


KINDS = {
    "name": "input", "level": "radios", "told": "checkboxes", "born": "date", "story": "count", "team": "select",
    "sure": "tick", "secret": "password", "paper": "file", "draft": "hidden",
}  # fmt: skip


def test_each_field_has_its_component():
    form = Asked()
    assert {bound.name: component(bound).kind for bound in form} == KINDS


def test_every_component_can_be_shown_empty_filled_and_wrong(show):
    for form in (
        Asked(),
        Asked({"name": "", "level": "9", "born_day": "x"}),
        Asked({"name": "A", "level": "2"}),
    ):
        html = show("{{ rp.fields(f) }}", f=form)
        for name in KINDS:
            assert f'name="{name}' in html


def test_each_line_of_the_summary_leads_to_its_field(show):
    form = Asked({"name": "", "level": "", "born_day": "31", "born_month": "2", "born_year": "2019"})
    lines = problems(form)
    assert {"text": "The two answers do not fit together."} in lines
    html = show("{{ rp.fields(f) }}", f=form)
    targets = [line["href"][1:] for line in lines if "href" in line]
    assert targets == ["id_name", "id_level", "id_born-day"]
    for target in targets:
        assert f'id="{target}"' in html


def test_a_form_nobody_has_sent_has_no_problems():
    assert problems(Asked()) == []


def test_what_was_typed_stays_when_something_else_is_wrong(show):
    typed = {"name": "", "level": "3", "told": ["f"], "story": 'He said "no" <b>', "team": "1", "sure": "on",
             "born_day": "31", "born_month": "feb", "born_year": "2019"}  # fmt: skip
    html = show("{{ rp.fields(f) }}", f=Asked(typed))
    assert "He said &#34;no&#34; &lt;b&gt;" in html
    assert re.search(r'value="3"\s+checked', html)
    assert re.search(r'value="f"\s+checked', html)
    assert re.search(r'value="1"\s+selected', html)
    assert re.search(r'value="on"\s+checked', html)
    assert 'value="feb"' in html


def test_a_password_is_never_written_back(show):
    assert "hunter2" not in show("{{ rp.fields(f) }}", f=Asked({"secret": "hunter2"}))


def test_one_question_on_a_page_is_the_heading(show):
    html = show("{{ rp.field(f['level'], heading=true) }}", f=Asked())
    assert re.search(r"<legend[^>]*>\s*<h1[^>]*>\s*Level", html)


def test_choices_can_have_hints(show):
    form = Asked()
    form.fields["level"].choice_hints = {"3": "Several services are needed."}
    assert "Several services are needed." in show("{{ rp.field(f['level']) }}", f=form)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("31", "2", "2019"), "There is no such day. Check the day and the month."),
        (("3", "", "2019"), "The date also needs a month."),
        (("3", "", ""), "The date also needs a month and a year."),
        (("3", "4", "19"), "The year needs four numbers, for example 2019."),
        (("x", "4", "2019"), "A date is three numbers, for example 27 3 2019."),
        (("", "", ""), "Say when."),
    ],
)
def test_a_wrong_date_is_told_in_a_sentence(typed, said):
    field = DayField(error_messages={"required": "Say when."})
    with pytest.raises(forms.ValidationError) as wrong:
        field.clean(list(typed))
    assert wrong.value.messages == [said]


@pytest.mark.parametrize("typed", [("27", "3", "2019"), (" 27", "03 ", "2019"), ("27", "March", "2019")])
def test_a_date_can_be_typed_in_more_than_one_way(typed):
    assert DayField().clean(list(typed)) == date(2019, 3, 27)
