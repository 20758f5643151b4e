"""A journey: what the fold knows while it walks a file, and when it has walked it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from rightplace.domain.practice.entries.base import IMPORT_ROLE, KINDS, Entry, Nature
from rightplace.domain.practice.journey.state import (
    NOWHERE,
    Breach,
    Closing,
    Doubt,
    Event,
    Happening,
    Offer,
    Process,
    State,
    same,
)

NO_TAGS: frozenset[str] = frozenset()
UNCOUNTED = frozenset(
    {
        "placement",
        "check",
        "triage",
        "missing",
        "application",
        "emergency_order",
        "allegation",
        "disagreement",
    }
)
"""Processes that timescales hang on but that are not themselves a part of the system."""

_begins = attrgetter("begins")

Reducer = Callable[["Journey", Entry, Any], None]
REDUCERS: dict[int, Reducer] = {}


def reads(*kinds: type[Any]) -> Callable[[Reducer], Reducer]:
    """Register the reducer of one or more kinds."""

    def register(reducer: Reducer) -> Reducer:
        for cls in kinds:
            if cls.number in REDUCERS:
                raise ValueError(f"{cls.kind} already has a reducer")
            REDUCERS[cls.number] = reducer
        return reducer

    return register


class Journey:
    """Where a child is, who answers for the child and what is open, at every instant that the file knows."""

    def __init__(self, *, concern: bool = False) -> None:
        self.concern = concern
        self.states: list[State] = []
        self.events: list[Event] = []
        self.happenings: list[Happening] = []
        self.doubts: list[Doubt] = []
        self.settled: set[tuple[int, str]] = set()
        self.breaches: list[Breach] = []
        self.closings: list[Closing] = []
        self.processes: dict[int, Process] = {}
        self.offers: dict[int, Offer] = {}
        self.duplicates: dict[int, int] = {}
        self.excused: dict[tuple[str, int], str] = {}
        self.care_periods: list[tuple[int, int | None]] = []
        self.links: list[tuple[int, int, bool]] = []
        self.carried: frozenset[str] = NO_TAGS
        self.reference_day: int | None = None
        self.carried_since: int | None = None
        self.born: int | None = None
        self.expected: int | None = None
        self.died: int | None = None
        self.legal = ""
        self.team = 0
        self.worker = 0
        self.open = False
        self.opened: int | None = None
        self.unallocated_since: int | None = None
        self.seen: int | None = None
        self.seen_alone: int | None = None
        self.sent_back = 0
        self.at_the_door = False
        self.pending: tuple[tuple[str, int], ...] = ()
        self.stepped_down: set[int] = set()
        self.placement = 0
        self.last_referral = 0
        self.last_referral_day: int | None = None
        self.import_team = 0
        self.at = -(2**62)
        self.day = 0
        self.entry: Entry | None = None
        self.changed = False
        self._label = 0
        self._open_kinds: tuple[str, ...] | None = None

    # what reducers say ------------------------------------------------------

    def event(self, name: str, about: int = 0, tags: frozenset[str] = NO_TAGS) -> None:
        """Something happened that timescales may hang on."""
        entry = self.entry
        self.events.append(
            Event(name, self.at, self.day, about, entry.id if entry else 0, tags, entry.label if entry else 0)
        )

    def happen(
        self, name: str, about: int = 0, outcome: str = "", again: bool = False, team: int = 0
    ) -> None:
        """Something that figures count by period."""
        entry = self.entry
        self.happenings.append(
            Happening(
                name,
                entry.id if entry else 0,
                self.at,
                self.day,
                about,
                team or self.team,
                outcome,
                again,
                entry.label if entry else 0,
            )
        )

    def doubt(self, code: str, detail: str = "") -> None:
        """Something odd about a fact; it is taken all the same."""
        entry = self.entry
        self.doubts.append(Doubt(code, entry.id if entry else 0, self.at, detail))

    def breach(self, code: str, detail: str = "") -> None:
        """A promise that this decision breaks. What an import says is a fact, so there it is a doubt."""
        entry = self.entry
        assert entry is not None
        if entry.role == IMPORT_ROLE:
            self.doubt(code, detail)
        else:
            self.breaches.append(Breach(code, entry.id, detail))

    def open_child(self, team: int) -> None:
        """The child is open from now, and this team answers; where none is named, the team that an import names."""
        if not self.open:
            self.open = True
            self.opened = self.at
            self.team = team or self.import_team
            if not self.team:
                self.doubt("nobody_answers")
            self.at_the_door = False
            self.worker = 0
            self.unallocated_since = self.at
            self.seen = self.seen_alone = None
            self.sent_back = 0
            self.changed = True

    def need_open(self, entry: Entry) -> None:
        """A fact of casework about a child whom nobody answers for opens the child with the author's team."""
        if not self.open:
            self.open_child(entry.team)
            self.doubt("opened_without_contact")

    def begin(self, kind: str, parent: int = 0) -> Process:
        """A process begins; the current entry names it."""
        entry = self.entry
        assert entry is not None
        begun = Process(
            kind=kind,
            id=entry.id,
            opened=self.at,
            day=self.day,
            parent=parent,
            author=entry.author,
            imported=entry.role == IMPORT_ROLE,
        )
        self.processes[entry.id] = begun
        if kind not in UNCOUNTED:
            self._open_kinds = None
            self.changed = True
        return begun

    def end(self, process: Process, by_law: bool = False) -> None:
        """A process ends; what hangs on it is settled by the timescale engine."""
        process.closed = self.at
        process.closed_by_law = by_law
        if process.kind not in UNCOUNTED:
            self._open_kinds = None
            self.changed = True
        self.event("process.ended", process.id, frozenset({"by_law"}) if by_law else NO_TAGS)

    def find(self, named: int, kind: str) -> Process | None:
        """The open process that an ending names. None if there is none: a doubt on a fact, a breach of a decision."""
        process = self.processes.get(named)
        if process is None or process.kind != kind or process.closed is not None:
            self.not_begun(kind)
            return None
        return process

    def not_begun(self, kind: str) -> None:
        """The entry ends what is not open."""
        if self.entry is not None and KINDS[self.entry.kind].nature is Nature.DECISION:
            self.breach("ended_before_begun", kind)
        else:
            self.doubt("ended_before_begun", kind)

    def older_than_told(self, process: Process) -> bool:
        """Whether a process came with a return that tells of later years only: what it did before is not known."""
        return process.imported and self.carried_since is not None and process.day < self.carried_since

    def open_of(self, *kinds: str) -> list[Process]:
        """Open processes of these kinds, oldest first."""
        return [p for p in self.processes.values() if p.closed is None and p.kind in kinds]

    def still_open(self) -> Iterable[Process]:
        """Every open process."""
        return [p for p in self.processes.values() if p.closed is None]

    def offer_pending(self) -> bool:
        """Whether a team has been offered the child and has not answered."""
        return any(offer.state == "open" for offer in self.offers.values())

    def close_child(self, by_law: bool = False) -> None:
        """Nobody answers for the child any more."""
        for process in self.still_open():
            self.end(process, by_law)
        for offer in self.offers.values():
            if offer.state == "open":
                offer.state = "ended"
        if self.open:
            self.open = False
            self.changed = True
            self.event("child.closed", 0, frozenset({"by_law"}) if by_law else NO_TAGS)
        self.opened = None
        self.team = self.worker = 0
        self.unallocated_since = None
        self.at_the_door = False
        self.pending = ()
        self.placement = 0
        if self.legal:
            self.legal = ""
            self.changed = True
        self.end_care_periods()

    def end_care_periods(self) -> None:
        """The child is not looked after from now on."""
        if self.care_periods and self.care_periods[-1][1] is None:
            self.care_periods[-1] = (self.care_periods[-1][0], self.day)

    # what the fold keeps ----------------------------------------------------

    def open_kinds(self) -> tuple[str, ...]:
        """The kinds of process that are open, sorted; an open child with none has a plan pending."""
        kinds = self._open_kinds
        if kinds is None:
            found = {p.kind for p in self.processes.values() if p.closed is None} - UNCOUNTED
            kinds = self._open_kinds = tuple(sorted(found))
        return kinds or (("plan_pending",) if self.open else ())

    def keep_state(self) -> None:
        """Write down the state that the last entry brought about, if it differs from the one before."""
        self.changed = False
        entry = self.entry
        state = State(
            begins=self.at,
            entry=entry.id if entry else 0,
            legal=self.legal,
            processes=self.open_kinds(),
            team=self.team,
            worker=self.worker,
            open=self.open,
            opened=self.opened,
            unallocated_since=self.unallocated_since if self.open and not self.worker else None,
            seen=self.seen,
            seen_alone=self.seen_alone,
            label=entry.label if entry else 0,
        )
        states = self.states
        if states and states[-1].begins == state.begins:
            states.pop()
        if not (states and same(states[-1], state)):
            states.append(state)

    def state_at(self, at: int) -> State:
        """The state at an instant (microseconds UTC)."""
        place = bisect_right(self.states, at, key=_begins)
        return self.states[place - 1] if place else NOWHERE

    @property
    def now(self) -> State:
        """The last state that the file knows, which may begin in the future: an eighteenth birthday does."""
        return self.states[-1] if self.states else NOWHERE
