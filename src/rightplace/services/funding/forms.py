"""What a person types about funding, and the sentence when it is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from rightplace.common.web.byname import ByNameField
from rightplace.common.web.forms import DayField
from rightplace.services.funding.models import WHOLE
from rightplace.services.funding.statement import GRADES, WORK
from rightplace.services.funding.years import year_words

YEARS_AHEAD = 4
Choices = Sequence[tuple[int, str]]


class MoneyField(forms.DecimalField):
    """Pounds and pence as people type them; kept as whole pence."""

    def __init__(self, label: str, missing: str = "", help_text: str = "") -> None:
        super().__init__(
            label=label, help_text=help_text, required=bool(missing), min_value=0, max_value=Decimal(10_000_000),
            decimal_places=2, widget=forms.TextInput(attrs={"inputmode": "decimal", "prefix": "£"}),
            error_messages={
                "required": missing, "invalid": "Write an amount in pounds, for example 1250.00.",
                "min_value": "An amount is not negative.", "max_decimal_places": "Write pounds and pence.",
            },
        )  # fmt: skip

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # so says the stub of DecimalField
        return super().to_python(str(value or "").replace(",", "").replace("£", "").strip())

    def clean(self, value: Any) -> int | None:
        found = super().clean(value)
        return None if found is None else int(found * 100)


class ShareField(forms.DecimalField):
    """A per cent of the cost; kept in hundredths of a per cent."""

    def __init__(self, label: str, missing: str = "", help_text: str = "") -> None:
        wrong = "A share lies between 0 and 100 per cent."
        super().__init__(
            label=label, help_text=help_text, required=bool(missing), min_value=0, max_value=100, decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages={
                "required": missing, "invalid": "Write a per cent, for example 50.", "min_value": wrong,
                "max_value": wrong,
            },
        )  # fmt: skip

    def clean(self, value: Any) -> int | None:
        found = super().clean(str(value or "").replace("%", "").strip())
        return None if found is None else int(found * WHOLE / 100)


def _words(label: str, missing: str, help_text: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=bool(missing), error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _line(label: str, missing: str = "", help_text: str = "", limit: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=bool(missing), max_length=limit,
        error_messages={"required": missing},
    )  # fmt: skip


def _chosen(label: str, missing: str, choices: Any = ()) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, error_messages={"required": missing})


class AgreementForm(forms.Form):
    """What an agency and the council agree: what for, from when, and the share of each of four years."""

    agency = ByNameField(
        label="Which agency pays a share?", help_text="Begin to type its name",
        error_messages={"required": "Write which agency."},
    )  # fmt: skip
    what_for = _line(
        "What is paid for together?", "Write what it is for.", "For example: family support for our pupils"
    )
    begins = DayField(label="From which day?", error_messages={"required": "Give the first day."})

    def __init__(self, *args: Any, agencies: Choices, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        agency = self.fields["agency"]
        assert isinstance(agency, ByNameField)
        agency.choices = list(agencies)
        for number in range(YEARS_AHEAD):
            name = year_words(year + number)
            self.fields[f"share_{number}"] = ShareField(f"Share of the cost in {name}, per cent")
            self.fields[f"pence_{number}"] = MoneyField(
                f"Contribution in {name}, in pounds",
                "",
                "Paid in three terms. Leave empty where none is due.",
            )
        self.fields["because"] = _words("Why is this agreed, and by whom?", "Write who agreed, and why.")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not any(found.get(f"share_{n}") is not None for n in range(YEARS_AHEAD)):
            self.add_error("share_0", "Write the share of at least one year.")
        return found

    def shares(self) -> dict[int, int]:
        """The share of each year that was filled in."""
        return self._by_year("share")

    def yearly(self) -> dict[int, int]:
        """The contribution of each year that was filled in."""
        return self._by_year("pence")

    def _by_year(self, name: str) -> dict[int, int]:
        typed = {self.year + n: self.cleaned_data.get(f"{name}_{n}") for n in range(YEARS_AHEAD)}
        return {year: value for year, value in typed.items() if value is not None}


class PaymentForm(forms.Form):
    """Money that came in."""

    on = DayField(label="When did it come in?", error_messages={"required": "Give the day."})
    pence = MoneyField("How much, in pounds?", "Write how much came in.")
    reference = _line(
        "Its reference", "", "The number of the invoice or the transfer, so that it is not written twice", 60
    )


class BecauseForm(forms.Form):
    """A reason."""

    because = _words("Why?", "Write why.")


class ShareForm(forms.Form):
    """A share said anew."""

    year = forms.TypedChoiceField(label="For which year?", coerce=int)
    share = ShareField("Share of the cost, per cent", "Write the share.")
    because = _words("Why?", "Write why it changes, and who agreed.")

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = self.fields["year"]
        assert isinstance(year, forms.TypedChoiceField)
        year.choices = [(each, year_words(each)) for each in years]


class ContributionForm(forms.Form):
    """A contribution said anew."""

    due = DayField(label="Due by", error_messages={"required": "Give the day by which it is due."})
    pence = MoneyField("How much is due, in pounds?", "Write how much is due.")
    because = _words("Why does it change?", "Write why it changes, and who agreed.")


class EndForm(forms.Form):
    """The end of an agreement."""

    on = DayField(
        label="From which day does it no longer hold?", error_messages={"required": "Give the day."}
    )
    because = _words("Why does it end?", "Write why it ends.")


class UnitCostForm(forms.Form):
    """What an hour costs from a day on."""

    grade = _chosen("Of which grade?", "Choose the grade.", [("", "Choose a grade"), *GRADES.items()])
    doing = forms.ChoiceField(
        label="For which work?", required=False, choices=[("", "Whatever is done"), *WORK.items()]
    )
    begins = DayField(label="From which day?", error_messages={"required": "Give the first day."})
    pence = MoneyField("What an hour costs, in pounds", "Write what an hour costs.")
    source = _line(
        "Where is the figure from?",
        "Name the source.",
        "Pay scale and on-costs, a published study, a budget book",
    )
    assumed = forms.BooleanField(label="This is assumed: nobody has worked it out here", required=False)
    because = _words("Why is it set, or changed?", "Write why.")


class BudgetForm(forms.Form):
    """What a team may spend in a year."""

    team = forms.TypedChoiceField(
        label="Which team?", coerce=int, error_messages={"required": "Choose the team."}
    )
    pence = MoneyField("Budget of the year, in pounds", "Write the budget.")
    source = _line("Where is the figure from?", "Name the source.")
    assumed = forms.BooleanField(label="This is assumed", required=False)
    because = _words("Why is it set, or changed?", "Write why.")

    def __init__(self, *args: Any, teams: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, forms.TypedChoiceField)
        team.choices = [("", "Choose a team"), *teams]


def _children(label: str, choices: Choices) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, coerce=int, choices=choices, initial=[number for number, _ in choices],
        widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose at least one child."},
    )  # fmt: skip


class TimeForm(forms.Form):
    """Time given to a family on one day."""

    on = DayField(label="On which day?", error_messages={"required": "Give the day."})
    lasted = forms.IntegerField(
        label="How many minutes in all?", min_value=1, max_value=1440,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Write how many minutes.", "invalid": "Write the minutes as a number, for example 90.",
            "min_value": "Time lasts at least a minute.", "max_value": "A day has 1,440 minutes.",
        },
    )  # fmt: skip
    doing = forms.ChoiceField(label="Doing what?", choices=list(WORK.items()))
    at_grade = forms.ChoiceField(label="By whom?", choices=list(GRADES.items()))

    def __init__(self, *args: Any, children: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children"] = _children("For which children of the family?", children)


class SchoolForm(forms.Form):
    """The school of a child from a day on."""

    school = forms.TypedChoiceField(
        label="Which school?", coerce=int, error_messages={"required": "Choose the school."}
    )
    since = DayField(label="Since which day?", error_messages={"required": "Give the first day."})

    def __init__(self, *args: Any, children: Choices, schools: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school = self.fields["school"]
        assert isinstance(school, forms.TypedChoiceField)
        school.choices = [("", "Choose a school"), *schools, (0, "No school, or none of the city")]
        self.fields["children"] = _children("Which children go there?", children)
        self.fields["children"].initial = []
