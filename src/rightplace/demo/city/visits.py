"""Visits, made and attempted, the child seen or not, alone or not; often written down a day or two later."""

from __future__ import annotations

from rightplace.demo.city import schooling
from rightplace.demo.city.case import Case
from rightplace.demo.city.people import Child
from rightplace.demo.city.times import DAY, MINUTE, about, day_of, in_the_day, workday
from rightplace.demo.simulated.courses import BEGINNING, OPEN, Stay
from rightplace.domain.practice.entries.assessment import VisitAttempted, VisitMade
from rightplace.domain.practice.workdays import to_date

LATE = 0.08
ATTEMPTED = 0.10
NOT_SEEN = 0.035
ALONE = 0.62


def coming(
    case: Case,
    stay: Stay,
    first: int,
    days: int,
    *,
    where: str = "home",
    working: bool = False,
    care: bool = False,
) -> None:
    """Put on the agenda the visits that the log tells; before it begins, and for the first of a stay, as they fall due.

    The log counts visits by the week that ends: here each family has its own day of the week.
    """
    rng = case.rng
    until = BEGINNING if stay.before_the_log else first + 4 * DAY
    if first < until:
        visits(case, first, days, where=where, working=working, care=care, until=until)
    weekday = case.scene.family.children[0].file.id % 5
    for told, seen in stay.visits:
        at = in_the_day(rng, day_of(told) - 7 + weekday - to_date(day_of(told)).weekday())
        if max(first, until) + 3 * DAY < at < stay.until:
            what = (
                (lambda moment: _seen(case, moment, where, care))
                if seen
                else (lambda moment: _tried(case, moment))
            )
            case.at(at, what)


def once(case: Case, at: int, where: str) -> int:
    """One visit by itself, as after a move."""
    make(case, at, where, care=True)
    return 0


def _seen(case: Case, at: int, where: str, care: bool) -> int:
    if case.worker is not None:
        if case.rng.random() < ATTEMPTED:
            attempt(case, at - 3 * 60 * MINUTE)
        make(case, at, where, care)
    return 0


def _tried(case: Case, at: int) -> int:
    attempt(case, at)
    return 0


def visits(
    case: Case,
    first: int,
    days: int,
    *,
    where: str = "home",
    working: bool = False,
    care: bool = False,
    until: int = OPEN,
) -> None:
    """Put visits on the agenda, at most so many days apart if all goes well, in the place of those before."""
    rng = case.rng

    def visit(at: int) -> int:
        if at >= until:
            return 0
        if rng.random() < ATTEMPTED:
            attempt(case, at)
            return in_the_day(rng, workday(day_of(at), rng.randint(1, 3)))
        make(case, at, where, care)
        gap = about(rng, days, LATE, least=2)
        day = workday(day_of(at), gap) if working else day_of(at) + gap
        return in_the_day(rng, day)

    case.instead_of(case.visiting, first, visit)
    case.visiting = visit


def make(case: Case, at: int, where: str = "home", care: bool = False) -> None:
    """One visit to all of them."""
    rng = case.rng
    recorded = at + (rng.randint(20, 300) if rng.random() < 0.7 else rng.randint(600, 4000)) * MINUTE
    seen = rng.random() > NOT_SEEN
    bodies = {child.file.id: made(case, child, at, where, seen, care) for child in case.children}
    case.say(at, lambda child: bodies[child.file.id], case.hand(at), recorded=recorded)
    schooling.gives_time(case, at, recorded)
    if recorded < case.scene.pen.now:
        for child in case.children:
            child.seen = child.seen or bodies[child.file.id].seen


def made(case: Case, child: Child, at: int, where: str, seen: bool, care: bool) -> VisitMade:
    """What is written of one child at a visit."""
    rng = case.rng
    age = child.age(day_of(at))
    seen = seen and age >= 0
    alone = seen and (rng.random() < (ALONE if age >= 4 else 0.06))
    kind = "unborn" if age < 0 else "care" if care else "alone" if alone else "not alone"
    return VisitMade(
        seen=seen, alone=alone if seen else None, where=where,
        bedroom_seen=rng.random() < 0.6 if where == "home" else None,
        child_said=child.words.draw("visit.child_said", rng, ("age", age)) if alone else "",
        note=child.words.draw("visit.note", rng, ("age", age), ("seen", kind)),
    )  # fmt: skip


def attempt(case: Case, at: int) -> None:
    """Nobody answered."""
    rng = case.rng
    case.say(
        at,
        lambda child: VisitAttempted(
            why_not="nobody answered", note=child.words.draw("visit.attempted", rng)
        ),
        case.hand(at),
        recorded=at + rng.randint(15, 240) * MINUTE,
    )
