"""The arrays of one thread, used for one replicate after another, and the record by which the engine reaches them."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from rightplace.domain.simulation.layout import (
    ARRAYS,
    CASE,
    LOGGED,
    STATE,
    TOO_MANY_CASES,
    TOO_MANY_EVENTS,
    Records,
    Small,
)
from rightplace.domain.simulation.names import MEASURES, NOBODY
from rightplace.domain.simulation.packing import STEPS_OF_LOAD, Inputs

_GROWS: Final = 1.25


class TooManyLines(ValueError):
    """The log that was asked for is longer than the room that it was given."""


class Memory:
    """Room for so many open cases and lines of log. `record` is what the engine is handed."""

    def __init__(self, inputs: Inputs, cases: int, lines: int = 0) -> None:
        self.inputs = inputs
        self.lines = lines
        self.arrays: dict[str, Any] = dict(inputs.fixed)
        self._mine(cases)
        self.record: Records = np.zeros(1, STATE)
        self._point()

    def _mine(self, cases: int) -> None:
        inputs = self.inputs
        first = inputs.first
        teams, pools, columns = len(first["teams"]), len(first["pools"]), inputs.columns
        events = cases + 2 * len(first["seats"]) + len(inputs.fixed["changes"]) + 64
        self.arrays |= {name: array.copy() for name, array in first.items()}
        self.arrays |= {
            "cases": np.zeros(cases, CASE),
            "keys": np.zeros(events, np.int64),
            "slots": np.zeros(events, np.int32),
            "bits": np.zeros((teams, STEPS_OF_LOAD), np.uint64),
            "opened": np.zeros((teams, 7), np.int32),
            "lines": np.zeros((2 * teams + 3 * pools, 2), np.int32),
            "words": np.zeros(2 + teams // 64, np.uint64),
            "counts": np.zeros((len(inputs.fixed["week_ticks"]), len(MEASURES), columns), np.int32),
            "log": np.zeros(self.lines, LOGGED),
            "steps": np.zeros((columns, STEPS_OF_LOAD), np.int32),
            "minutes": np.zeros((columns, 2), np.int64),
        }

    def _point(self) -> None:
        state, arrays = self.record[0], self.arrays
        for name in ARRAYS:
            state[f"{name}_at"] = arrays[name].ctypes.data
            state[f"{name}_many"] = len(arrays[name])
        state["areas_many"] = len(arrays["route"])
        state["rows_many"] = len(arrays["values"])
        state["days_many"], state["streams_many"] = arrays["rates"].shape
        state["weeks_many"], state["measures_many"], state["columns_many"] = arrays["counts"].shape

    def empty(self) -> None:
        """Ready for another replicate."""
        for name, array in self.inputs.first.items():
            self.arrays[name][:] = array
        for name in ("bits", "opened", "words", "counts"):
            self.arrays[name].fill(0)
        self.arrays["lines"].fill(NOBODY)
        state = self.record[0]
        for name in (
            "size",
            "serial",
            "now",
            "week",
            "told",
            "fault",
            "events",
            "highest",
            "live",
            "high_slot",
        ):
            state[name] = 0
        state["free"] = NOBODY

    def grow(self) -> None:
        """More room, after a replicate that had too little; a log that is too long is refused."""
        fault = int(self.record[0]["fault"])
        if not fault & (TOO_MANY_CASES | TOO_MANY_EVENTS):
            raise TooManyLines(f"more than {self.lines} lines; ask for a log of a shorter time")
        self._mine(int(len(self.arrays["cases"]) * _GROWS) + 64)
        self._point()

    @property
    def counts(self) -> Small:
        return self.arrays["counts"]  # type: ignore[no-any-return]

    @property
    def log(self) -> Records:
        return self.arrays["log"][: int(self.record[0]["told"])]  # type: ignore[no-any-return]

    @property
    def bytes(self) -> int:
        """What one replicate needs beside what all share."""
        mine = set(self.inputs.first) | {"cases", "keys", "slots", "bits", "opened", "lines", "counts", "log"}
        return sum(int(self.arrays[name].nbytes) for name in mine)
