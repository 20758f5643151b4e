"""What somebody who leaves must hand over: counts of what they hold, asked of every service that has something.

Children, schools and those whom they supervise are counted here. A service adds its own by `register_handover`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rightplace.common.caseflow.queries import held_at
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.hooks import supervisees
from rightplace.foundation.organisation.models import LinkPerson
from rightplace.foundation.organisation.queries import holding


@dataclass(frozen=True)
class HandOver:
    """So many things of one kind that a worker holds, and who takes them over. None is not known."""

    what: str
    number: int | None
    by_whom: str


Counts = Callable[[int, date], HandOver]


def children(worker: int, on: date) -> HandOver:
    """The open children whose worker this is now."""
    found = (
        Span.objects.filter(held_at(clock.now()), open=True, worker=worker)
        .values("person")
        .distinct()
        .count()
    )
    return HandOver("children allocated", found, "the team’s manager allocates them")


def schools(worker: int, on: date) -> HandOver:
    """The schools whose link person this is."""
    found = LinkPerson.objects.filter(holding(on), worker_id=worker).count()
    return HandOver("schools linked", found, "the team’s manager names the next link person")


def supervised(worker: int, on: date) -> HandOver:
    """Those whom this worker supervises; not known where no service says so."""
    said = supervisees([worker], on)
    number = None if said is None else said.get(worker, 0)
    return HandOver("people supervised", number, "the head of service names who supervises")


_counts: list[Counts] = [children, schools, supervised]


def register_handover(counts: Counts) -> None:
    """Say what else of a service somebody who leaves must hand over."""
    if counts not in _counts:
        _counts.append(counts)


def to_hand_over(worker: int, on: date) -> Sequence[HandOver]:
    """Everything that a worker must hand over."""
    return [counts(worker, on) for counts in _counts]
