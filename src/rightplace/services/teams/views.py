"""Pages of teams and who is in them. Thin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.trying import tried, typed
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock, serving
from rightplace.foundation.organisation.models import Agency, Area, Team, TeamArea, Worker
from rightplace.foundation.organisation.queries import on_day
from rightplace.services.teams import actions, presenters, queries
from rightplace.services.teams.forms import AreaForm, ChangeTeamForm, EndForm, JoinForm, OpenTeamForm

POSTS = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """The council's teams, or the desks of partners."""
    found = presenters.teams_page(actor_in(request), partners=request.GET.get("of") == "partners")
    return page(request, "teams/teams.jinja", title="Teams", found=found, columns=presenters)


@POSTS
def team_new(request: HttpRequest) -> HttpResponse:
    """Open a team with its named manager."""
    actor, today = actor_in(request), clock.today()
    agencies = on_day(Agency.objects.all(), today).order_by("school", "name")
    council = actor.agency or 0
    form = OpenTeamForm(
        typed(request), agencies=agencies, areas=Area.objects.all(), initial={"agency": council, "begins": today},
        people=queries.people_to_choose(actor, council, today),
    )  # fmt: skip
    opened: list[Team] = []

    def act() -> None:
        said = dict(form.cleaned_data)
        said["agency"] = Agency.objects.get(pk=said["agency"])
        said["area"] = Area.objects.filter(pk=said["area"] or 0).first()
        said["manager"] = Worker.objects.filter(pk=said["manager"] or 0).first()
        opened.append(actions.open_team(by=actor, **said))

    done, refused = tried(request, form, act, "The team is open.")
    if done:
        return redirect("teams:team", opened[0].pk)
    return page(
        request, "teams/form.jinja", title="Open a team", heading="Open a team", button="Open the team", form=form,
        refused=refused, back=reverse("teams:teams"),
        told="If its manager is new here, add them first in a team that there is, or ask who manages it until then.",
    )  # fmt: skip


def _team(actor: Actor, number: int) -> Team:
    found = scope(actor, Team).select_related("agency", "area", "recorded_by")
    return get_object_or_404(found, pk=number)


@require_safe
def team(request: HttpRequest, team: int) -> HttpResponse:
    """One team: who is in it, since when, and who recorded it."""
    actor = actor_in(request)
    found = presenters.team_page(actor, _team(actor, team))
    return page(
        request, "teams/team.jinja", title="A team", found=found, columns=presenters, back=reverse("teams:teams")
    )  # fmt: skip


@POSTS
def team_change(request: HttpRequest, team: int) -> HttpResponse:
    """Change a team's name or telephone."""
    actor = actor_in(request)
    row = _team(actor, team)
    form = ChangeTeamForm(typed(request), initial={"name": row.name, "phone": row.phone})

    def act() -> None:
        actions.change_team(team=row, by=actor, **form.cleaned_data)

    done, refused = tried(request, form, act, "The change is recorded.")
    if done:
        return redirect("teams:team", team)
    return page(
        request, "teams/form.jinja", title="Change a team", heading=f"Change {row.name}", button="Record the change",
        form=form, refused=refused, back=reverse("teams:team", args=[team]),
        told="It holds from now on, on every page. What it was before stays here, with who changed it.",
    )  # fmt: skip


@POSTS
def join(request: HttpRequest, team: int) -> HttpResponse:
    """Put somebody who is here already into a team."""
    actor, today = actor_in(request), clock.today()
    row = _team(actor, team)
    people = queries.people_to_choose(actor, row.agency_id, today).exclude(pk=actor.worker)
    form = JoinForm(typed(request), team=row, people=people, initial={"begins": today})

    def act() -> object:
        said = dict(form.cleaned_data)
        worker = get_object_or_404(scope(actor, Worker), pk=said.pop("worker"))
        return actions.put_in(worker=worker, team=row, by=actor, **said)

    done, refused = tried(request, form, act, "The membership is recorded.")
    if done:
        return redirect("teams:team", team)
    return page(
        request, "teams/form.jinja", title="Put somebody into a team", heading=f"Put somebody into {row.name}",
        button="Put them in", form=form, refused=refused, back=reverse("teams:team", args=[team]),
        told=f"Somebody who works for {row.agency.name} already. Add somebody new from the team’s page.",
    )  # fmt: skip


