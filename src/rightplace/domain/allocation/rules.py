"""The hard rules: who may not be given a family, each rule named and each answer a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rightplace.domain.allocation.model import Away, Group, Question, Worker, protected_minutes
from rightplace.domain.allocation.words import days_words, hours_words, listed


@dataclass(frozen=True)
class Broken:
    """A rule that stands between a family and a worker, in words."""

    rule: str
    words: str


@dataclass(frozen=True)
class Kept:
    """A rule that a pair keeps, in words."""

    rule: str
    words: str


def _conflict(group: Group, worker: Worker, question: Question) -> str:
    return "has a conflict of interest with the family" if worker.key in group.conflicts else ""


def _skill(group: Group, worker: Worker, question: Question) -> str:
    missing = group.must - worker.skills
    return f"does not have {listed(missing)}, which this family must have" if missing else ""


def _newly_qualified(group: Group, worker: Worker, question: Question) -> str:
    if not worker.newly_qualified or group.supported:
        return ""
    alone = group.works & question.table.rules.newly_qualified_not_alone
    return f"is newly qualified and may not hold {listed(alone)} alone" if alone else ""


def _full(group: Group, worker: Worker, question: Question) -> str:
    return "has said “I am full”, and that stands" if worker.full and group.present != worker.key else ""


def _away(group: Group, worker: Worker, question: Question) -> str:
    for away in worker.away:
        if is_long(away, question) and is_near(away, question):
            when = "is away" if away.first <= question.day else "goes away soon"
            left = _days_left(away, question)
            return (
                f"{when}, and nobody knows for how long" if left is None else f"{when} for {days_words(left)}"
            )
    return ""


RULES: Final[dict[str, Callable[[Group, Worker, Question], str]]] = {
    "conflict of interest": _conflict,
    "required skill": _skill,
    "newly qualified": _newly_qualified,
    "full": _full,
    "long absence": _away,
}
HOURS: Final = "hours"


def is_near(away: Away, question: Question) -> bool:
    """Whether an absence is on or begins soon enough to count."""
    over = away.last is not None and away.last < question.day
    return not over and away.first <= question.day + question.table.rules.ahead_days


def is_long(away: Away, question: Question) -> bool:
    """Whether what is left of an absence is longer than a family can wait. No known end is long."""
    left = _days_left(away, question)
    return left is None or left > question.table.rules.away_days


def _days_left(away: Away, question: Question) -> int | None:
    return None if away.last is None else away.last - max(away.first, question.day) + 1


def may_hold(group: Group, worker: Worker, question: Question) -> bool:
    """Whether every rule but that of hours lets this worker hold this family."""
    return not any(rule(group, worker, question) for rule in RULES.values())


def broken(group: Group, worker: Worker, question: Question, given: int = 0) -> Iterator[Broken]:
    """Every rule that stands between the two, when the worker is given so many minutes of other families as well."""
    for name, rule in RULES.items():
        if words := rule(group, worker, question):
            yield Broken(name, words)
    room = protected_minutes(worker, question.table) - worker.load - given
    if group.minutes > room:
        has = f"has {hours_words(room)} left" if room > 0 else "has no hours left"
        yield Broken(HOURS, f"{has} and the family takes {hours_words(group.minutes)} a week")


def nobody_words(group: Group, question: Question, given: Mapping[int, int]) -> str:
    """Why nobody can take a family: the rule that alone stands between it and most of those who nearly could."""
    nearly: dict[str, int] = {}
    for worker in question.workers:
        standing = list(broken(group, worker, question, given.get(worker.key, 0)))
        if len(standing) == 1:
            nearly[standing[0].rule] = nearly.get(standing[0].rule, 0) + 1
    if not question.workers:
        return "there is no worker"
    if not nearly:
        return "two rules or more stand between the family and every worker"
    rule, many = max(nearly.items(), key=lambda each: (each[1], each[0]))
    who = "1 worker" if many == 1 else f"{many:,} workers"
    return f"the rule of {rule} binds: {who} could take the family but for it"


def kept(group: Group, worker: Worker, question: Question, given: int) -> tuple[Kept, ...]:
    """What each rule says of a pair that it lets stand."""
    room = protected_minutes(worker, question.table) - worker.load - given
    alone = group.works & question.table.rules.newly_qualified_not_alone
    newly = "is not newly qualified"
    if worker.newly_qualified:
        newly = "is newly qualified; an experienced second worker is named" if alone else "may hold this work"
    return (
        Kept("conflict of interest", "none is known"),
        Kept("required skill", f"has {listed(group.must)}" if group.must else "none is required"),
        Kept("newly qualified", newly),
        Kept("full", "keeps a family already held" if worker.full else "has not said “I am full”"),
        Kept("long absence", "none is known"),
        Kept(HOURS, f"the family takes {hours_words(group.minutes)} of {hours_words(room)} left"),
    )
