"""Why is this due? The rule in plain words, the days counted one by one, the source and the layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rightplace.domain.practice.calendars import Calendar, CountedDay
from rightplace.domain.practice.durations import Duration, Unit, due, due_from_day
from rightplace.domain.practice.londontime import MINUTE, day_of
from rightplace.domain.practice.officehours import OfficeHours
from rightplace.domain.practice.timescales.engine import Timescale
from rightplace.domain.practice.timescales.plainwords import UNKNOWN, in_plain_words, seen_in_words
from rightplace.domain.practice.timescales.rules import ALWAYS, Clause, Rule, RuleBook

_WORKING: Final = (Unit.WORKING_DAY,)
LONGEST_COUNT: Final = 400
"""Days beyond these are not listed one by one."""


@dataclass(frozen=True)
class OpenHours:
    """One day on which office hours were counted: from when, until when, how many minutes."""

    day: int
    opens: int
    closes: int
    minutes: int
    reason: str


@dataclass(frozen=True)
class LayerLine:
    """One version of the rule, with who makes it and when it is in force; `counts` is the one used here."""

    layer: str
    from_day: int | None
    to_day: int | None
    words: str
    source: str
    seen: str
    on: bool
    sample: bool
    counts: bool


@dataclass(frozen=True)
class Explanation:
    """What the page says."""

    rule: str
    title: str
    sentences: tuple[str, ...]
    counted_from: int | None
    days: tuple[CountedDay, ...]
    hours: tuple[OpenHours, ...]
    calendar: str
    calendar_source: str
    due: int | None
    due_statistics: int | None
    floor: int | None
    owner: str
    source: str
    seen: str
    checked: bool
    sample: bool
    note: str
    nation: str
    unknown: str
    layers: tuple[LayerLine, ...]


def explain(
    rule: Rule,
    timescale: Timescale | None,
    book: RuleBook,
    *,
    opened: int | None = None,
    interval: str = "",
) -> Explanation:
    """Explain a rule, and one timescale of it when there is one.

    `opened` is the instant at which what it is about opened, for rules that count from there; `interval` is what the
    child's own plan sets, for rules that the plan may shorten.
    """
    calendar, office = book.calendars[rule.calendar], book.hours[rule.hours]
    start = _start(rule, timescale, opened)
    end = None if timescale is None else timescale.due if rule.clause is not Clause.FLOOR else timescale.floor
    counting = _counting(rule, start, end, interval, (calendar, office))
    duration = rule.floor if rule.clause is Clause.FLOOR else counting.within
    return Explanation(
        rule=rule.id,
        title=rule.title,
        sentences=in_plain_words(rule, book),
        counted_from=start,
        days=_days(duration, start, end, calendar),
        hours=_hours(duration, start, end, office),
        calendar=calendar.title if duration is not None and duration.unit in _WORKING else "",
        calendar_source=calendar.source if duration is not None and duration.unit in _WORKING else "",
        due=timescale.due if timescale else None,
        due_statistics=timescale.due_statistics if timescale else None,
        floor=timescale.floor if timescale else None,
        owner=rule.owner,
        source=rule.source,
        seen=seen_in_words(rule),
        checked=rule.checked,
        sample=rule.sample,
        note=rule.note,
        nation=rule.nation,
        unknown=UNKNOWN.get(timescale.unknown, timescale.unknown) if timescale else "",
        layers=_layers(rule, book, counting),
    )


def _counting(
    rule: Rule, start: int | None, end: int | None, interval: str, by: tuple[Calendar, OfficeHours]
) -> Rule:
    """The rule as the plan sets it, where that is what the day was counted by."""
    planned = rule.as_planned(interval) if rule.plan and interval else None
    if planned is None or planned.within is None or start is None:
        return rule
    ends = {due(planned.within, start, *by), due_from_day(planned.within, day_of(start), *by)}
    return planned if end in ends else rule


def _start(rule: Rule, timescale: Timescale | None, opened: int | None) -> int | None:
    if timescale is None:
        return None
    return timescale.begins if rule.anchor == "trigger" else opened


def _days(
    duration: Duration | None, start: int | None, end: int | None, calendar: Calendar
) -> tuple[CountedDay, ...]:
    """Every day from the one it starts from to the last, numbered where it counts, with the reason where not."""
    if duration is None or duration.by_the_clock or start is None or end is None:
        return ()
    first, last = day_of(start), day_of(end)
    if last - first > LONGEST_COUNT or last < first:
        return ()
    if duration.unit is Unit.WORKING_DAY:
        return tuple(calendar.working_days_listed(first, last))
    number = 1 if duration.beginning_with else 0
    day_0 = "The day it starts with" if number else "The day it starts from"
    return tuple(
        CountedDay(day, day - first + number, True, day_0 if day == first else "")
        for day in range(first, last + 1)
    )


def _hours(
    duration: Duration | None, start: int | None, end: int | None, office: OfficeHours
) -> tuple[OpenHours, ...]:
    """Every day of office hours that were counted, with the reason where none were."""
    if duration is None or start is None or end is None:
        return ()
    if duration.unit not in (Unit.OFFICE_HOUR, Unit.OFFICE_MINUTE):
        return ()
    found = []
    for day in range(day_of(start), day_of(end) + 1):
        opens, closes = office.open_on(day)
        counted_from, counted_to = max(opens, start), min(closes, end)
        minutes = max(0, counted_to - counted_from) // MINUTE
        reason = "" if minutes else office.calendar.why_not_working(day) or "Outside office hours"
        found.append(OpenHours(day, opens, closes, minutes, reason))
    return tuple(found)


def _layers(rule: Rule, book: RuleBook, counting: Rule) -> tuple[LayerLine, ...]:
    versions: Sequence[Rule] = book.by_id.get(rule.id, (rule,))
    if counting is not rule:
        own = replace(counting, source="The child's own plan", from_day=0, to_day=ALWAYS)
        versions = [*(each for each in versions if each.within is not None), own]
    return tuple(
        LayerLine(
            layer=each.layer.words,
            from_day=each.from_day or None,
            to_day=each.to_day if each.to_day != ALWAYS else None,
            words=str(each.within or each.floor or ("as the plan says" if each.plan else each.clause)),
            source=each.source,
            seen=seen_in_words(each),
            on=each.on,
            sample=each.sample,
            counts=each.layer is counting.layer and (each is counting or counting is not rule),
        )
        for each in versions
    )
