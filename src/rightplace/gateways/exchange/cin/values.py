"""Reads the text of single elements: days, instants, yes or no, counts, codes. None where it cannot be read."""

import re
from datetime import date, datetime
from typing import Final

EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2100, 12, 31)
"""Beyond these a date is a slip or a filler such as 9999-12-31, and says nothing."""

_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ][\d:.,]*)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII)
_BRITISH: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: [\d:.]*)?", re.ASCII)
_COUNT: Final = re.compile(r"\+?\d{1,6}", re.ASCII)
_FLAGS: Final = {"0": False, "1": True, "false": False, "true": True}


def day(text: str) -> date | None:
    """A date or the date part of an instant, as it is written; a time zone moves nothing."""
    if len(text) == 10 and text[4:5] == "-":
        return _within(text)
    match = _DAY.fullmatch(text)
    return _within("-".join(match.groups())) if match else None


def british_day(text: str) -> date | None:
    """A date as day/month/year: not the census's form, but there is only one way to read it in England."""
    match = _BRITISH.fullmatch(text)
    if not match:
        return None
    return _within(f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}")


def _within(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def instant(text: str) -> datetime | None:
    """A date and time; aware when the file names a zone."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def flag(text: str) -> bool | None:
    """0, 1, true or false."""
    return _FLAGS.get(text.lower())


def count(text: str) -> int | None:
    """A whole number of nought or more."""
    return int(text) if _COUNT.fullmatch(text) else None
