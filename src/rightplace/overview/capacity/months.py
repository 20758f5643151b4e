"""Months as numbers that grow, counted from January of the year nought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
Months = Mapping[int, float]


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def day_of(month: int) -> date:
    """Its first day."""
    return date(month // 12, month % 12 + 1, 1)


def instant(day: date) -> datetime:
    """When a day begins here."""
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)
