"""Reading a folder of published tables: which measure of which authority was what in which year.

The caller brings the texts, so that nothing here touches a disk. A table is known by its columns, not its name.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.published.account import Account, TableAccount
from rightplace.domain.simulation.published.cells import column_name, decimals_of, number_in, year_in
from rightplace.domain.simulation.published.measures import MEASURES, Measure
from rightplace.domain.simulation.published.places import Place, Row, joined

Grid = npt.NDArray[np.float64]
Cells = dict[str, dict[tuple[str, int], float]]  # measure, (code, year)
CHILDREN = "children"
MARKS_BETWEEN = (",", ";", "\t", "|")
LONGEST_CELL = 131_072  # letters; a longer one is a quotation mark that was never closed
SAYS_YEAR = ("time_period", "year", "time_period_end", "reporting_year")
SAYS_CODE = ("new_la_code", "la_code", "new_code", "lad_code")
SAYS_LEVEL = ("geographic_level", "level")
OF_AN_AUTHORITY = {"local authority", "la", "local authority district", "lad", ""}
ABOUT_ROWS = {
    *SAYS_YEAR, *SAYS_CODE, *SAYS_LEVEL, "time_identifier", "country_code", "country_name", "region_code",
    "region_name", "old_la_code", "la_name", "category", "population_type", "age_group",
}  # fmt: skip


class NothingToRead(Exception):
    """The folder holds no table in this layout."""


@dataclass(frozen=True)
class Published:
    """Every measure of every authority, a row a place and a column a year; what is not known is not-a-number."""

    places: tuple[Place, ...]
    years: tuple[int, ...]
    values: Mapping[str, Grid]
    children: Grid  # children under 18 in the middle of the year before: known when the year's figures are
    account: Account

    def only(self, kept: list[int]) -> Published:
        """The same for some of the places."""
        values = {name: grid[kept] for name, grid in self.values.items()}
        chosen = tuple(self.places[row] for row in kept)
        return Published(chosen, self.years, values, self.children[kept], self.account)


def read(texts: Mapping[str, str]) -> Published:
    """The published figures in these files, with an account of what was left out and why."""
    account, rows, cells = Account(), [], _empty_cells()
    for file in sorted(texts):
        table, found = _read_table(file, texts[file], cells)
        account.tables.append(table)
        rows.extend(found)
    years = _years(cells)
    if not rows or not years:
        raise NothingToRead(_why_nothing(account, bool(rows)))
    places, account.notes = joined(rows)
    published = _gridded(places, years, cells, account)
    _note_what_is_missing(published, cells, account)
    return published


def _why_nothing(account: Account, has_rows: bool) -> str:
    why = (
        "The rows of authorities here hold no figure of any measure, so there is nothing to fit."
        if has_rows
        else "No file here has rows of authorities in the layout of the published tables."
    )
    return "\n".join([why, *account.left()])


def _empty_cells() -> Cells:
    return {name: {} for name in [CHILDREN, *(measure.name for measure in MEASURES)]}


def _years(cells: Cells) -> tuple[int, ...]:
    known = {year for name, found in cells.items() if name != CHILDREN for _, year in found}
    return tuple(range(min(known), max(known) + 1)) if known else ()


def _first(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((row[name] for name in names if row.get(name)), "").strip()


def _lines(text: str, table: TableAccount) -> tuple[list[str], list[dict[str, str]], str]:
    """The columns and rows of one file, and the mark between its cells; what cannot be cut into cells is left with a word."""
    text = text.lstrip("\ufeff \r\n")
    mark = _mark_between(text)
    try:
        rows = _rows(text, mark, strict=True)
    except csv.Error as wrong:
        table.broken = str(wrong)
        try:
            rows = _rows(text, mark, strict=False)
        except csv.Error:
            return [], [], mark
    heads = [column_name(cell) for cell in rows[0]] if rows else []
    return heads, [dict(zip(heads, row, strict=False)) for row in rows[1:]], mark


def _decimals(lines: list[dict[str, str]], figures: set[str], mark: str) -> str:
    """Which mark stands before the decimals of a file, by the columns that are read: a list in a footnote says nothing."""
    return decimals_of((cell for line in lines for name, cell in line.items() if name in figures), mark)


def _rows(text: str, mark: str, *, strict: bool) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)  # the whole process has one: whoever read before may have set another
    read = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=strict)
    return [row for row in read if any(cell.strip() for cell in row)]


def _mark_between(text: str) -> str:
    """What stands between cells: whichever of these makes most columns that tables of authorities have."""
    first = re.split("[\r\n]", text, maxsplit=1)[0]
    names = {mark: {column_name(cell) for cell in first.split(mark)} for mark in MARKS_BETWEEN}
    return max(MARKS_BETWEEN, key=lambda mark: (len(names[mark] & ABOUT_ROWS), len(names[mark])))


def _read_table(file: str, text: str, cells: Cells) -> tuple[TableAccount, list[Row]]:
    table = TableAccount(file)
    heads, lines, mark = _lines(text, table)
    table.rows = len(lines)
    sought = _sought(heads)
    table.measures = [name for name, _, _ in sought]
    used = {column for _, column, _ in sought} | ABOUT_ROWS
    table.columns_unused = [head for head in heads if head and head not in used]
    rows: list[Row] = []
    if not sought:
        table.rows_left["nothing that the model knows"] = len(lines)
        return table, rows
    clashes: set[tuple[str, str, int]] = set()
    decimals = _decimals(lines, {column for _, column, _ in sought}, mark)
    for line in lines:
        row = _row(line, table)
        if row is not None:
            rows.append(row)
            _take(line, row, sought, cells, table, clashes, decimals)
    for name, code, year in clashes:
        if cells[name].pop((code, year), None) is not None:
            table.cells_left["published twice and differently"] += 1
    return table, rows


def _sought(heads: list[str]) -> list[tuple[str, str, Measure | None]]:
    """Which measures this table's columns give: name, column, and the measure (none for the population)."""
    found: list[tuple[str, str, Measure | None]] = []
    for measure in MEASURES:
        if measure.where and measure.where[0] not in heads:
            continue
        column = next((name for name in measure.columns if name in heads), None)
        if column:
            found.append((measure.name, column, measure))
    if not found and "population_estimate" in heads:
        found.append((CHILDREN, "population_estimate", None))
    return found


