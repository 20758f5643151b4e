"""Processor time in tests: what a page costs, set against how fast this core runs just now.

The budgets of the design are measured on a quiet machine. Other work on the same cores only ever adds, so the cheapest
of many is what a page costs; and it makes work like a page's dearer too, which is measured in between.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable

GUARD = 2.0
"""A page may cost this many times its budget in a test: what remains of noise when the pace is taken out."""
STRICT = 1.5
"""The same where the budgets themselves are guarded, of all lists in one place."""
TRIES = 40
QUIET = 0.013
"""The seconds that `_like_a_page` takes on the machine that budgets were set on, with nothing beside it."""
ROWS = [{"number": n, "name": f"Team {n}", "since": [2014, n % 12, n % 28]} for n in range(4000)]
TAG = re.compile(r"[<>&\"']")


def _like_a_page() -> int:
    """Work of the kind that a page is made of: names looked up, words joined and escaped, rows put in order."""
    written = []
    for row in sorted(json.loads(json.dumps(ROWS)), key=lambda row: (row["since"], row["name"])):
        cells = (f"<td>{TAG.sub('-', str(cell))}</td>" for cell in row.values())
        written.append(f"<tr>{''.join(cells)}</tr>")
    return len("".join(written))


def pace() -> float:
    """How much slower this core runs now than the one that budgets were set on; never faster."""
    return max(1.0, cheapest(_like_a_page, 12) / QUIET)


def cheapest(made: Callable[[], object], times: int = 8) -> float:
    """The processor seconds of the cheapest of several, since other work on the machine only ever adds."""
    return min(_taken(made) for _ in range(times))


def _taken(made: Callable[[], object]) -> float:
    started = time.process_time()
    made()
    return time.process_time() - started


def keeps(budget: float, made: Callable[[], object], guard: float = GUARD) -> bool:
    """Whether it costs no more processor seconds than its budget allows on this machine, at this moment.

    It is tried until it does, so that what is cheap is found cheap at once; only what never does is too dear.
    """
    cost, like = _taken(made), _taken(_like_a_page)
    for _ in range(TRIES):
        cost, like = min(cost, _taken(made)), min(like, _taken(_like_a_page))
        if cost <= budget * guard * max(1.0, like / QUIET):
            return True
    return False
