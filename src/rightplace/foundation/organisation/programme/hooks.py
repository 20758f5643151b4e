"""Where services meet over a programme, since they never import each other: results out or not, what is known for one.

The restructure says when results were published; the selection says who was in a pool, who has a place, and what
somebody may read about the own case. Registered in an app's `ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

PublishedOn = Callable[[int], date | None]


@dataclass(frozen=True, slots=True)
class StageOutcome:
    """At one stage of a programme: who was in it, and who came through. Workers' numbers, counted and never shown."""

    stage: str
    title: str
    pool: frozenset[int]
    through: frozenset[int]


@dataclass(frozen=True, slots=True)
class OwnWord:
    """One thing that somebody is told about the own case, and where more of it can be read."""

    words: str
    href: str = ""


Outcomes = Callable[[int], Sequence[StageOutcome]]
OwnWords = Callable[[int, int], Sequence[OwnWord]]

_published: list[PublishedOn] = []
_outcomes: list[Outcomes] = []
_own: list[OwnWords] = []


def register_published(said: PublishedOn) -> None:
    """Say who knows whether a programme's results are published. There is one source."""
    if said not in _published:
        _published[:] = [said]


def published_on(programme: int) -> date | None:
    """The day on which a programme's results were published; None while they are not, or nobody can say so."""
    return _published[0](programme) if _published else None


def register_outcomes(said: Outcomes) -> None:
    """Add stages at which people of a programme came through or did not, for the equality impact."""
    if said not in _outcomes:
        _outcomes.append(said)


def outcomes(programme: int) -> list[StageOutcome]:
    """Every stage at which somebody came through or did not, as far as registered services know."""
    return [each for said in _outcomes for each in said(programme)]


def register_own_words(said: OwnWords) -> None:
    """Add what a worker is told about the own case in a programme: (worker, programme)."""
    if said not in _own:
        _own.append(said)


def own_words(worker: int, programme: int) -> list[OwnWord]:
    """What services tell a worker about the own case."""
    return [each for said in _own for each in said(worker, programme)]
