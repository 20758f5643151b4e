"""Whom of the family a question may name beside the child: those whom the child's own file knows, and nobody else."""

from __future__ import annotations

from collections.abc import Sequence

from rightplace.domain.practice.entries.identity import RelationshipRecorded
from rightplace.domain.practice.entries.order import in_order
from rightplace.domain.practice.journey.standing import standing
from rightplace.foundation.access import rls
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.models import File
from rightplace.foundation.people.projections import Person, Relation
from rightplace.services.frontdoor.forms_checks import Relative

MOST = 8


def relatives_of(actor: Actor, files: Sequence[int]) -> list[Relative]:
    """The people whom these children's files name, each once by name, in the order in which they were told of."""
    persons = set(File.objects.filter(id__in=files).values_list("person", flat=True))
    rows = list(scope(actor, Relation).filter(person__in=persons, label__in=actor.labels).order_by("entry"))
    if not rows:
        return []
    names = _names(actor, [row.other for row in rows if row.other])
    told = _told(actor, persons, {row.entry for row in rows})
    found: dict[str, Relative] = {}
    for row in rows:
        name = names.get(row.other, "") if row.other else told.get(row.entry, "")
        if name and row.other not in files and name not in found:
            found[name] = Relative(row.entry, name, row.relation.replace("_", " "))
    return list(found.values())[:MOST]


def _names(actor: Actor, others: Sequence[int]) -> dict[int, str]:
    persons = dict(File.objects.filter(id__in=others).values_list("id", "person"))
    seen = {each.person: each.name for each in scope(actor, Person).filter(person__in=set(persons.values()))}
    return {file: seen[person] for file, person in persons.items() if person in seen}


def _told(actor: Actor, persons: set[int], wanted: set[int]) -> dict[int, str]:
    with rls.reading_as(actor, purpose="contact"):
        files = reading.entries_of(reading.files_of_persons(persons))
    found = {}
    for entries in files.values():
        for entry in in_order(standing(entries).entries):
            if entry.id in wanted and isinstance(entry.body, RelationshipRecorded):
                found[entry.id] = entry.body.name
    return found
