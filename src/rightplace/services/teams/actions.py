"""What an administrator does, one verb each. The rows are written by the organisation's own actions; who did it is kept.

Nobody gives a role to themselves, and no team is left without a named manager.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.accounts import close_account, give_password, make_account, reopen_account
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.models import User
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock, queries, serving
from rightplace.foundation.organisation.managing import ROLES_IN, keep_a_manager, manager_role
from rightplace.foundation.organisation.models import Agency, Area, Membership, Team, TeamArea, Worker
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.teams.models import TeamChange
from rightplace.services.teams.policy import KEEPS

PROMISE_6 = "Promise 6: an author does not approve their own work"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, IN_A_GROUP = 4, 4


@dataclass(frozen=True)
class TakenOn:
    """Somebody new, with the first password where an account was made: it is shown once and kept nowhere."""

    worker: Worker
    password: str = ""


@transaction.atomic
def open_team(
    *,
    name: str,
    kind: str,
    begins: date,
    by: Actor,
    manager: Worker | None = None,
    agency: Agency | None = None,
    area: Area | None = None,
    phone: str = "",
) -> Team:
    """Open a team, with whoever is its named manager from its first day."""
    role = manager_role(kind)
    if role is not None and manager is None:
        raise Refused(
            "A team has a named manager from its first day.", "Choose who manages it, or add them first."
        )
    agency = agency or queries.authority()
    if agency is None or (kind == Team.Kind.PARTNER_DESK) == (agency.kind == Agency.Kind.AUTHORITY):
        raise Refused(
            "A partner’s desk belongs to a partner, every other team to the council.", "Choose the other one."
        )
    team = organisation.open_team(
        agency=agency, name=name, kind=kind, begins=begins, by=by, area=area, phone=phone
    )
    if role is not None and manager is not None:
        put_in(worker=manager, team=team, role=role, begins=begins, by=by)
    return team


@transaction.atomic
def put_in(*, worker: Worker, team: Team, role: int, begins: date, by: Actor) -> Membership:
    """Put somebody into a team in a role that there is in such a team. Never oneself."""
    require(by, KEEPS)
    if worker.pk == by.worker:
        raise Refused(
            "Nobody gives a role to themselves.",
            "Ask a colleague who keeps the directory to do it.",
            PROMISE_6,
        )
    if RoleCode(role) not in ROLES_IN[team.kind]:
        raise Refused(
            "There is no such role in a team of this kind.", "Choose another role, or another team."
        )
    if worker.agency_id != team.agency_id:
        raise Refused(
            f"{worker.name} works for another agency.",
            "Add the person to this team’s agency, or choose one of its people.",
        )
    if begins < max(team.begins, worker.begins) or (team.ends is not None and begins >= team.ends):
        raise Refused(
            "The team or the person is not there on that day.", "Choose a day on which both are there."
        )
    return organisation.join_team(worker=worker, team=team, role=role, begins=begins, by=by)


@transaction.atomic
def take_on(
    *, name: str, email: str, phone: str, team: Team, role: int, begins: date, by: Actor, username: str = ""
) -> TakenOn:
    """Add somebody to a team's agency, put them into the team, and make their account where a name for it is given."""
    kind = Worker.Kind.STAFF if team.agency.kind == Agency.Kind.AUTHORITY else Worker.Kind.PARTNER
    worker = organisation.add_worker(
        name=name, kind=kind, begins=begins, agency=team.agency, email=email, phone=phone, by=by
    )
    put_in(worker=worker, team=team, role=role, begins=begins, by=by)
    password = give_account(worker=worker, username=username, by=by) if username else ""
    return TakenOn(worker, password)


@transaction.atomic
def give_account(*, worker: Worker, username: str, by: Actor) -> str:
    """Make an account and return its first password."""
    require(by, KEEPS)
    if User.objects.filter(username__iexact=username).exists():
        raise Refused("Somebody else signs in with this name.", "Choose another name to sign in with.")
    if worker.email and User.objects.filter(email__iexact=worker.email).exists():
        raise Refused("Somebody else has this e-mail address.", "Give each person an address of their own.")
    password = first_password()
    give_password(user=make_account(worker=worker, username=username, by=by), password=password, by=by)
    return password


@transaction.atomic
def renew_password(*, user: User, by: Actor) -> str:
    """Give a new first password to somebody who lost theirs. The sessions that there are end."""
    require(by, KEEPS)
    if user.worker_id == by.worker:
        raise Refused("You change your own password yourself.", "Use “Change password” in your account.")
    password = first_password()
    give_password(user=user, password=password, by=by)
    return password


def close(*, user: User, by: Actor) -> None:
    """Close an account; who keeps the directory does not lock themselves out."""
    if user.worker_id == by.worker:
        raise Refused("This is your own account.", "Let a colleague who keeps the directory close it.")
    close_account(user=user, by=by)


def reopen(*, user: User, by: Actor) -> None:
    """Open an account again that was closed or idle."""
    reopen_account(user=user, by=by)


@transaction.atomic
def take_out(*, membership: Membership, on: date, by: Actor) -> None:
    """End a membership, if the team keeps a named manager."""
    require(by, KEEPS)
    keep_a_manager(membership, on)
    organisation.leave_team(membership=membership, on=on, by=by)


@transaction.atomic
def change_team(*, team: Team, name: str, phone: str, by: Actor) -> TeamChange:
    """Change what a team is called or its telephone, from now on. What it was, who changed it and when is kept."""
    require(by, KEEPS)
    team = Team.objects.select_for_update().get(pk=team.pk)
    if team.ends is not None and team.ends <= clock.today():
        raise Refused("The team has ended.", "Its name stays as it was, for whoever reads what it did.")
    if (name, phone) == (team.name, team.phone):
        raise Refused("That is its name and its telephone now.", "Change one of them, or go back.")
    made = TeamChange.objects.create(
        team=team, name=name, phone=phone, was_name=team.name, was_phone=team.phone, recorded_at=clock.now(),
        recorded_by_id=by.worker,
    )  # fmt: skip
    organisation.rename_team(team=team, name=name, phone=phone, by=by)
    return made


@transaction.atomic
def take_area(*, team: Team, area: Area, begins: date, by: Actor) -> TeamArea:
    """Let a team serve one more area: what is noticed, asked and offered there finds it."""
    require(by, KEEPS)
    return serving.take_area(team=team, area=area, begins=begins, by=by)


@transaction.atomic
def give_up_area(*, row: TeamArea, on: date, by: Actor) -> None:
    """End what a team took, if another serves the area then."""
    require(by, KEEPS)
    serving.give_up_area(row=row, on=on, by=by)


@transaction.atomic
def end_team(*, team: Team, on: date, by: Actor) -> None:
    """End a team that answers for no child, once another serves its areas."""
    organisation.end_team(team=team, on=on, by=by)


@transaction.atomic
def let_go(*, worker: Worker, on: date, by: Actor) -> None:
    """Take somebody out of every team and out of the directory, and close the account when that day has come."""
    require(by, KEEPS)
    if worker.pk == by.worker:
        raise Refused("This is you.", "Let a colleague who keeps the directory do it.", PROMISE_6)
    for membership in queries.memberships_of(worker.pk, on):
        keep_a_manager(membership, on)
    organisation.end_worker(worker=worker, on=on, by=by)
    user = User.objects.filter(worker=worker).first()
    if user is not None and on <= clock.today():
        close_account(user=user, by=by)


def first_password() -> str:
    """A password that is hard to guess and easy to read out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(IN_A_GROUP)) for _ in range(GROUPS))
