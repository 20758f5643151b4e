"""Things side by side: bars from nought, each with its figure and perhaps a mark of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from rightplace.common.web import palette, svg
from rightplace.common.web.axes import label_width
from rightplace.common.web.charting import Captioned, figure_words, fitted, haloed
from rightplace.common.web.pieces import Column, Row

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
    caption: Captioned
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
        value = haloed(left + reach + 8, top + 16, figure_words(bar.value), ink, bold=bar.subject)
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
