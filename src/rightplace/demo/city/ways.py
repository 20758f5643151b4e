"""The way of a group of children from the decision on: part after part, as its outline says, until the present."""

from __future__ import annotations

from contextlib import suppress

from rightplace.demo.city import assessing, caring, leaving, needing, protecting, support
from rightplace.demo.city.case import Case
from rightplace.demo.city.door import Telling
from rightplace.demo.city.house import NEVER, Hand
from rightplace.demo.city.outlines import Outline
from rightplace.demo.city.pen import Over
from rightplace.demo.city.people import Child
from rightplace.demo.city.times import MINUTE, day_of, in_the_day, in_the_office, on, workday
from rightplace.domain.practice.entries.contact import Route

STILL_OPEN = 2**62
RETURNED = (("E4A", "home"), ("E4A", "home"), ("E13", "family"), ("E45", "family"), ("E46", "family"))


def go(telling: Telling, outline: Outline, at: int, by: Hand) -> Case:
    """Follow the outline; whoever is not let go by the present is still open."""
    case = Case(
        telling.scene, telling.children, telling.concern.id, telling.need, telling.scene.house.front_door
    )
    for child in case.children:
        child.open_until = STILL_OPEN
    try:
        if outline.route is Route.FAMILY_SUPPORT:
            _supported(case, outline, at, by)
        else:
            _referred(case, outline, at, by)
    except Over:
        pass
    return case


def _supported(case: Case, outline: Outline, at: int, by: Hand, because: str = "decided") -> None:
    accepted = case.hand_over("family_support", "family support team", at, by, because=because)
    up = support.support(case, outline, accepted)
    if not up:
        return
    support.step_up(case, up)
    assessing.refer(case, up, case.manager(up))
    accepted = case.hand_over("assessment", "assessment", up, case.manager(up))
    case.clear()
    _assessed(case, outline, up, accepted)


def _referred(case: Case, outline: Outline, at: int, by: Hand) -> None:
    fast = outline.route is Route.STRATEGY
    accepted = case.hand_over("assessment", str(outline.route), at, by, fast=fast, because="decided")
    _assessed(case, outline, at, accepted)


def _assessed(case: Case, outline: Outline, referred: int, accepted: int) -> None:
    end = assessing.assessment(case, outline, referred, accepted)
    if not outline.in_need:
        _let_go(case, outline, end, "assessment")
    elif outline.enquiry and outline.conference:
        held = protecting.conference(case, outline)
        if outline.plan:
            _protected(case, outline, held)
        else:
            _needed(case, outline, held + 90 * MINUTE)
    elif outline.care_from == "enquiry":
        _in_care(case, outline, in_the_office(end, case.rng.randint(60, 900)))
    else:
        _needed(case, outline, end)


def _let_go(case: Case, outline: Outline, at: int, part: str) -> None:
    """Close them, or hand them down to family support."""
    if needing.let_go(case, outline, at, part):
        outline.steps_up = outline.steps_down = outline.declined = False
        outline.support = outline.support or case.rng.randint(60, 200)
        case.clear()
        _supported(case, outline, at + 2 * MINUTE, case.manager(at), because="")


def _to(case: Case, kind: str, for_what: str, at: int) -> int:
    """Handed over to the team that goes on, and allocated there. Returns when."""
    if case.place.kind == kind:
        return at
    accepted = case.hand_over(kind, for_what, at, case.manager(at))
    return case.allocate(accepted)


