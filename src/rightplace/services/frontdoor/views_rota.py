"""Out of hours: who takes calls when the front door is closed, and the referrer who disagrees."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from rightplace.common.web import tags, words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import from_datetime
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Rota, Team, Worker
from rightplace.services.frontdoor import actions
from rightplace.services.frontdoor.forms import DisagreementForm, RotaForm
from rightplace.services.frontdoor.hours import front_door_hours, receiving_team
from rightplace.services.frontdoor.presenters.contact import contact_page
from rightplace.services.frontdoor.views_staff import contact_of, of_contact

POSTS = require_http_methods(["GET", "POST"])
AHEAD = timedelta(days=28)
COLUMNS = (Column("Who"), Column("From"), Column("Until"), Column("Now"))


@POSTS
def rota(request: HttpRequest) -> HttpResponse:
    """Who is on call, and putting somebody on the rota."""
    actor, now = actor_in(request), clock.now()
    team = queries.teams(clock.today(), [Team.Kind.OUT_OF_HOURS]).first()
    if team is None:
        raise NotAllowed
    workers = [(m.worker.pk, m.worker.name) for m in queries.members(team.pk, clock.today())]
    form, refused = RotaForm(request.POST or None, workers=list(dict(workers).items())), None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            organisation.put_on_rota(
                team=team,
                worker=Worker.objects.get(pk=said["worker"]),
                begins_at=said["begins"],
                ends_at=said["ends"],
                by=actor,
            )
        except Refused as why:
            refused = why
        else:
            messages.success(request, "On the rota.")
            return redirect("frontdoor:rota")
    spells = list(
        Rota.objects.filter(team=team, ends_at__gt=now, begins_at__lt=now + AHEAD)
        .select_related("worker")
        .order_by("begins_at", "id")
    )
    rows = [
        Row(
            [
                s.worker.name,
                words.when(s.begins_at),
                words.when(s.ends_at),
                tags.met("on call") if s.begins_at <= now else tags.plain("later"),
            ]
        )
        for s in spells
    ]
    hours = front_door_hours()
    return page(
        request,
        "frontdoor/rota.jinja",
        title="Out of hours",
        form=form,
        refused=refused,
        rows=rows,
        columns=COLUMNS,
        team=team,
        is_open=hours.is_open(from_datetime(now)),
        receiving=receiving_team(now),
        nobody=not any(s.begins_at <= now for s in spells),
    )


@POSTS
def disagreement(request: HttpRequest, concern: int) -> HttpResponse:
    """Answer the referrer who disagrees; never by the one who decided (promise 6)."""
    actor = actor_in(request)
    row = contact_of(actor, concern)
    said = contact_page(actor, row)
    if not said.may_answer:
        raise NotAllowed
    form, refused = DisagreementForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_disagreement(
                contact=row,
                upheld=form.cleaned_data["upheld"] == "yes",
                text=form.cleaned_data["text"],
                reasons=form.cleaned_data["reasons"],
                by=actor,
            )
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Answered. The referrer can read it.")
            return redirect("frontdoor:contact", concern)
    return of_contact(
        request,
        "frontdoor/disagreement.jinja",
        said,
        title=said.title.replace("Contact", "Disagreement on the contact"),
        form=form,
        refused=refused,
        own=row.decided_by == actor.worker,
        back=reverse("frontdoor:contact", args=[concern]),
    )
