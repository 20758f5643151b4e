"""A child's way through the system: each track as a ribbon over time, so that where the child was is seen at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from rightplace.common.web import palette, svg, words
from rightplace.common.web.axes import label_width
from rightplace.common.web.pieces import Column, Row

LANE = 34
FILLS = {
    "lead": (palette.PETROL, palette.WHITE),
    "other": (palette.STEPS[1], palette.INK),
    "unknown": (palette.WHITE, palette.QUIET),
}


@dataclass(frozen=True)
class Span:
    """A stay: from a day, to a day or still open. Kinds: lead (the part that leads), other, unknown."""

    begin: date
    end: date | None
    says: str
    kind: str = "other"


@dataclass(frozen=True)
class Track:
    """One track of the journey: legal status, open processes, team."""

    name: str
    spans: Sequence[Span]


@dataclass(frozen=True)
class Mark:
    """Something that happened on one day, such as a contact or a visit."""

    day: date
    says: str


@dataclass(frozen=True, kw_only=True)
class Ribbon:
    """The tracks between two days; the last day is the day that is looked at."""

    says: str
    tracks: Sequence[Track]
    first: date
    last: date
    marks: Sequence[Mark] = ()
    marks_are: str = "Contacts"

    columns = (Column("Track"), Column("What"), Column("From"), Column("To"))

    @property
    def finding(self) -> str:
        return self.says

    @property
    def rows(self) -> list[Row]:
        """The same stays in words."""
        lines = [
            Row([
                track.name, span.says, words.plain_day(span.begin),
                "still open" if span.end is None else words.plain_day(span.end),
            ])
            for track in self.tracks
            for span in track.spans
        ]  # fmt: skip
        for mark in self.marks:
            lines.append(
                Row([self.marks_are, mark.says, words.plain_day(mark.day), words.plain_day(mark.day)])
            )
        return lines

    def svg(self, width: int) -> Markup:
        narrow = width < svg.PHONE
        left = 0.0 if narrow else 12 + max(label_width(name) for name in self._names())
        lane = LANE + 22 if narrow else LANE
        height = 30 + lane * len(self._names()) + 8
        parts = self._years(left, width, height)
        for place, track in enumerate(self.tracks):
            parts += self._track(track, left, 30 + place * lane, width, narrow)
        if self.marks:
            parts += self._marks(left, 30 + len(self.tracks) * lane, width, narrow)
        parts.append(svg.line(width - 1, 18, width - 1, height, palette.INK, width=2))
        says = f"Ribbon of time. {self.says} The same stays follow as a table."
        return svg.drawing(*parts, width=width, height=height, says=says, css=svg.css_of(width))

    def _names(self) -> list[str]:
        return [track.name for track in self.tracks] + ([self.marks_are] if self.marks else [])

    def _x(self, day: date, left: float, width: int) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return left + (width - 1 - left) * min(max(share, 0.0), 1.0)

    def _years(self, left: float, width: int, height: int) -> list[Markup]:
        """Quiet lines at quarters or years, and the day that is looked at."""
        months = (self.last - self.first).days / 30
        every = 3 if months <= 30 else 12
        shown = words.plain_day(self.last)
        parts = [svg.text(width - 1, 12, shown, palette.INK, anchor="end", bold=True)]
        room = width - label_width(shown) - 24
        free = left
        for number in range(self.first.year * 12, self.last.year * 12 + 12, every):
            day = date(number // 12, number % 12 + 1, 1)
            if not self.first <= day <= self.last:
                continue
            x = self._x(day, left, width)
            parts.append(svg.line(x, 20, x, height, palette.SAND_LINE))
            said = f"{day:%b %Y}" if every == 3 else str(day.year)
            if x >= free and x + label_width(said) <= room:
                parts.append(svg.text(x, 12, said, palette.QUIET))
                free = x + label_width(said) + 16
        return parts

    def _name(self, name: str, left: float, y: float, narrow: bool) -> tuple[Markup, float]:
        if narrow:
            return svg.text(0, y + 14, name, palette.QUIET), y + 20
        return svg.text(left - 12, y + 20, name, palette.QUIET, anchor="end"), y + 3

    def _track(self, track: Track, left: float, y: float, width: int, narrow: bool) -> list[Markup]:
        name, top = self._name(track.name, left, y, narrow)
        parts = [name]
        for span in track.spans:
            begin = self._x(span.begin, left, width)
            end = self._x(span.end or self.last, left, width)
            fill, ink = FILLS[span.kind]
            dashed = {"stroke": palette.QUIET, "stroke_dasharray": "4 3"} if span.kind == "unknown" else {}
            said = svg.element("title", f"{span.says}, from {words.plain_day(span.begin)}")
            shape = svg.element(
                "rect",
                said,
                x=begin,
                y=top,
                width=max(end - begin - 2, 2.0),
                height=26,
                rx=3,
                fill=fill,
                **dashed,
            )
            parts.append(shape)
            if label_width(span.says) + 14 <= end - begin:
                parts.append(svg.text(begin + 8, top + 18, span.says, ink))
        return parts

    def _marks(self, left: float, y: float, width: int, narrow: bool) -> list[Markup]:
        name, top = self._name(self.marks_are, left, y, narrow)
        return [name] + [
            svg.element(
                "circle", svg.element("title", f"{mark.says}, {words.plain_day(mark.day)}"),
                cx=max(self._x(mark.day, left, width) - 1, left + 5), cy=top + 13, r=5, fill=palette.PETROL,
                stroke=palette.WHITE, stroke_width=1.5,
            )
            for mark in self.marks
        ]  # fmt: skip
