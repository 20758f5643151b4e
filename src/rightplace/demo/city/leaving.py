"""Leaving care: assessed and planned from sixteen, visited by an adviser, until twenty-one or later."""

from __future__ import annotations

from rightplace.demo.city import caring
from rightplace.demo.city.case import Case
from rightplace.demo.city.people import Child
from rightplace.demo.city.times import MINUTE, about, add_months, day_of, in_the_day, on
from rightplace.domain.practice.entries.assessment import VisitMade
from rightplace.domain.practice.entries.caseflow import OfferWithdrawn
from rightplace.domain.practice.entries.leavingcare import (
    AccommodationProvided,
    AdviserVisited,
    LeavingCareAssessed,
    LeavingCareBegan,
    LeavingCareEnded,
    PathwayPlanned,
    PathwayReviewed,
)
from rightplace.domain.practice.workdays import birthday

THIRTEEN_WEEKS = 91


def prepare(case: Case, began: int) -> None:
    """Put on the agenda that each child who reaches sixteen in care is assessed and has a pathway plan."""
    rng = case.rng
    for child in case.children:
        sixteen = max(birthday(child.born, 16), day_of(began) + THIRTEEN_WEEKS)
        if sixteen < child.eighteen - 60:
            case.at(in_the_day(rng, sixteen + rng.randint(1, 12)), _eligible(case, child))


def _eligible(case: Case, child: Child):  # type: ignore[no-untyped-def]
    rng = case.rng
    say = case.scene.pen.say

    def begin(at: int) -> int:
        if child in case.children:
            child.refs["leaving"] = say(
                child.file, LeavingCareBegan(), at, case.hand(at), concern=case.concern
            )
            case.at(in_the_day(rng, day_of(at) + about(rng, 84, 0.15, least=20)), assess)
        return 0

    def assess(at: int) -> int:
        if child in case.children:
            say(
                child.file,
                LeavingCareAssessed(leaving=child.refs["leaving"]),
                at,
                case.hand(at),
                concern=case.concern,
            )
            case.at(in_the_day(rng, day_of(at) + rng.randint(7, 30)), plan)
        return 0

    def plan(at: int) -> int:
        if child in case.children:
            say(
                child.file,
                PathwayPlanned(leaving=child.refs["leaving"]),
                at,
                case.hand(at),
                concern=case.concern,
            )
            case.at(_next(case, at), lambda moment: review(case, child, moment))
        return 0

    return begin


def _next(case: Case, at: int) -> int:
    return in_the_day(
        case.rng, add_months(day_of(at), 6) - case.rng.randint(3, 30) + (20 if case.rng.random() < 0.1 else 0)
    )


def review(case: Case, child: Child, at: int) -> int:
    """The pathway plan is looked at again."""
    if child not in case.children:
        return 0
    case.scene.pen.say(
        child.file, PathwayReviewed(leaving=child.refs["leaving"]), at, case.hand(at), concern=case.concern
    )
    return _next(case, at)


def grown_up(case: Case, at: int, child: Child) -> Case:
    """Care ends on the day before the eighteenth birthday. Returns the case of the one who has grown up."""
    rng = case.rng
    own = Case(case.scene, [child], case.concern, case.need, case.place)
    own.worker = case.worker
    case.children.remove(child)
    by = own.hand(at)
    if child.refs.get("offered"):
        grown = OfferWithdrawn(
            offer=child.refs["offer"], reasons="Eighteen tomorrow: it goes to the leaving care team."
        )
        case.scene.pen.say(child.file, grown, at - 90 * MINUTE, own.manager(at), concern=case.concern)
        child.refs["offered"] = 0
    caring.end_care(own, at, child, "E17" if rng.random() < 0.4 else "E5", "eighteen", by)
    if "leaving" not in child.refs:
        body = LeavingCareBegan(standing="qualifying")
        child.refs["leaving"] = case.scene.pen.say(child.file, body, at + MINUTE, by, concern=case.concern)
    return own


def after(case: Case, child: Child, at: int) -> None:
    """With the leaving care team: a home, an adviser's visits, reviews of the plan, and an end."""
    rng = case.rng
    accepted = case.hand_over("leaving_care", "leaving care", at, case.manager(at))
    allocated = case.allocate(accepted)
    case.keep_worker()
    moved = allocated + rng.randint(60, 4000) * MINUTE
    until = on(birthday(child.born, 21) - 2, 11 * 60)
    say = case.scene.pen.say

    def home(moment: int) -> int:
        body = AccommodationProvided(leaving=child.refs["leaving"], where="supported lodgings")
        say(child.file, body, moment, case.hand(moment), concern=case.concern)
        case.at(in_the_day(rng, day_of(moment) + rng.randint(1, 6)), visit)
        case.at(
            in_the_day(rng, day_of(moment) + rng.randint(28, 45)), lambda later: review(case, child, later)
        )
        return 0

    def visit(moment: int) -> int:
        body = AdviserVisited(leaving=child.refs["leaving"], note=child.words.draw("leaving.note", rng))
        say(child.file, body, moment, case.hand(moment), concern=case.concern)
        seen = VisitMade(seen=True, alone=True, where="own home", statutory=False)
        say(child.file, seen, moment, case.hand(moment), concern=case.concern)
        return in_the_day(rng, day_of(moment) + about(rng, 59, 0.1, least=20))

    case.at(moved, home)
    case.run(until)
    ended = LeavingCareEnded(leaving=child.refs["leaving"], reason="twenty-one")
    say(child.file, ended, until, case.manager(until), concern=case.concern)
    case.run(until + 30 * MINUTE)
    if child in case.children:
        case.close(until + 30 * MINUTE, [child], "in care", "RC7")
