"""Who may look up services, keep the directory, ask for a place and answer. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_relation, register_scope
from rightplace.foundation.journal.policy import persons_seen
from rightplace.services.directory.models import Intake, IntakeRow, Organisation, Service
from rightplace.services.directory.projections import ServiceRequest

SEE, KEEP, KEEP_OWN, ASK, ANSWER = (
    "directory.see", "directory.keep", "directory.keep_own", "request.make", "request.answer",
)  # fmt: skip


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare("directory", SEE, KEEP, KEEP_OWN, ASK, ANSWER)
    register_scope(Service, services_seen)
    register_scope(Organisation, services_seen)
    register_scope(Intake, intakes_seen)
    register_scope(IntakeRow, intakes_seen)
    register_scope(ServiceRequest, requests_seen)
    register_relation(ServiceRequest, ANSWER, is_asked)
    register_relation(ServiceRequest, ASK, has_asked)
    register_relation(Service, KEEP_OWN, is_own)
    register_relation(Service, KEEP, is_kept_here)
    register_links(links)


def services_seen(actor: Actor) -> Q:
    """The directory is open to whoever may look up services."""
    return EVERYTHING if SEE in role_of(actor.role).permissions else NOTHING


def intakes_seen(actor: Actor) -> Q:
    """What was taken in, for who keeps the directory. No row of it is about a child."""
    return EVERYTHING if KEEP in role_of(actor.role).permissions else NOTHING


def requests_seen(actor: Actor) -> Q:
    """A provider sees what its own agency was asked; a worker the requests of children whom the worker may see."""
    if actor.is_partner:
        answers = ANSWER in role_of(actor.role).permissions
        return Q(agency=actor.agency) if answers and actor.agency else NOTHING
    return persons_seen(actor) if ASK in role_of(actor.role).permissions else NOTHING


def is_asked(actor: Actor, request: ServiceRequest) -> bool:
    """Whether the request is to the actor's own agency."""
    return bool(actor.agency) and request.agency == actor.agency


def has_asked(actor: Actor, request: ServiceRequest) -> bool:
    """Whether the actor asked, or the actor's team did."""
    return request.asked_by == actor.worker or request.team == actor.team


def is_own(actor: Actor, service: Service) -> bool:
    """Whether the service is of the actor's own organisation."""
    own = service.organisation.agency_id if service.organisation else None
    return bool(actor.agency) and own == actor.agency


def is_kept_here(actor: Actor, service: Service) -> bool:
    """Whoever keeps the directory keeps all of it."""
    return True


def links(request: HttpRequest) -> Iterable[NavLink]:
    """Places in the navigation, each for whoever may open it."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, ANSWER):
        yield NavLink("Places asked of you", reverse("directory:desk"), 12)
    if may(actor, KEEP_OWN):
        yield NavLink("Your services", reverse("directory:own"), 13)
    if may(actor, SEE):
        yield NavLink("Services", reverse("directory:find"), 45)
    if may(actor, ASK):
        yield NavLink("Places asked for", reverse("directory:asked"), 46)
