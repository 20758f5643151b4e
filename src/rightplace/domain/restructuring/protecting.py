"""Who must be offered a suitable vacancy first, and until when: pregnancy, leave, and the months after it."""

from __future__ import annotations

from dataclasses import dataclass

from rightplace.domain.practice.calendars import add_months
from rightplace.domain.restructuring.rules import DatedRule, rule_for, shipped_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """What is known of one pregnancy or leave. `counted_from` is the birth (or expected week) or the placement."""

    ground: str
    begins: int
    ends: int | None
    counted_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """Whether the right holds on a day. `protected` is none where a day is missing: then it is asked, not denied."""

    protected: bool | None
    until: int | None
    rule: DatedRule | None
    sentence: str


def protection(absence: Absence, on: int) -> Protection:
    """By the rule of the day: leave that ended before the newer rule keeps the older one."""
    judged = on if absence.ends is None or absence.ends >= on else absence.ends
    rule = next(
        (
            each
            for each in shipped_rules()
            if each.subject == "protection" and absence.ground in each.grounds and each.holds(judged, 1)
        ),
        None,
    )
    if rule is None:
        return Protection(
            protected=False, until=None, rule=None, sentence="No rule of that day protects this."
        )
    if on < absence.begins:
        return Protection(protected=False, until=None, rule=rule, sentence=f"{rule.title}. It has not begun.")
    return _until(absence, on, rule)


def _until(absence: Absence, on: int, rule: DatedRule) -> Protection:
    if absence.ends is None or on <= absence.ends:
        return Protection(protected=True, until=absence.ends, rule=rule, sentence=f"{rule.title}.")
    if not rule.number:
        return Protection(
            protected=False, until=absence.ends, rule=rule, sentence=f"{rule.title}. It has ended."
        )
    if absence.counted_from is None:
        sentence = (
            f"{rule.title}. Nobody has entered the day of birth or placement: ask before anything is decided."
        )
        return Protection(protected=None, until=None, rule=rule, sentence=sentence)
    last = add_months(absence.counted_from, rule.number) - 1
    return Protection(protected=on <= last, until=last, rule=rule, sentence=f"{rule.title}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A trial in a new job: its first and last day, and why it is longer than the law's."""

    begins: int
    ends: int
    rule: DatedRule
    sentence: str


class NotATrial(ValueError):
    """A trial that the law does not know: why, and what to do instead."""

    def __init__(self, because: str, instead: str) -> None:
        super().__init__(f"{because} {instead}")
        self.because = because
        self.instead = instead


def trial(
    begins: int, *, until: int | None = None, agreed_on: int | None = None, retraining: str = ""
) -> Trial:
    """Four weeks from the first day; longer only to retrain, agreed in writing before it starts."""
    rule = rule_for("trial period", begins)
    if rule is None:
        raise NotATrial("No rule of that day is known.", "Ask for advice on the law of that day.")
    last = begins + 7 * rule.number - 1
    if until is None or until == last:
        return Trial(begins=begins, ends=last, rule=rule, sentence=f"{rule.title}.")
    if until < last:
        raise NotATrial("A trial is never shorter than four weeks.", "Leave the last day out.")
    if not retraining.strip():
        raise NotATrial("A longer trial is for retraining.", "Say what is learnt, or keep to four weeks.")
    if agreed_on is None or agreed_on >= begins:
        raise NotATrial(
            "A longer trial is agreed in writing before it starts.",
            "Keep to four weeks, or agree before a start.",
        )
    return Trial(
        begins=begins, ends=until, rule=rule, sentence=f"Longer than four weeks to retrain: {retraining}."
    )


def notice_weeks(months_of_service: int, on: int, contractual: int = 0) -> int:
    """Weeks of notice: the law's by service, or the contract's where that is longer."""
    rule = rule_for("notice", on, months_of_service)
    if rule is None:
        return contractual
    lawful = min(rule.number, months_of_service // 12) if "each year" in rule.unit else rule.number
    return max(lawful, contractual)
