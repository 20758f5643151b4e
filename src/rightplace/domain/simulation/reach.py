"""The arrays of a running replicate, by name, from the one record that every step is handed.

Handing twenty arrays from step to step costs more than the steps do; one address costs nothing. The record holds the address
and size of each array, and each name below stands, in compiled code, for the array that lies there. The arrays themselves
belong to `memory.py`, which keeps them alive for as long as the record is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import from_dtype, types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np.arrayobj import make_array, populate_array

from rightplace.domain.simulation.layout import (
    CASE,
    CHANGED,
    LOGGED,
    OPEN_CASE,
    POOL,
    SEAT,
    TEAM,
    Bits,
    Real,
    Records,
    Small,
    State,
    Whole,
)
from rightplace.domain.simulation.order import KNOTS, VALUES

_STAGES: Final = 7
_STEPS: Final = 64
_WORD: Final = ir.IntType(64)


def _number(builder: Any, kind: Any, record: Any, name: str) -> Any:
    """A whole number of the record."""
    place = cgutils.get_record_member(builder, record, kind.offset(name), _WORD)  # type: ignore[no-untyped-call]
    return builder.load(place)


def _array(name: str, held: Any, *shape: str | int) -> Any:
    """What compiled code puts in place of a name: the array at that address, of that shape."""
    element = from_dtype(np.dtype(held))

    def reach(typing: Any, st: Any) -> Any:
        of = types.Array(element, len(shape), "C")

        def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            record = arguments[0]
            size = context.get_abi_sizeof(context.get_data_type(element))
            long = [
                _WORD(each) if isinstance(each, int) else _number(builder, st, record, f"{each}_many")
                for each in shape
            ]
            steps = [_WORD(size)]
            for each in reversed(long[1:]):
                steps.insert(0, builder.mul(steps[0], each))
            array = make_array(of)(context, builder)  # type: ignore[no-untyped-call]
            address = builder.inttoptr(_number(builder, st, record, f"{name}_at"), array.data.type)
            populate_array(array, address, long, steps, _WORD(size), None)  # type: ignore[no-untyped-call]
            return array._getvalue()

        return of(st), build

    reach.__name__ = f"reach_{name}"
    return intrinsic(reach)


values: Callable[[State], Real] = _array("values", np.float64, "rows", len(VALUES))
"""Strengths, as they are now: a row for the teams that share them."""
tables: Callable[[State], Real] = _array("tables", np.float64, "tables", KNOTS + 1)
"""Durations by share."""
route: Callable[[State], Small] = _array("route", np.int32, "areas", _STAGES)
"""The team of each area and stage."""
months: Callable[[State], Small] = _array("months", np.int32, 4, "days")
"""For each working day, the last one by which the first and a later review of a plan, and the second and a later one in care,
is to be held."""
cases: Callable[[State], Records] = _array("cases", CASE, "cases")
"""Slots of cases."""
seats: Callable[[State], Records] = _array("seats", SEAT, "seats")
"""Seats of workers, then of managers."""
teams: Callable[[State], Records] = _array("teams", TEAM, "teams")
"""What is known of each team."""
pools: Callable[[State], Records] = _array("pools", POOL, "pools")
"""What is known of each pool of managers."""
opened: Callable[[State], Small] = _array("opened", np.int32, "teams", _STAGES)
"""Children by team and stage."""
members: Callable[[State], Small] = _array("members", np.int32, "members", _STEPS)
"""The seat at each place of a team, then of a pool of managers; nobody, where a place is free."""
bits: Callable[[State], Bits] = _array("bits", np.uint64, "teams", _STEPS)
"""For each team and step of load, who stands there."""
lines: Callable[[State], Small] = _array("lines", np.int32, "lines", 2)
"""First and last of every queue."""
words: Callable[[State], Bits] = _array("words", np.uint64, "words")
"""The luck of the replicate, then which teams have something to give out."""
keys: Callable[[State], Whole] = _array("keys", np.int64, "keys")
"""Events to come."""
slots: Callable[[State], Small] = _array("slots", np.int32, "keys")
"""Whose they are."""
counts: Callable[[State], Small] = _array("counts", np.int32, "weeks", "measures", "columns")
"""Weeks, measures, columns."""
log: Callable[[State], Records] = _array("log", LOGGED, "log")
"""What is told."""
steps: Callable[[State], Small] = _array("steps", np.int32, "columns", _STEPS)
"""Workers by step of load, while a week is written down."""
minutes: Callable[[State], Whole] = _array("minutes", np.int64, "columns", 2)
"""Minutes held and there, while a week is written down."""
rates: Callable[[State], Real] = _array("rates", np.float64, "days", "streams")
"""Families expected by working day, source and area."""
none: Callable[[State], Real] = _array("none", np.float64, "days", "streams")
"""The chance that none comes."""
sizes: Callable[[State], Real] = _array("sizes", np.float64, "sizes")
"""The chance of at most so many children."""
week_ticks: Callable[[State], Small] = _array("week_ticks", np.int32, "weeks")
"""When each week begins."""
census: Callable[[State], Records] = _array("census", OPEN_CASE, "census")
"""Who is open at the start."""
changes: Callable[[State], Records] = _array("changes", CHANGED, "changes")
"""What a scenario changes."""
scopes: Callable[[State], Small] = _array("scopes", np.int32, "scopes", "teams")
"""Which teams a change is about."""
