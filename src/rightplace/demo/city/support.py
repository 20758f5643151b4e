"""Family support: begun with the family's agreement, a whole family assessment, a plan, reviews, an end."""

from __future__ import annotations

from datetime import date
from random import Random

from rightplace.demo.city import opening, visits
from rightplace.demo.city.case import Case
from rightplace.demo.city.times import DAY, MINUTE, about, day_of, in_the_day, in_the_office, workday
from rightplace.demo.simulated.courses import Stay
from rightplace.domain.practice.entries.caseflow import SteppedUp
from rightplace.domain.practice.entries.familysupport import (
    Agreement,
    FamilyPlanMade,
    FamilyPlanReviewed,
    FamilySupportBegan,
    FamilySupportEnded,
    Goal,
    WholeFamilyAssessed,
)

SOON_OVER = 38 * DAY
"""A family whom support lets go so soon did not want it: the log knows that they went, and not why."""
OLD_ENOUGH = 5 * 365
"""From about five a child is asked."""
ENDS = (("intervention complete", 0.56), ("support no longer needed", 0.10), ("stepped down to universal services", 0.20),
        ("ended with advice", 0.14))  # fmt: skip


def support(case: Case, stay: Stay, accepted: int, *, up: bool) -> int:
    """A stay in family support; returns when the children step up, or 0 when it ended by itself."""
    rng = case.rng
    allocated = case.take_up(stay, accepted)
    short = stay.until - allocated < SOON_OVER
    if (not stay.began and not stay.before_the_log) or (short and not up):
        case.run(stay.until)
        case.close(max(stay.until, allocated + MINUTE), case.children, "family support", "RC7")
        return 0
    began = min(in_the_day(rng, workday(day_of(allocated), rng.randint(1, 6))), stay.until - 60 * MINUTE)
    began = max(began, allocated + 20 * MINUTE)
    case.run(began)
    opening.meet_the_family(case.scene, case.children, began, case.hand(began))
    worker = case.hand(began).worker
    agreed = agreements(case, began)
    case.say(
        began,
        lambda child: FamilySupportBegan(agreed_by="mother", lead=worker, agreements=agreed),
        case.hand(began),
        ref="support",
    )
    visits.coming(case, stay, began + 20 * MINUTE, 12)
    case.habits(began)
    case.childhood()
    opening.births(case)
    end = max(stay.until, began + 3 * DAY)
    assess(case, began, end)
    case.run(end)
    if up:
        return end
    ended(case, end)
    return 0


def aside(case: Case, at: int) -> Random:
    """Chance of its own, so that what is told in more words leaves the rest of the city as it was."""
    return Random(case.children[0].file.id ^ at)  # noqa: S311  an invented city


def agreements(case: Case, at: int) -> tuple[Agreement, ...]:
    """Who agreed: the mother, the father where one is spoken of, each child who is old enough to be asked."""
    rng, on_day = aside(case, at), date.fromordinal(day_of(at))
    family = case.scene.family
    found = [Agreement(who=family.mother, part="mother", on=on_day)]
    if family.father:
        answer = "agrees" if rng.random() < 0.7 else rng.choice(("not asked yet", "does not agree"))
        found.append(Agreement(who=family.father, part="father", answer=answer, on=on_day))
    for child in case.children:
        if child.born > day_of(at):
            continue
        young = day_of(at) - child.born < OLD_ENOUGH
        answer = "too young to be asked" if young else "agrees" if rng.random() < 0.9 else "not asked yet"
        found.append(Agreement(who=child.given, child=child.file.id, part="child", answer=answer, on=on_day))
    return tuple(found)


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
        goals = goals_of(case, at)
        case.say(at, lambda child: FamilyPlanMade(support=child.refs["support"], goals=goals), case.hand(at))
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


def goals_of(case: Case, at: int) -> tuple[Goal, ...]:
    """The goals of the family's plan: the mother does one, the worker the other."""
    rng, worker = case.rng, case.worker
    drawn = [
        {child.words.draw("plan.goal", rng, ("need", case.need)) for _ in range(2)} for child in case.children
    ]
    wants, days = sorted(drawn[0] - {""}), aside(case, at)
    doers = ((case.scene.family.mother, 0), (worker.name, worker.worker) if worker else ("The team", 0))
    return tuple(
        Goal(
            number=n,
            want=want,
            doer=doer,
            worker=number,
            by=date.fromordinal(day_of(at) + days.randint(14, 56)),
        )
        for n, (want, (doer, number)) in enumerate(zip(wants, doers, strict=False), 1)
    )


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
