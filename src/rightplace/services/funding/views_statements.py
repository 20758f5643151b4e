"""An agency's statement: read, and taken away as PDF or spreadsheet. Each time is in the read audit."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web.pages import page
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose, record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.services.funding import queries
from rightplace.services.funding.paper import as_pdf
from rightplace.services.funding.presenters.statement import StatementPage
from rightplace.services.funding.spreadsheet import as_spreadsheet
from rightplace.services.funding.statement import Statement
from rightplace.services.funding.years import year_of, year_words

PDF = "application/pdf"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST, LAST = 2000, 2100


@require_safe
def own(request: HttpRequest, year: int = 0) -> HttpResponse:
    """A partner's own statement."""
    actor = actor_in(request)
    return _statement(request, actor, actor.agency, year, own_pages=True)


@require_safe
def own_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """A partner's own statement as PDF."""
    actor = actor_in(request)
    return _file(actor, actor.agency, year, as_pdf, PDF, "pdf")


@require_safe
def own_sheet(request: HttpRequest, year: int) -> HttpResponse:
    """A partner's own statement as a spreadsheet."""
    actor = actor_in(request)
    return _file(actor, actor.agency, year, as_spreadsheet, SHEET, "xlsx")


@require_safe
def statement(request: HttpRequest, agency: int, year: int) -> HttpResponse:
    """Any agency's statement, for those who answer for funding."""
    return _statement(request, actor_in(request), agency, year, own_pages=False)


@require_safe
def pdf(request: HttpRequest, agency: int, year: int) -> HttpResponse:
    """Any agency's statement as PDF."""
    return _file(actor_in(request), agency, year, as_pdf, PDF, "pdf")


@require_safe
def sheet(request: HttpRequest, agency: int, year: int) -> HttpResponse:
    """Any agency's statement as a spreadsheet."""
    return _file(actor_in(request), agency, year, as_spreadsheet, SHEET, "xlsx")


def _told(actor: Actor, agency: int, year: int) -> Statement:
    if not FIRST <= year <= LAST:
        raise Http404
    told = queries.statement_of(actor, get_object_or_404(Agency, pk=agency), year)
    if actor.is_partner and not told.ever_agreed:
        raise Http404
    return told


def _statement(
    request: HttpRequest, actor: Actor, agency: int, year: int, *, own_pages: bool
) -> HttpResponse:
    year = year or year_of(clock.today())
    told = _told(actor, agency, year)
    record_reading(
        actor, [], "funding:statement", found=told.most_children, purpose=f"agency {agency}, {year}"
    )
    names = ("own-year", "own-pdf", "own-sheet") if own_pages else ("statement", "pdf", "sheet")
    given = [] if own_pages else [agency]
    read, paper, spreadsheet = (f"funding:{name}" for name in names)
    return page(
        request,
        "funding/statement.jinja",
        title=f"Statement {year_words(year)}",
        back=None if own_pages else reverse("funding:bought"),
        said=StatementPage(told),
        pdf=reverse(paper, args=[*given, year]),
        sheet=reverse(spreadsheet, args=[*given, year]),
        years=[(year_words(each), reverse(read, args=[*given, each]), each == year) for each in told.years],
    )


def _file(
    actor: Actor, agency: int, year: int, make: Callable[[StatementPage], bytes], kind: str, ending: str
) -> HttpResponse:
    """The statement as a file whose name is numbers; audited before a byte of it is made."""
    said = StatementPage(_told(actor, agency, year))
    body = disclose(
        actor, lambda: make(said), files=[], what=f"funding:statement.{ending}", found=said.told.most_children,
        purpose=f"agency {agency}, {year}",
    )  # fmt: skip
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{agency}-{year}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer
