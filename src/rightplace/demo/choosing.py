"""Whom one can be in the demonstration: the nine people of the story, and one of every other role."""

from __future__ import annotations

from dataclasses import dataclass

from rightplace.demo.material.strip import PersonToBe, strip
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Membership


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
