"""Who sees which objective and which thanks. Support has a lock of its own: see lock.py. Registered in apps.py."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.scope import NOTHING, may, register_relation, register_scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.services.performance.models import Matter, Nudge, Objective, Step, Thanks
from rightplace.services.performance.who import leads, led_by


def register() -> None:
    """Declare this app's permissions, scopes and relations."""
    declare("performance", "performance.see_own", "performance.lead", "performance.formal")
    register_scope(Objective, objectives_seen)
    register_scope(Thanks, thanks_seen)
    register_scope(Matter, matters_seen)
    register_scope(Step, lambda actor: Q(matter__in=Matter.objects.filter(matters_seen(actor))))
    register_scope(Nudge, lambda actor: Q(whom=actor.worker))
    register_relation(Worker, "performance.lead", leads)
    register_relation(Matter, "performance.formal", decides_formally)
    register_links(performance_links)


def objectives_seen(actor: Actor) -> Q:
    """One's own; and those of whom one leads now. Human resources and other managers see none."""
    if not may(actor, "performance.see_own"):
        return NOTHING
    own = Q(worker=actor.worker)
    return (
        own | Q(worker__in=led_by(actor).order_by().values("worker"))
        if may(actor, "performance.lead")
        else own
    )


def thanks_seen(actor: Actor) -> Q:
    """One's own; what one gave; what was shared with one's team."""
    if not may(actor, "performance.see_own"):
        return NOTHING
    return (
        Q(worker=actor.worker) | Q(recorded_by=actor.worker) | Q(team=actor.team, shared_at__lte=clock.now())
    )


def matters_seen(actor: Actor) -> Q:
    """Who is named on it. The database asks the same again."""
    if not may(actor, "performance.see_own"):
        return NOTHING
    me = actor.worker
    named = Q(worker=me) | Q(led_by=me) | Q(next_manager=me) | Q(hr_owner=me) | Q(appeal_by=me)
    return named | Q(companion=me, companion_reads=True)


def decides_formally(actor: Actor, matter: Matter) -> bool:
    """The next manager, or the case owner of human resources; never the worker, nor who hears the appeal."""
    return actor.worker in (matter.next_manager_id, matter.hr_owner_id) and actor.worker not in (
        matter.worker_id, matter.appeal_by_id,
    )  # fmt: skip


def performance_links(request: HttpRequest) -> Iterable[NavLink]:
    """The pages in the navigation, each for whoever may open it."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "performance.see_own"):
        yield NavLink("My objectives", reverse("performance:mine"), 71)
    if may(actor, "performance.lead"):
        yield NavLink("Team objectives", reverse("performance:team"), 72)
    if may(actor, "performance.formal"):
        yield NavLink("Formal support", reverse("performance:formal"), 73)
