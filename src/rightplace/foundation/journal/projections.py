"""The journal's projections: rows worked out from entries, thrown away and rebuilt at will.

No free text, only codes and ids, and the label of the source. A row may begin in the future; there is no "now" here.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Projection(models.Model):
    """A row that only `projecting` writes."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError(f"{type(self).__name__} is worked out from the journal, never saved")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{type(self).__name__} is worked out from the journal, never deleted")


class Span(Projection):
    """From `begins` until `ends`: where the child is, who answers, what is open. `parts[0]` leads."""

    id = models.BigAutoField(primary_key=True)
    person = models.BigIntegerField()
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True)
    entry = models.BigIntegerField()
    legal = models.CharField(max_length=4)
    processes = ArrayField(models.CharField(max_length=24))
    parts = ArrayField(models.CharField(max_length=24))
    part = models.CharField(max_length=24)
    team = models.BigIntegerField()
    worker = models.BigIntegerField()
    open = models.BooleanField()
    opened = models.DateTimeField(null=True)
    unallocated_since = models.DateTimeField(null=True)
    seen = models.DateTimeField(null=True)
    seen_alone = models.DateTimeField(null=True)
    label = models.SmallIntegerField()

    class Meta:
        db_table = "journal_span"
        constraints = [models.UniqueConstraint(fields=["person", "begins"], name="journal_span_place")]
        indexes = [
            models.Index(fields=["team", "begins"], name="journal_span_team", condition=models.Q(open=True)),
            models.Index(fields=["worker"], name="journal_span_worker", condition=models.Q(open=True)),
            models.Index(fields=["ends"], name="journal_span_ends", condition=models.Q(open=True)),
        ]


class Timescale(Projection):
    """What must happen by when: due and met are stored; late, soon and age are worked out when read."""

    id = models.BigAutoField(primary_key=True)
    person = models.BigIntegerField()
    rule = models.CharField(max_length=24)
    trigger = models.BigIntegerField()
    about = models.BigIntegerField()
    begins = models.DateTimeField()
    version_from = models.IntegerField()
    floor = models.DateTimeField(null=True)
    soon = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    due_statistics = models.DateTimeField(null=True)
    met = models.DateTimeField(null=True)
    met_by = models.BigIntegerField()
    not_required = models.CharField(max_length=40)
    not_required_from = models.DateTimeField(null=True)
    overtaken = models.DateTimeField(null=True)
    unknown = models.CharField(max_length=40)
    guards = models.BooleanField()
    expires = models.BooleanField()
    concern = models.BooleanField()
    label = models.SmallIntegerField()

    class Meta:
        db_table = "journal_timescale"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "rule", "trigger", "about"], name="journal_timescale_place"
            )
        ]
        indexes = [
            # what waits is not met, or met later than the moment that is asked about: both halves are looked for here
            models.Index(fields=["met"], name="journal_timescale_met"),
            models.Index(
                fields=["due"],
                name="journal_timescale_due",
                condition=models.Q(met__isnull=True, unknown=""),
            ),
        ]


class Doubt(Projection):
    """Something odd that somebody must settle."""

    id = models.BigAutoField(primary_key=True)
    person = models.BigIntegerField()
    code = models.CharField(max_length=40)
    entry = models.BigIntegerField()
    detail = models.CharField(max_length=120)
    at = models.DateTimeField()
    settled = models.BooleanField()

    class Meta:
        db_table = "journal_doubt"
        constraints = [
            models.UniqueConstraint(fields=["person", "code", "entry", "detail"], name="journal_doubt_place")
        ]


class Happening(Projection):
    """A countable thing: a referral, a decision, a closing, a wrong place."""

    id = models.BigAutoField(primary_key=True)
    person = models.BigIntegerField()
    name = models.CharField(max_length=40)
    entry = models.BigIntegerField()
    about = models.BigIntegerField()
    at = models.DateTimeField()
    team = models.BigIntegerField()
    outcome = models.CharField(max_length=40)
    again = models.BooleanField()
    concern = models.BooleanField()
    label = models.SmallIntegerField()

    class Meta:
        db_table = "journal_happening"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name", "entry", "about", "outcome"], name="journal_happening_place"
            )
        ]
        indexes = [models.Index(fields=["name", "at"], name="journal_happening_when")]
