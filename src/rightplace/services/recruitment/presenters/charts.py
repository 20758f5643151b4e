"""The pictures of recruitment: the pipeline with what is lost at each step, who stays, experience team by team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from rightplace.common.web import palette, svg
from rightplace.common.web.axes import label_width
from rightplace.common.web.charts import Caption
from rightplace.common.web.pieces import Column, Row
from rightplace.domain.evidence.survival import Curve

GREY: Final = palette.GREYS[2]
YEAR: Final = 365.0
DRAWN: Final = 12


@dataclass(frozen=True)
class Stage:
    """So many came as far as a step, and so many were lost at it."""

    name: str
    came: int
    lost: int
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class PipelineChart:
    """Those who came to each step in colour, those lost before it in grey beside them; bars begin at nought."""

    finding: str
    stages: Sequence[Stage]
    caption: Caption
    columns: Sequence[Column] = (
        Column("Step"), Column("Came to it", number=True), Column("Lost before it", number=True), Column("Mostly because")
    )  # fmt: skip

    @property
    def rows(self) -> list[Row]:
        return [Row((each.name, each.came, each.lost, each.why or "–")) for each in self.stages]

    def svg(self, width: int) -> Markup:
        narrow = width < svg.PHONE
        left = 0.0 if narrow else min(12 + max(label_width(each.name) for each in self.stages), width * 0.4)
        step, most = 48 if narrow else 34, max([each.came + each.lost for each in self.stages] + [1])
        scale = (width - left - 150) / most
        parts: list[Markup] = []
        for place, each in enumerate(self.stages):
            y = 4 + place * step
            top = y + 22 if narrow else y + 6
            name = svg.text(0, y + 17, each.name, palette.INK) if narrow else svg.text(
                left - 10, y + 22, each.name, palette.INK, anchor="end"
            )  # fmt: skip
            came, lost = each.came * scale, each.lost * scale
            parts += [
                name,
                svg.element("rect", x=left, y=top, width=came, height=22, fill=palette.PETROL),
                svg.element("rect", x=left + came, y=top, width=lost, height=22, fill=GREY),
                svg.text(left + came + lost + 8, top + 16, _said(each), palette.INK),
            ]
        height = 8 + step * len(self.stages)
        parts.append(svg.line(left, 4, left, height - 4, palette.QUIET, width=1.5))
        says = f"Bar chart. {self.finding} The same figures follow as a table."
        return svg.drawing(*parts, width=width, height=height, says=says, css=svg.css_of(width))


def _said(stage: Stage) -> str:
    return f"{stage.came}" + (f", {stage.lost} lost before" if stage.lost else "")


@dataclass(frozen=True, kw_only=True)
class CurveChart:
    """Who is still there after so many days, cohort by cohort; the newest in colour with its range, the others grey."""

    finding: str
    curves: Sequence[tuple[str, Curve]]
    caption: Caption
    columns: Sequence[Column] = (
        Column("Began in"), Column("People", number=True), Column("After 6 months"), Column("After 1 year"),
        Column("After 2 years"),
    )  # fmt: skip

    @property
    def rows(self) -> list[Row]:
        return [
            Row((name, curve.stays, *(_kept(curve, days) for days in (182.0, YEAR, 2 * YEAR))))
            for name, curve in self.curves
        ]

    def svg(self, width: int) -> Markup:
        left, right, top, bottom = 46.0, 84.0, 12.0, 190.0
        longest = max([curve.longest for _, curve in self.curves] + [YEAR])
        across, high = width - left - right, bottom - top

        def at(day: float, kept: float) -> tuple[float, float]:
            return left + day / longest * across, bottom - kept * high

        parts = [
            piece for share in (0, 50, 100) for piece in (
                svg.line(left, at(0, share / 100)[1], width - right, at(0, share / 100)[1], palette.SAND_LINE),
                svg.text(left - 8, at(0, share / 100)[1] + 5, f"{share}%", palette.QUIET, anchor="end"),
            )
        ]  # fmt: skip
        for years in range(int(longest // YEAR) + 1):
            words = f"{years} year{'s' if years != 1 else ''}" if years else "first day"
            parts.append(svg.text(at(years * YEAR, 0)[0], bottom + 22, words, palette.QUIET,
                                  anchor="middle" if years else "start"))  # fmt: skip
        ends = _apart([at(c.longest, c.steps[-1].kept if c.steps else 1)[1] for _, c in self.curves], top + 8)
        for place, (name, curve) in enumerate(self.curves):
            subject = place == len(self.curves) - 1
            colour = palette.PETROL if subject else palette.GREYS[min(place, len(palette.GREYS) - 1)]
            if subject:
                parts += [
                    svg.path(_steps(curve, which, at), palette.PETROL, width=1, dash="4 3")
                    for which in ("low", "high")
                ]
            parts.append(svg.path(_steps(curve, "kept", at), colour, width=2.5 if subject else 2))
            x = at(curve.longest, 0)[0]
            ink = palette.PETROL if subject else palette.QUIET
            parts.append(svg.text(min(x + 6, width - right + 6), ends[place], name, ink, bold=subject))
        says = f"Line chart. {self.finding} The same figures follow as a table."
        return svg.drawing(*parts, width=width, height=bottom + 32, says=says, css=svg.css_of(width))


def _kept(curve: Curve, days: float) -> str:
    found = curve.at(days)
    return "not yet seen" if found is None else f"{found.kept:.0%} ({found.low:.0%} to {found.high:.0%})"


def _steps(curve: Curve, which: str, at: object) -> list[tuple[float, float]]:
    """A line that falls in steps at each leaving."""
    assert callable(at)
    points, level = [at(0, 1.0)], 1.0
    for step in curve.steps:
        points.append(at(step.time, level))
        level = float(getattr(step, which))
        points.append(at(step.time, level))
    points.append(at(curve.longest, level))
    return points


def _apart(wanted: Sequence[float], least: float) -> list[float]:
    """Where names stand at the ends of lines, none over another."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    found, last = [0.0] * len(wanted), least - 16
    for place in order:
        last = max(wanted[place] + 4, last + 16)
        found[place] = last
    return found


