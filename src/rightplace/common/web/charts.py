"""Charts made on the server: a line with its limits, bars from zero, a fan of what may come.

One colour for the subject and grey for the rest, at most four lines with their names on them, dashed limits, a
marked line where a definition changed, the finding as title, the day and the count below, and the same figures as a
table. What is not known is hatched, and is never drawn as nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from markupsafe import Markup

from rightplace.common.web import palette, svg, words
from rightplace.common.web.axes import Frame, apart, label_width
from rightplace.common.web.pieces import Cell, Column, Row

Point = tuple[date, float | None]
MOST_SERIES = 4


@dataclass(frozen=True)
class Caption:
    """When it was counted, and what: below each chart and map."""

    counted: datetime
    number: int
    of: str
    source: str = ""

    @property
    def words(self) -> str:
        source = f" {self.source}" if self.source else ""
        return f"Counted {words.when(self.counted)}: {self.number:,} {self.of}.{source}"


@dataclass(frozen=True)
class Series:
    """One line. The subject is drawn in colour; what it is held against, in grey."""

    name: str
    points: Sequence[Point]
    subject: bool = False


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


def figure_words(value: float | None) -> str:
    """A figure in a table or beside a bar; nothing is shown as nought that is not known."""
    if value is None:
        return "not known"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


@dataclass(frozen=True, kw_only=True)
class LineChart:
    """How something went over time."""

    finding: str
    series: Sequence[Series]
    caption: Caption
    limits: Limits | None = None
    change: Change | None = None
    unit: str = ""
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
            parts += _lines(frame, each, colour)
        parts += self._names(frame, colours)
        says = f"Line chart. {self.finding} The same figures follow as a table."
        return svg.drawing(*parts, width=width, height=frame.height, says=says, css=svg.css_of(width))

    def _frame(self, width: int) -> Frame:
        values = [value for each in self.series for _, value in each.points if value is not None]
        if self.limits:
            values += [value for value in (self.limits.low, self.limits.high) if value is not None]
        room = 14 if width < svg.PHONE else 12 + max(label_width(each.name) for each in self.series)
        top = 46 if self.change else 26
        return Frame.of(self.days, values, width=width, right=room, top=top + (10 if self.unit else 0))

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
            parts.append(_haloed(frame.left + 6, below, said, palette.QUIET))
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
        narrow = frame.width < svg.PHONE
        places = apart([y - (10 if narrow else -5) for y, _, _ in ends], 18, frame.top + 8, frame.bottom - 4)
        x, anchor = (frame.right, "end") if narrow else (frame.right + 8, "start")
        return [
            _haloed(
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


def _haloed(
    x: float, y: float, said: str, colour: str, *, anchor: str = "start", bold: bool = False
) -> Markup:
    """Words that stay readable where they cross a line."""
    halo = svg.element(
        "text", said, x=x, y=y, text_anchor=anchor, font_size=14, font_weight=600 if bold else None,
        stroke=palette.WHITE, stroke_width=4, stroke_linejoin="round", fill=palette.WHITE, aria_hidden="true",
    )  # fmt: skip
    return halo + svg.text(x, y, said, colour, anchor=anchor, bold=bold)


def _lines(frame: Frame, series: Series, colour: str) -> list[Markup]:
    """The line in as many pieces as there are gaps of what is not known."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for day, value in series.points:
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append((frame.x(day), frame.y(value)))
    width = 3.0 if series.subject else 2.0
    parts = [svg.path(piece, colour, width=width) for piece in pieces if len(piece) > 1]
    parts += [
        svg.element("circle", cx=p[0][0], cy=p[0][1], r=3.0, fill=colour) for p in pieces if len(p) == 1
    ]
    if pieces[-1]:
        x, y = pieces[-1][-1]
        parts.append(svg.element("circle", cx=x, cy=y, r=4.5 if series.subject else 3.0, fill=colour))
    return parts


def fitted(name: str, room: float) -> str:
    """A name as far as there is room for it; in full it stands in the table below."""
    cut = name
    while len(cut) > 1 and label_width(cut) > room:
        cut = cut[:-2].rstrip(" ,") + "…"
    return cut


