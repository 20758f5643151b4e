"""The cut-over's pages. Thin: what is shown of children is recorded first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.caseflow.moving import Goes, movings
from rightplace.common.caseflow.moving import counted as open_things
from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Link, Pages, Row
from rightplace.common.web.words import plain_day
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import disclose
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.programme.queries import programmes
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.queries import members
from rightplace.services.cutover import planning, presenters, queries, receiving, running
from rightplace.services.cutover import presenters_families as shown
from rightplace.services.cutover.forms import AcceptForm, ChooseForm, PaceForm, SendBackForm, WithdrawForm
from rightplace.services.cutover.letters import may_be_written
from rightplace.services.cutover.models import Cutover, FamilyMove, Rehearsal
from rightplace.services.cutover.queries import Named
from rightplace.services.cutover.rehearsing import (
    ask_for_rehearsal,
    teams_moved,
)
from rightplace.services.cutover.routing import successor_teams

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
State = FamilyMove.State
SHOWN = 50
KEPT = 40
"""Rehearsals that the page looks back at."""


@GET_OR_POST
def every(request: HttpRequest) -> HttpResponse:
    """Every cut-over, and the programmes that could begin one."""
    actor, refused = actor_in(request), None
    if request.method == "POST":
        programme = get_object_or_404(Programme, pk=request.POST.get("programme") or 0)
        refused = _asked(lambda: planning.begin_cutover(programme=programme, by=actor))
        if refused is None:
            return redirect("cutover:cutover", Cutover.objects.get(programme=programme).pk)
    found = list(queries.cutovers(actor))
    far = queries.counts_by_cutover(found)
    ready = (
        programmes(clock.today())
        .filter(cutover=None, first_day__isnull=False, teams__isnull=False)
        .distinct()
    )
    return page(
        request, "cutover/every.jinja", title="Cut-over",
        rows=[_line(each, far.get(each.pk, queries.Counts())) for each in found],
        columns=presenters.ALL_COLUMNS, ready=list(ready), refused=refused,
    )  # fmt: skip


def _line(cutover: Cutover, counted: queries.Counts) -> Row:
    states = [state for state in State.values if state != State.GONE]
    moved, every_one = counted.of(State.MOVED), counted.of(*states)
    far = (
        "finished"
        if cutover.finished_at
        else f"{moved} of {every_one} moved"
        if cutover.begun_at
        else "in preparation"
    )
    name = Link(cutover.programme.title, reverse("cutover:cutover", args=[cutover.pk]))
    return Row((name, plain_day(cutover.first_day), every_one, far))


@GET_OR_POST
def cutover(request: HttpRequest, number: int) -> HttpResponse:
    """One cut-over: the picture, how far it is, and what has to happen next."""
    actor, refused = actor_in(request), None
    found = get_object_or_404(queries.cutovers(actor), pk=number)
    runs = may(actor, "cutover.run")
    pace = PaceForm(request.POST if request.POST.get("act") == "pace" else None, initial={"pace": found.pace})
    if request.method == "POST":
        require(actor, "cutover.run")
        refused = _done(request, found, pace, actor)
        if refused is None and not pace.errors:
            return redirect("cutover:cutover", number)
    told = _told(found, actor, runs=runs)
    return page(
        request, "cutover/cutover.jinja", title="Cut-over", told=told, refused=refused, runs=runs, form=pace,
        columns=presenters, back=reverse("cutover:all") if runs else reverse("cutover:mine"),
    )  # fmt: skip


def _told(found: Cutover, actor: Actor, *, runs: bool) -> presenters.CutoverPage:
    rows = queries.families(actor).filter(cutover=found)
    counted, flowing = queries.counts(rows), queries.flows(rows)
    if not runs:
        return presenters.CutoverPage(cutover=found, now=clock.now(), counted=counted, flows=flowing)
    teams = successor_teams(found.programme_id)
    moved = teams_moved(found, teams)
    there, lines = open_things(moved), planning.lines_of(found)
    rehearsals, digest = list(found.rehearsals.order_by("-id")[:KEPT]), planning.digest_of(found, lines)
    return presenters.CutoverPage(
        cutover=found, now=clock.now(), counted=counted, flows=flowing,
        missing=planning.missing_in(found, lines, teams).sentences if not found.finished_at else (),
        rehearsal=rehearsals[0] if rehearsals else None,
        rehearsed=any(each.succeeded and each.digest == digest for each in rehearsals),
        besides=list(found.besides.all()), waiting=[(each, there[each.name]) for each in movings()],
        whose={each.name: each.whose(moved) for each in movings(Goes.BY_PEOPLE) if each.whose and there[each.name]},
    )  # fmt: skip


def _done(request: HttpRequest, found: Cutover, pace: PaceForm, by: Actor) -> Refused | None:
    """What the button that was pressed asks for."""
    act = request.POST.get("act", "")
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "plan": (lambda: planning.make_plan(cutover=found, by=by), "The plan is made."),
        "offer": (
            lambda: planning.offer_families(cutover=found, by=by),
            "The new teams’ managers are asked to accept.",
        ),
        "rehearse": (lambda: _rehearse(found, by), "The rehearsal is under way."),
        "begin": (
            lambda: running.begin_run(cutover=found, by=by),
            "The run moves families from the first day.",
        ),
        "stop": (
            lambda: running.stop_run(cutover=found, by=by),
            "Stopped. The rest stays with its old team.",
        ),
        "pace": (
            lambda: running.set_pace(cutover=found, pace=pace.cleaned_data["pace"], by=by),
            "The pace is set.",
        ),
    }
    if act not in acts:
        return Refused("There is no such act.", "Choose one of the buttons.")
    if act == "pace" and not pace.is_valid():
        return None
    do, said = acts[act]
    refused = _asked(do)
    if refused is None:
        messages.success(request, said)
    return refused


def _rehearse(found: Cutover, by: Actor) -> None:
    from rightplace.services.cutover.tasks import hold_rehearsal

    wanted = ask_for_rehearsal(cutover=found, by=by)
    hold_rehearsal.defer(number=wanted.pk, membership=by.membership)


@require_safe
def families(request: HttpRequest, number: int) -> HttpResponse:
    """Every family of the plan, those first that still ask for a person; fifty on a page."""
    actor = actor_in(request)
    found = get_object_or_404(queries.cutovers(actor), pk=number)
    rows = queries.families(actor).filter(cutover=found)
    wanted = request.GET.get("state", "")
    if wanted in State.values:
        rows = rows.filter(state=wanted)
    rows = rows.order_by(shown.WHO_ASKS_FIRST, "id")
    counted = queries.counts(queries.families(actor).filter(cutover=found))
    at = max(int(request.GET["page"]), 1) if request.GET.get("page", "").isdigit() else 1
    total = counted.of(wanted) if wanted in State.values else counted.of(*State.values)
    last = max(1, -(-total // SHOWN))
    at = min(at, last)
    named = queries.named(actor, rows[(at - 1) * SHOWN : at * SHOWN])
    here = reverse("cutover:families", args=[number])
    links = [
        Link(f"{words.capitalised(label)} ({counted.of(state)})", f"{here}?state={state}")
        for state, label in State.choices
        if counted.of(state)
    ]
    return _shown(
        request, "families", "Families of a cut-over", named, found=found, links=links, wanted=wanted, here=here,
        rows=[shown.row_of(each) for each in named], columns=shown.FAMILY_COLUMNS,
        pages=Pages(at, last, f"{here}?state={wanted}&page={{page}}") if last > 1 else None,
        back=reverse("cutover:cutover", args=[number]),
    )  # fmt: skip


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What comes to the reader's own team, by the team that it comes from."""
    actor = actor_in(request)
    if may(actor, "cutover.run"):
        return redirect("cutover:all")
    found = queries.batches(actor)
    return page(
        request, "cutover/mine.jinja", title="Families that come to your team",
        rows=[shown.batch_row(each) for each in found], columns=shown.BATCH_COLUMNS,
    )  # fmt: skip


