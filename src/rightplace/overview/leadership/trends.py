"""How a figure went, week by week: its own definition asked at past moments, of all that is known by the moment asked.

Only what begins and ends can be asked so: stays of children, and things that happened. What is met or decided later
cannot be told apart from what was open then, and is not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from rightplace.domain.practice.figures import Figure
from rightplace.domain.practice.rows import HappeningRow, SpanRow
from rightplace.foundation.access.actor import Actor
from rightplace.overview.leadership.counting import Asked, numbers_at

WEEKS = 26


class Week(NamedTuple):
    """One moment a week apart; None where nothing was recorded yet."""

    at: datetime
    value: float | None


def has_trend(figure: Figure) -> bool:
    """Whether a past week can be counted from what begins and ends."""
    return figure.rows in (SpanRow, HappeningRow)


def trend(actor: Actor, figure: Figure, asked: Asked, weeks: int = WEEKS) -> Sequence[Week]:
    """The figure at this moment and each week before it; for a share, in percent."""
    moments = [asked.now - timedelta(weeks=back) for back in range(weeks, -1, -1)]
    first = _first()
    days = (figure.period or (0, 0))[0]
    known = [at for at in moments if first is not None and at - timedelta(days=days) >= first]
    counted = dict(
        zip(known, numbers_at(actor, figure, [replace(asked, now=at) for at in known]), strict=True)
    )
    return [Week(at, _value(figure, counted.get(at))) for at in moments]


def _value(figure: Figure, counted: tuple[int, int | None] | None) -> float | None:
    if counted is None:
        return None
    n, of = counted
    if figure.of is None:
        return float(n)
    return round(100 * n / of, 1) if of else None


def _first() -> datetime | None:
    """When the record begins."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(begins) FROM journal_span")
        found: datetime | None = cursor.fetchone()[0]
    return found


def finding(figure: Figure, weeks: Sequence[Week]) -> str:
    """What the line says, as its title."""
    known = [week for week in weeks if week.value is not None]
    if len(known) < 2:
        return f"{figure.title}: too little is recorded to say how it went"
    first, last = known[0].value or 0.0, known[-1].value or 0.0
    went = "rose" if last > first else "fell" if last < first else "stayed"
    unit = "%" if figure.of is not None else ""
    span = f"in {len(known) - 1} weeks"
    if went == "stayed":
        return f"{figure.title} stayed at {last:,g}{unit} {span}"
    return f"{figure.title} {went} from {first:,g}{unit} to {last:,g}{unit} {span}"
