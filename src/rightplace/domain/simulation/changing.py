"""What a scenario changes on a day: a value, the seats of a team or of its managers, or people who leave at once."""

from __future__ import annotations

from rightplace.domain.simulation.compiled import compiled
from rightplace.domain.simulation.layout import LEAVE_NOW, SET_MANAGERS, Inputs, State
from rightplace.domain.simulation.names import NOBODY, VACANT, WORKER
from rightplace.domain.simulation.staffing import advertise, fit, leaves


@compiled
def change(inp: Inputs, st: State, place: int) -> None:
    """One dated change. Who is past their first year, and what they can hold, follows a changed value at once."""
    told = inp.changes[place]
    if told.what >= 0:
        st.values[told.what] = told.amount
        for number in range(st.seats.shape[0]):
            if st.seats[number].state != VACANT:
                fit(st, number)
        return
    for _ in range(abs(int(told.amount))):
        if told.what == LEAVE_NOW:
            number = _most_experienced(inp, st, told.scope)
            if number >= 0:
                leaves(inp, st, number)
        elif told.amount > 0:
            number = _closed_seat(inp, st, told.scope, told.what)
            if number >= 0:
                st.seats[number].open = 1
                advertise(inp, st, number)
        else:
            number = _seat_to_close(inp, st, told.scope, told.what)
            if number >= 0:
                st.seats[number].open = 0
                if st.seats[number].state != VACANT:
                    leaves(inp, st, number)


@compiled
def _is_meant(inp: Inputs, st: State, number: int, scope: int, what: int) -> bool:
    seat = st.seats[number]
    if (seat.grade == WORKER) != (what != SET_MANAGERS):
        return False
    return bool(inp.scopes[scope, seat.team])


@compiled
def _most_experienced(inp: Inputs, st: State, scope: int) -> int:
    """Who has been in the profession longest and is in a seat; of equals the first."""
    found, most = NOBODY, -1
    for number in range(st.seats.shape[0]):
        if _is_meant(inp, st, number, scope, LEAVE_NOW) and st.seats[number].state != VACANT:
            if st.seats[number].experience > most:
                found, most = number, st.seats[number].experience
    return found


@compiled
def _closed_seat(inp: Inputs, st: State, scope: int, what: int) -> int:
    """The first seat that is kept for a change to open, and was not open yet."""
    for number in range(st.seats.shape[0]):
        seat = st.seats[number]
        if _is_meant(inp, st, number, scope, what) and not seat.open and seat.state == VACANT and seat.coming == -1:
            return number
    return NOBODY


@compiled
def _seat_to_close(inp: Inputs, st: State, scope: int, what: int) -> int:
    """An empty seat goes first; else the last one, and who sits there goes with it."""
    last = NOBODY
    for number in range(st.seats.shape[0]):
        if _is_meant(inp, st, number, scope, what) and st.seats[number].open:
            if st.seats[number].state == VACANT:
                return number
            last = number
    return last
