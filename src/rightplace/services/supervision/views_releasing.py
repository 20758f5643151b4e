"""Releases: asking, confirming as the second person, and reading while it is open. Thin."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, scope
from rightplace.foundation.organisation import clock
from rightplace.services.supervision import forms, personal
from rightplace.services.supervision.lines import chart
from rightplace.services.supervision.models import Release, Session
from rightplace.services.supervision.presenters import releasing as shown
from rightplace.services.supervision.releasing import answer_release, ask_release, reason_of

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
LISTED = 50
WITH = ("session__supervisee", "session__supervisor", "recorded_by", "answered_by")


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """What was asked: those that wait for an answer first."""
    actor, now = actor_in(request), clock.now()
    rows = scope(actor, Release).exclude(session__supervisee=actor.worker).select_related(*WITH)
    found = [shown.ReleaseLine(each, now, actor.worker) for each in rows.order_by("-recorded_at")[:LISTED]]
    return page(
        request, "supervision/releases.jinja", title="Releases of supervision", columns=shown.COLUMNS,
        waiting=[each.row() for each in found if each.release.answered_by_id is None],
        past=[each.row() for each in found if each.release.answered_by_id is not None],
    )  # fmt: skip


@GET_OR_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Whose session: that sessions were held, when and with whom, and no word of them."""
    actor = actor_in(request)
    known = chart(clock.today())
    people = sorted(
        ((each.worker, f"{each.name}, {each.team_name}") for each in known.people.values() if each.worker != actor.worker),
        key=lambda each: each[1],
    )  # fmt: skip
    form = forms.ChooseForm(request.POST or None, people=people)
    rows = None
    if request.method == "POST" and form.is_valid():
        held = Session.objects.filter(
            supervisee=int(form.cleaned_data["worker"]), supervisor_signed_at__isnull=False
        ).select_related("supervisor")
        rows = [
            shown.session_row(each)
            for each in held.order_by("-held_on")[:LISTED]
            if may(actor, "supervision.release", each)
        ]
    return page(
        request, "supervision/choose.jinja", title="Ask for a release", form=form, rows=rows,
        columns=shown.SESSION_COLUMNS, back=reverse("supervision:releases"),
    )  # fmt: skip


@GET_OR_POST
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask to read one personal part."""
    actor, refused = actor_in(request), None
    row = Session.objects.filter(pk=number).first()
    if row is None or not may(actor, "supervision.release", row):
        raise NotAllowed
    form = forms.AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = ask_release(session=row, because=said["because"], hours=said["hours"], by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Asked. Somebody else confirms or refuses it within a working day.")
            return redirect("supervision:release", made.pk)
    return page(
        request, "supervision/ask.jinja", title="Ask for a release", form=form, refused=refused, main="Ask to read it",
        heading="Ask to read a personal part",
        lede="Nothing opens until somebody else confirms. The worker is told who read it, when and why.",
        back=reverse("supervision:releases"),
    )  # fmt: skip


@GET_OR_POST
def release(request: HttpRequest, number: int) -> HttpResponse:
    """One request: to answer it as the second person, or to read while it is open."""
    actor, refused = actor_in(request), None
    found = scope(actor, Release).exclude(session__supervisee=actor.worker).select_related(*WITH)
    row = get_object_or_404(found, pk=number)
    line = shown.ReleaseLine(row, clock.now(), actor.worker)
    answers = row.answered_by_id is None and may(actor, "supervision.release", row)
    if request.method == "POST" and request.POST.get("act") in ("confirm", "refuse"):
        try:
            answer_release(release=row, confirms=request.POST["act"] == "confirm", by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Answered. The worker is told.")
            return redirect("supervision:release", number)
    said = None
    if line.reads and request.GET.get("personal") == "read":
        said = personal.opened(actor, row.session, request_id=getattr(request, "request_id", ""))
    return page(
        request, "supervision/release.jinja", title="A release of supervision", line=line, refused=refused, said=said,
        reason=reason_of(row), answers=answers, back=reverse("supervision:releases"),
    )  # fmt: skip
