"""Adding, taking away, keeping and opening attachments. Who may is asked by the service that calls."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from rightplace.common.documents.models import Attachment
from rightplace.common.documents.refusing import NotTaken
from rightplace.common.documents.taking import BY_ENDING, Kind, take
from rightplace.common.questions.models import Draft
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.sealing import FileSeal, seal_of
from rightplace.foundation.journal.writing import new_id
from rightplace.foundation.organisation import clock

MOST = 6


@dataclass(frozen=True, slots=True)
class Attached:
    """What a page says of an attachment."""

    id: int
    name: str
    kind: Kind
    size: int

    @property
    def size_words(self) -> str:
        """The size as people say it."""
        return (
            f"{self.size / 1024 / 1024:.1f} MB" if self.size >= 100_000 else f"{max(1, self.size // 1024)} kB"
        )


@transaction.atomic
def add_to_draft(draft: Draft, upload: UploadedFile[Any]) -> Attachment:
    """Take an upload in and hang it on a draft. Raises NotTaken with the reason."""
    Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.attachments.count() >= MOST:
        raise NotTaken(
            f"{MOST} files are the most. Take one away first, or send the rest by telephone or post."
        )
    taken = take(upload.read(), upload.size)
    seal, number = _draft_seal(draft), new_id()
    return Attachment.objects.create(
        id=number,
        draft=draft,
        kind=taken.kind.ending,
        size=len(taken.content),
        sealed_name=seal.seal(1, number, _plain_name(upload.name or "").encode()),
        sealed=seal.seal(0, number, taken.content),
        added=clock.now(),
    )


def remove_from_draft(draft: Draft, number: int) -> None:
    """Take an attachment off a draft."""
    draft.attachments.filter(pk=number).delete()


def of_draft(draft: Draft) -> list[Attached]:
    """What hangs on a draft, in the order in which it was added."""
    rows = draft.attachments.order_by("added", "id").defer("sealed")
    return [_attached(row, _draft_seal(draft), 1) for row in rows]


@transaction.atomic
def move_to_file(draft: Draft, file: int) -> None:
    """Keep in a journal file what hung on a draft, sealed with that file's key. From then on nobody changes it."""
    rows = list(draft.attachments.all())
    if not rows:
        return
    before, after = _draft_seal(draft), _file_seal(file)
    for row in rows:
        name = before.open(1, row.pk, bytes(row.sealed_name))
        content = before.open(0, row.pk, bytes(row.sealed))
        row.sealed_name = after.seal(file, -row.pk, name)
        row.sealed = after.seal(file, row.pk, content)
        row.file, row.draft = file, None
        row.save(update_fields=["sealed_name", "sealed", "file", "draft"])


def of_file(file: int, numbers: Sequence[int] = ()) -> list[Attached]:
    """What is attached in a journal file; of an erased file nothing."""
    rows = Attachment.objects.filter(file=file).order_by("added", "id").defer("sealed")
    if numbers:
        rows = rows.filter(pk__in=numbers)
    found = list(rows)
    seal = _file_seal(file) if found else None
    return [
        Attached(row.pk, _name_in_file(seal, row), BY_ENDING[row.kind], row.size) for row in found if seal
    ]


def of_files(wanted: Mapping[int, Collection[int]]) -> dict[int, Attached]:
    """These attachments of several journal files, by number; of an erased file nothing. Two queries however many."""
    numbers = {number for each in wanted.values() for number in each}
    rows = Attachment.objects.filter(pk__in=numbers, file__in=list(wanted)).defer("sealed") if numbers else []
    found = [row for row in rows if row.pk in wanted[row.file]]
    files = reading.file_rows({row.file for row in found}) if found else {}
    seals = {number: seal_of(each.salt) for number, each in files.items() if each.salt is not None}
    return {
        row.pk: Attached(row.pk, _name_in_file(seals[row.file], row), BY_ENDING[row.kind], row.size)
        for row in found
        if row.file in seals
    }


def opened(file: int, number: int) -> tuple[Attached, bytes] | None:
    """An attachment and its bytes; None where there is none, or its file was erased."""
    row = Attachment.objects.filter(file=file, pk=number).first() if file else None
    if row is None:
        return None
    try:
        seal = _file_seal(file)
    except LookupError:
        return None
    told = Attached(row.pk, _name_in_file(seal, row), BY_ENDING[row.kind], row.size)
    return told, seal.open(file, row.pk, bytes(row.sealed))


def _name_in_file(seal: FileSeal, row: Attachment) -> str:
    return seal.open(row.file, -row.pk, bytes(row.sealed_name)).decode()


def _attached(row: Attachment, seal: FileSeal, place: int) -> Attached:
    name = seal.open(place, row.pk, bytes(row.sealed_name)).decode()
    return Attached(row.pk, name, BY_ENDING[row.kind], row.size)


def _draft_seal(draft: Draft) -> FileSeal:
    return FileSeal(b"attached to draft " + draft.pk.bytes)


def _file_seal(file: int) -> FileSeal:
    row = reading.file_rows([file]).get(file)
    if row is None or row.salt is None:
        raise LookupError("there is no such file, or it was erased")
    return seal_of(row.salt)


def _plain_name(name: str) -> str:
    """The name as it was given, without folders or signs that are no letters, and not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(letter for letter in last if letter.isprintable() and letter != "\ufffd").strip()
    return kept[-120:] or "file"
