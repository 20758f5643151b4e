"""Who took what, as a spreadsheet, and in again. Every row is accounted for: taken, known already, or refused and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Final

import xlsxwriter
from django.db import transaction

from rightplace.common.documents.spreadsheets import Unreadable, rows_of
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.services.learning.actions import book, say_how_it_went
from rightplace.services.learning.models import Booking, Course

COLUMNS: Final = ("Worker number", "Worker", "Course", "Date", "Outcome")
NEEDED: Final = ("worker number", "worker", "course", "date", "outcome")
TAKEN, KNOWN, REFUSED = "taken", "known already", "refused"
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class RowTold:
    """What became of one row."""

    line: int
    outcome: str
    says: str = ""


@dataclass(frozen=True)
class SheetTold:
    """What became of a whole sheet: each of its rows, once."""

    rows: Sequence[RowTold]
    trial: bool

    def count(self, outcome: str) -> int:
        return sum(1 for row in self.rows if row.outcome == outcome)


def as_spreadsheet(bookings: Iterable[Booking]) -> bytes:
    """One line a booking, in the columns that are read back."""
    held = BytesIO()
    book_of = xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book_of.add_worksheet("Learning")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(COLUMNS) - 1, 24)
    head = book_of.add_format({"bold": True, "bg_color": "#F5F3EE", "bottom": 1})
    for place, name in enumerate(COLUMNS):
        sheet.write_string(0, place, name, head)
    for line, each in enumerate(bookings, 1):
        sheet.write_number(line, 0, each.worker_id)
        for place, text in enumerate(
            (each.worker.name, each.course.title, each.on.isoformat(), each.state), 1
        ):
            sheet.write_string(line, place, f"'{text}" if text.startswith(DANGEROUS) else text)
    book_of.close()
    return held.getvalue()


def take_sheet(sent: bytes, *, by: Actor, trial: bool = False) -> SheetTold:
    """Read a sheet and write its rows, or only say what would happen."""
    require(by, "learning.keep")
    heading, *lines = rows_of(sent)
    names = [each.strip().lower() for each in heading]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise Unreadable(f"The sheet lacks the column {', '.join(missing)}.")
    if len(set(filter(None, names))) != len(list(filter(None, names))):
        raise Unreadable("The sheet has a column twice.")
    offered: dict[str, list[Course]] = {}
    for course in Course.objects.order_by("begins"):
        offered.setdefault(course.title.lower(), []).append(course)
    with transaction.atomic():
        told = [
            _taken(number, dict(zip(names, line, strict=False)), offered, by)
            for number, line in enumerate(lines, 2)
        ]
        if trial:
            transaction.set_rollback(True)
    return SheetTold(told, trial)


def _taken(line: int, cells: Mapping[str, str], offered: Mapping[str, list[Course]], by: Actor) -> RowTold:
    try:
        with transaction.atomic():
            return RowTold(line, *_write(cells, offered, by))
    except Refused as why:
        return RowTold(line, REFUSED, f"{why.because} {why.instead}")


def _write(cells: Mapping[str, str], offered: Mapping[str, list[Course]], by: Actor) -> tuple[str, str]:
    worker = _worker(cells)
    on = _day(cells.get("date", ""))
    found = [
        each for each in offered.get(cells.get("course", "").strip().lower(), ())
        if each.begins <= on and (each.ends is None or each.ends > on)
    ]  # fmt: skip
    if not found:
        raise Refused("There is no such course on that day.", "Add the course first, or correct its title.")
    said = cells.get("outcome", "").strip().lower() or Booking.State.BOOKED.value
    if said not in Booking.State.values:
        raise Refused("There is no such outcome.", f"Use {', '.join(Booking.State.values)}.")
    row = Booking.objects.filter(worker=worker, course=found[-1], on=on).first()
    if row is not None and row.state == said:
        return KNOWN, ""
    done = []
    if row is None:
        row = book(worker=worker, course=found[-1], on=on, by=by)
        done.append("booked")
    if said != Booking.State.BOOKED:
        say_how_it_went(booking=row, state=said, by=by)
        done.append(said)
    if not done:
        raise Refused(f"It is known as {row.state}.", "What was said is not taken back by a sheet.")
    return TAKEN, ", ".join(done)


def _worker(cells: Mapping[str, str]) -> Worker:
    number = cells.get("worker number", "").strip()
    found = (
        Worker.objects.filter(pk=int(number), kind="staff").first()
        if number.isdecimal() and len(number) < 18
        else None
    )
    if found is None:
        raise Refused("There is no worker of this number.", "Take out a sheet to see the numbers.")
    name = cells.get("worker", "").strip()
    if name and name.lower() != found.name.lower():
        raise Refused("Number and name are not of the same worker.", "Correct one of them.")
    return found


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise Refused("The date cannot be read.", "Write it as 2026-03-27.") from None
    if found < date(1990, 1, 1) or found > clock.today().replace(year=clock.today().year + 2, day=1):
        raise Refused("The date is too far off.", "Check the year.")
    return found
