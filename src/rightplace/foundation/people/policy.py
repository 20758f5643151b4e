"""Who may find and open a person, and which persons each may see. Registered in apps.py."""

from __future__ import annotations

from django.db.models import Q

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.permissions import declare
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import NOTHING, register_scope
from rightplace.foundation.journal.policy import COUNTS_EVERY_CHILD, hidden_persons, persons_seen
from rightplace.foundation.people.projections import Duplicate, Person, Relation
from rightplace.foundation.people.schooling import Schooling


def register() -> None:
    """Declare this app's permissions."""
    declare("people", "child.find", "person.link", "duplicate.decide")
    register_scope(Person, named_persons)
    register_scope(Relation, named_persons)
    register_scope(Duplicate, named_persons)
    register_scope(Schooling, named_persons)


def named_persons(actor: Actor) -> Q:
    """Whose names an actor may see: nobody's for analysts and lead members, and never a restricted child's."""
    if "child.find" not in role_of(actor.role).permissions:
        return NOTHING
    if actor.role in COUNTS_EVERY_CHILD:
        return ~Q(person__in=hidden_persons(actor))
    return persons_seen(actor)
