"""Pounds as people type them, and why something else is not taken for an amount."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

MILLIONS: Mapping[str, int] = {"million": 1_000_000, "m": 1_000_000, "thousand": 1_000, "k": 1_000}
NUMBER = re.compile(r"£?\s*(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)")
AMOUNT = re.compile(rf"{NUMBER.pattern}\s*(?P<times>{'|'.join(MILLIONS)})?\s*(?:pounds?)?")


class MoneyField(forms.CharField):
    """Pounds as people write them: 34,500,000, £34.5 million or 34.5m. Nothing that was typed is passed over."""

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        found = AMOUNT.fullmatch(typed.lower())
        if found is None:
            raise ValidationError(_not_pounds(typed))
        pounds = float(found["number"].replace(",", "")) * MILLIONS.get(found["times"], 1)
        if not 1 <= pounds <= 1e11:
            raise ValidationError("Give at least one pound, and no more than a council has.")
        return pounds


def _not_pounds(typed: str) -> str:
    """Why it cannot be read: which words nobody knows, or that there is no number."""
    number = NUMBER.match(typed)
    if number is None:
        return "Give pounds, for example 34.5 million or 250,000."
    return (
        f"“{typed[number.end() :].strip()[:40]}” after the number is not understood. Write only the pounds, for example "
        "34.5 million or 250,000."
    )


def money(label: str, help_text: str) -> MoneyField:
    return MoneyField(
        label=label, required=False, help_text=help_text, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )  # fmt: skip
