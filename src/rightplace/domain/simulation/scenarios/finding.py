"""What a search and a sensitivity study tell on their way and at their end: JSON in and out, without the engine."""

from __future__ import annotations

from typing import Final

import msgspec

from rightplace.domain.simulation.scenarios.answer import HangsOn, Range
from rightplace.domain.simulation.scenarios.saying import amount_said, matters

EDITION: Final = 2
WORKING, MANAGING, BOTH = WHO = ("workers", "managers", "both")
"""Who may be more or fewer in a search."""
OF_MANAGERS: Final = "managers of "


class Tried(msgspec.Struct, frozen=True):
    """One establishment that was tried: posts by kind, and in how many of how many futures everything was kept."""

    posts: dict[str, int]
    kept: int
    futures: int
    broken: list[int] = []
    """By future, which promises were broken: one bit each, in the order of `PROMISES`."""


class Future(msgspec.Struct, frozen=True, array_like=True):
    """One future of one establishment: each promise's worst quarter and whole year, in the order of `PROMISES`."""

    worst: list[float | None]
    year: list[float | None]
    cost: float
    """Pounds of the last year, everywhere."""
    waits: float | None
    """Days that a decision waits for a manager there."""


class Looked(msgspec.Struct, frozen=True):
    """Futures of one establishment that were kept whole: for the check, and to say by how much something is missed."""

    name: str
    futures: list[Future]


class Progress(msgspec.Struct, frozen=True, tag=True):
    """How far it is. What was tried so far can be handed in again: a search that was stopped goes on from there."""

    done: int
    at_most: int
    said: str
    tried: list[Tried] = []
    looked: list[Looked] = []
    moves: list[list[float]] = []
    """Of a sensitivity study: the results of its runs so far, in their order."""
    moved: str = ""
    """Of a search, which promise of which establishment they were run for; those of another say nothing of this one."""


class Checked(msgspec.Struct, frozen=True):
    """What was found, in futures that the search had not seen."""

    kept: int
    futures: int
    holds: bool
    failed: int
    """How many smaller ones the search had believed in, and the check had not."""


class Blocked(msgspec.Struct, frozen=True):
    """A promise that no establishment keeps as often as asked: how it went at best, and which limit would be kept there."""

    code: str
    kept: int
    futures: int
    people: dict[str, int]
    limit: float
    reached: float
    unit: str


class Then(msgspec.Struct, frozen=True):
    """One promise with the people of today and with those that were found, in the same futures of the check."""

    code: str
    words: str
    unit: str
    limit: float
    chosen: bool
    before_broken: int
    after_broken: int
    futures: int
    chance_low: float
    chance_high: float
    """Between these the chance of breaking moves, 99 times of 100, as the futures are shared."""
    before: float
    after: float
    low: float
    high: float
    """And between these the whole year's measure."""
    sentence: str

    @property
    def way(self) -> int:
        """1 where it is surely worse than today, -1 where better, 0 where that cannot be told from chance."""
        moved = matters(self.after - self.before, self.before, self.unit)
        if self.chance_low > 0 or (self.low > 0 and moved and self.chance_high >= 0):
            return 1
        return -1 if self.chance_high < 0 or (self.high < 0 and moved) else 0


class Cost(msgspec.Struct, frozen=True):
    """Pounds a year everywhere, with the people of today and with those that were found."""

    before: Range
    after: Range
    budget: float | None
    before_over: int
    after_over: int
    """In how many futures of the check the budget is passed."""
    futures: int


class Kind(msgspec.Struct, frozen=True):
    """People of one kind: how many there are, how many were found, and why."""

    name: str
    now: int
    found: int
    least: int
    most: int
    """Between which numbers was looked."""
    stays: bool
    """Whether they stay as they are since nothing that was chosen needs them."""
    shared: bool
    """Whether what was chosen needs them only together with others."""
    needed: list[str]
    """The promises that break without them."""

    @property
    def manages(self) -> bool:
        return self.name.startswith(OF_MANAGERS)


class Said(msgspec.Struct, frozen=True):
    """What has to be known beside the answer, in sentences; empty where there is nothing to say."""

    blocks: list[str]
    """Which promise cannot be kept, by how much."""
    helps: list[str]
    """What would help instead, as far as it was simulated."""
    check: str
    worse: str
    stays: str
    cost: str

    @property
    def whole(self) -> list[str]:
        return [
            each
            for each in (*self.blocks, *self.helps, self.check, self.worse, self.stays, self.cost)
            if each
        ]


class Found(msgspec.Struct, frozen=True, tag=True):
    """The smallest establishment that was found; where nothing keeps everything, the smallest for all that can be kept."""

    edition: int
    where: str
    who: str
    keep: list[str]
    possible: bool
    """Whether everything that was asked can be kept."""
    can_keep: list[str]
    blocked: list[Blocked]
    before: dict[str, int]
    posts: dict[str, int]
    """For `can_keep`; where that is empty the largest that was looked at."""
    kinds: list[Kind]
    kept: int
    futures: int
    chance: float
    """The share of futures in which every promise of `can_keep` was kept in every quarter of the last year."""
    chance_low: float
    chance_high: float
    asked: float
    checked: Checked | None
    promises: list[Then]
    cost: Cost | None
    tried: list[Tried]
    ended_early: bool
    sentence: str
    said: Said
    looked_at: list[str]
    not_tried: list[str]
    hangs: str = ""
    """On which assumptions it hangs; empty where that was not looked into."""

    @property
    def more(self) -> int:
        return sum(self.posts.values()) - sum(self.before.values())

    @property
    def sentences(self) -> list[str]:
        """Everything beside the answer, in the order in which it is needed."""
        return self.said.whole

    @property
    def worse(self) -> list[Then]:
        """What is surely worse than today with it."""
        return [each for each in self.promises if each.way > 0]


class Hanging(msgspec.Struct, frozen=True, tag=True):
    """On which unmeasured strengths one number of an answer hangs, and in which words that is said."""

    code: str
    place: str
    hangs_on: list[HangsOn]
    sentence: str
    runs: int


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def hanging_said(title: str, place: str, unit: str, told: list[HangsOn], is_difference: bool) -> str:
    """Beside an answer: what it hangs on, and that nobody has measured it."""
    most = [each for each in told if each.moves > 0]
    what = "the difference in " if is_difference else ""
    where = "" if place == "all" else f" in {place}"
    if not most:
        return f"No assumption moves {what}{title}{where} within the range that is held possible."
    apart = len(most) == 1 or most[0].moves - most[0].margin > most[1].moves
    order = "" if apart else " (which of them most, so few runs do not tell)"
    return (
        f"For {what}{title}{where} this hangs most on {listed([each.words for each in most])}{order}, which nobody has "
        f"measured: within the range held possible, the first alone moves it by about {amount_said(most[0].moves, unit)}."
    )
