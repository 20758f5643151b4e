"""Who may write and authorise an assessment, and which each may see. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.caseflow.queries import accountable_team
from rightplace.common.questions.sets import register_file
from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.scope import may, register_relation, register_scope
from rightplace.foundation.journal.policy import persons_seen
from rightplace.foundation.organisation.models import Team
from rightplace.services.assessment.projections import Assessment


def register() -> None:
    """Declare this app's permissions, scope, relations, and the draft in which an assessment is typed."""
    declare("assessment", "assessment.write", "assessment.authorise")
    register_scope(Assessment, persons_seen)
    register_relation(Assessment, "assessment.write", answers_for)
    register_relation(Assessment, "assessment.authorise", may_authorise)
    register_links(links)
    register_file(Path(__file__).parent / "asked" / "assessment.toml")


def answers_for(actor: Actor, assessment: Assessment) -> bool:
    """Whether the actor's team answers for the child now."""
    return bool(actor.team) and assessment.team_now == actor.team


def may_authorise(actor: Actor, assessment: Assessment) -> bool:
    """A manager of the team, or a head of service; never one who wrote it (promise 6)."""
    if actor.worker in assessment.writers:
        return False
    return actor.team_kind == Team.Kind.LEADERSHIP or answers_for(actor, assessment)


def links(request: HttpRequest) -> Iterable[NavLink]:
    """Where assessments are, for whoever writes or authorises them."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "assessment.write"):
        yield NavLink("Assessments", reverse("assessment:list"), 27)
    elif may(actor, "assessment.authorise"):
        yield NavLink("Assessments", reverse("assessment:to-authorise"), 27)
