"""How many signals were given and what became of them, by agency, kind and month: for the agency and for leaders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import connection

UPSERT = """
INSERT INTO signals_tally (agency, kind, month, what, number) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (agency, kind, month, what) DO UPDATE SET number = signals_tally.number + EXCLUDED.number
"""


def count(agency: int, day: date, counted: Mapping[tuple[str, str], int]) -> None:
    """Add what happened on a day: (kind, what) with its number."""
    month = day.replace(day=1)
    rows = [(agency, kind, month, what, number) for (kind, what), number in sorted(counted.items())]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(UPSERT, rows)
