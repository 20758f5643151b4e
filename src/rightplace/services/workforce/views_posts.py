"""Posts: figures of every team, one team's, one post with its history, and what human resources writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.caseflow import waits
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Column, Row
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, people, queries
from rightplace.foundation.organisation.establishment.oddities import oddities
from rightplace.foundation.organisation.establishment.tables import Kept, Occupancy, Post, Seat
from rightplace.foundation.organisation.models import Membership, Team, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM
from rightplace.services.workforce.forms import FreezeForm, LeaveForm, SeatForm, SheetForm
from rightplace.services.workforce.forms_posts import AddSeatForm, BackForm, EndPostForm, LineageForm
from rightplace.services.workforce.presenters import posts as shown
from rightplace.services.workforce.registrations import ENDING_COLUMNS, registration_rows
from rightplace.services.workforce.sheets import as_spreadsheet
from rightplace.services.workforce.taking import Unreadable, take_sheet

TAKEN_COLUMNS = (Column("Row"), Column("Reference"), Column("What became of it"), Column("Why"))
GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def establishment(request: HttpRequest) -> HttpResponse:
    """How every post stands today: the picture first, then team by team. Figures only for whoever sees no names.

    It is the first page of human resources, who have no day with children: what waits for them stands first.
    """
    actor, today, now = actor_in(request), clock.today(), clock.now()
    found = queries.standing(today)
    sees, keeps = may(actor, "establishment.see"), may(actor, "establishment.keep")
    waiting = [each.row(now) for each in waits.waits_for(actor)] if keeps else []
    kinds = {} if sees else dict(Team.objects.values_list("pk", "kind"))
    return page(
        request, "workforce/establishment.jinja", title="Posts",
        told=shown.Establishment(now=now, posts=found, open_teams=sees),
        counts=None if sees else shown.CountsOnly(now=now, posts=found, kinds=kinds),
        columns=shown.TEAM_COLUMNS if sees else shown.COUNT_COLUMNS,
        ending=registration_rows(today) if keeps else [], ending_columns=ENDING_COLUMNS, sees=sees, keeps=keeps,
        waiting=waiting, waiting_columns=waits.COLUMNS,
    )  # fmt: skip


@require_safe
def own_team_posts(request: HttpRequest) -> HttpResponse:
    """The posts of the reader's own team; who manages none is led to the posts of all."""
    actor = actor_in(request)
    if actor.role in MANAGES_A_TEAM:
        return redirect("workforce:team-posts", actor.team)
    return redirect("workforce:establishment")


@require_safe
def team_posts(request: HttpRequest, number: int) -> HttpResponse:
    """The posts of one team, who sits in each, and what does not fit."""
    actor, today = actor_in(request), clock.today()
    team = get_object_or_404(Team, pk=number)
    require(actor, "establishment.see", team)
    told = shown.TeamPosts(team=team, posts=queries.standing(today, [team.pk]), odd=oddities(today, team.pk))
    return page(
        request, "workforce/team_posts.jinja", title=f"Posts of {team.name}", told=told, columns=shown,
        back=reverse("workforce:establishment") if actor.role not in MANAGES_A_TEAM else "",
    )  # fmt: skip


@GET_OR_POST
def post(request: HttpRequest, number: int) -> HttpResponse:
    """One post: what it is, who sits and sat there, its lineage; human resources writes here."""
    actor = actor_in(request)
    found = get_object_or_404(scope(actor, Post).select_related("team"), pk=number)
    keeps, refused = may(actor, "establishment.keep"), None
    made = _forms(request, found) if keeps else {}
    if request.method == "POST":
        require(actor, "establishment.keep")
        refused = _tried(request, found, made, actor)
        if refused is None and all(not form.errors for form in made.values()):
            return redirect("workforce:post", number)
    standing = next(iter(queries.standing(clock.today(), post=found.pk)), None)
    free = standing is not None and any(seat.name is None for seat in standing.seats)
    rights = keeps and queries.kept_seats(clock.today()).filter(seat__post=found).exists()
    told = shown.PostPage(
        post=found,
        now=clock.now(),
        standing=standing,
        history=queries.history_of(found.pk),
        lineage=queries.lineage_of(found.pk),
        freezes=list(found.freezes.order_by("begins")),
    )
    return page(
        request, "workforce/post.jinja", title=f"Post {found.reference}", told=told, columns=shown, asked=made,
        refused=refused, keeps=keeps, kept=rights, frozen=told.standing is not None and told.standing.frozen, free=free,
        back=reverse("workforce:team-posts", args=[found.team_id]),
    )  # fmt: skip


