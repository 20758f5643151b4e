"""Takes a children in need census return in: every child of it into a file, or refused with the reason and the line.

The file is read through before anything is written. What is written is committed in batches; an import that was broken
off is simply started again, since each child and each entry is found again by its number.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.db import connection

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import from_datetime
from rightplace.foundation.access.actor import CIN_IMPORT, RULES, Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.parallel import in_processes
from rightplace.foundation.journal.sealed_minutes import seal_minutes
from rightplace.foundation.organisation import actions, clock, queries
from rightplace.foundation.organisation.models import Membership, Team, Worker
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.gateways.exchange.cin import filing
from rightplace.gateways.exchange.cin.accounting import Accounting, Outcome, stored
from rightplace.gateways.exchange.cin.children import ReadChild
from rightplace.gateways.exchange.cin.filing import Filed
from rightplace.gateways.exchange.cin.headers import Header
from rightplace.gateways.exchange.cin.mapping import Return
from rightplace.gateways.exchange.cin.reader import CinReturn, read
from rightplace.gateways.exchange.models import Import

RUN: Final = "import.run"
IMPORTERS: Final = 7_400_010
"""The lock that lets one import run at a time."""
READ_AT_ONCE: Final = 500
NEW_AT_ONCE: Final = 1_000
KNOWN_AT_ONCE: Final = 100
MANY: Final = 1_000
"""From here on a second process is worth its start."""

Progress = Callable[[str, int, int], None]
"""What is being done, how many children are done, of how many."""


def import_return(
    path: Path, *, by: Actor, dry_run: bool = False, progress: Progress | None = None
) -> Outcome:
    """Take a return in. Raises RefusedFile when the file as a whole cannot be taken; nothing is written then.

    The same file again changes nothing, and the outcome says so (`before`). A dry run writes nothing at all.
    """
    require(by, RUN)
    began = time.perf_counter()
    sound = read(path)
    earlier = Import.objects.filter(digest=sound.digest).first()
    outcome = stored(earlier) if earlier else _run(_Run(sound, by, dry_run, progress or _silent))
    outcome.seconds = round(time.perf_counter() - began, 2)
    if earlier is None and not dry_run:
        Import.objects.filter(pk=outcome.number).update(seconds=outcome.seconds)
    return outcome


def _silent(what: str, done: int, of: int) -> None:
    """Nobody watches."""


class _Run:
    """One import on its way: the return, who runs it, what was counted."""

    def __init__(self, sound: CinReturn, by: Actor, dry_run: bool, progress: Progress) -> None:
        self.sound, self.by, self.dry_run, self.progress = sound, by, dry_run, progress
        self.began = clock.now()
        team, self.manager = _team(dry_run=dry_run)
        self.of = _return(sound.header, team)
        self.new: list[bytes] = []
        self.known: list[bytes] = []
        self.count_new = self.count_known = 0
        self.accounting = Accounting(self.of)


def _run(run: _Run) -> Outcome:
    with _alone(run.dry_run):
        _sort(run)
        files, entries = _file_new(run)
        entries += _continue_known(run)
        if not run.dry_run:
            seal_minutes()
            return _recorded(run, files, entries)
    return _outcome(run, entries)


@contextmanager
def _alone(dry_run: bool) -> Iterator[None]:
    """One import at a time: a second would hold children against files that the first is still writing."""
    if dry_run:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [IMPORTERS])
        if not cursor.fetchone()[0]:
            raise Refused("Another import is running.", "Wait until it has ended, then start this one.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [IMPORTERS])


def _team(*, dry_run: bool) -> tuple[int, Worker | None]:
    """The team that answers for imported children, with its named manager where there is anybody to name."""
    today = clock.today()
    if dry_run:
        found = queries.teams(today, [Team.Kind.IMPORTED]).first()
        return (found.pk, queries.manager_of(found.pk, today)) if found else (0, _somebody())
    team = actions.imported_team(by=CIN_IMPORT)
    manager = queries.manager_of(team.pk, today)
    if manager is None:
        manager = _somebody()
        if manager is not None:
            actions.join_team(worker=manager, team=team, role=RoleCode.TEAM_MANAGER, begins=today, by=RULES)
    return team.pk, manager


def _somebody() -> Worker | None:
    """Who can answer for imported children until they are confirmed: a head of service, else a team's manager."""
    today = clock.today()
    heads = queries.heads_of_service(today)
    if heads:
        return heads[0]
    managing = queries.on_day(Membership.objects.filter(role__in=MANAGES_A_TEAM), today)
    managing = managing.filter(queries.holding(today, "worker__")).select_related("worker")
    first = managing.order_by("begins", "id").first()
    return first.worker if first else None


