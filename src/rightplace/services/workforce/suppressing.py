"""Small numbers left out, so that nobody can be told from a table, nor by taking one figure from its total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

LEAST: Final = 5


def suppressed(table: Sequence[Sequence[int]], least: int = LEAST) -> list[list[int | None]]:
    """The table with every number from one to four left out, and a second one wherever a single gap could be worked out.

    Totals of rows and columns are taken to be known.
    """
    shown: list[list[int | None]] = [[None if 0 < each < least else each for each in row] for row in table]
    changed = True
    while changed:
        changed = False
        lines = [[(r, c) for c in range(len(row))] for r, row in enumerate(table)]
        lines += [[(r, c) for r in range(len(table))] for c in range(len(table[0]) if table else 0)]
        for line in lines:
            changed = _one_more(table, shown, line) or changed
    return shown


def _one_more(
    table: Sequence[Sequence[int]], shown: list[list[int | None]], line: Sequence[tuple[int, int]]
) -> bool:
    """Leave out the smallest figure of a line that has exactly one gap; a nought too, when nothing else is left."""
    gaps = [place for place in line if shown[place[0]][place[1]] is None]
    rest = [place for place in line if shown[place[0]][place[1]] is not None]
    if len(gaps) != 1 or not rest:
        return False
    r, c = min(rest, key=lambda place: (table[place[0]][place[1]] == 0, table[place[0]][place[1]], place))
    shown[r][c] = None
    return True
