"""Counting what happens, and telling it to the log when somebody asked for one."""

from __future__ import annotations

from rightplace.domain.simulation.compiled import compiled, within
from rightplace.domain.simulation.heap import key_of, push
from rightplace.domain.simulation.layout import TOO_MANY_EVENTS, TOO_MANY_LINES, Real, State
from rightplace.domain.simulation.names import NOBODY
from rightplace.domain.simulation.order import KNOTS
from rightplace.domain.simulation.reach import cases, counts, keys, log, seats, slots, teams


@within
def count(st: State, team: int, measure: int, many: int) -> None:
    """Add to what this week has seen in a team."""
    counts(st)[st.week, measure, teams(st)[team].column] += many


@within
def say(st: State, kind: int, slot: int, about: int) -> None:
    """One line about a case, when somebody asked for a log."""
    if st.log_many > 0:
        case = cases(st)[slot]
        _tell(st, kind, case.number, case.worker, case.team, about)
        line = log(st)[st.told - 1]
        line.children, line.area, line.source = case.children, case.area, case.source


@within
def say_of_seat(st: State, kind: int, seat: int, about: int) -> None:
    """One line about somebody in a seat, when somebody asked for a log."""
    if st.log_many > 0:
        _tell(st, kind, NOBODY, seat, seats(st)[seat].team, about)


@compiled
def _tell(st: State, kind: int, number: int, worker: int, team: int, about: int) -> None:
    if st.told >= st.log_many:
        st.fault |= TOO_MANY_LINES
        st.told -= 1
    line = log(st)[st.told]
    line.tick = st.now
    line.kind = kind
    line.case = number
    line.worker = worker
    line.generation = seats(st)[worker].generation if worker >= 0 else 0
    line.team = team
    line.children = 0
    line.area = NOBODY
    line.source = NOBODY
    line.about = about
    st.told += 1


@compiled
def expect(st: State, tick: int, kind: int, whom: int, slot: int) -> None:
    """Something will happen at a tick."""
    size = st.size
    if size >= st.keys_many:
        st.fault |= TOO_MANY_EVENTS
        return
    size = push(keys(st), slots(st), size, key_of(tick, kind, whom), slot)
    st.size = size
    if size > st.highest:
        st.highest = size


@within
def duration(tables: Real, table: int, u: float) -> float:
    """How long, in days (weeks, where the table says so), at this place between the shortest and the longest."""
    x = u * KNOTS
    part = int(x)
    low = tables[table, part]
    return float(low + (tables[table, part + 1] - low) * (x - part))
