"""Who stays: figures, lists, curves, experience; initiatives with what they cost and changed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from rightplace.common.web import words
from rightplace.common.web.pages import page
from rightplace.common.web.pieces import Link, Row
from rightplace.domain.practice.retention import census_of, england_on, hazards
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.queries import standing
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM
from rightplace.services.recruitment import forms, initiatives, queries
from rightplace.services.recruitment.comparing import compared
from rightplace.services.recruitment.models import Initiative
from rightplace.services.recruitment.presenters import people, staying
from rightplace.services.recruitment.presenters.sheets import Asked, Sheet
from rightplace.services.recruitment.trying import TEMPLATE, Act, about_people, sent, there, tried

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
NO_STAFF = (
    Team.Kind.PARTNER_DESK,
    Team.Kind.IMPORTED,
)


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Whether people stay: the census' figures beside England's, curves by cohort, leaving by grade and experience."""
    actor, today = actor_in(request), clock.today()
    found, posts = queries.staff(), standing(today)
    away = queries.days_away(today)
    told = staying.Staying(
        now=clock.now(),
        today=today,
        staff=found,
        england=england_on(today),
        opens_posts=may(actor, "establishment.figures"),
        social=queries.census(found, today, posts, away, social_work=True),
        every=queries.census(found, today, posts, away, social_work=False),
        hazards=hazards(found.stays, today.toordinal() - queries.WINDOW, today.toordinal()),
    )
    mix = staying.Mix(now=clock.now(), today=today, staff=found, teams=_teams(actor.role, actor.team))
    links = [
        Link("What staff say", reverse("recruitment:themes")),
        Link("Initiatives", reverse("recruitment:initiatives")),
    ]
    parts = [
        Sheet(
            key="figures",
            heading="Turnover, agency, vacancies, absence",
            sentences=told.sentences,
            columns=staying.FIGURE_COLUMNS,
            rows=told.rows,
            defined=[
                (f"{staying.TITLES[key]}: what it counts", each) for key, each in staying.DEFINED.items()
            ],
            links=links,
        ),
        Sheet(key="england", heading="Where England’s figures come from", sentences=told.england_words),
        Sheet(
            key="curve",
            heading="How long people stay",
            charts=[c for c in [told.curve] if c],
            sentences=()
            if told.curve
            else ["Too few people began in the last years for a picture: five in a year are needed."],
        ),
        Sheet(
            key="mix",
            heading="Experience, team by team",
            charts=[c for c in [mix.chart] if c],
            sentences=() if mix.chart else ["No team has anybody in post."],
        ),
        Sheet(
            key="hazards",
            heading="Who leaves, by grade and experience",
            columns=staying.HAZARD_COLUMNS,
            rows=told.hazard_rows,
            none="Nobody was in post in the last three years.",
            sentences=["Over the last three years. Groups of fewer than five people are put together."],
        ),
    ]
    return page(request, TEMPLATE, title="Who stays", heading="Who stays", sheets=parts)


def _teams(role: int, own: int) -> list[Team]:
    """The teams whose mix the reader sees: a manager the own team, the others every team of the authority."""
    rows = Team.objects.filter(holding(clock.today()), agency__kind="authority").exclude(kind__in=NO_STAFF)
    return list(rows.filter(pk=own) if role in MANAGES_A_TEAM else rows)


@require_safe
def retention_list(request: HttpRequest, key: str) -> HttpResponseBase:
    """Of whom a figure is made. A manager sees those of the own team; the reading is recorded."""
    actor, today = actor_in(request), clock.today()
    if key not in ("turnover", "agency", "absence"):
        raise Http404
    found = queries.staff()
    told = census_of(
        stays=found.stays,
        sat=found.sat,
        on=today.toordinal(),
        vacant_hours=0,
        days_away=queries.days_away(today) if key == "absence" else {},
    )
    last = {}
    for sat in sorted(found.sat, key=lambda each: each.begins):
        last[sat.worker] = sat
    own = actor.team if actor.role in MANAGES_A_TEAM else None
    wanted = [last[worker] for worker in told.shares[key].workers if own is None or last[worker].team == own]
    names = dict(Worker.objects.filter(pk__in=[sat.worker for sat in wanted]).values_list("pk", "name"))
    teams = dict(Team.objects.values_list("pk", "name"))
    rows = [
        Row(
            (
                names[sat.worker],
                teams[sat.team],
                sat.grade,
                words.plain_day(sat.begins),
                words.plain_day(sat.ends) if sat.ends else "still",
            )
        )
        for sat in sorted(wanted, key=lambda each: names[each.worker])
    ]
    whole = len(told.shares[key].workers)
    said = f"{words.capitalised(words.count_words(whole, 'person', 'people', none='nobody'))} of every post"
    if own is not None:
        said += f"; {words.count_words(len(rows), 'person', 'people', none='nobody')} of your team"
    part = Sheet(
        key="list",
        heading="Who is counted",
        sentences=[said + "."],
        columns=staying.LIST_COLUMNS,
        rows=rows,
        none="Nobody is counted here.",
        defined=[("What it counts", staying.DEFINED[key])],
    )
    return about_people(
        request,
        actor,
        what=f"staff counted as {key}",
        found=len(rows),
        title=staying.TITLES[key],
        heading=staying.TITLES[key],
        sheets=[part],
        back=reverse("recruitment:retention"),
    )


