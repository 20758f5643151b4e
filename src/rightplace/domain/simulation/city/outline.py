"""From the log of a simulated city to outlines: one a family, with everything that happened to it, in the journal's kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from rightplace.domain.simulation.census import Census
from rightplace.domain.simulation.changes import Change
from rightplace.domain.simulation.city.moments import Moments
from rightplace.domain.simulation.city.seats import Person, Seats
from rightplace.domain.simulation.layout import Records
from rightplace.domain.simulation.packing import Inputs, inputs_of
from rightplace.domain.simulation.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to the children of a family.

    `tick` is the model's minute, `at` the instant (microseconds UTC; a second apart within a minute, in their order).
    `kind` is the journal's kind. `person` is who did it, none when nobody of the model did; `whom` the worker whom it is
    about. `team` answered, or for an offer is offered to. `about` says more, as the kind needs:

    contact.received 1 when again · contact.screened 1 when urgent · contact.decided, referral.accepted, team.accepted,
    case.closed the stage · assessment.began 1 beside an enquiry · assessment.authorised 1 when in need ·
    enquiry.ended 1 when a conference follows · conference.held 0 the first, 1 the first review, and so on
    """

    tick: int
    at: int
    kind: str
    children: tuple[int, ...]
    team: int
    person: Person | None = None
    about: int = 0
    whom: Person | None = None


@dataclass(slots=True)
class Outline:
    """A family: brothers and sisters who travel together, and all that happened to them."""

    number: int
    area: int
    source: int
    children: int
    known: bool = False
    """Whether it was open on the first day: what lay before the first day is then made up, as little as there must be."""
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True)
class City:
    """A simulated city: what was given, and the log of one replicate."""

    given: Parameters
    census: Census
    inputs: Inputs
    log: Records
    moments: Moments
    seats: Seats
    route: tuple[tuple[int, ...], ...]
    """The team of each area and stage."""


def city_of(
    given: Parameters, census: Census, log: Records, days: int, changes: tuple[Change, ...] = ()
) -> City:
    """The city of a replicate's log; with the changes that it was run with, since they may open seats."""
    inputs = inputs_of(given, census, changes, days, [0] * len(given.structure.teams))
    route = tuple(tuple(int(team) for team in row) for row in inputs.first["route"])
    return City(given, census, inputs, log, Moments(inputs.days), Seats(inputs, log), route)


def outlines(
    city: City, first: int = 0, last: int | None = None, supervised: bool = True
) -> Iterator[Outline]:
    """Each family by number, from `first` up to `last`: any range by itself. Those who were open come first.

    With `supervised`, each supervision of a worker is one decision about every family that the worker works with.
    """
    from rightplace.domain.simulation.city.reading import Reader

    log = city.log
    order = np.argsort(log["case"], kind="stable")
    numbers = log["case"][order]
    known = len(city.census.families)
    end = max(known, int(numbers[-1]) + 1 if len(numbers) else 0)
    for number in range(first, end if last is None else min(last, end)):
        low, high = np.searchsorted(numbers, (number, number + 1))
        lines = np.sort(order[low:high])
        if not len(lines) and number >= known:
            continue
        yield Reader(city, number, supervised).read(lines.tolist())
