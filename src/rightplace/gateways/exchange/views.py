"""The pages of imports: which returns were taken in, and what became of each child in one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Pages
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation.models import Worker
from rightplace.gateways.exchange import presenters
from rightplace.gateways.exchange.models import Import, ImportedChild

IMPORTS_SHOWN = 100
LINES_A_PAGE = 50


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """Every return that was taken in, the last first."""
    found = scope(actor_in(request), Import)[:IMPORTS_SHOWN]
    return page(
        request,
        "exchange/imports.jinja",
        title="Imports",
        columns=presenters.COLUMNS,
        lines=[presenters.line(row) for row in found],
    )


@require_safe
def one_import(request: HttpRequest, number: int) -> HttpResponse:
    """One return: the tally, and the children who were refused or are in doubt, with reason and line."""
    actor = actor_in(request)
    row = get_object_or_404(scope(actor, Import), pk=number)
    shown = request.GET.get("children", "")
    wanted = [shown] if shown in ImportedChild.Outcome.values else presenters.TO_LOOK_AT
    children = scope(actor, ImportedChild).filter(of=row, outcome__in=wanted).order_by("number")
    here = Paginator(children, LINES_A_PAGE).get_page(request.GET.get("page"))
    address = reverse("exchange:import", args=[row.pk])
    manager = Worker.objects.filter(pk=row.manager).first() if row.manager else None
    return page(
        request,
        "exchange/import.jinja",
        title=f"Import {row.pk}",
        back=reverse("exchange:imports"),
        told=presenters.Told(row, address, manager.name if manager else ""),
        columns=presenters.CHILD_COLUMNS,
        lines=[presenters.child_line(child) for child in here],
        shown=presenters.shown_words(shown),
        pages=Pages(
            number=here.number,
            last=here.paginator.num_pages,
            href=f"{address}?children={shown}&page={{page}}",
        ),
    )
