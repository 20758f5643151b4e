"""Hours, days and lists as a page says them."""

from __future__ import annotations

from collections.abc import Iterable


def hours_words(minutes: float) -> str:
    """Minutes as hours and minutes: "2 hours 15 minutes"."""
    whole = round(abs(minutes))
    hours, rest = divmod(whole, 60)
    said = []
    if hours:
        said.append("1 hour" if hours == 1 else f"{hours:,} hours")
    if rest or not hours:
        said.append("1 minute" if rest == 1 else f"{rest} minutes")
    return ("less " if minutes < 0 and whole else "") + " ".join(said)


def days_words(days: int) -> str:
    """A number of days."""
    return "1 day" if days == 1 else f"{days} days"


def listed(names: Iterable[str]) -> str:
    """Names in the order of the alphabet, spaces for underlines: "court and child protection"."""
    said = [name.replace("_", " ") for name in sorted(names)]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
