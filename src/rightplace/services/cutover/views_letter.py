"""The letter to a family, read on a page and saved for paper. Whoever writes it must be able to name every child of it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web.pages import page
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.queries import manager_of
from rightplace.services.cutover import queries
from rightplace.services.cutover.letters import FamilyLetter, as_pdf, family_letter, may_be_written
from rightplace.services.cutover.models import FamilyMove


@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """The letter as it will be read."""
    return _disclosed(
        request, number, "letter",
        lambda row, told: page(
            request, "cutover/letter.jinja", title="Letter to a family", letter=told, row=row,
            back=reverse("cutover:family", args=[number]),
        ),
    )  # fmt: skip


@require_safe
def letter_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The letter on paper. Its file name is a number."""
    return _disclosed(
        request, number, "letter-pdf",
        lambda row, told: HttpResponse(
            as_pdf(told, clock.now()), content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="letter-{row.pk}.pdf"', "Cache-Control": "no-store"},
        ),
    )  # fmt: skip


def _disclosed(
    request: HttpRequest, number: int, what: str, made: Callable[[FamilyMove, FamilyLetter], HttpResponse]
) -> HttpResponse:
    """The answer, its reading recorded first; a letter that may not be written is not there."""
    actor = actor_in(request)
    named = queries.named(actor, [get_object_or_404(queries.families(actor), pk=number)])
    row = named[0].row
    if not may_be_written(named[0]):
        raise Http404
    assert row.to_team_id is not None
    told = family_letter(named[0], manager_of(row.to_team_id, row.cutover.first_day), clock.now())
    return disclose(
        actor, lambda: made(row, told), files=queries.files_of(named), what=f"cutover:{what}",
        request_id=getattr(request, "request_id", ""),
    )  # fmt: skip
