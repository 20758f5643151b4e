"""What a person types about access: which role, why a file is opened, why glass is broken and how it was reviewed."""

from __future__ import annotations

from django import forms

from rightplace.foundation.access.models import AccessReason, BreakGlass


class ReasonForm(forms.Form):
    """Why a file outside one's own work is opened: one tap, or words."""

    why = forms.ChoiceField(
        label="Why do you open this file?",
        help_text="It is not your own work. Your reason is kept with your name, and holds for today.",
        choices=AccessReason.Why.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you open this file."},
    )
    words = forms.CharField(label="In your words", required=False, max_length=500, widget=forms.Textarea)


class BreakGlassForm(forms.Form):
    """Which file, and what the emergency is."""

    file = forms.IntegerField(
        label="File number",
        min_value=1,
        max_value=2**63 - 1,
        error_messages={
            "required": "Give the number of the file.",
            "invalid": "A file number is digits only.",
            "min_value": "A file number is digits only.",
            "max_value": "A file number has at most 19 digits.",
        },
    )
    reason = forms.CharField(
        label="What is the emergency?",
        help_text="An information governance officer is told at once and reviews this within one working day.",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Say in a sentence what the emergency is."},
    )


class ReviewForm(forms.Form):
    """Whether a breaking was right."""

    outcome = forms.ChoiceField(
        label="Was it right?",
        choices=BreakGlass.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was right."},
    )
    words = forms.CharField(
        label="What did you look at, and what did you find?",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Say in a sentence what you looked at and found."},
    )
