"""Holds any plan against the rules, and works its price out anew. Shares no code with those who made the plan.

It reads the question and the table and nothing else, in its own words and in the slow and plain way. Whoever doubts a
plan, wherever it came from, can have it certified here. A test keeps the imports so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from rightplace.domain.allocation.model import NOBODY, Away, Group, Plan, Question, Worker


@dataclass(frozen=True)
class Fault:
    """Something in a plan that may not be: what, and about which family or worker."""

    what: str
    group: int | None = None
    worker: int | None = None


def faults(question: Question, plan: Plan) -> tuple[Fault, ...]:
    """Everything that is wrong with a plan. Nothing: it is certified."""
    found = list(_placed_once(question, plan))
    if found:
        return tuple(found)
    return (*_rules(question, plan), *_hours(question, plan), *_price(question, plan))


def seconds_of(question: Question, plan: Plan) -> int:
    """What a plan weighs, from nothing, in seconds of a week."""
    workers = {worker.key: worker for worker in question.workers}
    total = 0
    taken: dict[int, int] = defaultdict(int)
    for group in question.groups:
        key = plan.given[group.key]
        if key == NOBODY:
            total += 60 * question.table.costs.nobody_a_child * len(group.children)
        else:
            total += _pair(question, group, workers[key])
            taken[key] += sum(child.minutes for child in group.children)
    for key, minutes in taken.items():
        worker = workers[key]
        total += _weight_of_load(question, worker, worker.load + minutes)
        total -= _weight_of_load(question, worker, worker.load)
    return total


def _placed_once(question: Question, plan: Plan) -> Iterator[Fault]:
    asked = {group.key for group in question.groups}
    known = {worker.key for worker in question.workers}
    for key in asked - set(plan.given):
        yield Fault("a family is missing from the plan", key)
    for key in set(plan.given) - asked:
        yield Fault("a family is in the plan that nobody asked about", key)
    for key, worker in plan.given.items():
        if worker == NOBODY and not plan.unplaced.get(key, "").strip():
            yield Fault("a family has no worker and no reason is given", key)
        if worker != NOBODY and worker not in known:
            yield Fault("a family is given to a worker whom nobody knows", key, worker)
        if worker != NOBODY and key in plan.unplaced:
            yield Fault("a family has a worker and a reason why it has none", key, worker)
    for key in set(plan.unplaced) - set(plan.given):
        yield Fault("a reason is given for a family that is not in the plan", key)


def _rules(question: Question, plan: Plan) -> Iterator[Fault]:
    workers = {worker.key: worker for worker in question.workers}
    limits = question.table.rules
    for group in question.groups:
        key = plan.given[group.key]
        if key == NOBODY:
            continue
        worker = workers[key]
        if key in group.conflicts:
            yield Fault("a conflict of interest", group.key, key)
        if any(skill not in worker.skills for skill in group.must):
            yield Fault("a required skill is missing", group.key, key)
        held_back = any(child.work in limits.newly_qualified_not_alone for child in group.children)
        if worker.newly_qualified and held_back and not group.supported:
            yield Fault("newly qualified and alone with work that may not be", group.key, key)
        if worker.full and group.present != key:
            yield Fault("a worker who is full gets a new family", group.key, key)
        if any(_counts(question, away) == "long" for away in worker.away):
            yield Fault("a worker who is away for long", group.key, key)


def _hours(question: Question, plan: Plan) -> Iterator[Fault]:
    for worker in question.workers:
        held = [group for group in question.groups if plan.given[group.key] == worker.key]
        minutes = sum(child.minutes for group in held for child in group.children)
        if held and worker.load + minutes > _limit(question, worker):
            yield Fault("more than a worker's hours", None, worker.key)


def _price(question: Question, plan: Plan) -> Iterator[Fault]:
    anew = seconds_of(question, plan)
    if anew != plan.seconds:
        yield Fault(f"the price is {anew} seconds and not {plan.seconds}")
    if plan.bound > anew:
        yield Fault(f"the bound of {plan.bound} seconds is above the price of {anew}")


def _limit(question: Question, worker: Worker) -> int:
    share = Fraction(question.table.rules.newly_qualified_percent if worker.newly_qualified else 100, 100)
    return int(worker.minutes * share)


def _counts(question: Question, away: Away) -> str:
    """Whether an absence is long, short, or of no account on the day of the question."""
    horizon = question.day + question.table.rules.ahead_days
    begins = max(away.first, question.day)
    if begins > horizon:
        return ""
    if away.last is None:
        return "long"
    days = sum(1 for _ in range(begins, away.last + 1))
    if days == 0:
        return ""
    return "long" if days > question.table.rules.away_days else "short"


def _pair(question: Question, group: Group, worker: Worker) -> int:
    weigh = question.table.costs
    minutes = 0
    if group.present not in (None, worker.key):
        minutes += weigh.continuity
    if group.siblings_with and worker.key not in group.siblings_with:
        minutes += weigh.siblings_apart
    minutes += sum(weigh.skill for skill in group.better if skill not in worker.skills)
    if group.language != "" and group.language not in worker.languages:
        minutes += weigh.language
    if any(_counts(question, away) == "short" for away in worker.away):
        minutes += weigh.absence_ahead
    return 60 * minutes + int(Fraction(60 * weigh.travel_a_km * _metres(question, group, worker), 1000))


def _metres(question: Question, group: Group, worker: Worker) -> int:
    if group.place is None or worker.place is None:
        return 1000 * question.table.costs.unknown_km
    east, north = group.place.east - worker.place.east, group.place.north - worker.place.north
    square, root = east * east + north * north, round(abs(complex(east, north)))
    while root * root > square:
        root -= 1
    while (root + 1) * (root + 1) <= square:
        root += 1
    return root


def _weight_of_load(question: Question, worker: Worker, load: int) -> int:
    weight = 0
    for bend in question.table.evenness:
        begins = int(_limit(question, worker) * Fraction(bend.above_percent, 100))
        weight += bend.minutes_an_hour * 60 * max(0, load - begins) // 60
    return weight