def _needed(case: Case, outline: Outline, at: int) -> None:
    rng = case.rng
    allocated = _to(case, "safeguarding", "child in need", in_the_office(at, rng.randint(30, 400)))
    began = in_the_office(allocated, rng.randint(20, 900))
    case.run(began)
    leaves = outline.later_enquiry or outline.care_from == "need"
    part = max(15, int(outline.need * (0.2 + 0.5 * rng.random()))) if leaves else 0
    if case.need == "unaccompanied":
        part = 2
    end = needing.need_plan(case, began, outline.need, of_days=part)
    case.run(end)
    if outline.care_from == "need":
        _in_care(case, outline, end)
        return
    if outline.later_enquiry:
        protecting.enquire(case, outline, end)
        ended = max(child.refs["enquiry_ends"] for child in case.children)
        if outline.conference:
            held = protecting.conference(case, outline)
            if outline.plan:
                _protected(case, outline, held)
                return
            ended = held
        if outline.care_from == "enquiry":
            _in_care(case, outline, in_the_day(rng, workday(day_of(ended), 1)))
            return
        end = max(on(day_of(began) + outline.need, 14 * 60), in_the_day(rng, workday(day_of(ended), 10)))
        case.run(end)
    needing.end_need_plan(case, end)
    _let_go(case, outline, end, "child in need")


def _protected(case: Case, outline: Outline, at: int) -> None:
    rng = case.rng
    if case.place.kind != "safeguarding":
        _to(case, "safeguarding", "child protection", in_the_office(at, rng.randint(30, 300)))
    ended = protecting.plan(case, outline, at)
    if outline.care_from == "plan":
        _in_care(case, outline, ended + 60 * MINUTE)
        return
    end = needing.need_plan(case, ended + 5 * MINUTE, min(200, max(60, outline.need // 2)))
    case.run(end)
    needing.end_need_plan(case, end)
    _let_go(case, outline, end, "child protection" if rng.random() < 0.5 else "child in need")


def _in_care(case: Case, outline: Outline, at: int) -> None:
    rng = case.rng
    case.run(at)
    if all("need_plan" in child.refs for child in case.children):
        needing.end_need_plan(case, at - 10 * MINUTE)
    case.clear()
    case.in_care = True
    legal = caring.into_care(case, outline, at)
    grown: list[Case] = []
    for child in case.children:
        birthday = on(child.eighteen - 1, 12 * 60, rng.random() * 3000)
        case.at(birthday, lambda moment, child=child: _grown(case, moment, child, grown))  # type: ignore[misc]
    leaving.prepare(case, at)
    caring.in_care(case, outline, at, legal)
    if len(case.children) and case.need == "unaccompanied":
        outline.care = NEVER
    try:
        offered = in_the_day(rng, workday(day_of(at), rng.randint(3, 20)))
        case.run(offered)
        accepted = case.hand_over("care", "in care", offered, case.manager(offered))
        case.allocate(accepted)
        case.keep_worker()
        _home(case, outline, at)
    except Over:
        pass
    for own in grown:
        with suppress(Over):
            leaving.after(
                own, own.children[0], on(own.children[0].eighteen - 1, 13 * 60, 10 + rng.random() * 3000)
            )


def _grown(case: Case, at: int, child: Child, grown: list[Case]) -> int:
    if child in case.children:
        grown.append(leaving.grown_up(case, at, child))
    return 0


def _home(case: Case, outline: Outline, began: int) -> None:
    """Care ends: home, with relatives, adopted."""
    rng = case.rng
    end = on(
        min(day_of(began) + outline.care, day_of(case.scene.pen.now) + 400), 13 * 60, rng.random() * 3000
    )
    case.run(end)
    adopts = max(child.age(day_of(end)) for child in case.children) < 6 and outline.stays
    reason, word = ("E11", "adopted") if adopts else rng.choice(RETURNED)
    hand = case.hand(end)
    for child in case.children:
        caring.end_care(case, end, child, reason, word, hand, adopted=adopts)
        if adopts:
            child.open_until = end
    if adopts:
        case.children = []
        return
    case.clear()
    case.in_care = case.growing = False
    after = needing.need_plan(case, end + 20 * MINUTE, rng.randint(60, 150))
    case.run(after)
    needing.end_need_plan(case, after)
    closed = in_the_office(after, rng.randint(60, 900))
    case.run(closed)
    case.close(closed, case.children, "in care", "RC4" if word == "family" else "RC7")
