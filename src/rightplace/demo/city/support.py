"""Family support: begun with the family's agreement, a whole family assessment, a plan, reviews, an end."""

from __future__ import annotations

from rightplace.demo.city import opening, visits
from rightplace.demo.city.case import Case
from rightplace.demo.city.outlines import Outline
from rightplace.demo.city.times import MINUTE, about, day_of, in_the_day, in_the_office, on, workday
from rightplace.domain.practice.entries.caseflow import SteppedUp
from rightplace.domain.practice.entries.familysupport import (
    FamilyPlanMade,
    FamilyPlanReviewed,
    FamilySupportBegan,
    FamilySupportEnded,
    WholeFamilyAssessed,
)

ENDS = (("intervention complete", 0.56), ("support no longer needed", 0.10), ("stepped down to universal services", 0.20),
        ("ended with advice", 0.14))  # fmt: skip


def support(case: Case, outline: Outline, accepted: int) -> int:
    """A stay in family support; returns when the children step up, or 0 when it ended by itself."""
    rng = case.rng
    allocated = case.allocate(accepted)
    if outline.declined:
        case.run(at := in_the_day(rng, workday(day_of(allocated), rng.randint(3, 12))))
        case.close(at, case.children, "family support", "RC7")
        return 0
    began = in_the_day(rng, workday(day_of(allocated), rng.randint(1, 6)))
    case.run(began)
    opening.meet_the_family(case.scene, case.children, began, case.hand(began))
    worker = case.hand(began).worker
    case.say(
        began,
        lambda child: FamilySupportBegan(agreed_by="mother", lead=worker),
        case.hand(began),
        ref="support",
    )
    visits.visits(case, began + 20 * MINUTE, 12)
    case.habits(began)
    case.childhood()
    opening.births(case)
    end = on(day_of(began) + outline.support, 15 * 60, rng.random() * 3000)
    assess(case, began, end)
    case.run(end)
    if outline.steps_up:
        return end
    ended(case, end)
    return 0


def assess(case: Case, began: int, end: int) -> None:
    """Put assessment, plan and reviews on the agenda."""
    rng = case.rng

    def assessed(at: int) -> int:
        case.say(
            at,
            lambda child: WholeFamilyAssessed(
                support=child.refs["support"], summary=child.words.draw("familysupport.summary", rng)
            ),
            case.hand(at),
        )
        case.at(in_the_day(rng, workday(day_of(at), about(rng, 10, 0.1))), planned)
        return 0

    def planned(at: int) -> int:
        goals = {child.file.id: tuple({child.words.draw("plan.goal", rng, ("need", case.need)) for _ in range(2)} - {""})
                 for child in case.children}  # fmt: skip
        case.say(
            at,
            lambda child: FamilyPlanMade(
                support=child.refs["support"], goals=tuple(sorted(goals[child.file.id]))
            ),
            case.hand(at),
        )
        case.at(next_review(at), reviewed)
        return 0

    def reviewed(at: int) -> int:
        case.say(
            at,
            lambda child: FamilyPlanReviewed(
                support=child.refs["support"], outcome=child.words.draw("plan.reviewed", rng)
            ),
            case.hand(at),
        )
        return next_review(at)

    def next_review(at: int) -> int:
        return in_the_day(rng, day_of(at) + about(rng, 42, 0.12, least=14))

    if day_of(end) - day_of(began) > 40:
        case.at(in_the_day(rng, workday(day_of(began), about(rng, 30, 0.12, least=5))), assessed)


def ended(case: Case, end: int) -> None:
    """The support ends and the children are closed by the manager."""
    rng = case.rng
    outcome = rng.choices([name for name, _ in ENDS], weights=[share for _, share in ENDS])[0]
    case.say(
        end,
        lambda child: FamilySupportEnded(
            support=child.refs["support"],
            outcome=outcome,
            reasons=child.words.draw("familysupport.outcome", rng),
        ),
        case.manager(end),
    )
    closed = in_the_office(end, rng.randint(30, 900))
    case.run(closed)
    case.close(closed, case.children, "family support", "RC7")


def step_up(case: Case, at: int) -> None:
    """Family support is not enough: said, with why, and the support ends where the assessment takes over."""
    rng = case.rng
    by = case.manager(at)
    case.say(
        at,
        lambda child: SteppedUp(
            from_part="family support", to_part="assessment", reasons=child.words.draw("stepup.reasons", rng),
            indicators=("parenting.help.refused",),
        ),
        by,
    )  # fmt: skip
    case.say(
        at,
        lambda child: FamilySupportEnded(
            support=child.refs["support"], outcome="stepped up to social care",
            reasons=child.words.draw("stepup.reasons", rng),
        ),
        by,
    )  # fmt: skip
