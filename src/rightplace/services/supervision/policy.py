"""Who sees which session, who reads a personal part, and who may ask for one. Registered in apps.py.

A worker sees the own sessions, a supervisor those held, and the supervisor's manager those below. Nobody else knows of
one; whoever may ask for a release sees only that sessions were held, and when.
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
from rightplace.foundation.access.scope import NOTHING, may, register_relation, register_scope
from rightplace.foundation.organisation import clock
from rightplace.services.supervision.models import Release, Session


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare(
        "supervision",
        "supervision.see_own",
        "supervision.hold",
        "supervision.assure",
        "supervision.release",
    )
    register_scope(Session, sessions_seen)
    register_scope(Release, releases_seen)
    register_relation(Session, "supervision.hold", holds)
    register_relation(Session, "supervision.see_own", is_own)
    register_relation(Session, "supervision.release", may_ask)
    register_relation(Release, "supervision.release", may_answer)
    register_links(links)


def sessions_seen(actor: Actor) -> Q:
    """One's own, those that one held, and those that one's supervisors held."""
    own = Q(supervisee=actor.worker)
    permissions = role_of(actor.role).permissions
    if "supervision.hold" in permissions:
        return own | Q(supervisor=actor.worker) | Q(over=actor.worker)
    return own if "supervision.see_own" in permissions else NOTHING


def releases_seen(actor: Actor) -> Q:
    """Whoever may ask or confirm sees what was asked; the worker what is asked of the own sessions."""
    about_me = Q(session__supervisee=actor.worker)
    permissions = role_of(actor.role).permissions
    if "supervision.release" in permissions:
        return about_me | Q(session__supervisor__isnull=False)
    return about_me if "supervision.see_own" in permissions else NOTHING


def holds(actor: Actor, session: Session) -> bool:
    """The supervisor of this session alone writes what was decided and said."""
    return session.supervisor_id == actor.worker


def is_own(actor: Actor, session: Session) -> bool:
    return session.supervisee_id == actor.worker


def reads_by_right(actor: Actor, session: Session) -> bool:
    """The worker, the supervisor, and the supervisor's manager: whose row says so, and who still manages supervisors."""
    if actor.worker == session.supervisee_id:
        return True
    if "supervision.hold" not in role_of(actor.role).permissions:
        return False
    return actor.worker in (session.supervisor_id, session.over_id)


def may_ask(actor: Actor, session: Session) -> bool:
    """Whoever cannot read it by right, of a session that was held and is signed."""
    return session.supervisor_signed_at is not None and not reads_by_right(actor, session)


def may_answer(actor: Actor, release: Release) -> bool:
    """Somebody else than who asked, and nobody of those whom the session is about."""
    session = release.session
    return actor.worker not in (release.recorded_by_id, session.supervisee_id, session.supervisor_id)


def released_to(actor: Actor, session: Session) -> Release | None:
    """The release by which somebody reads now, if there is one in its hours."""
    now = clock.now()
    return Release.objects.filter(
        session=session, recorded_by=actor.worker, confirmed_at__lte=now, until__gt=now
    ).first()


def links(request: HttpRequest) -> Iterable[NavLink]:
    """Supervision in the navigation, each page for whoever may open it."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "supervision.see_own"):
        yield NavLink("My supervision", reverse("supervision:mine"), 17)
    if may(actor, "supervision.hold"):
        yield NavLink("Supervising", reverse("supervision:team"), 18)
    if may(actor, "supervision.assure"):
        yield NavLink("Assurance of supervision", reverse("supervision:assurance"), 64)
    if may(actor, "supervision.release"):
        yield NavLink("Releases", reverse("supervision:releases"), 65)
