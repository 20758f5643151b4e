"""Child in need plans: goals, visits, reviews, an end."""

from __future__ import annotations

from rightplace.demo.city import visits
from rightplace.demo.city.case import Case
from rightplace.demo.city.outlines import Outline
from rightplace.demo.city.times import (
    MINUTE,
    about,
    add_months,
    day_of,
    in_the_day,
    in_the_office,
    on,
)
from rightplace.domain.practice.entries.assessment import NeedPlanBegan, NeedPlanEnded, NeedPlanReviewed
from rightplace.domain.practice.entries.caseflow import SteppedDown
from rightplace.domain.practice.entries.keeping import TimescaleExcused

EXCUSED = 0.03
ABROAD = (
    "The family is abroad for a funeral until the end of the month. The review is held in the week after."
)


def need_plan(case: Case, at: int, days: int, *, of_days: int = 0) -> int:
    """A child in need plan for so many days; returns when it is to end. With `of_days`, it is left earlier."""
    rng = case.rng
    case.clear()
    goals = {
        child.file.id: tuple(
            sorted({child.words.draw("plan.goal", rng, ("need", case.need)) for _ in range(3)} - {""})
        )
        for child in case.children
    }
    case.say(
        at,
        lambda child: NeedPlanBegan(goals=goals[child.file.id], visit_every="4 weeks"),
        case.hand(at),
        ref="need_plan",
    )
    case.habits(at)
    case.childhood()
    visits.visits(case, in_the_day(rng, day_of(at) + rng.randint(8, 26)), 28)
    end = on(day_of(at) + days, 14 * 60, rng.random() * 7000)
    review = in_the_day(
        rng, add_months(day_of(at), 3) - rng.randint(0, 20) + (12 if rng.random() < 0.14 else 0)
    )
    if review + MINUTE < end:
        case.at(review, lambda moment: _review(case, moment))
    return on(day_of(at) + of_days, 11 * 60, rng.random() * 7000) if of_days else end


def _review(case: Case, at: int) -> int:
    rng = case.rng
    if rng.random() < EXCUSED:
        case.say(
            at,
            lambda child: TimescaleExcused(
                rule="CIN-REVIEW-1",
                trigger=child.refs["need_plan"],
                outcome="not_practicable",
                reasons=ABROAD,
            ),
            case.manager(at),
        )
        return in_the_day(rng, day_of(at) + rng.randint(30, 60))
    case.say(
        at,
        lambda child: NeedPlanReviewed(
            plan=child.refs["need_plan"], outcome=child.words.draw("plan.reviewed", rng)
        ),
        case.hand(at),
    )
    return in_the_day(rng, day_of(at) + about(rng, 180, 0.12, least=60))


def end_need_plan(case: Case, at: int) -> None:
    """The plan ends, by the manager's decision."""
    rng = case.rng
    case.say(
        at,
        lambda child: NeedPlanEnded(
            plan=child.refs["need_plan"], reasons=child.words.draw("plan.reviewed", rng)
        ),
        case.manager(at),
    )
    case.clear()
    for child in case.children:
        child.refs.pop("need_plan", None)


def let_go(case: Case, outline: Outline, at: int, part: str) -> bool:
    """Close the children, or step them down to family support; True when they go on there."""
    rng = case.rng
    if not outline.steps_down:
        closed = in_the_office(at, rng.randint(10, 900))
        case.run(closed)
        case.close(closed, case.children, part, "RC8" if part == "assessment" else "RC7")
        return False
    case.say(
        at + MINUTE,
        lambda child: SteppedDown(
            from_part=part, to_part="family support", reasons=child.words.draw("stepdown.reasons", rng)
        ),
        case.manager(at),
    )
    return True
