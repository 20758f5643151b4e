"""The way since the baseline as a drawing: one line for each person and headline, and the same as a table.

Nothing is put together: there is no total, no average, no order of people (promise 5). What is not known is hatched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rightplace.common.web import palette, svg
from rightplace.common.web.axes import label_width
from rightplace.common.web.charts import Caption
from rightplace.common.web.pieces import Column, Row
from rightplace.domain.practice.outcomes import Framework, Moved, Travelled

COLUMNS = (
    Column("Who"), Column("Headline"), Column("At the start"), Column("Last time"), Column("Since the start")
)  # fmt: skip
NAMED_IN_FINDING = 3


@dataclass(frozen=True)
class WayChart:
    """How far each person has come under each headline since the baseline."""

    framework: Framework
    ways: Sequence[Travelled]
    names: Mapping[object, str]
    caption: Caption
    drawn: str = "way"

    @property
    def columns(self) -> Sequence[Column]:
        return COLUMNS

    @property
    def finding(self) -> str:
        """What is better and what is harder, named; never counted together."""
        said = [self._listed(Moved.FORWARD, "Better than at the start"), self._listed(Moved.BACK, "Harder")]
        told = [sentence for sentence in said if sentence]
        if told:
            return ". ".join(told)
        if all(way.moved is Moved.FIRST for way in self.ways):
            return "Measured once: the way begins here"
        return "As at the start, as far as it is known"

    def _listed(self, moved: Moved, heading: str) -> str:
        found = [f"{self._who(way)}, {self._title(way).lower()}" for way in self.ways if way.moved is moved]
        shown = found[:NAMED_IN_FINDING] + (["and more below"] if len(found) > NAMED_IN_FINDING else [])
        return f"{heading}: {'; '.join(shown)}" if shown else ""

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                [
                    self._who(way), self._title(way), self._words(way.first),
                    self._words(way.last) if way.moved is not Moved.FIRST else "not measured again yet",
                    str(way.moved).capitalize(),
                ]
            )
            for way in self.ways
        ]  # fmt: skip

    def _who(self, way: Travelled) -> str:
        return self.names.get(way.person, "somebody of the family")

    def _title(self, way: Travelled) -> str:
        headline = self.framework.headline(way.headline)
        return headline.title if headline else way.headline

    def _words(self, place: int | None) -> str | None:
        return None if place is None else self.framework.points[place].words

    def svg(self, width: int) -> Markup:
        """The drawing at a width: names beside the lines, or above them where it is narrow."""
        narrow = width < 600
        labels = [f"{self._who(way)}: {self._title(way)}" for way in self.ways]
        left = (
            12.0 if narrow else min(16 + max((label_width(each) for each in labels), default=0), width * 0.5)
        )
        step, head = (54, 30) if narrow else (36, 30)
        height = head + step * len(self.ways) + 6
        mark = f"{self.drawn}-{width}"
        parts = [svg.hatching(mark, palette.QUIET, palette.WHITE), *self._ends(left, width)]
        for place, (way, label) in enumerate(zip(self.ways, labels, strict=True)):
            parts += self._way(way, label, left, head + place * step, width, narrow, mark)
        says = f"{self.finding}. The same follows as a table."
        return svg.drawing(*parts, width=width, height=height, says=says, css=svg.css_of(width))

    def _ends(self, left: float, width: int) -> list[Markup]:
        """What the two ends of the scale mean."""
        low, high = self.framework.points[0].words, self.framework.points[-1].words
        return [
            svg.text(left, 16, low, palette.QUIET),
            svg.text(width - 14, 16, high, palette.QUIET, anchor="end"),
        ]

    def _way(
        self, way: Travelled, label: str, left: float, y: float, width: int, narrow: bool, mark: str
    ) -> list[Markup]:
        line = y + (36 if narrow else 17)
        name = (
            svg.text(left, y + 20, label, palette.INK)
            if narrow
            else svg.text(left - 14, y + 22, label, palette.INK, anchor="end")
        )
        scale = (width - left - 28) / (len(self.framework.points) - 1)
        track = [name, svg.line(left + 6, line, width - 20, line, palette.GREYS[2])]
        track += [
            svg.line(left + 6 + n * scale, line - 4, left + 6 + n * scale, line + 4, palette.GREYS[2])
            for n in range(len(self.framework.points))
        ]
        if way.first is None or way.last is None:
            return [*track, *self._unknown(way, left, line, scale, width, mark)]
        start, now = left + 6 + way.first * scale, left + 6 + way.last * scale
        moved = [svg.line(start, line, now, line, palette.PETROL, width=3)] if start != now else []
        return [*track, *moved, self._dot(start, line, False), self._dot(now, line, True)]

    def _unknown(
        self, way: Travelled, left: float, line: float, scale: float, width: int, mark: str
    ) -> list[Markup]:
        """What is known of the two ends, and that the other is not; never a way between them."""
        if way.first is None and way.last is None:
            box = svg.element(
                "rect", x=left + 6, y=line - 8, width=width - left - 26, height=16, fill=f"url(#{mark})",
                stroke=palette.QUIET, stroke_dasharray="4 3",
            )  # fmt: skip
            return [box]
        known = way.first if way.first is not None else way.last
        said = "now not known" if way.first is not None else "start not known"
        dot = self._dot(left + 6 + (known or 0) * scale, line, way.first is None)
        return [dot, svg.text(width - 14, line - 9, said, palette.QUIET, anchor="end")]

    def _dot(self, x: float, y: float, last: bool) -> Markup:
        """A ring is the start, a full dot the last time."""
        if last:
            return svg.element("circle", cx=x, cy=y, r=5, fill=palette.PETROL)
        return svg.element(
            "circle", cx=x, cy=y, r=8, fill=palette.WHITE, stroke=palette.PETROL, stroke_width=2
        )