@GET_OR_POST
def receive(request: HttpRequest, number: int, team: int) -> HttpResponse:
    """The families of one old team that come to the reader's team: accepted together, in one conversation."""
    actor, refused = actor_in(request), None
    found = get_object_or_404(queries.cutovers(actor), pk=number)
    rows = list(
        queries.families(actor)
        .filter(cutover=found, from_team=team, to_team=actor.team)
        .exclude(state=State.GONE)
    )
    from_team = get_object_or_404(Team, pk=team if rows else 0)
    waiting = [row for row in rows if row.state == State.OFFERED]
    people = [
        (row.worker_id, row.worker.name)
        for row in members(team, clock.today())
        if row.worker_id != actor.worker
    ]
    form = AcceptForm(request.POST if request.method == "POST" else None, people=list(dict.fromkeys(people)))
    if request.method == "POST" and form.is_valid():
        refused = _asked(partial(_accept, found, from_team, waiting, form.cleaned_data, actor))
        if refused is None:
            messages.success(
                request, f"Accepted. Your team answers for them from {plain_day(found.first_day)}."
            )
            return redirect("cutover:receive", number, team)
    named = queries.named(actor, rows)
    return _shown(
        request, "receive", f"Families from {from_team.name}", named, found=found, form=form, refused=refused,
        from_team=from_team, waiting=len(waiting), first_day=plain_day(found.first_day),
        children=sum(len(row.children) for row in waiting),
        rows=[shown.coming_row(each) for each in named], columns=shown.COMING_COLUMNS,
        main=f"Accept {presenters.families_words(len(waiting))}", back=reverse("cutover:mine"),
    )  # fmt: skip


