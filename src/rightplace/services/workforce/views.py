"""My work, a team's and every team's workload, and being full. Thin: what is shown of children is recorded first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.caseflow.load import Week
from rightplace.common.caseflow.waits import COLUMNS as WAIT_COLUMNS
from rightplace.common.caseflow.waits import waits_for
from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workload import examples, weights_on
from rightplace.foundation.access.actor import Actor, actor_of
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM
from rightplace.foundation.people.projections import Person
from rightplace.services.workforce import full as acts
from rightplace.services.workforce import queries
from rightplace.services.workforce.allocating.advising import counted_with
from rightplace.services.workforce.forms import AnswerForm, FullForm, ReplyForm
from rightplace.services.workforce.models import FullSaid
from rightplace.services.workforce.presenters import full as full_shown
from rightplace.services.workforce.presenters import work as shown
from rightplace.services.workforce.presenters.full import FullLine
from rightplace.services.workforce.presenters.line import worker_row

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 100
MANAGERS = 1
"""Of so many managers of a team it is said what waits: one question each."""


def managing(actor: Actor, week: Week) -> shown.Managing:
    """What a manager has besides families. One question: what waits."""
    table = weights_on(clock.today())
    hours = table.supervision_given * week.supervises if table else 0.0
    return shown.Managing(
        worker=actor.worker,
        name=actor.name,
        supervises=week.supervises,
        hours=hours,
        waiting=waits_for(actor),
    )


def my_work_of(actor: Actor) -> shown.MyWork:
    """What the reader carries now."""
    now = clock.now()
    found = queries.carried([actor.worker], now)
    load, week = found.loads[actor.worker], found.weeks[actor.worker]
    due = found.coming.get(actor.worker, [])
    seen = actor.role in queries.CARRIES and actor.team_kind in queries.CHILDRENS_TEAMS
    persons = [child.person for family in load.families for child in family.children]
    said = list(
        FullSaid.objects.filter(worker=actor.worker)
        .select_related("worker", "team", "answer__recorded_by")
        .order_by("-recorded_at")[:10]
    )
    return shown.MyWork(
        now=now,
        load=load,
        weights=weights_on(clock.today()),
        people={each.person: each for each in scope(actor, Person).filter(person__in=persons)},
        coming=due,
        full=next((each for each in said if not (each.answered_at or each.taken_back_at)), None),
        earlier=said,
        managing=managing(actor, week) if actor.role in MANAGES_A_TEAM else None,
        others_see=worker_row(actor.name, actor.role, load, due, actor.worker in found.full)
        if seen
        else None,
        counts=counted_with(load, week) if seen else "",
    )


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """The worker's own week in hours, before anybody else sees it; a manager's span and what waits for a decision too."""
    actor = actor_in(request)
    told = my_work_of(actor)
    waits = told.managing.waiting if told.managing else ()
    return disclose(
        actor,
        lambda: page(
            request, "workforce/my_work.jinja", title="My work", told=told, columns=shown,
            full_columns=full_shown.OWN_COLUMNS, full_rows=[FullLine(each, told.now).own_row() for each in told.earlier],
            examples=examples(), wait_columns=WAIT_COLUMNS, wait_rows=[each.row(told.now) for each in waits],
            manages=actor.role in MANAGES_A_TEAM, may_say=may(actor, "full.say"),
        ),
        files=sorted(told.people),
        what="workforce:my-work",
        request_id=getattr(request, "request_id", ""),
    )  # fmt: skip


@GET_OR_POST
def say_full(request: HttpRequest) -> HttpResponse:
    """Saying formally that one is full."""
    actor, refused = actor_in(request), None
    form = FullForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = acts.say_full(
                because=form.cleaned_data["because"], wishes=form.cleaned_data["wishes"], by=actor
            )
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Said. Your manager reads it now, and an answer is due.")
            return redirect("workforce:my-full", said.pk)
    table = weights_on(clock.today())
    return page(
        request, "workforce/say_full.jinja", title="Say that you are full", form=form, refused=refused,
        clock=table.full if table else None, back=reverse("workforce:my-work"),
    )  # fmt: skip


@GET_OR_POST
def my_full(request: HttpRequest, number: int) -> HttpResponse:
    """What became of it: the answer, and what one says to it."""
    actor, refused = actor_in(request), None
    said = get_object_or_404(queries.full_said(actor), pk=number, worker=actor.worker)
    line = FullLine(said, clock.now())
    form = ReplyForm(request.POST if request.POST.get("act") == "reply" else None)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "take_back":
                acts.take_back(said=said, by=actor)
                messages.success(request, "Taken back.")
                return redirect("workforce:my-work")
            if line.answer is not None and form.is_valid():
                acts.reply_to_answer(
                    answer=line.answer, accepted=form.cleaned_data["accepted"] == "yes",
                    words=form.cleaned_data["words"], by=actor,
                )  # fmt: skip
                messages.success(request, "Your reply is written down.")
                return redirect("workforce:my-full", number)
        except Refused as why:
            refused = why
    return page(
        request, "workforce/full_said.jinja", title="You said that you are full", line=line, form=form, refused=refused,
        own=True, back=reverse("workforce:my-work"), main="Write down my reply",
        open=line.answer is not None and line.answer.replied_at is None,
    )  # fmt: skip


@require_safe
def workload(request: HttpRequest) -> HttpResponse:
    """Every team's load for who heads them; a manager goes straight to the own team's."""
    actor = actor_in(request)
    if actor.role in MANAGES_A_TEAM:
        return redirect("workforce:team-load", actor.team)
    found = queries.every_team()
    told = shown.EveryTeam(now=clock.now(), found=found.teams, in_all=found.takes)
    return page(
        request, "workforce/workload.jinja", title="Workload", told=told, columns=shown.TEAM_COLUMNS,
        table=weights_on(clock.today()), examples=examples(),
    )  # fmt: skip


@require_safe
def team_load(request: HttpRequest, number: int) -> HttpResponse:
    """One team's load, worker by worker; figures only, no child is shown."""
    actor = actor_in(request)
    team = get_object_or_404(Team, pk=number, kind__in=queries.CHILDRENS_TEAMS)
    require(actor, "workload.see", team)
    found = queries.team_load(team)
    leads = [actor_of(member) for member in found.members if member.role in MANAGES_A_TEAM][:MANAGERS]
    told_of = [managing(each, found.weeks[each.worker]) for each in leads]
    told = shown.TeamWork(
        now=clock.now(),
        found=found,
        managers=told_of,
    )
    return page(
        request, "workforce/team_load.jinja", title=f"Workload of {team.name}", told=told, team=team,
        columns=shown.WORKER_COLUMNS, table=weights_on(clock.today()),
        back=reverse("workforce:workload") if actor.role not in MANAGES_A_TEAM else "",
    )  # fmt: skip