@GET_OR_POST
def initiative_list(request: HttpRequest) -> HttpResponseBase:
    """What is done to recruit and keep staff, and beginning something new."""
    actor, today = actor_in(request), clock.today()
    acts: dict[str, Act] = {}
    if may(actor, "initiative.keep"):
        teams = [
            (team.pk, team.name)
            for team in sorted(_teams(actor.role, actor.team), key=lambda each: each.name)
        ]
        form = forms.InitiativeForm(
            sent(request, "begin"), choices={"teams": teams}, initial={"begins": today}
        )

        def does(said: dict[str, Any]) -> None:
            initiatives.begin_initiative(
                title=said["title"],
                aim=said["aim"],
                begins=said["begins"],
                cost=int(said["cost"] * 100),
                expected=said["expected"],
                because=said["because"],
                teams=list(Team.objects.filter(pk__in=said["teams"])),
                by=actor,
            )

        acts["begin"] = Act(form, does, "The initiative is written down.")
    done, refused = tried(request, acts)
    if done:
        return there("initiatives")
    rows = scope(actor, Initiative).prefetch_related("teams").order_by("-begins", "-id")
    parts = [
        Sheet(
            key="list",
            heading="What is done",
            columns=people.INITIATIVE_COLUMNS,
            rows=[people.initiative_row(each, len(each.teams.all())) for each in rows],
            none="Nothing is done at present to recruit or keep staff.",
        )
    ]
    if "begin" in acts:
        asked = [Asked(acts["begin"].form, "Begin the initiative", "begin", main=True)]
        parts.append(Sheet(key="begin", heading="Begin something", asked=asked))
    return page(
        request,
        TEMPLATE,
        title="Initiatives",
        heading="Initiatives to recruit and keep staff",
        sheets=parts,
        refused=refused,
        more_forms=[each.form for each in acts.values()],
        back=reverse("recruitment:retention"),
    )


@GET_OR_POST
def initiative(request: HttpRequest, number: int) -> HttpResponseBase:
    """One initiative: cost, teams, what was expected, and what may honestly be said of its effect."""
    actor, today = actor_in(request), clock.today()
    found = get_object_or_404(scope(actor, Initiative).prefetch_related("teams"), pk=number)
    acts: dict[str, Act] = {}
    if may(actor, "initiative.keep") and found.ends is None:
        acts["end"] = Act(
            forms.EndForm(sent(request, "end"), initial={"on": today}),
            lambda said: initiatives.end_initiative(
                initiative=found, on=said["on"], because=said["because"], by=actor
            ),
        )
    done, refused = tried(request, acts)
    if done:
        return there("initiative", number)
    came = compared(found, queries.staff(), today)
    told = people.InitiativePage(
        initiative=found,
        teams=[team.name for team in found.teams.all()],
        today=today,
        compared=came.told,
        staff_of_teams=came.staff,
    )
    parts = [
        Sheet(key="what", heading="What is done", sentences=told.sentences),
        Sheet(key="found", heading="What changed, against teams without it", sentences=told.found),
    ]
    if "end" in acts:
        parts.append(
            Sheet(key="end", heading="End it", asked=[Asked(acts["end"].form, "End the initiative", "end")])
        )
    return page(
        request,
        TEMPLATE,
        title=f"Initiative {found.pk}",
        heading=found.title,
        sheets=parts,
        refused=refused,
        more_forms=[each.form for each in acts.values()],
        back=reverse("recruitment:initiatives"),
    )