def _accept(
    found: Cutover, from_team: Team, waiting: Sequence[FamilyMove], said: dict[str, Any], by: Actor
) -> None:
    receiving.accept_families(
        cutover=found, from_team=from_team, families=[row.pk for row in waiting], by=by,
        spoke_with=Worker.objects.get(pk=said["spoke_with"]), spoke_on=said["spoke_on"],
    )  # fmt: skip


@require_safe
def coming(request: HttpRequest) -> HttpResponse:
    """For a worker: the families that come with the new structure, and those that they hand on to somebody else."""
    actor = actor_in(request)
    rows = queries.families(actor).filter(state__in=(State.ACCEPTED, State.MOVED))
    named = queries.named(actor, rows)
    come = [each for each in named if each.row.worker_id == actor.worker]
    go = [each for each in named if each.row.worker_id != actor.worker]
    return _shown(
        request, "coming", "Your families in the new structure", named,
        rows=[shown.arriving_row(each) for each in come], columns=shown.ARRIVING_COLUMNS,
        going=[shown.going_row(each) for each in go], going_columns=shown.GOING_COLUMNS,
    )  # fmt: skip


@GET_OR_POST
def family(request: HttpRequest, number: int) -> HttpResponse:
    """One family: where it goes and why. Whoever plans chooses otherwise; whoever receives sends it back."""
    actor, refused = actor_in(request), None
    row = get_object_or_404(queries.families(actor), pk=number)
    open_now = row.state not in (State.MOVED, State.GONE)
    plans = open_now and may(actor, "cutover.run")
    answers = row.state in (State.OFFERED, State.ACCEPTED) and may(actor, "offer.answer", row)
    act = request.POST.get("act", "")
    teams = successor_teams(row.cutover.programme_id) if plans else {}
    choose = ChooseForm(
        request.POST if act == "choose" else None, places=_places(row, teams) if plans else (),
        now=f"{row.to_team_id}-{row.worker_id}",
    )  # fmt: skip
    back = SendBackForm(request.POST if act == "back" else None)
    withdraw = WithdrawForm(request.POST if act == "withdraw" else None)
    forms = {"choose": choose, "back": back, "withdraw": withdraw}
    asked = forms.get(act)
    if request.method == "POST" and (asked is None or asked.is_valid()):
        refused = _asked(partial(_changed, row, act, asked.cleaned_data if asked else {}, actor))
        if refused is None:
            messages.success(request, "Written down.")
            return redirect(
                reverse("cutover:family", args=[number]) if act == "withdraw" else _home(row, actor)
            )
    named = queries.named(actor, [row])
    return _shown(
        request, "family", "A family of a cut-over", named, row=row, one=named[0], choose=choose, send_back=back,
        form=asked, refused=refused, plans=plans, withdraw=withdraw,
        elsewhere=shown.elsewhere_sentences(planning.offers_elsewhere(row, teams)) if plans else (),
        answers=answers, letter=may_be_written(named[0]), tag=presenters.state_tag(row), name=presenters.family_words(named[0]),
        sentences=shown.family_sentences(named[0]), back=_home(row, actor),
    )  # fmt: skip


