"""Strategy discussion, section 47 enquiry, conference, protection plan with core groups, visits and reviews."""

from __future__ import annotations

from datetime import date

from rightplace.demo.city import needs, visits
from rightplace.demo.city.case import Case
from rightplace.demo.city.outlines import Outline
from rightplace.demo.city.times import MINUTE, about, add_months, day_of, in_the_day, on, workday
from rightplace.domain.practice.entries.protection import (
    ConferenceHeld,
    CoreGroupMet,
    EnquiryBegan,
    EnquiryEnded,
    FamilyMeetingAnswered,
    PreProceedingsBegan,
    PreProceedingsEnded,
    ProtectionCategoryChanged,
    ProtectionPlanBegan,
    ProtectionPlanEnded,
    StrategyDecided,
    StrategyHeld,
)

AGENCIES = ("children's services", "police", "health", "school")


def talk(case: Case, at: int, *, enquiry: bool) -> int:
    """From reasonable cause to the strategy discussion, which begins an enquiry or not. Returns when it was held."""
    rng = case.rng
    decided = at + rng.randint(4, 45) * MINUTE
    case.run(decided)
    reasons = {c.file.id: c.words.draw("strategy.reasons", rng) for c in case.children}
    case.say(
        decided,
        lambda child: StrategyDecided(reasons=reasons[child.file.id]),
        case.manager(decided),
        ref="strategy",
    )
    held = decided + rng.randint(30, 300) * MINUTE
    if rng.random() < 0.25:
        held = in_the_day(rng, workday(day_of(decided), 1 if rng.random() < 0.8 else 2))
    case.run(held)
    case.say(
        held,
        lambda child: StrategyHeld(
            agencies=AGENCIES[: rng.randint(3, 4)], begins_enquiry=enquiry,
            decision=child.words.draw("strategy.decision", rng, ("enquiry", "yes" if enquiry else "no")),
            actions=(child.words.draw("supervision.action", rng),),
        ),
        case.manager(held),
        ref="held",
    )  # fmt: skip
    return held


def enquire(case: Case, outline: Outline, at: int) -> None:
    """From reasonable cause to the end of the enquiry, on the agenda; what follows is in `outline.conference`."""
    rng = case.rng
    held = talk(case, at, enquiry=True)
    case.say(
        held + MINUTE,
        lambda child: EnquiryBegan(strategy=child.refs["held"]),
        case.manager(held),
        ref="enquiry",
    )
    case.mark("enquiring", on=True)
    limit = outline.conference_after - 2 if outline.conference else 15
    after = max(2, min(limit, rng.randint(4, 14)))
    ends = on(workday(day_of(held), after), 15 * 60, rng.random() * 3600)
    for child in case.children:
        child.refs["enquiry_ends"] = ends
        child.refs["enquiry_held"] = day_of(held)
    soon = max(in_the_day(rng, day_of(held)), held + 50 * MINUTE)
    case.at(soon, lambda moment: _seen_at_once(case, moment))
    case.at(ends - MINUTE, lambda moment: _enquiry_ends(case, outline, moment))


def _seen_at_once(case: Case, at: int) -> int:
    visits.make(case, at)
    return 0


def _enquiry_ends(case: Case, outline: Outline, at: int) -> int:
    rng = case.rng
    outcome = "conference" if outline.conference else "assessment"
    case.say(
        at,
        lambda child: EnquiryEnded(
            enquiry=child.refs["enquiry"], outcome=outcome, conference_needed=outline.conference,
            reasons=child.words.draw("enquiry.reasons", rng, ("outcome", outcome)),
        ),
        case.manager(at),
    )  # fmt: skip
    if not outline.conference:
        case.mark("enquiring", on=False)
    return 0


def conference(case: Case, outline: Outline) -> int:
    """The initial conference, after the enquiry and within its days; with a plan or without. Returns when it was."""
    rng = case.rng
    held_on = max(child.refs["enquiry_held"] for child in case.children)
    ended = max(child.refs["enquiry_ends"] for child in case.children)
    at = on(workday(held_on, outline.conference_after), 10 * 60, rng.random() * 9000)
    at = max(at, ended + 90 * MINUTE)
    case.run(at)
    category = needs.category_of(case.need, rng)
    wording = needs.CATEGORY_WORDS[category] if outline.plan else "none"
    chair = case.scene.house.chairs.worker(day_of(at), rng)
    case.say(
        at,
        lambda child: ConferenceHeld(
            form="initial", about=child.refs["enquiry"], chair=chair.worker,
            decision=child.words.draw("conference.decision", rng, ("category", wording)),
            category=category if outline.plan else "", attended=("mother", "social worker", "school", "health visitor"),
        ),
        chair.hand,
        ref="conference",
    )  # fmt: skip
    case.mark("enquiring", on=False)
    if not outline.plan:
        return at
    case.say(
        at + MINUTE,
        lambda child: ProtectionPlanBegan(
            category=category, conference=child.refs["conference"], visit_every="10 working days",
            previous_plans=child.refs.get("plans", 1 if rng.random() < 0.19 else 0),
        ),
        chair.hand,
        ref="plan",
    )  # fmt: skip
    for child in case.children:
        child.refs["plans"] = child.refs.get("plans", 0) + 1
        child.refs.pop("need_plan", None)
    return at


