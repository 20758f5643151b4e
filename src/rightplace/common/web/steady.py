"""What partners give takes the same time for everybody: nobody can tell from it whether a child is known.

The work is the same either way; what differs (a search that hits, an entry more) is smaller than one step of the
clock that the answer waits for.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager

STEP = 0.25
"""Seconds. Taking a concern or a signal in needs a tenth of it on a small machine."""


@contextmanager
def same_time_for_all(times: int = 1) -> Iterator[None]:
    """Let the answer wait until the next whole step since the beginning, whatever happens inside.

    What is given in bulk waits in steps so many `times` as long, since what differs grows with it.
    """
    step = STEP * times
    began = time.monotonic()
    try:
        yield
    finally:
        taken = time.monotonic() - began
        time.sleep(math.ceil(taken / step) * step - taken)