def _return(header: Header, team: int) -> Return:
    return Return(
        authority=header.lea.strip(),
        year=header.census_year,
        reference=header.last_day or clock.today(),
        first_day=header.first_day,
        team=team,
    )


def _sort(run: _Run) -> None:
    """Count every child, and part those who have a file from those who have none."""
    waiting: list[ReadChild] = []
    fresh: list[ReadChild] = []
    for child in run.sound.children():
        run.accounting.add(child)
        if child.refused is None:
            waiting.append(child)
        if len(waiting) >= READ_AT_ONCE:
            fresh = _part(run, waiting, fresh)
            waiting = []
            run.progress("Reading", run.accounting.account.children, run.sound.count)
    fresh = _part(run, waiting, fresh)
    if fresh:
        run.new.append(filing.packed(fresh))


def _part(run: _Run, children: list[ReadChild], fresh: list[ReadChild]) -> list[ReadChild]:
    there = filing.with_files([run.of.numbers(child).file for child in children])
    known = [child for child in children if run.of.numbers(child).file in there]
    for first in range(0, len(known), KNOWN_AT_ONCE):
        run.known.append(filing.packed(known[first : first + KNOWN_AT_ONCE]))
    fresh = [*fresh, *(child for child in children if run.of.numbers(child).file not in there)]
    run.count_known += len(known)
    run.count_new += len(children) - len(known)
    while len(fresh) >= NEW_AT_ONCE:
        run.new.append(filing.packed(fresh[:NEW_AT_ONCE]))
        fresh = fresh[NEW_AT_ONCE:]
    return fresh


def _file_new(run: _Run) -> tuple[int, int]:
    """Open the new files, on every core. Returns the files and the entries."""
    done = Filed()

    def count(filed: Filed) -> None:
        done.children += filed.children
        done.files += filed.files
        done.entries += filed.entries
        run.progress("Opening files", done.children, run.count_new)

    if run.dry_run:
        for packet in run.new:
            count(filing.count_new(packet, run.of))
    elif run.new:
        recorded = from_datetime(run.began)
        in_processes(filing.file_new, [(packet, run.of, recorded) for packet in run.new], count)
    return done.files, done.entries


def _continue_known(run: _Run) -> int:
    """Continue the files that are there, on every core when they are many. Returns the entries."""
    done = Filed()

    def count(filed: Filed) -> None:
        done.children += filed.children
        done.entries += filed.entries
        run.accounting.continued(filed.found)
        run.accounting.refuse(filed.erased)
        run.progress("Continuing files", done.children, run.count_known)

    packets = [(packet, run.of, run.dry_run) for packet in run.known]
    if run.count_known > MANY:
        in_processes(filing.continue_files, packets, count)
    else:
        for packet in packets:
            count(filing.continue_files(*packet))
    return done.entries


def _recorded(run: _Run, files: int, entries: int) -> Outcome:
    """The row of the import, with a row for each child, all at once: an import is there whole or not at all."""
    row = Import(
        digest=run.sound.digest,
        authority=run.of.authority,
        year=run.of.year,
        reference=run.of.reference,
        software=run.sound.header.software,
        began_at=run.began,
        finished_at=clock.now(),
        by_worker=run.by.worker,
        team=run.of.team,
        manager=run.manager.pk if run.manager else None,
        new_files=files,
        entries=entries,
    )
    run.accounting.record(row, run.sound.findings)
    return _outcome(run, entries, row.pk)


def _outcome(run: _Run, entries: int, number: int = 0) -> Outcome:
    account = run.accounting.account
    return Outcome(
        children=account.children,
        taken=account.taken,
        with_doubts=account.with_doubts,
        refused=account.refused,
        entries=entries,
        refusals=account.refusals,
        authority=run.of.authority,
        year=run.of.year,
        manager=run.manager.pk if run.manager else None,
        number=number,
    )
