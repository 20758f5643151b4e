"""The pages of legal holds: asked on a family's page, confirmed and lifted by information governance. Thin."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, scope
from rightplace.foundation.organisation.models import Agency
from rightplace.services.signals import holding
from rightplace.services.signals.forms import HoldByNumberForm, HoldForm, LiftForm
from rightplace.services.signals.models import Feed, Hold
from rightplace.services.signals.presenters import holds as shown
from rightplace.services.signals.views_families import POSTS, _of_family, _tried, family_of

WITH_NAMES = ("recorded_by", "confirmed_by", "end_recorded_by")
SHOWN = 200


@POSTS
def ask(request: HttpRequest, family: int) -> HttpResponse:
    """The team asks that nothing of a family be deleted."""
    actor = actor_in(request)
    found = family_of(actor, family, "signal.decide")
    form = HoldForm(request.POST or None)
    done, refused = _tried(
        request,
        form,
        lambda: holding.ask_hold(
            family=family, why=form.cleaned_data["why"], words=form.cleaned_data["words"], by=actor
        ),
        "Held from now on. Information governance confirms it.",
    )
    if done:
        return redirect("signals:family", family)
    return _of_family(request, "hold_ask", found, "Legal hold", form=form, refused=refused)


@require_safe
def holds(request: HttpRequest) -> HttpResponse:
    """Every hold, those that wait for a second person first."""
    rows = list(scope(actor_in(request), Hold).select_related(*WITH_NAMES).order_by("-pk")[:SHOWN])
    return page(
        request, "signals/holds.jinja", title="Legal holds", columns=shown.COLUMNS, rows=shown.hold_rows(rows)
    )


@POSTS
def by_number(request: HttpRequest) -> HttpResponse:
    """An officer holds what an agency gave, by the agency's number."""
    actor = actor_in(request)
    giving = Agency.objects.filter(pk__in=Feed.objects.values("agency")).order_by("name")
    form = HoldByNumberForm(request.POST or None, agencies=list(giving))
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = holding.hold_by_number(**form.cleaned_data, by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Held from now on. Another officer confirms it.")
            return redirect("signals:hold", made.pk)
    return page(
        request, "signals/hold_new.jinja", title="Hold signals", form=form, refused=refused, back=reverse("signals:holds")
    )  # fmt: skip


def _hold(actor: Actor, number: int) -> Hold:
    row = scope(actor, Hold).select_related(*WITH_NAMES).filter(pk=number).first()
    if row is None:
        raise NotAllowed
    return row


@POSTS
def hold(request: HttpRequest, hold: int) -> HttpResponse:
    """One hold: confirm it, or lift it."""
    actor = actor_in(request)
    row = _hold(actor, hold)
    lifts = request.POST.get("do") == "lift"
    form, refused = LiftForm(request.POST if lifts else None), None
    try:
        if _done(request, row, form, actor):
            return redirect("signals:hold", row.pk)
    except Refused as why:
        refused = why
    said = shown.hold_page(actor, row)
    return disclose(
        actor,
        lambda: page(
            request, "signals/hold.jinja", title="Legal hold", said=said, form=form, refused=refused,
            back=reverse("signals:holds"),
        ),
        files=[row.family], what="legal hold on signals", request_id=getattr(request, "request_id", ""),
    )  # fmt: skip


def _done(request: HttpRequest, row: Hold, form: LiftForm, actor: Actor) -> bool:
    if request.POST.get("do") == "confirm":
        holding.confirm_hold(hold=row, by=actor)
        messages.success(request, "Confirmed.")
        return True
    if form.is_bound and form.is_valid():
        holding.lift_hold(hold=row, words=form.cleaned_data["words"], by=actor)
        messages.success(request, "Lifted. What has had its day is deleted within the hour.")
        return True
    return False
