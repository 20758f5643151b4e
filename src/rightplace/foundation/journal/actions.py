"""Keeping the record true: correct, withdraw, settle a doubt, excuse a timescale, note, visit. One verb each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec
from django.db import connection, transaction

from rightplace.domain.practice.entries import Body, Draft, Entry
from rightplace.domain.practice.entries.assessment import VisitAttempted, VisitMade
from rightplace.domain.practice.entries.keeping import (
    DoubtSettled,
    EntryWithdrawn,
    NoteWritten,
    TimescaleExcused,
)
from rightplace.domain.practice.journey.fold import last_correction
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons
from rightplace.domain.practice.journey.standing import CORRECTED, correction_of, standing
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.writing import Written, hold, new_id, write
from rightplace.foundation.organisation import clock


def _draft(file: int, body: Body, happened: datetime | date | None = None) -> Draft:
    """Happened now, at an instant, or on a day of which nobody knows the time."""
    now = from_datetime(clock.now())
    if happened is None:
        return Draft(file=file, body=body, day=day_of(now), at=now)
    if isinstance(happened, datetime):
        at = from_datetime(happened)
        return Draft(file=file, body=body, day=day_of(at), at=at)
    return Draft(file=file, body=body, day=happened.toordinal(), at=None)


def _held(file: int, *others: int) -> list[Entry]:
    """The entries of a file, which nobody changes until this transaction ends."""
    return _all_held(file, *others).get(file, [])


def _all_held(*files: int) -> dict[int, list[Entry]]:
    """The entries of these files, which nobody changes until this transaction ends; none of a file that was erased."""
    rows = hold(filter(None, files))
    with reading.folding():
        return reading.entries_of({file: rows[file] for file in files if file in rows and rows[file].salt})


ELSEWHERE = """
SELECT DISTINCT o.file FROM journal_entry e
JOIN journal_entry o ON o.occasion = e.occasion AND o.kind = e.kind AND o.file <> e.file
WHERE e.id = %s AND e.file = %s AND e.occasion <> 0
"""


def files_of_occasion(file: int, entry: int) -> list[int]:
    """The other files in which the same occasion is told: a visit to three siblings stands in three."""
    with connection.cursor() as cursor:
        cursor.execute(ELSEWHERE, [entry, file])
        return sorted(row[0] for row in cursor.fetchall())


def entry_in(file: int, entry: int) -> Entry:
    """An entry as it was signed. Raises LookupError."""
    files = reading.file_rows([file])
    with reading.folding():
        for found in reading.entries_of(files).get(file, []):
            if found.id == entry:
                return found
    raise LookupError("there is no such entry in this file")


@transaction.atomic
def correct_entry(
    *, file: int, entry: int, seen: int, said: Body, day: int, at: int | None, reasons: str, by: Actor
) -> Written:
    """Say what an entry should have said. `seen` is the version that the writer saw; a later one is a conflict.

    An occasion is corrected as one: what changes here changes in the file of each child who was there.
    """
    require(by, "entry.correct")
    if not reasons.strip():
        raise Refused("A correction says what was wrong.", "Write what was wrong, and how you know.")
    held = _all_held(file, *files_of_occasion(file, entry))
    entries = held.get(file, [])
    wrong = next((e for e in entries if e.id == entry), None)
    if wrong is None or type(wrong.body) is not type(said):
        raise Refused(
            "There is no such entry in this file.", "Open the child's story and choose the entry there."
        )
    last = last_correction(entries, entry)
    if seen != last:
        raise Refused(
            "Somebody corrected this entry while you wrote.",
            "Read their correction; yours is kept below to compare.",
        )
    occasion = new_id() if wrong.occasion else 0
    drafts = [_correcting(wrong, last, said, day, at, reasons, occasion)]
    before = _as_it_stands(entries, wrong)
    changed = {name: (was, now) for name, was, now in _fields(before.body, said) if was != now}
    for other, told in held.items():
        same = next(
            (e for e in told if e.occasion and e.occasion == wrong.occasion and e.kind == wrong.kind), None
        )
        if other == file or same is None or same.id in standing(told).withdrawn:
            continue
        body = _changed(_as_it_stands(told, same).body, changed)
        if body is None:
            continue
        drafts.append(_correcting(same, last_correction(told, same.id), body, day, at, reasons, occasion))
    return write(drafts, by=by, may="entry.correct")


@transaction.atomic
def correct_where_told(
    *, told: Mapping[int, int], said: Callable[[Body], Body], reasons: str, by: Actor, may: str
) -> Written:
    """Correct one entry in each of these files, from what it says now: what was told may differ from file to file.

    An entry that was withdrawn, and a file that was erased, are passed over.
    """
    require(by, may)
    held = _all_held(*told)
    occasion = new_id() if len(told) > 1 else 0
    drafts = []
    for file, number in told.items():
        entries = held.get(file, [])
        wrong = next((e for e in entries if e.id == number), None)
        if wrong is None or number in standing(entries).withdrawn:
            continue
        now = _as_it_stands(entries, wrong)
        last = last_correction(entries, number)
        drafts.append(_correcting(wrong, last, said(now.body), now.day, now.at, reasons, occasion))
    return write(drafts, by=by, may=may) if drafts else []


def _correcting(
    wrong: Entry, last: int, said: Body, day: int, at: int | None, reasons: str, occasion: int
) -> Draft:
    draft = _draft(wrong.file, correction_of(wrong, last, said, day, at, reasons))
    # what corrects a protected address or a private word says it again, so it is kept from the same people
    return msgspec.structs.replace(draft, label=wrong.label, occasion=occasion)


def _as_it_stands(entries: Sequence[Entry], entry: Entry) -> Entry:
    return next((e for e in standing(entries).entries if e.id == entry.id), entry)


def _changed(body: Body, changed: Mapping[str, tuple[object, object]]) -> Body | None:
    """The same change in another child's file; what is told of that child otherwise stays. None: nothing changes."""
    same = {name: now for name, (was, now) in changed.items() if getattr(body, name) == was}
    return msgspec.structs.replace(body, **same) if same or not changed else None