_MARK = ((palette.WHITE, 5.0), (palette.INK, 2.0))
"""Seen on a dark bar and beside it: white around, ink within."""


@dataclass(frozen=True)
class Bar:
    """One thing and its figure; `None` is not known."""

    name: str
    value: float | None
    subject: bool = False
    own: float | None = None
    """A mark of its own on this bar: what there is room for."""


@dataclass(frozen=True, kw_only=True)
class BarChart:
    """Things side by side; every bar begins at nought. `own` names the mark that a bar may have of its own."""

    finding: str
    bars: Sequence[Bar]
    caption: Caption
    heading: str
    figure: str
    limit: tuple[float, str] | None = None
    own: str = ""
    missing: str = "not known"
    drawn: str = field(default="bars")

    @property
    def columns(self) -> list[Column]:
        marks = [Column(self.own, number=True)] if self.own else []
        return [Column(self.heading), Column(self.figure, number=True), *marks]

    @property
    def rows(self) -> list[Row]:
        return [Row([bar.name, self._said(bar.value), *self._marked(bar)]) for bar in self.bars]

    def _said(self, value: float | None) -> str:
        return self.missing if value is None else figure_words(value)

    def _marked(self, bar: Bar) -> list[str]:
        return [self._said(bar.own)] if self.own else []

    @property
    def most(self) -> float:
        values = [value for bar in self.bars for value in (bar.value, bar.own) if value is not None]
        return max([*values, self.limit[0] if self.limit else 0, 1e-9])

    def svg(self, width: int) -> Markup:
        longest = 12 + max(label_width(bar.name) for bar in self.bars)
        narrow = width < svg.PHONE or longest > width * 0.45
        left = 0.0 if narrow else longest
        step = 48 if narrow else 34
        head = 26 if self.limit or self.own else 4
        scale = (width - left - 60) / self.most
        height = head + step * len(self.bars) + 4
        parts = [svg.hatching(f"{self.drawn}-{width}", palette.QUIET, palette.WHITE)]
        parts += self._limit(left, scale, head, height)
        if self.own:
            parts.append(svg.text(left, head - 9, f"The mark on a bar: {self.own.lower()}", palette.QUIET))
        for place, bar in enumerate(self.bars):
            parts += self._bar(
                bar, left, head + place * step, scale, width if narrow else 0, f"{self.drawn}-{width}"
            )
        parts.append(svg.line(left, head, left, height - 4, palette.QUIET, width=1.5))
        says = f"Bar chart. {self.finding} The same figures follow as a table."
        return svg.drawing(*parts, width=width, height=height, says=says, css=svg.css_of(width))

    def _bar(self, bar: Bar, left: float, y: float, scale: float, room: int, hatch: str) -> list[Markup]:
        colour = palette.PETROL if bar.subject else palette.GREYS[2]
        ink = palette.INK if bar.subject or bar.value is None else palette.QUIET
        top = y + 22 if room else y + 6
        name = (
            svg.text(left, y + 17, fitted(bar.name, room), palette.INK, bold=bar.subject)
            if room
            else svg.text(left - 10, y + 22, bar.name, palette.INK, anchor="end", bold=bar.subject)
        )
        if bar.value is None:
            box = svg.element(
                "rect", x=left, y=top, width=54, height=22, fill=f"url(#{hatch})",
                stroke=palette.QUIET, stroke_dasharray="4 3",
            )  # fmt: skip
            return [name, box, svg.text(left + 62, top + 16, self.missing, ink)]
        length = bar.value * scale
        drawn = svg.element("rect", x=left, y=top, width=length, height=22, fill=colour)
        reach = length if bar.own is None else max(length, bar.own * scale)
        value = _haloed(left + reach + 8, top + 16, figure_words(bar.value), ink, bold=bar.subject)
        return [name, drawn, *self._mark(bar, left, top, scale), value]

    @staticmethod
    def _mark(bar: Bar, left: float, top: float, scale: float) -> list[Markup]:
        if bar.own is None:
            return []
        x = left + bar.own * scale
        return [svg.line(x, top - 4, x, top + 26, colour, width=width) for colour, width in _MARK]

    def _limit(self, left: float, scale: float, head: float, height: float) -> list[Markup]:
        if not self.limit:
            return []
        value, said = self.limit
        x = left + value * scale
        anchor = "end" if x > left + self.most * scale * 0.6 else "start"
        return [
            svg.line(x, head - 4, x, height - 4, palette.INK, dash="5 4", width=1.5),
            svg.text(x, head - 9, f"{said}: {figure_words(value)}", palette.INK, anchor=anchor),
        ]


