"""The way of a group of children from the decision on: stage after stage, as the log has it, until the present."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from rightplace.demo.city import absences, assessing, caring, leaving, needing, protecting, support
from rightplace.demo.city.case import Case
from rightplace.demo.city.door import Telling
from rightplace.demo.city.house import Hand
from rightplace.demo.city.pen import Over
from rightplace.demo.city.people import Child
from rightplace.demo.city.times import DAY, MINUTE, day_of, in_the_day, in_the_office, on, workday
from rightplace.demo.simulated.courses import OPEN, Stay, Turn
from rightplace.domain.practice.entries.contact import Route
from rightplace.domain.simulation.names import ASSESSMENT, CARE, ENQUIRY, NEED, PROTECTION, SUPPORT

STILL_OPEN = 2**62
RETURNED = (("E4A", "home"), ("E4A", "home"), ("E13", "family"), ("E45", "family"), ("E46", "family"))
YOUNG = 6


@dataclass(slots=True)
class Step:
    """One stay on the way, with the one before and the one after; `last` is whether they are let go when it ends."""

    stay: Stay
    before: Stay | None
    after: Stay | None
    talked: bool = False

    def leads(self, *stages: int) -> bool:
        """Whether the next stage is one of these."""
        return self.after is not None and self.after.stage in stages


def go(telling: Telling, turn: Turn, at: int, by: Hand) -> Case:
    """Follow the log; whoever is not let go by the present is still open."""
    case = Case(
        telling.scene, telling.children, telling.concern.id, telling.need, telling.scene.house.front_door
    )
    for child in case.children:
        child.open_until = STILL_OPEN
    talked = telling.route is Route.STRATEGY
    case.childhood()
    with suppress(Over):
        _follow(case, turn, at, by, talked=talked)
    return case


def _follow(case: Case, turn: Turn, at: int, by: Hand, *, talked: bool) -> None:
    befores = [None, *turn.stays]
    afters = [*turn.stays[1:], None]
    for before, stay, after in zip(befores, turn.stays, afters, strict=False):
        at = STAGES[stay.stage](case, Step(stay, before, after, talked and before is None), at, by)
        if not at or not case.children:
            return
        by = case.manager(at)


def _supported(case: Case, step: Step, at: int, by: Hand) -> int:
    if step.before is not None:
        needing.step_down(
            case, at + MINUTE, "assessment" if step.before.stage == ASSESSMENT else "child in need"
        )
        at += 2 * MINUTE
        case.clear()
    because = "" if step.before is not None else "decided"
    accepted = case.hand_over(
        "family_support", "family support team", at, by, because=because, stay=step.stay
    )
    return support.support(case, step.stay, accepted, up=step.leads(ASSESSMENT))


def _assessed(case: Case, step: Step, at: int, by: Hand) -> int:
    stay, rng = step.stay, case.rng
    if step.before is not None:
        support.step_up(case, at)
        assessing.refer(case, at, by)
    case.mark("assessing", on=True)
    what = "strategy discussion" if step.talked else "assessment"
    because = "" if step.before is not None else "decided"
    accepted = case.hand_over("assessment", what, at, by, because=because, stay=stay, fast=step.talked)
    case.clear()
    in_need = step.leads(NEED, ENQUIRY, CARE)
    end = assessing.assessment(case, stay, at, accepted, in_need=in_need, talked=step.talked)
    if step.after is None:
        return _close(case, in_the_office(end, rng.randint(5, 300)), "assessment", "RC8")
    return end


def _enquired(case: Case, step: Step, at: int, by: Hand) -> int:
    stay = step.stay
    if step.before is None:
        case.mark("assessing", on=True)
        accepted = case.hand_over(
            "assessment", "strategy discussion", at, by, because="decided", stay=stay, fast=True
        )
        in_need = step.leads(NEED, PROTECTION, CARE) or (step.after is None and stay.until == OPEN)
        end = assessing.assessment(case, stay, at, accepted, in_need=in_need)
    else:
        if stay.held and case.place.kind == "assessment":
            case.follow_holders(stay, at)
        protecting.enquire(case, stay, at)
        end = assessing.case_ready(case, at)
        case.run(end)
    if stay.conference or (stay.until == OPEN and not stay.before_the_log):
        return protecting.conference(case, stay, plan=step.leads(PROTECTION))
    if step.after is None:
        _end_any_need_plan(case, end + 20 * MINUTE)
        return _close(case, in_the_office(end, case.rng.randint(40, 300)), "assessment", "RC8")
    return end


def _to(case: Case, kind: str, for_what: str, at: int, stay: Stay) -> int:
    """Handed over to the team that goes on, and taken up there. Returns when."""
    if case.place.kind == kind:
        case.follow_holders(stay, at)
        return at
    accepted = case.hand_over(kind, for_what, at, case.manager(at), stay=stay)
    return case.take_up(stay, accepted)


def _needed(case: Case, step: Step, at: int, by: Hand) -> int:
    rng, stay = case.rng, step.stay
    taken = _to(case, "safeguarding", "child in need", in_the_office(at, rng.randint(20, 200)), stay)
    began = in_the_office(taken, rng.randint(10, 300))
    case.run(began)
    if not all("need_plan" in child.refs for child in case.children):
        case.clear()
        case.visiting = None
        needing.need_plan(case, stay, began)
    end = max(stay.until, began + 2 * DAY)
    case.run(end)
    if step.leads(ENQUIRY):
        return end
    needing.end_need_plan(case, end)
    if step.after is None:
        return _close(case, in_the_office(end, rng.randint(20, 300)), "child in need", "RC7")
    return end


def _protected(case: Case, step: Step, at: int, by: Hand) -> int:
    stay = step.stay
    if case.place.kind == "safeguarding":
        case.follow_holders(stay, at)
    else:
        _to(case, "safeguarding", "child protection", in_the_office(at, case.rng.randint(20, 200)), stay)
    ended = protecting.plan(case, stay, at, into_care=step.leads(CARE))
    if step.after is None:
        return _close(case, in_the_office(ended, case.rng.randint(20, 300)), "child protection", "RC7")
    return ended + 10 * MINUTE


def _in_care(case: Case, step: Step, at: int, by: Hand) -> int:
    rng, stay = case.rng, step.stay
    case.run(at)
    at += 15 * MINUTE
    _end_any_need_plan(case, at - 10 * MINUTE)
    case.clear()
    case.visiting = None
    case.in_care = True
    legal = caring.into_care(case, stay, at)
    grown: list[Case] = []
    for child in case.children:
        birthday = on(child.eighteen - 1, 12 * 60, rng.random() * 3000)
        case.at(birthday, lambda moment, child=child: _grown(case, moment, child, grown))  # type: ignore[misc]
    leaving.prepare(case, at)
    caring.in_care(case, stay, at, legal)
    ended = 0
    with suppress(Over):
        offered = in_the_day(rng, workday(day_of(at), rng.randint(1, 3)))
        case.run(offered)
        _to(case, "care", "in care", offered, stay)
        case.keep_worker()
        ended = _home(case, step, at)
    for own in grown:
        with suppress(Over):
            began = on(own.children[0].eighteen - 1, 13 * 60, 10 + rng.random() * 3000)
            leaving.after(own, own.children[0], began)
    return ended


def _end_any_need_plan(case: Case, at: int) -> None:
    if case.children and all("need_plan" in child.refs for child in case.children):
        needing.end_need_plan(case, at)


def _grown(case: Case, at: int, child: Child, grown: list[Case]) -> int:
    if child in case.children:
        grown.append(leaving.grown_up(case, at, child))
    return 0


def _home(case: Case, step: Step, began: int) -> int:
    """Care ends: home, with relatives, adopted. Returns when, or 0 where nobody of them is open after it."""
    rng = case.rng
    end = max(step.stay.until, began + 6 * DAY)
    case.run(end)
    small = max(child.age(day_of(end)) for child in case.children) < YOUNG
    adopts = small and step.after is None and end - began > 200 * DAY
    reason, word = ("E11", "adopted") if adopts else rng.choice(RETURNED)
    hand = case.hand(end)
    for child in case.children:
        caring.end_care(case, end, child, reason, word, hand, adopted=adopts)
        if adopts:
            child.open_until = end
    if adopts:
        case.children = []
        return 0
    case.clear()
    case.in_care = case.growing = False
    if step.after is None:
        return _close(
            case, in_the_office(end, rng.randint(30, 300)), "in care", "RC4" if word == "family" else "RC7"
        )
    return end + 20 * MINUTE


def _close(case: Case, at: int, part: str, code: str) -> int:
    """Let all of them go, when whoever had gone missing has been asked why."""
    at = max(at, *(child.refs.get(absences.ASKED, 0) + 30 * MINUTE for child in case.children))
    case.run(at)
    case.close(at, case.children, part, code)
    return 0


Following = Callable[[Case, Step, int, Hand], int]
STAGES: Mapping[int, Following] = {
    SUPPORT: _supported,
    ASSESSMENT: _assessed,
    ENQUIRY: _enquired,
    NEED: _needed,
    PROTECTION: _protected,
    CARE: _in_care,
}
"""What is written at each stage. Each says when it was over; 0 when nobody goes on from there."""
