"""How a dated row is written: when and by whom it was recorded, and its end, said once."""

from __future__ import annotations

from datetime import date, datetime

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.hooks import Author
from rightplace.foundation.organisation.models import Dated


def recorded(by: Author) -> dict[str, datetime | int]:
    """Who records a row, and when: now."""
    return {"recorded_at": clock.now(), "recorded_by_id": by.worker}


def ended(on: date, by: Author) -> dict[str, date | datetime | int]:
    """The end of a row and who records it, for rows that are written with their end."""
    return {"ends": on, "end_recorded_at": clock.now(), "end_recorded_by_id": by.worker}


def end_row(row: Dated, on: date, by: Author) -> None:
    """Give a row its last day, said once: an end that is past is not moved."""
    today = clock.today()
    if row.ends is not None and row.ends <= today:
        raise Refused("This has already ended.", "Record what is true now as a new row.")
    if on < row.begins:
        raise Refused("It cannot end before it began.", f"Give a day from {row.begins:%d %B %Y} on.")
    row.ends, row.end_recorded_at, row.end_recorded_by_id = on, clock.now(), by.worker
    row.save(update_fields=["ends", "end_recorded_at", "end_recorded_by"])
