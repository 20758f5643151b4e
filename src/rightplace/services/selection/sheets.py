"""Preferences and scores as spreadsheets; preferences also in, each row taken, known already, or refused with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO

import xlsxwriter
from django.db import transaction

from rightplace.common.documents.spreadsheets import Unreadable, rows_of
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.services.selection import preferring
from rightplace.services.selection.models import Exercise, Job, Member, Panel
from rightplace.services.selection.policy import KEEP
from rightplace.services.selection.scoring import scores_of

WISHES = ("Worker number", "Worker", "Paper of", *(f"Wish {place}" for place in range(1, 9)))
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
TAKEN, KNOWN, REFUSED = "taken", "known already", "refused"


@dataclass(frozen=True, slots=True)
class RowTold:
    """What became of one row."""

    line: int
    who: str
    outcome: str
    says: str = ""


def book_of(
    title: str, columns: Sequence[str], lines: Sequence[Sequence[str | float]], made: datetime
) -> bytes:
    """A workbook of one sheet with a heading; text stays text, whatever it begins with."""
    held = BytesIO()
    book = xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "created": made.astimezone(UTC).replace(tzinfo=None)})
    page = book.add_worksheet(title)
    page.freeze_panes(1, 0)
    page.set_column(0, len(columns) - 1, 18)
    heading = book.add_format({"bold": True, "bg_color": "#F5F3EE", "text_wrap": True, "valign": "top"})
    for place, name in enumerate(columns):
        page.write_string(0, place, name, heading)
    for line, cells in enumerate(lines, 1):
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                page.write_string(line, place, f"'{cell}" if cell.startswith(DANGEROUS) else cell)
            else:
                page.write_number(line, place, cell)
    book.close()
    return held.getvalue()


def wishes_out(exercise: Exercise) -> bytes:
    """Everybody's wishes, a row each; who named nothing has an empty row."""
    jobs = dict(Job.objects.filter(exercise=exercise).values_list("pk", "name"))
    held = preferring.wishes_of(exercise.pk)
    lines: list[list[str | float]] = []
    for member in Member.objects.filter(exercise=exercise).select_related("worker").order_by("worker__name"):
        row = held.get(member.pk)
        paper = row.paper_of.isoformat() if row is not None and row.paper_of else ""
        lines.append(
            [member.worker_id, member.worker.name, paper, *(jobs[job] for job in (row.jobs if row else []))]
        )
    return book_of("Preferences", WISHES, lines, clock.now())


def scores_out(exercise: Exercise) -> bytes:
    """Every settled score, a row for each person and panel."""
    panels = dict(Panel.objects.filter(exercise=exercise).values_list("pk", "title"))
    found = scores_of(exercise)
    lines: list[list[str | float]] = [
        [member.worker_id, member.worker.name, panels[panel], score / 100]
        for member in Member.objects.filter(exercise=exercise)
        .select_related("worker")
        .order_by("worker__name")
        for panel, score in found.get(member.pk, ())
    ]
    return book_of("Scores", ("Worker number", "Worker", "Panel", "Score of 100"), lines, clock.now())


def take_wishes(sent: bytes, *, exercise: Exercise, by: Actor, trial: bool = False) -> list[RowTold]:
    """Type in preferences from a sheet made of papers. A refused row leaves nothing behind; the others stand."""
    require(by, KEEP)
    heading, *lines = rows_of(sent)
    names = [each.strip().lower() for each in heading]
    missing = [name for name in ("worker number", "paper of", "wish 1") if name not in names]
    if missing:
        raise Unreadable(f"The sheet lacks the column {', '.join(missing)}.")
    jobs = {job.name.lower(): job for job in Job.objects.filter(exercise=exercise)}
    members = {
        str(each.worker_id): each
        for each in Member.objects.filter(exercise=exercise).select_related("exercise", "worker")
    }
    with transaction.atomic():
        told = [
            _taken(line, dict(zip(names, cells, strict=False)), jobs, members, by)
            for line, cells in enumerate(lines, 2)
        ]
        if trial:
            transaction.set_rollback(True)
    return told


def _taken(
    line: int, cells: Mapping[str, str], jobs: Mapping[str, Job], members: Mapping[str, Member], by: Actor
) -> RowTold:
    who = cells.get("worker number", "")[:20]
    try:
        with transaction.atomic():
            return RowTold(line, who, _write(cells, jobs, members, by))
    except Refused as why:
        return RowTold(line, who, REFUSED, f"{why.because} {why.instead}")


def _write(
    cells: Mapping[str, str], jobs: Mapping[str, Job], members: Mapping[str, Member], by: Actor
) -> str:
    member = members.get(cells.get("worker number", ""))
    if member is None:
        raise Refused("Nobody with this number is under review.", "Give the worker's number from the sheet.")
    said = [cells.get(f"wish {place}", "").strip() for place in range(1, 9)]
    wanted = [each for each in said if each]
    unknown = [each for each in wanted if each.lower() not in jobs]
    if unknown:
        raise Refused(
            f"“{unknown[0][:60]}” is no job of this selection.", "Copy the job's name from the sheet."
        )
    chosen = [jobs[each.lower()] for each in wanted]
    held = member.preferences.first()
    if held is not None and held.jobs == [job.pk for job in chosen]:
        return KNOWN
    if not chosen:
        return KNOWN if held is None else _emptied()
    preferring.say_preferences(member=member, jobs=chosen, by=by, paper_of=_day(cells.get("paper of", "")))
    return TAKEN


def _emptied() -> str:
    raise Refused(
        "The row is empty and the person has named places.", "What somebody said is not deleted by a sheet."
    )


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as error:
        raise Refused("The day on the paper is missing.", "Give it as 2026-03-31.") from error
