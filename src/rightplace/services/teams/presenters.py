"""Teams and people as their pages say them. No child is on any of them: of children only how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from markupsafe import Markup

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Group, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.models import User
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.hooks import children_answered_for
from rightplace.foundation.organisation.managing import manager_role
from rightplace.foundation.organisation.models import Membership, Team, TeamArea, Worker
from rightplace.foundation.organisation.queries import managers_of
from rightplace.services.teams import queries
from rightplace.services.teams.models import TeamChange

TEAM_COLUMNS = (
    Column("Team"), Column("Named manager"), Column("Area"), Column("Telephone"), Column("People", True), Column("Since"),
)  # fmt: skip
ENDED_COLUMNS = (Column("Team"), Column("Area"), Column("Since"), Column("Ended"))
MEMBER_COLUMNS = (
    Column("Who"),
    Column("Role"),
    Column("From"),
    Column("Until"),
    Column("Recorded"),
    Column("Next step"),
)
TAKEN_COLUMNS = (
    Column("Area"), Column("From"), Column("Until"), Column("Recorded"), Column("Next step"),
)  # fmt: skip
CHANGE_COLUMNS = (Column("When"), Column("It was"), Column("It became"), Column("By"))
PERSON_COLUMNS = (Column("Who"), Column("Works for"), Column("In"), Column("Account"))
OWN_COLUMNS = (
    Column("Team"), Column("Role"), Column("From"), Column("Until"), Column("Recorded"), Column("Next step"),
)  # fmt: skip


WITHOUT_AREA = "no area of its own"


@dataclass(frozen=True)
class TeamsPage:
    """The teams there are, and the sentences above them."""

    sentences: Sequence[Markup]
    groups: Sequence[Group]
    ended: Sequence[Row]
    partners: bool


def teams_page(actor: Actor, *, partners: bool) -> TeamsPage:
    """Gather the teams."""
    today = clock.today()
    rows = list(queries.teams_of(actor, today, partners=partners))
    managers = managers_of([row.pk for row in rows], today)
    needs = [row for row in rows if manager_role(row.kind) is not None and row.begins <= today]
    without = sum(row.pk not in managers for row in needs)
    kinds = {
        kind: [_team_row(row, managers, today) for row in rows if row.kind == kind] for kind in Team.Kind
    }
    return TeamsPage(
        sentences=[_counted(len(rows), without, partners=partners)],
        groups=[Group(f"kind-{kind}", words.capitalised(str(kind.label)), found) for kind, found in kinds.items() if found],
        ended=[_ended_row(row) for row in queries.ended_teams(actor, today, partners=partners)[:40]],
        partners=partners,
    )  # fmt: skip


def _counted(count: int, without: int, *, partners: bool) -> Markup:
    if partners:
        return Markup("<strong>{}</strong>.").format(
            words.count_words(count, "desk of a partner", "desks of partners")
        )
    said = "Each that answers for children has a named manager." if not without else (
        f"{words.count_words(without, 'team has', 'teams have')} no named manager."
    )  # fmt: skip
    return Markup("<strong>{}</strong>. {}").format(words.count_words(count, "team"), said)


def _team_row(row: Team, managers: Mapping[int, Worker], today: date) -> Row:
    manager = managers.get(row.pk)
    named: Cell = "has none"
    if manager is not None:
        named = manager.name
    elif manager_role(row.kind) is not None:
        named = tags.due_soon("nobody yet") if row.begins > today else tags.late("no named manager")
    since: Cell = words.plain_day(row.begins)
    if row.ends is not None:
        since = Lines(words.plain_day(row.begins), f"until {words.plain_day(row.ends)}")
    return Row(
        [
            Link(row.name, reverse("teams:team", args=[row.pk])),
            named,
            row.area.name if row.area else WITHOUT_AREA,
            row.phone or None,
            row.people,  # type: ignore[attr-defined]
            since,
        ]
    )


def _ended_row(row: Team) -> Row:
    area = row.area.name if row.area else WITHOUT_AREA
    ends = words.plain_day(row.ends) if row.ends else ""
    return Row(
        [Link(row.name, reverse("teams:team", args=[row.pk])), area, words.plain_day(row.begins), ends]
    )


@dataclass(frozen=True)
class TeamPage:
    """One team: who it is, who is in it, who was."""

    team: Team
    tag: Tag
    facts: Sequence[tuple[str, str]]
    sentence: str
    members: Sequence[Row]
    gone: Sequence[Row]
    changes: Sequence[Row]
    stands: bool
    taken: Sequence[Row]


def team_page(actor: Actor, team: Team) -> TeamPage:
    """Gather one team."""
    today = clock.today()
    rows = list(queries.memberships(actor).filter(team=team).order_by("role", "worker__name", "id"))
    now = [row for row in rows if row.ends is None or row.ends > today]
    gone = sorted((row for row in rows if row not in now), key=lambda row: row.ends or today, reverse=True)
    manager = managers_of([team.pk], today).get(team.pk)
    children = children_answered_for(team.pk, today)
    stands = team.ends is None or team.ends > today
    facts = [
        ("What it does", words.capitalised(team.get_kind_display())), ("Whose it is", team.agency.name),
        ("Named manager", manager.name if manager else _no_manager(team)),
        ("Area", str(team.area) if team.area else words.capitalised(WITHOUT_AREA)), ("Telephone", team.phone or "Not known"),
        ("Since", f"{words.plain_day(team.begins)}. {recorded(team)}"),
    ]  # fmt: skip
    return TeamPage(
        team=team, tag=_team_tag(team, today), facts=facts, stands=stands,
        sentence=f"It answers for {words.count_words(children, 'child', 'children', none='no child')}.",
        members=[member_row(row, today, of_team=True) for row in now],
        gone=[member_row(row, today, of_team=True) for row in gone],
        changes=[_change_row(row) for row in queries.changes_of(actor, team)],
        taken=[_taken_row(row, today) for row in queries.areas_taken(actor, team)],
    )  # fmt: skip


def _taken_row(row: TeamArea, today: date) -> Row:
    over = row.ends is not None and row.ends <= today
    step: Cell = "Ended" if over else Link("Give it up", reverse("teams:area-end", args=[row.pk]))
    until = words.plain_day(row.ends) if row.ends else "no end"
    said = f"{row.recorded_by.name}, {words.plain_day(row.recorded_at)}"
    return Row([str(row.area), words.plain_day(row.begins), until, said, step])


def _change_row(row: TeamChange) -> Row:
    before, after = (
        Lines(name, phone or "no telephone") for name, phone in ((row.was_name, row.was_phone), (row.name, row.phone))
    )  # fmt: skip
    return Row([words.when(row.recorded_at), before, after, row.recorded_by.name])


def _no_manager(team: Team) -> str:
    return "Nobody" if manager_role(team.kind) is not None else "A team of this kind has none"


def _team_tag(team: Team, today: date) -> Tag:
    if team.ends is not None:
        word = "ended" if team.ends <= today else "ends"
        return tags.plain(f"{word} {words.plain_day(team.ends)}")
    return tags.met("there") if team.begins <= today else tags.still_open("to begin")


def recorded(row: Team | Membership) -> str:
    """Who recorded a beginning, and when."""
    return f"Recorded by {row.recorded_by.name} on {words.plain_day(row.recorded_at)}."


def member_row(row: Membership, today: date, *, of_team: bool) -> Row:
    """One membership, from the team's side or the person's, with who recorded its beginning and its end."""
    name = Link(row.worker.name, reverse("teams:person", args=[row.worker_id])) if of_team else Link(
        row.team.name, reverse("teams:team", args=[row.team_id])
    )  # fmt: skip
    ended_by = f"end: {row.end_recorded_by.name}" if row.end_recorded_by else ""
    said = f"{row.recorded_by.name}, {words.plain_day(row.recorded_at)}"
    over = row.ends is not None and row.ends <= today
    step: Cell = "Ended" if over else Link("End it", reverse("teams:membership-end", args=[row.pk]))
    begins: Cell = words.plain_day(row.begins)
    if row.begins > today:
        begins = tags.still_open(f"from {words.plain_day(row.begins)}")
    return Row(
        [
            name,
            role_of(row.role).name,
            begins,
            words.plain_day(row.ends) if row.ends else "no end",
            Lines(said, ended_by),
            step,
        ]
    )


def person_rows(actor: Actor, people: Iterable[Worker]) -> list[Row]:
    """People in a list: for whom they work, in which teams, and whether they can sign in."""
    found, today = list(people), clock.today()
    numbers = [row.pk for row in found]
    inside, accounts = queries.now_in(numbers, today), queries.accounts_of(actor, numbers)
    return [_person_row(row, inside.get(row.pk, []), accounts.get(row.pk), today) for row in found]


def _person_row(row: Worker, inside: Sequence[Membership], user: User | None, today: date) -> Row:
    places = words.listed(f"{m.team.name} ({role_of(m.role).name})" for m in inside)
    left = row.ends is not None and row.ends <= today
    stands: Cell = places or tags.plain("in no team")
    if left and row.ends is not None:
        stands = tags.plain(f"left {words.plain_day(row.ends)}")
    name = Link(row.name, reverse("teams:person", args=[row.pk]))
    return Row([name, row.agency.name if row.agency else "", stands, account_tag(user)])


def account_tag(user: User | None) -> Tag:
    """Whether somebody can sign in."""
    if user is None:
        return tags.plain("no account")
    return tags.met("open") if user.is_active else tags.plain("closed")


@dataclass(frozen=True)
class PersonPage:
    """One person: where they work, since when, and their account."""

    worker: Worker
    facts: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    user: User | None
    account: Tag
    account_says: str
    is_self: bool
    stands: bool


def person_page(actor: Actor, worker: Worker) -> PersonPage:
    """Gather one person."""
    today = clock.today()
    rows = queries.memberships(actor).filter(worker=worker).order_by("-begins", "-id")
    user = scope(actor, User).filter(worker=worker).first()
    facts = [
        ("Works for", worker.agency.name if worker.agency else "Nobody"), ("E-mail", worker.email or "Not known"),
        ("Telephone", worker.phone or "Not known"),
        ("Since", f"{words.plain_day(worker.begins)}. Recorded by {worker.recorded_by.name}."),
    ]  # fmt: skip
    if worker.ends is not None and worker.end_recorded_by is not None:
        facts.append(("Until", f"{words.plain_day(worker.ends)}. Recorded by {worker.end_recorded_by.name}."))
    return PersonPage(
        worker=worker, facts=facts, rows=[member_row(row, today, of_team=False) for row in rows], user=user,
        account=account_tag(user), account_says=_account_says(user), is_self=worker.pk == actor.worker,
        stands=worker.ends is None or worker.ends > today,
    )  # fmt: skip


def _account_says(user: User | None) -> str:
    if user is None:
        return "This person cannot sign in."
    seen = f"last used on {words.plain_day(user.last_seen)}" if user.last_seen else "not used yet"
    return f"Signs in as {user.username}; made on {words.plain_day(user.made_at)}, {seen}."
