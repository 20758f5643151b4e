"""In care: how it begins, where the child lives, plans, reviews, health, school, visits, moves, missing, how it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rightplace.demo.city import absences, visits
from rightplace.demo.city.case import Case
from rightplace.demo.city.house import Hand
from rightplace.demo.city.people import Child
from rightplace.demo.city.times import DAY, MINUTE, about, add_months, day_of, in_the_day, on, workday
from rightplace.demo.simulated.courses import BEGINNING, Stay
from rightplace.domain.practice.entries.care import (
    ApprovalExtended,
    CareBegan,
    CareEnded,
    CarePlanMade,
    CarerApproved,
    CareReviewed,
    CeasingApproved,
    EducationPlanned,
    HealthAssessed,
    LegalStatusChanged,
    PlacementBegan,
    PlacementEnded,
    PlacementNotified,
    PlacementPlanMade,
    StrengthsScored,
)
from rightplace.domain.practice.entries.protection import CourtApplied, CourtDisposed, EmergencyOrderMade

FOSTER = ("U6", "U6", "U6", "U4", "U3", "U1", "K2")
PROVIDERS = ("PR1", "PR1", "PR4", "PR4", "PR5")
MOVED = ("CARPL", "CREQB", "CREQO", "CHILD", "STAND", "CLOSE")
LONG = 2 * 365
"""Days in care after which a child is thought to stay."""
TOOK_PART = ("PN1", "PN1", "PN2", "PN6", "PN5", "PN7")


def into_care(case: Case, stay: Stay, at: int) -> str:
    """The children become looked after, with their first placement. Returns the legal status."""
    rng = case.rng
    emergency = rng.random() < 0.2
    legal = "V2" if rng.random() < 0.45 or case.need == "unaccompanied" else "C1"
    hand = case.hand(at)
    if emergency:
        note = case.children[0].words.draw("emergency.note", rng)
        order = "PPP" if rng.random() < 0.6 else "EPO"
        case.say(at - 3 * MINUTE, lambda child: EmergencyOrderMade(order=order, note=note), hand)
    if legal == "C1":
        case.say(at - 2 * MINUTE, lambda child: CourtApplied(order="care"), hand, ref="court")
    word = "agreed" if legal == "V2" else "protection" if emergency else "order"
    case.say(
        at,
        lambda child: CareBegan(
            legal=legal, emergency=emergency, reason=child.words.draw("care.reasons", rng, ("legal", word))
        ),
        hand,
        ref="care",
    )  # fmt: skip
    place_somewhere(case, at + MINUTE, first=True, emergency=emergency, stay=stay)
    for child in case.children:
        child.refs.pop("need_plan", None)
    return legal


def place_somewhere(
    case: Case, at: int, *, first: bool = False, emergency: bool = False, stay: Stay | None = None
) -> None:
    """Where they live from now; the plan for it, the notices, the first visit."""
    rng = case.rng
    hand = case.hand(at)
    kind = (
        "K3"
        if min(c.age(day_of(at)) for c in case.children) >= 16 and rng.random() < 0.4
        else rng.choice(FOSTER)
    )
    relative = kind in ("U1", "U3")
    terms = ("temporary_approval",) if relative and rng.random() < 0.7 else ()
    if kind in ("U1", "U4") and not first:
        terms = ("long_term",)
    if emergency:
        terms = (*terms, "emergency")
    far = rng.random() < 0.18
    if far:
        terms = (*terms, "out_of_area")
    case.say(
        at,
        lambda child: PlacementBegan(
            placement=kind, provider="PR1" if relative else rng.choice(PROVIDERS), terms=terms,
            note=child.words.draw("placement.note", rng),
        ),
        hand,
        ref="placement",
    )  # fmt: skip
    case.at(in_the_day(rng, workday(day_of(at), about(rng, 5, 0.1))), _once(case, PlacementPlanMade))
    if emergency:
        case.at(in_the_day(rng, workday(day_of(at), rng.randint(1, 4))), _once(case, PlacementNotified))
    if emergency and far:
        case.at(
            in_the_day(rng, workday(day_of(at), rng.randint(1, 5))),
            _once(case, PlacementNotified, out_of_area=True),
        )
    if "temporary_approval" in terms:
        if rng.random() < 0.25:
            late = "The medical report came late. Everything else is in place."
            case.at(
                in_the_day(rng, day_of(at) + rng.randint(95, 109)),
                _once(case, ApprovalExtended, reasons=late),
            )
            case.at(in_the_day(rng, day_of(at) + rng.randint(120, 190)), _once(case, CarerApproved))
        else:
            case.at(in_the_day(rng, day_of(at) + rng.randint(70, 108)), _once(case, CarerApproved))
    soon = in_the_day(rng, day_of(at) + rng.randint(1, 5))
    if stay is not None:
        visits.coming(case, stay, soon, 40, where="placement", care=True)
    else:
        case.at(soon, lambda moment: visits.once(case, moment, "placement"))


def _once(case: Case, body: Callable[..., object], **more: bool | str) -> Callable[[int], int]:
    """Something about the placement that they are in then, once."""
    placements = {child.file.id: child.refs["placement"] for child in case.children}

    def do(at: int) -> int:
        if all(child.refs["placement"] == placements[child.file.id] for child in case.children):
            case.say(
                at,
                lambda child: body(placement=child.refs["placement"], **more),  # type: ignore[arg-type,return-value]
                case.hand(at),
            )
        return 0

    return do


def in_care(case: Case, stay: Stay, began: int, legal: str) -> None:
    """Put everything that comes round for children in care on the agenda."""
    rng = case.rng
    day = day_of(began)
    days = (min(stay.until, case.scene.pen.now + 300 * DAY) - began) // DAY
    case.habits(began)
    care_plan(case, in_the_day(rng, workday(day, about(rng, 10, 0.1))), stays=days > LONG)
    health_and_school(case, began)
    reviews(case, stay, began)
    absences.missing(case, began)
    moves = rng.choices((0, 1, 2, 3), weights=(45, 30, 17, 8))[0] if days > 200 else int(rng.random() < 0.2)
    for _ in range(moves):
        case.at(in_the_day(rng, day + rng.randint(40, max(60, days - 30))), lambda at: _move(case, at))
    if legal == "C1":
        _court(case, day)


def _court(case: Case, day: int) -> None:
    rng = case.rng
    at = on(day + about(rng, 182, 0.4, least=90), 12 * 60, rng.random() * 3000)

    def disposed(moment: int) -> int:
        order = "C2" if rng.random() < 0.85 else "E1"
        case.say(
            moment,
            lambda child: CourtDisposed(application=child.refs["court"], outcome="care order"),
            case.hand(moment),
        )
        case.say(
            moment + MINUTE,
            lambda child: LegalStatusChanged(legal=order, order_date=date.fromordinal(day_of(moment))),
            case.hand(moment),
        )
        return 0

    case.at(at, disposed)


def care_plan(case: Case, at: int, *, stays: bool) -> None:
    """The care plan, and what it is to come to."""
    rng = case.rng
    permanence = "long term" if stays else rng.choice(("home", "family", "home", "long term"))

    def made(moment: int) -> int:
        case.say(
            moment,
            lambda child: CarePlanMade(
                permanence=permanence, note=child.words.draw("careplan.note", rng, ("permanence", permanence))
            ),
            case.hand(moment),
        )
        return 0

    case.at(at, made)


def health_and_school(case: Case, began: int) -> None:
    """Health assessments, questionnaires and education plans."""
    rng, day = case.rng, day_of(began)

    def health(child: Child, form: str) -> Callable[[int], int]:
        def assess(at: int) -> int:
            if child not in case.children:
                return 0
            now = form if "health" not in child.refs else "review"
            child.refs["health"] = 1
            body = HealthAssessed(form=now, note=child.words.draw("health.note", rng, ("form", now)))
            case.scene.pen.say(child.file, body, at, case.hand(at), concern=case.concern)
            return in_the_day(rng, day_of(at) + about(rng, 182 if child.age(day_of(at)) < 5 else 364, 0.12))

        return assess

    def questionnaire(at: int) -> int:
        fitting = [c for c in case.children if 4 <= c.age(day_of(at)) <= 16]
        body = StrengthsScored(score=rng.randint(6, 27))
        for child in fitting:
            case.scene.pen.say(child.file, body, at, case.hand(at), concern=case.concern)
        return in_the_day(rng, day_of(at) + rng.randint(300, 380))

    for child in case.children:
        child.refs.pop("health", None)
        case.at(in_the_day(rng, workday(day, about(rng, 20, 0.25, least=4))), health(child, "initial"))
    case.at(in_the_day(rng, day + rng.randint(60, 300)), questionnaire)
    case.at(
        in_the_day(rng, workday(day, about(rng, 10, 0.15, least=2))),
        lambda at: education(case, at, "initial"),
    )


def education(case: Case, at: int, form: str) -> int:
    """A personal education plan, for those of school age."""
    rng = case.rng
    fitting = [c for c in case.children if 3 <= c.age(day_of(at)) <= 17]
    for child in fitting:
        body = EducationPlanned(form=form, note=child.words.draw("education.note", rng, ("form", form)))
        case.scene.pen.say(child.file, body, at, case.hand(at), concern=case.concern)
    return 0


def reviews(case: Case, stay: Stay, began: int) -> None:
    """Reviews by the reviewing officer as the log has them; before it, in twenty working days, three months, six months."""
    rng = case.rng
    held = {"count": 0}

    def review(at: int) -> int:
        chair = case.scene.house.chairs.worker(day_of(at), rng)
        if held["count"]:
            education(case, at - 60 * MINUTE, "review")
        case.say(
            at,
            lambda child: CareReviewed(
                chair=chair.worker, took_part="PN0" if child.age(day_of(at)) < 4 else rng.choice(TOOK_PART),
                decisions=(child.words.draw("care.review", rng),),
            ),
            chair.hand,
        )  # fmt: skip
        held["count"] += 1
        return 0

    def earlier(at: int) -> int:
        if at >= BEGINNING:
            return 0
        review(at)
        months = 3 if held["count"] == 1 else 6
        return in_the_day(rng, add_months(day_of(at), months) - rng.randint(2, 14 * months // 3))

    if stay.before_the_log:
        case.at(in_the_day(rng, workday(day_of(began), about(rng, 20, 0.08, least=8))), earlier)
    for told in stay.reviews:
        case.at(told + rng.randrange(90) * MINUTE, review)


def _move(case: Case, at: int) -> int:
    """Another placement; nearly always with notice."""
    rng = case.rng
    if any("placement" not in child.refs for child in case.children):
        return 0
    notice = rng.random() < 0.9
    reason = rng.choice(MOVED)
    case.say(
        at,
        lambda child: PlacementEnded(placement=child.refs["placement"], reason=reason, notice_given=notice),
        case.hand(at),
    )
    if not notice:
        old = {child.file.id: child.refs["placement"] for child in case.children}

        def told(moment: int) -> int:
            case.say(
                moment,
                lambda child: PlacementNotified(placement=old[child.file.id], of_ending=True),
                case.hand(moment),
            )
            return 0

        case.at(in_the_day(rng, workday(day_of(at), rng.randint(1, 9))), told, lasting=True)
    place_somewhere(case, at + 2 * MINUTE)
    return 0


def end_care(
    case: Case, at: int, child: Child, reason: str, word: str, by: Hand, *, adopted: bool = False
) -> None:
    """A nominated officer approves, and the child is no longer looked after."""
    rng, say = case.rng, case.scene.pen.say
    because = child.words.draw("care.ended", rng, ("reason", word))
    if not adopted:
        head = rng.choice(case.scene.house.heads).hand
        say(child.file, CeasingApproved(reasons=because), at - 60 * MINUTE, head, concern=case.concern)
    say(child.file, CareEnded(reason=reason, adopted=adopted), at, by, concern=case.concern)
