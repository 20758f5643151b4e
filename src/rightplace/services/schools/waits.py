"""What of schools waits for somebody: their questions, and for a school the answers to its own."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import LinkPerson
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.organisation.serving import serves
from rightplace.services.schools.policy import linked_by
from rightplace.services.schools.projections import Question
from rightplace.services.schools.queries import questions, waiting

NEW = timedelta(days=7)


def asked_of(actor: Actor) -> QuerySet[Question] | None:
    """For a worker those of schools that the worker links or covers; for a manager the area's; for the head what
    climbed so far and nobody has opened (promise 3)."""
    if actor.is_partner or not may(actor, "question.answer"):
        return None
    if actor.role == RoleCode.HEAD_OF_SERVICE:
        return waiting(actor).filter(read__isnull=True, read_by_head__lt=clock.now())
    if actor.role == RoleCode.FAMILY_SUPPORT_WORKER:
        return waiting(actor).filter(Q(link=actor.worker) | Q(school__in=linked_by(actor)))
    return waiting(actor)


def answered_lately(actor: Actor) -> QuerySet[Question] | None:
    """Answers of the last week, for the desk of the school that asked."""
    if not actor.is_partner or not may(actor, "question.ask"):
        return None
    return questions(actor).filter(answered__gt=clock.now() - NEW)


def to_name(actor: Actor) -> QuerySet[LinkPerson] | None:
    """Schools whose link person left: somebody stands in until a person names the next. A manager's are of the area."""
    if actor.is_partner or actor.role == RoleCode.HEAD_OF_SERVICE or not may(actor, "linkperson.set"):
        return None
    found = LinkPerson.objects.filter(holding(clock.today()), handed_over=True)
    if not actor.area:
        return found
    return found.filter(serves("school__area", actor.team, actor.area, clock.today()))


OWN = (
    Waits(
        "link-people",
        to_name,
        "school_id",
        "",
        "Schools whose next link person is to be named",
        "schools:linked",
        55,
    ),
    Waits("questions", asked_of, "concern", "due", "Questions of schools to answer", "schools:asked", 20),
    Waits(
        "answers",
        answered_lately,
        "concern",
        "",
        "Answers of your link person in the last week",
        "schools:own",
        60,
    ),
)
