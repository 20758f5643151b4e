"""One walk over a journey's events: what each meets, ends, counts and starts, in that order."""

from __future__ import annotations

from rightplace.domain.practice.calendars import add_months, age_on
from rightplace.domain.practice.journey.journey import NO_TAGS, Journey
from rightplace.domain.practice.journey.state import Event
from rightplace.domain.practice.timescales.compiled import Hears, ReadyBook, ReadyRule
from rightplace.domain.practice.timescales.rules import Clause, Rule

BIRTH_UNKNOWN = "birth date not known"
OPENING_UNKNOWN = "opening not known"
PLAN_UNREADABLE = "interval of the plan cannot be read"
ENDED = "ended"
PROCESS_ENDED = "process ended"
CHILD_CLOSED = "child closed"
SWITCHED = "switched"
BY_LAW = "by_law"


class Waiting:
    """A timescale while the file is walked."""

    __slots__ = (
        "about", "begins", "done", "due", "due_statistics", "floor", "got", "label", "met", "met_by",
        "not_required", "not_required_from", "overtaken", "ready", "soon", "trigger", "unknown",
    )  # fmt: skip

    def __init__(self, ready: ReadyRule, event: Event, about: int) -> None:
        self.ready = ready
        self.trigger = event.entry or -event.day
        self.about = about
        self.begins = event.at
        self.label = event.label
        self.got = 0
        self.done = False
        self.floor: int | None = None
        self.due: int | None = None
        self.soon: int | None = None
        self.due_statistics: int | None = None
        self.met: int | None = None
        self.met_by = 0
        self.not_required = ""
        self.not_required_from: int | None = None
        self.overtaken: int | None = None
        self.unknown = ""

    def let_go(self, because: str, at: int) -> None:
        self.not_required = because
        self.not_required_from = at
        self.done = True


