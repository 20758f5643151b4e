"""Declaring a conflict of interest about a named file, and taking it back: the only writers of it. Why is sealed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require, scope
from rightplace.foundation.journal.sealing import FileSeal
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.recording import recorded
from rightplace.foundation.people.projections import Person
from rightplace.services.workforce.models import ConflictDeclared


@transaction.atomic
def declare_conflict(*, person: int, words: str, by: Actor) -> ConflictDeclared:
    """Say that one may not work with a family: related, a neighbour, a complaint. From now on nobody suggests it."""
    require(by, "workload.see_own")
    if not words.strip():
        raise Refused("A conflict of interest has a reason.", "Say in a few words what it is; it is sealed.")
    if not scope(by, Person).filter(person=person).exists():
        raise Refused("You do not see this child.", "Tell your manager.")
    Worker.objects.select_for_update().get(pk=by.worker)
    if standing_of(by.worker, [person]):
        raise Refused("You have declared it already.", "Read it on My work.")
    salt = secrets.token_bytes(16)
    sealed = FileSeal(salt).seal(person, by.worker, words.strip().encode())
    return ConflictDeclared.objects.create(
        worker_id=by.worker, person=person, salt=salt, words=sealed, **recorded(by)
    )


@transaction.atomic
def end_conflict(*, declared: ConflictDeclared, by: Actor) -> None:
    """It is no longer so: said by the worker who declared it, nobody else."""
    require(by, "workload.see_own")
    found = ConflictDeclared.objects.select_for_update().get(pk=declared.pk)
    if found.worker_id != by.worker:
        raise Refused("Only who declared it takes it back.", "Speak with the worker.")
    if found.ended_at is not None:
        raise Refused("It was taken back already.", "Declare it anew if it is so again.")
    found.ended_at, found.ended_by_id = clock.now(), by.worker
    found.save(update_fields=["ended_at", "ended_by"])


def standing_of(worker: int, persons: Sequence[int]) -> bool:
    """Whether a worker has declared a conflict about one of these children."""
    return ConflictDeclared.objects.filter(worker=worker, person__in=list(persons), ended_at=None).exists()


def words_of(declared: ConflictDeclared) -> str:
    """Why, for the worker who declared it and the manager of the worker's team."""
    return FileSeal(bytes(declared.salt)).open(
        declared.person, declared.worker_id, bytes(declared.words)
    ).decode()  # fmt: skip
