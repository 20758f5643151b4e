"""What is typed about vacancies, candidates, leavers, interviews and initiatives, and the sentence when it is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from rightplace.common.web.forms import DayField
from rightplace.services.recruitment.models import Initiative, Voice

Choices = Sequence[tuple[str | int, str]]
NOT_SAID = ("", "Not said")
SEXES = (NOT_SAID, ("female", "Female"), ("male", "Male"), ("other", "Another answer"))
YES_NO = (NOT_SAID, ("yes", "Yes"), ("no", "No"))


class Choosing(forms.Form):
    """A form whose choices are known when it is shown: `choices={"field": [...]}`."""

    def __init__(self, *args: Any, choices: dict[str, Choices] | None = None, **more: Any):
        super().__init__(*args, **more)
        for name, offered in (choices or {}).items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            many = isinstance(field, forms.MultipleChoiceField)
            field.choices = list(offered) if many else [("", "Choose"), *offered]


class Nothing(forms.Form):
    """A button that asks for nothing more."""


class DayForm(forms.Form):
    """A day."""

    on = DayField(label="On which day?")


class OpenForm(Choosing):
    """Beginning to fill a seat."""

    seat = forms.ChoiceField(
        label="Which seat is to be filled?", error_messages={"required": "Choose the seat."}
    )
    on = DayField(label="From which day?")
    because = forms.CharField(
        label="Why?", max_length=200, error_messages={"required": "Say why the seat is to be filled."},
        help_text="For example: a worker left. Name nobody.",
    )  # fmt: skip


class CandidateForm(forms.Form):
    """Somebody applied. Only what is needed; the equality answers are laid apart from it at once."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Give the name."})
    contact = forms.CharField(
        label="Email or telephone", max_length=120, required=False,
        help_text="Sealed, and deleted half a year after the end, unless the candidate starts.",
    )  # fmt: skip
    on = DayField(label="Applied on")
    sex = forms.ChoiceField(label="Equality form: sex", required=False, choices=SEXES)
    disability = forms.ChoiceField(
        label="Equality form: a disability", required=False, choices=YES_NO,
        help_text="Kept apart: nobody can tell whose answer it is.",
    )  # fmt: skip

    @property
    def equality(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("sex", "disability") if self.cleaned_data[name]}


class PanelForm(Choosing):
    """Who interviews."""

    workers = forms.MultipleChoiceField(
        label="Who interviews? At least two", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Name at least two."},
    )  # fmt: skip
    on = DayField(label="Day of the interview")


