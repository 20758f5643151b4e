"""The board of stages with its evidence, the publishing of results, job evaluations and the equality impact."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require
from rightplace.foundation.organisation.programme.stages import roles_of
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.services.restructure import actions, queries
from rightplace.services.restructure.acting import done, seen, sent, tried
from rightplace.services.restructure.forms import EvaluationForm, EvidenceForm, PublishForm
from rightplace.services.restructure.impacts import impacts_of, protected_posts
from rightplace.services.restructure.models import Evaluation
from rightplace.services.restructure.presenters import equality as groups
from rightplace.services.restructure.presenters import stages as shown

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@GET_OR_POST
def stages(request: HttpRequest, number: int) -> HttpResponse:
    """What is done, what is missing, what must come first; who keeps the programme shows evidence here."""
    actor = actor_in(request)
    found, refused = seen(actor, number), None
    told = queries.board_of(found)
    form = EvidenceForm(sent(request, "show"), missing=told.choices)
    if request.method == "POST":
        require(actor, "restructure.keep")
        refused = tried(form, lambda said: _show(found, said["shows"], said, actor))
        if done({"show": form}, refused):
            messages.success(request, "Written down.")
            return redirect("restructure:stages", number)
    return page(
        request, "restructure/stages.jinja", title=f"Stages: {found.title}", told=told, columns=shown, form=form,
        refused=refused, keeps=may(actor, "restructure.keep"), programme=found,
        publishes=may(actor, "restructure.publish") and told.published is None,
        back=reverse("restructure:programme", args=[number]),
    )  # fmt: skip


def _show(programme: Programme, shows: str, said: dict[str, Any], actor: Actor) -> None:
    stage, kind, of = shows.split(shown.KIND_GLUE)
    actions.show_stage(
        programme=programme,
        stage=stage,
        kind=kind,
        of=of,
        on=said["on"],
        reference=said["reference"],
        by=actor,
    )


@GET_OR_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """The director publishes the results, or reads everything that stands against it."""
    actor = actor_in(request)
    found, refused = seen(actor, number), None
    form, against = PublishForm(request.POST or None), queries.board_of(found).against_results
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(programme=found, words=form.cleaned_data["words"], by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "The results are published. Everybody concerned reads the own page.")
            return redirect("restructure:stages", number)
    return page(
        request, "restructure/publish.jinja", title="Publish the results", form=form, refused=refused,
        against=against, programme=found, back=reverse("restructure:stages", args=[number]),
    )  # fmt: skip


@GET_OR_POST
def evaluations(request: HttpRequest, number: int) -> HttpResponse:
    """Job evaluation of each new role, and what it was held against."""
    actor = actor_in(request)
    found, refused = seen(actor, number), None
    roles = roles_of(found.pk)
    form = EvaluationForm(sent(request, "evaluate"), roles=[(role, role) for role in roles])
    if request.method == "POST":
        require(actor, "restructure.keep")
        refused = tried(form, lambda said: actions.record_evaluation(
            programme=found, by=actor, **(said | {"equal_pay": said["equal_pay"] == "yes"}),
        ))  # fmt: skip
        if done({"evaluate": form}, refused):
            messages.success(request, "Written down.")
            return redirect("restructure:evaluations", number)
    kept = list(Evaluation.objects.filter(programme=found).order_by("role", "id"))
    return page(
        request, "restructure/evaluations.jinja", title=f"Job evaluations: {found.title}",
        told=shown.Evaluations(roles=roles, rows_kept=kept), columns=shown, form=form, refused=refused,
        keeps=may(actor, "restructure.keep"), back=reverse("restructure:programme", args=[number]),
    )  # fmt: skip


@require_safe
def equality(request: HttpRequest, number: int) -> HttpResponse:
    """The equality impact by stage: groups, never one person. Reading it is recorded."""
    actor = actor_in(request)
    found = seen(actor, number)
    told = impacts_of(
        found, protected_posts(found), queries.known_outcomes(found.pk, queries.published_on(found.pk))
    )
    record_reading(actor, [], "restructure:equality", found=0, purpose=f"programme {found.pk}")
    return page(
        request, "restructure/equality.jinja", title=f"Equality: {found.title}", told=told, columns=groups,
        back=reverse("restructure:programme", args=[number]),
    )  # fmt: skip