def plan(case: Case, outline: Outline, began: int) -> int:
    """The life of a protection plan, up to the review at which it ends. Returns when that was."""
    rng = case.rng
    case.clear()
    case.habits(began)
    case.childhood()
    visits.visits(case, in_the_day(rng, workday(day_of(began), rng.randint(3, 9))), 10, working=True)
    case.at(
        in_the_day(rng, workday(day_of(began), about(rng, 10, 0.12, least=4))),
        lambda at: _core_group(case, at),
    )
    ends = day_of(began) + outline.plan
    if outline.care_from == "plan":
        before_court(case, began, outline.plan)
    review = _reviews(case, began, ends)
    case.run(review)
    for child in case.children:
        if child.refs.pop("letter", 0):
            body = PreProceedingsEnded(preproceedings=child.refs["before_court"], outcome="A")
            case.scene.pen.say(
                child.file, body, review - 5 * MINUTE, case.manager(review), concern=case.concern
            )
    end_plan(case, review)
    return review


def before_court(case: Case, began: int, days: int) -> None:
    """Pre-proceedings: a letter, and the offer of a family meeting, held or declined."""
    rng = case.rng

    def letter(at: int) -> int:
        sent = date.fromordinal(day_of(at))
        case.say(
            at, lambda child: PreProceedingsBegan(letter_sent=sent), case.manager(at), ref="before_court"
        )
        case.mark("letter", on=True)
        case.at(in_the_day(rng, day_of(at) + rng.randint(6, 18)), answered)
        return 0

    def answered(at: int) -> int:
        state = "held" if rng.random() < 0.6 else "declined"
        case.say(
            at,
            lambda child: FamilyMeetingAnswered(state=state, preproceedings=child.refs["before_court"]),
            case.hand(at),
        )
        return 0

    if days > 40:
        case.at(in_the_day(rng, day_of(began) + days // 3), letter)


def _core_group(case: Case, at: int) -> int:
    rng = case.rng
    case.say(
        at,
        lambda child: CoreGroupMet(plan=child.refs["plan"], note=child.words.draw("coregroup.note", rng)),
        case.hand(at),
    )
    return in_the_day(rng, day_of(at) + about(rng, 42, 0.12, least=20))


def _reviews(case: Case, began: int, ends: int) -> int:
    """Put the reviews on the agenda; the last one, at which the plan ends, is returned."""
    rng = case.rng
    late = 8 if rng.random() < 0.07 else 0
    at = in_the_day(rng, add_months(day_of(began), 3) - rng.randint(2, 16) + late)
    while day_of(at) + 45 < ends:
        case.at(at, lambda moment: _review(case, moment))
        late = 12 if rng.random() < 0.07 else 0
        at = in_the_day(rng, add_months(day_of(at), 6) - rng.randint(4, 50) + late)
    return at


def _review(case: Case, at: int) -> int:
    rng = case.rng
    chair = case.scene.house.chairs.worker(day_of(at), rng)
    case.say(
        at,
        lambda child: ConferenceHeld(
            form="review", chair=chair.worker, decision=child.words.draw("conference.review", rng),
            attended=("mother", "social worker", "school"),
        ),
        chair.hand,
    )  # fmt: skip
    if rng.random() < 0.08:
        body_of = {
            c.file.id: ProtectionCategoryChanged(plan=c.refs["plan"], category="NEG") for c in case.children
        }
        case.say(at + MINUTE, lambda child: body_of[child.file.id], chair.hand)
    return 0


def end_plan(case: Case, at: int) -> None:
    """The review at which the plan ends."""
    rng = case.rng
    _review(case, at)
    case.say(
        at + 2 * MINUTE,
        lambda child: ProtectionPlanEnded(
            plan=child.refs["plan"], reasons=child.words.draw("protection.ended", rng)
        ),
        case.scene.house.chairs.worker(day_of(at), rng).hand,
    )
