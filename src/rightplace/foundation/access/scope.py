"""Which rows an actor may see, and whether the actor may do something. Denies by default.

Each app registers its scope for each table and its rule for each object in its policy.py. List, count, export, chart,
search and API all start from `scope`, so that none can show what another hides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import Undeclared, permission
from rightplace.foundation.access.roles import role_of

M = TypeVar("M", bound=Model)
ScopeRule = Callable[[Actor], Q]
RelationRule = Callable[[Actor, Any], bool]

_scopes: dict[type[Model], ScopeRule] = {}
_relations: dict[tuple[type, str], RelationRule] = {}
NOTHING = Q(pk__in=[])
EVERYTHING = Q()


class NotAllowed(Http404):
    """The actor may not. It answers as if there were nothing there, so that a refusal does not tell."""


def register_scope(model: type[Model], rule: ScopeRule) -> None:
    """Say which rows of a table an actor may see."""
    if _scopes.get(model, rule) is not rule:
        raise ValueError(f"{model.__name__} already has a scope")
    _scopes[model] = rule


def register_relation(of: type, name: str, rule: RelationRule) -> None:
    """Say whether a permission holds for one object: own team, own contact. `name` is a permission."""
    permission(name)
    if _relations.get((of, name), rule) is not rule:
        raise ValueError(f"{of.__name__} already has a rule for {name}")
    _relations[(of, name)] = rule


def scope(actor: Actor, model: type[M]) -> QuerySet[M]:
    """The rows of a table that an actor may see. Raises Undeclared for a table without a scope."""
    if model not in _scopes:
        raise Undeclared(f"{model.__name__} has no scope: register one in its app's policy.py.")
    return model._default_manager.filter(_scopes[model](actor))


def may(actor: Actor, name: str, obj: object | None = None) -> bool:
    """Whether an actor may do something at all and, with an object, to that object."""
    permission(name)
    if name not in role_of(actor.role).permissions:
        return False
    if obj is None:
        return True
    rule = _relations.get((type(obj), name))
    if rule is None:
        raise Undeclared(f"Nobody said to which {type(obj).__name__} {name} applies: register a relation.")
    return rule(actor, obj)


def require(actor: Actor, name: str, obj: object | None = None) -> None:
    """Raise NotAllowed, which answers as if there were nothing there, unless the actor may."""
    if not may(actor, name, obj):
        raise NotAllowed
