"""The journal's own tables, written by its own functions alone; appended, never changed.

Instants are microseconds UTC and days are ordinals, as in the chained header: what is verified is what is stored.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from rightplace.foundation.journal.projections import Doubt, Happening, Span, Timescale


class WrittenElsewhere(models.Model):
    """Rows that only the journal's own functions write."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError(f"{type(self).__name__} is written by the journal, never by save()")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{type(self).__name__} is never deleted by the application")


class File(WrittenElsewhere):
    """An append-only sequence about one person or one concern. `person` is worked out from links: the smallest file."""

    id = models.BigIntegerField(primary_key=True)
    kind = models.SmallIntegerField()
    person = models.BigIntegerField(db_index=True)
    key = models.BigIntegerField()
    head_seq = models.IntegerField(default=0)
    head = models.BinaryField(max_length=32)
    head_recorded = models.BigIntegerField(default=0)
    sealed_seq = models.IntegerField(default=0)

    class Meta:
        db_table = "journal_file"
        indexes = [
            models.Index(
                fields=["id"],
                name="journal_file_unsealed",
                condition=models.Q(head_seq__gt=models.F("sealed_seq")),
            )
        ]


class FileSalt(WrittenElsewhere):
    """What a file's key is made from, with the master key. Gone when the file was erased."""

    file = models.BigIntegerField(primary_key=True)
    salt = models.BinaryField(max_length=16)

    class Meta:
        db_table = "journal_file_salt"


class Entry(WrittenElsewhere):
    """The clear header of one entry, chained to the one before it in its file."""

    id = models.BigIntegerField(primary_key=True)
    file = models.BigIntegerField()
    seq = models.IntegerField()
    kind = models.SmallIntegerField()
    version = models.SmallIntegerField()
    day = models.IntegerField()
    at = models.BigIntegerField(null=True)
    recorded = models.BigIntegerField()
    author = models.BigIntegerField()
    role = models.SmallIntegerField()
    team = models.BigIntegerField()
    concern = models.BigIntegerField(default=0)
    occasion = models.BigIntegerField(default=0)
    label = models.SmallIntegerField(default=0)
    names = ArrayField(models.BigIntegerField(), null=True)
    body_digest = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    mac = models.BinaryField(max_length=32)

    class Meta:
        db_table = "journal_entry"
        constraints = [models.UniqueConstraint(fields=["file", "seq"], name="journal_entry_place")]
        indexes = [
            models.Index(fields=["occasion"], name="journal_entry_occasion", condition=~models.Q(occasion=0)),
            models.Index(
                fields=["kind"], name="journal_entry_links", condition=models.Q(kind__in=(156, 157))
            ),
        ]


class EntryBody(WrittenElsewhere):
    """The sealed words of an entry. Row security stands behind this table."""

    id = models.BigIntegerField(primary_key=True)
    file = models.BigIntegerField(db_index=True)
    label = models.SmallIntegerField(default=0)
    sealed = models.BinaryField()

    class Meta:
        db_table = "journal_entry_body"


class Seal(WrittenElsewhere):
    """One minute: the heads of the files that changed, signed and chained to the seal before."""

    n = models.BigIntegerField(primary_key=True)
    minute = models.BigIntegerField(db_index=True)
    previous = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    mac = models.BinaryField(max_length=32)
    heads = models.BinaryField()
    audit_head = models.BinaryField(max_length=32)

    class Meta:
        db_table = "journal_seal"


class Inbound(WrittenElsewhere):
    """What came from outside, once for each id that a sender made. Same body, same receipt; another body conflicts."""

    id = models.BigAutoField(primary_key=True)
    agency = models.BigIntegerField()
    sender_id = models.CharField(max_length=200)
    body_digest = models.BinaryField(max_length=32)
    receipt = models.CharField(max_length=40, unique=True)
    concern = models.BigIntegerField()
    recorded = models.BigIntegerField()

    class Meta:
        db_table = "journal_inbound"
        constraints = [models.UniqueConstraint(fields=["agency", "sender_id"], name="journal_inbound_once")]


class Outbox(models.Model):
    """What is to be done if, and only if, the write was committed. `payload` holds ids alone."""

    id = models.BigAutoField(primary_key=True)
    task = models.CharField(max_length=80)
    payload = models.JSONField()
    written = models.DateTimeField()
    done = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)

    class Meta:
        db_table = "journal_outbox"
        indexes = [
            models.Index(fields=["id"], name="journal_outbox_open", condition=models.Q(done__isnull=True))
        ]


class Past(models.Model):
    """A past seal whose rows are built in a schema of their own."""

    seal = models.BigIntegerField(primary_key=True)
    built = models.DateTimeField()

    class Meta:
        db_table = "journal_past"


class ProjectedTable(models.Model):
    """The names of the tables that are worked out from the journal; written by migrations."""

    name = models.CharField(max_length=60, primary_key=True)

    class Meta:
        db_table = "journal_projected_table"


__all__ = [
    "Doubt", "Entry", "EntryBody", "File", "FileSalt", "Happening", "Inbound", "Outbox", "Past", "ProjectedTable",
    "Seal", "Span", "Timescale",
]  # fmt: skip
