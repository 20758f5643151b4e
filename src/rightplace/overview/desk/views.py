"""My day, and teams. Everything is fetched first, then the reading is recorded, then the page is made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from rightplace.common.caseflow.load import families_at, loads_from
from rightplace.common.caseflow.onpages import team_sections
from rightplace.common.caseflow.queries import came_back, open_offers, open_spans, unallocated
from rightplace.common.caseflow.waits import team_waits, waits_for
from rightplace.common.web import tags
from rightplace.common.web.pages import page
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.routes import actor_in
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock, serving
from rightplace.foundation.organisation import queries as organisation
from rightplace.foundation.organisation.models import Absence, Membership, Team
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.overview.desk import queries
from rightplace.overview.desk.naming import Names, named
from rightplace.overview.desk.opening import shown_page
from rightplace.overview.desk.presenters import day as days
from rightplace.overview.desk.presenters import team as teams_shown
from rightplace.overview.desk.presenters.day import Day
from rightplace.overview.desk.presenters.team import TeamPage, team_row

CHILDRENS_TEAMS = (
    Team.Kind.FRONT_DOOR, Team.Kind.OUT_OF_HOURS, Team.Kind.FAMILY_SUPPORT, Team.Kind.ASSESSMENT,
    Team.Kind.SAFEGUARDING, Team.Kind.CARE, Team.Kind.LEAVING_CARE, Team.Kind.IMPORTED,
)  # fmt: skip


@require_safe
def my_day(request: HttpRequest) -> HttpResponse:
    """The first thing due, for whom and why; the rest; what is unread, offered, climbed, in doubt."""
    actor = actor_in(request)
    told = day_of(actor)
    return shown_page(
        request,
        "desk/my_day.jinja",
        files=told.people,
        what="desk:my-day",
        title="My day",
        red=tags.late("unread"),
        day=told,
        own_team=actor.team,
        columns=days,
        role=actor.role_name,
        may_see_hours=may(actor, "workload.see_own"),
    )


def day_of(actor: Actor) -> Day:
    """One person's day, as it is now."""
    holds = role_of(actor.role).permissions
    managing = actor.role in queries.MANAGERS
    scales = queries.due_for(actor)
    mine = [span.person for span in queries.own_children(actor)]
    at_door = queries.at_the_door(actor)
    offers = list(open_offers(actor, actor.team)) if "offer.answer" in holds or managing else []
    # a child at the front door waits for a decision, not for a worker: the team's page has them all
    waits = list(unallocated(actor, actor.team)) if managing and at_door is None else []
    back = came_back(actor) if managing else []
    passed = queries.passed_on(actor)
    duplicates = queries.to_link(actor) if "person.link" in holds else []
    doubts = queries.doubts_for(actor) if "doubt.settle" in holds else []
    climbed = queries.climbed_to(actor)
    new = queries.unread(actor, mine)
    persons = {s.person for s in scales} | {o.person for o in offers} | {s.person for s in waits}
    persons |= {p for d in duplicates for p in (d.person, d.other)} | {d.person for d in doubts}
    persons |= {s.person for s in climbed if not s.concern} | {u.person for u in new}
    persons |= {o.person for o in back} | {p.person for p in passed}
    late, siblings = queries.late_and_siblings(sorted(persons)) if persons else ({}, [])
    teams = {o.from_team for o in offers} | {o.team for o in back} | {p.team for p in passed}
    workers = {p.worker for p in passed}
    return Day(
        now=clock.now(),
        people=queries.people(actor, persons),
        names=named(workers, teams) if teams or workers else Names(),
        scales=scales,
        unread=new,
        offers=offers,
        offers_due=queries.offers_due(offers),
        came_back=back,
        passed_on=passed,
        at_door=at_door,
        team_late=_late_in_team(actor) if managing and at_door is None else 0,
        doubts=doubts,
        duplicates=duplicates,
        climbed=climbed,
        offered_elsewhere=queries.offered_elsewhere(actor, climbed),
        unallocated=waits,
        late=late,
        siblings=siblings,
        climbed_above=queries.climbed_above(actor) if actor.role == RoleCode.DIRECTOR else 0,
        children=len(mine),
        elsewhere=waits_for(actor),
    )


