"""Everything that happens to one family: each concern through the front door, and on from there."""

from __future__ import annotations

from contextlib import suppress
from random import Random

from rightplace.demo.city import deciding, door, keeping, ways
from rightplace.demo.city.arrivals import Arrival, of_course
from rightplace.demo.city.house import House
from rightplace.demo.city.pen import Over
from rightplace.demo.city.people import Child, Family
from rightplace.demo.city.scene import Scene
from rightplace.demo.city.times import DAY, day_of, in_the_day
from rightplace.demo.material.volumes import volumes
from rightplace.demo.simulated.courses import BEGINNING, Course, Turn
from rightplace.domain.practice.entries.contact import OFFERS_THE_CHILD, Route
from rightplace.domain.practice.workdays import to_date
from rightplace.domain.simulation.names import CARE

NOT_NEAR_A_CLOSING = 16 * DAY
"""A concern about a child who is about to be closed comes before or after, so that it is decided in time."""
MISSPELT = 0.02
"""Share of later concerns that name a child otherwise, so that two files may be one child."""
ALSO_TOLD, A_WHILE = 0.30, 60 * DAY
"""Share of families open for a while of whom something more is told; the engine sends nobody who is open."""


def live_through(rng: Random, house: House, course: Course, now: int) -> Scene:
    """A family and all that the log tells of it, in order."""
    arrivals = of_course(rng, course)
    years = years_in_care(course, arrivals[0].at, now)
    family = Family(rng, arrivals[0].day, count=course.children, area=course.area + 1, years=years)
    scene = Scene(rng, house, family, now)
    for arrival in arrivals:
        children = young(scene, arrival)
        if arrival.at < now and children:
            told(scene, arrival, children)
            tell_more(scene, arrival, children, now)
    keeping.keep(scene)
    return scene


def years_in_care(course: Course, since: int, now: int) -> float:
    """How long after the first telling the last stay in care goes on; nought where there is none."""
    ends = [min(stay.until, now) for turn in course.turns for stay in turn.stays if stay.stage == CARE]
    return (max(ends) - since) / DAY / 365.25 if ends else 0.0


def wait(rng: Random, house: House, arrivals: list[Arrival], now: int, *, alias: bool = False) -> Scene:
    """A family whose last concern is not decided yet, of the invented inbox; see `told` for `alias`.

    Of most only one child is told, so that not many more wait than on any other morning.
    """
    scene = Scene(rng, house, Family(rng, arrivals[0].day, most=2 if alias else 1), now)
    for arrival in arrivals:
        told(scene, arrival, young(scene, arrival), slow=arrival is arrivals[-1], alias=alias)
    keeping.keep(scene)
    return scene


def tell_more(scene: Scene, arrival: Arrival, children: list[Child], now: int) -> None:
    """While they are open, something more may be told; it goes to whoever has them."""
    rng, turn = scene.rng, arrival.turn
    if turn is None or not turn.stays:
        return
    until = min(turn.closed or now, now)
    if until - arrival.at < A_WHILE or rng.random() > ALSO_TOLD:
        return
    first = max(arrival.at + 25 * DAY, BEGINNING)
    if until - NOT_NEAR_A_CLOSING - 5 * DAY <= first:
        return
    source = volumes().contacts.sources.draw(rng)
    at = in_the_day(rng, likely_day(rng, source, first, until - NOT_NEAR_A_CLOSING - 4 * DAY))
    told(scene, Arrival(at, day_of(at), source, Route.ALREADY_OPEN), children)


def likely_day(rng: Random, source: str, first: int, last: int) -> int:
    """A day between two moments on which such a source tells, by the week, the month and the school terms."""
    season = volumes().season
    days = [day_of(rng.randrange(first, last)) for _ in range(8)]
    weights = [season.weight(source, to_date(day)) for day in days]
    return rng.choices(days, weights=weights)[0] if any(weights) else days[0]


def young(scene: Scene, arrival: Arrival) -> list[Child]:
    """The children whom a concern is about: all of them at first, later some of them, and nobody grown up."""
    children = [c for c in scene.family.children if c.eighteen - 40 > arrival.day]
    if scene.concerns and len(children) > 1 and scene.rng.random() < 0.35:
        children = children[: scene.rng.randint(1, len(children) - 1)]
    return children


def told(
    scene: Scene, arrival: Arrival, children: list[Child], *, slow: bool = False, alias: bool = False
) -> None:
    """One concern, from its telling to wherever it leads. With `alias`, the last is told under another spelling."""
    if any(arrival.at - DAY < child.open_until <= arrival.at for child in children):
        return
    open_ones = [child for child in children if child.open_until > arrival.at]
    route = arrival.route
    if open_ones:
        closing = min(child.open_until for child in open_ones)
        if closing - arrival.at < NOT_NEAR_A_CLOSING:
            return
        children, route = open_ones, Route.ALREADY_OPEN
    elif route is Route.ALREADY_OPEN:
        return
    try:
        misspelt = (
            bool(scene.concerns) and not open_ones and ((slow and alias) or scene.rng.random() < MISSPELT)
        )
        telling = door.tell(scene, arrival, children, route, misspelt=misspelt and children[0].opened)
        children = telling.children
        telling.slow = slow
        for child in children:
            child.open_until = max(child.open_until, ways.STILL_OPEN if not open_ones else 0)
        door.look(telling)
        at = door.when_decided(telling)
        at = door.ask(telling, at)
        if slow or undecided(arrival.turn):
            raise Over
        if not open_ones:
            for child in children:
                child.open_until = 0
        by = deciding.decide(telling, at)
    except Over:
        for child in children:
            child.open_until = ways.STILL_OPEN
        return
    with suppress(Over):
        deciding.disagree(telling, at, by)
    if route in OFFERS_THE_CHILD and arrival.turn is not None:
        ways.go(telling, arrival.turn, at, by)


def undecided(turn: Turn | None) -> bool:
    """Whether the log ends before anybody decided."""
    return turn is not None and not turn.decided
