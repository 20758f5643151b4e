"""Who calls and who takes part in strategy discussions, and which each may see. Registered in apps.py.

An agency that was called sees that discussion, its own answer, what it was given and its own actions. One that was
not called gets the answer that there is for nothing there.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from rightplace.common.caseflow.queries import accountable_team
from rightplace.common.questions.sets import register_file
from rightplace.common.web.frame import NavLink, register_links
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import NOTHING, may, register_relation, register_scope
from rightplace.foundation.journal.policy import hidden_persons, persons_seen
from rightplace.foundation.organisation.models import Team
from rightplace.services.protection.projections import Action, Called, Strategy

AT_THE_FRONT_DOOR = (Team.Kind.FRONT_DOOR, Team.Kind.OUT_OF_HOURS)


def register() -> None:
    """Declare this app's permissions, scopes and relations, and the draft in which minutes are typed."""
    declare("protection", "strategy.call", "strategy.attend")
    register_scope(Strategy, strategies_seen)
    register_scope(Called, of_the_own_agency)
    register_scope(Action, of_the_own_agency)
    register_relation(Strategy, "strategy.call", calls_or_answers)
    register_relation(Called, "strategy.attend", is_called)
    register_links(links)
    register_file(Path(__file__).parent / "asked" / "minutes.toml")


def _takes_part(actor: Actor) -> bool:
    return bool(actor.is_partner and actor.agency and "strategy.attend" in role_of(actor.role).permissions)


def strategies_seen(actor: Actor) -> Q:
    """Staff see those of the children whom they may see; an agency those that it was called to."""
    if not actor.is_partner:
        return persons_seen(actor)
    if not _takes_part(actor):
        return NOTHING
    own = Called.objects.filter(agency=actor.agency).values("strategy")
    return Q(id__in=own) & ~Q(person__in=hidden_persons(actor))


def of_the_own_agency(actor: Actor) -> Q:
    """Staff as above; an agency what it was called to, and what was agreed that it does."""
    if not actor.is_partner:
        return persons_seen(actor)
    if not _takes_part(actor):
        return NOTHING
    return Q(agency=actor.agency) & ~Q(person__in=hidden_persons(actor))


def calls_or_answers(actor: Actor, strategy: Strategy) -> bool:
    """Who called it, the team that called or answers for the child now, and the front door."""
    if actor.worker == strategy.called_by or actor.team in (strategy.team, accountable_team(strategy.file)):
        return True
    return actor.team_kind in AT_THE_FRONT_DOOR


def is_called(actor: Actor, called: Called) -> bool:
    """Whether it is the actor's own agency that was called."""
    return _takes_part(actor) and called.agency == actor.agency


def links(request: HttpRequest) -> Iterable[NavLink]:
    """Where discussions are, for whoever calls them and for the agencies that are called."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        return
    if may(actor, "strategy.call"):
        yield NavLink("Strategy discussions", reverse("protection:list"), 30)
    elif may(actor, "strategy.attend"):
        yield NavLink("Strategy discussions", reverse("protection:asked"), 36)
