"""The smallest establishment that was found, as sentences and a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Row

COLUMNS: Final = (Column("Teams"), Column("Posts now", number=True), Column("Fewest", number=True))
LARGEST: Final = (*COLUMNS[:2], Column("Largest tried", number=True))


def columns(found: Mapping[str, Any]) -> tuple[Column, ...]:
    """Where nothing keeps what was asked, the table shows the largest that was tried."""
    return LARGEST if any("No establishment" in each for each in short(found)) else COLUMNS


def short(found: Mapping[str, Any]) -> list[str]:
    """What was found, or how far it is."""
    return [str(each) for each in found.get("short", ())]


def rows(found: Mapping[str, Any]) -> list[Row]:
    """By kind of team: posts now and the fewest."""
    told = [
        (words.capitalised(str(name)), int(now), int(fewest)) for name, now, fewest in found.get("kinds", ())
    ]
    whole = ("All together", sum(now for _, now, _ in told), sum(fewest for *_, fewest in told))
    return [Row(list(each)) for each in [*told, whole]] if told else []


def not_tried(found: Mapping[str, Any]) -> list[str]:
    """What the search left out."""
    return [str(each) for each in found.get("not_tried", ())]