@dataclass(frozen=True, kw_only=True)
class MixChart:
    """Experience team by team: a bar of people in bands, the newest to the profession in colour at the left."""

    finding: str
    bands: Sequence[str]
    teams: Sequence[tuple[str, Sequence[int]]]
    caption: Caption

    @property
    def drawn(self) -> Sequence[tuple[str, Sequence[int]]]:
        """The teams with most people new to the profession come first; a picture of fifty teams tells nobody anything."""
        return self.teams[:DRAWN]

    @property
    def columns(self) -> list[Column]:
        return [Column("Team"), *(Column(band[:1].upper() + band[1:], number=True) for band in self.bands),
                Column("Newly qualified")]  # fmt: skip

    @property
    def rows(self) -> list[Row]:
        return [Row((name, *counts, _share(counts))) for name, counts in self.teams]

    def svg(self, width: int) -> Markup:
        narrow = width < svg.PHONE
        left = 0.0 if narrow else min(12 + max(label_width(name) for name, _ in self.drawn), width * 0.4)
        step, most = 48 if narrow else 34, max([sum(counts) for _, counts in self.drawn] + [1])
        scale = (width - left - 70) / most
        shades = tuple(reversed(palette.STEPS))
        parts: list[Markup] = []
        for place, (name, counts) in enumerate(self.drawn):
            y = 4 + place * step
            top, x = y + 22 if narrow else y + 6, left
            parts.append(svg.text(0, y + 17, name, palette.INK) if narrow else svg.text(
                left - 10, y + 22, name, palette.INK, anchor="end"))  # fmt: skip
            for band, count in enumerate(counts):
                if count:
                    known = self.bands[band] != "not known"
                    fill = shades[min(band, len(shades) - 1)] if known else palette.WHITE
                    parts.append(svg.element("rect", x=x, y=top, width=count * scale, height=22, fill=fill,
                                             stroke=palette.INK if not known else palette.WHITE,
                                             stroke_dasharray=None if known else "4 3"))  # fmt: skip
                x += count * scale
            parts.append(svg.text(x + 8, top + 16, str(sum(counts)), palette.INK))
        height = 8 + step * len(self.drawn)
        says = f"Bar chart. {self.finding} The same figures follow as a table."
        return svg.drawing(*parts, width=width, height=height, says=says, css=svg.css_of(width))


def _share(counts: Sequence[int]) -> str:
    known = sum(counts)
    return f"{counts[0] / known:.0%}" if known else "not known"