@require_safe
def full(request: HttpRequest) -> HttpResponse:
    """Who said to be full: those who wait for an answer first."""
    actor, now = actor_in(request), clock.now()
    found = [each for each in queries.full_said(actor)[:SHOWN] if each.worker_id != actor.worker]
    waiting = [FullLine(each, now).row() for each in found if not (each.answered_at or each.taken_back_at)]
    past = [FullLine(each, now).row() for each in found if each.answered_at or each.taken_back_at]
    return page(
        request, "workforce/full.jinja", title="Who said to be full", waiting=waiting, past=past,
        columns=full_shown.COLUMNS,
    )  # fmt: skip


@GET_OR_POST
def full_said(request: HttpRequest, number: int) -> HttpResponse:
    """One worker who said to be full: read it, and answer."""
    actor, refused = actor_in(request), None
    said = get_object_or_404(queries.full_said(actor), pk=number)
    line, form = FullLine(said, clock.now()), AnswerForm(request.POST or None)
    may_answer = may(actor, "full.answer", said) and not (said.answered_at or said.taken_back_at)
    if request.method == "POST" and form.is_valid():
        try:
            acts.answer_full(
                said=said, kind=form.cleaned_data["kind"], words=form.cleaned_data["words"],
                until=form.cleaned_data["until"], by=actor,
            )  # fmt: skip
        except Refused as why:
            refused = why
        else:
            messages.success(request, "Answered. The worker reads it on My work.")
            return redirect("workforce:full-said", number)
    return page(
        request, "workforce/full_said.jinja", title="A worker is full", line=line, form=form, refused=refused,
        own=False, open=may_answer, back=reverse("workforce:full"), main="Give this answer",
    )  # fmt: skip
