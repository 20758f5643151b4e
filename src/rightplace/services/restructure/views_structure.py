"""Both structures: team by team, what becomes of each post, and what a post of each grade costs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web.pages import page
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, require
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.programme import actions as programmes
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.services.restructure import becoming
from rightplace.services.restructure.acting import done, seen, sent, tried
from rightplace.services.restructure.forms import BecomesForm, CostForm, TeamForm
from rightplace.services.restructure.models import GradeCost
from rightplace.services.restructure.presenters import programme as shown
from rightplace.services.restructure.structure import Structure, say_cost, structure_of

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def structure(request: HttpRequest, number: int) -> HttpResponse:
    """Both sides, team by team."""
    actor = actor_in(request)
    found = seen(actor, number)
    told = shown.StructurePage(programme=found, structure=structure_of(found.pk))
    return page(
        request, "restructure/structure.jinja", title=f"Structure: {found.title}", told=told, columns=shown,
        keeps=may(actor, "restructure.keep"), back=reverse("restructure:programme", args=[number]),
    )  # fmt: skip


@GET_OR_POST
def team(request: HttpRequest, number: int, team: int) -> HttpResponse:
    """The posts of one team, and what became of each; whoever keeps the programme says it here."""
    actor, refused = actor_in(request), None
    found = seen(actor, number)
    whole = structure_of(found.pk)
    told = shown.TeamPage(structure=whole, team=team)
    if not told.name:
        raise Http404
    form = BecomesForm(sent(request, "becomes"), posts=told.open_posts, becomes=told.becomes)
    other = TeamForm(sent(request, "team"), teams=told.other_teams, auto_id="team_%s")
    if request.method == "POST":
        require(actor, "restructure.keep")
        refused = tried(form, lambda said: _become(found, whole, said, actor))
        refused = refused or tried(other, lambda said: _goes_on(found, team, told.of_old, said, actor))
        if done({"becomes": form, "team": other}, refused):
            messages.success(request, "Written down.")
            return redirect("restructure:team", number, team)
    return page(
        request, "restructure/team.jinja", title=f"Posts of {told.name}", told=told, columns=shown, form=form,
        refused=refused, keeps=may(actor, "restructure.keep"), other=other, more_forms=(form, other),
        back=reverse("restructure:structure", args=[number]),
    )  # fmt: skip


def _become(programme: Programme, whole: Structure, said: dict[str, Any], by: Actor) -> None:
    post = next(each for each in (*whole.old, *whole.new) if str(each.pk) == said["post"])
    becoming.say_becomes(
        programme=programme, post=post, what=said["what"], how=said["how"], because=said["because"], by=by
    )


def _goes_on(programme: Programme, team: int, of_old: bool, said: dict[str, Any], by: Actor) -> None:
    """This team goes on in the other, or comes of it, by the side that it is on."""
    before, after = (team, int(said["other"])) if of_old else (int(said["other"]), team)
    programmes.say_team_lineage(
        programme=programme, before=Team.objects.get(pk=before), after=Team.objects.get(pk=after), kind=said["kind"],
        because=said["because"], by=by,
    )  # fmt: skip


@GET_OR_POST
def costs(request: HttpRequest, number: int) -> HttpResponse:
    """What a whole-time post of each grade costs in a year, and how that is known; money is not known before."""
    actor, refused = actor_in(request), None
    found = seen(actor, number)
    whole = structure_of(found.pk)
    form = CostForm(sent(request, "cost"), grades=[(each, each) for each in whole.unpriced])
    if request.method == "POST":
        require(actor, "restructure.keep")
        refused = tried(form, lambda said: say_cost(
            programme=found, grade=said["grade"], pence=int(said["pounds"] * 100), source=said["source"], by=actor,
        ))  # fmt: skip
        if done({"cost": form}, refused):
            messages.success(request, "Written down.")
            return redirect("restructure:costs", number)
    rows = GradeCost.objects.filter(programme=found).select_related("recorded_by").order_by("grade")
    return page(
        request, "restructure/costs.jinja", title=f"Costs: {found.title}", refused=refused, form=form, columns=shown,
        told=shown.CostsPage(structure=whole, costs=list(rows)), keeps=may(actor, "restructure.keep"),
        back=reverse("restructure:structure", args=[number]),
    )  # fmt: skip
