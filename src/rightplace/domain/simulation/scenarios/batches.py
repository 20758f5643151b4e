"""The work in small parts: a batch of replicates of every scenario with the same luck; gathered in any order, and gone on with.

The promise: the same question gives the same bytes, whatever the number of threads, the size of the batches and their order.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt

from rightplace.domain.simulation.parameters import ImpossibleScenario
from rightplace.domain.simulation.runs import Keep, run
from rightplace.domain.simulation.scenarios.asking import EDITION, Question
from rightplace.domain.simulation.scenarios.scenario import ELSEWHERE, EVERYWHERE

Numbers = npt.NDArray[np.int32]
KEPT: Final = (
    "contacts", "repeat_contacts", "decisions", "decisions_late", "turned_away", "referrals", "assessments",
    "assessments_late", "conferences", "conferences_late", "reviews", "reviews_late", "visits_due", "visits_on_time",
    "supervision_due", "supervision_missed", "signed_off", "sent_back", "closed_early", "closed_waiting", "leavers",
    "care_began", "open_front_door", "open_support", "open_assessment", "open_enquiry", "open_need", "open_protection",
    "open_care", "unallocated", "unallocated_weeks", "posts", "in_post", "vacant", "agency", "managers_in_post",
    "load_percent", "load_median", "load_p90", "cost",
)  # fmt: skip
"""The measures that an answer is made from."""
NOT_THIS: Final = "it belongs to another question, or another edition of the model worked it out; begin anew"
FIRST: Final = 2
"""Replicates of the very first batch: a first answer, with wide ranges, comes within seconds."""


@dataclass(frozen=True)
class Batch:
    """Replicates of every scenario, by scenario, replicate, week, measure and place; the last place is everywhere."""

    digest: str
    first: int
    numbers: Numbers

    @property
    def many(self) -> int:
        return int(self.numbers.shape[1])

    def to_bytes(self) -> bytes:
        return _packed({"digest": self.digest, "first": self.first}, self.numbers)

    @classmethod
    def from_bytes(cls, kept: bytes) -> Batch:
        told, numbers = _unpacked(kept)
        return cls(told["digest"], told["first"], numbers)


def _packed(told: dict[str, Any], numbers: Numbers) -> bytes:
    whole = np.ascontiguousarray(numbers, "<i4")
    body = {"edition": EDITION, "shape": whole.shape, "numbers": zlib.compress(whole.tobytes(), 1)}
    return msgspec.msgpack.encode({**told, **body})


def _unpacked(kept: bytes) -> tuple[dict[str, Any], Numbers]:
    told = msgspec.msgpack.decode(kept)
    if told.get("edition") != EDITION:
        raise ImpossibleScenario("", "it was kept by another edition of the program; ask again")
    numbers = np.frombuffer(zlib.decompress(told["numbers"]), "<i4").reshape(told["shape"])
    return told, numbers.astype(np.int32)


def steps(
    question: Question,
    replicates: int = 60,
    batch: int = 4,
    threads: int = 1,
    done: Gathered | None = None,
    each: Callable[[int, int], None] | None = None,
) -> Iterator[Batch]:
    """The work, part by part; what `done` has already is left out. `each` is told how many are done, of how many."""
    if done is not None and done.digest != question.digest:
        raise ImpossibleScenario("", NOT_THIS)
    have = set() if done is None else set(done.numbers)
    todo = [number for number in range(replicates) if number not in have]
    whole = replicates * len(question.scenarios)
    made = (replicates - len(todo)) * len(question.scenarios)
    place, size = 0, batch if have else min(batch, FIRST)
    while place < len(todo):
        first, many = todo[place], 1
        while many < size and place + many < len(todo) and todo[place + many] == first + many:
            many += 1
        parts = []
        for nth in range(len(question.scenarios)):
            parts.append(_one(question, nth, first, many, threads))
            made += many
            if each is not None:
                each(made, whole)
        yield Batch(question.digest, first, np.stack(parts))
        place, size = place + many, batch


def batch_of(question: Question, first: int, many: int, threads: int = 1) -> Batch:
    """So many replicates of every scenario, from one on."""
    parts = [_one(question, nth, first, many, threads) for nth in range(len(question.scenarios))]
    return Batch(question.digest, first, np.stack(parts))


def _one(question: Question, nth: int, first: int, many: int, threads: int) -> Numbers:
    """One scenario's replicates, its places in the order of the question."""
    told = question.told[nth]
    names = question.columns(nth)
    weeks = run(
        told.given, told.census, told.changes, question.base.days, many, question.seed, threads,
        Keep(KEPT, names), first, room=question.room,
    )  # fmt: skip
    found = np.zeros((*weeks.numbers.shape[:3], len(question.places) + 1), np.int32)
    for at, place in enumerate((*question.places, EVERYWHERE)):
        if place in weeks.columns:
            found[..., at] = weeks.numbers[..., weeks.columns.index(place)]
    return found


@dataclass
class Gathered:
    """What has come out so far: the numbers of each replicate, and what an answer must know of the question."""

    digest: str
    about: dict[str, Any]
    numbers: dict[int, Numbers] = field(default_factory=dict)
    """By replicate: scenario, week, measure, place."""

    @classmethod
    def of(cls, question: Question) -> Gathered:
        from rightplace.domain.simulation.scenarios.about import about

        return cls(question.digest, msgspec.to_builtins(about(question)))

    def add(self, batch: Batch) -> Gathered:
        """Take a batch in. One of another question is refused; one that is there already changes nothing."""
        if batch.digest != self.digest:
            raise ImpossibleScenario("batch", NOT_THIS)
        for nth in range(batch.many):
            self.numbers.setdefault(batch.first + nth, batch.numbers[:, nth])
        return self

    @property
    def replicates(self) -> int:
        return len(self.numbers)

    def together(self) -> Numbers:
        """By scenario, replicate, week, measure and place, in the order of the replicates."""
        return np.stack([self.numbers[number] for number in sorted(self.numbers)], axis=1)

    def to_bytes(self) -> bytes:
        """The same bytes in whatever order the batches came."""
        order = sorted(self.numbers)
        told = {"digest": self.digest, "about": self.about, "replicates": order}
        return _packed(told, self.together() if order else np.zeros((0, 0, 0, 0, 0), np.int32))

    @classmethod
    def from_bytes(cls, kept: bytes) -> Gathered:
        told, numbers = _unpacked(kept)
        found = {number: numbers[:, nth] for nth, number in enumerate(told["replicates"])}
        return cls(told["digest"], told["about"], found)


__all__ = ["ELSEWHERE", "KEPT", "Batch", "Gathered", "batch_of", "steps"]
