"""Works a matching out again from the bytes that were kept, so that anybody can see that it was not touched."""

from __future__ import annotations

from rightplace.domain.matching.bestplaced import BEST_PLACED, FEWEST_ENVIED, best_placed, fewest_envied
from rightplace.domain.matching.keeping import result_bytes, selection_from
from rightplace.domain.matching.stable import STABLE, stable


def replay(kept_bytes: bytes, method: str = STABLE) -> bytes:
    """The result's bytes, worked out anew: equal to those kept with the decision, or something was changed."""
    selection = selection_from(kept_bytes)
    if method == STABLE:
        return result_bytes(stable(selection))
    if method == BEST_PLACED:
        return result_bytes(best_placed(selection).placing)
    if method == FEWEST_ENVIED:
        return result_bytes(fewest_envied(selection).placing)
    raise ValueError(f"“{method}” is no method of matching.")
