"""A slow, naive reading of a child's file, written from the rules in words, to hold the fold against.

It shares nothing with the reducers: kinds are told apart by their names, every question walks everything again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from rightplace.domain.practice.entries import Entry
from rightplace.domain.practice.entries.base import KINDS

LONDON = ZoneInfo("Europe/London")
NOT_A_PART = {"placement", "check", "missing", "application", "emergency_order", "allegation", "disagreement"}
BEGINS = {
    "needplan.began": "cin_plan", "enquiry.began": "section47", "protectionplan.began": "protection_plan",
    "preproceedings.began": "pre_proceedings", "leavingcare.began": "leaving_care", "strategy.decided": "strategy",
    "privatefostering.known": "private_fostering", "assessment.began": "assessment",
    "familysupport.began": "family_support", "emergencyorder.made": "emergency_order",
}  # fmt: skip
OPENS_WITHOUT_CONTACT = {*BEGINS, "strategy.held", "transfer.notified", "conference.held", "care.began"}
ENDS = {
    "familysupport.ended": ("support", "family_support"), "assessment.authorised": ("assessment", "assessment"),
    "needplan.ended": ("plan", "cin_plan"), "enquiry.ended": ("enquiry", "section47"),
    "protectionplan.ended": ("plan", "protection_plan"), "leavingcare.ended": ("leaving", "leaving_care"),
    "placement.ended": ("placement", "placement"), "missing.ended": ("missing", "missing"),
    "check.answered": ("check", "check"), "disagreement.answered": ("disagreement", "disagreement"),
}  # fmt: skip


@dataclass
class Seen:
    """The state at one instant; `entry` brought it about, 0 is a birthday."""

    at: int
    entry: int
    sent_back: int
    child_seen: bool
    offered: bool
    open: bool
    team: int
    worker: int
    legal: str
    processes: tuple[str, ...]


@dataclass
class Child:
    """What an attentive reader keeps on paper while going through the file."""

    open: bool = False
    at_the_door: bool = False
    to_a_door: set[int] = field(default_factory=set)
    team: int = 0
    worker: int = 0
    legal: str = ""
    going_on: dict[int, tuple[str, int]] = field(default_factory=dict)
    ever: dict[int, tuple[str, int]] = field(default_factory=dict)
    decided: set[int] = field(default_factory=set)
    offers: dict[int, int] = field(default_factory=dict)
    because: dict[int, int] = field(default_factory=dict)
    steps_down: set[int] = field(default_factory=set)
    awaited: list[tuple[str, int]] = field(default_factory=list)
    sent_back: int = 0
    child_seen: bool = False

    def begin(self, number: int, kind: str, about: int = 0) -> None:
        self.going_on[number] = self.ever[number] = (kind, about)

    def awaits_a_decision(self, number: int) -> bool:
        return self.going_on.get(number, ("", 0))[0] == "contact" and number not in self.decided

    def all_of(self, *kinds: str) -> list[int]:
        return [number for number, (kind, _) in self.going_on.items() if kind in kinds]

    def end_all(self, *kinds: str) -> None:
        for number in self.all_of(*kinds):
            del self.going_on[number]

    def open_with(self, team: int) -> None:
        if not self.open:
            self.open, self.team, self.worker, self.at_the_door = True, team, 0, False
            self.sent_back, self.child_seen = 0, False

    def hand_over(self, team: int) -> None:
        self.offers.clear()
        for number in self.all_of("contact"):
            if number in self.decided:
                del self.going_on[number]
        if team != self.team:
            self.team, self.worker = team, 0
        self.at_the_door = False
        self.sent_back = 0

    def close(self) -> None:
        self.open = self.at_the_door = False
        self.team = self.worker = 0
        self.legal = ""
        self.going_on.clear()
        self.offers.clear()
        self.awaited.clear()


# what stands, and in what order ------------------------------------------------


def standing(entries: list[Entry]) -> list[Entry]:
    """Corrections and withdrawals first, as they were recorded; a withdrawal itself is not withdrawn."""
    changes = sorted((e for e in entries if e.body.kind in ("entry.corrected", "entry.withdrawn")),
                     key=lambda e: (e.recorded, e.seq))  # fmt: skip
    struck = {e.body.entry for e in changes if e.body.kind == "entry.withdrawn"}
    found = []
    for entry in entries:
        if entry in changes or entry.id in struck:
            continue
        found.append(_as_last_said(entry, changes))
    return found


def _as_last_said(entry: Entry, changes: list[Entry]) -> Entry:
    saying = [entry.id]
    bodies = {entry.id: entry}
    for change in changes:
        if change.body.kind == "entry.withdrawn" and change.body.entry in saying[1:]:
            saying.remove(change.body.entry)
        if change.body.kind == "entry.corrected" and (change.body.entry, change.body.last) == (
            entry.id,
            saying[-1],
        ):
            saying.append(change.id)
            bodies[change.id] = change
    last = bodies[saying[-1]]
    if last is entry:
        return entry
    said = msgspec.json.decode(json.dumps(last.body.said).encode(), type=KINDS[entry.kind])
    at = None if last.body.at is None else _microseconds(last.body.at)
    return msgspec.structs.replace(entry, day=last.body.day.toordinal(), at=at, body=said, names=said.named())


def _microseconds(moment: datetime) -> int:
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1_000_000 + moment.microsecond


def midnight(day: int) -> int:
    """The first instant of a day in London, asked of the machine's own time zones."""
    when = date.fromordinal(day)
    return _microseconds(datetime(when.year, when.month, when.day, tzinfo=LONDON).astimezone(UTC))