def _forms(request: HttpRequest, found: Post) -> dict[str, forms.Form]:
    """What human resources may write of a post; only the form that was sent is bound."""
    act, today = request.POST.get("act", ""), clock.today()

    def sent(name: str) -> dict[str, Any]:
        return {"data": request.POST if act == name else None, "auto_id": f"id_{name}_%s"}

    seats = [
        (seat.pk, f"seat {seat.number}, {float(seat.hours):g} hours")
        for seat in found.seats.filter(holding(today)).order_by("number")
    ]
    workers = Membership.objects.filter(
        holding(today), holding(today, "worker__"), worker__kind=Worker.Kind.STAFF
    )
    names = workers.order_by("worker__name", "worker_id").values_list("worker_id", "worker__name").distinct()
    sitting = (
        Occupancy.objects.filter(holding(today), seat__post=found).select_related("worker").order_by("id")
    )
    kept = queries.kept_seats(today).filter(seat__post=found)
    later = Post.objects.filter(begins__gte=found.begins).exclude(pk=found.pk).select_related("team")
    after = [
        (each.pk, f"{each.title}, {each.reference}, {each.team.name}")
        for each in later.order_by("title", "pk")
    ]
    return {
        "seat": SeatForm(seats=seats, workers=list(names), **sent("seat")),
        "leave": LeaveForm(sitting=[(row.pk, row.worker.name) for row in sitting], **sent("leave")),
        "back": BackForm(rights=[(row.pk, row.worker.name) for row in kept], **sent("back")),
        "freeze": FreezeForm(**sent("freeze")),
        "add_seat": AddSeatForm(**sent("add_seat")),
        "lineage": LineageForm(posts=after, **sent("lineage")),
        "end": EndPostForm(**sent("end")),
    }


def _tried(request: HttpRequest, found: Post, made: dict[str, forms.Form], by: Actor) -> Refused | None:
    act = request.POST.get("act", "")
    if act == "thaw":
        return _asked(lambda: actions.thaw_post(post=found, on=clock.today(), by=by))
    form = made.get(act)
    if form is None:
        return Refused("There is no such act.", "Choose one of the buttons.")
    if not form.is_valid():
        return None
    refused = _asked(lambda: ACTS[act](found, form.cleaned_data, by))
    if refused is None:
        messages.success(request, "Written down.")
    return refused


def _seated(post: Post, said: dict[str, Any], by: Actor) -> object:
    seat, worker = Seat.objects.get(pk=said["seat"], post=post), Worker.objects.get(pk=said["worker"])
    return people.seat_worker(
        seat=seat, worker=worker, kind=said["kind"], begins=said["begins"], hours=said["hours"], by=by
    )


def _left(post: Post, said: dict[str, Any], by: Actor) -> object:
    row = Occupancy.objects.get(pk=said["occupancy"], seat__post=post)
    return people.leave_seat(occupancy=row, on=said["on"], kept=said["kept"], by=by)


def _came_back(post: Post, said: dict[str, Any], by: Actor) -> object:
    kept = Kept.objects.get(pk=said["kept"], seat__post=post)
    if said["comes"] == "back":
        return people.come_back(kept=kept, on=said["on"], by=by)
    return people.give_up_seat(kept=kept, on=said["on"], by=by)


def _descended(post: Post, said: dict[str, Any], by: Actor) -> object:
    after = Post.objects.get(pk=said["after"])
    return actions.say_lineage(
        before=post, after=after, on=said["on"], kind=said["kind"], because=said["because"], by=by
    )


ACTS: dict[str, Callable[[Post, dict[str, Any], Actor], object]] = {
    "seat": _seated,
    "leave": _left,
    "back": _came_back,
    "freeze": lambda post, said, by: actions.freeze_post(post=post, by=by, **said),
    "add_seat": lambda post, said, by: actions.add_seat(post=post, by=by, **said),
    "lineage": _descended,
    "end": lambda post, said, by: actions.end_post(post=post, by=by, **said),
}


def _asked(act: Callable[[], object]) -> Refused | None:
    try:
        act()
    except Refused as why:
        return why
    return None


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The posts that the reader may see, as a spreadsheet."""
    actor, today = actor_in(request), clock.today()
    teams = [actor.team] if actor.role in MANAGES_A_TEAM else None
    answer = HttpResponse(
        as_spreadsheet(queries.standing(today, teams), today, clock.now()), content_type=XLSX
    )
    answer["Content-Disposition"] = f'attachment; filename="posts-{today:%Y-%m-%d}.xlsx"'
    return answer


@GET_OR_POST
def take(request: HttpRequest) -> HttpResponse:
    """Taking in a spreadsheet of posts: each row is taken or refused, and says why."""
    actor, told = actor_in(request), None
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            told = take_sheet(upload.read(), by=actor, trial=form.cleaned_data["trial"])
        except Unreadable as why:
            form.add_error("file", str(why))
    return page(
        request, "workforce/take.jinja", title="Take in a spreadsheet of posts", form=form, told=told, columns=TAKEN_COLUMNS,
        lines=[Row((f"Line {each.line}", each.reference, each.outcome, each.says)) for each in told.rows] if told else [],
        back=reverse("workforce:establishment"),
    )  # fmt: skip
