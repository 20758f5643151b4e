"""A statement on A4, as PDF: our colours and our font, embedded; nobody's name, nothing fetched.

Made from the same picture, sentences and tables as the page.
"""

from __future__ import annotations

from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from rightplace.common.documents.paper import (
    BELOW,
    FONT,
    GREY,
    INK,
    LINE,
    MARGIN,
    PETROL,
    QUIET,
    SAND,
    Sheet,
    written,
)
from rightplace.common.web import words
from rightplace.common.web.charts import BarChart
from rightplace.services.funding.presenters.statement import StatementPage, Table, in_words, is_total
from rightplace.services.funding.years import year_words

BAR, ACROSS = 7.0, 60.0


def as_pdf(said: StatementPage) -> bytes:
    """The statement as the bytes of a PDF. What it says of itself holds no name."""
    title = f"Statement {year_words(said.told.year)}"
    sheet = Sheet(title, f"{title}. Counted {words.when(said.told.counted)}.", said.told.counted)
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


def _picture(sheet: Sheet, chart: BarChart) -> None:
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


def _sentences(sheet: Sheet, said: StatementPage) -> None:
    sheet.set_font(FONT, "", 11)
    unknown = [f"Not known: {said.unknown}"] if said.unknown else []
    for sentence in [*said.sentences, *unknown]:
        sheet.multi_cell(0, LINE, written(sentence), align="L", **BELOW)
        sheet.ln(1)


def _table(sheet: Sheet, table: Table) -> None:
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
