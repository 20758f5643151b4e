"""Who may agree on funding and see it, and which rows each may see. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.caseflow.onpages import register_child_links
from rightplace.common.web.frame import NavLink, register_links
from rightplace.common.web.pieces import Link
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.memberships import know_too
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import (
    EVERYTHING,
    NOTHING,
    may,
    register_relation,
    register_scope,
)
from rightplace.foundation.journal.policy import persons_seen
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation.models import Agency
from rightplace.services.funding.models import Agreement, Budget, Contribution, Payment, Share, UnitCost
from rightplace.services.funding.projections import TimeOfChild

AGREED = "has_agreed"


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare("funding", "funding.agree", "funding.see", "statement.see")
    register_scope(Agreement, own_agreements)
    for model in (Share, Contribution, Payment):
        register_scope(model, of_own_agreements)
    register_scope(UnitCost, staff_only)
    register_scope(Budget, staff_only)
    register_scope(TimeOfChild, persons_seen)
    register_relation(Agency, "statement.see", is_own_agency)
    register_relation(Agency, "funding.see", every_agency)
    know_too(AGREED, Exists(Agreement.objects.filter(agency=OuterRef("team__agency_id"))))
    register_links(funding_links)
    register_child_links(time_links)


def _sees_all(actor: Actor) -> bool:
    return "funding.see" in role_of(actor.role).permissions


def _sees_own(actor: Actor) -> bool:
    return "statement.see" in role_of(actor.role).permissions and actor.is_partner and bool(actor.agency)


def own_agreements(actor: Actor) -> Q:
    """Staff who answer for funding see every agreement; a partner's head its own agency's."""
    if _sees_all(actor):
        return EVERYTHING
    return Q(agency=actor.agency) if _sees_own(actor) else NOTHING


def of_own_agreements(actor: Actor) -> Q:
    """The same for what hangs on an agreement."""
    if _sees_all(actor):
        return EVERYTHING
    return Q(agreement__agency=actor.agency) if _sees_own(actor) else NOTHING


def staff_only(actor: Actor) -> Q:
    """Unit costs and budgets; a partner reads the costs that count in its own statement."""
    return EVERYTHING if _sees_all(actor) else NOTHING


def is_own_agency(actor: Actor, agency: Agency) -> bool:
    """Whether the actor speaks for this agency."""
    return _sees_own(actor) and agency.pk == actor.agency


def every_agency(actor: Actor, agency: Agency) -> bool:
    """Staff who answer for funding see each agency's statement."""
    return _sees_all(actor)


def funding_links(request: HttpRequest) -> Iterable[NavLink]:
    """The pages of funding in the navigation, each for whoever may open it."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "funding.see"):
        yield NavLink("Partner funding", reverse("funding:funding"), 62)
    if actor.is_partner and may(actor, "statement.see") and has_agreed(request):
        yield NavLink("Our share", reverse("funding:own"), 62)


def has_agreed(request: HttpRequest) -> bool:
    """Whether the reader's agency has, or had, an agreement: without one there is no share to show."""
    rows = getattr(request, "memberships", ())
    return any(getattr(row, AGREED, False) for row in rows if row.team_id == request.actor.team)  # type: ignore[attr-defined]


def time_links(actor: Actor, file: int, span: Span | None) -> Iterable[Link]:
    """Writing time down, on the story of a child with whom somebody works."""
    if span is not None and span.open and may(actor, "visit.record"):
        yield Link("Time and school", reverse("funding:time", args=[file]))
