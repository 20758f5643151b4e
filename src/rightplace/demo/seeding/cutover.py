"""A small cut-over in the demonstration: one family support team goes on in another next month. Rehearsed; it waits.

The story's own teams keep what they have: the team that ends is another one, and the one that receives it may be theirs.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count

from rightplace.common.caseflow.queries import held_at
from rightplace.demo.finishing import someone
from rightplace.demo.material.strip import strip
from rightplace.demo.seeding.selection_today import DISMISSING, NOT_ASKED
from rightplace.domain.restructuring import shipped_stages
from rightplace.foundation.access.actor import RULES, Actor, actor_of
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import actions, clock
from rightplace.foundation.organisation.models import Membership, Team
from rightplace.foundation.organisation.programme.actions import (
    begin_programme,
    say_team_lineage,
    set_first_day,
)
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.foundation.organisation.queries import holding, members
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.services.cutover import planning, receiving, rehearsing
from rightplace.services.cutover.models import Cutover, FamilyMove
from rightplace.services.restructure import actions as actions_of_change

TITLE = "Two family support teams become one"
PURPOSE = "Neighbours whose families use the same schools get one team with one manager and enough cover."
BECAUSE = "They share schools, and neither team has cover of its own."
REASONS = (
    ("flaw", "When one worker of a small team is away and another ill, its families wait."),
    ("cause", "Two small teams, next to each other, each with its own manager and rota."),
    ("change", "One team for both, with one manager and one rota."),
    ("measure", "Days on which nobody of the team is there for a new family."),
)
PAPERS = (
    ("case", "Board paper 1"), ("structure", "Structure 2.0"), ("equality", "Equality 2026/2"),
    ("authority", "Delegated decision 2026/5"), ("consultation", "Joint minutes, February 2026"),
)  # fmt: skip
SINCE = timedelta(days=56)
LEAST_CHILDREN = 4
GOES_ALONG = 2
"""Of three workers two move along with their families."""


def seed(population: int, seed: int) -> None:
    """Programme, plan, rehearsal; the receiving manager has the list before them. A city of one team has none."""
    del population, seed
    teams = _two_teams()
    if teams is None:
        return
    old, new = teams
    head = someone(RoleCode.HEAD_OF_SERVICE)
    first = _first_of_next_month(clock.today())
    with clock.clock_at(clock.now() - timedelta(days=4)):
        cutover = _prepared(old, new, head, first)
    planning.make_plan(cutover=cutover, by=head)
    planning.offer_families(cutover=cutover, by=head)
    _set_aside_what_does_not_move(cutover, head)
    rehearsing.rehearse(rehearsing.ask_for_rehearsal(cutover=cutover, by=head), head)
    _one_comes_back(cutover, new)


def _two_teams() -> tuple[Team, Team] | None:
    """The story's team receives; of the others the one with the fewest children, but some, goes on in it."""
    today = clock.today()
    manager = next(person.name for person in strip().people if person.role == "FAMILY_SUPPORT_MANAGER")
    story = Membership.objects.filter(holding(today), worker__name=manager).select_related("team").first()
    teams = Team.objects.filter(holding(today), kind=Team.Kind.FAMILY_SUPPORT)
    if story is None or story.team.kind != Team.Kind.FAMILY_SUPPORT:
        return None
    spans = Span.objects.filter(held_at(clock.now()), open=True).exclude(team=story.team_id)
    found = spans.filter(team__in=teams.values("pk")).values_list("team").annotate(children=Count("person"))
    able = sorted((children, team) for team, children in found if children >= LEAST_CHILDREN)
    return (Team.objects.get(pk=able[0][1]), story.team) if able else None


@transaction.atomic
def _prepared(old: Team, new: Team, head: Actor, first: date) -> Cutover:
    """The programme with its first day, what becomes of the team, and who moves along."""
    lead = Membership.objects.select_related("worker").get(pk=head.membership).worker
    with clock.clock_at(clock.now() - SINCE):
        programme = begin_programme(title=TITLE, purpose=PURPOSE, lead=lead, begins=clock.today(), by=head)
        set_first_day(programme=programme, on=first, by=head)
    _shown(programme)
    say_team_lineage(programme=programme, before=old, after=new, kind="merged", because=BECAUSE, by=head)
    for place, row in enumerate(members(old.pk, first)):
        if row.role not in MANAGES_A_TEAM and place % (GOES_ALONG + 1) < GOES_ALONG:
            actions.join_team(worker=row.worker, team=new, role=row.role, begins=first, by=RULES)
    programme.refresh_from_db()
    return planning.begin_cutover(programme=programme, by=head)


def _shown(programme: Programme) -> None:
    """What shows how far it has come: the flaw, and dated papers up to the end of consultation."""
    hr, stages = someone(RoleCode.HUMAN_RESOURCES), {each.id: each for each in shipped_stages()}
    line = None
    for place, (kind, words) in enumerate(REASONS):
        with clock.clock_at(clock.now() - timedelta(days=48 - 3 * place)):
            said = actions_of_change.say_reason(
                programme=programme, kind=kind, words=words, on=clock.today(), by=hr, figure="", line=line
            )
            line = said.line
    for place, (stage, reference) in enumerate(PAPERS):
        with clock.clock_at(clock.now() - timedelta(days=35 - 7 * place)):
            for kind in stages[stage].evidence:
                said_of = NOT_ASKED if kind in DISMISSING else reference
                actions_of_change.show_stage(
                    programme=programme, stage=stage, kind=kind, on=clock.today(), reference=said_of, by=hr
                )


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _set_aside_what_does_not_move(cutover: Cutover, head: Actor) -> None:
    """A first rehearsal tells whose move would be refused; those stay with the old team until somebody has looked."""
    first = rehearsing.rehearse(rehearsing.ask_for_rehearsal(cutover=cutover, by=head), head)
    for number, _ in first.refusals:
        planning.set_aside(family=FamilyMove.objects.get(pk=number), by=head)
    unplaced = cutover.families.filter(state=FamilyMove.State.UNPLACED)
    for row in list(unplaced):
        planning.set_aside(family=row, by=head)


def _one_comes_back(cutover: Cutover, new: Team) -> None:
    """The receiving manager has sent one family back already; the rest of the list waits for the conversation."""
    manager = members(new.pk, clock.today()).filter(role__in=MANAGES_A_TEAM).select_related("team").first()
    rows = cutover.families.filter(state=FamilyMove.State.OFFERED).order_by("-minutes", "id")
    row = rows.first()
    if manager is not None and row is not None and rows.count() > LEAST_CHILDREN:
        receiving.send_family_back(family=row, why=FamilyMove.Why.HOURS, by=actor_of(manager))
