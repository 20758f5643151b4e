"""What of signals waits for somebody: families of the area, by the day by which somebody must look."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from rightplace.common.caseflow.waits import TeamWaits, Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.signals.feeds import SIDES
from rightplace.services.signals.models import Family, Feed, TakenBack
from rightplace.services.signals.queries import waiting


def unseen(actor: Actor) -> QuerySet[Family] | None:
    """Families noticed early in the reader's own area, for whoever decides of them."""
    return waiting(actor) if actor.area and may(actor, "signal.decide") else None


def to_agree(actor: Actor) -> QuerySet[Feed] | None:
    """Agreements that the other side made, and that wait for the reader's own."""
    side = SIDES.get(RoleCode(actor.role)) if not actor.is_partner and may(actor, "feed.agree") else None
    if side is None:
        return None
    open_now = Feed.objects.filter(ends__isnull=True, expires__gt=clock.today())
    return open_now.filter(**{f"{side}_agreed_by__isnull": True})


def running_out(actor: Actor) -> QuerySet[Feed] | None:
    """Agreements that end within a month, or ended within the last, and that nobody has renewed."""
    if actor.is_partner or not may(actor, "feed.agree"):
        return None
    near = timedelta(days=30)
    span = (clock.today() - near, clock.today() + near)
    return Feed.objects.filter(ends__isnull=True, expires__range=span, renewals__isnull=True)


def taken_back(actor: Actor) -> QuerySet[TakenBack] | None:
    """What an agency took back after the reader's own team had acted on it, and nobody has read."""
    if not actor.area or not may(actor, "signal.decide"):
        return None
    return scope(actor, TakenBack).filter(read__isnull=True)


OWN = (
    Waits(
        "taken-back",
        taken_back,
        "pk",
        "at",
        "Signals taken back after you took them up",
        "signals:taken-back",
        20,
    ),
    Waits(
        "feeds-agree", to_agree, "pk", "", "Agreements to signals that need your side", "signals:feeds", 50
    ),
    Waits(
        "feeds-expire",
        running_out,
        "pk",
        "expires",
        "Agreements to signals that run out, not renewed",
        "signals:feeds",
        51,
        by_day=True,
    ),
    Waits(
        "early", unseen, "pk", "by", "Families noticed early, to look at", "signals:families", 30, by_day=True
    ),
)


def unseen_in(actor: Actor, team: Team) -> QuerySet[Family] | None:
    """The same of the area of a family support team, for whoever may see signals there."""
    if team.kind != Team.Kind.FAMILY_SUPPORT or not team.area_id or not may(actor, "signal.see"):
        return None
    return waiting(actor).filter(area=team.area_id)


OF_A_TEAM = (TeamWaits(unseen_in, OWN[-1]),)
