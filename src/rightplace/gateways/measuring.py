"""What `bench record` does and times: files like those of a city, whole paths from contact to closing."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from statistics import median

from rightplace.dbserver import Server
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.assessment import (
    AssessmentAuthorised,
    AssessmentBegan,
    NeedPlanBegan,
    NeedPlanReviewed,
    VisitMade,
)
from rightplace.domain.practice.entries.caseflow import TeamAccepted, TeamOffered, WorkerAllocated
from rightplace.domain.practice.entries.contact import (
    ContactDecided,
    ContactReceived,
    Level,
    ReferralAccepted,
    ReferrerTold,
    Route,
)
from rightplace.domain.practice.entries.identity import AddressRecorded, IdentityRecorded
from rightplace.domain.practice.timescales import timescales
from rightplace.domain.practice.workdays import HOUR, day_of, from_datetime, start_of_day
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal import bulk as bulk_writing
from rightplace.foundation.journal import rebuilding, sealed_minutes, verifying, writing
from rightplace.foundation.journal.folding import rules
from rightplace.foundation.journal.parallel import file_ranges, in_processes, processes
from rightplace.foundation.people.finding.trial.measure import FindFigures, measure
from rightplace.foundation.people.finding.trial.population import population
from rightplace.foundation.people.finding.trial.questions import questions
from rightplace.gateways.cli.record import as_owner

DOOR = (11, 10, 1)
TEAM = (12, 31, 2)
WORKER = (13, 30, 2)
"""Author, role and team of the invented entries."""
LAST_DAY = day_of(from_datetime(datetime(2026, 3, 2, 12, tzinfo=UTC)))
NAMES = ("Amira", "Ben", "Chidi", "Dana", "Ewan", "Farah", "Gita", "Hal", "Ines", "Jo")


class _File:
    """One invented file while it is told."""

    def __init__(self, number: int) -> None:
        self.rng = random.Random(number)  # noqa: S311  (invented children, not secrets)
        self.file = (number + 1) * 1_000_003
        self.writes: list[list[Draft]] = []
        self.day = LAST_DAY - self.rng.randint(200, 700)

    def say(self, body: Body, after: int, by: tuple[int, int, int]) -> int:
        self.day += after
        at = start_of_day(self.day) + 9 * HOUR + len(self.writes) * 1_000_000
        named = self.rng.getrandbits(62) | 1
        author, role, team = by
        self.writes.append(
            [
                Draft(
                    file=self.file,
                    body=body,
                    day=self.day,
                    at=at,
                    id=named,
                    author=author,
                    role=role,
                    team=team,
                    recorded=at,
                )
            ]
        )
        return named


def story(number: int) -> bulk_writing.Story:
    """One child's file of about thirty entries, the same for the same number."""
    told = _File(number)
    rng = told.rng
    born = date(2008 + rng.randint(0, 16), rng.randint(1, 12), rng.randint(1, 28))
    told.say(IdentityRecorded(given=rng.choice(NAMES), family=f"Invented{number % 977}", born=born), 0, DOOR)
    told.say(AddressRecorded(line=f"{number % 90} Example Road", postcode="B12 9AB"), 0, DOOR)
    contact = told.say(
        ContactReceived(team=1, source="2A", channel="form", saw="What was seen. " * 12), 0, DOOR
    )
    decided = ContactDecided(
        contact=contact,
        level=Level.COMPLEX,
        indicators=(),
        route=Route.ASSESSMENT,
        reasons="Because. " * 20,
        alternatives="Advice.",
    )
    told.say(decided, 1, DOOR)
    told.say(ReferralAccepted(contact=contact), 0, DOOR)
    told.say(
        ReferrerTold(contact=contact, outcome="assessment", text="A team will see the family. " * 3), 0, DOOR
    )
    offer = told.say(TeamOffered(team=2, for_what="assessment"), 0, DOOR)
    told.say(TeamAccepted(offer=offer), 1, TEAM)
    told.say(WorkerAllocated(worker=13), 0, TEAM)
    assessment = told.say(AssessmentBegan(), 1, WORKER)
    for _ in range(rng.randint(3, 9)):
        told.say(VisitMade(seen=True, alone=True, note="Seen at home. " * 10), 4, WORKER)
    told.say(AssessmentAuthorised(assessment=assessment, written_by=13, in_need=True), 2, TEAM)
    plan = told.say(NeedPlanBegan(), 1, WORKER)
    for _ in range(rng.randint(4, 9)):
        told.say(VisitMade(seen=rng.random() < 0.9, alone=False, note="Seen at home. " * 10), 14, WORKER)
    told.say(NeedPlanReviewed(plan=plan, outcome="goes on"), 2, WORKER)
    return bulk_writing.Story(told.file, told.writes)


