"""Holding a strategy discussion: the minutes, kept as they are typed, and signed with the decision for each child."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from rightplace.common.questions import keyed
from rightplace.common.questions.drafts import DraftTooLong
from rightplace.common.web.words import clock_time
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation import queries as organisation
from rightplace.services.protection import actions, presenters
from rightplace.services.protection.minutesform import Typed
from rightplace.services.protection.presenters import StrategyPage
from rightplace.services.protection.views import POSTS, discussion, shown

SET = "strategy-minutes"
TOO_LONG = "This is more than can be kept. What was saved before is safe."


@POSTS
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """Write who was there, what was said and decided, what was agreed; then sign. What is refused loses no word."""
    actor = actor_in(request)
    rows = discussion(actor, number)
    said = presenters.strategy_page(actor, rows)
    if not said.may_hold:
        return redirect("protection:one", number)
    did = request.POST.get("do", "")
    if request.method == "POST" and did not in ("sign", "more"):
        try:
            keyed.keep(actor, SET, number, request.POST)
        except DraftTooLong:
            messages.error(request, TOO_LONG)
        else:
            messages.success(request, "Kept. Nobody but you reads it until you sign.")
        return redirect("protection:minutes", number)
    typed = _typed(request, actor, said, signs=did == "sign")
    refused = None
    if did == "sign" and typed.is_valid():
        try:
            actions.hold_strategy(rows=rows, minutes=typed.minutes, by=actor)
        except Refused as why:
            refused = why
        else:
            keyed.forget(actor, SET, number)
            messages.success(request, "Signed. Each agency sees what it is given, and its own actions.")
            return redirect("protection:one", number)
    return shown(
        request, "minutes", said.files, "minutes of a strategy discussion", title=f"Minutes: {said.initials}",
        said=said, identity=said.identity, typed=typed, form=typed.whole if did == "sign" else None,
        more_forms=[*typed.there, *typed.agreed] if did == "sign" else (), refused=refused,
        back=reverse("protection:one", args=[number]),
    )  # fmt: skip


def _typed(request: HttpRequest, actor: Actor, said: StrategyPage, *, signs: bool) -> Typed:
    given = request.POST if request.method == "POST" else keyed.typed_about(actor, SET, said.number)
    authority = organisation.authority()
    assert authority is not None, "somebody of the authority is signed in"
    members = organisation.members(actor.team, clock.today())
    return Typed.of(
        given,
        signs=signs,
        children=[each.child for each in said.children],
        agencies=[each.agency for each in said.agencies],
        authority=authority,
        workers=[(row.worker_id, row.worker.name) for row in members],
        coming=said.coming,
        by=actor,
    )


@require_POST
def keep(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what is typed, field by field, until it is signed."""
    actor = actor_in(request)
    rows = discussion(actor, number)
    if not rows[0].is_open:
        return JsonResponse({"said": "These minutes are signed already."}, status=409)
    try:
        draft = keyed.keep(actor, SET, number, request.POST)
    except DraftTooLong:
        return JsonResponse({"said": TOO_LONG}, status=413)
    return JsonResponse({"saved": clock_time(draft.saved)})
