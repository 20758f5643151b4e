"""A statement on A4, as PDF: our colours and our font, embedded; nobody's name, nothing fetched.

Made from the same picture, sentences and tables as the page. A letter that the font lacks loses its accent rather
than being lost.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC
from functools import cache
from typing import Any

from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from rightplace.common.web import words
from rightplace.common.web.charts import BarChart
from rightplace.services.funding.presenters.statement import StatementPage, Table, in_words, is_total
from rightplace.services.funding.years import year_words

FONT = "source-sans-3"
FILES = {"": "built/fonts/source-sans-3-400.ttf", "B": "built/fonts/source-sans-3-600.ttf"}
BAR, ACROSS = 7.0, 60.0
BELOW: Any = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}
MARGIN = 18.0
LINE = 5.5


def _colour(value: str) -> tuple[int, int, int]:
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


PETROL, INK, QUIET, SAND, GREY = (
    _colour(each) for each in ("#0F4C5C", "#17262E", "#4B5A63", "#F5F3EE", "#8B979D")
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


class _Sheet(FPDF):
    """An A4 page with the mark above and the number of the page below."""

    def __init__(self, said: StatementPage) -> None:
        super().__init__(format="A4")
        self.said = said
        for style in FILES:
            self.add_font(FONT, style, _font(style))
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN + 4)
        self.alias_nb_pages()

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
        counted = words.when(self.said.told.counted)
        self.cell(0, 5, written(f"Statement {year_words(self.said.told.year)}. Counted {counted}."))
        self.set_x(-MARGIN - 40)
        self.cell(40, 5, f"Page {self.page_no()} of {{nb}}", align="R")


def as_pdf(said: StatementPage) -> bytes:
    """The statement as the bytes of a PDF. What it says of itself holds no name."""
    sheet = _Sheet(said)
    sheet.set_title(f"Statement {year_words(said.told.year)}")
    sheet.set_creator("Rightplace")
    sheet.set_producer("Rightplace")
    sheet.set_lang("en-GB")
    sheet.set_creation_date(said.told.counted.astimezone(UTC))
    sheet.add_page()
    sheet.set_text_color(*INK)
    sheet.set_font(FONT, "B", 20)
    sheet.multi_cell(0, 9, written(said.told.name), align="L", **BELOW)
    sheet.set_font(FONT, "", 13)
    sheet.cell(0, 8, f"Its share of family support, {year_words(said.told.year)}", new_x=XPos.LMARGIN,
               new_y=YPos.NEXT)  # fmt: skip
    sheet.ln(2)
    if said.chart is not None:
        _picture(sheet, said.chart)
    _sentences(sheet, said)
    for table in said.tables:
        _table(sheet, table)
    return bytes(sheet.output())


def _picture(sheet: _Sheet, chart: BarChart) -> None:
    """The page's picture: bars from nought, each with its name and figure."""
    sheet.set_font(FONT, "B", 11)
    sheet.cell(0, BAR, written(chart.finding), **BELOW)
    scale = (sheet.epw - ACROSS - 20) / chart.most
    for bar in chart.bars:
        top, value = sheet.get_y(), bar.value or 0.0
        sheet.set_font(FONT, "B" if bar.subject else "", 10)
        sheet.cell(ACROSS, BAR, written(bar.name))
        sheet.set_fill_color(*(PETROL if bar.subject else GREY))
        sheet.rect(MARGIN + ACROSS, top + 1, value * scale, BAR - 2, style="F")
        sheet.set_x(MARGIN + ACROSS + value * scale + 1)
        sheet.cell(20, BAR, f"{value:,.1f}", **BELOW)
    sheet.ln(3)


def _sentences(sheet: _Sheet, said: StatementPage) -> None:
    sheet.set_font(FONT, "", 11)
    unknown = [f"Not known: {said.unknown}"] if said.unknown else []
    for sentence in [*said.sentences, *unknown]:
        sheet.multi_cell(0, LINE, written(sentence), align="L", **BELOW)
        sheet.ln(1)


def _table(sheet: _Sheet, table: Table) -> None:
    sheet.ln(4)
    sheet.set_font(FONT, "B", 13)
    sheet.set_text_color(*PETROL)
    sheet.cell(0, 8, written(table.heading), **BELOW)
    sheet.set_text_color(*INK)
    sheet.set_font(FONT, "", 10)
    if not table.rows:
        sheet.multi_cell(0, LINE, written(table.empty), align="L", **BELOW)
        return
    sheet.set_draw_color(*QUIET)
    sheet.set_line_width(0.15)
    sheet.set_fill_color(255)
    align = tuple("RIGHT" if column.number else "LEFT" for column in table.web_columns)
    heads = FontFace(emphasis="BOLD", fill_color=SAND, color=INK)
    with sheet.table(
        borders_layout="HORIZONTAL_LINES", text_align=align, line_height=LINE + 0.5, headings_style=heads,
        col_widths=_widths(table), padding=(0.6, 1.2),
    ) as drawn:  # fmt: skip
        drawn.row([written(name) for name in table.columns])
        for row in table.rows:
            drawn.row([written(in_words(each)) for each in row], style=heads if is_total(row) else None)
    if table.note:
        sheet.ln(1)
        sheet.set_font(FONT, "", 9)
        sheet.set_text_color(*QUIET)
        sheet.multi_cell(0, 4.5, written(table.note), align="L", **BELOW)
        sheet.set_text_color(*INK)


def _widths(table: Table) -> tuple[int, ...]:
    """Widths after what the columns hold, none so narrow that a date breaks."""
    longest = [
        max(len(name), *(len(in_words(row[place])) for row in table.rows))
        for place, name in enumerate(table.columns)
    ]
    return tuple(min(max(length, 9), 34) for length in longest)
