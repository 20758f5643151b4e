"""The drawing of a search's answer: how often each promise breaks, with the people of now and with those that were found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rightplace.common.web import palette, svg
from rightplace.common.web.axes import label_width
from rightplace.common.web.charting import fitted, haloed
from rightplace.common.web.pieces import Column, Row
from rightplace.domain.simulation.scenarios.saying import tenths
from rightplace.overview.capacity.charts import Below, drawn

STEP, NARROW_STEP, HEAD, FOOT = 58, 82, 26, 4
"""On a phone the two chances stand below their line, so that the promise's name has room."""
RADIUS = 7.5


@dataclass(frozen=True)
class Broken:
    """One promise: in how many of the same futures it breaks now and then, and which way that is for certain."""

    what: str
    chosen: bool
    before: int
    after: int
    of: int
    way: int
    """1 where it is surely worse, -1 where better, 0 where that cannot be told."""
    year: tuple[str, str]
    limit: str

    @property
    def said(self) -> str:
        """`2 of 10, now 6 of 10`."""
        then, now = (tenths(many / self.of, self.of).words for many in (self.after, self.before))
        return f"{then}, as now" if then == now else f"{then}, now {now}"

    @property
    def compared(self) -> str:
        return {1: "worse", -1: "better", 0: "no sure difference"}[self.way]


@dataclass(frozen=True, kw_only=True)
class BrokenThen:
    """Each promise on one line from never to always: an empty dot for now, a full one for then."""

    name: str
    finding: str
    lines: Sequence[Broken]
    caption: Below

    @property
    def columns(self) -> list[Column]:
        heads = ("Chosen", "Breaks now", "Breaks then", "Compared", "Year now", "Year then", "Limit")
        return [Column("Promise"), *(Column(each) for each in heads)]

    @property
    def rows(self) -> list[Row]:
        return [
            Row([each.what, "yes" if each.chosen else "no", f"{each.before} of {each.of}", f"{each.after} of {each.of}",
                 each.compared, *each.year, each.limit])
            for each in self.lines
        ]  # fmt: skip

    def svg(self, width: int) -> Markup:
        left, right = RADIUS + 2.0, width - RADIUS - 2.0
        parts: list[Markup] = [
            svg.text(0, 14, "never breaks", palette.QUIET),
            svg.text(width, 14, "always breaks", palette.QUIET, anchor="end"),
        ]
        step = NARROW_STEP if width < svg.PHONE else STEP
        for nth, each in enumerate(self.lines):
            parts += self._line(each, HEAD + step * nth, left, right, width)
        says = " ".join(
            f"{each.what}: breaks in {each.after} of {each.of} futures, now in {each.before}; {each.compared}."
            for each in self.lines
        )
        height = HEAD + step * len(self.lines) + FOOT
        return drawn(*parts, width=width, height=height, name=self.name, title=self.finding, says=says)

    @staticmethod
    def _line(each: Broken, y: float, left: float, right: float, width: int) -> list[Markup]:
        """Its name and its two chances above, the dots on the line below; worse is red and a square, never colour alone."""
        now, then = (left + (right - left) * many / each.of for many in (each.before, each.after))
        colour = palette.LATE if each.way > 0 else palette.PETROL if each.way < 0 else palette.QUIET
        said, narrow, at = each.said, width < svg.PHONE, y + 36
        room = width if narrow else width - label_width(said) - 16
        beside = (0.0, y + 64, "start") if narrow else (float(width), y + 18, "end")
        mark = (
            svg.element(
                "rect", x=then - RADIUS, y=at - RADIUS, width=2 * RADIUS, height=2 * RADIUS, fill=colour
            )
            if each.way > 0
            else svg.element("circle", cx=then, cy=at, r=RADIUS, fill=colour)
        )
        return [
            svg.text(0, y + 18, fitted(each.what, room), palette.INK, bold=each.chosen),
            haloed(
                *beside[:2],
                said,
                palette.LATE if each.way > 0 else palette.INK,
                anchor=beside[2],
                bold=each.way > 0,
            ),
            svg.line(left, at, right, at, palette.SAND_LINE, width=2),
            svg.line(now, at, then, at, colour, width=4),
            svg.element(
                "circle", cx=now, cy=at, r=RADIUS, fill=palette.WHITE, stroke=palette.QUIET, stroke_width=2
            ),
            mark,
        ]
