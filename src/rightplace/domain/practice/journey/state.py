"""The plain things that a journey is made of."""

from __future__ import annotations

from typing import NamedTuple

import msgspec


class Event(NamedTuple):
    """Something that timescales hang on: an entry's happening, or a date that follows from entries.

    `about` is the process (its opening entry) or 0 for the child as a whole.
    """

    name: str
    at: int
    day: int
    about: int
    entry: int
    tags: frozenset[str]
    label: int


class State(msgspec.Struct, frozen=True, gc=False):
    """What was so from one instant until the next state's: three tracks, and who answers."""

    begins: int
    entry: int
    legal: str
    processes: tuple[str, ...]
    team: int
    worker: int
    open: bool
    opened: int | None
    unallocated_since: int | None
    seen: int | None
    seen_alone: int | None
    label: int


class Doubt(msgspec.Struct, frozen=True):
    """Something odd that somebody must settle. `detail` never holds words that a person wrote."""

    code: str
    entry: int
    at: int
    detail: str = ""
    settled: bool = False


class Breach(NamedTuple):
    """A promise that a decision would break, or broke as later facts show."""

    code: str
    entry: int
    detail: str = ""


class Closing(NamedTuple):
    """A decision that lets a child go. `about` is the contact that it ends, or 0 for the whole file."""

    entry: int
    at: int
    day: int
    about: int
    role: int


class Process(msgspec.Struct):
    """Something open for the child, named by the entry that opened it."""

    kind: str
    id: int
    opened: int
    day: int
    parent: int = 0
    closed: int | None = None
    closed_by_law: bool = False
    decided: bool = False
    author: int = 0
    decided_by: int = 0
    grade: str = ""
    level: str = ""
    reviews: int = 0
    terms: tuple[str, ...] = ()
    imported: bool = False
    visit_every: str = ""
    writers: tuple[int, ...] = ()
    waits: int = 0
    """Of an assessment: who wrote it, and the writing that waits to be authorised."""


class Offer(msgspec.Struct):
    """A child offered to a team."""

    id: int
    team: int
    at: int
    for_what: str
    author: int
    because_of: int = 0
    state: str = "open"


class Happening(NamedTuple):
    """A countable thing in a period: a referral, a decision, a closing. Columns of the figures."""

    name: str
    entry: int
    at: int
    day: int
    about: int
    team: int
    outcome: str
    again: bool
    label: int


def same(one: State, other: State) -> bool:
    """Whether two states say the same, whenever they begin and whatever brought them about."""
    return (
        one.seen == other.seen
        and one.worker == other.worker
        and one.team == other.team
        and one.open == other.open
        and one.processes == other.processes
        and one.legal == other.legal
        and one.opened == other.opened
        and one.unallocated_since == other.unallocated_since
        and one.seen_alone == other.seen_alone
    )


NOWHERE = State(
    begins=-(2**62),
    entry=0,
    legal="",
    processes=(),
    team=0,
    worker=0,
    open=False,
    opened=None,
    unallocated_since=None,
    seen=None,
    seen_alone=None,
    label=0,
)
