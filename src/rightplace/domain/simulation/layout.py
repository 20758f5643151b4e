"""The arrays that the engine works on: what it is given (`Inputs`) and what it keeps while it runs (`State`).

A case is the children of one family, who travel together. A slot is used again as soon as its case is over.
A seat is a place in a post: who sits in it changes. Nothing here grows: what a run needs is known before it starts, but for
the number of open cases and events, and a run for which they were too few is begun again with more.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

Records = npt.NDArray[Any]
Whole = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Real = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint64]

CASE: Final = np.dtype(
    [
        ("luck", np.uint64),
        ("since", np.int32),
        ("clock", np.int32),
        ("referred", np.int32),
        ("asked", np.int32),
        ("waits", np.int32),
        ("ends", np.int32),
        ("delay", np.int32),
        ("qnext", np.int32),
        ("qprev", np.int32),
        ("wnext", np.int32),
        ("wprev", np.int32),
        ("mnext", np.int32),
        ("number", np.int32),
        ("worker", np.int16),
        ("due", np.int16),
        ("weight", np.int16),
        ("visited", np.int16),
        ("drift", np.int16),
        ("team", np.int16),
        ("turn", np.int16),
        ("area", np.int8),
        ("source", np.int8),
        ("stage", np.int8),
        ("children", np.int8),
        ("urgent", np.int8),
        ("begun", np.int8),
        ("stalled", np.int8),
        ("queued", np.int8),
        ("task", np.int8),
        ("reviews", np.int8),
        ("postponed", np.int8),
        ("attempts", np.int8),
    ],
    align=True,
)
SEAT: Final = np.dtype(
    [
        ("luck", np.uint64),
        ("load", np.int32),
        ("available", np.int32),
        ("limit", np.int32),
        ("minutes", np.int32),
        ("back", np.int32),
        ("head", np.int32),
        ("tail", np.int32),
        ("experience", np.int32),
        ("newly", np.int32),
        ("generation", np.int32),
        ("due", np.int32),
        ("held", np.int32),
        ("asked", np.int32),
        ("about", np.int32),
        ("next", np.int32),
        ("team", np.int16),
        ("pool", np.int16),
        ("bit", np.int8),
        ("grade", np.int8),
        ("state", np.int8),
        ("open", np.int8),
        ("agency", np.int8),
        ("coming", np.int8),
        ("pending", np.int8),
        ("task", np.int8),
        ("bucket", np.int8),
    ],
    align=True,
)
OPEN_CASE: Final = np.dtype(
    [
        ("stage", np.int8),
        ("area", np.int8),
        ("source", np.int8),
        ("children", np.int8),
        ("worker", np.int16),
        ("reviews", np.int8),
        ("age", np.int32),
        ("passed", np.float64),
        ("due", np.int32),
    ],
    align=True,
)
CHANGED: Final = np.dtype(
    [("tick", np.int32), ("what", np.int32), ("scope", np.int32), ("amount", np.float64)], align=True
)
LOGGED: Final = np.dtype(
    [
        ("tick", np.int32),
        ("kind", np.int16),
        ("children", np.int16),
        ("case", np.int32),
        ("worker", np.int16),
        ("generation", np.int16),
        ("team", np.int16),
        ("area", np.int8),
        ("source", np.int8),
        ("about", np.int32),
    ],
    align=True,
)
"""One thing that happened. `about` says more where the kind has more to say: the stage that a decision leads to."""

SET_POSTS, SET_MANAGERS, LEAVE_NOW = -1, -2, -3
"""What a change is when it is not a value: seats opened or closed, the most experienced gone."""


class Inputs(NamedTuple):
    """What one run is given; the same for every replicate."""

    values: Real
    tables: Real
    route: Small
    """The team of each area and stage."""
    pool: Small
    """Which managers decide for each team."""
    first_seat: Small
    """Seats are numbered by team, workers before all managers; a team's are from here up to the next team's."""
    first_manager: Small
    rates: Real
    """Expected contacts of a working day, by source and area, without those who return."""
    none: Real
    """The chance that none comes."""
    sizes: Real
    """Chance of at most one, two, three, four children."""
    week_of: Small
    week_ticks: Small
    months_3: Small
    months_6: Small
    census: Records
    changes: Records
    scopes: Small
    """Which teams a change is about."""
    column: Small
    """The column of the results in which a team is counted."""


class State(NamedTuple):
    """What one replicate keeps while it runs."""

    base: Bits
    values: Real
    cases: Records
    seats: Records
    keys: Whole
    slots: Small
    mask: Bits
    """For each team, which sixty-fourths of a full load anybody there has."""
    bits: Bits
    """For each team and sixty-fourth, who."""
    steady: Bits
    """For each team, who is past the first year."""
    heads: Small
    """Of each team's two queues: the first who waits, urgent before ordinary."""
    tails: Small
    waiting_minutes: Whole
    opened: Small
    """Children by team and stage."""
    desk_heads: Small
    """Of each pool's three queues: urgent, ordinary, supervision."""
    desk_tails: Small
    turns: Small
    idle: Bits
    shortage: Real
    queue_size: Small
    """Tasks before managers, by team."""
    dirty: Bits
    counts: Small
    """Weeks, measures, columns."""
    log: Records
    registers: Whole


(SIZE, FREE, SERIAL, NOW, THIS_WEEK, LOGGED_SO_FAR, FAULT, EVENTS, HIGHEST, LIVE, HIGH_SLOT) = range(11)
"""The registers: events waiting, first free slot, next number of a case, tick, week, lines logged, what went wrong."""
TOO_MANY_CASES, TOO_MANY_EVENTS, TOO_MANY_LINES = 1, 2, 4
