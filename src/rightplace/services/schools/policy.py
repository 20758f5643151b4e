"""Who asks, who answers, who names a link person, and which questions and figures each may see. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_relation, register_scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Absence, LinkPerson, School, Team
from rightplace.foundation.organisation.queries import holding, on_day
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.organisation.serving import serves, taken
from rightplace.services.schools.models import ListTaken, SchoolYear
from rightplace.services.schools.projections import Question

OF_ALL = frozenset({RoleCode.HEAD_OF_SERVICE, RoleCode.ADMINISTRATOR})
"""Who sets the link person of any school; a manager those of the own area."""


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare("schools", "linkperson.set", "question.ask", "question.answer", "schools.import")
    register_scope(Question, questions_seen)
    register_scope(SchoolYear, years_seen)
    register_scope(ListTaken, lists_seen)
    register_scope(School, schools_seen)
    register_relation(Question, "question.answer", may_answer)
    register_relation(Question, "question.ask", asked_at_the_same_desk)
    register_relation(School, "question.ask", is_own_school)
    register_relation(School, "linkperson.set", links_here)
    register_links(links)


def links(request: HttpRequest) -> Iterable[NavLink]:
    """The places of this app in the navigation, each for whoever may go there."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "question.answer"):
        yield NavLink("Schools ask", reverse("schools:asked"), 28)
    if may(actor, "linkperson.set"):
        yield NavLink("Link people", reverse("schools:linked"), 58)
    elif may(actor, "organisation.absence"):
        yield NavLink("Who is away", reverse("schools:away"), 59)
    if may(actor, "schools.import"):
        yield NavLink("School lists", reverse("schools:lists"), 82)


def schools_seen(actor: Actor) -> Q:
    """Colleagues of a school their own; staff who link or answer those they work for; figures count all."""
    if actor.is_partner:
        return Q(pk=actor.agency) if actor.agency else NOTHING
    if actor.role in OF_ALL or may(actor, "figures.see"):
        return EVERYTHING
    if may(actor, "question.answer"):
        return _near(actor) | Q(pk__in=linked_by(actor))
    return NOTHING


def questions_seen(actor: Actor) -> Q:
    """Those of one desk of a school; a family support team those of its area and of whom its people stand in for."""
    if "question.ask" in role_of(actor.role).permissions:
        return Q(school=actor.agency, desk=actor.team) if actor.agency else NOTHING
    if "question.answer" not in role_of(actor.role).permissions:
        return NOTHING
    if actor.role == RoleCode.HEAD_OF_SERVICE:
        return EVERYTHING
    of_area = School.objects.filter(_near(actor)).values("pk")
    return Q(school__in=of_area) | Q(school__in=linked_by(actor)) | Q(link=actor.worker)


def _near(actor: Actor) -> Q:
    """Schools of the areas that the actor's team serves."""
    return serves("area_id", actor.team, actor.area, clock.today())


def linked_by(actor: Actor) -> QuerySet[Any]:
    """The schools that an actor links today, or whose link person the actor covers."""
    today = clock.today()
    covered = on_day(Absence.objects.filter(cover=actor.worker), today).values("worker")
    rows = LinkPerson.objects.filter(holding(today)).filter(Q(worker=actor.worker) | Q(worker__in=covered))
    return rows.values("school_id")


def may_answer(actor: Actor, question: Question) -> bool:
    """Whether the question is of a school of the actor's area, or of one that the actor links or covers."""
    if actor.role == RoleCode.HEAD_OF_SERVICE or question.link == actor.worker:
        return True
    of_area = School.objects.filter(_near(actor), pk=question.school)
    return of_area.exists() or linked_by(actor).filter(school_id=question.school).exists()


def asked_at_the_same_desk(actor: Actor, question: Question) -> bool:
    """Whether the actor or a colleague of the same desk asked."""
    return question.school == actor.agency and question.desk == actor.team


def is_own_school(actor: Actor, school: School) -> bool:
    """Whether the actor works at the school."""
    return actor.is_partner and school.pk == actor.agency


def links_here(actor: Actor, school: School) -> bool:
    """Whether the manager’s team serves the school’s area, or the actor keeps the directory or heads the service."""
    if actor.role in OF_ALL:
        return True
    if actor.team_kind != Team.Kind.FAMILY_SUPPORT:
        return False
    return (
        school.area_id == actor.area
        or taken(actor.team, clock.today()).filter(area_id=school.area_id).exists()
    )


def years_seen(actor: Actor) -> Q:
    """A school its own figures; who sees figures all of them. They are of schools, and name no child."""
    if may(actor, "schools.import") or may(actor, "figures.see"):
        return EVERYTHING
    return Q(school_id=actor.agency) if actor.is_partner and actor.agency else NOTHING


def lists_seen(actor: Actor) -> Q:
    """Whoever takes lists in sees what became of them."""
    return EVERYTHING if may(actor, "schools.import") else NOTHING
