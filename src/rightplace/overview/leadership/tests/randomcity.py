"""A city of random histories, written in bulk: children who are offered, allocated, visited, closed, and contacts."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from rightplace.domain.practice.entries import Body, Draft, Entry, FileKind
from rightplace.domain.practice.entries.contact import (
    ContactDecided,
    ContactRead,
    ContactReceived,
    ContactScreened,
    Grade,
    Level,
    Route,
)
from rightplace.domain.practice.entries.familysupport import FamilyPlanMade, FamilySupportBegan
from rightplace.domain.practice.journey.tests.histories import told_by
from rightplace.domain.practice.workdays import DAY, HOUR, day_of, start_of_day
from rightplace.foundation.journal.bulk import Story

CHILDREN, CONCERNS, MOVES = 70, 40, 26
FIRST = start_of_day(738_949)  # 4 March 2024, the first day of the histories
LAST = FIRST + 440 * DAY  # about when the longest of them ends


def children(seed: int = 11) -> Iterator[Story]:
    """Children's files. The bulk write judges each decision, so that only what may be stands."""
    random = Random(seed)
    for place in range(CHILDREN):
        file = 1_000 + place * 7
        writes = [[draft(e) for e in write] for write in told_by(random.randbytes(1 + 3 * MOVES), file=file)]
        if place % 3 == 0:
            writes += family_plan(writes[-1][-1], days_ago=(10, 60)[place % 2])
        yield Story(file, writes)


def family_plan(last: Draft, days_ago: int) -> list[list[Draft]]:
    """After all else early help begins with a family plan, whose first review is ahead or late."""
    support = last.file * 1_000_003 + 1
    at = max((last.recorded or 0) + HOUR, LAST - days_ago * DAY)
    said = ((support, FamilySupportBegan()), (support + 1, FamilyPlanMade(support=support)))
    return [
        [
            Draft(
                file=last.file, body=body, day=day_of(at + n), at=at + n, id=number, author=last.author,
                role=last.role, team=last.team, recorded=at + n,
            )
        ]
        for n, (number, body) in enumerate(said)
    ]  # fmt: skip


def draft(entry: Entry) -> Draft:
    return Draft(
        file=entry.file, body=entry.body, day=entry.day, at=entry.at, id=entry.id, concern=entry.concern,
        occasion=entry.occasion, label=entry.label, author=entry.author, role=entry.role, team=entry.team,
        recorded=entry.recorded,
    )  # fmt: skip


def concerns(seed: int = 12) -> Iterator[Story]:
    """Concerns at the front door: some read, some graded, some decided."""
    random = Random(seed)
    for place in range(CONCERNS):
        file = 9_000_001 + place
        at = FIRST + random.randrange(400) * DAY + 10 * HOUR
        first = file * 100
        steps: list[Body] = [
            ContactReceived(team=1, source="2A", channel="online form", children=(1_000,), receipt=f"R{place}"),
            ContactRead(contact=first),
            ContactScreened(contact=first, grade=random.choice(list(Grade))),
            ContactDecided(
                contact=first, level=Level.ADDITIONAL, indicators=("x",), route=random.choice(list(Route)),
                reasons="r", alternatives="a",
            ),
        ]  # fmt: skip
        writes = []
        for step, body in enumerate(steps[: random.randint(1, 4)]):
            when = at + step * random.choice((HOUR, DAY, 9 * DAY))
            writes.append(
                [
                    Draft(
                        file=file, body=body, day=day_of(when), at=when, id=first + step, author=101, role=10, team=1,
                        recorded=when,
                    )
                ]
            )  # fmt: skip
        yield Story(file, writes, kind=FileKind.CONCERN)
