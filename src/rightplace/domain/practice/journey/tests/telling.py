"""A file told entry by entry, for tests that state one fact. Everybody in it is invented."""

from __future__ import annotations

from datetime import date

from rightplace.domain.practice.entries import Body, Entry
from rightplace.domain.practice.entries.caseflow import TeamAccepted, TeamOffered
from rightplace.domain.practice.entries.contact import ContactDecided, ContactReceived, Level, Route
from rightplace.domain.practice.journey import Journey, fold
from rightplace.domain.practice.journey.judging import breaches, refusal
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.timescales import rulebook, timescales
from rightplace.domain.practice.workdays import HOUR, MINUTE, start_of_day

DOOR, SOUTH, NORTH, HEADS = 1, 2, 3, 9
SCREENER, SOUTH_MANAGER, SOUTH_WORKER, NORTH_MANAGER = 11, 21, 22, 31
STAFF = 1
FIRST = date(2024, 3, 4).toordinal()
"""A Monday."""


def clock(day: int, hour: int = 10, minute: int = 0) -> int:
    """An instant of a day by UTC, which is what tests count in."""
    return start_of_day(day) + hour * HOUR + minute * MINUTE


class File:
    """One file. `say` signs an entry on the current day; each takes an hour, `later` moves the days on."""

    def __init__(self, number: int = 500) -> None:
        self.number = number
        self.day = FIRST
        self.hour = 8
        self.entries: list[Entry] = []

    def later(self, days: int) -> File:
        self.day, self.hour = self.day + days, 8
        return self

    def on(self, when: date) -> File:
        self.day, self.hour = when.toordinal(), 8
        return self

    def say(
        self,
        body: Body,
        *,
        team: int = DOOR,
        author: int = SCREENER,
        role: int = STAFF,
        timed: bool = True,
        day: int | None = None,
        at: int | None = None,
        recorded: int = 0,
        label: int = 0,
    ) -> Entry:
        self.hour += 1
        when = self.day if day is None else day
        moment = at if at is not None else (clock(when, self.hour) if timed else None)
        place = len(self.entries) + 1
        entry = Entry(
            self.number, place, self.number * 10_000 + place, body.number, body.version, when, moment,
            recorded or clock(self.day, self.hour), author, role, team, 0, 0, label, body.named(), body,
        )  # fmt: skip
        self.entries.append(entry)
        return entry

    def journey(self, *, concern: bool = False) -> Journey:
        return fold(self.entries, concern=concern)

    def refused(self, body: Body, **said: int) -> Refused | None:
        """Say it as the live write does: taken, or refused and taken out again."""
        before = breaches_of(self.entries)
        entry = self.say(body, **said)
        why_not = refusal([entry], before, breaches_of(self.entries), rulebook().titles())
        if why_not is not None:
            self.entries.remove(entry)
        return why_not

    # what many tests begin with --------------------------------------------------

    def contact(self, **said: int) -> Entry:
        return self.say(ContactReceived(team=DOOR, source="1A", channel="form"), **said)

    def decide(self, contact: Entry, route: Route, unseen_reason: str = "", **said: int) -> Entry:
        return self.say(decision(contact, route, unseen_reason), **said)

    def hand_to_south(self, because_of: int = 0) -> Entry:
        offer = self.say(TeamOffered(team=SOUTH, for_what="assessment", because_of=because_of))
        return self.say(TeamAccepted(offer=offer.id), team=SOUTH, author=SOUTH_MANAGER)

    def with_south(self) -> File:
        """A contact came, was decided, and South accepted the child."""
        contact = self.contact()
        self.decide(contact, Route.ASSESSMENT)
        self.hand_to_south()
        return self


def decision(contact: Entry, route: Route, unseen_reason: str = "") -> ContactDecided:
    return ContactDecided(
        contact=contact.id,
        level=Level.ADDITIONAL,
        indicators=(),
        route=route,
        reasons="The reasons",
        alternatives="The alternatives",
        unseen_reason=unseen_reason,
    )


def breaches_of(entries: list[Entry]) -> set:
    journey = fold(entries)
    return breaches(journey, timescales(journey, rulebook()))


def codes(journey: Journey) -> set[str]:
    """The doubts and breaches of a journey, by code."""
    return {d.code for d in journey.doubts} | {b.code for b in journey.breaches}
