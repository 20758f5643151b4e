"""People: who comes, leaves, falls ill and returns, week by week, and who is supervised.

A load above a full one raises leaving and absence. What a worker leaves behind waits again for somebody.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.domain.simulation.allocating import mark, release, show, wait
from rightplace.domain.simulation.beginning import over_load, ticks_of
from rightplace.domain.simulation.compiled import compiled, within
from rightplace.domain.simulation.deciding import every_weeks
from rightplace.domain.simulation.draws import (
    ABSENCE,
    ABSENCE_DAYS,
    EXPERIENCE,
    FILLING,
    FILLING_DAYS,
    LEAVING,
    NEWLY,
    OF_SEAT,
    PART_TIME,
    luck_of,
    uniform,
)
from rightplace.domain.simulation.layout import State
from rightplace.domain.simulation.managing import ask_supervision, comes_to_desk, leaves_desk
from rightplace.domain.simulation.names import (
    ABSENT,
    BACK,
    JOINERS,
    JOINS,
    LEAVERS,
    PRESENT,
    SAID_ABSENT,
    SAID_BACK,
    SAID_JOINED,
    SAID_LEFT,
    SAID_UNSUPERVISED,
    SUPERVISION_DUE,
    SUPERVISION_MISSED,
    VACANT,
    WORKER,
)
from rightplace.domain.simulation.order import table_at, value_at
from rightplace.domain.simulation.reach import cases, seats, tables, teams, words
from rightplace.domain.simulation.telling import count, duration, expect, say_of_seat
from rightplace.domain.simulation.valued import value

_SHARE: Final = value_at("worker.share")
_CEILING: Final = value_at("load.ceiling")
_NEWLY_SHARE: Final = value_at("newly.share")
_NEWLY_FOR: Final = value_at("newly.weeks")
_LOAD_LEAVING: Final = value_at("load.leaving")
_LOAD_ABSENCE: Final = value_at("load.absence")
_LEAVES_NEWLY: Final = value_at("leaving.newly")
_LEAVES_EARLY: Final = value_at("leaving.early")
_LEAVES_EXPERIENCED: Final = value_at("leaving.experienced")
_LEAVES_AGENCY: Final = value_at("leaving.agency")
_LEAVES_MANAGER: Final = value_at("leaving.manager")
_EXPERIENCED: Final = value_at("experienced.weeks")
_SPELLS: Final = value_at("absence.spells")
_SEASON: Final = value_at("absence.season")
_HANDOVER: Final = value_at("handover.days")
_AGENCY: Final = value_at("recruit.agency")
_NEW: Final = value_at("recruit.newly")
_PART: Final = value_at("recruit.part_time")
_PART_SHARE: Final = value_at("part_time.share")
_ABSENCE: Final = table_at("absence")
_FILLING: Final = table_at("filling")
_FILLING_AGENCY: Final = table_at("filling.agency")
_EXPERIENCE: Final = table_at("experience")
FULL_WEEK: Final = 2220
"""Minutes of a whole-time week: 37 hours."""
_ONE: Final = np.uint64(1)


@compiled
def fit(st: State, number: int) -> None:
    """What a worker has for families in a week, and how far a team will go beyond it."""
    seat = seats(st)[number]
    share = value(st, seat.team, _SHARE)
    if seat.newly > 0:
        share = share * value(st, seat.team, _NEWLY_SHARE)
    seat.available = int(seat.minutes * share)
    seat.limit = int(seat.available * value(st, seat.team, _CEILING))
    if seat.grade == WORKER:
        me = _ONE << np.uint64(seat.bit)
        if seat.newly > 0:
            teams(st)[seat.team].steady &= ~me
        else:
            teams(st)[seat.team].steady |= me
    show(st, number)


@compiled
def advertise(st: State, number: int) -> None:
    """A seat is empty: somebody will come, from an agency sooner than from recruiting."""
    seat = seats(st)[number]
    seat.coming = 1 if uniform(seat.luck, FILLING, 0) < value(st, seat.team, _AGENCY) else 0
    table = _FILLING_AGENCY if seat.coming == 1 else _FILLING
    long = duration(tables(st), table, uniform(seat.luck, FILLING_DAYS, 0))
    expect(st, st.now + ticks_of(long), JOINS, number, 0)


@compiled
def hand_back(st: State, number: int) -> None:
    """Every family of a worker waits for another, in the order in which they were taken up."""
    seat = seats(st)[number]
    while seat.head >= 0:
        slot = seat.head
        held_over = cases(st)[slot].queued
        release(st, slot)
        if not held_over:
            wait(st, slot)


@compiled
def leaves(st: State, number: int) -> None:
    """Somebody leaves; the seat is advertised unless it was closed."""
    seat = seats(st)[number]
    hand_back(st, number)
    count(st, seat.team, LEAVERS, 1)
    say_of_seat(st, SAID_LEFT, number, seat.experience)
    was_there = seat.state == PRESENT
    seat.state = VACANT
    show(st, number)
    if seat.grade != WORKER and was_there:
        leaves_desk(st, number)
    seat.generation += 1
    seat.luck = luck_of(words(st)[0], OF_SEAT, seat.own, seat.generation)
    if seat.open:
        advertise(st, number)


@compiled
def joins(st: State, number: int) -> None:
    """The first day of somebody new, who may come newly qualified or from an agency."""
    seat = seats(st)[number]
    if not seat.open or seat.state != VACANT:
        return
    week = st.week
    seat.state = PRESENT
    seat.agency = seat.coming
    fresh = (
        seat.grade == WORKER and not seat.agency and uniform(seat.luck, NEWLY, 0) < value(st, seat.team, _NEW)
    )
    seat.newly = int(value(st, seat.team, _NEWLY_FOR)) if fresh else 0
    seat.experience = 0
    if not fresh:
        seat.experience = int(duration(tables(st), _EXPERIENCE, uniform(seat.luck, EXPERIENCE, 0)))
    part = uniform(seat.luck, PART_TIME, 0) < value(st, seat.team, _PART)
    seat.minutes = int(FULL_WEEK * value(st, seat.team, _PART_SHARE)) if part else FULL_WEEK
    seat.held = week
    seat.due = week + every_weeks(st, number)
    count(st, seat.team, JOINERS, 1)
    say_of_seat(st, SAID_JOINED, number, seat.experience)
    fit(st, number)
    _is_there(st, number)


@compiled
def comes_back(st: State, number: int) -> None:
    """An absence is over."""
    seat = seats(st)[number]
    if seat.state != ABSENT or seat.back != st.now:
        return
    seat.state = PRESENT
    say_of_seat(st, SAID_BACK, number, 0)
    show(st, number)
    _is_there(st, number)


@compiled
def _is_there(st: State, number: int) -> None:
    seat = seats(st)[number]
    if seat.grade == WORKER:
        mark(st, seat.team)
    else:
        comes_to_desk(st, number)


@compiled
def falls_ill(st: State, number: int) -> None:
    """Somebody is away; for long, their families are given to others at once."""
    seat = seats(st)[number]
    long = duration(tables(st), _ABSENCE, uniform(seat.luck, ABSENCE_DAYS, st.week))
    seat.state = ABSENT
    seat.back = st.now + ticks_of(long)
    say_of_seat(st, SAID_ABSENT, number, int(long))
    if seat.grade == WORKER:
        show(st, number)
        if long >= value(st, seat.team, _HANDOVER):
            hand_back(st, number)
    else:
        leaves_desk(st, number)
    expect(st, seat.back, BACK, number, 0)


@within
def leaving_share(st: State, number: int, over: float) -> float:
    """The chance to leave this week."""
    seat = seats(st)[number]
    if seat.grade != WORKER:
        return float(value(st, seat.team, _LEAVES_MANAGER) / 52.0)
    if seat.agency:
        a_year = value(st, seat.team, _LEAVES_AGENCY)
    elif seat.newly > 0:
        a_year = value(st, seat.team, _LEAVES_NEWLY)
    elif seat.experience < value(st, seat.team, _EXPERIENCED):
        a_year = value(st, seat.team, _LEAVES_EARLY)
    else:
        a_year = value(st, seat.team, _LEAVES_EXPERIENCED)
    return float(a_year / 52.0 * (1.0 + value(st, seat.team, _LOAD_LEAVING) * over))


@compiled
def week_of_seat(st: State, number: int) -> None:
    """One week in a seat: a week older, perhaps gone, perhaps ill, perhaps due for supervision."""
    seat = seats(st)[number]
    if seat.state == VACANT:
        return
    week = st.week
    seat.experience += 1
    if seat.newly > 0:
        seat.newly -= 1
        if seat.newly == 0:
            fit(st, number)
    over = over_load(st, number) if seat.grade == WORKER else 0.0
    if uniform(seat.luck, LEAVING, week) < leaving_share(st, number, over):
        leaves(st, number)
        return
    if seat.state != PRESENT:
        return
    ill = (
        value(st, seat.team, _SPELLS)
        * value(st, seat.team, _SEASON)
        / 52.0
        * (1.0 + value(st, seat.team, _LOAD_ABSENCE) * over)
    )
    if uniform(seat.luck, ABSENCE, week) < ill:
        falls_ill(st, number)
        return
    if seat.grade == WORKER and week >= seat.due:
        _supervision_due(st, number)


@compiled
def _supervision_due(st: State, number: int) -> None:
    seat = seats(st)[number]
    seat.due = st.week + every_weeks(st, number)
    count(st, seat.team, SUPERVISION_DUE, 1)
    if seat.pending:
        count(st, seat.team, SUPERVISION_MISSED, 1)
        say_of_seat(st, SAID_UNSUPERVISED, number, 0)
    else:
        ask_supervision(st, number)