def in_order(entries: list[Entry]) -> list[Entry]:
    """By day; then by time, an unknown one taking the latest known of a lower rank; rank; id; the named before."""
    found: list[Entry] = []
    for day in sorted({e.day for e in entries}):
        today = [e for e in entries if e.day == day]
        times = {}
        for entry in today:
            lower = [o.at for o in today if o.at is not None and o.body.rank < entry.body.rank]
            times[entry.id] = entry.at if entry.at is not None else max(lower, default=-(10**20))
        today.sort(key=lambda e: (times[e.id], e.body.rank, e.id))
        for entry in today:
            _take(entry, today, found, [])
    return found


def _take(entry: Entry, today: list[Entry], found: list[Entry], asking: list[int]) -> None:
    if entry in found or entry.id in asking:
        return
    for name in entry.names:
        for other in today:
            if other.id == name:
                _take(other, today, found, [*asking, entry.id])
    found.append(entry)


# the walk -------------------------------------------------------------------------


def read(entries: list[Entry]) -> list[Seen]:
    """The state after each instant at which something was told, and at the eighteenth birthday."""
    ordered = in_order(standing(entries))
    born = _born(ordered)
    eighteen = _eighteenth(born) if born is not None else None
    imports = [e.body.team for e in ordered if e.body.kind == "import.taken"]
    child, seen, at = Child(), [], -(10**20)
    for entry in ordered:
        if eighteen is not None and entry.day >= eighteen:
            at = _comes_of_age(child, seen, max(at, midnight(eighteen)))
            eighteen = None
        at = max(at, entry.at if entry.at is not None else midnight(entry.day))
        _happens(child, entry, entry.body, imports[-1] if imports else 0)
        seen.append(_state(child, at, entry.id))
    if eighteen is not None:
        _comes_of_age(child, seen, max(at, midnight(eighteen)))
    return seen


def _born(ordered: list[Entry]) -> date | None:
    told = [e.body.born for e in ordered if e.body.kind == "identity.recorded" and e.body.born]
    return told[-1] if told else None


def _eighteenth(born: date) -> int:
    try:
        return born.replace(year=born.year + 18).toordinal()
    except ValueError:
        return date(born.year + 18, 3, 1).toordinal()


def _state(child: Child, at: int, entry: int) -> Seen:
    kinds = tuple(sorted({kind for kind, _ in child.going_on.values()} - NOT_A_PART))
    if not kinds and child.open:
        kinds = ("plan_pending",)
    said = (at, entry, child.sent_back, child.child_seen, bool(child.offers))
    return Seen(*said, child.open, child.team, child.worker, child.legal, kinds)


def _comes_of_age(child: Child, seen: list[Seen], at: int) -> int:
    if not child.open:
        return at
    if child.all_of("leaving_care"):
        child.legal = ""
        child.going_on = {n: p for n, p in child.going_on.items() if p[0] == "leaving_care"}
    else:
        child.close()
    seen.append(_state(child, at, 0))
    return at


def _happens(child: Child, entry: Entry, body: Any, import_team: int) -> None:
    kind = body.kind
    if kind in OPENS_WITHOUT_CONTACT:
        child.open_with(entry.team or import_team)
    if kind in ENDS:
        field_name, what = ENDS[kind]
        if child.going_on.get(getattr(body, field_name), ("", 0))[0] == what:
            del child.going_on[getattr(body, field_name)]
    _front_door(child, entry, body, kind, import_team)
    _teams(child, entry, body, kind)
    _casework(child, entry, body, kind)


