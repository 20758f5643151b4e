"""How the organisation changes: the only writers of its tables. Each asks `organisation.manage` of its author."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import queries
from rightplace.foundation.organisation.hooks import (
    Author,
    ask_gate,
    children_answered_for,
    open_with,
    say_that_somebody_leaves,
)
from rightplace.foundation.organisation.linking import (
    hand_over_schools,
    hand_team_over,
    link_new_school,
)
from rightplace.foundation.organisation.linking import set_link_person as set_link_person
from rightplace.foundation.organisation.models import (
    Absence,
    Agency,
    Area,
    Membership,
    Rota,
    School,
    Team,
    TeamArea,
    Worker,
)
from rightplace.foundation.organisation.recording import end_row, recorded
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.organisation.serving import keep_areas

MANAGE = "organisation.manage"


@transaction.atomic
def add_agency(*, name: str, kind: str, begins: date, by: Author, phone: str = "") -> Agency:
    """Take an agency into the directory."""
    ask_gate(by, MANAGE)
    return Agency.objects.create(
        name=name, kind=Agency.Kind(kind), phone=phone, begins=begins, **recorded(by)
    )


@transaction.atomic
def add_school(*, agency: Agency, urn: int, phase: str, area: Area, by: Author) -> School:
    """Say that an agency is a school, and where. Its area's team links it at once, where there is one."""
    ask_gate(by, MANAGE)
    school = School.objects.create(agency=agency, urn=urn, phase=School.Phase(phase), area=area)
    link_new_school(school, by)
    return school


@transaction.atomic
def open_team(
    *,
    agency: Agency,
    name: str,
    kind: str,
    begins: date,
    by: Author,
    area: Area | None = None,
    phone: str = "",
) -> Team:
    """Open a team or a partner's desk."""
    ask_gate(by, MANAGE)
    return Team.objects.create(
        agency=agency, name=name, kind=Team.Kind(kind), area=area, phone=phone, begins=begins, **recorded(by)
    )


@transaction.atomic
def rename_team(*, team: Team, name: str, phone: str, by: Author) -> None:
    """What a team is called and how it is reached from now on. Whoever asks keeps what it was."""
    ask_gate(by, MANAGE)
    team.name, team.phone = name, phone
    team.save(update_fields=["name", "phone"])


@transaction.atomic
def end_team(*, team: Team, on: date, by: Author) -> None:
    """End a team and its memberships. Refused while it answers for a child, something waits with it, nobody else would
    serve its area or, of a team for the whole city, the city, or it links a school that nobody else can."""
    ask_gate(by, MANAGE)
    children = children_answered_for(team.pk, on)
    if children:
        raise Refused(
            f"The team still answers for {children} {'child' if children == 1 else 'children'}.",
            "Hand each child over to another team; end this one when the last is accepted.",
            "Promise 1: an open child has exactly one accountable team",
        )
    left = open_with(team.pk, on)
    if left:
        raise Refused(
            f"Something still waits with the team: {'; '.join(f'{name} ({number})' for name, number in left)}.",
            "Answer it, or let it move in a cut-over; end the team when nothing is left.",
            "Promise 3: nothing unread",
        )
    keep_areas(team, on)
    hand_team_over(team, on, by)
    for membership in queries.members(team.pk, on):
        leave_team(membership=membership, on=on, by=by)
    for taken in TeamArea.objects.filter(team=team, ends=None):
        end_row(taken, max(on, taken.begins), by)
    end_row(team, on, by)


@transaction.atomic
def add_worker(
    *,
    name: str,
    kind: str,
    begins: date,
    by: Author,
    agency: Agency | None = None,
    email: str = "",
    phone: str = "",
    may: str = MANAGE,
) -> Worker:
    """Take a worker into the directory. Staff and partners belong to an agency. `may` is for whoever employs them."""
    ask_gate(by, may)
    kind = Worker.Kind(kind)
    if agency is None and kind in (Worker.Kind.STAFF, Worker.Kind.PARTNER):
        raise Refused("A worker belongs to an agency.", "Choose the agency that employs the worker.")
    return Worker.objects.create(
        name=name, kind=kind, agency=agency, email=email, phone=phone, begins=begins, **recorded(by)
    )


