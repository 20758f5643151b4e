"""Strategy discussion, section 47 enquiry, conference, protection plan with core groups, visits and reviews."""

from __future__ import annotations

from datetime import date

from rightplace.demo.city import needs, visits
from rightplace.demo.city.case import Case
from rightplace.demo.city.times import (
    DAY,
    MINUTE,
    about,
    add_months,
    day_of,
    in_the_day,
    in_the_office,
    workday,
)
from rightplace.demo.simulated.courses import BEGINNING, OPEN, Stay
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


def enquire(case: Case, stay: Stay, at: int) -> None:
    """From reasonable cause to the end of the enquiry, on the agenda; a conference may follow."""
    rng = case.rng
    held = talk(case, at, enquiry=True)
    case.say(
        held + MINUTE,
        lambda child: EnquiryBegan(strategy=child.refs["held"]),
        case.manager(held),
        ref="enquiry",
    )
    case.mark("enquiring", on=True)
    soon = max(in_the_day(rng, day_of(held)), held + 50 * MINUTE)
    ends = max(stay.ended or OPEN, in_the_office(soon, 300))
    for child in case.children:
        child.refs["enquiry_ends"] = ends
    case.at(soon, lambda moment: _seen_at_once(case, moment))
    case.at(ends - MINUTE, lambda moment: _enquiry_ends(case, stay, moment))


def _seen_at_once(case: Case, at: int) -> int:
    visits.make(case, at)
    return 0


def _enquiry_ends(case: Case, stay: Stay, at: int) -> int:
    rng = case.rng
    needed = bool(stay.conference) or stay.until == OPEN
    outcome = "conference" if needed else "assessment"
    case.say(
        at,
        lambda child: EnquiryEnded(
            enquiry=child.refs["enquiry"], outcome=outcome, conference_needed=needed,
            reasons=child.words.draw("enquiry.reasons", rng, ("outcome", outcome)),
        ),
        case.manager(at),
    )  # fmt: skip
    if not needed:
        case.mark("enquiring", on=False)
    return 0


def conference(case: Case, stay: Stay, *, plan: bool) -> int:
    """The initial conference, after the enquiry; with a plan or without. Returns when it was."""
    rng = case.rng
    ended = max(child.refs["enquiry_ends"] for child in case.children)
    at = max(stay.conference or OPEN, ended + 90 * MINUTE)
    case.run(at)
    category = needs.category_of(case.need, rng)
    wording = needs.CATEGORY_WORDS[category] if plan else "none"
    chair = case.scene.house.chairs.worker(day_of(at), rng)
    case.say(
        at,
        lambda child: ConferenceHeld(
            form="initial", about=child.refs["enquiry"], chair=chair.worker,
            decision=child.words.draw("conference.decision", rng, ("category", wording)),
            category=category if plan else "", attended=("mother", "social worker", "school", "health visitor"),
        ),
        chair.hand,
        ref="conference",
    )  # fmt: skip
    case.mark("enquiring", on=False)
    if not plan:
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


def plan(case: Case, stay: Stay, began: int, *, into_care: bool) -> int:
    """The life of a protection plan, up to the review at which it ends. Returns when that was."""
    rng = case.rng
    case.clear()
    case.habits(began)
    case.childhood()
    visits.coming(case, stay, in_the_day(rng, workday(day_of(began), rng.randint(3, 9))), 10, working=True)
    case.at(
        in_the_day(rng, workday(day_of(began), about(rng, 10, 0.12, least=4))),
        lambda at: _core_group(case, at),
    )
    review = max(stay.until, began + 5 * DAY)
    if into_care:
        before_court(case, began, day_of(review) - day_of(began))
    for at in reviews_of(case, stay, began):
        if began + DAY < at < min(stay.until, OPEN):
            case.at(at, lambda moment: _review(case, moment))
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


def reviews_of(case: Case, stay: Stay, began: int) -> list[int]:
    """When the plan was reviewed; before the log begins, as the law asks."""
    if not stay.before_the_log:
        return stay.reviews
    found, at = [], in_the_day(case.rng, add_months(day_of(began), 3) - case.rng.randint(2, 16))
    while at < BEGINNING:
        found.append(at)
        at = in_the_day(case.rng, add_months(day_of(at), 6) - case.rng.randint(4, 40))
    return found + stay.reviews


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
