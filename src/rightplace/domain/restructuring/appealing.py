"""An appeal against a pool, a score or a result: what is due by when. The days are local and marked so."""

from __future__ import annotations

from dataclasses import dataclass

from rightplace.domain.practice.calendars import Calendar
from rightplace.domain.restructuring.rules import DatedRule, rule_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """One appeal and its days. Who decides it took no part in what it is about: `decided` and `hearing` name them."""

    letter: int
    made: int | None = None
    heard: int | None = None
    answered: int | None = None
    decided: frozenset[int] = frozenset()
    hearing: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an appeal: its last day, when it was done, and whether that was in time."""

    name: str
    due: int | None
    done: int | None
    rule: DatedRule

    def late(self, today: int) -> bool:
        """Past its day and not done by then. Without a day nothing is late."""
        return self.due is not None and (self.done or today) > self.due


def steps(appeal: Appeal, working: Calendar) -> tuple[Step, ...]:
    """Making, hearing and answering, each counted in working days from the one before."""
    found = []
    days = (
        ("made", "appeal", appeal.letter, appeal.made),
        ("heard", "appeal heard", appeal.made, appeal.heard),
        ("answered", "appeal answered", appeal.heard, appeal.answered),
    )
    for name, subject, start, done in days:
        rule = rule_for(subject, appeal.letter)
        if rule is not None:
            due = None if start is None else working.add_working_days(start, rule.number)
            found.append(Step(name=name, due=due, done=done, rule=rule))
    return tuple(found)


def partial(appeal: Appeal) -> frozenset[int]:
    """Those who would hear an appeal against what they decided themselves. There must be none."""
    return appeal.decided & appeal.hearing
