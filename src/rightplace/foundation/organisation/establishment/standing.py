"""How a post stands on a day, in hours: every budgeted hour is in exactly one state.

Filled, covered, agency, kept and not covered, frozen, vacant: they always add up to what is budgeted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

FULL_WEEK: Final = Decimal(37)
"""Hours of one whole-time post, for figures in posts; each council's own may be set in the workload table."""


class State(StrEnum):
    """In what state an hour of a post is on a day."""

    FILLED = "filled"
    COVERED = "covered"
    AGENCY = "agency"
    KEPT = "kept"
    FROZEN = "frozen"
    VACANT = "vacant"


STATES: Final = tuple(State)
OF_KIND: Final = {
    "substantive": State.FILLED,
    "fixed_term": State.FILLED,
    "secondment": State.FILLED,
    "acting_up": State.COVERED,
    "maternity_cover": State.COVERED,
    "agency": State.AGENCY,
}
"""The state of hours in which somebody sits, by how they sit."""


@dataclass(frozen=True, slots=True)
class SeatStanding:
    """A seat on a day: who sits in it and how, and for whom it is kept."""

    id: int
    number: int
    hours: Decimal
    occupancy: int | None = None
    worker: int | None = None
    name: str | None = None
    kind: str | None = None
    sits_hours: Decimal | None = None
    until: date | None = None
    kept_for: int | None = None
    kept_for_name: str | None = None
    kept_why: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nobody sits in it and nobody has the right to come back to it."""
        return self.worker is None and self.kept_for is None

    @property
    def state(self) -> State:
        """What the seat is first of all; a frozen post is said by the post."""
        if self.kind is not None:
            return OF_KIND[self.kind]
        return State.KEPT if self.kept_for is not None else State.VACANT


@dataclass(frozen=True, slots=True)
class PostStanding:
    """A post on a day, with its seats."""

    id: int
    reference: str
    title: str
    grade: str
    profession: str
    role: int
    team: int
    team_name: str
    funding: str
    hours: Decimal
    frozen: bool
    seats: list[SeatStanding] = field(default_factory=list)

    @property
    def by_state(self) -> dict[State, Decimal]:
        """The post's hours by state; they add up to the hours of the post."""
        found = dict.fromkeys(STATES, Decimal(0))
        empty = self.hours
        for seat in self.seats:
            if seat.kind is not None:
                found[seat.state] += seat.sits_hours or Decimal(0)
                empty -= seat.sits_hours or Decimal(0)
            elif seat.kept_for is not None:
                found[State.KEPT] += seat.hours
                empty -= seat.hours
        found[State.FROZEN if self.frozen else State.VACANT] += empty
        return found

    @property
    def shared(self) -> bool:
        """Whether it is a job share: more than one seat."""
        return len(self.seats) > 1


@dataclass(frozen=True, slots=True)
class Sum:
    """Posts and hours of a team, a profession or the whole service on a day, by state."""

    posts: int
    budgeted: Decimal
    by_state: dict[State, Decimal]

    def hours(self, state: State | str) -> Decimal:
        return self.by_state[State(state)]

    def whole_time(self, state: State | str | None = None, week: Decimal = FULL_WEEK) -> Decimal:
        """The same in whole-time posts, to a tenth."""
        hours = self.budgeted if state is None else self.by_state[State(state)]
        return (hours / week).quantize(Decimal("0.1"))

    @property
    def vacancy_rate(self) -> float | None:
        """Hours in which nobody employed sits (agency, kept, frozen, vacant), of those budgeted; None without posts."""
        if not self.budgeted:
            return None
        sits = self.by_state[State.FILLED] + self.by_state[State.COVERED]
        return float((self.budgeted - sits) / self.budgeted)


def total(posts: Iterable[PostStanding]) -> Sum:
    """How several posts stand together."""
    count, budgeted = 0, Decimal(0)
    found = dict.fromkeys(STATES, Decimal(0))
    for post in posts:
        count += 1
        budgeted += post.hours
        for state, hours in post.by_state.items():
            found[state] += hours
    return Sum(count, budgeted, found)


def by_team(posts: Iterable[PostStanding]) -> dict[int, list[PostStanding]]:
    """The posts of each team, in the order in which they came."""
    found: dict[int, list[PostStanding]] = {}
    for post in posts:
        found.setdefault(post.team, []).append(post)
    return found
