"""Who may give signals, see and decide a family's, and agree to a feed; which rows each may see. Registered in apps.py."""

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
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.services.signals.models import (
    Family,
    Feed,
    GivenSignal,
    Hold,
    Noted,
    Signal,
    TakenBack,
    Tally,
)


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare("signals", "signal.give", "signal.see", "signal.decide", "feed.agree", "signal.hold")
    register_scope(Family, of_the_area)
    register_scope(Noted, of_the_area)
    register_scope(Signal, signals_seen)
    register_scope(GivenSignal, own_given)
    register_scope(TakenBack, of_the_area)
    register_scope(Feed, feeds_seen)
    register_scope(Tally, tallies_seen)
    register_scope(Hold, holds_seen)
    register_relation(Family, "signal.see", is_of_the_area)
    register_relation(Family, "signal.decide", decides_for_the_area)
    register_relation(TakenBack, "signal.decide", decides_for_the_area)
    register_links(links)


def _sees(actor: Actor) -> bool:
    return "signal.see" in role_of(actor.role).permissions


def of_the_area(actor: Actor) -> Q:
    """Families of the area of the actor's team; whoever serves no single area sees all."""
    if not _sees(actor):
        return NOTHING
    return Q(area=actor.area) if actor.area else EVERYTHING


def signals_seen(actor: Actor) -> Q:
    """Signals of the families that the actor sees; none for who gives them."""
    if not _sees(actor):
        return NOTHING
    return Q(family__area=actor.area) if actor.area else EVERYTHING


def own_given(actor: Actor) -> Q:
    """What the own agency gave, until its day: by number, kind and day, so that it can be taken back; never its words.

    A legal hold keeps it longer, which the agency does not see.
    """
    if "signal.give" not in role_of(actor.role).permissions or not actor.agency:
        return NOTHING
    return Q(agency=actor.agency, delete_on__gt=clock.today())


def feeds_seen(actor: Actor) -> Q:
    """Who agrees sees every agreement, who gives those of the own agency."""
    held = role_of(actor.role).permissions
    if "feed.agree" in held:
        return EVERYTHING
    return Q(agency_id=actor.agency) if "signal.give" in held and actor.agency else NOTHING


def tallies_seen(actor: Actor) -> Q:
    """As with agreements: numbers of every agency for who agrees, of the own for who gives."""
    held = role_of(actor.role).permissions
    if "feed.agree" in held:
        return EVERYTHING
    return Q(agency=actor.agency) if "signal.give" in held and actor.agency else NOTHING


def holds_seen(actor: Actor) -> Q:
    """Every hold for information governance, which sees no signal; for a team those of its area's families."""
    if "signal.hold" in role_of(actor.role).permissions:
        return EVERYTHING
    return of_the_area(actor)


def is_of_the_area(actor: Actor, family: Family | TakenBack) -> bool:
    """Whether the family lives in the area of the actor's team."""
    return not actor.area or family.area == actor.area


def decides_for_the_area(actor: Actor, family: Family | TakenBack) -> bool:
    """Whether the actor's own family support team answers for that area."""
    return actor.team_kind == Team.Kind.FAMILY_SUPPORT and is_of_the_area(actor, family)


def links(request: HttpRequest) -> Iterable[NavLink]:
    """Where signals wait, are given or agreed, for whoever may."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "signal.see"):
        yield NavLink("Noticed early", reverse("signals:families"), 28)
    if may(actor, "duplicate.decide"):
        yield NavLink("Same child?", reverse("signals:matches"), 62)
    if may(actor, "signal.give") and actor.is_partner:
        yield NavLink("Signals", reverse("signals:given"), 30)
    if may(actor, "feed.agree"):
        yield NavLink("Feeds", reverse("signals:feeds"), 66)
    if may(actor, "signal.hold"):
        yield NavLink("Legal holds", reverse("signals:holds"), 67)
