"""Support: beginning it, its page, and each thing that is done on it. Everything happens inside the lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.performance import presenters as shown
from rightplace.services.performance import queries, supporting
from rightplace.services.performance.forms import (
    AnswerForm,
    CompanionForm,
    OtherDayForm,
    PersonForm,
    StepForm,
    SupportForm,
    as_choices,
)
from rightplace.services.performance.models import Matter
from rightplace.services.performance.presenters import MatterShown
from rightplace.services.performance.stages import rules_on
from rightplace.services.performance.supporting import Said
from rightplace.services.performance.views import GET_OR_POST, told
from rightplace.services.performance.who import in_role


@GET_OR_POST
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """Beginning informal support with somebody whom one leads."""
    actor, refused = actor_in(request), None
    worker = queries.led_worker(actor, number)
    form = SupportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = supporting.begin_support(worker=worker, by=actor, **form.cleaned_data)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Support has begun. The worker reads it and answers beside it.")
            return redirect("performance:matter", made.pk)
    return told(
        request, actor, "begin", title="Begin support", what="performance:begin", form=form, refused=refused,
        worker=worker, rules=rules_on(clock.today()), back=reverse("performance:worker", args=[number]),
    )  # fmt: skip


@require_safe
def formal(request: HttpRequest) -> HttpResponse:
    """Support in which one decides: the matters on which one is named, and no other."""
    actor, now = actor_in(request), clock.now()
    rows = [shown.matter_row(each, now, actor.worker) for each in queries.of_others(actor)]
    return told(
        request, actor, "formal", title="Formal support", what="performance:formal", rows=rows,
        rules=rules_on(clock.today()),
    )  # fmt: skip


@GET_OR_POST
def matter(request: HttpRequest, number: int) -> HttpResponse:
    """Support with somebody: every step with the worker's own account beside it, and what may come next."""
    actor, refused = actor_in(request), None
    found = queries.matter(actor, number)
    asked = _asked(request, found, actor)
    act = request.POST.get("act", "")
    if request.method == "POST" and act in asked and asked[act].is_valid():
        try:
            DONE[act](found, asked[act].cleaned_data, actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Written down.")
            return redirect("performance:matter", number)
    return told(
        request, actor, "matter", title="Support", what="performance:matter", matter=found, asked=asked, refused=refused,
        form=None, name=queries.name_asked(request.POST), more_forms=list(asked.values()), rules=rules_on(clock.today()),
        back=_back(found, actor),
    )  # fmt: skip


@GET_OR_POST
def step(request: HttpRequest, number: int, stage: str) -> HttpResponse:
    """Writing the next step; it asks what the stage asks."""
    actor, refused = actor_in(request), None
    found, rules = queries.matter(actor, number), rules_on(clock.today())
    chosen = next((each for each in found.offered if each.id == stage), None)
    if chosen is None:
        return redirect("performance:matter", number)
    form = StepForm(request.POST or None, stage=chosen, rules=rules)
    if request.method == "POST" and form.is_valid():
        try:
            supporting.take_step(matter=found.of, said=Said(stage=stage, **form.cleaned_data), by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Written down.")
            return redirect("performance:matter", number)
    return told(
        request, actor, "step", title=chosen.title, what="performance:step", form=form, refused=refused, stage=chosen,
        matter=found, back=reverse("performance:matter", args=[number]),
    )  # fmt: skip


def _back(found: MatterShown, actor: Actor) -> str:
    """To the own page, the page of whom one leads, or the list in which one is named."""
    if not found.own and actor.worker == found.of.led_by_id:
        return reverse("performance:worker", args=[found.of.worker_id])
    if not found.own and may(actor, "performance.formal"):
        return reverse("performance:formal")
    return reverse("performance:mine")


def _asked(request: HttpRequest, found: MatterShown, actor: Actor) -> dict[str, forms.Form]:
    """The forms that this reader meets on the page, by what they do."""
    act, sent = request.POST.get("act"), request.POST
    asked: dict[str, forms.Form] = {}
    if found.of.at == Matter.At.CLOSED and found.unsigned is None:
        return {}
    if found.own:
        if found.unsigned is not None:
            asked["sign"] = AnswerForm(sent if act == "sign" else None)
        known = queries.colleagues(actor, queries.name_asked(sent), also=[sent.get("worker", "")])
        asked["companion"] = CompanionForm(sent if act == "companion" else None, workers=known.people)
        if found.steps[-1].stage.meeting and found.of.sealed_companion:
            asked["other_day"] = OtherDayForm(sent if act == "other_day" else None)
        return asked
    looked_at = any(each.of.stage == "looked_at" for each in found.steps)
    if actor.worker == found.of.led_by_id and found.of.hr_owner_id is None and looked_at:
        people = in_role(RoleCode.HUMAN_RESOURCES)
        asked["hr"] = PersonForm(
            sent if act == "hr" else None, workers=as_choices(people), label="Who of human resources?"
        )
    if (
        found.steps[-1].of.stage == "appeal"
        and found.of.appeal_by_id is None
        and may(actor, "performance.formal", found.of)
    ):
        people = in_role(RoleCode.HEAD_OF_SERVICE, RoleCode.DIRECTOR)
        asked["hearer"] = PersonForm(
            sent if act == "hearer" else None, workers=as_choices(people), label="Who hears the appeal?"
        )
    return asked


def _sign(found: MatterShown, said: dict[str, Any], actor: Actor) -> None:
    if found.unsigned is not None:
        supporting.sign_step(step=found.unsigned.of, by=actor, **said)


def _companion(found: MatterShown, said: dict[str, Any], actor: Actor) -> None:
    worker = Worker.objects.filter(pk=said["worker"] or 0).first()
    supporting.name_companion(
        matter=found.of, name=said["name"], worker=worker, reads=said["reads"], by=actor
    )


def _other_day(found: MatterShown, said: dict[str, Any], actor: Actor) -> None:
    supporting.put_off_meeting(matter=found.of, to=said["to"], by=actor)


def _hr(found: MatterShown, said: dict[str, Any], actor: Actor) -> None:
    supporting.ask_for_formal(matter=found.of, hr_owner=Worker.objects.get(pk=said["worker"]), by=actor)


def _hearer(found: MatterShown, said: dict[str, Any], actor: Actor) -> None:
    supporting.name_appeal_hearer(matter=found.of, hearer=Worker.objects.get(pk=said["worker"]), by=actor)


DONE: dict[str, Callable[[MatterShown, dict[str, Any], Actor], None]] = {
    "sign": _sign, "companion": _companion, "other_day": _other_day, "hr": _hr, "hearer": _hearer,
}  # fmt: skip
