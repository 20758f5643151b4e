"""What an answer must know of its question, in plain words and numbers, so that a kept one needs nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec

from rightplace.domain.simulation.scenarios.promises import PROMISES
from rightplace.domain.simulation.scenarios.saying import change_said, day_said
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE, Move, Scenario

if TYPE_CHECKING:
    from rightplace.domain.simulation.scenarios.asking import Question, Told


class PromiseAsked(msgspec.Struct, frozen=True):
    """A promise with the limit that this question holds it against."""

    code: str
    words: str
    limit: float
    unit: str
    source: str


class ScenarioAsked(msgspec.Struct, frozen=True):
    name: str
    note: str
    changes: list[str]
    care_rate: list[tuple[int, float]]
    """Pounds a week for a child in care, from each week on."""
    agency_rate: list[tuple[int, float]]
    """Pounds a week for a worker of an agency, from each week on."""
    budget: float | None
    savings: float | None
    first_change: int = 0
    """The week of the first change of it, or of the one that it is held against: what it saves counts from there on."""


class About(msgspec.Struct, frozen=True):
    seed: int
    begins: date
    days: int
    weeks: int
    first_change: int
    """The week of the first change of any scenario: numbers are compared from there on."""
    last_change: int
    places: list[str]
    """Everywhere is the last."""
    promises: list[PromiseAsked]
    scenarios: list[ScenarioAsked]
    caveats: list[str]


def about(question: Question) -> About:
    base = question.base
    last = max((day for each in question.scenarios for day in _days(each)), default=base.begins)
    limits = {code: limit for scenario in question.scenarios for code, limit in scenario.promises}
    given = [
        PromiseAsked(
            each.code,
            each.words,
            limits.get(each.code, each.limit),
            each.unit,
            _source(each.source, each.code in limits),
        )
        for each in PROMISES
    ]
    last_working = question.told[0].given.begins + timedelta(days=base.days - 1)
    return About(
        seed=question.seed,
        begins=base.begins,
        days=base.days,
        weeks=(last_working - base.begins).days // 7 + 1,
        first_change=first_change(question),
        last_change=_week(question, last),
        places=[*question.places, EVERYWHERE],
        promises=given,
        scenarios=[_scenario(question, nth) for nth in range(len(question.scenarios))],
        caveats=_caveats(question),
    )


def _source(source: str, own: bool) -> str:
    return "set by whoever asked" if own else source


def _scenario(question: Question, nth: int) -> ScenarioAsked:
    scenario, told = question.scenarios[nth], question.told[nth]
    return ScenarioAsked(
        scenario.name,
        scenario.note,
        _changes(scenario),
        _rate(told, scenario.begins, ("cost.care",)),
        _rate(told, scenario.begins, ("cost.worker", "cost.agency")),
        scenario.budget,
        scenario.savings,
        _first_week(question, nth),
    )


def first_change(question: Question) -> int:
    """The week from which an answer counts: that of the first change of any of its scenarios."""
    others = [*range(1, len(question.scenarios))]
    return min(_first_week(question, nth) for nth in others or [0])


def _first_week(question: Question, nth: int) -> int:
    """The week of the first change of a scenario, or of the one that it is held against."""
    both = question.base, question.scenarios[nth]
    if _otherwise_at_first(question, nth):
        return 0
    return _week(question, min((day for each in both for day in _days(each)), default=question.base.begins))


def _otherwise_at_first(question: Question, nth: int) -> bool:
    """Whether its very first day is changed: against the one that it is held against, or, alone, by what it says is changed."""
    if nth:
        return question.told[nth].given != question.told[0].given
    alone, at_first = question.base, question.base.at_first
    helped = alone.early_help is not None and alone.early_help.day is None
    return helped or bool(at_first.merges or at_first.moves)


def _days(scenario: Scenario) -> list[date]:
    """The days on which something of a scenario changes."""
    days = [change.day for change in scenario.changes] + [day for day, _, _ in scenario.rearranged]
    if scenario.early_help is not None and scenario.early_help.day is not None:
        days.append(scenario.early_help.day)
    return days


def _week(question: Question, day: date) -> int:
    return max(0, (day - question.base.begins).days // 7)


def _changes(scenario: Scenario) -> list[str]:
    found = [f"From {_from(m.day)} {_listed(m.areas)} are one area, {m.name}." for m in scenario.merges]
    found += [
        f"From {_from(m.day)} {m.to} works for {m.area} in place of {m.team}{_with(m)}."
        for m in scenario.moves
    ]
    if scenario.early_help is not None:
        day = scenario.early_help.day or scenario.begins
        found.append(change_said(day, "early_help", EVERYWHERE, scenario.early_help.effect))
    found += [
        change_said(c.day, c.what, c.where, c.amount, c.weeks)
        for c in sorted(scenario.changes, key=lambda c: c.day)
    ]
    return found


def _from(day: date | None) -> str:
    return "the first day" if day is None else day_said(day)


def _with(move: Move) -> str:
    return (
        ""
        if not move.posts
        else ", with one post of theirs"
        if move.posts == 1
        else f", with {move.posts} posts of theirs"
    )


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _rate(told: Told, begins: date, names: tuple[str, ...]) -> list[tuple[int, float]]:
    values = {name: told.given.value(name) for name in names}
    found = [(0, _product(values))]
    for change in sorted(told.changes, key=lambda each: each.day):
        if change.what in values:
            was = values[change.what]
            values[change.what] = change.amount
            found.append(((change.day - begins).days // 7, _product(values)))
            if change.weeks:
                values[change.what] = was
                found.append(((change.past - begins).days // 7, _product(values)))
    return found


def _product(values: dict[str, float]) -> float:
    product = 1.0
    for value in values.values():
        product *= value
    return product


def _caveats(question: Question) -> list[str]:
    found = []
    if question.untold:
        found.append(
            f"{_listed(question.untold)} cannot be told alone: other teams do that work in one scenario than in another."
        )
    names = {c.what for s in question.scenarios for c in s.changes}
    if (
        any(s.early_help for s in question.scenarios)
        or {"early_help", "support.effect", "early_help.reach"} & names
    ):
        found.append(
            "How much family support prevents was set by whoever asked. Published evidence compares before and after, mostly"
            " without a group that had no help (Hertfordshire Family Safeguarding: 49 in 100 fewer plans) or is about other"
            " outcomes (Supporting Families, 2019: a third fewer children in care after two years)."
        )
    if "pay" in names and "leaving" not in names:
        found.append(
            "Pay changes what people cost. By how much it keeps them nobody has measured: add a change of leaving."
        )
    if any(name.startswith(("standard.", "promise.")) for name in names):
        found.append(
            "A changed standard changes what is counted as late and how often is visited or supervised. That people work"
            " towards a new limit is not presumed."
        )
    return found
