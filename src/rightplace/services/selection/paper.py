"""A letter on A4, as PDF, on the house's own paper. Its file name holds a number, never a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rightplace.common.documents.paper import BELOW, FONT, INK, Sheet, written
from rightplace.services.selection.presenters.sections import Section


def as_pdf(number: int, to: str, made: datetime, parts: Sequence[Section]) -> bytes:
    """The letter as the bytes of a PDF."""
    sheet = Sheet(f"Letter {number}", f"Letter {number}", made)
    sheet.add_page()
    sheet.say([to, f"{made:%d %B %Y} · letter {number}"])
    sheet.ln(4)
    sheet.set_text_color(*INK)
    sheet.set_font(FONT, "B", 18)
    sheet.multi_cell(0, 9, written("Your place in the new structure"), align="L", **BELOW)
    for part in parts:
        sheet.head(part.heading)
        sheet.say(part.says)
    return bytes(sheet.output())