@transaction.atomic
def join_team(
    *, worker: Worker, team: Team, role: int, begins: date, by: Author, may: str = MANAGE
) -> Membership:
    """Put a worker into a team, in a role."""
    ask_gate(by, may)
    role = RoleCode(role)
    same = Membership.objects.filter(worker=worker, team=team, role=role)
    if same.filter(Q(ends__isnull=True) | Q(ends__gt=begins)).exists():
        raise Refused(
            "The worker already has this role in the team.", "Choose another role, or end this one."
        )
    return Membership.objects.create(worker=worker, team=team, role=role, begins=begins, **recorded(by))


@transaction.atomic
def leave_team(*, membership: Membership, on: date, by: Author) -> None:
    """End a membership: from that day the worker no longer acts in the team, and sees nothing through it.

    The schools that the worker links pass to the team's manager until somebody names the next link person.
    """
    ask_gate(by, MANAGE)
    end_row(membership, on, by)
    hand_over_schools(membership.worker_id, on, by)
    say_that_somebody_leaves(membership.worker_id, membership.team_id, on, by)


@transaction.atomic
def end_worker(*, worker: Worker, on: date, by: Author) -> None:
    """Take a worker out of every team and out of the directory."""
    ask_gate(by, MANAGE)
    for membership in queries.memberships_of(worker.pk, on):
        leave_team(membership=membership, on=on, by=by)
    end_row(worker, on, by)


@transaction.atomic
def record_absence(
    *, worker: Worker, begins: date, by: Author, ends: date | None = None, cover: Worker | None = None
) -> Absence:
    """Say that a worker is away, and who covers. Nobody covers for themselves."""
    if by.worker != worker.pk:
        ask_gate(by, "organisation.absence")
    if cover is not None and cover.pk == worker.pk:
        raise Refused("Nobody covers for themselves.", "Choose a colleague, or leave the cover open.")
    return Absence.objects.create(worker=worker, cover=cover, begins=begins, ends=ends, **recorded(by))


@transaction.atomic
def end_absence(*, absence: Absence, on: date, by: Author) -> None:
    """Say that a worker is back."""
    if by.worker != absence.worker_id:
        ask_gate(by, "organisation.absence")
    end_row(absence, on, by)


@transaction.atomic
def put_on_rota(*, team: Team, worker: Worker, begins_at: datetime, ends_at: datetime, by: Author) -> Rota:
    """Put a worker of the out-of-hours team on the rota."""
    ask_gate(by, "organisation.rota")
    if team.kind != Team.Kind.OUT_OF_HOURS:
        raise Refused("Only the out-of-hours team has a rota.", "Choose the out-of-hours team.")
    if ends_at <= begins_at:
        raise Refused("The spell ends before it begins.", "Give an end after the beginning.")
    if Rota.objects.filter(team=team, worker=worker, begins_at__lt=ends_at, ends_at__gt=begins_at).exists():
        raise Refused("The worker is already on the rota then.", "Choose another time or another worker.")
    return Rota.objects.create(team=team, worker=worker, begins_at=begins_at, ends_at=ends_at, **recorded(by))


@transaction.atomic
def imported_team(*, by: Author) -> Team:
    """The team that answers for imported children until somebody confirms another one; made on first use."""
    ask_gate(by, "import.run")
    found = Team.objects.filter(kind=Team.Kind.IMPORTED, ends__isnull=True).order_by("id").first()
    if found:
        return found
    since = date(2000, 1, 1)
    agency = queries.authority() or Agency.objects.create(
        name="The local authority", kind=Agency.Kind.AUTHORITY, begins=since, **recorded(by)
    )
    return Team.objects.create(
        agency=agency,
        name="Imported, to be confirmed",
        kind=Team.Kind.IMPORTED,
        begins=since,
        **recorded(by),
    )
