"""Who sees vacancies, candidates, leavers and initiatives. Registered in apps.py.

A manager sees those of the own team; heads of service, the director and human resources all. An interview of staff is
its person's own and the named reader's; row security says the same of its words.
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
from rightplace.foundation.access.scope import EVERYTHING, NOTHING, may, register_scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.services.recruitment.models import AgencyRate, Candidate, Initiative, Notice, Vacancy, Voice

OF_EVERY_TEAM = frozenset({RoleCode.HEAD_OF_SERVICE, RoleCode.DIRECTOR})


def register() -> None:
    """Declare this app's permissions, scopes and links."""
    declare("recruitment", "recruitment.see", "recruitment.keep", "recruitment.interview", "initiative.keep")
    register_scope(Vacancy, vacancies_seen)
    register_scope(Candidate, candidates_seen)
    register_scope(Notice, notices_seen)
    register_scope(Voice, voices_seen)
    register_scope(Initiative, initiatives_seen)
    register_scope(AgencyRate, initiatives_seen)
    register_links(recruitment_links)


def _sees(actor: Actor) -> bool:
    return "recruitment.see" in role_of(actor.role).permissions


def vacancies_seen(actor: Actor) -> Q:
    """A manager those of the own team, the others every one."""
    if not _sees(actor):
        return NOTHING
    return Q(seat__post__team=actor.team) if actor.role in MANAGES_A_TEAM else EVERYTHING


def candidates_seen(actor: Actor) -> Q:
    """Those of vacancies that one sees, and those on whose panel one sits; the director counts and reads none."""
    if not _sees(actor):
        return NOTHING
    panel = Q(panel__worker=actor.worker)
    if actor.role in MANAGES_A_TEAM:
        return Q(vacancy__seat__post__team=actor.team) | panel
    return panel if actor.role == RoleCode.DIRECTOR else EVERYTHING


def notices_seen(actor: Actor) -> Q:
    """Notices of the own team for its manager, of all teams for the others; never one's own through this list."""
    if not _sees(actor):
        return NOTHING
    if actor.role not in MANAGES_A_TEAM:
        return EVERYTHING
    today = clock.today()
    held = Q(worker__memberships__ends__isnull=True) | Q(worker__memberships__ends__gt=today)
    return held & Q(worker__memberships__team=actor.team)


def voices_seen(actor: Actor) -> Q:
    """One's own, and those that one was named to read."""
    own = Q(worker=actor.worker) if "recruitment.interview" in role_of(actor.role).permissions else NOTHING
    reads = Q(reader=actor.worker) if "recruitment.keep" in role_of(actor.role).permissions else NOTHING
    return own | reads


def initiatives_seen(actor: Actor) -> Q:
    """Whoever sees recruitment sees every initiative and rate: they name teams, grades and nobody."""
    return EVERYTHING if _sees(actor) else NOTHING


def recruitment_links(request: HttpRequest) -> Iterable[NavLink]:
    """These pages in the navigation, each for whoever may open it."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "recruitment.see"):
        yield NavLink("Vacancies", reverse("recruitment:pipeline"), 64)
        yield NavLink("Who stays", reverse("recruitment:retention"), 65)
        yield NavLink("Leavers", reverse("recruitment:leavers"), 66)
    if may(actor, "recruitment.interview"):
        yield NavLink("My interview", reverse("recruitment:my-interviews"), 67)
