"""How well the model knows us: from what had happened by half a year ago, what would it have said of today?

looked_back(now)   children open at each stage and in all, said and true; needs the model's extra

Strengths are learnt from what had happened by that day alone. It is read as the record tells it today: what was written down
late or corrected since counts as it is known now, and families live where they live now. What happened after it is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from rightplace.common.web import words
from rightplace.domain.simulation.parameters import parameters
from rightplace.overview.capacity import ownrecord, reading

if TYPE_CHECKING:
    from rightplace.domain.simulation.weeks import Weeks

WEEKS: Final = 26
FUTURES: Final = 60
SEED: Final = 1
STAGES: Final = {
    "front_door": "at the front door",
    "support": "in family support",
    "assessment": "in assessment",
    "enquiry": "in an enquiry",
    "need": "on a plan as a child in need",
    "protection": "on a protection plan",
    "care": "in care",
}
IN_ALL: Final = "open in all"


@dataclass(frozen=True)
class Said:
    """Children of one stage: between `low` and `high` in nine of ten futures, and how many there are."""

    where: str
    low: int
    high: int
    true: int

    @property
    def holds(self) -> bool:
        """Whether what is lies within what was said."""
        return self.low <= self.true <= self.high

    @property
    def sentence(self) -> str:
        """What was said and what is."""
        return f"Children {self.where}: it would have said {self.low:,} to {self.high:,}; there are {self.true:,}."


@dataclass(frozen=True)
class LookedBack:
    """What the model would have said on an earlier day, and how it came."""

    since: str
    said: tuple[Said, ...]

    def sentences(self) -> tuple[str, ...]:
        """In all, and stage by stage."""
        return (self.sentence, *(each.sentence for each in self.said[:-1]))

    def told(self) -> dict[str, Any]:
        """As plain values."""
        said = [{"where": e.where, "low": e.low, "high": e.high, "true": e.true} for e in self.said]
        return {"since": self.since, "children": said}

    @property
    def sentence(self) -> str:
        """For whoever reads an answer that begins in our own record."""
        whole, held = self.said[-1], sum(each.holds for each in self.said[:-1])
        return (
            f"Tried on ourselves: from what had happened by {self.since}, as our record tells it today, the model would have "
            f"said {whole.low:,} to {whole.high:,} open children for today, in nine of ten futures; there are {whole.true:,}. "
            f"Of the {len(self.said) - 1} kinds of work, {held} came as it would have said."
        )


def looked_back(
    now: reading.Whole, weeks: int = WEEKS, futures: int = FUTURES, threads: int = 1
) -> LookedBack | None:
    """What it would have said of this day; nothing, where nobody was open then in our record."""
    from rightplace.domain.simulation import run
    from rightplace.domain.simulation.scenarios.asking import goes_on

    then = reading.whole(now.own.on - timedelta(weeks=weeks))
    if not len(then.census.families) or then.structure.problems():
        return None
    began = then.own.on
    came = parameters(then.structure, began)
    given = goes_on(ownrecord.learnt_of(then.own, came, then.census).given_to(came))
    found = run(given, then.census, (), 7 * weeks, futures, SEED, threads)
    return LookedBack(words.plain_day(began), tuple(_said(found, now)))


def _said(found: Weeks, now: reading.Whole) -> Iterator[Said]:
    import numpy as np

    families, whole, there = now.census.families, np.zeros(found.replicates), 0
    for stage, (name, where) in enumerate(STAGES.items()):
        at_the_end = found.of(f"open_{name}")[:, -1]
        true = int(families["children"][families["stage"] == stage].sum())
        whole, there = whole + at_the_end, there + true
        yield Said(where, *_range(at_the_end), true)
    yield Said(IN_ALL, *_range(whole), there)


def _range(found: object) -> tuple[int, int]:
    import numpy as np

    low, high = np.quantile(np.asarray(found), (0.05, 0.95))
    return round(float(low)), round(float(high))