class Reading:
    """The walk over one journey."""

    __slots__ = (
        "about",
        "book",
        "closings",
        "found",
        "journey",
        "keys",
        "kinds",
        "seen",
        "switched",
        "waiting",
    )

    def __init__(self, journey: Journey, book: ReadyBook) -> None:
        self.journey = journey
        self.book = book
        self.found: list[Waiting] = []
        self.keys: set[tuple[str, int, int]] = set()
        self.waiting: dict[str, list[Waiting]] = {}
        self.about: dict[int, list[Waiting]] = {}
        self.seen: dict[str, list[Event]] = {}
        self.switched: dict[str, tuple[int, Rule]] = {}
        self.closings = {closing.entry for closing in journey.closings}
        self.kinds = {process.kind for process in journey.processes.values()}

    def read(self) -> list[Waiting]:
        """Walk the events and return every timescale that they started."""
        waiting, starts, remembered = self.waiting, self.book.starts, self.book.remembered
        for event in self.journey.events:
            name = event.name
            if name in waiting:
                self._heard(event)
            if name == "process.ended":
                self._process_ended(event)
            elif name == "child.closed":
                self._child_closed(event)
            elif name == "timescale.excused":
                self._excused(event)
            if self.switched:
                self._switch_back(event)
            if name in starts:
                self._start(event)
            if name in remembered:
                self.seen.setdefault(name, []).append(event)
        return self.found

    # what an event does to those that wait -----------------------------------

    def _heard(self, event: Event) -> None:
        """First what it meets, then what it ends."""
        still = [waiting for waiting in self.waiting[event.name] if not waiting.done]
        self.waiting[event.name] = []
        for waiting in still:
            hearings = waiting.ready.hears[event.name]
            for does, pattern, place in hearings:
                if not waiting.done and pattern.fits(event.tags):
                    self._hear(waiting, event, does, place)
            if waiting.met is not None:
                self._chain("met:", waiting, event)
        self.waiting[event.name] += [waiting for waiting in still if not waiting.done]

    def _hear(self, waiting: Waiting, event: Event, does: Hears, place: int) -> None:
        same = waiting.ready.child or event.about == waiting.about
        if does is Hears.MEETS:
            if same:
                self._meet(waiting, event, place)
        elif does is Hears.ENDS:
            if same or event.about == 0:
                waiting.let_go(ENDED, self._after_a_closing(event))
        elif does is Hears.COUNTS:
            if waiting.due_statistics is None and (same or self._parent(event.about) == waiting.about):
                waiting.due_statistics = waiting.ready.due(event.at, event.day)
        else:
            self._blocked(waiting, event)

    def _meet(self, waiting: Waiting, event: Event, place: int) -> None:
        ready = waiting.ready
        if ready.rule.clause is not Clause.GATE and waiting.floor is not None and event.at < waiting.floor:
            return
        waiting.got |= 1 << place
        if waiting.got & ready.everything == ready.everything:
            waiting.met, waiting.met_by, waiting.done = event.at, event.entry, True

    def _blocked(self, waiting: Waiting, event: Event) -> None:
        """What a gate forbids happened all the same: before the gate's time it lapses, after it, it is late."""
        if waiting.floor is not None and event.at < waiting.floor:
            waiting.let_go(ENDED, event.at)
        elif waiting.due is None:
            waiting.due = waiting.soon = event.at - 1

    def _parent(self, about: int) -> int:
        process = self.journey.processes.get(about)
        return process.parent if process is not None else 0

    def _after_a_closing(self, event: Event) -> int:
        """What a closing itself lets go is let go just after it, so that it guards the closing (promise 2)."""
        return event.at + 1 if event.entry in self.closings else event.at

    # endings ------------------------------------------------------------------

    def _process_ended(self, event: Event) -> None:
        self._end(self.about.pop(event.about, ()), event, PROCESS_ENDED)

    def _child_closed(self, event: Event) -> None:
        self._end(self.found, event, CHILD_CLOSED)

    def _end(self, found: list[Waiting] | tuple[()], event: Event, because: str) -> None:
        by_law = BY_LAW in event.tags
        for waiting in found:
            if waiting.done:
                continue
            if by_law:
                waiting.overtaken, waiting.done = event.at, True
            elif not waiting.ready.rule.stays:
                waiting.let_go(because, self._after_a_closing(event))
            elif because is PROCESS_ENDED:
                self.about.setdefault(event.about, []).append(waiting)

    def _excused(self, event: Event) -> None:
        """Somebody said that it is not required, or could not be done, and why."""
        for waiting in list(self.found):
            rule = waiting.ready.rule.id
            if waiting.trigger == event.about and rule in event.tags and not waiting.done:
                outcome = self.journey.excused.get((rule, event.about), "not_required")
                waiting.let_go(outcome, event.at)
                self._chain("excused:", waiting, event)

    # switches -----------------------------------------------------------------

    def _switch(self, rule: Rule, event: Event, about: int) -> None:
        """One set of rules takes the place of another."""
        for waiting in self.found:
            if not waiting.done and waiting.ready.rule.set in rule.switches_off:
                waiting.let_go(SWITCHED, event.at)
        self.switched[rule.id] = about, rule

    def _switch_back(self, event: Event) -> None:
        for name, (about, rule) in list(self.switched.items()):
            ended = event.name == "process.ended" and event.about == about
            back = any(p.name == event.name and p.fits(event.tags) for p in rule.until)
            if not (ended or back):
                continue
            del self.switched[name]
            for waiting in self.found:
                if not waiting.done and waiting.ready.rule.set in rule.switches_on:
                    waiting.let_go(SWITCHED, event.at)
            if back:
                self._start(event._replace(name=f"back:{name}", about=about, tags=NO_TAGS))

    def _in_force(self, belongs: str) -> bool:
        """Whether the set that a rule belongs to counts now."""
        rules = [rule for _, rule in self.switched.values()]
        if any(belongs in rule.switches_off for rule in rules):
            return False
        return belongs not in self.book.later_sets or any(belongs in rule.switches_on for rule in rules)

    # starts -------------------------------------------------------------------

    def _chain(self, prefix: str, waiting: Waiting, event: Event) -> None:
        name = prefix + waiting.ready.rule.id
        if name in self.book.starts:
            self._start(event._replace(name=name, about=waiting.about, tags=NO_TAGS))

    def _start(self, event: Event) -> None:
        tags = event.tags
        for pattern, ready in self.book.started_by(event.name, event.day):
            if not (pattern.tags <= tags) or (pattern.without and not pattern.without.isdisjoint(tags)):
                continue
            if ready.rule.clause is Clause.SWITCH:
                self._switch(ready.rule, event, event.about)
            elif not ready.conditional:
                self._add(ready, event, event.about, "")
            else:
                self._add_if(ready, event)

    def _add_if(self, ready: ReadyRule, event: Event) -> None:
        rule = ready.rule
        about = self._about(rule.process, event) if rule.process else event.about
        if about is None or (rule.set and not self._in_force(rule.set)):
            return
        if rule.legal and self._legal_at(event.at) not in rule.legal:
            return
        if rule.year and not self._in_year(rule.year, about, event.day):
            return
        if rule.already and self._happened_already(ready, about):
            return
        unknown = ""
        if rule.age_from is not None or rule.age_under is not None:
            if self.journey.born is None:
                if rule.age_skips_unknown:
                    return
                unknown = BIRTH_UNKNOWN
            elif not _of_age(rule, age_on(self.journey.born, event.day)):
                return
        self._add(ready, event, about, unknown)

    def _add(self, ready: ReadyRule, event: Event, about: int, unknown: str) -> None:
        if ready.rule.plan and ready.rule.within is None and not self._interval(about):
            return
        waiting = Waiting(ready, event, about)
        key = (ready.rule.id, waiting.trigger, about)
        if key in self.keys:
            return
        self.keys.add(key)
        at, day = event.at, event.day
        if ready.rule.anchor == "opened":
            process = self.journey.processes.get(about)
            if process is None:
                unknown = unknown or OPENING_UNKNOWN
            else:
                at, day = process.opened, process.day
        waiting.unknown = unknown
        if not unknown:
            waiting.floor, waiting.due, waiting.soon = ready.times(at, day)
            if ready.rule.plan:
                self._as_planned(waiting, at, day)
        self.found.append(waiting)
        for name in ready.hears:
            self.waiting.setdefault(name, []).append(waiting)
        if about:
            self.about.setdefault(about, []).append(waiting)

    def _interval(self, about: int) -> str:
        process = self.journey.processes.get(about)
        return process.visit_every if process is not None else ""

    def _as_planned(self, waiting: Waiting, at: int, day: int) -> None:
        """The child's own plan may set a shorter interval than the other layers, never a longer one."""
        interval = self._interval(waiting.about)
        planned = waiting.ready.planned(interval) if interval else None
        if planned is None:
            waiting.unknown = PLAN_UNREADABLE if waiting.due is None else ""
            return
        _, due, soon = planned.times(at, day)
        if waiting.due is None or (due is not None and due < waiting.due):
            waiting.due, waiting.soon = due, soon

    # conditions ---------------------------------------------------------------

    def _about(self, kind: str, event: Event) -> int | None:
        """The process of that kind that the event is about, or else the one that is open then."""
        if kind not in self.kinds:
            return None
        processes = self.journey.processes
        named = processes.get(event.about)
        if named is not None and named.kind == kind:
            return named.id
        for process in reversed(processes.values()):
            if (
                process.kind == kind
                and process.opened <= event.at
                and (process.closed is None or process.closed > event.at)
            ):
                return process.id
        return None

    def _legal_at(self, at: int) -> str:
        return self.journey.state_at(at).legal

    def _in_year(self, year: str, about: int, day: int) -> bool:
        process = self.journey.processes.get(about)
        if process is None:
            return False
        return (day < add_months(process.day, 12)) == (year == "first")

    def _happened_already(self, ready: ReadyRule, about: int) -> bool:
        return any(
            pattern.fits(event.tags) and (ready.child or event.about == about)
            for pattern in ready.rule.already
            for event in self.seen.get(pattern.name, ())
        )


def _of_age(rule: Rule, age: int) -> bool:
    return (rule.age_from is None or age >= rule.age_from) and (
        rule.age_under is None or age < rule.age_under
    )