@dataclass(frozen=True)
class FanPoint:
    """What may be on a day: half of the runs lie between low and high 50, four in five between low and high 80."""

    day: date
    low_80: float
    low_50: float
    middle: float
    high_50: float
    high_80: float


@dataclass(frozen=True, kw_only=True)
class FanChart:
    """What was, and the range of what may come, held against a promise."""

    finding: str
    points: Sequence[FanPoint]
    caption: Caption
    before: Sequence[Point] = ()
    promise: tuple[float, str] | None = None
    unit: str = ""
    drawn: str = field(default="fan")

    @property
    def columns(self) -> list[Column]:
        spread_words = (
            "Lowest of 4 in 5",
            "Lowest of half",
            "Middle",
            "Highest of half",
            "Highest of 4 in 5",
        )
        return [Column("Day"), *(Column(each, number=True) for each in ("Counted", *spread_words))]

    @property
    def rows(self) -> list[Row]:
        lines = [Row([words.plain_day(day), figure_words(value), *["–"] * 5]) for day, value in self.before]
        for each in self.points:
            values = (each.low_80, each.low_50, each.middle, each.high_50, each.high_80)
            lines.append(Row([words.plain_day(each.day), "–", *(figure_words(value) for value in values)]))
        return lines

    def svg(self, width: int) -> Markup:
        frame = self._frame(width)
        parts = frame.grid(self.unit)
        for low, high, colour in (("low_80", "high_80", "#d3e3e8"), ("low_50", "high_50", "#9cc0ca")):
            shape = [(frame.x(p.day), frame.y(getattr(p, high))) for p in self.points]
            shape += [(frame.x(p.day), frame.y(getattr(p, low))) for p in reversed(self.points)]
            parts.append(svg.area(shape, colour))
        parts.append(
            svg.path([(frame.x(p.day), frame.y(p.middle)) for p in self.points], palette.PETROL, width=3)
        )
        parts += _lines(frame, Series("", self.before), palette.INK) if self.before else []
        if self.promise:
            y = frame.y(self.promise[0])
            said = f"{self.promise[1]}: {figure_words(self.promise[0])}"
            parts.append(svg.line(frame.left, y, frame.right, y, palette.INK, dash="5 4", width=1.5))
            parts.append(_haloed(frame.left + 6, y - 6, said, palette.INK))
        parts += self._names(frame)
        says = f"Fan chart. {self.finding} The same figures follow as a table."
        return svg.drawing(*parts, width=width, height=frame.height, says=says, css=svg.css_of(width))

    def _frame(self, width: int) -> Frame:
        days = [day for day, _ in self.before] + [each.day for each in self.points]
        values = [value for _, value in self.before if value is not None]
        values += [each.high_80 for each in self.points] + ([self.promise[0]] if self.promise else [])
        return Frame.of(days, values, width=width, right=84, top=36 if self.unit else 26)

    def _names(self, frame: Frame) -> list[Markup]:
        last = self.points[-1]
        wanted = [
            (frame.y((last.high_80 + last.high_50) / 2) + 5, "4 in 5", False),
            (frame.y((last.high_50 + last.middle) / 2) + 5, "half", False),
            (frame.y(last.middle) + 5, "middle", True),
        ]
        places = apart([y for y, _, _ in wanted], 18, frame.top + 8, frame.bottom)
        return [
            svg.text(frame.right + 8, y, said, palette.PETROL if bold else palette.QUIET, bold=bold)
            for y, (_, said, bold) in zip(places, wanted, strict=True)
        ]
