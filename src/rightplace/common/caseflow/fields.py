"""Fields that several forms about a child have."""

from __future__ import annotations

from django import forms


def said(label: str, missing: str = "", help_text: str = "", rows: int = 3) -> forms.CharField:
    """Free words; `missing` is the sentence when they are needed and not there."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(missing),
        error_messages={"required": missing or ""},
        widget=forms.Textarea(attrs={"rows": rows}),
    )
