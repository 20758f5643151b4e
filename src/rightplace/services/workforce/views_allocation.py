"""Families who wait with whom is suggested, moves between workers, conflicts of interest. Readings are recorded first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.advice import COST_COLUMNS, OUT_COLUMNS
from rightplace.common.web.pages import page
from rightplace.domain.allocation import suggest
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, may, require, scope
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.people.projections import Person
from rightplace.services.workforce.allocating import conflicts, moves
from rightplace.services.workforce.allocating.advising import told
from rightplace.services.workforce.allocating.facts import Known, known_of
from rightplace.services.workforce.forms import ConflictForm, PickForm, SeveralForm
from rightplace.services.workforce.models import ConflictDeclared, MovesAsked
from rightplace.services.workforce.presenters import allocation as shown
from rightplace.services.workforce.queries import CHILDRENS_TEAMS

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
AT_ONCE = 20
"""So many families are decided on at once; the others come when these are done."""


def _page(
    request: HttpRequest, template: str, title: str, files: set[int], what: str, **more: Any
) -> HttpResponse:
    return disclose(
        actor_in(request),
        lambda: page(request, f"workforce/{template}.jinja", title=title, **more),
        files=sorted(files),
        what=what,
        request_id=getattr(request, "request_id", ""),
    )


def _team(actor: Actor, number: int, permission: str) -> Team:
    team = get_object_or_404(Team, pk=number, kind__in=CHILDRENS_TEAMS)
    require(actor, permission, team)
    return team


@GET_OR_POST
def waiting(request: HttpRequest, number: int) -> HttpResponse:
    """Every family of a team who waits for a worker, the best plan for all of them, and the manager's choice."""
    actor = actor_in(request)
    team = _team(actor, number, "allocation.see")
    known = known_of(actor, team, moves.waiting_families(actor, team)[:AT_ONCE])
    families = _waiting(actor, known)
    decides = may(actor, "worker.allocate") and actor.team == team.pk
    form = SeveralForm(
        request.POST or None, families=[(each.key, each.name, each.advice.worker) for each in families],
        workers=sorted(known.names.items(), key=lambda each: each[1]),
    )  # fmt: skip
    refused: list[Refused] = []
    if request.method == "POST" and decides and form.is_valid():
        done, refused = _allocated(families, form, actor)
        if done:
            messages.success(request, f"Allocated: {done}.")
        if not refused:
            return redirect("workforce:waiting", number)
    return _page(
        request, "waiting", f"Who waits in {team.name}", {child for each in families for child in each.children},
        "workforce:waiting", families=families, team=team, form=form, refused=refused[0] if refused else None,
        decides=decides, advice_columns=(COST_COLUMNS, OUT_COLUMNS), back=reverse("workforce:team-load", args=[number]),
        without_extra=len(known.question.groups) * len(known.question.workers) > moves.AT_ONCE,
    )  # fmt: skip


def _waiting(actor: Actor, known: Known) -> list[shown.FamilyWaiting]:
    """Each family with its suggestion in the best plan of all, the longest wait first."""
    now = clock.now()
    children = [child for each in known.persons.values() for child in each]
    people = {each.person: each for each in scope(actor, Person).filter(person__in=children)}
    spans = Span.objects.filter(person__in=children, open=True, worker=0, begins__lte=now).exclude(
        ends__lte=now
    )
    since = dict(spans.values_list("person", "unallocated_since"))
    found = []
    for one in suggest(known.question).each if known.question.groups else ():
        own = known.persons[one.group.key]
        first = min((moment for child in own if (moment := since.get(child))), default=None)
        found.append(
            (
                first or now,
                shown.FamilyWaiting(
                    key=one.group.key, name=shown.family_name(people, own), children=own,
                    waited=shown.since_words(first, now), advice=told(known, one),
                ),
            )
        )  # fmt: skip
    return [family for _, family in sorted(found, key=lambda each: (each[0], each[1].key))]


def _allocated(
    families: list[shown.FamilyWaiting], form: SeveralForm, by: Actor
) -> tuple[int, list[Refused]]:
    """Each family in an act of its own: what is refused leaves the others done."""
    by_key, done, refused = {each.key: each for each in families}, 0, list[Refused]()
    for key, worker, because in form.chosen:
        family = by_key[key]
        try:
            caseflow.allocate_together(
                files=dict.fromkeys(family.children, 0), worker=worker, reasons=because, by=by,
                suggested=family.advice.suggested,
            )  # fmt: skip
        except Refused as why:
            refused.append(why)
        else:
            done += 1
    return done, refused


