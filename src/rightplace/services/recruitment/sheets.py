"""Vacancies and candidates' steps as spreadsheets, out and in again. Every row is taken, known already, or refused.

A row is written through the same actions as a page; a refused row leaves nothing behind and the others stand. A panel
speaks for itself, so interviews are shown in the sheet and never taken from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Final

import xlsxwriter
from django.db import DatabaseError, transaction

from rightplace.common.documents.spreadsheets import Unreadable, rows_of
from rightplace.common.web.pieces import Column, Row
from rightplace.common.web.words import count_words
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.recruiting import local_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.tables import Seat
from rightplace.foundation.organisation.queries import holding
from rightplace.services.recruitment import candidates as way
from rightplace.services.recruitment import filling
from rightplace.services.recruitment.models import Candidate, Vacancy
from rightplace.services.recruitment.presenters.sheets import Sheet

VACANCY: Final = (
    "Vacancy",
    "Reference",
    "Seat",
    "Post",
    "Team",
    "Opened",
    "Because",
    "Approved",
    "Advertised",
    "Closed",
    "Ended",
    "Outcome",
)
CANDIDATE: Final = (
    "Candidate",
    "Vacancy",
    "Name",
    "Applied",
    "Shortlisted",
    "Interviewed",
    "Offered",
    "Accepted",
    "Checked",
    "Started",
    "Lost on",
    "Lost at",
    "Lost because",
)
TAKEN, KNOWN, REFUSED = "taken", "known already", "refused"
COLUMNS: Final = (Column("Line", number=True), Column("Row"), Column("What became of it"), Column("Why"))
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _book(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], made: datetime) -> bytes:
    held = BytesIO()
    book = xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "created": made.astimezone(UTC).replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bg_color": "#F5F3EE", "bottom": 1})
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, 16)
    for line, cells in enumerate((columns, *rows)):
        for place, cell in enumerate(cells):
            text = f"'{cell}" if cell.startswith(DANGEROUS) else cell
            sheet.write_string(line, place, text, head if line == 0 else None)
    book.close()
    return held.getvalue()


def vacancies_sheet(found: Sequence[Vacancy], made: datetime) -> bytes:
    """One line a vacancy. Nobody is named."""
    rows = []
    for each in found:
        steps = {step.code: step.on for step in each.steps.all()}
        post = each.seat.post
        rows.append(
            (
                str(each.pk),
                post.reference,
                str(each.seat.number),
                post.title,
                post.team.name,
                _day(each.opened_on),
                each.because,
                *(_day(steps.get(code)) for code in ("approved", "advertised", "closed")),
                _day(each.ended_on),
                each.outcome,
            )
        )
    return _book("Vacancies", VACANCY, rows, made)


def candidates_sheet(found: Sequence[Candidate], made: datetime) -> bytes:
    """One line a candidate, with the name while it is kept."""
    rows = []
    for each in found:
        steps, given = {step.code: step.on for step in each.steps.all()}, way.particulars(each)
        codes = [name.lower() for name in CANDIDATE[3:10]]
        lost = _day(each.ended_on) if each.lost_at else ""
        rows.append(
            (
                str(each.pk),
                str(each.vacancy_id),
                given.name if given else "",
                *(_day(steps.get(code)) for code in codes),
                lost,
                each.lost_at,
                each.lost_because,
            )
        )
    return _book("Candidates", CANDIDATE, rows, made)


@dataclass(frozen=True, slots=True)
class RowTold:
    """What became of one row."""

    line: int
    what: str
    outcome: str
    says: str = ""


@dataclass(frozen=True)
class SheetTold:
    """What became of a whole sheet: each of its rows, once."""

    rows: Sequence[RowTold]
    trial: bool

    def count(self, outcome: str) -> int:
        return sum(1 for row in self.rows if row.outcome == outcome)


def told_sheet(told: SheetTold) -> Sheet:
    """The same as a part of a page."""
    said = (
        f"{count_words(len(told.rows), 'row')}: {told.count(TAKEN)} taken, {told.count(KNOWN)} known already, "
        f"{told.count(REFUSED)} refused."
    )
    rows = [Row((row.line, row.what, row.outcome, row.says or "–")) for row in told.rows]
    heading = "What would become of each row" if told.trial else "What became of each row"
    return Sheet(
        key="told",
        heading=heading,
        sentences=[said, *(["Nothing was changed."] if told.trial else [])],
        columns=COLUMNS,
        rows=rows,
    )


Cells = Mapping[str, str]


def take_sheet(sent: bytes, *, by: Actor, trial: bool = False) -> SheetTold:
    """Read a sheet of vacancies or of candidates and write its rows, or only say what would happen."""
    require(by, "recruitment.keep")
    heading, *lines = rows_of(sent)
    names = [each.strip().lower() for each in heading]
    if len(set(filter(None, names))) != len(list(filter(None, names))):
        raise Unreadable("The sheet has a column twice.")
    write = _write_candidate if "candidate" in names else _write_vacancy
    needed = (
        ("candidate", "vacancy", "name", "applied")
        if write is _write_candidate
        else ("reference", "opened", "because")
    )
    missing = [name for name in needed if name not in names]
    if missing:
        raise Unreadable(f"The sheet lacks the column {', '.join(missing)}.")
    with transaction.atomic():
        told = [_taken(n, dict(zip(names, line, strict=False)), write, by) for n, line in enumerate(lines, 2)]
        if trial:
            transaction.set_rollback(True)
    return SheetTold(told, trial)


def _taken(line: int, cells: Cells, write: Callable[[Cells, Actor], list[str]], by: Actor) -> RowTold:
    what = (cells.get("candidate") or cells.get("reference") or cells.get("vacancy") or "new")[:20]
    try:
        with transaction.atomic():
            done = write(cells, by)
    except Refused as why:
        return RowTold(line, what, REFUSED, f"{why.because} {why.instead}")
    except DatabaseError:
        return RowTold(line, what, REFUSED, "The database refused it.")
    return RowTold(line, what, TAKEN, ", ".join(done)) if done else RowTold(line, what, KNOWN)


def _write_vacancy(cells: Cells, by: Actor) -> list[str]:
    number = cells.get("seat") or "1"
    seat = Seat.objects.filter(
        holding(clock.today()),
        post__reference=cells["reference"],
        number=int(number) if number.isdecimal() else 0,
    ).first()
    if seat is None:
        raise Refused("There is no such post or seat.", "Give the post’s reference and the seat’s number.")
    found, done = Vacancy.objects.filter(seat=seat, ended_on=None).first(), list[str]()
    opened = _read_day(cells["opened"])
    if opened is None:
        raise Refused("A vacancy has a day.", "Fill in Opened.")
    over = Vacancy.objects.filter(seat=seat, opened_on=opened).exclude(ended_on=None)
    if found is None and over.exists():
        return []
    if found is None:
        found = filling.open_vacancy(seat=seat, on=opened, because=cells["because"], by=by)
        done.append("opened")
    for code in ("advertised", "closed"):
        on = _read_day(cells.get(code, ""))
        if on and not found.steps.filter(code=code).exists():
            filling.record_vacancy_step(vacancy=found, code=code, on=on, by=by)
            done.append(code)
    return done


def _write_candidate(cells: Cells, by: Actor) -> list[str]:
    found, done = _candidate(cells, by)
    for code in way.BY_A_PERSON:
        on = _read_day(cells.get(code, ""))
        if on and not found.steps.filter(code=code).exists():
            way.record_step(candidate=found, code=code, on=on, by=by)
            done.append(code)
    lost = _read_day(cells.get("lost on", ""))
    if lost and found.ended_on is None:
        way.lose_candidate(
            candidate=found, because=_reason(cells.get("lost because", ""), found), on=lost, by=by
        )
        done.append("lost")
    return done


def _candidate(cells: Cells, by: Actor) -> tuple[Candidate, list[str]]:
    number = cells["candidate"]
    if number:
        found = scope(by, Candidate).filter(pk=int(number)).first() if number.isdecimal() else None
        if found is None:
            raise Refused("There is no such candidate.", "Leave the number empty for somebody new.")
        return found, []
    wanted = cells["vacancy"]
    vacancy = Vacancy.objects.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    applied = _read_day(cells["applied"])
    if vacancy is None or applied is None:
        raise Refused("A candidate has a vacancy and a day.", "Fill in Vacancy and Applied.")
    return way.add_candidate(vacancy=vacancy, name=cells["name"], on=applied, by=by), ["added"]


def _reason(said: str, found: Candidate) -> str:
    local = local_on(found.vacancy.opened_on)
    return next((each.code for each in local.lost if said.lower() in (each.code, each.title.lower())), said)


def _read_day(said: str) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        pass
    try:
        day, month, year = (int(part) for part in said.split("/"))
        return date(year, month, day)
    except ValueError as error:
        raise Refused(f"“{said[:20]}” is not a day.", "Give it as 2026-03-31 or 31/03/2026.") from error
