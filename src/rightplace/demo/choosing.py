"""Whom one can be in the demonstration: the nine of the story, those around it, and two of every other role."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from rightplace.demo.material.strip import OtherToBe, PersonToBe, strip
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Membership
from rightplace.foundation.organisation.rolecodes import RoleCode


@dataclass(frozen=True)
class Choice:
    """Somebody whom a visitor can become."""

    membership: int
    name: str
    title: str
    place: str
    says: str = ""
    key: str = ""


def membership_of(person: PersonToBe) -> Membership | None:
    """The membership of somebody of the story."""
    found = Membership.objects.filter(worker__name=person.name).filter(queries.holding(clock.today()))
    return found.select_related("worker", "team").order_by("id").first()


def people_of_the_story() -> list[Choice]:
    """The nine, in the order of the story."""
    names = [person.name for person in strip().people]
    rows = Membership.objects.filter(worker__name__in=names).filter(queries.holding(clock.today()))
    by_name = {row.worker.name: row for row in rows.select_related("worker", "team").order_by("-id")}
    return [
        Choice(row.pk, person.name, person.title, row.team.name, person.says, person.key)
        for person in strip().people
        if (row := by_name.get(person.name)) is not None
    ]


def people_around() -> list[Choice]:
    """Others whose first page has work waiting, in the order of the material: nobody who is not there."""
    found = ((other, _holder(other)) for other in strip().others)
    return [
        Choice(
            row.pk,
            row.worker.name,
            other.title or _sentence(role_of(row.role).name),
            row.team.name,
            other.says,
        )
        for other, row in found
        if row is not None
    ]


def _holder(other: OtherToBe) -> Membership | None:
    """Who holds a role at a place now: an agency by name or kind, or a kind of team, in the story's area if it has one."""
    held = Membership.objects.filter(queries.holding(clock.today()), role=RoleCode[other.role])
    place = other.works_at
    there = Q(team__agency__name=place) | Q(team__agency__kind=place) | Q(team__kind=place)
    here = Q(team__area__isnull=True) | Q(team__area__key=strip().area)
    rows = held.filter(there, here, worker__user__is_active=True)
    return rows.select_related("worker", "team").order_by("id").first()


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def one_of_each_role() -> list[Choice]:
    """The first two in each role and kind of team, whom anybody may also be."""
    rows = Membership.objects.filter(queries.holding(clock.today())).filter(worker__user__is_active=True)
    found: dict[tuple[int, str], list[Choice]] = {}
    for row in rows.select_related("worker", "team", "team__agency").order_by("role", "team__kind", "id"):
        kind = row.team.agency.kind if row.team.kind == "partner_desk" else row.team.kind
        here = found.setdefault((row.role, kind), [])
        if len(here) < 2:
            here.append(Choice(row.pk, row.worker.name, role_of(row.role).name, row.team.name))
    return [choice for here in found.values() for choice in here]
