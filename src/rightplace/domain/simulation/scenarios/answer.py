"""The answer to a question: pictures with their ranges, differences with theirs, and a true sentence under each.

JSON in and out, and nothing but Python to read it: a kept answer is shown where the engine is not installed.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from rightplace.domain.simulation.scenarios.about import PromiseAsked

EDITION: Final = 1
Numbers = list[float | None]
"""One number a week; none where nothing was counted in any future."""


class Fan(msgspec.Struct, frozen=True):
    """By week: what 5, 25, 50, 75 and 95 of 100 simulated futures do not exceed."""

    p5: Numbers
    p25: Numbers
    p50: Numbers
    p75: Numbers
    p95: Numbers


class Range(msgspec.Struct, frozen=True):
    """One number over a span: the middle future, and between what 9 of 10 futures lie."""

    low: float
    middle: float
    high: float


class Year(msgspec.Struct, frozen=True):
    """Pounds in one year: spent, or saved against the scenario that it is compared with."""

    begins: date
    weeks: int
    """52; fewer where the run is shorter, and then at its pace."""
    pounds: Range
    chance: float | None = None
    """The share of futures that pass the budget in it, or save what was wanted; none where neither was asked."""


class Picture(msgspec.Struct, frozen=True):
    """One measure of one scenario in one place by week, held against its promise where there is one."""

    code: str
    place: str
    title: str
    unit: str
    """`share` (of 1), `percent of a full load`, `people`, `children` or `pounds a week`."""
    fan: Fan
    last_year: Range | None
    """Over the last 52 weeks, or all of a shorter run; none where there was nothing to count in any future."""
    sentence: str
    limit: float | None = None
    chance: float | None = None
    """The share of futures with at least one quarter beyond the limit, from the first change on; none where there was
    nothing to count in any."""
    chance_low: float | None = None
    chance_high: float | None = None
    """Between these, 19 times of 20: how sure so few futures can be."""
    quarters: Numbers = []
    """For each quarter from the first change on, the share of futures that are beyond the limit in it; none where there was
    nothing to count."""


class Workload(msgspec.Struct, frozen=True):
    """How load lies over workers, in percent of a full load: never the mean alone."""

    place: str
    mean: Fan
    middle: Fan
    """Half of the workers are below."""
    heaviest: Fan
    """One worker in ten is above."""
    sentence: str


class Cost(msgspec.Struct, frozen=True):
    """Pounds in the last 52 weeks, or at that pace over all of a shorter run."""

    year: Range
    staff: Range
    agency: Range
    """Part of the staff; taken as if all of them worked the whole week."""
    care: Range
    sentence: str
    budget: float | None = None
    chance_over: float | None = None
    """The share of futures in which at least one of the years passes the budget."""
    years: list[Year] = []
    """Every whole year from the first day; and the last 52 weeks of a run that goes on for more than four weeks after them."""


class ScenarioAnswer(msgspec.Struct, frozen=True):
    name: str
    note: str
    changes: list[str]
    """Each in words."""
    pictures: list[Picture]
    workload: list[Workload]
    cost: Cost
    summary: str


class Band(msgspec.Struct, frozen=True):
    """A difference by week: its mean, and between what it lies 99 times of 100."""

    low: Numbers
    mean: Numbers
    high: Numbers


class Difference(msgspec.Struct, frozen=True):
    """One measure in one place, with the change and without it, in futures that share their luck."""

    code: str
    place: str
    title: str
    unit: str
    before: float
    after: float
    mean: float
    low: float
    high: float
    """Between these, 99 times of 100."""
    told_apart: bool
    """Whether so large a difference is more than chance."""
    variance_ratio: float | None
    """How many times as many futures would be needed without shared luck; none where nothing differs."""
    sentence: str
    weekly: Band | None = None
    chance_before: float | None = None
    """The share of futures with a quarter beyond the limit, without the change and with it; for promises."""
    chance_after: float | None = None
    before_weekly: Numbers = []
    """By week, the mean without the change over the same futures: so the worst weeks can be told and not only the mean."""


class PairAnswer(msgspec.Struct, frozen=True):
    """Two scenarios in the same futures, from the first change until a year after the last."""

    base: str
    other: str
    differences: list[Difference]
    """Of what there was something to count, with the change and without it."""
    savings: float | None
    """Pounds a year that were to be saved."""
    chance_saved: float | None
    """The share of futures in which every year from the first change on saves as much."""
    summary: str
    luck: str
    """What sharing the luck was worth, in words."""
    span: str = ""
    """Over which time the numbers are, in words."""
    years: list[Year] = []
    """What is saved in each whole year from the first change on, where something was to be saved."""


class HangsOn(msgspec.Struct, frozen=True):
    """One strength that nobody has measured, and how far the answer moves with it over the range held possible."""

    name: str
    words: str
    low: float
    high: float
    unit: str
    source: str
    moves: float
    """The mean size of the answer's move when it goes from one end of its range to the other (Morris' mu star)."""
    margin: float
    """How unsure `moves` itself is."""
    share: float
    """Of all the moves found."""


class Answer(msgspec.Struct, frozen=True):
    edition: int
    title: str
    replicates: int
    seed: int
    begins: date
    days: int
    weeks: list[date]
    """The day on which each week begins."""
    first_change: int
    places: list[str]
    promises: list[PromiseAsked]
    scenarios: list[ScenarioAnswer]
    """The one that the others are held against comes first."""
    pairs: list[PairAnswer]
    caveats: list[str]
    hangs_on: list[HangsOn] = []
    hangs_sentence: str = ""

    def to_json(self) -> bytes:
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, kept: bytes | str) -> Answer:
        return msgspec.json.decode(kept, type=cls)

    @classmethod
    def from_builtins(cls, kept: object) -> Answer:
        """From what a JSON column gives back."""
        return msgspec.convert(kept, cls)

    def to_builtins(self) -> dict[str, object]:
        found: dict[str, object] = msgspec.to_builtins(self)
        return found

    def scenario(self, name: str) -> ScenarioAnswer:
        return next(each for each in self.scenarios if each.name == name)

    def picture(self, name: str, code: str, place: str = "all") -> Picture:
        return next(each for each in self.scenario(name).pictures if (each.code, each.place) == (code, place))

    def with_hanging(self, hangs_on: list[HangsOn], sentence: str) -> Answer:
        """The same, with what it hangs on."""
        return msgspec.structs.replace(self, hangs_on=hangs_on, hangs_sentence=sentence)
