"""Child in need plans: goals, visits, reviews, an end."""

from __future__ import annotations

from rightplace.demo.city import visits
from rightplace.demo.city.case import Case
from rightplace.demo.city.times import (
    MINUTE,
    about,
    add_months,
    day_of,
    in_the_day,
)
from rightplace.demo.simulated.courses import Stay
from rightplace.domain.practice.entries.assessment import NeedPlanBegan, NeedPlanEnded, NeedPlanReviewed
from rightplace.domain.practice.entries.caseflow import SteppedDown
from rightplace.domain.practice.entries.keeping import TimescaleExcused

EXCUSED = 0.03
ABROAD = (
    "The family is abroad for a funeral until the end of the month. The review is held in the week after."
)


def need_plan(case: Case, stay: Stay, at: int) -> None:
    """A child in need plan begins, with what comes round in it."""
    rng = case.rng
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
    visits.coming(case, stay, in_the_day(rng, day_of(at) + rng.randint(8, 20)), 28)
    review = in_the_day(
        rng, add_months(day_of(at), 3) - rng.randint(0, 20) + (12 if rng.random() < 0.14 else 0)
    )
    if review + MINUTE < stay.until:
        case.at(review, lambda moment: _review(case, moment))


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


def step_down(case: Case, at: int, part: str) -> None:
    """Handed down to family support, and why."""
    rng = case.rng
    case.say(
        at,
        lambda child: SteppedDown(
            from_part=part, to_part="family support", reasons=child.words.draw("stepdown.reasons", rng)
        ),
        case.manager(at),
    )
