"""What of places waits for somebody: a provider's answer; for who asked, what was answered and what is late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Q, QuerySet

from rightplace.common.caseflow.moving import TeamsMoved
from rightplace.common.caseflow.waits import TeamWaits, Waits
from rightplace.domain.practice.entries.directory import Answer
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.services.directory.policy import ANSWER, ASK
from rightplace.services.directory.projections import ServiceRequest

NEW = timedelta(days=7)
SAID = (Answer.ACCEPTED, Answer.WAITING, Answer.DECLINED)


def to_answer(actor: Actor) -> QuerySet[ServiceRequest] | None:
    """Places that the reader's agency was asked for."""
    if not actor.is_partner or not may(actor, ANSWER):
        return None
    return scope(actor, ServiceRequest).filter(answer="")


def answered_lately(actor: Actor) -> QuerySet[ServiceRequest] | None:
    """Places that the reader asked for, answered in the last week."""
    if actor.is_partner or not may(actor, ASK):
        return None
    mine = scope(actor, ServiceRequest).filter(Q(asked_by=actor.worker))
    return mine.filter(answer__in=SAID, answered__gt=clock.now() - NEW)


def unanswered(actor: Actor) -> QuerySet[ServiceRequest] | None:
    """Places that the reader asked for and that nobody has answered by their day."""
    if actor.is_partner or not may(actor, ASK):
        return None
    return scope(actor, ServiceRequest).filter(asked_by=actor.worker, answer="", due__lt=clock.now())


OWN = (
    Waits("places", to_answer, "entry", "due", "Places asked of you", "directory:desk", 10),
    Waits(
        "places-answered",
        answered_lately,
        "entry",
        "",
        "Places that you asked for, answered this week",
        "directory:asked",
        45,
    ),
    Waits(
        "places-late",
        unanswered,
        "entry",
        "due",
        "Places that you asked for, not answered in time",
        "directory:asked",
        44,
    ),
)

LATELY = timedelta(days=90)


def asked_by_team(answer: str) -> Callable[[Actor, Team], QuerySet[ServiceRequest] | None]:
    """Places that a team asked for, with one answer. Figures only, so they hold every child of the team."""

    def rows(actor: Actor, team: Team) -> QuerySet[ServiceRequest] | None:
        if actor.is_partner or not may(actor, ASK):
            return None
        found = ServiceRequest.objects.filter(team=team.pk, answer=answer)
        return found.filter(asked__gt=clock.now() - LATELY)

    return rows


def _of_team(key: str, answer: str, due: str, what: str) -> TeamWaits:
    rows = asked_by_team(answer)
    return TeamWaits(rows, Waits(key, lambda actor: None, "entry", due, what, "directory:asked"))


OF_A_TEAM = (
    _of_team("places-open", "", "due", "Places asked for, not answered yet"),
    _of_team("places-listed", Answer.WAITING, "", "On a provider’s waiting list"),
    _of_team("places-given", Answer.ACCEPTED, "", "Places given in ninety days"),
    _of_team("places-declined", Answer.DECLINED, "", "Places declined in ninety days"),
)


def of_teams(moved: TeamsMoved) -> QuerySet[ServiceRequest]:
    """Places that teams which end asked for, not given or refused yet."""
    return ServiceRequest.objects.filter(team__in=moved.before, answer__in=("", Answer.WAITING))
