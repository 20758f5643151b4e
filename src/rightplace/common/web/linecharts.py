"""A line over time with its limits, its gaps of what is not known, and the day on which a definition changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from rightplace.common.web import palette, svg, words
from rightplace.common.web.axes import Frame, apart, label_width
from rightplace.common.web.charting import Captioned, Point, Series, figure_words, haloed, line_pieces
from rightplace.common.web.pieces import Cell, Column, Row

MOST_SERIES = 4
SHORT_NAME = 80.0
"""A name not wider than this stands beside its line on a phone, too."""


@dataclass(frozen=True)
class Limits:
    """The range that is expected of the subject, drawn dashed."""

    low: float | None
    high: float | None
    words: str = "expected"


@dataclass(frozen=True)
class Change:
    """The day on which what is counted came to mean something else."""

    on: date
    words: str


@dataclass(frozen=True, kw_only=True)
class LineChart:
    """How something went over time."""

    finding: str
    series: Sequence[Series]
    caption: Captioned
    limits: Limits | None = None
    change: Change | None = None
    unit: str = ""
    base: float = 0.0
    """Where the scale begins; the caption says so where it is not nought."""
    drawn: str = field(default="chart")

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= MOST_SERIES:
            raise ValueError("A line chart has one to four lines; more cannot be told apart.")
        if sum(each.subject for each in self.series) > 1:
            raise ValueError("A chart has one subject.")

    @property
    def days(self) -> list[date]:
        return sorted({day for each in self.series for day, _ in each.points})

    @property
    def columns(self) -> list[Column]:
        return [Column("Day"), *(Column(each.name, number=True) for each in self.series)]

    @property
    def rows(self) -> list[Row]:
        """The same figures, day by day."""
        known = [dict(each.points) for each in self.series]
        lines = []
        for day in self.days:
            cells: list[Cell] = [words.plain_day(day)]
            cells += [figure_words(values[day]) if day in values else "–" for values in known]
            lines.append(Row(cells))
        return lines

    def svg(self, width: int) -> Markup:
        frame = self._frame(width)
        parts = [svg.hatching(f"{self.drawn}-{width}", palette.QUIET, palette.WHITE), *frame.grid(self.unit)]
        parts += self._gaps(frame, f"{self.drawn}-{width}")
        parts += self._limits(frame) + self._change(frame)
        greys = iter(palette.GREYS)
        colours = [palette.PETROL if each.subject else next(greys) for each in self.series]
        for each, colour in sorted(zip(self.series, colours, strict=True), key=lambda pair: pair[0].subject):
            parts += line_pieces(frame, each, colour)
        parts += self._names(frame, colours)
        says = f"Line chart. {self.finding} The same figures follow as a table."
        return svg.drawing(*parts, width=width, height=frame.height, says=says, css=svg.css_of(width))

    def _frame(self, width: int) -> Frame:
        values = [value for each in self.series for _, value in each.points if value is not None]
        if self.limits:
            values += [value for value in (self.limits.low, self.limits.high) if value is not None]
        room = 14 if self._over(width) else 12 + max(label_width(each.name) for each in self.series)
        top = 46 if self.change else 26
        return Frame.of(
            self.days, values, width=width, right=room, top=top + (10 if self.unit else 0), base=self.base
        )

    def _over(self, width: int) -> bool:
        """Whether names stand over the ends of the lines: where it is narrow and they are long."""
        return width < svg.PHONE and any(label_width(each.name) > SHORT_NAME for each in self.series)

    def _gaps(self, frame: Frame, hatch: str) -> list[Markup]:
        subject = next((each for each in self.series if each.subject), self.series[0])
        return [
            svg.element(
                "rect", svg.element("title", "not known"), x=frame.x(first), y=frame.top,
                width=max(frame.x(last) - frame.x(first), 4.0), height=frame.bottom - frame.top,
                fill=f"url(#{hatch})", fill_opacity=0.45,
            )
            for first, last in _unknown_spans(subject.points)
        ]  # fmt: skip

    def _limits(self, frame: Frame) -> list[Markup]:
        if not self.limits:
            return []
        parts = []
        for value, over in ((self.limits.high, "at most"), (self.limits.low, "at least")):
            if value is None:
                continue
            y = frame.y(value)
            said = f"{self.limits.words}: {over} {figure_words(value)}"
            parts.append(svg.line(frame.left, y, frame.right, y, palette.QUIET, dash="5 4", width=1.5))
            below = y + 17 if over == "at least" else y - 6
            parts.append(haloed(frame.left + 6, below, said, palette.QUIET))
        return parts

    def _change(self, frame: Frame) -> list[Markup]:
        if not self.change:
            return []
        x = frame.x(self.change.on)
        anchor, aside = ("end", -4) if x > frame.width * 0.55 else ("start", 4)
        return [
            svg.line(x, frame.top - 16, x, frame.bottom, palette.INK, dash="2 3", width=1.5),
            svg.text(x + aside, frame.top - 8, self.change.words, palette.INK, anchor=anchor),
        ]

    def _names(self, frame: Frame, colours: Sequence[str]) -> list[Markup]:
        """The names at the ends of the lines, moved apart where they would meet."""
        ends = []
        for each, colour in zip(self.series, colours, strict=True):
            known = [(day, value) for day, value in each.points if value is not None]
            if known:
                ends.append((frame.y(known[-1][1]), each, colour))
        narrow = self._over(frame.width)
        places = apart([y - (10 if narrow else -5) for y, _, _ in ends], 18, frame.top + 8, frame.bottom - 4)
        x, anchor = (frame.right, "end") if narrow else (frame.right + 8, "start")
        return [
            haloed(
                x, y, each.name, colour if each.subject else palette.QUIET, anchor=anchor, bold=each.subject
            )
            for y, (_, each, colour) in zip(places, ends, strict=True)
        ]


def _unknown_spans(points: Sequence[Point]) -> list[tuple[date, date]]:
    """From the last known day before a gap to the first after it."""
    spans: list[tuple[date, date]] = []
    known: date | None = None
    gap: date | None = None
    for day, value in points:
        if value is None:
            gap = gap or known or day
            continue
        if gap is not None:
            spans.append((gap, day))
        known, gap = day, None
    return [*spans, (gap, points[-1][0])] if gap is not None else spans