def write_part(first: int, last: int) -> bulk_writing.BulkOutcome:
    """Write the stories of a range of numbers: one process's part."""
    return bulk_writing.write_stories(story(number) for number in range(first, last))


def bulk(files: int) -> float:
    """Entries a second written in bulk, judged, chained and projected, over all cores; making them up is included."""
    size = max(1, files // (processes() * 6))
    parts = [(first, min(first + size, files)) for first in range(0, files, size)]
    began = time.perf_counter()
    entries = sum(outcome.entries for outcome in in_processes(write_part, parts))
    took = time.perf_counter() - began
    sealed_minutes.seal_minutes()
    return entries / took


def _stream(most: int) -> Iterator[tuple[int, dict[int, list[object]]]]:
    taken = 0
    for person, _, files in rebuilding._persons(0, 2**63 - 1, None):
        yield person, files  # type: ignore[misc]
        taken += sum(len(found) for found in files.values())
        if taken >= most:
            return


def fold_rate(most: int = 100_000) -> float:
    """Entries a second from stored rows to journeys and timescales, in one process, by its own CPU."""
    from rightplace.domain.practice.journey import fold

    began, entries = time.process_time(), 0
    for _, files in _stream(most):
        for found in files.values():
            timescales(fold(found), rules())  # type: ignore[arg-type]
            entries += len(found)
    return entries / (time.process_time() - began)


def verify() -> float:
    """Entries a second verified, over all cores."""
    ranges = file_ranges(processes() * 6)
    began = time.perf_counter()
    entries = sum(part.entries for part in in_processes(verifying.verify_files, ranges))
    return entries / (time.perf_counter() - began)


def rebuild() -> float:
    """Entries a second from stored rows to rows of projections in a schema beside, over all cores."""
    as_owner()
    rebuilding.make_tables("bench_rebuild")
    ranges = [("bench_rebuild", first, last) for first, last in file_ranges(processes() * 6)]
    began = time.perf_counter()
    entries = sum(part.entries for part in in_processes(rebuilding.fill, ranges))
    took = time.perf_counter() - began
    rebuilding.drop("bench_rebuild")
    return entries / took


def write_cpu_ms(entries: int, rounds: int = 9) -> float:
    """Milliseconds of the application's CPU for one signed write into a file of that many entries; the median."""
    told = _File(10_000_000 + entries)
    told.day = LAST_DAY - 600
    told.say(IdentityRecorded(given="Ben", family="Invented", born=date(2015, 2, 1)), 0, DOOR)
    told.say(ContactReceived(team=1, source="2A", channel="form"), 0, DOOR)
    while len(told.writes) < entries:
        told.say(VisitMade(seen=True, alone=False, note="Seen at home. " * 10), len(told.writes) % 2, WORKER)
    bulk_writing.write_stories([bulk_writing.Story(told.file, told.writes)])
    by = Actor(worker=13, name="bench", role=30, team=2)
    spent = []
    for _ in range(rounds):
        began = time.process_time()
        at = from_datetime(datetime(2026, 3, 3, 10, 20, tzinfo=UTC))
        draft = Draft(file=told.file, body=VisitMade(seen=True), day=day_of(at), at=at)
        writing.write([draft], by=by, may="visit.record")
        spent.append((time.process_time() - began) * 1_000)
    return median(spent)


def finding(server: Server, people: int) -> FindFigures:
    """How fast and how surely a child is found, in a table of its own in a scratch database."""
    name = f"bench_find_{time.time_ns()}"
    invented = list(population(people, 7))
    server.create_database(name)
    try:
        with server.connect(database=name) as connection:
            return measure(connection, invented, questions(invented, 600))
    finally:
        server.drop_database(name)
