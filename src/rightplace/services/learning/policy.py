"""Who sees whose learning. Registered in apps.py. What somebody reflects on is the own word and read by nobody else."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_relation, register_scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Team
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM
from rightplace.services.learning.models import Booking, Certificate, Course, FirstYear


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare("learning", "learning.see_own", "learning.see", "learning.keep")
    register_scope(Course, lambda actor: EVERYTHING if may(actor, "learning.see_own") else NOTHING)
    register_scope(Booking, bookings_seen)
    register_scope(Certificate, certificates_seen)
    register_scope(FirstYear, lambda actor: Q(worker=actor.worker) | Q(supervisor=actor.worker))
    register_relation(Team, "learning.see", sees_team)
    register_links(learning_links)


def sees_team(actor: Actor, team: Team) -> bool:
    """A manager the own team; heads of service, the director and human resources each team."""
    return actor.role not in MANAGES_A_TEAM or team.pk == actor.team


def bookings_seen(actor: Actor) -> Q:
    if not may(actor, "learning.see"):
        return Q(worker=actor.worker) if may(actor, "learning.see_own") else NOTHING
    if actor.role not in MANAGES_A_TEAM:
        return EVERYTHING
    team = Membership.objects.filter(holding(clock.today()), team=actor.team).values("worker")
    return Q(worker=actor.worker) | Q(worker__in=team)


def certificates_seen(actor: Actor) -> Q:
    """One's own; human resources all, since somebody has to have seen them."""
    if may(actor, "learning.keep"):
        return EVERYTHING
    return Q(booking__worker=actor.worker) if may(actor, "learning.see_own") else NOTHING


def learning_links(request: HttpRequest) -> Iterable[NavLink]:
    """The pages in the navigation, each for whoever may open it."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "learning.see_own"):
        yield NavLink("My learning", reverse("learning:mine"), 74)
    if may(actor, "learning.see"):
        yield NavLink("Learning of teams", reverse("learning:team"), 75)
    if may(actor, "learning.keep"):
        yield NavLink("Courses", reverse("learning:courses"), 76)
