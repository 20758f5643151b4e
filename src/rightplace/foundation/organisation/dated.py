"""What every dated row has: when it holds, when it was recorded and by whom, and the same of its end."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Recorded(models.Model):
    """When a row was recorded and by whom."""

    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("organisation.Worker", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Dated(Recorded):
    """Something that holds from one day until another; without an end it still holds."""

    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    end_recorded_at = models.DateTimeField(null=True, blank=True)
    end_recorded_by = models.ForeignKey(
        "organisation.Worker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")),
                name="%(class)s_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(end_recorded_at__isnull=True, end_recorded_by__isnull=True)
                | Q(end_recorded_at__isnull=False, end_recorded_by__isnull=False, ends__isnull=False),
                name="%(class)s_end_has_an_author",
            ),
        ]
