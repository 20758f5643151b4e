"""The arrays that the engine works on: what it is given (`Inputs`) and what it keeps while it runs (`State`).

A case is the children of one family, who travel together. A slot is used again as soon as its case is over.
A seat is a place in a post: who sits in it changes. Nothing here grows: what a run needs is known before it starts, but for
the number of open cases and events, and a run for which they were too few is begun again with more.
"""

from __future__ import annotations

from typing import Any, Final

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
        ("clock", np.int32),
        ("term", np.int32),
        ("asked", np.int32),
        ("waits", np.int32),
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
"""A family. `term` is when it was referred, and for one in care when that will end."""
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
        ("about", np.int32),
        ("next", np.int32),
        ("own", np.int32),
        ("families", np.int16),
        ("listed", np.int16),
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
"""A place in a post. `own` is its number by team and place on the first day: its luck hangs on that alone, so that a seat which
another scenario keeps free moves nobody's luck."""
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
    [
        ("tick", np.int32),
        ("what", np.int32),
        ("scope", np.int32),
        ("area", np.int32),
        ("old", np.int32),
        ("new", np.int32),
        ("managers", np.int32),
        ("amount", np.float64),
    ],
    align=True,
)
"""One dated change. Where work goes from one team to another: of which area (-1 is all), from which, to which, with how many
workers and managers. Where another pool decides for an empty one: `old` is decided for, `new` decides."""
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

SET_POSTS, SET_MANAGERS, LEAVE_NOW, HAND_OVER, SET_COVER = -1, -2, -3, -4, -5
"""What a change is when it is not a value: seats opened or closed, the most experienced gone, work that goes to another team,
who decides where nobody is."""


TEAM: Final = np.dtype(
    [
        ("mask", np.uint64),
        ("steady", np.uint64),
        ("shortage", np.float64),
        ("waiting", np.int64),
        ("queue", np.int32),
        ("pool", np.int32),
        ("row", np.int32),
        ("column", np.int32),
        ("first", np.int32),
    ],
    align=True,
)
"""Which steps of load anybody stands at; who is past the first year; how short the team is; minutes that wait; tasks before
managers; its managers; its row of strengths; where it is counted; its first seat of the first day."""
POOL: Final = np.dtype(
    [
        ("idle", np.uint64),
        ("asked", np.float64),
        ("turns", np.int32),
        ("there", np.int32),
        ("minutes", np.int32),
        ("cover", np.int32),
    ],
    align=True,
)
"""Which managers have nothing to do; how much of their week their workers ask for; decisions since the last supervision; how
many are there, and with how many minutes of a week; which pool decides for them while nobody is."""

ARRAYS: Final = (
    "values",
    "tables",
    "route",
    "months",
    "cases",
    "seats",
    "teams",
    "pools",
    "opened",
    "bits",
    "lines",
    "words",
    "keys",
    "slots",
    "counts",
    "log",
    "steps",
    "minutes",
    "rates",
    "none",
    "sizes",
    "week_ticks",
    "census",
    "changes",
    "scopes",
    "members",
)
SIZES: Final = ("rows", "areas", "days", "lines", "measures", "columns", "streams", "weeks")
REGISTERS: Final = (
    "size",
    "free",
    "serial",
    "now",
    "week",
    "told",
    "fault",
    "events",
    "highest",
    "live",
    "high_slot",
)
"""Events waiting, first free slot, next number of a case, tick, week, lines told, what went wrong, events so far, most events
that ever waited, cases alive, slots ever used."""
STATE: Final = np.dtype(
    [(name, np.int64) for name in REGISTERS]
    + [(f"{name}_at", np.int64) for name in ARRAYS]
    + [(f"{name}_many", np.int64) for name in dict.fromkeys((*ARRAYS, *SIZES))],
    align=True,
)
"""What every step is handed: the registers, and where each array lies and how many there are (`reach.py`)."""
State = Any
"""A record of STATE."""

TOO_MANY_CASES, TOO_MANY_EVENTS, TOO_MANY_LINES = 1, 2, 4
