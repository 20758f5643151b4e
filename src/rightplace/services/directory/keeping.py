"""How the directory changes: the only writers of its records. Each row of what is taken in is accounted for."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.services.directory import standard as std
from rightplace.services.directory.judging import Given, judge
from rightplace.services.directory.making import make_rows
from rightplace.services.directory.models import DirectoryRecord, Intake, IntakeRow, Source

KEEPING = 7_400_061
"""The advisory lock that one change of the directory takes at a time."""
OWN = "Kept here"
AT_ONCE = 2000
Key = tuple[str, str]
Outcome = IntakeRow.Outcome


@dataclass
class Account:
    """What became of each row, and what is to be said of the directory as a whole."""

    source: str
    rows: list[Given] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    vanished: int = 0
    returned: int = 0
    notes: list[str] = field(default_factory=list)
    intake: int = 0

    def counts(self) -> dict[str, int]:
        """Rows by what became of them. They add up: taken, corrected, unchanged, repeated and refused are all rows."""
        found = Counter(self.outcomes)
        return {
            "rows": len(self.rows), **{each.value: found[each.value] for each in Outcome},
            "with_doubts": sum(1 for row, out in self.pairs() if row.findings and out != Outcome.REFUSED),
            "not_in_the_source_any_more": self.vanished,
        }  # fmt: skip

    def tables(self) -> dict[str, dict[str, int]]:
        """The same by table."""
        found: dict[str, Counter[str]] = {}
        for row, outcome in self.pairs():
            found.setdefault(row.kind, Counter())[outcome] += 1
        return {kind: dict(counted) for kind, counted in sorted(found.items())}

    def pairs(self) -> Iterable[tuple[Given, str]]:
        """Each row with what became of it."""
        return zip(self.rows, self.outcomes, strict=True)

    @property
    def balanced(self) -> bool:
        """Whether every row is accounted for."""
        return len(self.rows) == len(self.outcomes) == sum(Counter(self.outcomes).values())


@dataclass(frozen=True)
class Directory:
    """A directory as it was read: its rows, whether they are all that there is, and what was odd as a whole."""

    rows: Sequence[Given]
    whole: bool = True
    form: str = "json"
    notes: Sequence[str] = ()
    name: str = "directory"


class _DryRun(Exception):
    """Nothing of it is to be kept."""


def take_directory(directory: Directory, *, by: Actor, source: str = "", dry_run: bool = False) -> Account:
    """Take a directory in. The same again changes nothing; a later one corrects; what vanished is marked."""
    require(by, "directory.keep")
    try:
        with transaction.atomic():
            account = _take(directory, by, source)
            if dry_run:
                raise _DryRun
    except _DryRun:
        account.intake = 0
    return account


def _take(directory: Directory, by: Actor, name: str) -> Account:
    locked()
    for row in directory.rows:
        judge(row)
    source = _source(clean(name) or _recognised(directory) or _free_name(clean(directory.name)), by)
    account = Account(source.name, list(directory.rows), notes=list(directory.notes))
    kept = _merged(account)
    now = _standing(source)
    _dangling(kept, now)
    _write(account, source, kept, now, by, directory.whole)
    _note_ids(account)
    make_rows(source)
    account.intake = _keep_account(account, source, directory, by).pk
    return account


def locked() -> None:
    """One change of the directory at a time, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEEPING])


def _source(name: str, by: Actor) -> Source:
    found, _ = Source.objects.get_or_create(
        name=name[:120], defaults={"recorded_at": clock.now(), "recorded_by_id": by.worker}
    )
    return found


def _recognised(directory: Directory) -> str:
    """The source that already has some of these services or organisations, most of them first."""
    idents = [
        row.ident for row in directory.rows if row.kind in ("service", "organization") and not row.refused
    ]
    if not idents:
        return ""
    found = Counter(
        DirectoryRecord.objects.filter(
            kind__in=("service", "organization"), ident__in=idents, ends__isnull=True, source__own=False
        ).values_list("source__name", flat=True)
    )
    return found.most_common(1)[0][0] if found else ""


def _free_name(name: str) -> str:
    """A name that no source has yet."""
    plain = name[:100] or "directory"
    taken = set(Source.objects.filter(name__startswith=plain).values_list("name", flat=True))
    return next(
        each for each in [plain, *(f"{plain} ({n})" for n in range(2, len(taken) + 3))] if each not in taken
    )


def _merged(account: Account) -> dict[Key, tuple[Given, int]]:
    """One row an object. Said again in the same words it is repeated; with more it is added to; otherwise refused."""
    kept: dict[Key, tuple[Given, int]] = {}
    for row in account.rows:
        key = (row.kind, row.ident)
        before = kept.get(key)
        if row.refused:
            account.outcomes.append(Outcome.REFUSED)
        elif before is None:
            kept[key] = (row, len(account.outcomes))
            account.outcomes.append("")
        else:
            account.outcomes.append(_said_again(before[0], row))
    return kept


def _said_again(first: Given, row: Given) -> str:
    differs = [
        name for name, said in row.fields.items() if name in first.fields and first.fields[name] != said
    ]
    if differs:
        row.refused = (
            f"The same id came before, at {first.place}, with another {', '.join(sorted(differs)[:4])}: "
            "the first is kept."
        )
        return Outcome.REFUSED
    added = [name for name in row.fields if name not in first.fields]
    if added:
        first.fields |= {name: row.fields[name] for name in added}
        row.findings.append(f"adds {', '.join(sorted(added)[:6])} to what stands at {first.place}")
    return Outcome.REPEATED


def _standing(source: Source) -> dict[Key, DirectoryRecord]:
    rows = DirectoryRecord.objects.filter(source=source, ends__isnull=True)
    return {(row.kind, row.ident): row for row in rows.iterator(chunk_size=AT_ONCE)}


