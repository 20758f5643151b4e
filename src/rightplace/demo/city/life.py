"""Everything that happens to one family: each concern through the front door, and on from there."""

from __future__ import annotations

from contextlib import suppress
from random import Random

from rightplace.demo.city import deciding, door, keeping, outlines, ways
from rightplace.demo.city.arrivals import Arrival
from rightplace.demo.city.house import House
from rightplace.demo.city.pen import Over
from rightplace.demo.city.people import Child, Family
from rightplace.demo.city.scene import Scene
from rightplace.demo.city.times import DAY, day_of
from rightplace.domain.practice.entries.contact import OFFERS_THE_CHILD, Route

JUST_BEFORE = 6 * DAY
NOT_NEAR_A_CLOSING = 16 * DAY
"""A concern about a child who is about to be closed comes before or after, so that it is decided in time."""
MISSPELT = 0.02
"""Share of later concerns that name a child otherwise, so that two files may be one child."""
REFERRED_AGAIN = 0.42
"""Share of closed referrals that are told of again soon; a fifth of referrals come within twelve months of another."""
REFERRED_AGAIN_DAYS = 70.0


def live(
    rng: Random, house: House, arrivals: list[Arrival], now: int, *, slow: bool = False, alias: bool = False
) -> Scene:
    """A family and all that is told of it, in order. With `slow`, the last is not decided yet; see `told` for `alias`."""
    scene = Scene(rng, house, Family(rng, arrivals[0].day, most=2 if slow else 6), now)
    waiting, before = list(arrivals), 0
    while waiting:
        arrival = waiting.pop(0)
        children = young(scene, arrival)
        if arrival.at >= now or not children or (before and arrival.at - before < JUST_BEFORE):
            continue
        told(scene, arrival, children, slow=slow and not waiting, alias=alias)
        before = arrival.at
        again = once_more(scene, arrival, children)
        if again is not None:
            waiting = sorted([*waiting, again], key=lambda each: each.at)
    keeping.keep(scene)
    return scene


def once_more(scene: Scene, arrival: Arrival, children: list[Child]) -> Arrival | None:
    """A referral that was closed and is told of again soon."""
    rng = scene.rng
    closed = max(child.open_until for child in children)
    if arrival.outline.route not in (Route.ASSESSMENT, Route.STRATEGY) or closed >= ways.STILL_OPEN:
        return None
    if rng.random() > REFERRED_AGAIN:
        return None
    at = closed + 5 * DAY + int(rng.expovariate(1 / REFERRED_AGAIN_DAYS) * DAY)
    outline = outlines.draw(rng)
    while outline.route not in (Route.ASSESSMENT, Route.STRATEGY) and rng.random() < 0.93:
        outline = outlines.draw(rng)
    return Arrival(at, day_of(at), arrival.source, outline)


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
    outline = arrival.outline
    if any(arrival.at - DAY < child.open_until <= arrival.at for child in children):
        return
    open_ones = [child for child in children if child.open_until > arrival.at]
    route = outline.route
    if open_ones:
        closing = min(child.open_until for child in open_ones)
        if closing - arrival.at < NOT_NEAR_A_CLOSING:
            return
        children, route = open_ones, Route.ALREADY_OPEN
    try:
        misspelt = (
            bool(scene.concerns) and not open_ones and ((slow and alias) or scene.rng.random() < MISSPELT)
        )
        telling = door.tell(scene, arrival, children, route, misspelt=misspelt and children[0].opened)
        children = telling.children
        telling.slow = slow
        for child in children:
            child.open_until = max(child.open_until, ways.STILL_OPEN if not open_ones else 0)
        if telling.need == "unaccompanied" and route is Route.ASSESSMENT:
            outline = outlines.draw(scene.rng, unaccompanied=True)
        door.look(telling)
        door.ask(telling)
        if slow:
            raise Over
        at = door.when_decided(telling)
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
    if route in OFFERS_THE_CHILD:
        ways.go(telling, outline, at, by)
