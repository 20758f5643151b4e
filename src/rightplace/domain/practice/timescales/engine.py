"""What must happen for a child by when: a pure function of the journey's events and a book of rules, never of now."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from rightplace.domain.practice.journey.journey import Journey
from rightplace.domain.practice.journey.state import Process
from rightplace.domain.practice.londontime import day_of, end_of_day, start_of_day
from rightplace.domain.practice.timescales.compiled import ready
from rightplace.domain.practice.timescales.rules import RuleBook
from rightplace.domain.practice.timescales.waiting import PROCESS_ENDED, Reading, Waiting

NOT_CARRIED = "not carried by the return"
AFTER_THE_RETURN = "after the return's date"
TOLD_BY_THE_YEAR = frozenset({"referral", "protection_plan"})


class Timescale(msgspec.Struct, frozen=True, gc=False):
    """One thing that must happen for a child: a rule, what started it, and what became of it.

    Its natural key is (rule, trigger, about). `trigger` is the entry that started it; for a date that follows
    from entries, such as a birthday, minus its day.
    """

    rule: str
    version_from: int
    trigger: int
    about: int
    begins: int
    floor: int | None
    soon: int | None
    due: int | None
    due_statistics: int | None
    met: int | None
    met_by: int
    not_required: str
    not_required_from: int | None
    overtaken: int | None
    unknown: str
    guards: bool
    expires: bool
    label: int

    def open_at(self, at: int) -> bool:
        """Begun on or before the day of `at`, and by then not met, not required, overtaken or unknown."""
        if self.unknown or self.begins > end_of_day(day_of(at)):
            return False
        ended = (self.met, self.not_required_from, self.overtaken)
        return all(instant is None or instant > at for instant in ended)

    def standing(self, now: int) -> str:
        """In one or two words, how it stands at an instant."""
        if self.met is not None and self.met <= now:
            return "met late" if self.due is not None and self.met > self.due else "met"
        if self.overtaken is not None and self.overtaken <= now:
            return "overtaken"
        if self.not_required_from is not None and self.not_required_from <= now:
            return "not required"
        if self.begins > now or (self.floor is not None and self.floor > now):
            return "not yet"
        if self.unknown:
            return "not known"
        if self.due is not None and self.due < now:
            return "expired" if self.expires else "late"
        return "due" if self.soon is not None and self.soon <= now else "open"


def timescales(journey: Journey, book: RuleBook) -> list[Timescale]:
    """Every timescale of a journey, in the order in which they began."""
    reading = Reading(journey, ready(book))
    return [_told(waiting) for waiting in _with_unknowns(journey, reading.read())]


def _told(waiting: Waiting) -> Timescale:
    rule = waiting.ready.rule
    unknown = waiting.unknown if waiting.met is None else ""
    return Timescale(
        rule.id,
        rule.from_day,
        waiting.trigger,
        waiting.about,
        waiting.begins,
        waiting.floor,
        waiting.soon,
        waiting.due,
        waiting.due_statistics,
        waiting.met,
        waiting.met_by,
        waiting.not_required,
        waiting.not_required_from,
        waiting.overtaken,
        unknown,
        rule.guards,
        waiting.ready.expires,
        waiting.label,
    )


def _with_unknowns(journey: Journey, found: list[Waiting]) -> Iterable[Waiting]:
    """What a return could not tell is unknown, never late (promise 4), also until something ends it later."""
    reference = journey.reference_day
    if not journey.carried or reference is None:
        return found
    last = end_of_day(reference)
    for waiting in found:
        rule = waiting.ready.rule
        if waiting.unknown or not rule.met_by:
            continue
        process = journey.processes.get(waiting.about)
        if process is not None and _from_before(journey, waiting, process):
            _forget(waiting, process)
            continue
        if waiting.met is not None:
            continue
        begun = journey.processes.get(waiting.trigger)
        if waiting.begins > last and not (begun is not None and begun.imported):
            continue
        if process is not None and not process.imported:
            continue
        carried = [pattern.name in journey.carried for pattern in rule.met_by]
        if not (all(carried) if rule.met_by_all else any(carried)):
            waiting.unknown = NOT_CARRIED
        elif waiting.due is not None and waiting.due > last and not _ended_by(waiting, last):
            waiting.unknown = AFTER_THE_RETURN
    return found


def _from_before(journey: Journey, waiting: Waiting, process: Process) -> bool:
    """Whether it may have been met before the year that the return tells of.

    A return tells what came of a referral or a plan in its year alone. An assessment that began in time is told whole.
    """
    if process.kind not in TOLD_BY_THE_YEAR or not journey.older_than_told(process):
        return False
    since, due = journey.carried_since, waiting.due
    if since is None or waiting.begins >= start_of_day(since):
        return False
    if waiting.met is not None and (due is None or waiting.met <= due):
        return False
    followed = (each for each in journey.processes.values() if each.parent == process.id and each.imported)
    return not any(due is None or each.opened <= due for each in followed)


def _forget(waiting: Waiting, process: Process) -> None:
    """Nobody can say whether it was met, nor by what."""
    waiting.unknown, waiting.met, waiting.met_by = NOT_CARRIED, None, 0
    if process.closed is not None and waiting.not_required_from is None and waiting.overtaken is None:
        waiting.let_go(PROCESS_ENDED, process.closed)


def _ended_by(waiting: Waiting, at: int) -> bool:
    """Whether it was let go or overtaken by then."""
    return any(end is not None and end <= at for end in (waiting.not_required_from, waiting.overtaken))