@POSTS
def take_area(request: HttpRequest, team: int) -> HttpResponse:
    """Let a team serve an area besides its own."""
    actor, today = actor_in(request), clock.today()
    row = _team(actor, team)
    areas = Area.objects.exclude(pk__in=serving.areas_of(row, today))
    form = AreaForm(typed(request), areas=areas, initial={"begins": today})

    def act() -> object:
        said = dict(form.cleaned_data)
        return actions.take_area(team=row, area=areas.get(pk=said.pop("area")), by=actor, **said)

    done, refused = tried(request, form, act, "The team serves the area too.")
    if done:
        return redirect("teams:team", team)
    return page(
        request, "teams/form.jinja", title="Take an area", heading=f"Let {row.name} take an area",
        button="Let it take the area", form=form, refused=refused, back=reverse("teams:team", args=[team]),
        told="For an area whose own team ends. Families noticed there, its schools and what is offered find this team.",
    )  # fmt: skip


@POSTS
def area_end(request: HttpRequest, taken: int) -> HttpResponse:
    """End what a team took, when the area has another team again."""
    actor = actor_in(request)
    row = get_object_or_404(scope(actor, TeamArea).select_related("team", "area"), pk=taken)
    form = EndForm(typed(request), initial={"on": clock.today()})

    def act() -> None:
        actions.give_up_area(row=row, on=form.cleaned_data["on"], by=actor)

    done, refused = tried(request, form, act, "The team no longer serves the area.")
    if done:
        return redirect("teams:team", row.team_id)
    return page(
        request, "teams/form.jinja", title="Give up an area", heading=f"{row.team.name} gives up {row.area}",
        button="Give up the area", form=form, refused=refused, back=reverse("teams:team", args=[row.team_id]),
        told="Only when another team of the kind serves it from that day.",
    )  # fmt: skip


@POSTS
def team_end(request: HttpRequest, team: int) -> HttpResponse:
    """End a team that answers for no child."""
    actor = actor_in(request)
    row = _team(actor, team)
    form = EndForm(typed(request))

    def act() -> None:
        actions.end_team(team=row, on=form.cleaned_data["on"], by=actor)

    done, refused = tried(request, form, act, "The team ends, and every membership with it.")
    if done:
        return redirect("teams:team", team)
    return page(
        request, "teams/form.jinja", title="End a team", heading=f"End {row.name}", button="End the team", form=form,
        refused=refused, back=reverse("teams:team", args=[team]),
        told="It ends only when it answers for no child, another team serves its area (or the city, where it has none), and "
        "its schools have somebody else.",
    )  # fmt: skip


@POSTS
def membership_end(request: HttpRequest, membership: int) -> HttpResponse:
    """End a membership. The team goes on answering for each child; the children of this worker wait for another."""
    actor = actor_in(request)
    row = get_object_or_404(queries.memberships(actor), pk=membership)
    form = EndForm(typed(request), initial={"on": clock.today()})

    def act() -> None:
        actions.take_out(membership=row, on=form.cleaned_data["on"], by=actor)

    done, refused = tried(request, form, act, "The membership ends.")
    if done:
        return redirect("teams:team", row.team_id)
    told = (
        f"{row.worker.name} is {role_of(row.role).name} in {row.team.name} since {words.plain_day(row.begins)}. "
        "The team goes on answering: the person’s children wait for another worker, and schools pass to whoever stands in."
    )
    return page(
        request, "teams/form.jinja", title="End a membership", heading="End a membership", button="End the membership",
        form=form, refused=refused, told=told, back=reverse("teams:team", args=[row.team_id]),
    )  # fmt: skip