def _front_door(child: Child, entry: Entry, body: Any, kind: str, import_team: int) -> None:
    if kind == "contact.received":
        child.begin(entry.id, "contact")
        if not child.open:
            child.open_with(body.team or entry.team or import_team)
            child.at_the_door = True
    elif kind == "signal.taken_up" and not child.open:
        child.open_with(entry.team or import_team)
        child.begin(entry.id, "family_support")
    elif kind == "check.asked":
        child.begin(entry.id, "check", body.contact)
    elif kind == "referrer.disagreed":
        child.begin(entry.id, "disagreement", body.contact)
    elif kind == "referral.accepted":
        if body.contact in child.going_on:
            if not body.no_further_action:
                child.awaited.append(("referral", body.contact))
        else:
            child.open_with(body.team or entry.team or import_team)
            child.begin(entry.id, "referral", body.contact)
    elif kind == "contact.decided" and child.awaits_a_decision(body.contact):
        _decided(child, body)


def _decided(child: Child, body: Any) -> None:
    child.decided.add(body.contact)
    if body.route in ("another agency", "advice", "no further action"):
        mine = [n for n, (_, about) in child.going_on.items() if about == body.contact]
        for number in (*mine, body.contact):
            del child.going_on[number]
        child.awaited = [a for a in child.awaited if a[1] != body.contact]
        if child.at_the_door and not child.going_on and not child.awaited:
            child.close()
    elif body.route == "to the team that has the child":
        del child.going_on[body.contact]
    elif body.route == "family support team":
        child.awaited.append(("family_support", body.contact))


def _teams(child: Child, entry: Entry, body: Any, kind: str) -> None:
    if kind == "team.offered" and child.open:
        child.offers[entry.id] = body.team
        child.because[entry.id] = body.because_of
        child.to_a_door |= {entry.id} if body.for_what == "front door" else set()
    elif kind == "step.down" and body.to_part == "family support":
        child.steps_down.add(entry.id)
    elif kind in ("team.accepted", "team.sent_back") and child.offers.get(body.offer) == entry.team:
        team = child.offers.pop(body.offer)
        if kind == "team.accepted":
            stays_at_the_door = child.at_the_door and body.offer in child.to_a_door
            child.hand_over(team)
            child.at_the_door = stays_at_the_door
            _what_was_awaited_begins(child, entry)
            if child.because[body.offer] in child.steps_down and not child.all_of("family_support"):
                child.begin(entry.id, "family_support")
        else:
            child.sent_back += 1
    elif kind == "offer.withdrawn":
        child.offers.pop(body.offer, None)
    elif kind == "team.placed" and child.open:
        child.hand_over(body.team)
        _what_was_awaited_begins(child, entry)
    elif kind == "worker.allocated" and child.open and body.capacity == "allocated":
        child.worker = body.worker or child.worker
    elif kind == "worker.ended" and body.capacity == "allocated" and child.worker == body.worker:
        child.worker = 0
    elif kind == "person.linked" and body.team and child.open:
        if body.team != child.team:
            child.hand_over(body.team)
            _what_was_awaited_begins(child, entry)
        child.worker = body.worker or child.worker
    elif kind == "person.died" or (kind == "case.closed" and child.open):
        child.close()


def _what_was_awaited_begins(child: Child, entry: Entry) -> None:
    for kind, _ in child.awaited:
        child.begin(entry.id, kind)
    child.awaited.clear()


def _casework(child: Child, entry: Entry, body: Any, kind: str) -> None:
    if kind in ("assessment.began", "enquiry.began"):
        child.end_all("referral")
    if kind == "familysupport.began":
        child.end_all("family_support")
    if kind == "strategy.held":
        child.end_all("strategy")
    if kind == "protectionplan.began":
        child.end_all("cin_plan")
    if kind in BEGINS:
        child.begin(entry.id, BEGINS[kind])
    elif kind == "missing.began":
        child.begin(entry.id, "missing")
    elif kind == "care.began":
        if not child.all_of("care"):
            child.begin(entry.id, "care")
        child.legal = body.legal
    elif kind == "visit.made":
        child.child_seen = child.child_seen or (child.open and body.seen)
    elif kind == "legal.changed" and child.open:
        child.legal = body.legal
    elif kind == "placement.began":
        child.end_all("placement")
        child.begin(entry.id, "placement")
    elif kind == "care.ended":
        if child.all_of("care"):
            child.end_all("care", "placement")
            child.legal = ""
        if body.adopted and child.open:
            child.close()


def state_at(seen: list[Seen], at: int) -> Seen:
    """What was so at an instant."""
    before = [one for one in seen if one.at <= at]
    return before[-1] if before else Seen(at, 0, 0, False, False, False, 0, 0, "", ())
