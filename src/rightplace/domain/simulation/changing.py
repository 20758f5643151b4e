"""What a scenario changes on a day: a value, the seats of a team or of its managers, who leaves at once, who does what."""

from __future__ import annotations

from rightplace.domain.simulation.compiled import compiled
from rightplace.domain.simulation.handing import cover, hand_over
from rightplace.domain.simulation.layout import HAND_OVER, LEAVE_NOW, SET_COVER, SET_MANAGERS, State
from rightplace.domain.simulation.names import NOBODY, VACANT, WORKER
from rightplace.domain.simulation.reach import changes, scopes, seats, teams, values
from rightplace.domain.simulation.staffing import advertise, fit, leaves


@compiled
def change(st: State, place: int) -> None:
    """One dated change. Who is past their first year, and what they can hold, follows a changed value at once."""
    told = changes(st)[place]
    if told.what == HAND_OVER:
        hand_over(st, place)
        return
    if told.what == SET_COVER:
        cover(st, place)
        return
    if told.what >= 0:
        for team in range(st.teams_many):
            if scopes(st)[told.scope, team]:
                values(st)[teams(st)[team].row, told.what] = told.amount
        for number in range(st.seats_many):
            if seats(st)[number].state != VACANT:
                fit(st, number)
        return
    for _ in range(abs(int(told.amount))):
        if told.what == LEAVE_NOW:
            number = _most_experienced(st, told.scope)
            if number >= 0:
                leaves(st, number)
        elif told.amount > 0:
            number = _closed_seat(st, told.scope, told.what)
            if number >= 0:
                seats(st)[number].open = 1
                advertise(st, number)
        else:
            number = _seat_to_close(st, told.scope, told.what)
            if number >= 0:
                seats(st)[number].open = 0
                if seats(st)[number].state != VACANT:
                    leaves(st, number)


@compiled
def _is_meant(st: State, number: int, scope: int, what: int) -> bool:
    seat = seats(st)[number]
    if (seat.grade == WORKER) != (what != SET_MANAGERS):
        return False
    return bool(scopes(st)[scope, seat.team])


@compiled
def _most_experienced(st: State, scope: int) -> int:
    """Who has been in the profession longest and is in a seat; of equals the first."""
    found, most = NOBODY, -1
    for number in range(st.seats_many):
        seat = seats(st)[number]
        meant = _is_meant(st, number, scope, LEAVE_NOW) and seat.state != VACANT
        if meant and seat.experience > most:
            found, most = number, seat.experience
    return found


@compiled
def _closed_seat(st: State, scope: int, what: int) -> int:
    """The first seat that is kept for a change to open, and was not open yet."""
    for number in range(st.seats_many):
        seat = seats(st)[number]
        if (
            _is_meant(st, number, scope, what)
            and not seat.open
            and seat.state == VACANT
            and seat.coming == -1
        ):
            return number
    return NOBODY


@compiled
def _seat_to_close(st: State, scope: int, what: int) -> int:
    """An empty seat goes first; else the last one, and who sits there goes with it."""
    last = NOBODY
    for number in range(st.seats_many):
        if _is_meant(st, number, scope, what) and seats(st)[number].open:
            if seats(st)[number].state == VACANT:
                return number
            last = number
    return last
