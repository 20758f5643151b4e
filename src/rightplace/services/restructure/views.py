"""Programmes: the list, one with its reasons and picture, and the spreadsheet of both sides out and in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.documents.spreadsheets import Unreadable
from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.programme import actions as organisation
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.services.restructure import actions, queries, sheets, waits
from rightplace.services.restructure.acting import done, seen, sent, tried
from rightplace.services.restructure.forms import BeginForm, FirstDayForm, ReasonForm, SheetForm
from rightplace.services.restructure.models import Asked
from rightplace.services.restructure.presenters import programme as shown
from rightplace.services.restructure.structure import structure_of

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes that the reader may see, the newest first."""
    actor = actor_in(request)
    found = list(scope(actor, Programme).order_by("-begins", "-id"))
    return page(
        request, "restructure/programmes.jinja", title="Changes",
        rows=shown.programme_rows(found, queries.published_days(), "restructure:programme"), columns=shown,
        keeps=may(actor, "restructure.keep"), waiting=shown.waiting_rows(_waiting(actor), clock.now()),
    )  # fmt: skip


def _waiting(actor: Actor) -> list[Asked]:
    """The questions that the reader answers, the one that is due first before the others."""
    asked = waits.to_answer(actor)
    return [] if asked is None else list(asked.select_related("body").order_by("answer_by", "pk")[:20])


@GET_OR_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Beginning a programme, with whoever begins it as the one who answers until somebody else is named."""
    actor = actor_in(request)
    form, refused = BeginForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("restructure:programme", _begun(form.cleaned_data, actor).pk)
        except Refused as why:
            refused = why
    return page(
        request, "restructure/begin.jinja", title="Begin a programme", form=form, refused=refused,
        back=reverse("restructure:programmes"),
    )  # fmt: skip


@transaction.atomic
def _begun(said: dict[str, Any], actor: Actor) -> Programme:
    """The programme with its first day, or neither: a refused day leaves nothing behind."""
    made = organisation.begin_programme(
        title=said["title"], purpose=said["purpose"], begins=said["begins"], by=actor,
        lead=Worker.objects.get(pk=actor.worker),
    )  # fmt: skip
    if said["first_day"]:
        organisation.set_first_day(programme=made, on=said["first_day"], by=actor)
    return made


@GET_OR_POST
def programme(request: HttpRequest, number: int) -> HttpResponse:
    """One programme: what it is for, what became of what, what is kept, and each line from flaw to result."""
    actor = actor_in(request)
    found, refused = seen(actor, number), None
    keeps = may(actor, "restructure.keep")
    told = shown.ProgrammePage(
        programme=found, structure=structure_of(found.pk), steps=queries.steps_of(found.pk), now=clock.now(),
        published=queries.published_on(found.pk), sees_figures=may(actor, "figures.see"),
    )  # fmt: skip
    form = ReasonForm(sent(request, "reason"), lines=told.open_lines)
    first_day = FirstDayForm(sent(request, "first-day"), initial={"on": found.first_day}, auto_id="first_%s")
    if request.method == "POST":
        require(actor, "restructure.keep")
        refused = tried(form, lambda said: actions.say_reason(
            programme=found, kind=said["kind"], words=said["words"], on=said["on"], figure=said["figure"], by=actor,
            line=int(said["line"]) if said["line"] else None,
        ))  # fmt: skip
        refused = refused or tried(
            first_day, lambda said: organisation.set_first_day(programme=found, on=said["on"], by=actor)
        )
        if done({"reason": form, "first-day": first_day}, refused):
            messages.success(request, "Written down.")
            return redirect("restructure:programme", number)
    return page(
        request, "restructure/programme.jinja", title=found.title, told=told, columns=shown, form=form,
        refused=refused, keeps=keeps, figures=may(actor, "restructure.figures"), first_day=first_day,
        more_forms=(form, first_day), back=reverse("restructure:programmes"),
    )  # fmt: skip


@require_safe
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Both sides as a spreadsheet."""
    found = seen(actor_in(request), number)
    answer = HttpResponse(
        sheets.as_spreadsheet("Structure", structure_of(found.pk), clock.now()), content_type=XLSX
    )
    answer["Content-Disposition"] = (
        f'attachment; filename="structure-{found.pk}-{clock.today():%Y-%m-%d}.xlsx"'
    )
    return answer


@GET_OR_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Taking in a spreadsheet of both sides: each row is accounted for."""
    actor, told = actor_in(request), None
    found = seen(actor, number)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = sheets.take_sheet(
                found, form.cleaned_data["file"].read(), by=actor, trial=form.cleaned_data["trial"]
            )
        except Unreadable as why:
            form.add_error("file", str(why))
    told = sorted(told, key=lambda row: row.outcome != sheets.REFUSED) if told else told
    return page(
        request, "restructure/take.jinja", title="Take in a spreadsheet of both sides", form=form, told=told,
        trial=bool(told is not None and form.cleaned_data["trial"]),
        counts=[(outcome, sheets.counted(told or [], outcome)) for outcome in (sheets.TAKEN, sheets.KNOWN, sheets.REFUSED)],
        back=reverse("restructure:structure", args=[number]),
    )  # fmt: skip
