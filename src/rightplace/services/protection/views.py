"""The pages of those who call a strategy discussion: lists, one discussion, calling it, what was agreed. Thin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.caseflow.children import children_of
from rightplace.common.caseflow.queries import open_spans
from rightplace.common.caseflow.siblings import family_with_the_team
from rightplace.common.disclosure.letters import may_answer
from rightplace.common.web import words
from rightplace.common.web.frame import story_address
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, require, scope
from rightplace.foundation.journal import reading
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.queries import on_day
from rightplace.foundation.people.projections import Person
from rightplace.services.protection import actions, presenters, queries
from rightplace.services.protection.forms import CallForm, CallInForm, DoneForm
from rightplace.services.protection.policy import AT_THE_FRONT_DOOR
from rightplace.services.protection.projections import Action, Strategy

POSTS = require_http_methods(["GET", "HEAD", "POST"])


def shown(request: HttpRequest, template: str, files: Any, what: str, **context: Any) -> HttpResponse:
    """Answer with a page about these files: the reading recorded first."""
    return disclose(
        actor_in(request),
        lambda: page(request, f"protection/{template}.jinja", **context),
        files=list(files),
        what=what,
        request_id=getattr(request, "request_id", ""),
    )


def discussion(actor: Actor, number: int) -> list[Strategy]:
    """The rows of one discussion that the actor may call and hold. Raises NotAllowed."""
    rows = queries.children_of(actor, number)
    if not rows:
        raise NotAllowed
    require(actor, "strategy.call", rows[0])
    return rows


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The team's strategy discussions: to hold, the next due first; and held."""
    actor = actor_in(request)
    found = presenters.list_page(
        actor, queries.to_hold(actor)[: queries.SHOWN], queries.held_lately(actor)[:40]
    )
    return shown(
        request, "list", found.files, "strategy discussions", title="Strategy discussions", found=found,
        columns=presenters.TO_HOLD, held_columns=presenters.HELD,
    )  # fmt: skip


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One discussion: who was called and answered what, what was said, decided and agreed."""
    actor = actor_in(request)
    said = presenters.strategy_page(actor, discussion(actor, number))
    return shown(
        request, "one", said.files, "strategy discussion", title=f"Strategy discussion: {said.initials}", said=said,
        identity=said.identity, action_columns=presenters.ACTIONS, back=reverse("protection:list"),
    )  # fmt: skip


@POSTS
def of_child(request: HttpRequest, file: int) -> HttpResponse:
    """The child's discussion that is to be held; where there is none, calling one, for brothers and sisters together."""
    actor = actor_in(request)
    person = reading.person_of(file) or 0
    held = open_spans(actor).filter(person=person)
    if actor.team_kind not in AT_THE_FRONT_DOOR:
        held = held.filter(team=actor.team)
    if not held.exists():
        raise NotAllowed
    there = scope(actor, Strategy).filter(
        person=person, held__isnull=True, ended__isnull=True, agencies__gt=0
    )
    if (first := there.first()) is not None:
        return redirect("protection:one", first.number)
    known = children_of(actor, family_with_the_team(actor, person))
    agencies = _agencies_that_can_answer()
    form = CallForm(
        request.POST or None,
        children=[(child.file, f"{child.name}, {child.age}") for child in known],
        agencies=agencies,
        initial={"children": [file], "day": clock.today()},
    )
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            signed = actions.call_strategy(files=form.cleaned_data["children"], call=form.call, by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(
                request, "Called. Each agency sees it on its own desk; ring those who must come at once."
            )
            return redirect("protection:one", signed[0].occasion)
    return shown(
        request, "call", [file, *(child.number for child in known)], "call a strategy discussion",
        title=f"Call a strategy discussion: {words.initials(known[0].name)}", form=form, refused=refused,
        name=known[0].name, back=story_address(person),
    )  # fmt: skip


@POSTS
def call_in(request: HttpRequest, number: int) -> HttpResponse:
    """Call another agency in, once the discussion was called and before it is held."""
    actor = actor_in(request)
    rows = discussion(actor, number)
    said = presenters.strategy_page(actor, rows)
    if not said.may_hold or not said.agencies:
        return redirect("protection:one", number)
    others = _agencies_that_can_answer().exclude(pk__in=[each.agency.pk for each in said.agencies])
    form = CallInForm(request.POST or None, agencies=others.exclude(kind=Agency.Kind.AUTHORITY))
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.call_in(rows=rows, call=said.call, by=actor, **form.cleaned_data)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Called in. It sees what the others were sent, and is told by e-mail.")
            return redirect("protection:one", number)
    return shown(
        request, "call_in", said.files, "call in to a strategy discussion", title=f"Call in: {said.initials}",
        said=said, identity=said.identity, form=form, refused=refused, back=reverse("protection:one", args=[number]),
    )  # fmt: skip


def _agencies_that_can_answer() -> QuerySet[Agency]:
    """Agencies with somebody who may answer a call: whom nobody reads for is not called on a page."""
    desks = may_answer("strategy.attend")
    return on_day(Agency.objects.filter(pk__in=desks), clock.today()).order_by("name")


@require_safe
def actions_due(request: HttpRequest) -> HttpResponse:
    """What strategy discussions agreed and nobody has done: one's own, and what has climbed to this reader."""
    actor = actor_in(request)
    rows = list(queries.late_actions(actor)[: queries.SHOWN])
    named = scope(actor, Person).filter(person__in={row.person for row in rows})
    names = {each.person: each.name for each in named}
    told = queries.entries_told(actor, sorted({row.file for row in rows}))
    lines = presenters.late_rows(actor, rows, names, told)
    return shown(
        request, "actions", {row.file for row in rows}, "actions of strategy discussions",
        title="Actions of strategy discussions", lines=lines, columns=LATE,
    )  # fmt: skip


LATE = (Column("Child"), *presenters.ACTIONS[:3])


@POSTS
def action(request: HttpRequest, held: int, place: int) -> HttpResponse:
    """One thing that was agreed; whoever it belongs to says that it is done."""
    actor = actor_in(request)
    first = scope(actor, Action).filter(held=held, place=place).first()
    if first is None or actor.is_partner:
        raise NotAllowed
    rows = list(scope(actor, Action).filter(number=first.number, place=place).order_by("file"))
    climbed = any(row.id == first.id for row in queries.late_actions(actor))
    if not (climbed or actions.is_theirs(actor, first)):
        raise NotAllowed
    form, refused = DoneForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_done(rows=[row for row in rows if row.done is None], by=actor, **form.cleaned_data)
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Written down as done.")
            return redirect("protection:actions")
    told = queries.entries_told(actor, [row.file for row in rows])
    known = children_of(actor, [row.file for row in rows])
    lines = [
        Row(line.cells[:3], late=line.late) for line in presenters.action_rows(actor, rows, told, clock.now())
    ]
    return shown(
        request, "action", [n for c in known for n in (c.file, c.number)], "action of a strategy discussion",
        title="An action of a strategy discussion", lines=lines, columns=presenters.ACTIONS[:3], form=form,
        names=words.listed(child.name for child in known), refused=refused,
        theirs=first.done is None and actions.is_theirs(actor, first), back=reverse("protection:actions"),
    )  # fmt: skip
