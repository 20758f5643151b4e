"""The picture of a cut-over: old teams at the left, new ones at the right, a band between them for each flow of children."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rightplace.common.web import palette, svg
from rightplace.common.web.charts import Caption
from rightplace.common.web.pieces import Column, Row

GAP = 34
LEAST = 6.0
BAR = 14


@dataclass(frozen=True, slots=True)
class Flow:
    """So many children go from one team to another; `moved` of them are there already."""

    before: str
    after: str
    families: int
    children: int
    moved: int


@dataclass(frozen=True, kw_only=True)
class FlowChart:
    """Where the children of each old team go."""

    finding: str
    flows: Sequence[Flow]
    caption: Caption

    @property
    def columns(self) -> list[Column]:
        return [
            Column("From"), Column("To"), Column("Families", number=True), Column("Children", number=True),
            Column("Moved", number=True),
        ]  # fmt: skip

    @property
    def rows(self) -> list[Row]:
        return [Row((f.before, f.after, f.families, f.children, f.moved)) for f in self.flows]

    def svg(self, width: int) -> Markup:
        """The drawing at a width: names stand above their bars, so that a phone shows the same picture."""
        left, right = self._side("before"), self._side("after")
        scale = self._scale()
        height = max(self._height(left, scale), self._height(right, scale))
        starts, ends = self._tops(left, scale), self._tops(right, scale)
        parts = [each for flow in self.flows for each in self._band(flow, starts, ends, scale, width)]
        parts += self._bars(left, scale, 0, "start", palette.GREYS[0])
        parts += self._bars(right, scale, width - BAR, "end", palette.PETROL)
        says = f"Flow from old teams to new ones. {self.finding} The same figures follow as a table."
        return svg.drawing(*parts, width=width, height=height, says=says, css=svg.css_of(width))

    def _side(self, name: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for flow in self.flows:
            team = getattr(flow, name)
            found[team] = found.get(team, 0) + flow.children
        return found

    def _scale(self) -> float:
        most = sum(flow.children for flow in self.flows) or 1
        return 240 / most

    @staticmethod
    def _thick(children: int, scale: float) -> float:
        return max(children * scale, LEAST)

    def _height(self, side: dict[str, int], scale: float) -> float:
        return (
            sum(
                GAP + self._thick(children, scale) + LEAST * len(self.flows) / 2 for children in side.values()
            )
            + 8
        )

    def _tops(self, side: dict[str, int], scale: float) -> dict[str, float]:
        tops, y = {}, 0.0
        for team, children in side.items():
            tops[team] = y + GAP - 8
            y += GAP + self._thick(children, scale) + LEAST
        return tops

    def _band(
        self, flow: Flow, starts: dict[str, float], ends: dict[str, float], scale: float, width: int
    ) -> list[Markup]:
        thick = self._thick(flow.children, scale)
        y1, y2 = starts[flow.before], ends[flow.after]
        starts[flow.before] += thick
        ends[flow.after] += thick
        x1, x2 = BAR + 2, width - BAR - 2
        middle = (x1 + x2) / 2
        shape = (
            f"M{x1} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2} {y2:.1f}"
            f"V{y2 + thick:.1f}C{middle:.1f} {y2 + thick:.1f} {middle:.1f} {y1 + thick:.1f} {x1} {y1 + thick:.1f}Z"
        )
        told = f"{flow.before} to {flow.after}: {flow.children} children"
        drawn = svg.element(
            "path", svg.element("title", told), d=shape, fill=palette.GREYS[2], fill_opacity=0.55
        )
        y = (y1 + y2 + thick) / 2 + 5
        return [drawn, svg.text(middle, y, f"{flow.children:,}", palette.INK, anchor="middle", bold=True)]

    def _bars(self, side: dict[str, int], scale: float, x: float, anchor: str, colour: str) -> list[Markup]:
        parts = []
        for (team, children), top in zip(side.items(), self._tops(side, scale).values(), strict=True):
            parts.append(
                svg.element("rect", x=x, y=top, width=BAR, height=self._thick(children, scale), fill=colour)
            )
            edge = x if anchor == "start" else x + BAR
            parts.append(svg.text(edge, top - 8, team, palette.INK, anchor=anchor, bold=anchor == "end"))
        return parts
