"""Thresholds as sentences and control charts: what moved, and whether people were short when it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from rightplace.common.web import words
from rightplace.common.web.charts import Caption, Limits, LineChart, Series
from rightplace.domain.simulation.drift import Alarm, Direction
from rightplace.overview.capacity.drifting import Thresholds, Watched
from rightplace.overview.capacity.months import day_of

COUNTED = {
    "referred": "contacts decided",
    "nothing": "contacts decided",
    "again": "referrals",
    "no_need": "assessments",
}
WIDE = 0.5
"""Between what a single month may lie, of all: beyond it drawing the lines would mislead."""
CHARTS = {"p′": "one month was far off", "EWMA": "it has drifted slowly", "CUSUM": "it has moved and stayed"}


@dataclass(frozen=True)
class Share:
    """One watched share: its sentence, why, and its picture."""

    sentence: str
    more: Sequence[str]
    called: bool
    chart: LineChart | None
    name: str


@dataclass(frozen=True)
class ThresholdsPage:
    """The page: what moved first, then what stayed, then what cannot be said yet."""

    found: Thresholds
    now: datetime

    @property
    def lede(self) -> str:
        called = sum(each.alarm is not None for each in self.found.shares)
        watched = sum(not each.too_little for each in self.found.shares)
        if self.found.first is None or not watched:
            return "There is too little in the record yet to say whether a threshold has moved."
        if not called:
            each = (
                "The one share that we watch is"
                if watched == 1
                else f"All {watched} shares that we watch are"
            )
            return f"No. {each} as usual."
        return f"{called} of the {watched} shares that we watch {'has' if called == 1 else 'have'} left what was usual."

    @property
    def false_calls(self) -> str:
        """How often an alarm comes of nothing; measured over six shares, of which a service's own record gives fewer."""
        return (
            "Where nothing moves, it raises a false alarm about once in fifteen years; where months differ much by themselves, "
            "about once in four. That was measured on invented cities that watch six shares, after one usual year and after "
            f"two; here {words.count_words(len(self.found.shares), 'is', 'are')} watched."
        )

    @property
    def since(self) -> str:
        if self.found.first is None:
            return ""
        usual = f"the first {self.found.usual} of them say what is usual"
        more = "" if self.found.usual >= 24 else ". With so few months it is late rather than wrong"
        begins = f"{self.found.first:%B %Y}"
        if self.found.cut:
            return (
                f"We look back to {begins}: {self.found.months} months, and {usual}{more}. Each April the oldest year is left "
                "out, and what is usual with it."
            )
        return f"The record is whole from {begins}: {self.found.months} months, and {usual}{more}."

    @property
    def shares(self) -> list[Share]:
        shown = [self._share(each) for each in self.found.shares]
        return sorted(shown, key=lambda share: (not share.called, share.chart is None))

    def _share(self, each: Watched) -> Share:
        if each.too_little:
            sentence = f"{each.ratio.title}: too little to say."
            return Share(sentence, [_why(each.too_little)], False, None, each.ratio.name)
        if each.alarm is None:
            return Share(
                f"{each.ratio.title}: as usual.", _wide(each), False, self._chart(each), each.ratio.name
            )
        moved = f"{each.ratio.title}: {_moved(each.alarm)}."
        more = [*_explained(each.alarm), *_before(each)]
        return Share(moved, more, True, self._chart(each), each.ratio.name)

    def _chart(self, each: Watched) -> LineChart | None:
        if each.limits is None:
            return None
        points = [(day_of(count.at), 100 * count.passed / count.of) for count in each.ratio.counts]
        low, high = 100 * each.limits[0], 100 * each.limits[2]
        limits = None if _wide(each) else _limits(low, high, each)
        level = Series(
            "usual", [(day_of(count.at), 100 * _usual(each, count.at)) for count in each.ratio.counts]
        )
        number = int(sum(count.of for count in each.ratio.counts))
        return LineChart(
            finding="Month by month, in every hundred",
            series=[Series("each month", points, subject=True), level],
            limits=limits,
            caption=Caption(self.now, number, COUNTED.get(each.ratio.name, "decisions")),
            drawn=f"threshold-{each.ratio.name.replace('_', '-')}",
        )


def _limits(low: float, high: float, each: Watched) -> Limits:
    since = f" since {day_of(each.earlier[0].since):%B %Y}" if each.earlier else ""
    said = f"usual for a month{since}"
    return Limits(round(low) if low >= 5 else None, round(high) if high <= 99 else None, said)


def _usual(each: Watched, month: int) -> float:
    """What was usual in a month: after a move another share than before it, as the sentences say."""
    if each.alarm is None:
        return each.limits[1] if each.limits else 0.0
    moves = [*reversed(each.earlier), each.alarm]
    since = [alarm for before, alarm in pairwise(moves) if month >= before.since]
    return since[-1].usual if since else moves[0].usual


def _wide(each: Watched) -> list[str]:
    """Said in place of lines between which almost anything lies: from so few a month, one month says nothing."""
    if each.limits is None or each.limits[2] - each.limits[0] < WIDE:
        return []
    return [
        "So few come in a month that a single month says nothing. Only what drifts or stays for months is raised."
    ]


def _why(said: str) -> str:
    return words.capitalised(said.partition(": ")[2]) or said


def _moved(alarm: Alarm) -> str:
    way = "risen" if alarm.direction is Direction.RISING else "fallen"
    return f"{way} from {100 * alarm.usual:.0f} to {100 * alarm.now:.0f} in every hundred since {day_of(alarm.since):%B %Y}"


def _before(each: Watched) -> list[str]:
    """What moved before this. After each, what it moved to has become usual."""
    return [f"Before that it had {_moved(alarm)}." for alarm in each.earlier]


def _carried(value: float) -> str:
    """A few with one figure more, since from 15.2 to 15.8 is no rise."""
    return f"{value:.1f}" if value < 20 else f"{value:,.0f}"


def _explained(alarm: Alarm) -> list[str]:
    charts = words.listed([CHARTS[name] for name in alarm.charts])
    found = [f"Why it is raised: {charts}."]
    short = [strain for strain in alarm.strains if strain.strained]
    if alarm.under_strain:
        strain = words.listed(
            [f"{one.pressure} went from {_carried(one.usual)} to {_carried(one.meanwhile)}" for one in short]
        )
        found.append(
            f"Meanwhile {strain}. Has the threshold moved because people are short? That is for you to find out."
        )
    elif alarm.strains:
        found.append(
            "What people had to carry does not explain it. Has practice, recording or demand changed?"
        )
    else:
        found.append("What people had to carry then is not known.")
    return found