def _dangling(kept: dict[Key, tuple[Given, int]], now: dict[Key, DirectoryRecord]) -> None:
    """Say of each row what it names that is nowhere."""
    for row, _ in kept.values():
        for name, said in row.fields.items():
            kind = std.named_by(name)
            if name == "link_id":
                kind = std.kind_called(str(row.fields.get("link_entity", "")))
            if not kind or said in (None, "") or isinstance(said, dict | list):
                continue
            if (kind, str(said)) not in kept and (kind, str(said)) not in now:
                row.findings.append(f"{name} names no {kind.replace('_', ' ')} that is here")


def digest_of(fields: dict[str, Any]) -> str:
    """The same content is the same digest, whatever the order of its fields."""
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _write(
    account: Account, source: Source, kept: dict[Key, tuple[Given, int]], now: dict[Key, DirectoryRecord], by: Actor,
    whole: bool,
) -> None:  # fmt: skip
    today, at = clock.today(), clock.now()
    new: list[DirectoryRecord] = []
    old: list[int] = []
    seen: list[int] = []
    back: list[int] = []
    for key, (row, place) in kept.items():
        digest, before = digest_of(row.fields), now.get(key)
        if before is not None and before.digest == digest:
            account.outcomes[place] = Outcome.UNCHANGED
            (back if before.missing_since else seen).append(before.pk)
            continue
        account.outcomes[place] = Outcome.TAKEN if before is None else Outcome.CORRECTED
        if before is not None:
            old.append(before.pk)
        new.append(
            DirectoryRecord(
                source=source, kind=row.kind, ident=row.ident, fields=row.fields, digest=digest, checked=today,
                begins=today, recorded_at=at, recorded_by_id=by.worker,
            )
        )  # fmt: skip
    records = DirectoryRecord.objects
    records.filter(pk__in=old).update(ends=today, end_recorded_at=at, end_recorded_by=by.worker)
    records.bulk_create(new, batch_size=AT_ONCE)
    records.filter(pk__in=[*seen, *back]).exclude(checked=today).update(checked=today)
    account.returned = records.filter(pk__in=back).update(missing_since=None)
    account.vanished = _mark_vanished(now, kept, account, today) if whole else 0
    Source.objects.filter(pk=source.pk).update(checked=today)


def _mark_vanished(
    now: dict[Key, DirectoryRecord], kept: dict[Key, tuple[Given, int]], account: Account, today: date
) -> int:
    """Mark what the source has no longer. What is there but refused is not gone: what was known of it stays."""
    there = {(row.kind, row.ident) for row in account.rows}
    gone = [
        row.pk
        for key, row in now.items()
        if key not in kept and key not in there and row.missing_since is None
    ]
    return DirectoryRecord.objects.filter(pk__in=gone).update(missing_since=today)


def _note_ids(account: Account) -> None:
    odd = sum(1 for row in account.rows if row.ident and not std.UUID_SHAPE.fullmatch(row.ident))
    if odd:
        account.notes.append(
            f"{odd} ids are no UUIDs: kept as they are; an export carries a UUID worked out from each."
        )


def _keep_account(account: Account, source: Source, directory: Directory, by: Actor) -> Intake:
    intake = Intake.objects.create(
        source=source, at=clock.now(), by_worker=by.worker, form=directory.form, whole=directory.whole,
        counts=account.counts(), tables=account.tables(), notes=[clean(each) for each in account.notes],
    )  # fmt: skip
    IntakeRow.objects.bulk_create(
        [
            IntakeRow(
                of=intake, kind=clean(row.kind)[:40], ident=clean(row.ident)[:200], place=clean(row.place)[:300],
                outcome=outcome, doubtful=bool(row.findings) and outcome != Outcome.REFUSED,
                findings=[clean(each) for each in ([row.refused] if row.refused else row.findings)],
            )
            for row, outcome in account.pairs()
        ],
        batch_size=AT_ONCE,
    )  # fmt: skip
    return intake


def clean(said: str) -> str:
    """Words that a database takes, whatever a refused row was called."""
    return said.replace("\x00", "?").encode("utf-8", "replace").decode()


def own_source(by: Actor) -> Source:
    """The directory that is kept here, by ourselves and by providers."""
    found, _ = Source.objects.get_or_create(
        own=True, defaults={"name": OWN, "recorded_at": clock.now(), "recorded_by_id": by.worker}
    )
    return found


@transaction.atomic
def keep_records(
    source: Source, rows: Sequence[tuple[str, dict[str, Any]]], *, by: Actor, gone: Sequence[Key] = ()
) -> None:
    """Write records of one service by hand: what was said before ends, what is said now begins today.

    What is `gone` is marked so, as an import would; nothing is deleted.
    """
    locked()
    today, at = clock.today(), clock.now()
    for kind, fields in rows:
        before = DirectoryRecord.objects.filter(
            source=source, kind=kind, ident=str(fields["id"]), ends__isnull=True
        )
        if before.filter(digest=digest_of(fields)).update(missing_since=None, checked=today):
            continue
        before.update(ends=today, end_recorded_at=at, end_recorded_by=by.worker)
        DirectoryRecord.objects.create(
            source=source, kind=kind, ident=str(fields["id"]), fields=fields, digest=digest_of(fields), checked=today,
            begins=today, recorded_at=at, recorded_by_id=by.worker,
        )  # fmt: skip
    for kind, ident in gone:
        there = DirectoryRecord.objects.filter(source=source, kind=kind, ident=ident, ends__isnull=True)
        there.filter(missing_since__isnull=True).update(missing_since=today)
    make_rows(source)
