"""How carefully a question is worked out: how many futures, and how long it is looked at what the answer hangs on."""

from __future__ import annotations

from typing import Final

USUAL: Final = 60
CAREFUL: Final = 200
LOOKED_INTO: Final = USUAL
"""From so many futures on, an answer ends with what it hangs on."""


def trajectories(futures: int) -> int:
    """How often each assumption is moved: a careful answer looks twice as long as a usual one."""
    return 4 if futures >= CAREFUL else 2
