"""Which returns were taken in, and what became of each child in them. Ordinary tables: the record is the journal.

No names and no identifiers: a child is its place and line in the file, and the number of its file here.
"""

from __future__ import annotations

from django.db import models


class Import(models.Model):
    """One return of another system. The same file again, by its digest, changes nothing."""

    digest = models.CharField(max_length=64, unique=True)
    authority = models.CharField(max_length=200, blank=True)
    year = models.IntegerField()
    reference = models.DateField()
    software = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    by_worker = models.BigIntegerField()
    team = models.BigIntegerField()
    manager = models.BigIntegerField(null=True)
    children = models.IntegerField(default=0)
    taken = models.IntegerField(default=0)
    with_doubts = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    new_files = models.IntegerField(default=0)
    absent = models.IntegerField(default=0)
    entries = models.IntegerField(default=0)
    seconds = models.FloatField(default=0)
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ["-began_at", "-id"]

    def __str__(self) -> str:
        return f"{self.authority} {self.year}"


class ImportedChild(models.Model):
    """What became of one child of a return: taken, taken with doubts, or refused, with the findings and their lines."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "taken"
        DOUBTS = "doubts", "taken with doubts"
        REFUSED = "refused", "refused"

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.IntegerField()
    line = models.IntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    file = models.BigIntegerField()
    findings = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="importedchild_once")]
        indexes = [models.Index(fields=["of", "outcome", "number"], name="importedchild_by_outcome")]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"
