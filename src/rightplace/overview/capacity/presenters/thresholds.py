"""Thresholds as sentences and control charts: what moved, and whether people were short when it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rightplace.common.web import words
from rightplace.common.web.charts import Caption, Limits, LineChart, Series
from rightplace.domain.simulation.drift import Alarm, Direction
from rightplace.overview.capacity.drifting import Thresholds, Watched, day_of

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
            return f"None of the {watched} shares that are watched has left what is usual."
        return f"{called} of {watched} shares that are watched {'has' if called == 1 else 'have'} left what was usual."

    @property
    def since(self) -> str:
        if self.found.first is None:
            return ""
        usual = f"the first {self.found.usual} of them say what is usual"
        more = "" if self.found.usual >= 24 else "; with so few the charts call late rather than wrongly"
        return f"The record is whole from {self.found.first:%B %Y}: {self.found.months} months, and {usual}{more}."

    @property
    def shares(self) -> list[Share]:
        shown = [self._share(each) for each in self.found.shares]
        return sorted(shown, key=lambda share: (not share.called, share.chart is None))

    def _share(self, each: Watched) -> Share:
        if each.too_little:
            sentence = f"{each.ratio.title}: too little to say."
            return Share(sentence, [_why(each.too_little)], False, None, each.ratio.name)
        if each.alarm is None:
            return Share(f"{each.ratio.title}: as usual.", [], False, self._chart(each), each.ratio.name)
        return Share(
            f"{each.ratio.title}: {_moved(each.alarm)}.", _explained(each.alarm), True, self._chart(each), each.ratio.name
        )  # fmt: skip

    def _chart(self, each: Watched) -> LineChart | None:
        if each.limits is None:
            return None
        points = [(day_of(count.at), 100 * count.passed / count.of) for count in each.ratio.counts]
        low, usual, high = (100 * value for value in each.limits)
        level = Series("usual", [(day, usual) for day, _ in points])
        number = int(sum(count.of for count in each.ratio.counts))
        return LineChart(
            finding="Month by month, in every hundred",
            series=[Series("each month", points, subject=True), level],
            limits=Limits(
                round(low) if low >= 1 else None, round(high) if high <= 99 else None, "a single month"
            ),
            caption=Caption(self.now, number, "decisions"),
            drawn=f"threshold-{each.ratio.name.replace('_', '-')}",
        )


def _why(said: str) -> str:
    return words.capitalised(said.partition(": ")[2]) or said


def _moved(alarm: Alarm) -> str:
    way = "risen" if alarm.direction is Direction.RISING else "fallen"
    return f"{way} from {100 * alarm.usual:.0f} to {100 * alarm.now:.0f} in every hundred since {day_of(alarm.since):%B %Y}"


def _explained(alarm: Alarm) -> list[str]:
    charts = words.listed([CHARTS[name] for name in alarm.charts])
    found = [f"Why it is called: {charts}."]
    short = [strain for strain in alarm.strains if strain.strained]
    if alarm.under_strain:
        strain = words.listed(
            [f"{one.pressure} went from {one.usual:.0f} to {one.meanwhile:.0f}" for one in short]
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
