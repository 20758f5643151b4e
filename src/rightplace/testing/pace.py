"""Processor time in tests: what a page costs, set against how fast this core runs just now.

The budgets of the design are measured on a quiet machine. A test only guards against a page that becomes several times
dearer, since other work on the same cores makes every page dearer too.
"""

from __future__ import annotations

import time
from collections.abc import Callable

GUARD = 3
"""A page may cost this many times its budget in a test before the test says so."""


def pace() -> float:
    """How much slower this core runs now than the one that budgets were set on (100,000 squares in 5 ms)."""
    return max(1.0, cheapest(lambda: sum(number * number for number in range(100_000)), 5) / 0.005)


def cheapest(made: Callable[[], object], times: int = 8) -> float:
    """The processor seconds of the cheapest of several, since other work on the machine only ever adds."""
    found = []
    for _ in range(times):
        started = time.process_time()
        made()
        found.append(time.process_time() - started)
    return min(found)


def keeps(budget: float, made: Callable[[], object]) -> bool:
    """Whether it costs no more processor seconds than its budget allows on this machine, at this moment."""
    return cheapest(made) <= budget * GUARD * pace()
