"""Small numbers: a count of one to seven children may tell who they are, so it is not shown.

Nor may it be worked out by taking what is shown from the total. Nought is shown: it is about nobody. The threshold
of eight is what statistics made from health records use ("counts of seven or fewer are redacted", OpenSAFELY).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K")
THRESHOLD = 8


@dataclass(frozen=True)
class Published(Generic[K]):
    """A list of counts as it may be shown, in its order, with its total; `None` is a number that is withheld."""

    counts: Mapping[K, int | None]
    total: int | None

    @property
    def whole(self) -> bool:
        """Nothing was withheld."""
        return self.total is not None and all(count is not None for count in self.counts.values())


def suppress(counts: Mapping[K, int], threshold: int = THRESHOLD) -> Published[K]:
    """Withhold each small count, and as much besides as keeps it from being worked out.

    Whoever knows this rule, the total and all that is shown still finds at least two values for each small count:
    numbers that are withheld together can be exchanged without anything shown becoming different. Hence numbers
    that tie for the next to be withheld are withheld together, not the first of them.
    """
    total = sum(counts.values())
    hidden = {key for key, count in counts.items() if 0 < count < threshold}
    if not hidden:
        return Published(dict(counts), total)
    shown = {count for key, count in counts.items() if key not in hidden and count >= threshold}
    if not _safe([counts[key] for key in hidden], threshold):
        if not shown:
            return Published({key: None if key in hidden else 0 for key in counts}, None)
        least = min(shown)
        hidden |= {key for key, count in counts.items() if count == least}
    return Published({key: None if key in hidden else count for key, count in counts.items()}, total)


def _safe(small: Sequence[int], threshold: int) -> bool:
    """What is withheld is not small together, and its sum does not give each number away."""
    together = sum(small)
    least, most = len(small), len(small) * (threshold - 1)
    return len(small) > 1 and together >= threshold and least < together < most


def suppress_together(
    lists: Sequence[Mapping[K, int]], threshold: int = THRESHOLD
) -> tuple[Published[K], ...]:
    """Lists that count the same children in different ways, shown side by side.

    If one of them must withhold the total, none may give it away: then all are withheld.
    """
    published = tuple(suppress(counts, threshold) for counts in lists)
    if all(each.total is not None for each in published):
        return published
    return tuple(Published(dict.fromkeys(counts), None) for counts in lists)
