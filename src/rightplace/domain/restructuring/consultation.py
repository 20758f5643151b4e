"""The consultation's clocks: how long before the first dismissal, by the rules of the day of the proposal.

Days are counted as clear days: neither the day that starts the count nor the day of the dismissal is one of them.
That is the cautious reading of “at least so many days before”; nobody is dismissed a day too early by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rightplace.domain.practice.calendars import CountedDay
from rightplace.domain.restructuring.rules import DatedRule, rule_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """What is proposed and what has been done. A day that is none has not come yet, or nobody has entered it."""

    proposed_on: int
    dismissals: int
    statement_given: int | None = None
    notified_on: int | None = None
    first_notice: int | None = None
    first_dismissal: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One count of days: from which day, with which rule, and from which day a dismissal may take effect.

    `kept` is none while a day is missing: unknown is unknown, never late.
    """

    rule: DatedRule
    begun: int | None
    earliest: int | None
    kept: bool | None
    sentence: str

    def counted(self) -> Iterator[CountedDay]:
        """Each day from the start (day 0) to the first on which a dismissal may take effect."""
        if self.begun is None or self.earliest is None:
            return
        yield CountedDay(self.begun, 0, False, "The day it starts from")
        for day in range(self.begun + 1, self.earliest):
            yield CountedDay(day, day - self.begun, True, "")
        yield CountedDay(self.earliest, self.rule.number, False, "From this day a dismissal may take effect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The clocks of one proposal, what each breach could cost, and what is out of order."""

    consultation: Clock | None
    notification: Clock | None
    award: DatedRule | None
    wrong: tuple[str, ...]

    @property
    def earliest(self) -> int | None:
        """The first day on which a dismissal may take effect; none while a clock has not begun."""
        days = [clock.earliest for clock in (self.consultation, self.notification) if clock is not None]
        if not days or None in days:
            return None
        return max(day for day in days if day is not None)


def clocks(facts: Consultation) -> Clocks:
    """Which clocks run. Under twenty dismissals the law asks for no collective consultation, and none is shown."""
    consulting = rule_for("consultation", facts.proposed_on, facts.dismissals)
    notifying = rule_for("notification", facts.proposed_on, facts.dismissals)
    return Clocks(
        consultation=_clock(consulting, facts.statement_given, facts.first_dismissal),
        notification=_clock(notifying, facts.notified_on, facts.first_dismissal),
        award=rule_for("protective award", facts.first_dismissal or facts.proposed_on, facts.dismissals),
        wrong=tuple(_wrong(facts, notifying)),
    )


def _clock(rule: DatedRule | None, begun: int | None, dismissal: int | None) -> Clock | None:
    if rule is None:
        return None
    if begun is None:
        return Clock(
            rule=rule, begun=None, earliest=None, kept=None, sentence=f"{rule.title}. It has not begun."
        )
    earliest = begun + rule.number + 1
    kept = None if dismissal is None else dismissal >= earliest
    sentence = f"{rule.title}. {rule.number} clear days."
    if dismissal is not None:
        sentence += " Kept." if kept else f" The first dismissal is {_days(earliest - dismissal)} too early."
    return Clock(rule=rule, begun=begun, earliest=earliest, kept=kept, sentence=sentence)


def _wrong(facts: Consultation, notifying: DatedRule | None) -> Iterator[str]:
    if notifying is None or facts.first_notice is None:
        return
    if facts.notified_on is None:
        yield "Notice of dismissal was given before the Secretary of State was notified: that is an offence."
    elif facts.notified_on >= facts.first_notice:
        yield "The Secretary of State must be notified before any notice of dismissal is given."
    if facts.statement_given is None or facts.statement_given >= facts.first_notice:
        yield "Notice of dismissal was given before consultation began."


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"
