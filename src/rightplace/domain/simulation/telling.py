"""Counting what happens, and telling it to the log when somebody asked for one."""

from __future__ import annotations

from rightplace.domain.simulation.compiled import compiled
from rightplace.domain.simulation.layout import (
    FAULT,
    HIGHEST,
    LOGGED_SO_FAR,
    NOW,
    SIZE,
    THIS_WEEK,
    TOO_MANY_EVENTS,
    TOO_MANY_LINES,
    Inputs,
    Real,
    State,
)
from rightplace.domain.simulation.heap import key_of, push
from rightplace.domain.simulation.order import KNOTS


@compiled
def count(inp: Inputs, st: State, team: int, measure: int, many: int) -> None:
    """Add to what this week has seen in a team."""
    st.counts[st.registers[THIS_WEEK], measure, inp.column[team]] += many


@compiled
def say(st: State, kind: int, slot: int, about: int) -> None:
    """One line about a case."""
    at = st.registers[LOGGED_SO_FAR]
    if at >= st.log.shape[0]:
        if st.log.shape[0] > 0:
            st.registers[FAULT] |= TOO_MANY_LINES
        return
    case = st.cases[slot]
    line = st.log[at]
    line.tick = st.registers[NOW]
    line.kind = kind
    line.children = case.children
    line.case = case.number
    line.worker = case.worker
    line.generation = st.seats[case.worker].generation if case.worker >= 0 else 0
    line.team = case.team
    line.area = case.area
    line.source = case.source
    line.about = about
    st.registers[LOGGED_SO_FAR] = at + 1


@compiled
def say_of_seat(st: State, kind: int, seat: int, about: int) -> None:
    """One line about somebody in a seat."""
    at = st.registers[LOGGED_SO_FAR]
    if at >= st.log.shape[0]:
        if st.log.shape[0] > 0:
            st.registers[FAULT] |= TOO_MANY_LINES
        return
    line = st.log[at]
    line.tick = st.registers[NOW]
    line.kind = kind
    line.children = 0
    line.case = -1
    line.worker = seat
    line.generation = st.seats[seat].generation
    line.team = st.seats[seat].team
    line.area = -1
    line.source = -1
    line.about = about
    st.registers[LOGGED_SO_FAR] = at + 1


@compiled
def expect(st: State, tick: int, kind: int, whom: int, slot: int) -> None:
    """Something will happen at a tick."""
    size = st.registers[SIZE]
    if size >= st.keys.shape[0]:
        st.registers[FAULT] |= TOO_MANY_EVENTS
        return
    size = push(st.keys, st.slots, size, key_of(tick, kind, whom), slot)
    st.registers[SIZE] = size
    if size > st.registers[HIGHEST]:
        st.registers[HIGHEST] = size


@compiled
def duration(tables: Real, table: int, u: float) -> float:
    """How long, in days (weeks, where the table says so), at this place between the shortest and the longest."""
    x = u * KNOTS
    part = int(x)
    low = tables[table, part]
    return float(low + (tables[table, part + 1] - low) * (x - part))
