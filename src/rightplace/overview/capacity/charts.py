"""The drawings of an answer: a fan week by week, chances as dots out of ten, how full people are, ranges of a difference.

Made on the server like all charts; each carries its title and description, and the same figures as a table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from rightplace.common.web import palette, svg, words
from rightplace.common.web.axes import Frame, apart, label_width
from rightplace.common.web.charting import figure_words, fitted, haloed
from rightplace.common.web.pieces import Column, Row
from rightplace.domain.simulation.scenarios.saying import Tenths

WIDE_BAND, NARROW_BAND = "#d3e3e8", "#9cc0ca"
ASIDE = 12
"""Between a range and the words at its end."""


@dataclass(frozen=True)
class Below:
    """What stands below a drawing."""

    words: str


def drawn(*parts: str, width: int, height: float, name: str, title: str, says: str) -> Markup:
    """A whole drawing with its title and its description."""
    ids = f"{name}-{width}-title", f"{name}-{width}-desc"
    return svg.element(
        "svg", svg.element("title", title, id=ids[0]), svg.element("desc", says, id=ids[1]), *parts,
        viewBox=f"0 0 {width} {height:g}", width=width, height=height, class_=svg.css_of(width), role="img",
        aria_labelledby=" ".join(ids),
    )  # fmt: skip


@dataclass(frozen=True)
class FanWeek:
    """One week: nineteen in twenty lie above `low`, half between `lower` and `upper`, nineteen in twenty below `high`."""

    day: date
    low: float
    lower: float
    middle: float
    upper: float
    high: float


@dataclass(frozen=True, kw_only=True)
class FanOverWeeks:
    """How a figure may go week by week, against how it goes as things are, and against what is promised."""

    name: str
    finding: str
    weeks: Sequence[FanWeek]
    caption: Below
    beside: Sequence[tuple[date, float]] = ()
    promise: tuple[float, str] | None = None
    marked: tuple[date, str] | None = None
    unit: str = ""
    base: float = 0.0
    """Where the scale begins; the caption says so where it is not nought."""

    @property
    def columns(self) -> list[Column]:
        heads = (
            "Lowest of 9 of 10 futures",
            "Lowest of half",
            "Middle",
            "Highest of half",
            "Highest of 9 of 10 futures",
        )
        more = [Column("As things are, middle", number=True)] if self.beside else []
        return [Column("Week from"), *(Column(each, number=True) for each in heads), *more]

    @property
    def rows(self) -> list[Row]:
        other = dict(self.beside)
        found = []
        for week in self.weeks:
            values = (week.low, week.lower, week.middle, week.upper, week.high)
            cells = [words.plain_day(week.day), *(figure_words(round(value, 1)) for value in values)]
            if self.beside:
                cells.append(figure_words(round(other[week.day], 1)) if week.day in other else "–")
            found.append(Row(cells))
        return found

    def svg(self, width: int) -> Markup:
        frame = self._frame(width)
        parts = frame.grid(self.unit)
        parts += self._bands(frame) + self._marked(frame) + self._promise(frame)
        if self.beside:
            other = [(frame.x(day), frame.y(value)) for day, value in self.beside]
            parts.append(svg.path(other, palette.QUIET, width=2, dash="7 4"))
        parts.append(
            svg.path([(frame.x(w.day), frame.y(w.middle)) for w in self.weeks], palette.PETROL, width=3)
        )
        parts += self._names(frame)
        return drawn(
            *parts, width=width, height=frame.height, name=self.name, title=self.finding,
            says=f"{self._ends()} The same figures follow as a table.",
        )  # fmt: skip

    def _ends(self) -> str:
        first, last = self.weeks[0], self.weeks[-1]
        return (
            f"The middle goes from {figure_words(round(first.middle, 1))} in the week from {words.plain_day(first.day)} to "
            f"{figure_words(round(last.middle, 1))} in the week from {words.plain_day(last.day)}; 9 of 10 futures of the last "
            f"week lie between {figure_words(round(last.low, 1))} and {figure_words(round(last.high, 1))}."
        )

    def _frame(self, width: int) -> Frame:
        values = [week.high for week in self.weeks] + [value for _, value in self.beside]
        values += [self.promise[0]] if self.promise else []
        top = 22 + (14 if self.unit else 0) + (16 if self.marked else 0)
        right = 14.0 if width < svg.PHONE else 96.0
        days = [week.day for week in self.weeks]
        return Frame.of(days, values, width=width, right=right, top=top, base=self.base)

    def _bands(self, frame: Frame) -> list[Markup]:
        found = []
        for low, high, colour in (("low", "high", WIDE_BAND), ("lower", "upper", NARROW_BAND)):
            shape = [(frame.x(w.day), frame.y(getattr(w, high))) for w in self.weeks]
            shape += [(frame.x(w.day), frame.y(getattr(w, low))) for w in reversed(self.weeks)]
            found.append(svg.area(shape, colour))
        return found

    def _marked(self, frame: Frame) -> list[Markup]:
        if self.marked is None or not self.weeks[0].day <= self.marked[0] <= self.weeks[-1].day:
            return []
        x = frame.x(self.marked[0])
        anchor, aside = ("end", -4) if x > frame.width * 0.55 else ("start", 4)
        return [
            svg.line(x, frame.top - 12, x, frame.bottom, palette.INK, dash="2 3", width=1.5),
            svg.text(x + aside, frame.top - 4, self.marked[1], palette.INK, anchor=anchor),
        ]

    def _promise(self, frame: Frame) -> list[Markup]:
        if self.promise is None:
            return []
        y = frame.y(self.promise[0])
        return [svg.line(frame.left, y, frame.right, y, palette.LATE, dash="5 4", width=1.5)]

    def _names(self, frame: Frame) -> list[Markup]:
        """Beside the ends of the lines; on a phone the legend below the drawing says the same."""
        if frame.width < svg.PHONE:
            return []
        last = self.weeks[-1]
        wanted = [
            (frame.y((last.high + last.upper) / 2) + 5, "9 of 10", palette.QUIET, False),
            (frame.y((last.upper + last.middle) / 2) + 5, "half", palette.QUIET, False),
            (frame.y(last.middle) + 5, "middle", palette.PETROL, True),
        ]
        if self.beside:
            wanted.append((frame.y(self.beside[-1][1]) + 5, "as things are", palette.QUIET, False))
        if self.promise:
            wanted.append((frame.y(self.promise[0]) + 5, self.promise[1], palette.LATE, False))
        places = apart([y for y, *_ in wanted], 18, frame.top + 8, frame.bottom)
        return [
            svg.text(frame.right + 6, y, said, colour, bold=bold)
            for y, (_, said, colour, bold) in zip(places, wanted, strict=True)
        ]


@dataclass(frozen=True)
class Chance:
    """In how many futures a promise breaks, as dots on the scale of the sentences: as things are, or in a scenario."""

    name: str
    told: Tenths

    @property
    def words(self) -> str:
        return self.told.words

    def dots(self) -> Markup:
        """One dot a future, of ten; a promise that breaks in fewer than one of ten has one small spot in its first."""
        parts = []
        for number in range(self.told.of):
            at = {"cx": 10 + 20 * number, "cy": 11}
            part = self._part(number)
            fill, edge = (palette.LATE, palette.LATE) if part == 1 else (palette.WHITE, palette.QUIET)
            parts.append(svg.element("circle", **at, r=7.5, fill=fill, stroke=edge, stroke_width=1.5))
            if 0 < part < 1:
                parts.append(svg.element("circle", **at, r=7.5 * part, fill=palette.LATE))
        width = 20 * self.told.of
        return svg.element(
            "svg", *parts, viewBox=f"0 0 {width} 22", width=width, height=22, role="img",
            aria_label=f"{self.name}: passed in {self.words} futures",
        )  # fmt: skip

    def _part(self, number: int) -> float:
        """How much of a dot is filled."""
        if number < self.told.count:
            return 0.4 if self.told.beyond == "fewer than" else 1
        return 0.7 if number == self.told.count and self.told.beyond == "more than" else 0


@dataclass(frozen=True)
class Reach:
    """One figure of one scenario, with between what 9 of 10 futures lie."""

    name: str
    low: float
    middle: float
    high: float
    subject: bool = False
    written: Callable[[float], str] = lambda value: figure_words(round(value, 1))
    """As the sentences write it, so that a picture and its sentence never differ."""

    @property
    def said(self) -> tuple[str, str, str]:
        return self.written(self.low), self.written(self.middle), self.written(self.high)


@dataclass(frozen=True, kw_only=True)
class Reaches:
    """Figures side by side: bars from nought to the middle future, and a line over 9 of 10 of them."""

    name: str
    finding: str
    reaches: Sequence[Reach]
    caption: Below
    figure: str
    limit: tuple[float, str] | None = None

    @property
    def columns(self) -> list[Column]:
        return [Column(self.figure), *(Column(each, number=True) for each in ("Lowest", "Middle", "Highest"))]

    @property
    def rows(self) -> list[Row]:
        return [Row([each.name, *each.said]) for each in self.reaches]

    def svg(self, width: int) -> Markup:
        most = max([each.high for each in self.reaches] + ([self.limit[0]] if self.limit else []) + [1e-9])
        room = max(label_width(each.said[1]) for each in self.reaches) + 20
        scale, step, head = (width - room) / most, 52, 26 if self.limit else 4
        parts = []
        for place, each in enumerate(self.reaches):
            parts.append(
                svg.text(
                    0, head + step * place + 15, fitted(each.name, width), palette.INK, bold=each.subject
                )
            )
            parts += self._bar(each, head + step * place, scale)
        bottom = head + step * len(self.reaches)
        if self.limit:
            x = self.limit[0] * scale
            parts.append(svg.line(x, head - 4, x, bottom - 6, palette.LATE, dash="5 4", width=1.5))
            parts.append(
                svg.text(x, head - 9, self.limit[1], palette.LATE, anchor="end" if x > width / 2 else "start")
            )
        parts += [self._value(each, head + step * place, scale) for place, each in enumerate(self.reaches)]
        says = " ".join(
            f"{each.name}: {each.said[1]}, in 9 of 10 futures between {each.said[0]} and {each.said[2]}."
            for each in self.reaches
        )  # fmt: skip
        return drawn(*parts, width=width, height=bottom, name=self.name, title=self.finding, says=says)

    @staticmethod
    def _bar(each: Reach, y: float, scale: float) -> list[Markup]:
        colour = palette.PETROL if each.subject else palette.GREYS[2]
        low, middle, high = (value * scale for value in (each.low, each.middle, each.high))
        return [
            svg.element("rect", x=0, y=y + 21, width=max(middle, 1.0), height=20, fill=colour),
            svg.line(low, y + 31, high, y + 31, palette.WHITE, width=5),
            svg.line(low, y + 31, high, y + 31, palette.INK, width=2),
            svg.line(low, y + 26, low, y + 36, palette.INK, width=2),
            svg.line(high, y + 26, high, y + 36, palette.INK, width=2),
        ]

    @staticmethod
    def _value(each: Reach, y: float, scale: float) -> Markup:
        """Last of all, so that the limit's line does not cross it."""
        x = max(each.high, each.middle) * scale + 8
        return haloed(x, y + 36, each.said[1], palette.INK, bold=each.subject)


