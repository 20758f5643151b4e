"""Django finds the app's tables here: offers, worked out from the journal, and what workers saw of their own work."""

from __future__ import annotations

from django.db import models

from rightplace.common.caseflow.projections import Offer

__all__ = ["Offer", "SeenFigures"]


class SeenFigures(models.Model):
    """What a worker was shown about the own work in a period, exactly as it stood: others are shown this and no more."""

    worker = models.ForeignKey("organisation.Worker", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    period = models.DateField()
    figures = models.JSONField()
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    class Meta:
        db_table = "caseflow_seen_figures"
        constraints = [
            models.UniqueConstraint(fields=["worker", "kind", "period"], name="seen_figures_once_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.period} as {self.worker_id} saw it"
