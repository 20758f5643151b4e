"""What every chart is made of: its caption, its lines, its figures in words, and words that stay readable on a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from markupsafe import Markup

from rightplace.common.web import palette, svg, words
from rightplace.common.web.axes import Frame, label_width

Point = tuple[date, float | None]


class Captioned(Protocol):
    """What stands below a chart: nothing but its words."""

    @property
    def words(self) -> str: ...


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


def figure_words(value: float | None) -> str:
    """A figure in a table or beside a bar; nothing is shown as nought that is not known."""
    if value is None:
        return "not known"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def haloed(
    x: float, y: float, said: str, colour: str, *, anchor: str = "start", bold: bool = False
) -> Markup:
    """Words that stay readable where they cross a line."""
    halo = svg.element(
        "text", said, x=x, y=y, text_anchor=anchor, font_size=14, font_weight=600 if bold else None,
        stroke=palette.WHITE, stroke_width=4, stroke_linejoin="round", fill=palette.WHITE, aria_hidden="true",
    )  # fmt: skip
    return halo + svg.text(x, y, said, colour, anchor=anchor, bold=bold)


def line_pieces(frame: Frame, series: Series, colour: str) -> list[Markup]:
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
