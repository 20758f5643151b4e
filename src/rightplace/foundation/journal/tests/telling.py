"""Short ways to tell a file in a test: invented children, a fixed morning, two teams."""

from __future__ import annotations

from datetime import UTC, date, datetime

from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.assessment import VisitMade
from rightplace.domain.practice.entries.caseflow import TeamAccepted, TeamOffered, WorkerAllocated
from rightplace.domain.practice.entries.contact import (
    ContactDecided,
    ContactReceived,
    Level,
    ReferralAccepted,
    ReferrerTold,
    Route,
)
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.workdays import HOUR, day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.writing import NewFile, Written, new_id, write
from rightplace.foundation.organisation.rolecodes import RoleCode

MORNING = datetime(2026, 3, 3, 10, 20, tzinfo=UTC)
NOW = from_datetime(MORNING)
TODAY = day_of(NOW)
DOOR = Actor(worker=1011, name="Front Door", role=int(RoleCode.FRONT_DOOR_MANAGER), team=101)
TEAM = Actor(worker=1012, name="Team Manager", role=int(RoleCode.TEAM_MANAGER), team=102)
OTHER_TEAM = Actor(worker=1013, name="Other Manager", role=int(RoleCode.TEAM_MANAGER), team=103)


def draft(file: int, body: Body, hours: int = 0, **more: int) -> Draft:
    """A draft that happened so many hours after the morning."""
    at = NOW + hours * HOUR
    return Draft(file=file, body=body, day=day_of(at), at=at, **more)


def told(file: int, name: str = "Asha") -> list[Draft]:
    """The first entries of a child's file: who, and a contact at the front door."""
    return [
        draft(file, IdentityRecorded(given=name, family="Invented", born=date(2015, 2, 1))),
        draft(file, ContactReceived(team=DOOR.team, source="2A", channel="form", saw="What was seen.")),
    ]


def new_child(name: str = "Asha") -> tuple[int, int]:
    """A file with a contact, written live: its file and the contact's entry."""
    file = new_id()
    written = write(told(file, name), by=DOOR, may="contact.raise", opening=[NewFile(file)])
    return file, written[1].id


def decided(file: int, contact: int, hours: int = 1) -> list[Draft]:
    """A decision for an assessment, told to the referrer, and the offer to the team."""
    body = ContactDecided(
        contact=contact, level=Level.COMPLEX, indicators=(), route=Route.ASSESSMENT, reasons="Because.",
        alternatives="Advice.",
    )  # fmt: skip
    return [
        draft(file, body, hours),
        draft(file, ReferralAccepted(contact=contact), hours),
        draft(
            file,
            ReferrerTold(contact=contact, outcome="assessment", text="A team will see the family."),
            hours,
        ),
        draft(file, TeamOffered(team=TEAM.team, for_what="assessment"), hours),
    ]


def open_with_team(name: str = "Asha") -> int:
    """A child whom the team has accepted, with a worker, seen once."""
    file, contact = new_child(name)
    offer = write(decided(file, contact), by=DOOR, may="contact.decide")[3].id
    write([draft(file, TeamAccepted(offer=offer), 2)], by=TEAM, may="offer.answer")
    write([draft(file, WorkerAllocated(worker=1020), 3)], by=TEAM, may="worker.allocate")
    visited(file)
    return file


def visited(file: int, hours: int = 4) -> Written:
    """A visit at which the child was seen alone."""
    return write(
        [draft(file, VisitMade(seen=True, alone=True, note="Seen."), hours)], by=TEAM, may="visit.record"
    )