def _home(row: FamilyMove, actor: Actor) -> str:
    if may(actor, "cutover.run"):
        return reverse("cutover:families", args=[row.cutover_id])
    if row.to_team_id == actor.team:
        return reverse("cutover:receive", args=[row.cutover_id, row.from_team_id])
    return reverse("cutover:cutover", args=[row.cutover_id])


def _places(row: FamilyMove, after: Mapping[int, Sequence[Team]]) -> list[tuple[str, str]]:
    """Every worker of the teams that go on from the family's team, as the choice of a person."""
    return [
        (f"{team.pk}-{worker}", f"{name}, {team.name}")
        for team in after.get(row.from_team_id, ())
        for worker, name in queries.workers_of(team.pk, row.cutover.first_day)
    ]


def _changed(row: FamilyMove, act: str, said: dict[str, Any], by: Actor) -> None:
    if act == "choose":
        team, worker = (int(part) for part in said["place"].split("-"))
        planning.choose(
            family=row, team=Team.objects.get(pk=team), worker=Worker.objects.get(pk=worker), by=by
        )
    elif act == "aside":
        planning.set_aside(family=row, by=by)
    elif act == "withdraw":
        planning.withdraw_offers(family=row, reasons=said["reasons"], by=by)
    elif act == "back":
        receiving.send_family_back(family=row, why=said["why"], by=by)
    else:
        raise Refused("There is no such act.", "Choose one of the buttons.")


@require_safe
def rehearsal(request: HttpRequest, number: int) -> HttpResponse:
    """What a rehearsal showed: what moved, what was looked at, what would not move and why."""
    actor = actor_in(request)
    found = get_object_or_404(Rehearsal.objects.filter(cutover__in=queries.cutovers(actor)), pk=number)
    rows = {
        row.pk: row for row in queries.families(actor).filter(pk__in=[pk for pk, _ in found.refusals[:SHOWN]])
    }
    named = {each.row.pk: each for each in queries.named(actor, rows.values())}
    refused = [(named[pk], because) for pk, because in found.refusals[:SHOWN] if pk in named]
    told = presenters.RehearsalPage(found=found, refused=refused)
    return _shown(
        request, "rehearsal", "Rehearsal", list(named.values()), told=told, columns=presenters,
        back=reverse("cutover:cutover", args=[found.cutover_id]),
    )  # fmt: skip


def _shown(
    request: HttpRequest, template: str, title: str, named: Iterable[Named], **more: Any
) -> HttpResponse:
    """Answer with a page that names children, its reading recorded first."""
    return disclose(
        actor_in(request),
        lambda: page(request, f"cutover/{template}.jinja", title=title, **more),
        files=queries.files_of(named),
        what=f"cutover:{template}",
        request_id=getattr(request, "request_id", ""),
    )


def _asked(act: Callable[[], object]) -> Refused | None:
    try:
        act()
    except Refused as why:
        return why
    return None
