"""The pages of an agency that was called: its calls, its answer, what it is given, what it has to do. Nothing else."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, require, scope
from rightplace.services.protection import actions, presenters_asked, queries
from rightplace.services.protection.forms import AnswerForm
from rightplace.services.protection.projections import Action, Called
from rightplace.services.protection.views import POSTS, shown


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The discussions to which the actor's agency was called; those not held first."""
    actor = actor_in(request)
    lines, files = presenters_asked.asked_rows(actor, queries.calls_to(actor)[: queries.SHOWN])
    return shown(
        request, "asked", files, "calls to strategy discussions", title="Strategy discussions", lines=lines,
        columns=presenters_asked.ASKED,
    )  # fmt: skip


@POSTS
def asked_one(request: HttpRequest, number: int) -> HttpResponse:
    """One call: what was sent, the agency's answer, the part of the minutes that it is given, its own actions."""
    actor = actor_in(request)
    rows = list(scope(actor, Called).filter(number=number).order_by("strategy"))
    if not actor.is_partner or not rows:
        raise NotAllowed
    require(actor, "strategy.attend", rows[0])
    do = request.POST.get("do", "")
    if do.startswith("done-"):
        return _done(request, actor, number, do.removeprefix("done-"))
    form = AnswerForm(request.POST if do == "answer" else None, initial={"who": actor.name})
    refused = None
    if do == "answer" and form.is_valid():
        try:
            actions.answer_call(rows=rows, answer=form.said, by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Thank you. Those who called see your answer.")
            return redirect("protection:asked-one", number)
    found = presenters_asked.asked_page(actor, rows)
    return shown(
        request, "asked_one", found.files, "call to a strategy discussion", title="A strategy discussion",
        found=found, form=form, refused=refused, back=reverse("protection:asked"),
    )  # fmt: skip


def _done(request: HttpRequest, actor: Actor, number: int, place: str) -> HttpResponse:
    """An action of the agency is done."""
    if not (place.isascii() and place.isdigit() and len(place) < 4):
        raise NotAllowed
    rows = scope(actor, Action).filter(number=number, place=int(place), done__isnull=True)
    actions.say_done(rows=list(rows), by=actor)
    messages.success(request, "Thank you. It is written down as done.")
    return redirect("protection:asked-one", number)
