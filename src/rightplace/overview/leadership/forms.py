"""What leaders type: a past moment to look at, a narrowing, and what is being done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from rightplace.common.web.forms import DayField
from rightplace.foundation.organisation import clock

LONDON: Final = ZoneInfo("Europe/London")
NO_SUCH = "A time is hours and minutes, for example 09:00."


class NarrowForm(forms.Form):
    """Which team or area, and as at which past moment."""

    area = forms.TypedChoiceField(label="Area", coerce=int, empty_value=0, required=False)  # type: ignore[arg-type]
    team = forms.TypedChoiceField(label="Team", coerce=int, empty_value=0, required=False)  # type: ignore[arg-type]
    on = DayField(label="As at (a past day)", required=False)
    clock = forms.CharField(
        label="At what time?", required=False, max_length=5, help_text="For example 09:00.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, areas: Sequence[tuple[int, str]], teams: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "The whole city"), *areas]  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", "Every team"), *teams]  # type: ignore[attr-defined]

    def clean_clock(self) -> time | None:
        typed = self.cleaned_data["clock"].strip().replace(".", ":")
        if not typed:
            return None
        try:
            return time.fromisoformat(typed if len(typed) == 5 else f"0{typed}")
        except ValueError:
            raise ValidationError(NO_SUCH) from None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("clock") is not None and not said.get("on") and "on" not in self.errors:
            said["on"] = clock.today()
        moment = self._moment(said.get("on"), said.get("clock"))
        if moment is not None and moment > clock.now():
            self.add_error("on", "That moment is still to come; nothing is known of it.")
        return said | {"moment": moment}

    @staticmethod
    def _moment(day: date | None, at: time | None) -> datetime | None:
        if day is None:
            return None
        if at is None:
            at = time(23, 59) if day != clock.today() else None
        return datetime.combine(day, at, LONDON) if at is not None else clock.now()


class NoteForm(forms.Form):
    """What is being done about a figure."""

    text = forms.CharField(
        label="What is being done, by whom, by when?",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what is being done."},
    )
