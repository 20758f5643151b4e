"""Spreadsheets of a selection: out, each reading recorded; preferences and a scorer's own marks in, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.documents.spreadsheets import Unreadable
from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Link, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require, scope
from rightplace.services.selection import forms, scoresheets, sheets
from rightplace.services.selection.models import Panel, ScoreSheet
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
        parts.insert(0, _told(told, form.cleaned_data["trial"]))
    return shown(
        request, actor, title="Take in preferences", sections=parts, what="take",
        purpose=f"selection {number}", refused=refused,
        back=reverse("selection:exercise", args=[number]),
    )  # fmt: skip


def _told(told: Sequence[sheets.RowTold], trial: bool) -> Section:
    """What became of each row, the refused ones first."""
    counts = [
        f"{number} {each}"
        for each in (sheets.TAKEN, sheets.KNOWN, sheets.REFUSED)
        if (number := sum(1 for row in told if row.outcome == each))
    ]
    says = [
        f"{words.count_words(len(told), 'row', 'rows')}: {', '.join(counts)}.",
        *(["Nothing was changed."] if trial else []),
    ]
    columns = (Column("Line"), Column("Worker number"), Column("Outcome"), Column("Why"))
    order = sorted(told, key=lambda row: (row.outcome != sheets.REFUSED, row.line))
    rows = [
        Row((f"Line {row.line}", row.who, row.outcome, row.says), late=row.outcome == sheets.REFUSED)
        for row in order
    ]
    return Section("What became of each row", "told", says=says, columns=columns, rows=rows)


def _own_panel(actor: Actor, number: int) -> Panel:
    """A panel before which the reader has sheets that count; otherwise there is nothing there."""
    mine = scope(actor, ScoreSheet).filter(replaced_at=None).values("assessment__panel")
    return get_object_or_404(Panel, pk=number, pk__in=mine)


@require_safe
def own_scores_out(request: HttpRequest, number: int) -> HttpResponse:
    """One's own score sheets of a panel, to fill in away from here."""
    actor = actor_in(request)
    found = _own_panel(actor, number)
    about = [each.assessment.member.worker_id for each in scoresheets.own_sheets(found, actor)]
    record_reading(actor, (), "selection:scores-out", found=len(about), purpose=f"panel {number}")
    return _file(scoresheets.sheets_out(found, actor), f"score-sheets-{number}")


@GET_OR_POST
def own_scores_in(request: HttpRequest, number: int) -> HttpResponse:
    """Taking in one's own marks and evidence; each row is kept, signed, known already or refused with its reason."""
    actor = actor_in(request)
    found = _own_panel(actor, number)
    typed = sent(request, "take")
    form = forms.SheetForm(typed, request.FILES if typed is not None else None)
    told, refused = None, None
    if typed is not None and form.is_valid():
        try:
            told = scoresheets.take_scores(
                form.cleaned_data["file"].read(), panel=found, by=actor, trial=form.cleaned_data["trial"]
            )
        except Unreadable as why:
            refused = Refused(str(why), "Take the sheet out anew, and fill in its columns.")
    parts = [
        Section(
            found.title, "take", acts=[Act("take", "Take in my marks", form, main=True)],
            links=[Link("Take your sheets out as a spreadsheet", reverse("selection:scores-out", args=[number]))],
            says=["Only your own sheets are in it. What another scorer found is in no sheet before both have signed.",
                  "A row is kept and not signed, unless its last column says yes. What is signed stays."],
        ),
    ]  # fmt: skip
    if told is not None:
        parts.insert(0, _told(told, form.cleaned_data["trial"]))
    return shown(
        request, actor, title="Take in your marks", sections=parts, what="scores-in", purpose=f"panel {number}",
        refused=refused, back=reverse("selection:sheets"),
    )  # fmt: skip
