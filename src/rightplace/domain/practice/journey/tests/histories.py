"""Random histories of one child, of a concern, of two files: told as a city would tell them, and biased to closings.

A history is a string of bytes that a teller reads three at a time: what happens, how long after, and how. So
Hypothesis shrinks it by leaving bytes out. The teller only guesses what is open; the judging decides what stands.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from rightplace.domain.practice.entries import Entry, caseflow, identity
from rightplace.domain.practice.entries import contact as door
from rightplace.domain.practice.entries.base import IMPORT_ROLE
from rightplace.domain.practice.journey import Journey, fold
from rightplace.domain.practice.journey.judging import breaches, refusal
from rightplace.domain.practice.journey.state import Breach
from rightplace.domain.practice.journey.tests.moves import IMPORTED, MOVES, care_began, contact_received
from rightplace.domain.practice.journey.tests.teller import BIRTHS, GAPS, TEAMS, Move, Said, Teller, Write
from rightplace.domain.practice.timescales import Timescale, rulebook, timescales
from rightplace.domain.practice.workdays import day_of

EXAMPLES = int(os.environ.get("RIGHTPLACE_EXAMPLES", "80"))
"""How many histories a property reads; `make proof` asks for more."""

MODERATE = settings(max_examples=EXAMPLES, deadline=None)


def told_by(read: bytes, *, file: int = 500, untimed: bool = False, opening: bool = True) -> list[Write]:
    """The writes that a string of bytes tells, in order of `recorded`."""
    teller = Teller(file=file, untimed=untimed)
    first, *rest = read or b"\0"
    born = BIRTHS[first % len(BIRTHS)]
    teller.writes.append((teller.sign(Said(identity.IdentityRecorded(given="Ash", born=born))),))
    if opening:
        teller.tell(contact_received, first, first)
    for place in range(0, len(rest) - 2, 3):
        teller.tell(_move(rest[place]), rest[place + 1], rest[place + 2])
    return teller.writes


def _move(byte: int) -> Move:
    return MOVES[byte * len(MOVES) // 256]


def histories(moves: int = 40, **how: bool) -> st.SearchStrategy[list[Write]]:
    """Writes of one child's file, of any length up to so many moves."""
    return _bytes(moves).map(lambda read: told_by(read, **how))


def _bytes(moves: int) -> st.SearchStrategy[bytes]:
    """As often long as short: left to itself, Hypothesis tells hardly more than a contact."""
    return st.integers(0, moves).flatmap(lambda n: st.binary(min_size=n * 3 + 1, max_size=n * 3 + 1))


def long_histories(moves: int = 40) -> st.SearchStrategy[list[Write]]:
    """Histories of full length, for what must be reached often enough to be counted."""
    return st.binary(min_size=moves * 3 + 1, max_size=moves * 3 + 1).map(told_by)


RETURN_TELLS = (
    "referral.accepted", "assessment.authorised", "enquiry.began", "conference.initial", "protectionplan.began",
    "protectionplan.ended", "visit.made", "conference.review",
)  # fmt: skip
"""What some return might carry: each history's own carries a few of these."""


def imported_histories(rows: int = 8, moves: int = 12) -> st.SearchStrategy[list[Write]]:
    """A file that begins with the rows of a return, bare dates all, and goes on live."""
    return st.tuples(_bytes(rows), _bytes(moves), st.integers(1, 2 ** len(RETURN_TELLS) - 1)).map(
        _imported_by
    )


def _imported_by(reads: tuple[bytes, bytes, int]) -> list[Write]:
    rows, live, tells = reads
    teller = Teller(untimed=True)
    born = Said(identity.IdentityRecorded(born=BIRTHS[rows[0] % len(BIRTHS)], name_not_supplied=True))
    said = [born]
    for place in range(1, len(rows) - 2, 3):
        teller.now += GAPS[rows[place + 1] % len(GAPS)]
        move = (care_began, *IMPORTED)[rows[place] % (len(IMPORTED) + 1)]
        for one in (*said, *move(teller, rows[place + 2])):
            one.role, one.team, one.timed = IMPORT_ROLE, TEAMS[0], False
            teller.writes.append((teller.sign(one),))
        said = []
    carried = tuple(name for place, name in enumerate(RETURN_TELLS) if tells >> place & 1)
    taken = identity.ImportTaken(
        source="cin",
        authority="330",
        reference=date.fromordinal(day_of(teller.now)),
        carried=carried,
        team=TEAMS[0],
    )
    teller.writes.append((teller.sign(Said(taken, role=IMPORT_ROLE, timed=False)),))
    teller.untimed, teller.team = False, TEAMS[0]
    for place in range(1, len(live) - 2, 3):
        teller.tell(_move(live[place]), live[place + 1], live[place + 2])
    return teller.writes


def linked_histories(moves: int = 18) -> st.SearchStrategy[dict[int, list[Entry]]]:
    """The entries of two files that are one person."""

    def two(reads: tuple[bytes, bytes]) -> dict[int, list[Entry]]:
        files = {500: told_by(reads[0], file=500), 900: told_by(reads[1], file=900)}
        return {file: entries_of(writes) for file, writes in files.items()}

    return st.tuples(_bytes(moves), _bytes(moves)).map(two)


def entries_of(writes: Sequence[Write]) -> list[Entry]:
    return [entry for write in writes for entry in write]


@dataclass(frozen=True)
class Step:
    """A write as the live write judges it: what stood before, what stands after, and whether it was taken."""

    write: Write
    taken: bool
    added: frozenset[Breach]
    before: tuple[Entry, ...]
    journey: Journey
    due: list[Timescale]


@dataclass
class Accepted:
    """What a file holds when each write was judged as it came."""

    entries: list[Entry] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def journey(self) -> Journey:
        return fold(self.entries)

    @property
    def taken(self) -> list[Step]:
        return [step for step in self.steps if step.taken]

    @property
    def closings(self) -> int:
        """Decisions that let a child go and were taken."""
        numbers = {caseflow.CaseClosed.number, door.ContactDecided.number}
        return sum(
            entry.kind in numbers
            and any(c.entry == entry.id and c.role != IMPORT_ROLE for c in step.journey.closings)
            for step in self.taken
            for entry in step.write
        )


def accepted(writes: Sequence[Write], *, concern: bool = False) -> Accepted:
    """Replay write by write: facts are taken, decisions judged by what they add."""
    book = rulebook()
    titles = book.titles()
    found = Accepted()
    broken: set[Breach] = set()
    for write in writes:
        tried = [*found.entries, *write]
        journey = fold(tried, concern=concern)
        due = timescales(journey, book)
        after = breaches(journey, due)
        taken = refusal(write, broken, after, titles) is None
        found.steps.append(Step(write, taken, frozenset(after - broken), tuple(found.entries), journey, due))
        if taken:
            found.entries, broken = tried, after
    return found