class WordForm(forms.Form):
    """What one of the panel says."""

    appointable = forms.ChoiceField(
        label="Would you appoint this candidate?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )  # fmt: skip
    reasons = forms.CharField(
        label="Your reasons", widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What the candidate showed, against what the post asks for. Sealed, and deleted with the rest.",
        error_messages={"required": "Give your reasons."},
    )  # fmt: skip


class CheckForm(Choosing):
    """A check was seen."""

    code = forms.ChoiceField(
        label="Which check was seen, and is clear?", error_messages={"required": "Choose it."}
    )
    on = DayField(label="Seen on")


class LostForm(Choosing):
    """A candidate goes no further."""

    because = forms.ChoiceField(label="Why?", error_messages={"required": "Choose why."})
    on = DayField(label="On which day?")


class BeginForm(Choosing):
    """The first day."""

    on = DayField(label="First day")
    worker = forms.ChoiceField(
        label="Already in the directory as", required=False,
        help_text="Empty: taken into the directory by the name of the application.",
    )  # fmt: skip


class NoticeForm(Choosing):
    """Somebody gave notice."""

    worker = forms.ChoiceField(label="Who leaves?", error_messages={"required": "Choose who leaves."})
    given_on = DayField(label="Notice given on")
    last_day = DayField(label="Last day at work")
    reason = forms.ChoiceField(
        label="Why, by the census’ list?", error_messages={"required": "Choose a reason."}
    )


class OfferForm(Choosing):
    """Offering an interview."""

    worker = forms.ChoiceField(label="To whom?", error_messages={"required": "Choose to whom."})
    kind = forms.ChoiceField(label="Which?", choices=Voice.Kind.choices)
    answer_by = DayField(label="Answer hoped for by")


class AnswerForm(forms.Form):
    """Answering one's own interview: each question may be left."""

    quote = forms.CharField(
        label="A sentence that may be quoted without your name", required=False, max_length=300,
        help_text="Leave it empty and nothing of yours is ever quoted. You can take it back.",
    )  # fmt: skip

    def __init__(self, *args: Any, asks: Sequence[str], **more: Any):
        super().__init__(*args, **more)
        self.asks = tuple(asks)
        own = {
            f"answer_{place}": forms.CharField(
                label=ask, required=False, widget=forms.Textarea(attrs={"rows": 3})
            )
            for place, ask in enumerate(asks)
        }
        self.fields = {**own, **self.fields}

    @property
    def answers(self) -> list[tuple[str, str]]:
        return [(ask, self.cleaned_data[f"answer_{place}"]) for place, ask in enumerate(self.asks)]


class CodeForm(Choosing):
    """Which themes an answer names."""

    themes = forms.MultipleChoiceField(
        label="Which themes does it name?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )  # fmt: skip
    quote_under = forms.ChoiceField(label="Show the quote under", required=False)


class InitiativeForm(Choosing):
    """Beginning an initiative."""

    title = forms.CharField(
        label="What is done?", max_length=120, error_messages={"required": "Say what is done."}
    )
    aim = forms.ChoiceField(label="What for?", choices=Initiative.Aim.choices)
    begins = DayField(label="From which day?")
    cost = forms.DecimalField(
        label="Cost a year, in pounds", min_value=Decimal(0), max_value=Decimal(100_000_000), decimal_places=2,
        error_messages={"required": "Give the cost, 0 if there is none."},
    )  # fmt: skip
    expected = forms.CharField(
        label="What do you expect of it?", max_length=300,
        help_text="Say it now, with a number: four fewer leavers a year.",
        error_messages={"required": "Say what you expect."},
    )  # fmt: skip
    because = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Say why."}
    )
    teams = forms.MultipleChoiceField(
        label="In which teams?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one team."},
    )  # fmt: skip


class EndForm(forms.Form):
    """Ending an initiative."""

    on = DayField(label="From which day does it end?")
    because = forms.CharField(label="Why?", max_length=300, error_messages={"required": "Say why it ends."})


class RateForm(forms.Form):
    """What an hour of a grade costs from a day on."""

    grade = forms.CharField(
        label="Grade", max_length=20, help_text="As the posts have it, for example GR5.",
        error_messages={"required": "Say for which grade."},
    )  # fmt: skip
    agency = forms.DecimalField(
        label="An hour through an agency, in pounds", min_value=Decimal("0.01"), max_value=Decimal(1_000),
        decimal_places=2, error_messages={"required": "Give what an hour costs through an agency."},
    )  # fmt: skip
    employed = forms.DecimalField(
        label="An hour employed, with on-costs, in pounds", min_value=Decimal("0.01"), max_value=Decimal(1_000),
        decimal_places=2, error_messages={"required": "Give what an hour costs employed."},
    )  # fmt: skip
    begins = DayField(label="From which day?")
    source = forms.CharField(
        label="Which contract or list says it?", max_length=200, error_messages={"required": "Say where it is from."}
    )  # fmt: skip


class SheetForm(forms.Form):
    """A spreadsheet to take in."""

    file = forms.FileField(
        label="The spreadsheet",
        help_text="XLSX or CSV, at most 5 MB: vacancies, or candidates with their steps, in the columns of the sheets here.",
        error_messages={"required": "Choose the file."},
    )  # fmt: skip
    trial = forms.BooleanField(label="Only try it: say what would happen, and change nothing", required=False)
