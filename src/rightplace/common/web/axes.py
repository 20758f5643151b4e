"""The frame of a chart: where a day and a value stand, round figures beside it, and names that do not overlap."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from markupsafe import Markup

from rightplace.common.web import palette, svg


def ticks(most: float, about: int = 4) -> list[float]:
    """Round figures from nought to at least the most."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / about
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * each for each in (1, 2, 2.5, 5, 10) if size * each >= rough * 0.999)
    if most >= about:
        step = max(1.0, math.ceil(step) if step != 2.5 else 2.5)
    return [step * place for place in range(math.ceil(most / step - 1e-9) + 1)]


def spread(days: Sequence[date], most: int) -> list[date]:
    """A few of the days for the axis, at even steps back from the last."""
    step = max(1, math.ceil((len(days) - 1) / max(most - 1, 1)))
    return list(days[::-1][::step][::-1])


def apart(wanted: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """Places for names as near as can be to where they are wanted, with a gap between them."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    found = list(wanted)
    floor = top
    for place in order:
        found[place] = max(found[place], floor)
        floor = found[place] + gap
    ceiling = bottom
    for place in reversed(order):
        found[place] = min(found[place], ceiling)
        ceiling = found[place] - gap
    return found


def label_width(words: str) -> float:
    """About how wide words are at 14 px."""
    return len(words) * 7.2


HALF_A_LABEL = 30
"""A day nearer to the edge than this would lose its first letter."""


@dataclass(frozen=True)
class Frame:
    """The rectangle that a chart is drawn in. Values begin at nought, or at a base that the chart says."""

    days: tuple[date, ...]
    top_value: float
    marks: tuple[float, ...]
    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    base: float = 0.0

    @classmethod
    def of(
        cls,
        days: Sequence[date],
        values: Sequence[float],
        *,
        width: int,
        right: float,
        top: float,
        base: float = 0.0,
    ) -> Self:
        """A frame that holds all days and values, with room at the right for names."""
        marks = tuple(base + mark for mark in ticks(max(values, default=0) - base))
        left = 12 + max(label_width(_mark(mark)) for mark in marks)
        height = 320 if width >= svg.PHONE else 280
        ordered = tuple(sorted(set(days)))
        return cls(ordered, marks[-1], marks, width, height, left, width - right, top, height - 30, base)

    def x(self, day: date) -> float:
        first, last = self.days[0], self.days[-1]
        if first == last:
            return (self.left + self.right) / 2
        share = (day - first).days / (last - first).days
        return self.left + (self.right - self.left) * share

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * (value - self.base) / (self.top_value - self.base)

    def grid(self, unit: str) -> list[Markup]:
        """Quiet lines with round figures, and a few days below."""
        parts = []
        for mark in self.marks:
            y = self.y(mark)
            strong = palette.QUIET if mark == self.base else palette.SAND_LINE
            parts.append(svg.line(self.left, y, self.right, y, strong))
            parts.append(svg.text(self.left - 8, y + 5, _mark(mark), palette.QUIET, anchor="end"))
        if unit:
            parts.append(svg.text(0, 14, unit, palette.QUIET))
        most = 5 if self.width >= svg.PHONE else 3
        shown = spread(self.days, most)
        for place, day in enumerate(shown):
            anchor = "end" if place == len(shown) - 1 and self.width - self.x(day) < 40 else "middle"
            if self.x(day) < HALF_A_LABEL:
                anchor = "start"
            parts.append(svg.line(self.x(day), self.bottom, self.x(day), self.bottom + 5, palette.QUIET))
            parts.append(
                svg.text(self.x(day), self.bottom + 22, self._day(day), palette.QUIET, anchor=anchor)
            )
        return parts

    def _day(self, day: date) -> str:
        long = (self.days[-1] - self.days[0]).days > 120
        return f"{day:%b %Y}" if long else f"{day.day} {day:%b}"


def _mark(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:g}"
