"""What became of what, as a picture: the old side to the left, the new to the right, bands as thick as their posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from rightplace.common.web import palette, svg, words
from rightplace.common.web.charts import Caption
from rightplace.common.web.pieces import Column, Row
from rightplace.foundation.organisation.establishment.tables import Post, Profession
from rightplace.services.restructure.structure import Structure

ENDS, NEW = "ends, each with a reason", "new, each with a reason"
MOST_NODES: Final = 12
TALL, LEAST, GAP, BAR = 420.0, 20.0, 6.0, 8.0
Flows = Counter[tuple[str, str]]


def flows_of(structure: Structure) -> Flows:
    """Posts from each old team to each new one; by profession where a side has more teams than a picture can show."""
    left, right = _key(structure.old), _key(structure.after, 18)
    old, new = {p.pk: left(p) for p in structure.old}, {p.pk: right(p) for p in structure.after}
    found: Flows = Counter()
    seen: set[int] = set()
    for before, after, _ in structure.links:
        if before not in seen:
            found[(old[before], new[after])] += 1
        seen.add(before)
    for post in structure.staying:
        found[(old[post.pk], new[post.pk])] += 1
    for pk in structure.unlinked:
        found[(old[pk], ENDS) if pk in old else (NEW, new[pk])] += 1
    return found


def _key(posts: Sequence[Post], most: int = MOST_NODES) -> Callable[[Post], str]:
    if len({post.team_id for post in posts}) <= most:
        return lambda post: post.team.name
    return lambda post: words.capitalised(Profession(post.profession).label)


@dataclass(frozen=True)
class _Node:
    name: str
    posts: int
    top: float
    tall: float


@dataclass(frozen=True, kw_only=True)
class FlowPicture:
    """The picture with its finding, caption, and the same figures as a table."""

    flows: Flows
    finding: str
    caption: Caption

    @property
    def columns(self) -> list[Column]:
        return [Column("Before"), Column("After"), Column("Posts", number=True)]

    @property
    def rows(self) -> list[Row]:
        return [Row((before, after, count)) for (before, after), count in sorted(self.flows.items())]

    def svg(self, width: int) -> Markup:
        left, right = self._nodes(0), self._nodes(1)
        height = max(each.top + each.tall for each in (*left.values(), *right.values())) + 4
        parts = [*self._bands(left, right, width)]
        for nodes, x, anchor in ((left, 0.0, "start"), (right, width - BAR, "end")):
            for node in nodes.values():
                parts += self._drawn(node, x, anchor, width)
        return svg.drawing(
            *parts,
            width=width,
            height=int(height),
            says=self.finding,
            css=f"rp-chart__svg {svg.css_of(width)}",
        )

    def _nodes(self, side: int) -> dict[str, _Node]:
        """The boxes of one side from top to bottom; what ends or is new stands last."""
        counts: Counter[str] = Counter()
        for pair, count in self.flows.items():
            counts[pair[side]] += count
        scale, top, found = TALL / max(1, sum(self.flows.values())), 2.0, {}
        for name in sorted(counts, key=lambda each: (each in (ENDS, NEW), each)):
            tall = max(LEAST, counts[name] * scale)
            found[name] = _Node(name, counts[name], top, tall)
            top += tall + GAP
        return found

    def _bands(self, left: dict[str, _Node], right: dict[str, _Node], width: int) -> list[Markup]:
        used: Counter[tuple[int, str]] = Counter()
        bands = []
        for (before, after), count in sorted(
            self.flows.items(), key=lambda each: (left[each[0][0]].top, right[each[0][1]].top)
        ):
            a, b = left[before], right[after]
            y1, t1 = a.top + a.tall * used[(0, before)] / a.posts, a.tall * count / a.posts
            y2, t2 = b.top + b.tall * used[(1, after)] / b.posts, b.tall * count / b.posts
            used[(0, before)] += count
            used[(1, after)] += count
            colour = (
                palette.SAND_LINE if ENDS in (before, after) or NEW in (before, after) else palette.STEPS[0]
            )
            bands.append(_band(BAR, width - BAR, y1, t1, y2, t2, colour))
        return bands

    def _drawn(self, node: _Node, x: float, anchor: str, width: int) -> list[Markup]:
        outside = node.name in (ENDS, NEW)
        bar = svg.element(
            "rect",
            x=x,
            y=node.top,
            width=BAR,
            height=node.tall,
            fill=palette.QUIET if outside else palette.PETROL,
        )
        room = int((width / 2 - 40) / 8)
        name = node.name if len(node.name) <= room else node.name[: room - 1].rstrip() + "…"
        at = x + BAR + 6 if anchor == "start" else x - 6
        words_ = f"{node.posts} {name}" if anchor == "start" else f"{name} {node.posts}"
        return [bar, svg.text(at, node.top + node.tall / 2 + 5, words_, palette.INK, anchor=anchor)]


def _band(x1: float, x2: float, y1: float, t1: float, y2: float, t2: float, colour: str) -> Markup:
    middle = (x1 + x2) / 2
    points = (
        f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        f"L{x2:.1f} {y2 + t2:.1f}C{middle:.1f} {y2 + t2:.1f} {middle:.1f} {y1 + t1:.1f} {x1:.1f} {y1 + t1:.1f}Z"
    )
    return svg.element("path", d=points, fill=colour, stroke=palette.WHITE, stroke_width=0.5)
