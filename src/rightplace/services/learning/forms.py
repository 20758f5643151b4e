"""What is typed about courses, bookings and first years, and the sentence when it is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from rightplace.common.web.forms import DayField
from rightplace.services.learning.models import Booking

Choices = Sequence[tuple[str, str]]


class CourseForm(forms.Form):
    """A course that is offered."""

    title = forms.CharField(label="Title", max_length=120, error_messages={"required": "Give a title."})
    kind = forms.ChoiceField(label="What it is about", error_messages={"required": "Choose a kind."})
    provider = forms.CharField(
        label="Who gives it", max_length=120, error_messages={"required": "Say who gives it."}
    )
    days = forms.DecimalField(label="How many days", min_value=Decimal("0.1"), max_value=60, decimal_places=1)
    pounds = forms.DecimalField(
        label="Cost for each, in pounds", required=False, min_value=0, max_value=100_000, decimal_places=2,
        help_text="Empty means not known.",
    )  # fmt: skip
    begins = DayField(label="From which day is it offered?")

    def __init__(self, *args: Any, kinds: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [("", "Choose"), *kinds.items()]  # type: ignore[attr-defined]


class BookForm(forms.Form):
    """Booking oneself on a course."""

    on = DayField(label="On which day?", error_messages={"required": "Give the day of the course."})


class BookOthersForm(BookForm):
    """Booking somebody on a course."""

    worker = forms.ChoiceField(label="Who?", error_messages={"required": "Choose who."})
    field_order = ("worker", "on")

    def __init__(self, *args: Any, workers: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["worker"].choices = [("", "Choose"), *workers]  # type: ignore[attr-defined]


class WentForm(forms.Form):
    """Who was there."""

    booking = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(choices=Booking.State.choices)


class WordsForm(forms.Form):
    """Words of one's own."""

    words = forms.CharField(
        label="In your own words", max_length=6000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write it down."},
    )  # fmt: skip

    def __init__(self, *args: Any, label: str = "", hint: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["words"].label = label or self.fields["words"].label
        self.fields["words"].help_text = hint


class HeldForm(WordsForm):
    """A review that was held."""

    on = DayField(label="On which day was it held?", error_messages={"required": "Give the day."})


class CertificateForm(forms.Form):
    """A certificate to keep."""

    file = forms.FileField(
        label="The certificate", help_text="PDF, JPEG, PNG, HEIC, Word or plain text, at most 10 MB.",
        error_messages={"required": "Choose the file."},
    )  # fmt: skip


class FirstYearForm(forms.Form):
    """Beginning a supervised first year."""

    worker = forms.ChoiceField(label="Who begins?", error_messages={"required": "Choose who begins."})
    supervisor = forms.ChoiceField(
        label="Who supervises?", error_messages={"required": "Choose who supervises."}
    )
    first_day = DayField(label="From which day?", error_messages={"required": "Give the day."})

    def __init__(self, *args: Any, workers: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("worker", "supervisor"):
            self.fields[name].choices = [("", "Choose"), *workers]  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """A spreadsheet of who took what."""

    file = forms.FileField(
        label="The spreadsheet", help_text="XLSX or CSV, at most 5 MB: worker number, worker, course, date, outcome.",
        error_messages={"required": "Choose the file."},
    )  # fmt: skip
    trial = forms.BooleanField(label="Only try it: say what would happen, and change nothing", required=False)
