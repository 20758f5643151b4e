"""What is typed about being full, and about posts, and the sentence when it is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django import forms

from rightplace.common.caseflow.forms_worker import CHANGED, WHY_ANOTHER, change_reasons, shown_again
from rightplace.common.web.forms import DayField
from rightplace.foundation.organisation.establishment.tables import Kept, Occupancy
from rightplace.services.workforce.models import FullAnswer


class FullForm(forms.Form):
    """Saying that one is full."""

    because = forms.CharField(
        label="What no longer fits into your week?", widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Name no child. Your hours of this moment are written down with it.",
        error_messages={"required": "Say in a few words what no longer fits into the week."},
    )  # fmt: skip
    wishes = forms.CharField(
        label="What would help?", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: no new family for four weeks, a family that a colleague could take.",
    )  # fmt: skip


class AnswerForm(forms.Form):
    """Answering somebody who is full."""

    kind = forms.ChoiceField(
        label="Your answer", choices=FullAnswer.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose an answer."},
    )  # fmt: skip
    words = forms.CharField(
        label="What happens, or why not", widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The worker reads this as you write it.",
        error_messages={"required": "Say which work, from when, and who helps; or why you disagree."},
    )  # fmt: skip
    until = DayField(label="Until when the arrangement holds", required=False)


class ReplyForm(forms.Form):
    """What the worker says to the answer."""

    accepted = forms.ChoiceField(
        label="Is this answer right for you?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )  # fmt: skip
    words = forms.CharField(
        label="What you want to add", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class FreezeForm(forms.Form):
    """Freezing a post."""

    begins = DayField(label="From which day?")
    because = forms.CharField(
        label="Why may it not be filled?", max_length=200, error_messages={"required": "Say why."}
    )


class SeatForm(forms.Form):
    """Letting somebody sit in a seat."""

    seat = forms.ChoiceField(label="Which seat?", error_messages={"required": "Choose the seat."})
    worker = forms.ChoiceField(label="Who?", error_messages={"required": "Choose who sits there."})
    kind = forms.ChoiceField(label="How?", choices=Occupancy.Kind.choices)
    hours = forms.DecimalField(
        label="Hours a week", required=False, min_value=Decimal("0.5"), max_value=Decimal(60), decimal_places=2,
        help_text="Empty means all hours of the seat.",
    )  # fmt: skip
    begins = DayField(label="From which day?")

    def __init__(
        self,
        *args: object,
        seats: Sequence[tuple[int, str]],
        workers: Sequence[tuple[int, str]],
        **more: object,
    ):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        for name, choices in (("seat", seats), ("worker", workers)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "Choose"), *choices]


class LeaveForm(forms.Form):
    """Ending somebody's time in a seat."""

    occupancy = forms.ChoiceField(
        label="Who leaves the seat?", error_messages={"required": "Choose who leaves."}
    )
    on = DayField(label="From which day is the seat free?")
    kept = forms.ChoiceField(
        label="Has the worker the right to come back to it?", required=False,
        choices=[("", "No"), *Kept.Why.choices],
    )  # fmt: skip

    def __init__(self, *args: object, sitting: Sequence[tuple[int, str]], **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        field = self.fields["occupancy"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *sitting]


class SheetForm(forms.Form):
    """A spreadsheet of posts to take in."""

    file = forms.FileField(
        label="The spreadsheet", help_text="XLSX or CSV, at most 5 MB, with the columns of the sheet that you take out here.",
        error_messages={"required": "Choose the file."},
    )  # fmt: skip
    trial = forms.BooleanField(label="Only try it: say what would happen, and change nothing", required=False)


class ConflictForm(forms.Form):
    """Declaring a conflict of interest about a child."""

    words = forms.CharField(
        label="What is the conflict of interest?", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For example: related, a neighbour, a complaint between you. It is sealed: you and your manager read it.",
        error_messages={"required": "Say in a few words what it is."},
    )  # fmt: skip


class SeveralForm(forms.Form):
    """Several families who wait for a worker: for each the chosen worker, or nobody yet, and why if it is another."""

    def __init__(
        self,
        *args: object,
        families: Sequence[tuple[int, str, int]],
        workers: Sequence[tuple[int, str]],
        **more: object,
    ):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.families = families
        for key, name, suggested in families:
            self.fields[f"worker_{key}"] = forms.TypedChoiceField(
                label=f"Worker for {name}", coerce=int, required=False, empty_value=None, initial=suggested or "",
                choices=[("", "Nobody yet"), *workers],
            )  # fmt: skip
            self.fields[f"because_{key}"] = forms.CharField(
                label=f"Why another worker for {name}?", required=False, max_length=500,
                help_text="Only if it is another than is suggested.",
            )  # fmt: skip
            self.fields[f"seen_{key}"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=suggested
            )

    def clean(self) -> dict[str, object]:
        found: dict[str, object] = super().clean() or {}
        for key, _, suggested in self.families:
            chosen, seen = found.get(f"worker_{key}"), found.get(f"seen_{key}")
            if chosen and seen is not None and seen != suggested:
                shown_again(self, f"seen_{key}", suggested)
                self.add_error(f"worker_{key}", CHANGED)
            elif chosen and suggested and chosen != suggested and not found.get(f"because_{key}"):
                self.add_error(f"because_{key}", WHY_ANOTHER)
        return found

    @property
    def chosen(self) -> list[tuple[int, int, str]]:
        """Family, worker, and the reason where another than the one suggested was chosen."""
        said = self.cleaned_data
        return [
            (key, said[f"worker_{key}"], said[f"because_{key}"]) for key, _, _ in self.families if said[f"worker_{key}"]
        ]  # fmt: skip


class PickForm(forms.Form):
    """Which of the moves are made, and why."""

    moves = forms.TypedMultipleChoiceField(
        label="Which moves do you make?", coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one move, or leave the page."},
    )  # fmt: skip
    change_reason = forms.ChoiceField(
        label="Why does the worker change?", error_messages={"required": "Say why the worker changes."}
    )
    reasons = forms.CharField(
        label="What you want to remember about it", widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stands in each child’s file. The families are told before they meet the other worker.",
        error_messages={"required": "Say why the families get another worker."},
    )  # fmt: skip

    def __init__(self, *args: object, moves: Sequence[tuple[int, str]], **more: object):
        super().__init__(*args, **more)  # type: ignore[arg-type]
        for name, choices in (("moves", list(moves)), ("change_reason", change_reasons())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
