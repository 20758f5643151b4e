"""A letter on A4, as PDF: our font and colours, nothing fetched. Its file name holds a number, never a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from rightplace.services.selection.presenters.sections import Section

FONT = "source-sans-3"
FILES = {"": "built/fonts/source-sans-3-400.ttf", "B": "built/fonts/source-sans-3-600.ttf"}
BELOW: Any = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}
MARGIN, LINE = 22.0, 6.0
PETROL, INK = (15, 76, 92), (23, 38, 46)


@cache
def _font(style: str) -> str:
    """Where a style of our font lies: set-up joins it from the locked packages."""
    found = finders.find(FILES[style])
    if not found:
        raise FileNotFoundError("The font for paper is not built: run make setup.")
    return str(found)


@cache
def _letters() -> frozenset[int]:
    return frozenset(TTFont(_font("")).getBestCmap())


def written(text: str) -> str:
    """The text in letters that the font has; one that it lacks loses its accent rather than being lost."""
    plain = (unicodedata.normalize("NFKD", each).encode("ascii", "ignore").decode() or "?" for each in text)
    return "".join(
        each if ord(each) in _letters() else other for each, other in zip(text, plain, strict=True)
    )


def as_pdf(number: int, to: str, made: datetime, parts: Sequence[Section]) -> bytes:
    """The letter as the bytes of a PDF."""
    sheet = FPDF(format="A4")
    for style in FILES:
        sheet.add_font(FONT, style, _font(style))
    sheet.set_margins(MARGIN, MARGIN, MARGIN)
    sheet.set_auto_page_break(True, margin=MARGIN)
    sheet.set_title(f"Letter {number}")
    sheet.set_creator("Rightplace")
    sheet.set_producer("Rightplace")
    sheet.set_lang("en-GB")
    sheet.set_creation_date(made.astimezone(UTC))
    sheet.add_page()
    _line(sheet, "Rightplace", 13, "B", PETROL)
    sheet.ln(8)
    _line(sheet, to, 11, "", INK)
    _line(sheet, f"{made:%d %B %Y} · letter {number}", 11, "", INK)
    sheet.ln(4)
    _line(sheet, "Your place in the new structure", 18, "B", INK)
    for part in parts:
        sheet.ln(4)
        _line(sheet, part.heading, 13, "B", PETROL)
        for sentence in part.says:
            _line(sheet, sentence, 11, "", INK)
            sheet.ln(1)
    return bytes(sheet.output())


def _line(sheet: FPDF, text: str, size: float, style: str, colour: tuple[int, int, int]) -> None:
    sheet.set_font(FONT, style, size)  # type: ignore[arg-type]
    sheet.set_text_color(*colour)
    sheet.multi_cell(0, LINE if size < 14 else 9, written(text), align="L", **BELOW)
