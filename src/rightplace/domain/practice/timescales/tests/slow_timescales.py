"""A slow, naive engine: every rule by itself, each of its triggers against everything that came after.

It shares nothing with the engine but the rules as read and the journey's events; days are counted one by one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from rightplace.domain.practice.journey.journey import Journey
from rightplace.domain.practice.journey.state import Event
from rightplace.domain.practice.tests import slow_days as slow
from rightplace.domain.practice.timescales.rules import Pattern, Rule, RuleBook

ONE_MINUTE = 60_000_000
COUNTABLE = ("10 working days", "1 week", "4 weeks", "2 months")


@dataclass
class Naive:
    """What one trigger of one rule came to."""

    rule: Rule
    trigger: int
    about: int
    begins: int
    floor: int | None = None
    due: int | None = None
    due_statistics: int | None = None
    met: int | None = None
    met_by: int = 0
    not_required: str = ""
    not_required_from: int | None = None
    overtaken: int | None = None
    unknown: str = ""
    got: set[str] = field(default_factory=set)

    @property
    def done(self) -> bool:
        return self.met is not None or self.overtaken is not None or bool(self.not_required)


def midnight_after(day: date) -> int:
    return slow.instant(datetime.combine(day + slow.ONE, time(0), slow.LONDON))


def count(text: str, at: int, day: int) -> int:
    """The last instant in time of a duration in words."""
    number, unit = re.match(r"(\d+) ([a-z ]+?)s?( beginning with the day)?$", text).group(1, 2)
    n, start = int(number), date.fromordinal(day)
    hour_unknown = slow.london(at).time() == time(0)
    if "hour" in unit or "minute" in unit:
        minutes = n * (60 if "hour" in unit else 1)
        begins = midnight_after(start) if hour_unknown else at
        if unit.startswith("office"):
            return slow.office_minutes_on(begins, minutes)
        return begins + minutes * ONE_MINUTE - hour_unknown
    last = {
        "working day": lambda: slow.count_on(start, n) if n else start,
        "day": lambda: start + timedelta(days=n),
        "week": lambda: start + timedelta(days=7 * n),
        "month": lambda: slow.corresponding(start, n),
        "year": lambda: slow.corresponding(start, 12 * n),
    }[unit]()
    if text.endswith("beginning with the day"):
        last -= slow.ONE
    return midnight_after(last) - 1


class SlowEngine:
    """Everything that a book says about a journey, the slow way."""

    def __init__(self, journey: Journey, book: RuleBook) -> None:
        self.journey, self.events = journey, journey.events
        self.rules = [rule for rule in book.rules if rule.on]
        self.switches = self._switch_moments()
        self.found: dict[tuple[str, int, int], Naive] = {}
        self.pending: list[tuple[str, int, int]] = []

    def all(self) -> list[Naive]:
        for place, event in enumerate(self.events):
            self._started(event.name, place, event.about, event.tags)
        for kind, place, _on, rule, about in self.switches:
            if kind == "back":
                self._started(f"back:{rule.id}", place, about, frozenset())
        while self.pending:
            name, place, about = self.pending.pop(0)
            self._started(name, place, about, frozenset())
        return list(self.found.values())

    def counting(self, rule: Rule, day: int) -> bool:
        """Whether this is the version that counts on a day: no later layer has one."""
        if not rule.from_day <= day <= rule.to_day:
            return False
        return not any(
            other.id == rule.id and other.layer > rule.layer and other.from_day <= day <= other.to_day
            for other in self.rules
        )

    def _started(self, name: str, place: int, about: int, tags: frozenset[str]) -> None:
        event = self.events[place]
        for rule in self.rules:
            if rule.clause == "switch" or not self.counting(rule, event.day):
                continue
            if any(p.name == name and _fits(p, tags) for p in rule.triggers):
                self._start(rule, place, about)

    def _start(self, rule: Rule, place: int, about: int) -> None:
        event, journey = self.events[place], self.journey
        if rule.process:
            named = journey.processes.get(about)
            if named is None or named.kind != rule.process:
                open_ones = [
                    p.id
                    for p in journey.processes.values()
                    if p.kind == rule.process
                    and p.opened <= event.at
                    and (p.closed is None or p.closed > event.at)
                ]
                if not open_ones:
                    return
                about = open_ones[-1]
        if not self._conditions(rule, place, about):
            return
        if rule.plan and rule.within is None and not self.journey.processes[about].visit_every:
            return
        naive = Naive(rule, event.entry or -event.day, about, event.at)
        key = (rule.id, naive.trigger, about)
        if key in self.found:
            return
        self.found[key] = naive
        self._count(naive, event)
        self._walk(naive, place)

    def _conditions(self, rule: Rule, place: int, about: int) -> bool:
        event = self.events[place]
        if rule.legal:
            before = [s.legal for s in self.journey.states if s.begins <= event.at]
            if not before or before[-1] not in rule.legal:
                return False
        if rule.year:
            opened = date.fromordinal(self.journey.processes[about].day)
            first = date.fromordinal(event.day) < slow.corresponding(opened, 12)
            if first is not (rule.year == "first"):
                return False
        for pattern in rule.already:
            for before in self.events[:place]:
                here = rule.scope == "child" or before.about == about
                if here and before.name == pattern.name and _fits(pattern, before.tags):
                    return False
        if rule.set and not self._set_counts(rule.set, place):
            return False
        return self._age(rule, event) != "no"

    def _age(self, rule: Rule, event: Event) -> str:
        if rule.age_from is None and rule.age_under is None:
            return "yes"
        if self.journey.born is None:
            return "no" if rule.age_skips_unknown else "unknown"
        born, day, age = date.fromordinal(self.journey.born), date.fromordinal(event.day), 0
        while (born.year + age + 1, born.month, born.day) <= (day.year, day.month, day.day):
            age += 1
        low, high = rule.age_from or 0, 200 if rule.age_under is None else rule.age_under
        return "yes" if low <= age < high else "no"

    def _count(self, naive: Naive, event: Event) -> None:
        rule, at, day = naive.rule, event.at, event.day
        if self._age(rule, event) == "unknown":
            naive.unknown = "birth date not known"
            return
        if rule.anchor == "opened":
            process = self.journey.processes.get(naive.about)
            if process is None:
                naive.unknown = "opening not known"
                return
            at, day = process.opened, process.day
        if rule.floor is not None:
            floor = count(str(rule.floor), at, day)
            naive.floor = floor if rule.floor.by_the_clock else floor + 1
        if rule.within is not None:
            naive.due = count(str(rule.within), at, day)
        if rule.plan:
            self._by_the_plan(naive, at, day)
        elif rule.clause == "cohort":
            naive.due = midnight_after(date.fromordinal(day)) - 1

    def _by_the_plan(self, naive: Naive, at: int, day: int) -> None:
        """Whatever comes first, the rule's own day or the plan's; words that nobody can count leave it unknown."""
        said = self.journey.processes[naive.about].visit_every
        if said in COUNTABLE:
            days = [each for each in (naive.due, count(said, at, day)) if each is not None]
            naive.due = min(days)
        elif naive.due is None:
            naive.unknown = "interval of the plan cannot be read"

    def _walk(self, naive: Naive, place: int) -> None:
        for later in range(place + 1, len(self.events)):
            self._meet(naive, self.events[later])
            if naive.met is not None:
                self.pending.append((f"met:{naive.rule.id}", later, naive.about))
                return
            self._other(naive, self.events[later], later)
            if naive.done:
                return

    def _same(self, naive: Naive, event: Event) -> bool:
        return naive.rule.scope == "child" or event.about == naive.about

    def _meet(self, naive: Naive, event: Event) -> None:
        rule = naive.rule
        too_early = naive.floor is not None and rule.clause != "gate" and event.at < naive.floor
        for pattern in () if too_early or not self._same(naive, event) else rule.met_by:
            if pattern.name == event.name and _fits(pattern, event.tags):
                naive.got.add(str(pattern))
        needed = {str(p) for p in rule.met_by}
        if naive.got and (naive.got == needed or not rule.met_by_all):
            naive.met, naive.met_by = event.at, event.entry

    def _other(self, naive: Naive, event: Event, place: int) -> None:
        rule = naive.rule
        after = event.at + (event.entry in {c.entry for c in self.journey.closings})
        counted = rule.statistics
        if counted is not None and naive.due_statistics is None and counted.name == event.name:
            process = self.journey.processes.get(event.about)
            if self._same(naive, event) or (process is not None and process.parent == naive.about):
                naive.due_statistics = count(str(rule.within), event.at, event.day)
        for pattern in rule.ends:
            here = self._same(naive, event) or event.about == 0
            if here and pattern.name == event.name and _fits(pattern, event.tags):
                naive.not_required, naive.not_required_from = "ended", after
                return
        for pattern in rule.blocks:
            if pattern.name == event.name and _fits(pattern, event.tags) and naive.due is None:
                if naive.floor is not None and event.at < naive.floor:
                    naive.not_required, naive.not_required_from = "ended", event.at
                    return
                naive.due = event.at - 1
        ended = (event.name == "process.ended" and event.about == naive.about) or event.name == "child.closed"
        if ended and "by_law" in event.tags:
            naive.overtaken = event.at
        elif ended and not rule.stays:
            naive.not_required_from = after
            naive.not_required = "child closed" if event.name == "child.closed" else "process ended"
        elif event.name == "timescale.excused" and event.about == naive.trigger and rule.id in event.tags:
            naive.not_required = self.journey.excused[(rule.id, naive.trigger)]
            naive.not_required_from = event.at
            self.pending.append((f"excused:{rule.id}", place, naive.about))
        elif any(s[1] == place and rule.set and rule.set in s[2] for s in self.switches):
            naive.not_required, naive.not_required_from = "switched", event.at

    # switches: (on, back or ended; where; the sets that stop there; the rule; about) -----------------------

    def _switch_moments(self) -> list[tuple[str, int, tuple[str, ...], Rule, int]]:
        moments: list[tuple[str, int, tuple[str, ...], Rule, int]] = []
        for rule in (rule for rule in self.rules if rule.clause == "switch"):
            on: int | None = None
            for place, event in enumerate(self.events):
                ended = event.name == "process.ended" and event.about == on
                back = any(p.name == event.name and _fits(p, event.tags) for p in rule.until)
                if on is not None and (ended or back):
                    moments.append(("back" if back else "ended", place, rule.switches_on, rule, on))
                    on = None
                if self.counting(rule, event.day) and any(
                    p.name == event.name and _fits(p, event.tags) for p in rule.triggers
                ):
                    on = event.about
                    moments.append(("on", place, rule.switches_off, rule, on))
        return moments

    def _set_counts(self, belongs: str, place: int) -> bool:
        before = [s for s in self.switches if s[1] <= place]
        switched = bool(before) and before[-1][0] == "on"
        rule = next(rule for rule in self.rules if rule.clause == "switch")
        if belongs in rule.switches_off:
            return not switched
        return switched if belongs in rule.switches_on else True


def _fits(pattern: Pattern, tags: frozenset[str]) -> bool:
    return all(tag in tags for tag in pattern.tags) and not any(tag in tags for tag in pattern.without)