def _fields(was: Body, now: Body) -> Iterator[tuple[str, object, object]]:
    return ((name, getattr(was, name), getattr(now, name)) for name in now.__struct_fields__)


@transaction.atomic
def withdraw_entry(*, file: int, entry: int, belongs_in: int, reasons: str, by: Actor) -> Written:
    """Strike an entry that is another family's, and record it again where it belongs, in one write."""
    require(by, "entry.withdraw")
    if not reasons.strip():
        raise Refused("A withdrawal says why.", "Write why the entry does not belong here.")
    entries = _held(file, belongs_in)
    found = standing(entries)
    wrong = next((e for e in found.entries if e.id == entry), None)
    wrong = wrong or next((e for e in entries if e.id == entry and e.kind == CORRECTED), None)
    if wrong is None or entry in found.withdrawn:
        raise Refused(
            "This entry has already been withdrawn, or is not in this file.",
            "Open the child's story and look at it again.",
        )
    drafts = []
    moved = 0
    if belongs_in and wrong.kind != CORRECTED:
        moved = new_id()
        drafts.append(
            Draft(
                file=belongs_in,
                body=wrong.body,
                day=wrong.day,
                at=wrong.at,
                id=moved,
                concern=wrong.concern,
                occasion=wrong.occasion,
                label=wrong.label,
            )
        )
    drafts.append(_draft(file, EntryWithdrawn(entry=entry, reasons=reasons, moved_to=moved)))
    return write(drafts, by=by, may="entry.withdraw")


def settle_doubt(*, file: int, entry: int, code: str, reasons: str, by: Actor) -> Written:
    """Look at a doubt and say how it is."""
    needs_reasons(reasons)
    return write(
        [_draft(file, DoubtSettled(entry=entry, code=code, reasons=reasons))], by=by, may="doubt.settle"
    )


def excuse_timescale(*, file: int, rule: str, trigger: int, outcome: str, reasons: str, by: Actor) -> Written:
    """Say that something due is not required, or could not be done, with the reason."""
    body = TimescaleExcused(rule=rule, trigger=trigger, outcome=outcome, reasons=reasons)
    return write([_draft(file, body)], by=by, may="timescale.excuse")


def write_note(
    *, file: int, text: str, by: Actor, purpose: str = "", happened: datetime | date | None = None
) -> Written:
    """Write a note in a child's file."""
    return write([_draft(file, NoteWritten(text=text, purpose=purpose), happened)], by=by, may="note.write")


def record_visit(
    *, files: tuple[int, ...], visit: VisitMade | VisitAttempted, by: Actor, happened: datetime | date
) -> Written:
    """Record one visit in the file of each child who was there: one occasion, told once."""
    occasion = new_id()
    drafts = []
    for file in files:
        draft = _draft(file, visit, happened)
        drafts.append(
            Draft(
                file=file,
                body=draft.body,
                day=draft.day,
                at=draft.at,
                occasion=occasion if len(files) > 1 else 0,
            )
        )
    return write(drafts, by=by, may="visit.record")
