"""Spreadsheets of a selection: out, read by whoever keeps it and recorded; preferences in, row by row."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.documents.spreadsheets import Unreadable
from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.scope import require
from rightplace.services.selection import forms, sheets
from rightplace.services.selection.policy import KEEP
from rightplace.services.selection.presenters.sections import Act, Section
from rightplace.services.selection.showing import GET_OR_POST, sent, shown
from rightplace.services.selection.views_keep import exercise_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _file(body: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        body, content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"', "Cache-Control": "no-store"},
    )  # fmt: skip


@require_safe
def wishes_out(request: HttpRequest, number: int) -> HttpResponse:
    """Everybody's preferences."""
    actor, found = exercise_of(request, number)
    require(actor, KEEP)
    record_reading(actor, (), "selection:sheet-wishes", purpose=f"selection {number}")
    return _file(sheets.wishes_out(found), f"preferences-{number}")


@require_safe
def scores_out(request: HttpRequest, number: int) -> HttpResponse:
    """Every settled score."""
    actor, found = exercise_of(request, number)
    require(actor, KEEP)
    record_reading(actor, (), "selection:sheet-scores", purpose=f"selection {number}")
    return _file(sheets.scores_out(found), f"scores-{number}")


@GET_OR_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Taking in preferences that were given on paper."""
    actor, found = exercise_of(request, number)
    require(actor, KEEP)
    typed = sent(request, "take")
    form = forms.SheetForm(typed, request.FILES if typed is not None else None)
    told, refused = None, None
    if typed is not None and form.is_valid():
        try:
            told = sheets.take_wishes(
                form.cleaned_data["file"].read(), exercise=found, by=actor, trial=form.cleaned_data["trial"]
            )
        except Unreadable as why:
            refused = Refused(str(why), "Take the sheet out here, and fill in its columns.")
    parts: list[Any] = [
        Section("A sheet of preferences", "take", acts=[Act("take", "Take in this sheet", form, main=True)],
                says=["A row for each paper, with the day on it. Your name is kept as who typed it."]),
    ]  # fmt: skip
    if told is not None:
        counts = {
            each: sum(1 for row in told if row.outcome == each)
            for each in (sheets.TAKEN, sheets.KNOWN, sheets.REFUSED)
        }
        says = [
            f"{words.count_words(len(told), 'row', 'rows')}: "
            + ", ".join(f"{n} {each}" for each, n in counts.items())
            + ".",
            *(["Nothing was changed."] if form.cleaned_data["trial"] else []),
        ]
        columns = (Column("Line"), Column("Worker number"), Column("Outcome"), Column("Why", whole=True))
        rows = [Row((str(row.line), row.who, row.outcome, row.says)) for row in told]
        parts.insert(0, Section("What became of each row", "told", says=says, columns=columns, rows=rows))
    return shown(
        request, actor, title="Take in preferences", sections=parts, what="take", purpose=f"selection {number}", refused=refused,
        back=reverse("selection:exercise", args=[number]),
    )  # fmt: skip
