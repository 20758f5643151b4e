"""Which page comes first after signing in, for each role. Registered as the answer to `/`."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation.rolecodes import RoleCode

BY_ROLE: Final[dict[int, str]] = {
    RoleCode.PROFESSIONAL_REFERRER: "partners:own",
    RoleCode.HEAD_TEACHER: "partners:own",
    RoleCode.PARTNER_LEAD: "partners:own",
    RoleCode.PROVIDER: "partners:own",
    RoleCode.FRONT_DOOR_WORKER: "frontdoor:inbox",
    RoleCode.FRONT_DOOR_MANAGER: "frontdoor:inbox",
    RoleCode.DIRECTOR: "leadership:director",
    RoleCode.LEAD_MEMBER: "leadership:director",
    RoleCode.ANALYST: "leadership:director",
    RoleCode.INFORMATION_GOVERNANCE: "access:review",
    RoleCode.ADMINISTRATOR: "desk:what-waits",
    RoleCode.HUMAN_RESOURCES: "workforce:establishment",
    RoleCode.UNION_OBSERVER: "workforce:establishment",
}


def home_of(actor: Actor) -> str:
    """The name of the page that somebody's day begins with."""
    wanted = BY_ROLE.get(actor.role)
    if wanted and _is_there(wanted):
        return wanted
    return "desk:my-day" if "story.see" in role_of(actor.role).permissions else "access:role"


def first_page(request: HttpRequest) -> HttpResponse | None:
    """What `/` answers whoever is signed in and in a role; None for anybody else."""
    actor = getattr(request, "actor", None)
    return HttpResponseRedirect(reverse(home_of(actor))) if isinstance(actor, Actor) else None


def _is_there(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True
