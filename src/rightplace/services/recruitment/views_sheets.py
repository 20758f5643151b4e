"""Vacancies and candidates as spreadsheets, out and in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.documents.spreadsheets import Unreadable
from rightplace.common.web.pages import page
from rightplace.foundation.access.audit import NoAudit, disclose, not_now
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.organisation import clock
from rightplace.services.recruitment import forms, queries, sheets
from rightplace.services.recruitment.presenters.sheets import Asked, Sheet
from rightplace.services.recruitment.trying import TEMPLATE

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The vacancies that the reader may see, as a spreadsheet. It names nobody."""
    actor, today = actor_in(request), clock.today()
    answer = HttpResponse(
        sheets.vacancies_sheet(list(queries.vacancies(actor)), clock.now()), content_type=XLSX
    )
    answer["Content-Disposition"] = f'attachment; filename="vacancies-{today:%Y-%m-%d}.xlsx"'
    return answer


@require_safe
def candidates_sheet(request: HttpRequest) -> HttpResponse:
    """Candidates' steps as a spreadsheet, with their names; the reading is recorded first."""
    actor, today = actor_in(request), clock.today()
    rows = list(queries.candidates(actor))
    try:
        made = disclose(
            actor,
            lambda: sheets.candidates_sheet(rows, clock.now()),
            files=[],
            what="candidates as a spreadsheet",
            found=len(rows),
        )
    except NoAudit:
        return not_now()
    answer = HttpResponse(made, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="candidates-{today:%Y-%m-%d}.xlsx"'
    return answer


@GET_OR_POST
def take(request: HttpRequest) -> HttpResponse:
    """Taking in a spreadsheet of vacancies or of candidates: each row is taken, known or refused, and says why."""
    actor, parts = actor_in(request), list[Sheet]()
    form = forms.SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = sheets.take_sheet(
                form.cleaned_data["file"].read(), by=actor, trial=form.cleaned_data["trial"]
            )
            parts.append(sheets.told_sheet(told))
        except Unreadable as why:
            form.add_error("file", str(why))
    parts.append(
        Sheet(
            key="take",
            heading="The spreadsheet",
            asked=[Asked(form, "Take in the spreadsheet", "take", main=True)],
        )
    )
    return page(
        request,
        TEMPLATE,
        title="Take in a spreadsheet",
        heading="Take in vacancies or candidates",
        sheets=parts,
        more_forms=[form],
        back=reverse("recruitment:pipeline"),
    )
