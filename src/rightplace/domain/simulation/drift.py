"""Threshold drift: has the share that passes a decision moved, and was the service short of people when it did?

A threshold rises in silence when there are too few to do the work: fewer referrals become assessments, more end
with no further action, and the same children come back. Each share is watched on three control charts that allow
for more spread than chance gives (Laney's p′ chart): one wild period, a slow drift (EWMA), a lasting step (CUSUM).
An alarm is a question for a person, never a judgement of a team, and says nothing of any child.

Standard library alone, so that the daily alarms can call it where nothing else is installed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

# Set so that a stable city with six shares watched month by month is called on wrongly about once in fifteen years, and once in
# four where its shares wander far, after one usual year or two; `tests/test_drift.py` and `tests/test_watching.py` measure it.
WILD = 4.0  # how many of its own usual sizes a single period must lie off
SLOW, SLOW_LIMIT = 0.15, 3.5  # weight of the newest period; sizes that the moving mean must lie off
SLACK, STEP_LIMIT = 0.75, 7.0  # what a CUSUM forgives in each period, and where it calls
FEWEST_EXPECTED = 5.0  # of either outcome in a period; smaller periods are put together first
FEWEST_PERIODS = 5  # to know what is usual
MEAN_RANGE = 1.128  # of two normal figures (Laney 2002; Wheeler)
MOST_ALIKE = 0.8  # of neighbouring periods, as far as few periods can say
ONE_PERIOD = "p′"  # the chart of one wild period
LARGEST_LATE = 6.0  # sizes after which one accident must not fill a chart's memory


class Direction(Enum):
    """Which way a share moved, or moves when a service is short of people."""

    RISING = 1
    FALLING = -1


@dataclass(frozen=True)
class Count:
    """One period: how many decisions there were, and how many of them passed."""

    at: int  # a day, month or year as a number that grows
    of: float
    passed: float


@dataclass(frozen=True)
class Ratio:
    """A share that is watched, and where it goes when a service is short of people."""

    name: str
    title: str
    under_strain: Direction
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Pressure:
    """A measure of capacity that grows when people are short: caseload, vacancies, children without a worker."""

    name: str
    title: str
    values: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Strain:
    """What one pressure did while a share moved."""

    pressure: str
    usual: float
    meanwhile: float
    strained: bool


@dataclass(frozen=True)
class Alarm:
    """A share that has left what was usual, with the charts that say so and what capacity did meanwhile."""

    ratio: str
    title: str
    at: int
    since: int
    direction: Direction
    usual: float
    now: float
    charts: tuple[str, ...]
    strains: tuple[Strain, ...]
    under_strain: bool

    def said(self) -> str:
        """In one sentence, with its reason to look and no verdict."""
        way = "risen" if self.direction is Direction.RISING else "fallen"
        told = f"{self.title} has {way} from {self.usual:.1%} to {self.now:.1%}"
        short = [strain for strain in self.strains if strain.strained]
        if self.under_strain:
            while_ = ", ".join(
                f"{one.pressure} went from {one.usual:.3g} to {one.meanwhile:.3g}" for one in short
            )
            return f"{told} while {while_}: has the threshold moved because people are short?"
        if self.strains:
            return f"{told}; capacity does not explain it: has practice, recording or demand changed?"
        return f"{told}; capacity was not known."


def counted(of: Mapping[int, float], passed: Mapping[int, float]) -> tuple[Count, ...]:
    """Counts by period, from a figure of the journal or a published table; a period without decisions is no period."""
    return tuple(Count(at, of[at], passed.get(at, 0.0)) for at in sorted(of) if of[at] > 0)


def watch(
    ratios: Sequence[Ratio],
    capacity: Sequence[Pressure] = (),
    *,
    usual_periods: int = 24,
    since: int | None = None,
) -> list[Alarm]:
    """Every alarm of each share after its usual periods, in order; none where there is too little to know what is usual.

    After an alarm half as many periods say what is usual from then on, and it is watched against that. `since` leaves out
    alarms that called before it, for a caller that has told of those already.
    """
    alarms = (alarm for ratio in ratios for alarm in _watched(ratio, capacity, usual_periods))
    return [alarm for alarm in alarms if since is None or alarm.at >= since]


def too_little(ratio: Ratio, usual_periods: int = 24) -> str:
    """Why a share cannot be watched yet, or nothing."""
    usual, later = _parted(ratio, usual_periods)
    if len(usual) < FEWEST_PERIODS:
        return (
            f"{ratio.title}: {len(usual)} usable periods, {FEWEST_PERIODS} are needed to know what is usual."
        )
    return "" if later else f"{ratio.title}: nothing after the periods that say what is usual."


def bounds(ratio: Ratio, usual_periods: int = 24) -> tuple[float, float, float] | None:
    """For a picture: the share that is usual, and between what a single period of usual size stays; nothing where too little
    is known. The charts judge each period by its own size, and also what is slow or lasting."""
    usual = _usual(_parted(ratio, usual_periods)[0])
    if usual is None:
        return None
    sizes = sorted(count.of for count in ratio.counts if count.of > 0)
    chance = math.sqrt(usual.share * (1 - usual.share) / sizes[len(sizes) // 2])
    reach = WILD * usual.size * chance
    return max(usual.share - reach, 0.0), usual.share, min(usual.share + reach, 1.0)


@dataclass(frozen=True)
class _Usual:
    share: float
    size: float  # how many times chance's spread the periods really have
    periods: int
    wander: float  # how much wider a moving mean swings because neighbouring periods are alike

    def off(self, count: Count) -> float:
        """How many of its own usual sizes a period lies off, its doubt about what is usual included."""
        chance = math.sqrt(self.share * (1 - self.share) / count.of)
        return _as_normal((count.passed / count.of - self.share) / (chance * self.size), self.periods)


def _parted(ratio: Ratio, usual_periods: int) -> tuple[list[Count], list[Count]]:
    """The first periods, which say what is usual, and the later ones; small ones put together."""
    counts = [count for count in ratio.counts if count.of > 0]
    first, rest = counts[:usual_periods], counts[usual_periods:]
    total = sum(count.of for count in first)
    share = min(max(sum(count.passed for count in first) / total, 1e-6), 1 - 1e-6) if total else 0.5
    return _put_together(first, share), _put_together(rest, share)


def _put_together(counts: Sequence[Count], share: float) -> list[Count]:
    out: list[Count] = []
    of = passed = 0.0
    for count in counts:
        of, passed = of + count.of, passed + count.passed
        if of * min(share, 1 - share) >= FEWEST_EXPECTED:
            out.append(Count(count.at, of, passed))
            of = passed = 0.0
    return out


def _usual(counts: Sequence[Count]) -> _Usual | None:
    """The centre and Laney's allowance: the larger of what neighbours and what all periods say, never under chance."""
    total = sum(count.of for count in counts)
    share = sum(count.passed for count in counts) / total if total else 0.0
    if len(counts) < FEWEST_PERIODS or not 0 < share < 1:
        return None
    z = [(count.passed / count.of - share) / math.sqrt(share * (1 - share) / count.of) for count in counts]
    ranges = sum(abs(b - a) for a, b in pairwise(z)) / (len(z) - 1) / MEAN_RANGE
    whole = math.sqrt(sum(one * one for one in z) / (len(z) - 1))
    return _Usual(share, max(ranges, whole, 1.0), len(counts), _wander(z))


