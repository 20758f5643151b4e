"""What schools report by school year, and each list that was taken in with what became of every row."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from rightplace.foundation.organisation.models import Recorded, School
from rightplace.services.schools.projections import Question

__all__ = ["ListTaken", "Question", "SchoolYear"]


class SchoolYear(Recorded):
    """What one school reports of one school year, named by the year in which it ends. The last recorded holds."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="years")
    year = models.SmallIntegerField()
    pupils = models.IntegerField(null=True)
    sessions = models.IntegerField(null=True)
    missed = models.IntegerField(null=True)
    suspensions = models.IntegerField(null=True)
    exclusions = models.IntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["school", "year", "-id"], name="schools_year_last")]
        constraints = [
            models.CheckConstraint(
                condition=Q(missed__isnull=True) | Q(sessions__isnull=True) | Q(missed__lte=F("sessions")),
                name="schools_year_missed_of_sessions",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school_id} in {self.year - 1}/{self.year % 100}"


class ListTaken(Recorded):
    """A list that was taken in: of schools, or of what they report. Each row of it is counted once."""

    class Kind(models.TextChoices):
        SCHOOLS = "schools", "the national list of schools"
        FIGURES = "figures", "what schools report"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    digest = models.BinaryField(max_length=32)
    listed = models.DateField(null=True)
    rows = models.IntegerField()
    counts = models.JSONField()
    to_look_at = models.JSONField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.rows} rows"
