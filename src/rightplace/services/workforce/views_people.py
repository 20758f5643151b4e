"""Contracts, what workers bring, and leavers: for human resources. Who looked is recorded before anything is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, people
from rightplace.foundation.organisation.establishment.queries import particulars_of
from rightplace.foundation.organisation.establishment.tables import Contract, Leaver, Occupancy
from rightplace.foundation.organisation.models import Membership, Team, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.services.workforce.forms_posts import ContractForm, LeaverForm, OpenPostForm, ParticularsForm
from rightplace.services.workforce.presenters import people as shown

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 300


def _page(request: HttpRequest, template: str, what: str, found: int, **more: Any) -> HttpResponse:
    """Answer with a page about staff: that it was read is recorded first, with how many it shows."""
    return disclose(
        actor_in(request),
        lambda: page(request, f"workforce/{template}.jinja", **more),
        files=(),
        found=found,
        what=what,
        request_id=getattr(request, "request_id", ""),
    )


@GET_OR_POST
def open_post(request: HttpRequest) -> HttpResponse:
    """Human resources opens a post with its seats."""
    actor, refused = actor_in(request), None
    teams = Team.objects.filter(holding(clock.today()), agency__kind="authority").exclude(
        kind=Team.Kind.IMPORTED
    )
    form = OpenPostForm(request.POST or None, teams=list(teams.order_by("name").values_list("pk", "name")))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.open_post(
                title=said["title"], grade=said["grade"], profession=said["profession"], role=said["role"],
                team=Team.objects.get(pk=said["team"]), funding=said["funding"], hours=said["hours"],
                seats=said["shares"], reference=said["reference"], begins=said["begins"], by=actor,
            )  # fmt: skip
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Opened. Seat somebody when the post is filled.")
            return redirect("workforce:post", made.pk)
    return page(
        request, "workforce/open_post.jinja", title="Open a post", form=form, refused=refused,
        back=reverse("workforce:establishment"),
    )  # fmt: skip


@GET_OR_POST
def employed_list(request: HttpRequest) -> HttpResponse:
    """Everybody in a team of the authority; of many those to look at, and whom a piece of a name finds."""
    today, asked = clock.today(), request.POST.get("name", "")[:80].strip()
    rows = Membership.objects.filter(
        holding(today),
        holding(today, "worker__"),
        worker__kind=Worker.Kind.STAFF,
        team__agency__kind="authority",
        worker__name__icontains=asked,
    )
    members = list(rows.select_related("worker", "team").order_by("worker__name", "worker_id", "-role"))
    workers = {each.worker_id for each in members}
    contracts = {c.worker_id: c for c in Contract.objects.filter(holding(today), worker__in=workers)}
    told = shown.Employed(
        today=today, members=members, contracts=contracts, brings=particulars_of(workers, today), asked=asked
    )
    return _page(
        request, "employed_list", "workforce:employed-list", len(workers), title="Contracts", told=told,
        columns=shown.PEOPLE_COLUMNS, back=reverse("workforce:establishment"),
    )  # fmt: skip


@GET_OR_POST
def employed(request: HttpRequest, number: int) -> HttpResponse:
    """One worker's contract, seats, what the worker brings, and leaving."""
    actor = actor_in(request)
    worker = get_object_or_404(Worker, pk=number, kind=Worker.Kind.STAFF)
    made, refused = _forms(request, worker), None
    if request.method == "POST":
        require(actor, "establishment.keep")
        form = made.get(request.POST.get("act", ""))
        refused = _written(request, worker, form, actor)
        if form is not None and refused is None and form.is_valid():
            return redirect("workforce:employed", number)
    today = clock.today()
    seats = (
        Occupancy.objects.filter(worker=worker).select_related("seat__post__team").order_by("-begins", "-id")
    )
    told = shown.OneEmployed(
        worker=worker, today=today, contracts=list(Contract.objects.filter(worker=worker).order_by("-begins", "-id")),
        brings=particulars_of([worker.pk], today).get(worker.pk), seats=list(seats),
        leavings=list(Leaver.objects.filter(worker=worker).order_by("on")),
    )  # fmt: skip
    return _page(
        request, "employed", "workforce:employed", 1, title="Contract and particulars", told=told, columns=shown,
        asked=made, refused=refused, back=reverse("workforce:employed-list"),
    )  # fmt: skip


def _forms(request: HttpRequest, worker: Worker) -> dict[str, forms.Form]:
    """What human resources may write of a worker; only the form that was sent is bound."""
    act = request.POST.get("act", "")
    now = particulars_of([worker.pk], clock.today()).get(worker.pk)
    first = {} if now is None else {
        "profession": now.profession, "in_profession_since": now.in_profession_since, "qualified": now.qualified,
        "registered": now.registered, "registered_until": now.registered_until, "skills": ", ".join(now.skills),
        "languages": ", ".join(now.languages),
    }  # fmt: skip
    return {
        "contract": ContractForm(request.POST if act == "contract" else None, auto_id="id_contract_%s"),
        "particulars": ParticularsForm(
            request.POST if act == "particulars" else None, initial=first, auto_id="id_particulars_%s"
        ),
        "leaver": LeaverForm(request.POST if act == "leaver" else None, auto_id="id_leaver_%s"),
    }


def _written(request: HttpRequest, worker: Worker, form: forms.Form | None, by: Actor) -> Refused | None:
    if form is None:
        return Refused("There is no such act.", "Choose one of the buttons.")
    if not form.is_valid():
        return None
    acts: dict[type[forms.Form], Callable[..., object]] = {
        ContractForm: people.say_contract, ParticularsForm: people.say_particulars, LeaverForm: people.record_leaver,
    }  # fmt: skip
    try:
        acts[type(form)](worker=worker, by=by, **form.cleaned_data)
    except Refused as why:
        return why
    messages.success(request, "Written down.")
    return None


@require_safe
def leavers(request: HttpRequest) -> HttpResponse:
    """Who left and why, the latest first."""
    found = list(Leaver.objects.select_related("worker", "seat__post").order_by("-on", "-id")[:SHOWN])
    return _page(
        request, "leavers", "workforce:leavers", len(found), title="Leavers",
        sentences=shown.leaver_words(found, clock.today()), chart=shown.leaver_chart(found, clock.now()),
        rows=shown.leaver_rows(found), columns=shown.LEAVER_COLUMNS, back=reverse("workforce:establishment"),
    )  # fmt: skip
