"""A fan of what may come: half of the runs, four in five of them, and the middle, held against a promise."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from rightplace.common.web import palette, svg, words
from rightplace.common.web.axes import Frame, apart
from rightplace.common.web.charting import Captioned, Point, Series, figure_words, haloed, line_pieces
from rightplace.common.web.pieces import Column, Row


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
    caption: Captioned
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
        parts += line_pieces(frame, Series("", self.before), palette.INK) if self.before else []
        if self.promise:
            y = frame.y(self.promise[0])
            said = f"{self.promise[1]}: {figure_words(self.promise[0])}"
            parts.append(svg.line(frame.left, y, frame.right, y, palette.INK, dash="5 4", width=1.5))
            parts.append(haloed(frame.left + 6, y - 6, said, palette.INK))
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
