"""Who may do what at the front door, and which contacts each may see. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.questions.sets import register_file
from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_relation, register_scope
from rightplace.foundation.journal.policy import COUNTS_EVERY_CHILD
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.frontdoor.models import VignetteDecision
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.projections import Check, Contact

AT_THE_FRONT_DOOR = (Team.Kind.FRONT_DOOR, Team.Kind.OUT_OF_HOURS)
KINDS_ASKED = ("police", "health", "education", "housing", "probation", "voluntary", "other")
"""Each kind of agency has its own few questions, as data."""
DECIDES_FOR_OTHERS = frozenset({RoleCode.FRONT_DOOR_MANAGER, RoleCode.HEAD_OF_SERVICE})


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare(
        "frontdoor", "contact.raise", "contact.see", "contact.screen", "contact.decide", "check.ask", "check.answer",
        "follow.own_contact", "disagree", "vignette.decide", "notice.triage",
    )  # fmt: skip
    register_scope(Contact, contacts_seen)
    register_scope(Check, checks_seen)
    register_scope(VignetteDecision, vignettes_seen)
    register_scope(Triage, triages_seen)
    register_relation(Triage, "notice.triage", sits_at_the_table)
    register_relation(Contact, "notice.triage", at_the_front_door)
    for name in ("contact.see", "contact.screen", "contact.decide", "check.ask"):
        register_relation(Contact, name, at_the_front_door)
    for name in ("follow.own_contact", "disagree"):
        register_relation(Contact, name, told_it_themselves)
    register_relation(Check, "check.answer", is_asked)
    register_links(working_links)
    for name in ("decision", *(f"check_{kind}" for kind in KINDS_ASKED)):
        register_file(Path(__file__).parent / "asked" / f"{name}.toml")


def working_links(request: HttpRequest) -> Iterable[NavLink]:
    """The working pages in the navigation, each for whoever may open it."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "contact.see"):
        yield NavLink("Inbox", reverse("frontdoor:inbox"), 15)
    if may(actor, "check.answer"):
        yield NavLink("Checks asked", reverse("frontdoor:checks"), 35)
    if may(actor, "notice.triage"):
        yield NavLink("Joint triage", reverse("frontdoor:notices"), 36)
    if may(actor, "organisation.rota") and actor.team_kind != Team.Kind.ASSURANCE:
        yield NavLink("Out of hours", reverse("frontdoor:rota"), 60)
    if may(actor, "vignette.decide"):
        yield NavLink("Decide blind", reverse("frontdoor:cases"), 70)


def contacts_seen(actor: Actor) -> Q:
    """The front door sees every contact; who told one follows that one; figures count all."""
    if "contact.see" in role_of(actor.role).permissions or actor.role in COUNTS_EVERY_CHILD:
        return EVERYTHING
    if "follow.own_contact" in role_of(actor.role).permissions and actor.worker:
        return Q(told_by=actor.worker) | Q(agency=actor.agency, told_by__in=colleagues(actor))
    return NOTHING


def colleagues(actor: Actor) -> QuerySet[Any]:
    """Workers of the actor's own team: a school's safeguarding lead follows what a colleague raised."""
    from rightplace.foundation.organisation.models import Membership

    return Membership.objects.filter(team_id=actor.team).values("worker_id")


def checks_seen(actor: Actor) -> Q:
    """The front door sees every check; an agency those that it was asked."""
    if "contact.see" in role_of(actor.role).permissions or actor.role in COUNTS_EVERY_CHILD:
        return EVERYTHING
    answers = "check.answer" in role_of(actor.role).permissions
    return Q(agency=actor.agency) if actor.agency and actor.is_partner and answers else NOTHING


def triages_seen(actor: Actor) -> Q:
    """The front door sees every joint triage; an agency those at whose table it sits."""
    if "contact.see" in role_of(actor.role).permissions:
        return EVERYTHING
    sits = "notice.triage" in role_of(actor.role).permissions and actor.is_partner and actor.agency
    return Q(agencies__contains=[actor.agency]) if sits else NOTHING


def sits_at_the_table(actor: Actor, triage: Triage) -> bool:
    """Whether the actor's agency is at the table; the front door opened it."""
    return actor.agency in triage.agencies or actor.team_kind in AT_THE_FRONT_DOOR


def vignettes_seen(actor: Actor) -> Q:
    """Each manager's own; managers of the front door and heads of service compare."""
    return EVERYTHING if actor.role in DECIDES_FOR_OTHERS else Q(worker=actor.worker)


def at_the_front_door(actor: Actor, contact: Contact) -> bool:
    """Whether the actor works at the front door, or heads the service."""
    return actor.team_kind in AT_THE_FRONT_DOOR or actor.role == RoleCode.HEAD_OF_SERVICE


def told_it_themselves(actor: Actor, contact: Contact) -> bool:
    """Whether the actor, or a colleague of the same team, told the concern."""
    return contact.told_by == actor.worker or (
        contact.agency == actor.agency and colleagues(actor).filter(worker_id=contact.told_by).exists()
    )


def is_asked(actor: Actor, check: Check) -> bool:
    """Whether the check is for the actor's agency; the front door writes down what was answered by telephone."""
    return check.agency == actor.agency or actor.team_kind in AT_THE_FRONT_DOOR
