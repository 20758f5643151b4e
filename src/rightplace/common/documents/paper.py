"""Papers on A4 as PDF: our mark, colours and font, embedded; nothing fetched, and what it says of itself holds no name.

A letter that the font lacks loses its accent rather than being lost. What a paper says is the service's.
"""

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
from fpdf.fonts import FontFace

FONT = "source-sans-3"
FILES = {"": "built/fonts/source-sans-3-400.ttf", "B": "built/fonts/source-sans-3-600.ttf"}
BELOW: Any = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}
MARGIN = 18.0
LINE = 5.5


def colour(value: str) -> tuple[int, int, int]:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


PETROL, INK, QUIET, SAND, GREY = (
    colour(each) for each in ("#0F4C5C", "#17262E", "#4B5A63", "#F5F3EE", "#8B979D")
)


@cache
def _font(style: str) -> str:
    """Where a style of our font lies: set-up joins it from the locked packages."""
    found = finders.find(FILES[style])
    if not found:
        raise FileNotFoundError("The font for paper is not built: run make setup.")
    return str(found)


@cache
def _letters() -> frozenset[int]:
    """Every letter that the font has."""
    return frozenset(TTFont(_font("")).getBestCmap())


def written(text: str) -> str:
    """The text in letters that the font has."""
    return "".join(each if ord(each) in _letters() else _plain(each) for each in text)


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode() or "?"


class Sheet(FPDF):
    """An A4 page with the mark above, and below what it is and the number of the page."""

    def __init__(self, title: str, below: str, made: datetime) -> None:
        super().__init__(format="A4")
        self.below = below
        for style in FILES:
            self.add_font(FONT, style, _font(style))
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 4)
        self.alias_nb_pages()
        self.set_title(title)
        self.set_creator("Rightplace")
        self.set_producer("Rightplace")
        self.set_lang("en-GB")
        self.set_creation_date(made.astimezone(UTC))

    def header(self) -> None:
        self.set_draw_color(*PETROL)
        self.set_line_width(0.9)
        self.polyline([(MARGIN, 19.5), (MARGIN, 12.5), (MARGIN + 6, 12.5), (MARGIN + 6, 19.5)])
        self.set_fill_color(*PETROL)
        self.ellipse(MARGIN + 2.1, 16.4, 1.8, 1.8, style="F")
        self.set_xy(MARGIN + 9, 13)
        self.set_font(FONT, "B", 13)
        self.set_text_color(*PETROL)
        self.cell(0, 7, "Rightplace", **BELOW)
        self.ln(6)

    def footer(self) -> None:
        self.set_y(-MARGIN)
        self.set_font(FONT, "", 9)
        self.set_text_color(*QUIET)
        self.cell(0, 5, written(self.below))
        self.set_x(-MARGIN - 40)
        self.cell(40, 5, f"Page {self.page_no()} of {{nb}}", align="R")

    def say(self, sentences: Sequence[str]) -> None:
        """Sentences, one below the other."""
        self.set_text_color(*INK)
        self.set_font(FONT, "", 11)
        for sentence in sentences:
            self.multi_cell(0, LINE, written(sentence), align="L", **BELOW)
            self.ln(1)

    def head(self, words: str) -> None:
        """A heading within the paper."""
        self.ln(3)
        self.set_font(FONT, "B", 13)
        self.set_text_color(*PETROL)
        self.multi_cell(0, 7, written(words), align="L", **BELOW)
        self.set_text_color(*INK)

    def lay(self, columns: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: int = 0) -> None:
        """A table; that many of its last columns are figures."""
        self.set_font(FONT, "", 10)
        self.set_draw_color(*QUIET)
        self.set_line_width(0.15)
        self.set_fill_color(255)
        first = len(columns) - numbers
        align = tuple("LEFT" if place < first else "RIGHT" for place in range(len(columns)))
        heads = FontFace(emphasis="BOLD", fill_color=SAND, color=INK)
        with self.table(
            borders_layout="HORIZONTAL_LINES", text_align=align, line_height=LINE + 0.5, headings_style=heads,
            padding=(0.6, 1.2),
        ) as drawn:  # fmt: skip
            for line in (columns, *rows):
                drawn.row([written(each) for each in line])
