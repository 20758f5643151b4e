"""What is written into files, each entry with its author, its moments and an id from the seed.

What would be recorded after the demonstration begins is not written: then it has not happened yet.
"""

from __future__ import annotations

from random import Random

from rightplace.demo.city.house import Hand
from rightplace.domain.practice.entries import Body, Draft, FileKind
from rightplace.domain.practice.workdays import day_of


class Over(Exception):
    """The present has been reached; what comes next has not happened yet."""


class File:
    """One file from nothing."""

    __slots__ = ("drafts", "id", "kind", "salt")

    def __init__(self, rng: Random, kind: FileKind = FileKind.PERSON) -> None:
        self.id = rng.getrandbits(62) | 1
        self.salt = rng.randbytes(16)
        self.kind = kind
        self.drafts: list[Draft] = []

    def writes(self) -> list[list[Draft]]:
        """The drafts in the order in which they were recorded; what was signed in one moment is one write."""
        found: list[list[Draft]] = []
        for draft in sorted(self.drafts, key=lambda d: d.recorded):
            if found and found[-1][0].recorded == draft.recorded:
                found[-1].append(draft)
            else:
                found.append([draft])
        return found


class Pen:
    """Writes, until the present is reached."""

    __slots__ = ("now", "rng")

    def __init__(self, rng: Random, now: int) -> None:
        self.rng = rng
        self.now = now

    def new_id(self) -> int:
        """An id from the seed."""
        return self.rng.getrandbits(62) | 1

    def say(
        self,
        file: File,
        body: Body,
        at: int,
        hand: Hand,
        *,
        concern: int = 0,
        occasion: int = 0,
        recorded: int = 0,
        label: int = -1,
        exact: bool = True,
    ) -> int:
        """Write one entry and return its id. Raises Over when it lies in the future.

        What happened already and is recorded later than now is not in the file yet. Without `exact` only the day is
        known, as of what is told afterwards.
        """
        if at >= self.now:
            raise Over
        number = self.new_id()
        known = recorded or at
        if known < self.now:
            file.drafts.append(
                Draft(
                    file=file.id,
                    body=body,
                    day=day_of(at),
                    at=at if exact else None,
                    id=number,
                    concern=concern,
                    occasion=occasion,
                    label=label,
                    author=hand.worker,
                    role=hand.role,
                    team=hand.team,
                    recorded=known,
                    filekind=file.kind,
                )
            )
        return number
