"""The city as one-kilometre squares in its areas: five steps of petrol, hatching for what is not known.

Small counts could point at a family, so a square or an area with fewer than eight is not told. Squares show a
step and never a figure, so that a total cannot be taken apart.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from markupsafe import Markup

from rightplace.common.web import palette, svg
from rightplace.common.web.charts import Caption, figure_words
from rightplace.common.web.pieces import Column, Row

FEWEST: Final = 8
SIDE: Final = 24


@dataclass(frozen=True)
class Square:
    """One square kilometre: its south-west corner in kilometres of the national grid, its area, its count."""

    easting_km: int
    northing_km: int
    area: int
    value: float | None
    count: float | None = None

    @property
    def too_few(self) -> bool:
        """Whether so few are counted that it must not be told. A rate brings its count."""
        counted = self.value if self.count is None else self.count
        return counted is not None and counted < FEWEST


@dataclass(frozen=True, kw_only=True)
class CityMap:
    """A figure over the city."""

    finding: str
    squares: Sequence[Square]
    areas: Mapping[int, str]
    figure: str
    caption: Caption
    adds_up: bool = True
    drawn: str = field(default="map")

    @cached_property
    def edges(self) -> list[float]:
        """Where each of the five steps begins: equal shares of the squares that are told."""
        told = sorted(s.value for s in self.squares if s.value is not None and not s.too_few)
        if not told:
            return []
        return sorted({told[len(told) * place // 5] for place in range(5)})

    def step(self, value: float) -> int:
        edges = self.edges
        return max(place for place, edge in enumerate(edges) if place == 0 or value >= edge)

    @cached_property
    def colours(self) -> list[str]:
        """One colour a step; few steps take the ends of the scale."""
        number = len(self.edges)
        if number < 2:
            return [palette.STEPS[2]] * number
        return [palette.STEPS[round(place * 4 / (number - 1))] for place in range(number)]

    @cached_property
    def legend(self) -> list[tuple[Markup, str]]:
        """What each step, and the two hatchings, mean."""
        edges, colours = self.edges, self.colours
        found = []
        for place, edge in enumerate(edges):
            above = edges[place + 1] if place + 1 < len(edges) else None
            said = f"{figure_words(edge)} and more" if above is None else self._between(edge, above)
            found.append((_key(colours[place]), said))
        found.append((_key(palette.WHITE, palette.QUIET), f"fewer than {FEWEST}, not told"))
        found.append((_key(f"url(#{self.drawn}-hatch)", palette.QUIET), "not known"))
        return found

    @staticmethod
    def _between(low: float, above: float) -> str:
        whole = float(low).is_integer() and float(above).is_integer()
        top = above - 1 if whole else above
        if low >= top:
            return figure_words(low)
        return f"{figure_words(low)} to {'' if whole else 'under '}{figure_words(top)}"

    @property
    def columns(self) -> list[Column]:
        names = [Column("Area"), Column("Squares", number=True), Column("Not known", number=True)]
        return [*names, Column(self.figure, number=True)] if self.adds_up else names

    @property
    def rows(self) -> list[Row]:
        """The areas; a total only where nothing could be worked out from it."""
        inside: dict[int, list[Square]] = defaultdict(list)
        for square in self.squares:
            inside[square.area].append(square)
        lines = []
        for area, name in sorted(self.areas.items(), key=lambda pair: pair[1]):
            found = inside.get(area, [])
            unknown = sum(square.value is None for square in found)
            cells = [name, str(len(found)), str(unknown)]
            lines.append(Row([*cells, self._total(found)] if self.adds_up else cells))
        return lines

    @staticmethod
    def _total(found: Sequence[Square]) -> str:
        known = [square.value for square in found if square.value is not None]
        if not known:
            return "not known"
        total = sum(known)
        said = f"fewer than {FEWEST}" if total < FEWEST else figure_words(total)
        return said if len(known) == len(found) else f"{said} known"

    def svg(self) -> Markup:
        west = min(s.easting_km for s in self.squares)
        east = max(s.easting_km for s in self.squares)
        south = min(s.northing_km for s in self.squares)
        north = max(s.northing_km for s in self.squares)
        here = {(s.easting_km - west, north - s.northing_km): s for s in self.squares}
        parts = [svg.hatching(f"{self.drawn}-hatch", palette.QUIET, palette.WHITE)]
        parts += self._coloured(here)
        parts += _borders(here)
        width, height = (east - west + 1) * SIDE + 8, (north - south + 1) * SIDE + 8
        moved = svg.element("g", *parts, transform="translate(4 4)")
        says = f"Map of the city in squares of one kilometre. {self.finding} The areas follow as a table."
        return svg.drawing(moved, width=width, height=height, says=says, css="rp-map__city")

    def _coloured(self, here: Mapping[tuple[int, int], Square]) -> list[Markup]:
        """One shape for all the squares that look and say the same: a city has hundreds of them, a page few kilobytes."""
        same: dict[tuple[str, str], list[str]] = defaultdict(list)
        for (x, y), square in here.items():
            same[self._looks(square)].append(f"M{x * SIDE} {y * SIDE}h{SIDE}v{SIDE}h-{SIDE}z")
        return [
            svg.element(
                "path", svg.element("title", said), d="".join(drawn), fill=fill,
                stroke=palette.SAND_LINE, stroke_width=0.6,
            )
            for (fill, said), drawn in same.items()
        ]  # fmt: skip

    def _looks(self, square: Square) -> tuple[str, str]:
        """The colour of a square, and what it says when somebody points at it."""
        name = self.areas.get(square.area, "Area not known")
        if square.value is None:
            return f"url(#{self.drawn}-hatch)", f"{name}: not known"
        if square.too_few:
            return palette.WHITE, f"{name}: fewer than {FEWEST}"
        step = self.step(square.value)
        return self.colours[step], f"{name}: {self.legend[step][1]}"


def _key(fill: str, stroke: str = "none") -> Markup:
    square = svg.element("rect", x=1, y=1, width=16, height=16, fill=fill, stroke=stroke)
    return svg.element("svg", square, viewBox="0 0 18 18", aria_hidden="true", focusable="false")


def _borders(here: Mapping[tuple[int, int], Square]) -> list[Markup]:
    """Lines where one area meets another, thicker where the city ends."""
    inner, outer = [], []
    for (x, y), square in here.items():
        left, top = x * SIDE, y * SIDE
        sides = {
            (x + 1, y): f"M{left + SIDE} {top}v{SIDE}",
            (x, y + 1): f"M{left} {top + SIDE}h{SIDE}",
            (x - 1, y): f"M{left} {top}v{SIDE}",
            (x, y - 1): f"M{left} {top}h{SIDE}",
        }
        for place, drawn in sides.items():
            other = here.get(place)
            if other is None:
                outer.append(drawn)
            elif other.area != square.area and place > (x, y):
                inner.append(drawn)
    return [
        svg.element("path", d="".join(inner), stroke=palette.WHITE, stroke_width=3.5, fill="none"),
        svg.element("path", d="".join(inner), stroke=palette.INK, stroke_width=1.2, fill="none"),
        svg.element("path", d="".join(outer), stroke=palette.INK, stroke_width=1.6, fill="none"),
    ]
