"""Pages of people: finding them, adding one, their account, their last day. Thin."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Pages
from rightplace.common.web.trying import tried, typed
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.services.teams import actions, presenters, queries
from rightplace.services.teams.forms import AccountForm, EndForm, PersonForm, WhichTeamForm

POSTS = require_http_methods(["GET", "HEAD", "POST"])
A_PAGE = 50


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works with children here, found by name."""
    actor, asked = actor_in(request), request.GET.get("q", "").strip()[:80]
    paginator = Paginator(queries.people_called(actor, asked), A_PAGE)
    here = paginator.get_page(request.GET.get("page"))
    href = f"?{urlencode({'q': asked})}&page={{page}}" if asked else "?page={page}"
    return page(
        request, "teams/people.jinja", title="People", asked=asked, count=paginator.count,
        rows=presenters.person_rows(actor, here.object_list), columns=presenters.PERSON_COLUMNS,
        pages=Pages(here.number, paginator.num_pages, href),
    )  # fmt: skip


@POSTS
def person_new(request: HttpRequest) -> HttpResponse:
    """Add somebody to a team, with a role and an account. The first password is shown once."""
    actor, today = actor_in(request), clock.today()
    row = _team_asked_for(actor, request)
    if row is None:
        return _which_team(request, actor)
    form = PersonForm(typed(request), team=row, initial={"begins": today})
    added: list[actions.TakenOn] = []

    def act() -> None:
        added.append(actions.take_on(team=row, by=actor, **form.cleaned_data))

    done, refused = tried(request, form, act, "The person is added.")
    if done and added[0].password:
        return _password(request, added[0].worker, form.cleaned_data["username"], added[0].password)
    if done:
        return redirect("teams:person", added[0].worker.pk)
    return page(
        request, "teams/person_new.jinja", title="Add somebody", team=row, form=form, refused=refused,
        back=reverse("teams:team", args=[row.pk]),
    )  # fmt: skip


def _team_asked_for(actor: Actor, request: HttpRequest) -> Team | None:
    asked = request.POST.get("team") or request.GET.get("team") or ""
    found = scope(actor, Team).select_related("agency").exclude(ends__lte=clock.today())
    return found.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 19 else None


def _which_team(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Into which team somebody new comes: everybody is in one."""
    found = scope(actor, Team).exclude(ends__lte=clock.today()).exclude(kind=Team.Kind.IMPORTED)
    teams = found.select_related("agency").order_by("name", "pk")
    form = WhichTeamForm(request.GET if "named" in request.GET else None, teams=teams)
    if form.is_bound and form.is_valid():
        return redirect(f"{reverse('teams:person-new')}?team={form.cleaned_data['named']}")
    return page(
        request, "teams/which_team.jinja", title="Add somebody", form=form, back=reverse("teams:people")
    )  # fmt: skip


def _person(actor: Actor, number: int) -> Worker:
    found = scope(actor, Worker).select_related("agency", "recorded_by", "end_recorded_by")
    return get_object_or_404(found, pk=number)


@require_safe
def person(request: HttpRequest, worker: int) -> HttpResponse:
    """One person: teams, roles, account."""
    actor = actor_in(request)
    found = presenters.person_page(actor, _person(actor, worker))
    return page(
        request, "teams/person.jinja", title="A person", found=found, columns=presenters.OWN_COLUMNS,
        back=reverse("teams:people"),
    )  # fmt: skip


@POSTS
def account(request: HttpRequest, worker: int) -> HttpResponse:
    """Make somebody's account, give a new first password, close it or open it again."""
    actor = actor_in(request)
    row = _person(actor, worker)
    user = presenters.person_page(actor, row).user
    do = request.POST.get("do", "")
    form = AccountForm(typed(request) if user is None else None)
    refused = None
    try:
        if request.method == "POST" and user is not None and do in ("close", "reopen"):
            (actions.close if do == "close" else actions.reopen)(user=user, by=actor)
            return redirect("teams:person", worker)
        if request.method == "POST" and user is not None and do == "password":
            return _password(request, row, user.username, actions.renew_password(user=user, by=actor))
        if user is None and form.is_valid():
            name = form.cleaned_data["username"]
            return _password(request, row, name, actions.give_account(worker=row, username=name, by=actor))
    except Refused as why:
        refused = why
    return page(
        request, "teams/account.jinja", title="An account", row=row, user=user, form=form, refused=refused,
        back=reverse("teams:person", args=[worker]),
    )  # fmt: skip


def _password(request: HttpRequest, worker: Worker, username: str, password: str) -> HttpResponse:
    return page(
        request, "teams/password.jinja", title="A first password", row=worker, username=username, password=password
    )  # fmt: skip


@POSTS
def person_end(request: HttpRequest, worker: int) -> HttpResponse:
    """Somebody leaves: every membership ends with that day, and the account closes."""
    actor = actor_in(request)
    row = _person(actor, worker)
    form = EndForm(typed(request))

    def act() -> None:
        actions.let_go(worker=row, on=form.cleaned_data["on"], by=actor)

    done, refused = tried(request, form, act, "The leaving is recorded.")
    if done:
        return redirect("teams:person", worker)
    return page(
        request, "teams/form.jinja", title="Somebody leaves", heading=f"{row.name} leaves", button="Record the leaving",
        form=form, refused=refused, back=reverse("teams:person", args=[worker]),
        told="Every membership ends with that day. Children wait for another worker in the same team, and schools pass on.",
    )  # fmt: skip
