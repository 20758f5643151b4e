"""Who sees pools, scores, runs, letters and appeals. Deny by default; registered in apps.py.

A person sees the own pool, wishes, scores and letter; a panel member the own sheets; human resources what it keeps; a
head of service what is to be moderated, settled or confirmed; a hearer the appeals to which one is appointed.
"""

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
from rightplace.services.selection.models import (
    Appeal,
    Assessment,
    Exercise,
    Letter,
    Member,
    Redeployment,
    Run,
    ScoreSheet,
    Trial,
)

KEEP, MODERATE, SCORE, PREFER = "selection.keep", "selection.moderate", "selection.score", "selection.prefer"
RAISE, HEAR = "appeal.raise", "appeal.hear"


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare("selection", KEEP, MODERATE, SCORE, PREFER, RAISE, HEAR)
    register_scope(Exercise, exercises_seen)
    register_scope(Member, members_seen)
    register_scope(Assessment, assessments_seen)
    register_scope(ScoreSheet, sheets_seen)
    register_scope(Run, runs_seen)
    register_scope(Letter, letters_seen)
    register_scope(Appeal, appeals_seen)
    register_scope(Trial, trials_seen)
    register_scope(Redeployment, redeployments_seen)
    register_relation(Member, PREFER, is_own)
    register_relation(Member, RAISE, is_own)
    register_relation(ScoreSheet, SCORE, is_the_scorer)
    register_relation(Assessment, MODERATE, took_no_part_in_scoring)
    register_relation(Appeal, HEAR, is_the_hearer)
    register_links(selection_links)


def _holds(actor: Actor, *names: str) -> bool:
    return bool(role_of(actor.role).permissions & set(names))


def exercises_seen(actor: Actor) -> Q:
    """Whoever keeps, moderates or scores sees that there is one; everybody else those that one is under review in."""
    if _holds(actor, KEEP, MODERATE, SCORE, HEAR):
        return EVERYTHING
    return Q(members__worker=actor.worker) if _holds(actor, PREFER) else NOTHING


def members_seen(actor: Actor) -> Q:
    if _holds(actor, KEEP, MODERATE):
        return EVERYTHING
    return Q(worker=actor.worker) if _holds(actor, PREFER) else NOTHING


def assessments_seen(actor: Actor) -> Q:
    """Human resources and heads of service; a scorer those to which one is appointed. Never by rank in the panel."""
    if _holds(actor, KEEP, MODERATE):
        return EVERYTHING
    if not _holds(actor, SCORE):
        return NOTHING
    return Q(pk__in=ScoreSheet.objects.filter(scorer=actor.worker).values("assessment"))


def sheets_seen(actor: Actor) -> Q:
    """One's own only: what others found is read on the assessment's page, once all have signed."""
    return Q(scorer=actor.worker) if _holds(actor, SCORE) else NOTHING


def runs_seen(actor: Actor) -> Q:
    return EVERYTHING if _holds(actor, KEEP, MODERATE) else NOTHING


def letters_seen(actor: Actor) -> Q:
    """Human resources that write them; everybody the own one, once it is published."""
    if _holds(actor, KEEP, MODERATE):
        return EVERYTHING
    own = Q(placement__member__worker=actor.worker, published_at__isnull=False)
    return own if _holds(actor, PREFER) else NOTHING


def appeals_seen(actor: Actor) -> Q:
    """One's own, those to which one is appointed, and all for human resources, who appoint."""
    if _holds(actor, KEEP):
        return EVERYTHING
    seen = Q(member__worker=actor.worker) if _holds(actor, RAISE) else NOTHING
    return seen | Q(hearer=actor.worker) if _holds(actor, HEAR) else seen


def trials_seen(actor: Actor) -> Q:
    if _holds(actor, KEEP):
        return EVERYTHING
    return Q(placement__member__worker=actor.worker) if _holds(actor, PREFER) else NOTHING


def redeployments_seen(actor: Actor) -> Q:
    if _holds(actor, KEEP):
        return EVERYTHING
    return Q(member__worker=actor.worker) | Q(named=actor.worker) if _holds(actor, PREFER) else NOTHING


def is_own(actor: Actor, member: Member) -> bool:
    return member.worker_id == actor.worker


def is_the_scorer(actor: Actor, sheet: ScoreSheet) -> bool:
    """Whose sheet it is, and never about oneself."""
    return sheet.scorer_id == actor.worker and sheet.assessment.member.worker_id != actor.worker


def took_no_part_in_scoring(actor: Actor, assessment: Assessment) -> bool:
    """A third settles where two differ: neither a scorer nor the person."""
    if assessment.member.worker_id == actor.worker:
        return False
    return all(sheet.scorer_id != actor.worker for sheet in assessment.sheets.all())


def is_the_hearer(actor: Actor, appeal: Appeal) -> bool:
    return appeal.hearer_id == actor.worker and appeal.member.worker_id != actor.worker


def selection_links(request: HttpRequest) -> Iterable[NavLink]:
    """The selection for those who work on it. One's own place is reached from the programme's page."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, KEEP) or may(actor, MODERATE):
        yield NavLink("Selection", reverse("selection:exercises"), 66)
    elif may(actor, SCORE):
        yield NavLink("Panels", reverse("selection:sheets"), 66)
    if may(actor, HEAR):
        yield NavLink("Appeals", reverse("selection:hearings"), 67)
