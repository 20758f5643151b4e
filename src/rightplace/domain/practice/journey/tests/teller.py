"""Who tells a random history: one file, what it opened so far, and the entry as it would be stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from rightplace.domain.practice.entries import (
    Body,
    Entry,
    Nature,
)
from rightplace.domain.practice.entries.base import IMPORT_ROLE
from rightplace.domain.practice.workdays import DAY, HOUR, MINUTE, day_of, start_of_day

FRONT_DOOR, TEAMS, HEAD_OF_SERVICE = 1, (2, 3, 4), 9
STAFF = 1
FIRST = date(2024, 3, 4).toordinal()
GAPS = (0, MINUTE, 20 * MINUTE, 3 * HOUR, DAY, 2 * DAY, 9 * DAY, 40 * DAY)
BIRTHS = (None, date(2012, 5, 1), date(2006, 5, 20), date(2008, 2, 29), date(2021, 1, 7), date(2007, 1, 15))

Write = tuple[Entry, ...]


@dataclass
class Said:
    """An entry before it is signed; `back` in days for what is told late, `timed` unless only the day is known."""

    body: Body
    team: int = 0
    author: int = 0
    role: int = STAFF
    back: int = 0
    timed: bool = True


def manager_of(team: int) -> int:
    return team * 100


def worker_of(team: int, place: int = 1) -> int:
    return team * 100 + place


@dataclass
class Teller:
    """Tells one file. It remembers what it said, not what became of it."""

    file: int = 500
    untimed: bool = False
    now: int = start_of_day(FIRST) + 9 * HOUR
    team: int = FRONT_DOOR
    worker: int = 0
    seq: int = 0
    recorded: int = 0
    offer: tuple[int, int] | None = None
    open: dict[str, list[int]] = field(default_factory=dict)
    written: list[Entry] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)

    def sign(self, said: Said) -> Entry:
        """The entry as it would be stored; ids say nothing of the order."""
        self.seq += 1
        fact = said.body.nature is Nature.FACT or said.role == IMPORT_ROLE
        at = self.now - said.back * DAY
        timed = (said.timed and not self.untimed) or not fact
        self.recorded = max(self.now, self.recorded + 1)
        entry = Entry(
            self.file, self.seq, self.next_id(), said.body.number, said.body.version, day_of(at),
            at if timed else None, self.recorded, said.author or manager_of(said.team or self.team), said.role,
            said.team or self.team, 0, 0, int(said.body.label), said.body.named(), said.body,
        )  # fmt: skip
        self.written.append(entry)
        return entry

    def next_id(self) -> int:
        return (self.file * 1_000_003 + (len(self.written) + 1) * 2_654_435_761) % (2**61 - 1) | 1

    def tell(self, move: Move, gap: int, how: int) -> None:
        """One write: what happens, some time later."""
        self.now += GAPS[gap % len(GAPS)]
        said = move(self, how)
        if said:
            self.writes.append(tuple(self.sign(one) for one in said))

    # what it remembers --------------------------------------------------------

    def begin(self, kind: str, ahead: int = 0) -> None:
        """The entry that will be signed next (or a few after) opens this."""
        number = (self.file * 1_000_003 + (len(self.written) + 1 + ahead) * 2_654_435_761) % (2**61 - 1) | 1
        self.open.setdefault(kind, []).append(number)

    def one(self, kind: str, how: int, *, end: bool = False) -> int:
        """Something of this kind that was opened; nearly always there."""
        found = self.open.get(kind)
        if not found:
            return 77 if how % 16 == 0 else 0
        place = how % len(found)
        return found.pop(place) if end else found[place]


Move = Callable[[Teller, int], list[Said]]
