"""Who may see and write early help, and which families each may see. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import NOTHING, may, register_relation, register_scope
from rightplace.foundation.journal.policy import persons_seen
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.services.familysupport.projections import Invited, Support


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare(
        "familysupport", "familysupport.see", "familysupport.write", "familysupport.end", "familysupport.join"
    )
    register_scope(Support, persons_seen)
    register_scope(Invited, invitations_seen)
    for name in ("familysupport.write", "familysupport.end"):
        register_relation(Support, name, is_of_the_team)
    register_relation(Support, "familysupport.see", is_seen)
    register_relation(Invited, "familysupport.join", is_invited)
    register_links(working_links)


def invitations_seen(actor: Actor) -> Q:
    """A partner sees the own invitations that hold now; whoever sees the child, those to that child's team."""
    if actor.is_partner:
        if "familysupport.join" not in role_of(actor.role).permissions:
            return NOTHING
        now = clock.now()
        holds = Q(since__lte=now) & (Q(until__isnull=True) | Q(until__gt=now))
        return holds & Q(worker=actor.worker, agency=actor.agency)
    return persons_seen(actor)


def is_of_the_team(actor: Actor, support: Support) -> bool:
    """Whether the actor's own team answers for the child now: only that team writes."""
    from rightplace.common.caseflow.queries import accountable_team

    return accountable_team(support.file) == actor.team


def is_seen(actor: Actor, support: Support) -> bool:
    """Whoever finds the row may see it: the scope has said so."""
    return True


def is_invited(actor: Actor, invited: Invited) -> bool:
    """Whether the invitation is the actor's own."""
    return invited.worker == actor.worker


def working_links(request: HttpRequest) -> Iterable[NavLink]:
    """The families of a family support team; for a partner, the teams around families to which they belong."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "familysupport.see") and actor.team_kind == Team.Kind.FAMILY_SUPPORT:
        yield NavLink("Families", reverse("familysupport:families"), 20)
    if actor.is_partner and may(actor, "familysupport.join"):
        yield NavLink("Teams around families", reverse("familysupport:around"), 36)
