"""What a programme means for oneself, what one says of oneself; and figures for those who see no names."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.programme import hooks
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.services.restructure import declaring, queries
from rightplace.services.restructure.acting import done, seen, tried
from rightplace.services.restructure.forms import DeclareForm
from rightplace.services.restructure.impacts import impacts_of
from rightplace.services.restructure.presenters import equality as groups
from rightplace.services.restructure.presenters import figures as counted
from rightplace.services.restructure.presenters import programme as shown
from rightplace.services.restructure.structure import structure_of


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What is known for me, the stage now, the next day, whom to ask."""
    actor = actor_in(request)
    told = queries.own_cases(actor.worker)
    record_reading(actor, [], "restructure:own", found=len(told))
    return page(request, "restructure/own.jinja", title="What changes for me", told=told)


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, number: int) -> HttpResponse:
    """Saying something of oneself, sealed; nobody reads it, it is counted in groups. Never shown again, even to oneself."""
    actor, refused = actor_in(request), None
    found = next(
        (each.programme for each in queries.own_cases(actor.worker) if each.programme.pk == number), None
    )
    if found is None:
        raise Http404
    form = DeclareForm(request.POST or None)
    if request.method == "POST":
        refused = tried(form, lambda said: declaring.declare_own(programme=found, answers=said, by=actor))
        if done({"declare": form}, refused):
            messages.success(request, "Sealed. Nobody reads it.")
            return redirect("restructure:own")
    return page(
        request, "restructure/declare.jinja", title="Say something of yourself", form=form, refused=refused,
        back=reverse("restructure:own"),
    )  # fmt: skip


@require_safe
def every_figure(request: HttpRequest) -> HttpResponse:
    """The programmes, each with its figures, for those who see no names."""
    found = list(scope(actor_in(request), Programme).order_by("-begins", "-id"))
    return page(
        request, "restructure/programmes.jinja", title="Changes", columns=shown, keeps=False,
        rows=shown.programme_rows(found, queries.published_days(), "restructure:figures"),
    )  # fmt: skip


@require_safe
def figures(request: HttpRequest, number: int) -> HttpResponse:
    """A programme in figures: no names, small numbers left out. Reading it is recorded."""
    actor = actor_in(request)
    found = seen(actor, number)
    structure = structure_of(found.pk)
    board = queries.board_of(found, structure)
    known = queries.known_outcomes(found.pk, board.published)
    told = counted.Figures(
        programme=found, structure=structure, board=board, now=clock.now(), asked=queries.asked_counts(found.pk),
        selection=hooks.figures(found.pk, known) if known else (),
    )  # fmt: skip
    impacts = impacts_of(found, structure.protected, known)
    record_reading(actor, [], "restructure:figures", found=0, purpose=f"programme {found.pk}")
    listed = "programme" if may(actor, "restructure.see") else ""
    return page(
        request, "restructure/figures.jinja", title=f"Figures: {found.title}", told=told, columns=shown,
        impacts_by_stage=impacts, groups=groups, counts=counted,
        back=reverse("restructure:programme", args=[number]) if listed else reverse("restructure:every-figure"),
    )  # fmt: skip
