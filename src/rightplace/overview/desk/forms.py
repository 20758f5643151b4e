"""What a person types to keep the record true, and the sentence when it is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from rightplace.common.web.forms import DayField
from rightplace.domain.practice.entries.assessment import VisitAttempted, VisitMade
from rightplace.foundation.organisation import clock

LONDON: Final = ZoneInfo("Europe/London")
YES_NO: Final = [("yes", "Yes"), ("no", "No"), ("", "Not known")]


def text(
    label: str, missing: str = "", *, help_text: str = "", rows: int = 4, required: bool = True
) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class HappenedForm(forms.Form):
    """When something happened: a day, and a time if it is known."""

    day = DayField(
        label="When?", help_text="For example 3 3 2026.", error_messages={"required": "Say on which day."}
    )
    clock = forms.CharField(
        label="At what time?",
        help_text="For example 14:30. Leave it empty if nobody knows.",
        required=False,
        max_length=5,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-5", "autocomplete": "off"}
        ),
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise ValidationError("That day is still to come. Write what happened, when it has.")
        return day

    def clean_clock(self) -> time | None:
        typed = self.cleaned_data["clock"].strip().replace(".", ":")
        if not typed:
            return None
        try:
            return time.fromisoformat(typed if len(typed) == 5 else f"0{typed}")
        except ValueError:
            raise ValidationError("A time is hours and minutes, for example 14:30.") from None

    @property
    def happened(self) -> datetime | date:
        """The instant, or the day of which nobody knows the time."""
        day: date = self.cleaned_data["day"]
        at: time | None = self.cleaned_data["clock"]
        return day if at is None else datetime.combine(day, at, LONDON)


class NoteForm(HappenedForm):
    """A note in a child's file."""

    text = text("What is there to say?", "Write the note, or go back.", rows=8)
    purpose = forms.CharField(
        label="What is it for?",
        required=False,
        max_length=120,
        help_text="For example: a telephone call from the school.",
    )
    field_order = ["text", "purpose", "day", "clock"]


class VisitForm(HappenedForm):
    """One visit to one or several children of a family."""

    children = forms.TypedMultipleChoiceField(
        label="Whom did you visit?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one child."},
    )
    seen = forms.ChoiceField(
        label="Was the child seen?",
        choices=[
            ("alone", "Seen, and alone"),
            ("seen", "Seen, not alone"),
            ("unsaid", "Seen; alone is not known"),
            ("no", "Not seen"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the child was seen."},
    )
    where = forms.CharField(label="Where?", required=False, max_length=120)
    statutory = forms.BooleanField(label="It was a statutory visit", required=False, initial=True)
    bedroom_seen = forms.ChoiceField(
        label="Was the bedroom seen?", choices=YES_NO, required=False, widget=forms.RadioSelect
    )
    child_said = text(
        "What did the child say?", required=False, help_text="In the child’s own words where you can."
    )
    note = text("What did you see?", required=False)
    field_order = [
        "children",
        "day",
        "clock",
        "seen",
        "where",
        "statutory",
        "bedroom_seen",
        "child_said",
        "note",
    ]

    def __init__(self, *args: Any, family: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children"].choices = family  # type: ignore[attr-defined]

    @property
    def visit(self) -> VisitMade | VisitAttempted:
        """What was signed: made, or attempted where nobody was seen."""
        said = self.cleaned_data
        if said["seen"] == "no":
            return VisitAttempted(why_not=said["where"], note=said["note"])
        bedroom = {"yes": True, "no": False}.get(said["bedroom_seen"])
        return VisitMade(
            seen=True,
            alone={"alone": True, "seen": False}.get(said["seen"]),
            where=said["where"],
            statutory=said["statutory"],
            bedroom_seen=bedroom,
            child_said=said["child_said"],
            note=said["note"],
        )


class ReasonsForm(forms.Form):
    """Why."""

    reasons = text("Why?", "Write your reasons: a decision has them (promise 6).")


class ExcuseForm(forms.Form):
    """Something due is not required, or cannot be done."""

    outcome = forms.ChoiceField(
        label="How is it?",
        choices=[("not_required", "It is not required"), ("not_practicable", "It could not be done")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is not required or could not be done."},
    )
    reasons = text("Why?", "Write your reasons: whoever reads the file sees them.")


class WithdrawForm(forms.Form):
    """An entry that is another family's."""

    belongs_in = forms.IntegerField(
        label="The number of the file where it belongs",
        help_text="It is written there again in the same moment. Leave it empty if it belongs in no file.",
        required=False,
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    reasons = text("Why is it here wrongly?", "Say how you know that it is not this child’s.")
