"""What a field of a directory says, read as a day, a time, a number or plain words; None where it cannot be read."""

from __future__ import annotations

import html
import math
import re
from datetime import date, datetime, time
from html.parser import HTMLParser
from typing import Any

MOST_LETTERS = 100_000
"""A text longer than this is no description."""
PLAIN_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ISO_DAY = re.compile(r"(\d{4})([-/])(\d{2})\2(\d{2})(?:[T ].*)?")
UK_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
SPOKEN_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{4})", re.IGNORECASE)
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
CLOCK = re.compile(
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?\s*(?:Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE
)
SCRIPT = re.compile(
    r"<\s*/?\s*(?:script|iframe|object|embed|svg|meta|link|base|form|style)\b|(?:java|vb)script\s*:|data\s*:\s*text/html"
    r"|<[^>]*\son[a-z]+\s*=",
    re.IGNORECASE,
)


def day_in(said: Any) -> date | None:
    """A day, from 2026-03-03 or as people here write it: 3/3/2026, 3 March 2026. Never guessed."""
    if not isinstance(said, str):
        return None
    text = said.strip()
    if found := ISO_DAY.fullmatch(text):
        parts = [int(found[1]), int(found[3]), int(found[4])]
    elif found := UK_DAY.fullmatch(text):
        parts = [int(found[4]), int(found[3]), int(found[1])]
    elif found := SPOKEN_DAY.fullmatch(text):
        parts = [int(found[3]), _month_called(found[2].lower()), int(found[1])]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _month_called(name: str) -> int:
    """The month of a name or of its beginning; 0, which is none, for any other word."""
    return next((place for place, each in enumerate(MONTHS, 1) if each.startswith(name)), 0)


def is_plain_day(said: Any) -> bool:
    """Whether it is a day as the standard writes it."""
    return isinstance(said, str) and bool(PLAIN_DAY.fullmatch(said)) and day_in(said) is not None


def instant_in(said: Any) -> datetime | None:
    """An instant as RFC 3339 writes it."""
    if not isinstance(said, str) or len(said) < 19:
        return None
    try:
        return datetime.fromisoformat(said.strip().replace("Z", "+00:00").replace("z", "+00:00"))
    except ValueError:
        return None


def is_plain_instant(said: Any) -> bool:
    """Whether it is an instant with its offset, as the standard writes it."""
    found = instant_in(said)
    return found is not None and found.tzinfo is not None and "T" in str(said).upper()


def time_in(said: Any) -> time | None:
    """A time of the day by the clock on the wall; an offset says of which country, and is left aside."""
    found = CLOCK.fullmatch(said.strip()) if isinstance(said, str) else None
    if not found:
        return None
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    try:
        return time(0) if hour == 24 and found[2] == "00" else time(hour, int(found[2]))
    except ValueError:
        return None


def number_in(said: Any) -> float | None:
    """A number, from a number or its digits."""
    if isinstance(said, bool):
        return None
    try:
        found = float(said) if isinstance(said, int | float) else float(str(said).strip().lstrip("£"))
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def tidy_number(number: float) -> int | float:
    """Five as 5 and not as 5.0."""
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


class _Words(HTMLParser):
    """Gathers what stands between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in ("p", "br", "li", "div", "ul", "ol", "h1", "h2", "h3", "tr"):
            self.found.append("\n")


def plain(said: Any, most: int = 4000) -> str:
    """The words of a text, its markup left out: what a page shows, never what is kept."""
    if not isinstance(said, str):
        return "" if said is None else str(said)[:most]
    text = said
    if "<" in text:
        words = _Words()
        words.feed(text)
        words.close()
        text = "".join(words.found)
    elif "&" in text:
        text = html.unescape(text)
    return re.sub(r"[ \t\r\f\v]+", " ", re.sub(r"\s*\n\s*", "\n", text)).strip()[:most]


def hostile(said: Any) -> str:
    """Why a text must not be kept, or nothing: script, letters that no database takes, or far too much of it."""
    for each in _texts(said):
        if len(each) > MOST_LETTERS:
            return f"a text is longer than {MOST_LETTERS:,} letters"
        if "\x00" in each or any("\ud800" <= sign <= "\udfff" for sign in each):
            return "a text holds characters that are no text"
        if SCRIPT.search(html.unescape(each) if "&" in each else each):
            return "a text holds script or markup that runs"
    return ""


def _texts(said: Any) -> list[str]:
    """Every text in a value, its names too, without going down by recursion."""
    found, waiting = [], [said]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            found.append(each)
        elif isinstance(each, dict):
            waiting.extend(each.keys())
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return found
