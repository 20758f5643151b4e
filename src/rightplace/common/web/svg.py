"""Write drawings as SVG: elements and text, escaped, without a style attribute since the pages forbid it."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape

Number = int | float

PHONE: Final = 440
"""Narrower drawings put names above their bars and lines."""


def element(name: str, *children: str, **attributes: Number | str | None) -> Markup:
    """One element. `None` leaves an attribute out; an underscore stands for a hyphen."""
    written = "".join(
        f' {key.strip("_").replace("_", "-")}="{escape(_written(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if not children:
        return Markup(f"<{name}{written}/>")  # noqa: S704  names from code, values escaped above
    inside = "".join(escape(child) for child in children)
    return Markup(f"<{name}{written}>{inside}</{name}>")  # noqa: S704  the children were escaped above


def drawing(*children: str, width: Number, height: Number, says: str, css: str) -> Markup:
    """A whole drawing with the words that stand for it."""
    return element(
        "svg",
        *children,
        viewBox=f"0 0 {_written(width)} {_written(height)}",
        width=width,
        height=height,
        class_=css,
        role="img",
        aria_label=says,
    )


def css_of(width: int) -> str:
    """Which of the drawings of a chart this is; the stylesheet shows the one that fits."""
    sizes = ((PHONE, "narrow"), (600, "half"), (1000, "wide"))
    return "rp-chart__" + next((name for most, name in sizes if width < most), "widest")


def line(
    x1: Number, y1: Number, x2: Number, y2: Number, colour: str, *, width: Number = 1, dash: str = ""
) -> Markup:
    return element(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, stroke_dasharray=dash or None
    )


def text(
    x: Number,
    y: Number,
    words: str,
    colour: str,
    *,
    anchor: str = "start",
    bold: bool = False,
    size: int = 14,
) -> Markup:
    """Words in a drawing: 14 px at full width, never smaller."""
    weight = 600 if bold else None
    return element(
        "text", words, x=x, y=y, fill=colour, text_anchor=anchor, font_size=size, font_weight=weight
    )


def path(
    points: Sequence[tuple[Number, Number]], colour: str, *, width: Number = 2, dash: str = ""
) -> Markup:
    """A line through points."""
    return element(
        "path",
        d=_through(points),
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_dasharray=dash or None,
        stroke_linejoin="round",
        stroke_linecap="round",
    )


def area(points: Sequence[tuple[Number, Number]], colour: str) -> Markup:
    """A filled shape round points."""
    return element("path", d=_through(points) + "Z", fill=colour)


def hatching(name: str, colour: str, background: str) -> Markup:
    """The pattern of what is not known; refer to it as `url(#name)`."""
    ground = element("rect", width=8, height=8, fill=background)
    stroke = element("path", d="M-2 2 2-2M0 8 8 0M6 10 10 6", stroke=colour, stroke_width=1.3)
    pattern = element("pattern", ground, stroke, id=name, width=8, height=8, patternUnits="userSpaceOnUse")
    return element("defs", pattern)


def _through(points: Sequence[tuple[Number, Number]]) -> str:
    return "M" + "L".join(f"{_written(x)} {_written(y)}" for x, y in points)


def _written(value: Number | str) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
