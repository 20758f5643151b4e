"""Pages on who links which school, who is away and who covers, and lists of schools. Thin."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import NotAllowed, require, scope
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Absence, Membership, School, Team, Worker
from rightplace.services.schools import actions, reporting, taking
from rightplace.services.schools.forms import AwayForm, LinkForm, ListForm
from rightplace.services.schools.models import ListTaken
from rightplace.services.schools.presenters import linking, lists
from rightplace.services.schools.queries import link_workers, schools_to_link
from rightplace.services.schools.views import card_of

POSTS = require_http_methods(["GET", "HEAD", "POST"])
LISTS_SHOWN = 40


@require_safe
def linked(request: HttpRequest) -> HttpResponse:
    """Who links which school today; what somebody should see to stands first."""
    found = linking.linked_schools(schools_to_link(actor_in(request)), clock.today())
    return page(
        request, "schools/linked.jinja", title="Link people", found=found, columns=linking.SCHOOL_COLUMNS
    )


@POSTS
def link(request: HttpRequest, school: int) -> HttpResponse:
    """Name the next link person of a school, and see who it was."""
    actor = actor_in(request)
    row = School.objects.filter(pk=school).select_related("agency", "area").first()
    if row is None:
        raise NotAllowed
    require(actor, "linkperson.set", row)
    choices = linking.grouped_choices(row, link_workers(row, clock.today()))
    form, refused = LinkForm(request.POST or None, workers=choices, initial={"begins": clock.today()}), None
    if request.method == "POST" and form.is_valid():
        worker = Worker.objects.get(pk=form.cleaned_data["worker"])
        begins = form.cleaned_data["begins"]
        try:
            actions.name_link_person(school=row, worker=worker, begins=begins, by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, f"{worker.name} links {row.agency.name} from {begins:%d %B %Y}.")
            return redirect("schools:link", school)
    return page(
        request, "schools/link.jinja", title="Link person of a school", school=row, form=form, refused=refused,
        card=card_of(row), rows=linking.history(row), columns=linking.HISTORY_COLUMNS, back=reverse("schools:linked"),
    )  # fmt: skip


@POSTS
def away(request: HttpRequest) -> HttpResponse:
    """Who is away and who covers, with the schools and children that it touches."""
    actor, today = actor_in(request), clock.today()
    team, teams = _team_asked_for(actor, request)
    members = list(queries.members(team.pk, today)) if team else []
    choices = linking.worker_choices(members)
    form, refused = AwayForm(request.POST or None, workers=choices), None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        people = Worker.objects.in_bulk([typed["worker"], typed["cover"] or 0])
        try:
            actions.say_away(
                worker=people[typed["worker"]], begins=typed["begins"], ends=typed["ends"], by=actor,
                cover=people.get(typed["cover"] or 0),
            )  # fmt: skip
        except Refused as why:
            refused = why
        else:
            messages.success(request, f"{people[typed['worker']].name} is away.")
            return redirect(f"{reverse('schools:away')}?team={team.pk if team else ''}")
    return page(
        request, "schools/away.jinja", title="Who is away", form=form, refused=refused, team=team, teams=teams,
        rows=linking.away_rows(actor, [number for number, _ in choices], today), columns=linking.AWAY_COLUMNS,
    )  # fmt: skip


def _team_asked_for(actor: Actor, request: HttpRequest) -> tuple[Team | None, list[Team]]:
    """A manager's own team; who keeps the directory or heads the service chooses one of the council's."""
    if actor.team_kind not in (Team.Kind.ASSURANCE, Team.Kind.LEADERSHIP):
        return Team.objects.filter(pk=actor.team).first(), []
    found = queries.teams(clock.today()).exclude(kind=Team.Kind.PARTNER_DESK)
    teams = list(found.filter(agency_id=actor.agency))
    asked = request.GET.get("team") or request.POST.get("team") or ""
    chosen = next((team for team in teams if str(team.pk) == asked), None)
    support = next((team for team in teams if team.kind == Team.Kind.FAMILY_SUPPORT), None)
    return chosen or support or next(iter(teams), None), teams


@POSTS
def back(request: HttpRequest, absence: int) -> HttpResponse:
    """Say that somebody is back from today."""
    actor = actor_in(request)
    row = get_object_or_404(_absences(actor), pk=absence)
    refused = None
    if request.method == "POST":
        try:
            actions.say_back(absence=row, on=clock.today(), by=actor)
        except Refused as why:
            refused = why
        else:
            messages.success(request, f"{row.worker.name} is back.")
            own = queries.memberships_of(row.worker_id, clock.today()).first()
            return redirect(reverse("schools:away") + (f"?team={own.team_id}" if own else ""))
    return page(
        request, "schools/back.jinja", title="Somebody is back", absence=row, refused=refused, back=reverse("schools:away")
    )  # fmt: skip


def _absences(actor: Actor) -> QuerySet[Absence]:
    """Absences of whom the actor speaks for."""
    found = Absence.objects.select_related("worker", "cover")
    if actor.team_kind in (Team.Kind.ASSURANCE, Team.Kind.LEADERSHIP):
        return found.filter(worker__agency_id=actor.agency)
    team = Membership.objects.filter(queries.holding(clock.today()), team_id=actor.team)
    return found.filter(worker__in=team.values("worker"))


@POSTS
def all_lists(request: HttpRequest) -> HttpResponse:
    """Take in a list, or try it first; the lists that were taken in."""
    actor = actor_in(request)
    form, refused, told = ListForm(request.POST or None, request.FILES or None), None, None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        content, trial = typed["file"].read(), typed["trial"]
        try:
            if typed["kind"] == ListTaken.Kind.SCHOOLS:
                tally = taking.take_schools(
                    content, by=actor, listed=typed["listed"], authority=typed["authority"], dry_run=trial
                )
            else:
                tally = reporting.take_figures(content, by=actor, dry_run=trial)
            told = lists.tally_said(tally, trial=trial)
        except Refused as why:
            refused = why
    rows = list(scope(actor, ListTaken)[:LISTS_SHOWN])
    return page(
        request, "schools/lists.jinja", title="Lists of schools", form=form, refused=refused, told=told,
        rows=lists.list_rows(rows), columns=lists.COLUMNS, look_columns=lists.LOOK_COLUMNS,
    )  # fmt: skip


@require_safe
def one_list(request: HttpRequest, number: int) -> HttpResponse:
    """What became of one list, with the lines to look at."""
    row = get_object_or_404(scope(actor_in(request), ListTaken), pk=number)
    return page(
        request, "schools/list.jinja", title=f"List {row.pk}", told=lists.taken_said(row), row=row,
        look_columns=lists.LOOK_COLUMNS, back=reverse("schools:lists"),
    )  # fmt: skip