@GET_OR_POST
def team_moves(request: HttpRequest, number: int) -> HttpResponse:
    """Asking which moves would be worth it; the last answer is on a page of its own."""
    actor = actor_in(request)
    team = _team(actor, number, "allocation.rebalance")
    if request.method == "POST":
        return redirect("workforce:moves-asked", moves.ask_moves(team=team, by=actor).pk)
    last = scope(actor, MovesAsked).filter(team=team).order_by("-recorded_at").first()
    if last is not None and clock.now() - last.recorded_at <= moves.FRESH:
        return redirect("workforce:moves-asked", last.pk)
    return page(
        request, "workforce/moves.jinja", title=f"Moves in {team.name}", team=team,
        back=reverse("workforce:team-load", args=[number]),
    )  # fmt: skip


@GET_OR_POST
def moves_asked(request: HttpRequest, number: int) -> HttpResponse:
    """What was worked out, and which of it the manager does."""
    actor = actor_in(request)
    asked = get_object_or_404(scope(actor, MovesAsked).select_related("team"), pk=number)
    told_page = _moves_page(actor, asked)
    picks = may(actor, "worker.allocate") and actor.team == asked.team_id and bool(asked.moves)
    form = PickForm(request.POST or None, moves=told_page.choices)
    refused: Refused | None = None
    if request.method == "POST" and picks and form.is_valid():
        refused = _tried(lambda: _make(asked, form, actor))
        if refused is None:
            messages.success(request, "Done, as ordinary changes of worker. Each file says why.")
            return redirect("workforce:team-load", asked.team_id)
    return _page(
        request, "moves_asked", f"Moves in {asked.team.name}", set(told_page.people), "workforce:moves",
        told=told_page, asked=asked, team=asked.team, form=form, refused=refused, picks=picks,
        columns=shown.MOVE_COLUMNS, back=reverse("workforce:team-load", args=[asked.team_id]),
    )  # fmt: skip


def _moves_page(actor: Actor, asked: MovesAsked) -> shown.MovesPage:
    steps = [step for move in asked.moves for step in move["steps"]]
    children = [child for step in steps for child in step["children"]]
    workers = {step[side] for step in steps for side in ("giver", "taker")} | {
        worker for _, worker in asked.faults
    }
    return shown.MovesPage(
        asked=asked,
        people={each.person: each for each in scope(actor, Person).filter(person__in=children)},
        names=dict(Worker.objects.filter(pk__in=workers - {None}).values_list("pk", "name")),
    )


def _make(asked: MovesAsked, form: PickForm, by: Actor) -> None:
    for place in sorted(form.cleaned_data["moves"]):
        moves.make_move(
            picked=moves.Picked(asked, place), change_reason=form.cleaned_data["change_reason"],
            reasons=form.cleaned_data["reasons"], by=by,
        )  # fmt: skip


def _tried(act: Callable[[], object]) -> Refused | None:
    try:
        act()
    except Refused as why:
        return why
    return None


@GET_OR_POST
def conflict(request: HttpRequest, file: int) -> HttpResponse:
    """A worker declares a conflict of interest about a child, or takes it back."""
    actor = actor_in(request)
    person = scope(actor, Person).filter(person=file).first()
    if person is None:
        raise NotAllowed
    own = ConflictDeclared.objects.filter(worker=actor.worker, person=file, ended_at=None).first()
    form, refused = ConflictForm(request.POST if own is None and request.POST else None), None
    if request.method == "POST" and (own is not None or form.is_valid()):
        refused = _tried(
            lambda: (
                conflicts.end_conflict(declared=own, by=actor)
                if own is not None
                else conflicts.declare_conflict(person=file, words=form.cleaned_data["words"], by=actor)
            )
        )
        if refused is None:
            messages.success(request, "Written down." if own is None else "Taken back.")
            return redirect("workforce:conflicts")
    return _page(
        request, "conflict", f"Conflict of interest: {person.initials}", {file}, "workforce:conflict",
        person=person, own=own, words=conflicts.words_of(own) if own else "", form=form, refused=refused,
        back=reverse("workforce:conflicts"),
    )  # fmt: skip


@require_safe
def conflict_list(request: HttpRequest) -> HttpResponse:
    """One's own conflicts of interest; for a manager those of the team's workers too."""
    actor = actor_in(request)
    found = list(
        scope(actor, ConflictDeclared).select_related("worker").order_by("ended_at", "-recorded_at")[:100]
    )
    people = {e.person: e for e in scope(actor, Person).filter(person__in=[each.person for each in found])}
    rows = [
        shown.conflict_row(
            each, conflicts.words_of(each), people.get(each.person), each.worker_id == actor.worker
        )
        for each in found
    ]
    return _page(
        request, "conflicts", "Conflicts of interest", set(people), "workforce:conflicts", rows=rows,
        columns=shown.CONFLICT_COLUMNS, back=reverse("workforce:my-work"),
    )  # fmt: skip
