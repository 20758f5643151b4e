"""What of strategy discussions waits for somebody: to be held, to be answered, to be done."""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.moving import TeamsMoved
from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.protection.projections import Action, Called, Strategy
from rightplace.services.protection.queries import calls_to, late_actions, to_hold, undone_by


def unheld(actor: Actor) -> QuerySet[Strategy] | None:
    """Discussions called and not held, of the reader's team."""
    return to_hold(actor) if not actor.is_partner and may(actor, "strategy.call") else None


def unanswered(actor: Actor) -> QuerySet[Called] | None:
    """Calls to the reader's agency that it has not answered."""
    if not actor.is_partner or not may(actor, "strategy.attend"):
        return None
    return calls_to(actor).filter(answered__isnull=True, held__isnull=True)


def undone_by_agency(actor: Actor) -> QuerySet[Action] | None:
    """What a discussion agreed that the reader's agency does, and has not done."""
    if not actor.is_partner or not may(actor, "strategy.attend"):
        return None
    return undone_by(actor)


def undone(actor: Actor) -> QuerySet[Action] | None:
    """What a discussion agreed that is the reader's or has climbed to the reader; a partner's: its agency's."""
    if actor.is_partner or actor.role in (RoleCode.DIRECTOR, RoleCode.AUDITOR) or not may(actor, "story.see"):
        return None
    return late_actions(actor)


OWN = (
    Waits("calls", unanswered, "number", "due", "Calls to a strategy discussion to answer", "protection:asked", 5),
    Waits("strategy", unheld, "number", "due", "Strategy discussions to hold", "protection:list", 5),
    Waits(
        "strategy-actions", undone, "number", "due", "Strategy discussions with something still to do",
        "protection:actions", 15, by_day=True,
    ),
    Waits(
        "agency-actions", undone_by_agency, "number", "due", "Strategy discussions with something for your agency to do",
        "protection:asked", 15, by_day=True,
    ),
)  # fmt: skip


def of_teams(moved: TeamsMoved) -> QuerySet[Strategy]:
    """Strategy discussions of children of teams that end, still to be held."""
    return Strategy.objects.filter(team__in=moved.before, held=None, ended=None)