@dataclass(frozen=True)
class Between:
    """A difference with its range, 99 times of 100; and both ends in words."""

    what: str
    low: float
    middle: float
    high: float
    said: tuple[str, str, str]
    sentence: str

    @property
    def is_clear(self) -> bool:
        """Whether the range leaves out no difference at all."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, kw_only=True)
class Differences:
    """What the change brings, each against nought on a scale of its own, with its range."""

    name: str
    finding: str
    lines: Sequence[Between]
    caption: Below

    @property
    def columns(self) -> list[Column]:
        heads = ("Lowest", "Middle", "Highest")
        return [Column("Difference"), *(Column(each, number=True) for each in heads)]

    @property
    def rows(self) -> list[Row]:
        return [Row([line.what, *line.said]) for line in self.lines]

    def svg(self, width: int) -> Markup:
        """A row each: its name, its range on a line of its own, and both ends in words, below it where it is narrow."""
        narrow = width < svg.PHONE
        step = 82 if narrow else 62
        centre, half = width / 2, width / 2 - (12 if narrow else self._room())
        parts: list[Markup] = []
        for nth, line in enumerate(self.lines):
            y = float(step * nth)
            most = max(abs(line.low), abs(line.high), 1e-9)
            at = [centre + half * value / most for value in (line.low, line.middle, line.high)]
            parts += self._row(line, at, y, width)
            parts += self._below(line, y) if narrow else self._ends(line, at, y, width)
        says = " ".join(line.sentence for line in self.lines)
        height = step * len(self.lines)
        return drawn(*parts, width=width, height=height, name=self.name, title=self.finding, says=says)

    def _room(self) -> float:
        """Beside the longest range for the longest words, so that none lies on its own bar."""
        longest = max((label_width(said) for line in self.lines for said in line.said), default=0.0)
        return longest + ASIDE

    @staticmethod
    def _row(line: Between, at: Sequence[float], y: float, width: int) -> list[Markup]:
        colour = palette.PETROL if line.is_clear else palette.QUIET
        return [
            svg.text(0, y + 16, fitted(line.what, width), palette.INK, bold=line.is_clear),
            svg.line(0, y + 36, width, y + 36, palette.SAND_LINE),
            svg.line(width / 2, y + 25, width / 2, y + 47, palette.INK, dash="2 3", width=1.5),
            svg.line(at[0], y + 36, at[2], y + 36, colour, width=8),
            svg.element(
                "circle", cx=at[1], cy=y + 36, r=7, fill=colour, stroke=palette.WHITE, stroke_width=2
            ),
        ]

    @staticmethod
    def _below(line: Between, y: float) -> list[Markup]:
        return [svg.text(0, y + 62, f"{line.said[0]} to {line.said[2]}", palette.QUIET)]

    @staticmethod
    def _ends(line: Between, at: Sequence[float], y: float, width: int) -> list[Markup]:
        """Outside the range, never on it, and on the side of the dotted line on which the range lies."""
        texts, middle = (line.said[0], line.said[2]), width / 2
        low, high = at[0] - ASIDE, at[2] + ASIDE
        if low > middle > low - label_width(texts[0]) - 4:
            low = middle - 6
        if high < middle < high + label_width(texts[1]) + 4:
            high = middle + 6
        return [
            haloed(low, y + 41, texts[0], palette.QUIET, anchor="end"),
            haloed(high, y + 41, texts[1], palette.QUIET),
        ]
