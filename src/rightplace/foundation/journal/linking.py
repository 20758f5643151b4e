"""Two files are one child, or are not after all. A manager's decision; no open child moves silently."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db import connection, transaction

from rightplace.domain.practice.entries import Draft, Entry
from rightplace.domain.practice.entries.caseflow import TeamPlaced
from rightplace.domain.practice.entries.keeping import EntryWithdrawn, PersonLinked, PersonUnlinked
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons, refused
from rightplace.domain.practice.journey.standing import standing
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.folding import LINK, UNLINK, fold_person, groups
from rightplace.foundation.journal.projecting import Folded, replace_rows
from rightplace.foundation.journal.writing import WRITERS, Written, _write, new_id
from rightplace.foundation.organisation import clock


@transaction.atomic
def link(
    *,
    file: int,
    other: int,
    reasons: str,
    by: Actor,
    team: int = 0,
    worker: int = 0,
    continuing: tuple[int, ...] = (),
    may: str = "person.link",
) -> Written:
    """Say that two files are about one child. When both are open, the team that answers from now on must be named.

    With another permission than `person.link` only files of which at most one is open are joined.
    """
    require(by, may)
    _alone()
    persons = {reading.person_of(file), reading.person_of(other)}
    if None in persons or len(persons) == 1:
        raise Refused(
            "These are one child already, or one of the files is not there.", "Look at both files again."
        )
    before = _folded(persons)
    at = from_datetime(clock.now())
    open_teams = teams_now(before, at)
    if len(open_teams) > 1 and (not team or may != "person.link"):
        raise refused("link_needs_team")
    drafts = [
        Draft(
            file=file,
            body=PersonLinked(
                other_file=other, reasons=reasons, team=team, worker=worker, continuing=continuing
            ),
            day=day_of(at),
            at=at,
        )
    ]
    theirs = next(f for f in before if any(e.file == other for e in f.entries))
    if team and teams_now([theirs], at) - {team}:
        drafts.append(
            Draft(
                file=other,
                body=TeamPlaced(team=team, for_what="linked", reasons=reasons),
                day=day_of(at),
                at=at,
            )
        )
    written = _write(drafts, by=by, opening=(), then=())
    _regroup(before)
    return written


@transaction.atomic
def unlink(
    *, file: int, leaving: int, reasons: str, stays: Sequence[int], goes: Sequence[int], by: Actor
) -> Written:
    """Part a file again. `goes` are entries written while joined that belong to the leaving file: re-recorded there,
    as they stand, so that what was corrected is not said again."""
    require(by, "person.link")
    needs_reasons(reasons)
    _alone()
    person = reading.person_of(file)
    if person is None or person != reading.person_of(leaving):
        raise Refused("These are not one child now.", "Look at both files again.")
    before = _folded({person})
    at = from_datetime(clock.now())
    drafts = [
        Draft(file=file, body=PersonUnlinked(leaving_file=leaving, reasons=reasons), day=day_of(at), at=at)
    ]
    by_id = {e.id: e for f in before for e in f.entries}
    stands = {e.id: e for e in standing(list(by_id.values())).entries}
    for entry_id in goes:
        entry = stands.get(entry_id, by_id[entry_id])
        moved = new_id()
        drafts.append(_again(entry, leaving, moved))
        drafts.append(
            Draft(
                file=entry.file,
                body=EntryWithdrawn(
                    entry=entry.id, reasons="Written while the files were joined", moved_to=moved
                ),
                day=day_of(at),
                at=at,
            )
        )
    written = _write(drafts, by=by, opening=(), then=())
    _regroup(before)
    return written


def both_open(file: int, other: int) -> bool:
    """Whether the two are open with different teams now, so that linking them is a manager's decision."""
    folded = _folded({reading.person_of(file), reading.person_of(other)}, locked=False)
    return len(teams_now(folded, from_datetime(clock.now()))) > 1


def teams_now(folded: Sequence[Folded], at: int) -> set[int]:
    """The teams that answer at that moment; a birthday may have ended what was last told."""
    states = [one.journey.state_at(at) for one in folded]
    return {state.team for state in states if state.open}


def written_while_joined(file: int, leaving: int) -> list[Entry]:
    """The entries since the link in either file: each is to stay or to go when they are parted."""
    with reading.folding():
        person = reading.person_of(file)
        files = reading.files_of_persons([person] if person is not None else [])
        entries = [e for found in reading.entries_of(files).values() for e in found]
    since = max(
        (e.recorded for e in entries if e.kind == LINK and {e.file, *e.names} >= {leaving}), default=0
    )
    return [e for e in entries if e.recorded > since and e.kind not in (LINK, UNLINK)]


def _again(entry: Entry, file: int, moved: int) -> Draft:
    return Draft(
        file=file,
        body=msgspec.structs.replace(entry.body),
        day=entry.day,
        at=entry.at,
        id=moved,
        concern=entry.concern,
        occasion=entry.occasion,
        label=entry.label,
    )


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])


def _folded(persons: set[int | None], *, locked: bool = True) -> list[Folded]:
    with reading.folding():
        files = reading.files_of_persons([p for p in persons if p is not None], locked=locked)
        entries = reading.entries_of(files)
    return [
        fold_person(person, files[next(iter(own))].kind, {f: e for f, e in own.items() if e})
        for person, own in reading.by_person(files, entries).items()
    ]


def _regroup(before: Sequence[Folded]) -> None:
    """Work out again who belongs with whom, from link headers alone, and project the difference."""
    files = sorted({e.file for f in before for e in f.entries})
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM journal_file WHERE person = ANY(%s)", [[f.person for f in before]])
        files = sorted({*files, *(row[0] for row in cursor.fetchall())})
        cursor.execute(
            "SELECT e.recorded, e.file, e.names[1], e.kind FROM journal_entry e WHERE e.kind IN (%s, %s) "
            "AND e.file = ANY(%s) AND NOT EXISTS (SELECT 1 FROM journal_entry w WHERE w.file = e.file "
            "AND w.kind = 151 AND w.names[1] = e.id)",
            [LINK, UNLINK, files],
        )
        person = groups(cursor.fetchall(), files)
        cursor.executemany(
            "UPDATE journal_file SET person = %s WHERE id = %s AND person <> %s",
            [(person[f], f, person[f]) for f in files],
        )
    after = _folded(set(person.values()))
    replace_rows({f.person for f in before} | {f.person for f in after}, after)
