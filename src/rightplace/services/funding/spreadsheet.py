"""A statement as a spreadsheet: the same tables, figures as figures, text never as a formula, nobody's name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rightplace.services.funding.presenters.statement import Money, StatementPage, Table, Time, Told, in_words
from rightplace.services.funding.years import year_words

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Text that no program takes for a formula, also when the sheet is later kept as CSV."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


class _Book:
    """A workbook with its few formats."""

    def __init__(self, made: datetime, title: str) -> None:
        self.bytes = BytesIO()
        self.book = xlsxwriter.Workbook(self.bytes, {"in_memory": True, "strings_to_formulas": False,
                                                     "strings_to_urls": False})  # fmt: skip
        self.book.set_properties({"title": title, "created": made.astimezone(UTC).replace(tzinfo=None)})
        base = {"font_name": "Arial", "font_size": 11, "font_color": "#17262E", "valign": "top"}
        self.plain = self.book.add_format(base | {"text_wrap": True})
        self.title = self.book.add_format(base | {"bold": True, "font_size": 16, "font_color": "#0F4C5C"})
        self.heading = self.book.add_format(base | {"bold": True, "font_size": 13, "font_color": "#0F4C5C"})
        self.head = self.book.add_format(base | {"bold": True, "bg_color": "#F5F3EE", "bottom": 1})
        self.money = self.book.add_format(base | {"num_format": "£#,##0.00"})
        self.hours = self.book.add_format(base | {"num_format": "#,##0.00"})
        self.count = self.book.add_format(base | {"num_format": "#,##0"})
        self.day = self.book.add_format(base | {"num_format": "ddd d mmm yyyy", "align": "left"})


def as_spreadsheet(said: StatementPage) -> bytes:
    """The statement as the bytes of one sheet that prints on A4."""
    book = _Book(said.told.counted, f"Statement {year_words(said.told.year)}")
    sheet = book.book.add_worksheet("Statement")
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, 5, 20)
    sheet.write_string(0, 0, guarded(said.told.name), book.title)
    sheet.write_string(1, 0, f"Its share of family support, {year_words(said.told.year)}", book.heading)
    line = 2
    unknown = [f"Not known: {said.unknown}"] if said.unknown else []
    for sentence in [*said.sentences, *unknown]:
        line = _across(sheet, line, sentence, book.plain)
    for table in said.tables:
        line = _table(sheet, line + 1, table, book)
    book.book.close()
    return book.bytes.getvalue()


def _across(sheet: Worksheet, line: int, text: str, look: Format) -> int:
    """A sentence over the width of the sheet; returns the next line."""
    sheet.merge_range(line, 0, line, 5, "", look)
    sheet.write_string(line, 0, guarded(text), look)
    sheet.set_row(line, 15 * (1 + len(text) // 120))
    return line + 1


def _table(sheet: Worksheet, line: int, table: Table, book: _Book) -> int:
    sheet.write_string(line, 0, guarded(table.heading), book.heading)
    line += 1
    if not table.rows:
        return _across(sheet, line, table.empty, book.plain)
    for place, name in enumerate(table.columns):
        sheet.write_string(line, place, guarded(name), book.head)
    for row in table.rows:
        line += 1
        for place, told in enumerate(row):
            _cell(sheet, line, place, told, book)
    return _across(sheet, line + 1, table.note, book.plain) if table.note else line + 1


def _cell(sheet: Worksheet, line: int, place: int, told: Told, book: _Book) -> None:
    if isinstance(told, Money):
        sheet.write_number(line, place, told.pence / 100, book.money)
    elif isinstance(told, Time):
        sheet.write_number(line, place, told.hours, book.hours)
    elif isinstance(told, int):
        sheet.write_number(line, place, told, book.count)
    elif isinstance(told, date):
        sheet.write_datetime(line, place, datetime(told.year, told.month, told.day), book.day)  # noqa: DTZ001
    else:
        sheet.write_string(line, place, guarded(in_words(told)), book.plain)
