"""The numbers behind the pictures as a spreadsheet: week by week, differences, chances. No child is in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from rightplace.domain.simulation.scenarios.answer import Answer
from rightplace.overview.capacity.models import Run
from rightplace.overview.capacity.presenters import found as fewest

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
Line = Sequence[Any]


def guarded(text: str) -> str:
    """Text that no program takes for a formula, also when the sheet is later kept as CSV."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_spreadsheet(run: Run) -> bytes:
    """A sheet on what was asked, and one for each kind of number."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    head = book.add_format({"bold": True, "bg_color": "#F5F3EE", "bottom": 1})
    _sheet(book, head, "What was asked", ("", ""), _asked(run))
    if run.what == Run.What.SMALLEST:
        _found(book, head, run)
    else:
        _answer(book, head, Answer.from_builtins(run.answer))
    book.close()
    return out.getvalue()


def _found(book: Any, head: Any, run: Run) -> None:
    """The people who were found, each promise now and then, and every establishment that was looked at."""
    told = fewest.kept(run.answer)
    if told is None:
        return
    page = fewest.FoundPage(told, run)
    names = [column.heading for column in page.columns]
    _sheet(book, head, "The fewest people", names, [row.cells for row in page.rows])
    promises = (
        (e.words, "yes" if e.chosen else "no", e.limit, e.unit, e.futures, e.before_broken, e.after_broken, e.chance_low,
         e.chance_high, e.before, e.after, e.low, e.high)
        for e in told.promises
    )  # fmt: skip
    _sheet(book, head, "Promises", fewest.PROMISE_COLUMNS, promises)
    kinds = [kind.name for kind in told.kinds]
    tried = ([*(each.posts[kind] for kind in kinds), each.kept, each.futures] for each in told.tried)
    _sheet(book, head, "Looked at", [*kinds, "Kept", "Futures"], tried)


def _answer(book: Any, head: Any, answer: Answer) -> None:
    weeks = (
        "Scenario",
        "Place",
        "Measure",
        "Unit",
        "Week from",
        "1 of 20 futures is below",
        "a quarter of futures is below",
        "half of futures is below",
        "three quarters of futures are below",
        "19 of 20 futures are below",
    )
    _sheet(book, head, "Weeks", weeks, _weeks(answer))
    chances = (
        "Scenario",
        "Place",
        "Promise",
        "Limit",
        "Unit",
        "Share of futures that break it",
        "At least",
        "At most",
        "Source",
    )
    _sheet(book, head, "Chances", chances, _chances(answer))
    apart = ("Against", "Scenario", "Place", "Measure", "Unit", "Before", "After", "Difference", "At least", "At most",
             "More than chance", "Variance ratio")  # fmt: skip
    _sheet(book, head, "Differences", apart, _differences(answer))
    costs = ("Scenario", "Pounds a year, lowest of 9 of 10 futures", "Middle", "Highest of 9 of 10 futures")
    _sheet(
        book,
        head,
        "Cost",
        costs,
        ([s.name, s.cost.year.low, s.cost.year.middle, s.cost.year.high] for s in answer.scenarios),
    )
    years = ("Scenario", "Pounds", "Year from", "Weeks", "Lowest of 9 of 10 futures", "Middle", "Highest of 9 of 10 futures",
             "Wanted", "Share of futures that spend more, or save as much")  # fmt: skip
    _sheet(book, head, "Years", years, _years(answer))


def _asked(run: Run) -> Iterable[Line]:
    yield ("Question", run.title)
    yield ("Asked", f"{run.at:%Y-%m-%d %H:%M} UTC by {run.by.name}")
    yield ("Begins from", run.start)
    yield ("Possible futures", run.done)
    yield ("Seed", run.seed)
    yield ("Version", run.version)
    for text in run.asked["scenarios"]:
        yield ("Scenario", text)


def _weeks(answer: Answer) -> Iterable[Line]:
    for scenario in answer.scenarios:
        for picture in scenario.pictures:
            fan = picture.fan
            for day, *values in zip(answer.weeks, fan.p5, fan.p25, fan.p50, fan.p75, fan.p95, strict=True):
                yield (
                    scenario.name,
                    _place(picture.place),
                    picture.title,
                    picture.unit,
                    day.isoformat(),
                    *values,
                )


def _chances(answer: Answer) -> Iterable[Line]:
    sources = {each.code: each.source for each in answer.promises}
    for scenario in answer.scenarios:
        for each in scenario.pictures:
            if each.limit is not None:
                yield (scenario.name, _place(each.place), each.title, each.limit, each.unit, each.chance, each.chance_low,
                       each.chance_high, sources.get(each.code, ""))  # fmt: skip


def _differences(answer: Answer) -> Iterable[Line]:
    for pair in answer.pairs:
        for each in pair.differences:
            yield (pair.base, pair.other, _place(each.place), each.title, each.unit, each.before, each.after, each.mean,
                   each.low, each.high, "yes" if each.told_apart else "no", each.variance_ratio)  # fmt: skip


def _years(answer: Answer) -> Iterable[Line]:
    """What is spent in every year, held against the budget, and what is saved, against what was to be saved."""
    spent = ((s.name, "spent", s.cost.budget, each) for s in answer.scenarios for each in s.cost.years)
    saved = ((p.other, "saved", p.savings, each) for p in answer.pairs for each in p.years)
    for name, what, wanted, each in (*spent, *saved):
        yield (name, what, each.begins.isoformat(), each.weeks, each.pounds.low, each.pounds.middle, each.pounds.high, wanted,
               each.chance)  # fmt: skip


def _place(place: str) -> str:
    return "everywhere" if place == "all" else place


def _sheet(book: Any, head: Any, name: str, columns: Sequence[str], lines: Iterable[Line]) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, len(columns) - 1, 18)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, head)
    for number, line in enumerate(lines, 1):
        for place, value in enumerate(line):
            if isinstance(value, int | float):
                sheet.write_number(number, place, value)
            elif value is not None:
                sheet.write_string(number, place, guarded(str(value)))