def _wander(z: Sequence[float]) -> float:
    """Shares wander: a period is like the one before. Few periods understate that, so their bias is put back."""
    alike = sum(a * b for a, b in pairwise(z)) / max(sum(one * one for one in z), 1e-9)
    alike = min(max(alike + (1 + 4 * alike) / len(z), 0.0), MOST_ALIKE) * (1 - SLOW)
    return math.sqrt((1 + alike) / (1 - alike))


def _as_normal(off: float, periods: int) -> float:
    """A figure judged by a spread that few periods gave, as a figure judged by a known one (Wallace 1959)."""
    freedom = max(periods - 1, 2)
    spread = off / math.sqrt(1 + 1 / periods)
    fair = (8 * freedom + 1) / (8 * freedom + 3)
    return math.copysign(fair * math.sqrt(freedom * math.log1p(spread * spread / freedom)), off)


def _watched(ratio: Ratio, capacity: Sequence[Pressure], usual_periods: int) -> Iterator[Alarm]:
    """Alarm after alarm, each against what had become usual before it. A later period never changes an earlier alarm."""
    first, rest = _parted(ratio, usual_periods)
    relearnt, since = max(FEWEST_PERIODS, usual_periods // 2), -math.inf
    while (usual := _usual(first)) is not None:
        found = _first_call(usual, rest)
        if found is None:
            return
        began, ended, charts, direction = found
        strained = _Strained(capacity, since, first[-1].at)
        yield _alarm(ratio, usual, rest[began : ended + 1], charts, direction, strained)
        left = rest[ended + 1 if ONE_PERIOD in charts else began :]
        known = max(relearnt, ended + 1 - began)
        first, rest = left[known - relearnt : known], left[known:]
        since = first[0].at if first else since


def _first_call(usual: _Usual, rest: Sequence[Count]) -> tuple[int, int, tuple[str, ...], Direction] | None:
    """The first period at which a chart calls, and the one from which it moved."""
    charts = _Charts(usual)
    for index, count in enumerate(rest):
        calling, direction, began = charts.add(usual.off(count))
        if calling and direction is not None:
            return min(began, index), index, calling, direction
    return None


class _Charts:
    """Three charts of one share, fed period by period."""

    def __init__(self, usual: _Usual) -> None:
        self._wander = usual.wander
        self._doubt = 1 / usual.periods  # of the centre itself, shared by all later periods
        self._mean, self._seen = 0.0, 0
        self._up = self._down = 0.0
        self._up_since = self._down_since = 0

    def add(self, off: float) -> tuple[tuple[str, ...], Direction | None, int]:
        """Which charts call, which way, and since which later period."""
        wild = abs(off) > WILD
        off = max(-LARGEST_LATE, min(LARGEST_LATE, off))
        slow = self._slow(off)
        up, down = self._step(off)
        calling = {
            ONE_PERIOD: wild,
            "EWMA": abs(slow) > SLOW_LIMIT,
            "CUSUM": max(up, down) > STEP_LIMIT * self._wander,
        }
        names = tuple(name for name, calls in calling.items() if calls)
        if not names:
            return (), None, 0
        lean = off if names == (ONE_PERIOD,) else slow if calling["EWMA"] else up - down
        rising = lean > 0
        began = self._seen - 1 if names == (ONE_PERIOD,) else self._up_since if rising else self._down_since
        return names, Direction.RISING if rising else Direction.FALLING, began

    def _slow(self, off: float) -> float:
        self._mean = (1 - SLOW) * self._mean + SLOW * off
        self._seen += 1
        known = 1 - (1 - SLOW) ** self._seen
        spread = SLOW / (2 - SLOW) * (1 - (1 - SLOW) ** (2 * self._seen)) + self._doubt * known**2
        return self._mean / math.sqrt(spread) / self._wander

    def _step(self, off: float) -> tuple[float, float]:
        slack = SLACK + math.sqrt(self._doubt)
        if self._up == 0:
            self._up_since = self._seen - 1
        if self._down == 0:
            self._down_since = self._seen - 1
        self._up, self._down = max(0.0, self._up + off - slack), max(0.0, self._down - off - slack)
        return self._up, self._down


@dataclass(frozen=True)
class _Strained:
    """What capacity did, and over which periods it was usual."""

    capacity: Sequence[Pressure]
    since: float
    until: float

    def strains(self, start: int, end: int) -> Iterator[Strain]:
        """Whether each pressure stood higher while the share moved than it usually did: by more than its own swing."""
        for pressure in self.capacity:
            before = [value for at, value in pressure.values if self.since <= at <= self.until]
            meanwhile = [value for at, value in pressure.values if start <= at <= end]
            if len(before) < 3 or not meanwhile:
                continue
            usual = sum(before) / len(before)
            swing = math.sqrt(sum((value - usual) ** 2 for value in before) / (len(before) - 1))
            now = sum(meanwhile) / len(meanwhile)
            yield Strain(pressure.title, usual, now, now > usual + max(swing, 0.05 * abs(usual)))


def _alarm(
    ratio: Ratio, usual: _Usual, run: Sequence[Count], charts: tuple[str, ...], direction: Direction, strained: _Strained
) -> Alarm:  # fmt: skip
    strains = tuple(strained.strains(run[0].at, run[-1].at))
    return Alarm(
        ratio=ratio.name,
        title=ratio.title,
        at=run[-1].at,
        since=run[0].at,
        direction=direction,
        usual=usual.share,
        now=sum(count.passed for count in run) / sum(count.of for count in run),
        charts=charts,
        strains=strains,
        under_strain=direction is ratio.under_strain and any(strain.strained for strain in strains),
    )
