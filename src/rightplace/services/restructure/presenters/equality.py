"""The equality impact by stage: groups only, small numbers left out with as many more as keep them secret."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Lines, Row
from rightplace.domain.restructuring import GroupLine, Impact

COLUMNS = (
    Column("Group"), Column("In the pool", number=True), Column("Came through", number=True),
    Column("Did not", number=True), Column("Share, with its 95% range"),
)  # fmt: skip
LEFT_OUT = "left out"


@dataclass(frozen=True, kw_only=True)
class StageImpact:
    """One stage with the impact on each characteristic; without numbers where the pool is too small."""

    title: str
    explains: str
    impacts: Sequence[tuple[str, Impact]]
    none: str = ""

    @property
    def tables(self) -> list[tuple[str, list[Row]]]:
        """Each characteristic of which something can be shown."""
        return [
            (title, [_row(line) for line in found.lines])
            for title, found in self.impacts
            if not _all_hidden(found)
        ]

    @property
    def hidden(self) -> str:
        """The characteristics of which nothing can be shown, in a sentence."""
        names = [title for title, found in self.impacts if _all_hidden(found)]
        return f"{words.listed(names)}: every group is too small to be shown." if names else ""


def _all_hidden(found: Impact) -> bool:
    return all(line.pool is None for line in found.lines)


def _row(line: GroupLine) -> Row:
    name = Lines(line.group, line.prompt) if line.prompt else line.group
    if line.pool is None or line.appointed is None or line.displaced is None:
        return Row((name, LEFT_OUT, LEFT_OUT, LEFT_OUT, LEFT_OUT))
    rate = line.rate
    share = (
        f"{rate.share * 100:.0f} in 100 ({rate.low * 100:.0f} to {rate.high * 100:.0f})" if rate else "nobody"
    )
    return Row((name, line.pool, line.appointed, line.displaced, share))


def small(number: int, least: int = 5) -> int | str:
    """A number for whoever sees figures only; from one to four it is left out."""
    return LEFT_OUT if 0 < number < least else number


def figure_rows(numbers: Mapping[str, int]) -> list[Row]:
    return [Row((says, small(number))) for says, number in numbers.items()]