def _row(line: Mapping[str, str], table: TableAccount) -> Row | None:
    """Whose row this is, or nobody's: regions, the nation, and rows without year or code are counted and left."""
    if _first(line, SAYS_LEVEL).lower() not in OF_AN_AUTHORITY:
        table.rows_left["of a region or the nation"] += 1
        return None
    year, code = year_in(_first(line, SAYS_YEAR)), _first(line, SAYS_CODE)
    if year is None or not code or code.lower() in {"x", "z", "c"}:
        table.rows_left["without a year or a code"] += 1
        return None
    if not _about_all_children(line):
        table.rows_left["of a part of the children"] += 1
        return None
    table.rows_read += 1
    return Row(code, line.get("old_la_code", "").strip(), line.get("la_name", "").strip() or code,
               line.get("region_name", "").strip(), year)  # fmt: skip


def _about_all_children(line: Mapping[str, str]) -> bool:
    ages = line.get("age_group", "").lower()
    return not ages or "0 to 17" in ages or "0-17" in ages or "under 18" in ages


def _take(line: Mapping[str, str], row: Row, sought: list[tuple[str, str, Measure | None]], cells: Cells,
          table: TableAccount, clashes: set[tuple[str, str, int]], decimals: str) -> None:  # fmt: skip
    """Put the row's numbers where they belong; the population of a summer counts for the next reporting year."""
    for name, column, measure in sought:
        if (
            measure
            and measure.where
            and not line.get(measure.where[0], "").lower().startswith(measure.where[1])
        ):
            continue
        number, reason = number_in(line.get(column), decimals)
        if reason:
            table.cells_left[reason] += 1
            continue
        year = row.year if measure else row.year + 1
        earlier = cells[name].get((row.code, year))
        if earlier is not None and not math.isclose(earlier, number, rel_tol=1e-9):
            clashes.add((name, row.code, year))
            continue
        cells[name][(row.code, year)] = number
        table.cells_read += 1


def _gridded(places: list[Place], years: tuple[int, ...], cells: Cells, account: Account) -> Published:
    which = {code: index for index, place in enumerate(places) for code in place.codes}
    column = {year: index for index, year in enumerate(years)}
    grids: dict[str, Grid] = {}
    for name, found in cells.items():
        grid = np.full((len(places), len(years)), np.nan)
        for (code, year), number in sorted(found.items()):
            if year in column:
                grid[which[code], column[year]] = number
        grids[name] = grid
    children = grids.pop(CHILDREN)
    children[children <= 0] = np.nan
    return Published(tuple(places), years, grids, children, account)


def _note_what_is_missing(published: Published, cells: Cells, account: Account) -> None:
    for measure in MEASURES:
        found = cells[measure.name]
        if not found:
            account.not_found.append(measure.name)
            continue
        own: dict[str, set[int]] = defaultdict(set)
        for code, year in found:
            own[code].add(year)
        gaps = sum(max(seen) - min(seen) + 1 - len(seen) for seen in own.values())
        if gaps:
            account.notes.append(
                f"{measure.title}: {gaps} missing years inside a series; bridged by a straight line."
            )
    without = [place.name for place, row in zip(published.places, published.children, strict=True)
               if np.isnan(row).all()]  # fmt: skip
    if without:
        account.notes.append(
            f"{len(without)} places without a number of children: judged against their own past only."
        )
