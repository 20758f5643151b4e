"""A team has a named manager on each day on which it stands: who may hold which role where, and who may not leave yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation.models import Membership, Team
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, OF_A_PARTNER, RoleCode

PROMISE_1 = "Promise 1: an open child has exactly one accountable team, with a named manager"
_SOCIAL = (RoleCode.SOCIAL_WORKER, RoleCode.TEAM_MANAGER)
_DOOR = (RoleCode.FRONT_DOOR_WORKER, RoleCode.FRONT_DOOR_MANAGER)
ROLES_IN: Mapping[str, tuple[RoleCode, ...]] = {
    Team.Kind.FRONT_DOOR: _DOOR,
    Team.Kind.OUT_OF_HOURS: _DOOR,
    Team.Kind.FAMILY_SUPPORT: (RoleCode.FAMILY_SUPPORT_WORKER, RoleCode.FAMILY_SUPPORT_MANAGER),
    Team.Kind.ASSESSMENT: _SOCIAL,
    Team.Kind.SAFEGUARDING: _SOCIAL,
    Team.Kind.CARE: _SOCIAL,
    Team.Kind.LEAVING_CARE: _SOCIAL,
    Team.Kind.CONFERENCE_CHAIRS: (RoleCode.CONFERENCE_CHAIR,),
    Team.Kind.IMPORTED: (RoleCode.TEAM_MANAGER,),
    Team.Kind.LEADERSHIP: (RoleCode.HEAD_OF_SERVICE, RoleCode.DIRECTOR, RoleCode.LEAD_MEMBER),
    Team.Kind.ASSURANCE: tuple(code for code in RoleCode if RoleCode.ANALYST <= code < RoleCode.RULE),
    Team.Kind.PARTNER_DESK: OF_A_PARTNER,
}
"""The roles that somebody can have in a team of each kind."""


def manager_role(kind: str) -> RoleCode | None:
    """In which role a team of a kind has its named manager; None where it has none."""
    return next((role for role in ROLES_IN[kind] if role in MANAGES_A_TEAM), None)


def no_manager_from(membership: Membership, on: date) -> date | None:
    """The first day on which the team would have no named manager if this membership ended; None if there is none."""
    team = membership.team
    if membership.role not in MANAGES_A_TEAM or (team.ends is not None and team.ends <= on):
        return None
    others = Membership.objects.filter(team=team, role__in=MANAGES_A_TEAM).exclude(pk=membership.pk)
    rows = others.filter(Q(ends__isnull=True) | Q(ends__gt=on)).select_related("worker")
    spells = [(row.begins, _earlier(row.ends, row.worker.ends)) for row in rows]
    day = on
    while team.ends is None or day < team.ends:
        holding = [ends for begins, ends in spells if begins <= day and (ends is None or ends > day)]
        if not holding:
            return day
        if None in holding:
            return None
        day = max(ends for ends in holding if ends is not None)
    return None


def keep_a_manager(membership: Membership, on: date) -> None:
    """Refuse an end that would leave a team without a named manager on some day."""
    day = no_manager_from(membership, on)
    if day is None:
        return
    raise Refused(
        f"{membership.team.name} would have no named manager from {day:%-d %B %Y}.",
        "First put the next manager into the team, from that day or before; then end this membership.",
        PROMISE_1,
    )


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)
