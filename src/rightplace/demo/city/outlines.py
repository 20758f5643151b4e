"""Where a concern leads, drawn before anything is written: routes, turns and lengths, from the published rates."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from rightplace.demo.material.volumes import volumes
from rightplace.domain.practice.entries.contact import Route

ROUTES = (
    (Route.STRATEGY, 0.053),
    (Route.ASSESSMENT, 0.150),
    (Route.FAMILY_SUPPORT, 0.112),
    (Route.ADVICE, 0.345),
    (Route.NO_FURTHER_ACTION, 0.270),
    (Route.ANOTHER_AGENCY, 0.070),
)
"""Shares of contacts about children who are not open, after `contacts.outcomes`; those who are open go to their team."""
IN_NEED = 0.675
HELD_BACK = 0.03
"""Share of strategy discussions that begin no enquiry."""
CONFERENCE = 0.32
PLAN = 0.90
LATER_ENQUIRY = 0.30
"""Share of children in need for whom an enquiry begins later."""
CARE_FROM_ENQUIRY, CARE_FROM_PLAN, CARE_FROM_NEED = 0.055, 0.14, 0.022
DOWN_AFTER_ASSESSMENT, DOWN_AFTER_NEED, UP_FROM_SUPPORT = 0.16, 0.13, 0.09
DECLINED = 0.12
"""Share of families who do not want the support that was offered."""


@dataclass(slots=True)
class Outline:
    """One way through the city, in days."""

    route: Route
    declined: bool = False
    support: int = 0
    steps_up: bool = False
    assessment: int = 0
    in_need: bool = False
    enquiry: bool = False
    later_enquiry: bool = False
    conference: bool = False
    conference_after: int = 0
    plan: int = 0
    need: int = 0
    steps_down: bool = False
    care: int = 0
    care_from: str = ""
    stays: bool = False

    @property
    def days(self) -> int:
        """About how long it lasts, at least."""
        return self.support + self.assessment + self.plan + self.need + self.care

    @property
    def closes_at_the_door(self) -> bool:
        """Whether it ends where it came in."""
        return self.route in (Route.ADVICE, Route.NO_FURTHER_ACTION, Route.ANOTHER_AGENCY)


def draw(rng: Random, *, unaccompanied: bool = False) -> Outline:
    """One way, from its first decision on."""
    mark = rng.random()
    route = Route.NO_FURTHER_ACTION
    for each, share in ROUTES:
        mark -= share
        if mark < 0:
            route = each
            break
    if unaccompanied:
        route = Route.ASSESSMENT
    found = Outline(route)
    if route is Route.FAMILY_SUPPORT:
        _support(found, rng)
    elif route in (Route.ASSESSMENT, Route.STRATEGY):
        _assessed(found, rng)
        if unaccompanied:
            _into_care(found, rng, "need")
    return found


def _support(found: Outline, rng: Random) -> None:
    found.declined = rng.random() < DECLINED
    if found.declined:
        return
    found.support = min(420, max(30, int(rng.gammavariate(4.2, 47))))
    found.steps_up = rng.random() < UP_FROM_SUPPORT
    if found.steps_up:
        _assessed(found, rng)


def _assessed(found: Outline, rng: Random) -> None:
    found.assessment = max(2, int(volumes().lengths["assessment_working_days"].draw(rng) * 1.42))
    found.enquiry = found.route is Route.STRATEGY and rng.random() > HELD_BACK
    found.in_need = found.enquiry or rng.random() < IN_NEED - 0.15
    if not found.in_need:
        found.steps_down = rng.random() < DOWN_AFTER_ASSESSMENT
        return
    found.need = rng.randint(15, 90) if rng.random() < 0.58 else min(800, 90 + int(rng.expovariate(1 / 180)))
    found.later_enquiry = not found.enquiry and rng.random() < LATER_ENQUIRY
    found.steps_down = rng.random() < DOWN_AFTER_NEED
    if found.enquiry or found.later_enquiry:
        _enquired(found, rng)
    if not found.care and not found.plan and rng.random() < CARE_FROM_NEED:
        _into_care(found, rng, "need")


def _enquired(found: Outline, rng: Random) -> None:
    found.conference = rng.random() < CONFERENCE
    if found.conference:
        lengths = volumes().lengths
        found.conference_after = lengths["enquiry_to_conference_working_days"].draw(rng)
        if rng.random() < PLAN:
            found.plan = lengths["plan_ended_after_days"].draw(rng)
            if rng.random() < CARE_FROM_PLAN:
                _into_care(found, rng, "plan")
    elif rng.random() < CARE_FROM_ENQUIRY:
        _into_care(found, rng, "enquiry")


def _into_care(found: Outline, rng: Random, origin: str) -> None:
    found.care_from = origin
    mark = rng.random()
    if mark < 0.13:
        found.care = rng.randint(35, 180)
    elif mark < 0.35:
        found.care = rng.randint(181, 730)
    else:
        found.care = rng.randint(731, 3600)
        found.stays = True
    if origin == "plan":
        found.plan = max(30, int(found.plan * 0.6))
