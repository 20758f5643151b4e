"""Words that several pages of the partnership share."""

from __future__ import annotations


def hours_words(hours: float | None) -> str:
    """A usual wait in words."""
    if hours is None:
        return "no answer yet"
    if hours < 1:
        return f"{round(hours * 60)} minutes"
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.0f} days"


def of_all(part: int, whole: int) -> str:
    """So many of all, as counts and in a hundred."""
    return f"{part} of {whole}, {round(100 * part / whole)}%" if whole else "none"
