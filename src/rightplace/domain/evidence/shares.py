"""Between which shares the truth may lie, also where few were counted, or all, or none of them (Wilson 1927)."""

from __future__ import annotations

from math import sqrt
from typing import Final

Z_80: Final = 1.2815515655446004
Z_95: Final = 1.959963984540054


def wilson(hits: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """The range of a share of what was counted, 19 times of 20 unless told; the share itself always lies in it.

    Raises ValueError where nothing was counted.
    """
    if of <= 0:
        raise ValueError("there is no share of nothing")
    share, z2 = hits / of, z * z
    middle = share + z2 / (2 * of)
    half = z * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    low, high = (middle - half) / (1 + z2 / of), (middle + half) / (1 + z2 / of)
    # the last digit may fall beyond what was counted
    return max(0.0, min(low, share)), min(1.0, max(high, share))