def _late_in_team(actor: Actor) -> int:
    """How much is late for the team's children, whoever has to do it."""
    return sum(queries.late_by_person([s.person for s in queries.team_children(actor, actor.team)]).values())


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Every team that answers for children: how many, how many without a worker, what is offered."""
    actor, today = actor_in(request), clock.today()
    found = list(organisation.teams(today, CHILDRENS_TEAMS).select_related("area"))
    rows = (
        open_spans(actor)
        .values_list("team")
        .annotate(all=Count("id"), waiting=Count("id", filter=Q(worker=0)))
    )
    counts = {team: (children, waiting) for team, children, waiting in rows}
    offers = dict(open_offers(actor).order_by().values_list("team").annotate(all=Count("id")))
    managers = organisation.managers_of([team.pk for team in found], today)
    areas = serving.areas_of_each(found, today)
    lines = [
        team_row(
            team,
            areas[team.pk],
            managers.get(team.pk),
            counts.get(team.pk, (0, 0)),
            offers.get(team.pk, 0),
        )
        for team in found
    ]
    return page(
        request,
        "desk/teams.jinja",
        title="Teams",
        columns=teams_shown.TEAM_COLUMNS,
        lines=lines,
        own=actor.team,
    )


@require_safe
def team(request: HttpRequest, number: int) -> HttpResponse:
    """One team: who waits for a worker and how long, offers, who has how much, its area and schools."""
    actor = actor_in(request)
    found = get_object_or_404(Team.objects.select_related("area"), pk=number, kind__in=CHILDRENS_TEAMS)
    told = team_page(actor, found)
    return shown_page(
        request,
        "desk/team.jinja",
        files={*told.day.people, *(file for section in told.sections for file in section.files)},
        what="desk:team",
        title=found.name,
        team=told,
        columns=teams_shown,
        day_columns=days,
    )


def team_page(actor: Actor, team: Team) -> TeamPage:
    """What a team's page says now."""
    today = clock.today()
    spans = list(queries.team_children(actor, team.pk))
    persons = [span.person for span in spans]
    offers = list(open_offers(actor, team.pk))
    away = organisation.on_day(Absence.objects.filter(worker=OuterRef("worker")), today)
    members = list(organisation.members(team.pk, today).annotate(is_away=Exists(away)))
    too = team_waits(actor, team)
    sections = [*team_sections(actor, team), *([too] if too else [])]
    late, siblings = queries.late_and_siblings(persons)
    by_worker: dict[int, list[int]] = {}
    for span in spans:
        by_worker.setdefault(span.worker, []).append(span.person)
    families = families_at(clock.now(), [m.worker_id for m in members], team.pk)
    day = Day(
        now=clock.now(),
        people=queries.people(actor, {*persons, *(o.person for o in offers)}),
        names=_names_in(members, {s.worker for s in spans}, {o.from_team for o in offers}),
        scales=(),
        offers=offers,
        offers_due=queries.offers_due(offers),
        unallocated=sorted(
            (s for s in spans if not s.worker), key=lambda s: (s.unallocated_since or s.begins, s.person)
        ),
        late=late,
        siblings=siblings,
    )
    return TeamPage(
        team=team,
        day=day,
        members=members,
        manager=next((m.worker for m in sorted(members, key=_longest) if m.role in MANAGES_A_TEAM), None),
        spans=spans,
        families=queries.families_of(by_worker, siblings),
        loads=list(loads_from([m.worker_id for m in members], families, today).values()),
        waiting=families.get(0, ()),
        may_see_hours=may(actor, "workload.see", team),
        sections=sections,
        away=frozenset(m.worker_id for m in members if m.is_away),
    )


def _names_in(members: Sequence[Membership], workers: set[int], teams: set[int]) -> Names:
    """The names on a team's page: its members' are at hand, only those of others are asked for."""
    own = {member.worker_id: member.worker.name for member in members}
    others = workers - own.keys() - {0}
    found = named(others, teams) if others or teams else Names()
    return Names({**found.workers, **own}, found.teams, found.agencies)


def _longest(member: Membership) -> tuple[date, int]:
    return member.begins, member.pk
