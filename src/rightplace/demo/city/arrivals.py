"""When concerns are told: as the log says, on the days and at the hours that each kind of source keeps."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from rightplace.demo.city.times import WORKING, day_of, on
from rightplace.demo.material.volumes import volumes
from rightplace.demo.simulated.courses import Course, Turn
from rightplace.domain.practice.entries.contact import Route
from rightplace.domain.practice.workdays import from_datetime, to_date
from rightplace.domain.simulation.names import ASSESSMENT, DOOR, ENQUIRY, SUPPORT

OPENS, SHUTS = 9, 17
AT_THE_DOOR = ((Route.ADVICE, 0.345), (Route.NO_FURTHER_ACTION, 0.270), (Route.ANOTHER_AGENCY, 0.070))
"""Shares of what ends at the front door, after `contacts.outcomes`: the engine knows only that it does."""
HELD_BACK = 0.012
"""Share of assessments before which a strategy discussion was held that began no enquiry."""
PARTS = {
    "school": ("school",),
    "police": ("police",),
    "health": ("health",),
    "family": ("family",),
    "other": ("education", "authority", "housing", "voluntary", "legal", "public", "anonymous"),
}
"""The kinds of source behind each of the engine's."""


@dataclass(slots=True)
class Arrival:
    """One telling of a concern: when, by what kind of source, where it leads, and what the log says of it."""

    at: int
    day: int
    source: str
    route: Route
    turn: Turn | None = None


def of_course(rng: Random, course: Course) -> list[Arrival]:
    """Everything that is told of one family."""
    found: list[Arrival] = []
    for turn in course.turns:
        source = source_of(rng, course.source)
        at = (
            turn.at
            if not turn.screened or (turn.stays and turn.stays[0].before_the_log)
            else told_at(rng, turn.at, source)
        )
        if found and found[-1].turn is not None:
            at = max(at, found[-1].turn.closed)
        found.append(Arrival(at, day_of(at), source, route_of(rng, turn), turn))
    return found


def source_of(rng: Random, told: str) -> str:
    """One of the kinds of source that the engine counts together."""
    shares = volumes().contacts.sources.of
    kinds = PARTS[told]
    return rng.choices(kinds, weights=[shares[kind] for kind in kinds])[0]


def route_of(rng: Random, turn: Turn) -> Route:
    """Where a contact goes."""
    if turn.to == SUPPORT:
        return Route.FAMILY_SUPPORT
    if turn.to == ASSESSMENT:
        return Route.STRATEGY if rng.random() < HELD_BACK else Route.ASSESSMENT
    if turn.to == ENQUIRY:
        return Route.STRATEGY
    assert turn.to <= DOOR
    return rng.choices([route for route, _ in AT_THE_DOOR], weights=[share for _, share in AT_THE_DOOR])[0]


def told_at(rng: Random, at: int, source: str) -> int:
    """When it was told: the engine hears at its desk in the morning what came by night or over a weekend."""
    season = volumes().season
    day, day_heard = day_of(at), day_of(at)
    if season.keeps.get(source, "offices") == "always":
        before = [day - 1]
        while not WORKING.is_working(before[-1]):
            before.append(before[-1] - 1)
        days = [day, *before[:-1]]
        weights = [season.weight(source, to_date(each)) for each in days]
        day = rng.choices(days, weights=weights)[0]
    hour = season.hour(source, rng)
    if day == day_heard and OPENS <= hour < SHUTS:
        return at
    if day == day_heard and hour >= SHUTS:
        if season.keeps.get(source, "offices") != "always":
            return at
        day -= 1
    return on(day, hour * 60 + rng.randrange(60), rng.random() * 60)


def starts_at() -> int:
    """The present, as an instant."""
    from rightplace.demo.material.strip import strip

    return from_datetime(strip().starts)
