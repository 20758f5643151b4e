"""Ordinary tables of the front door; contacts and checks are worked out from the journal."""

from __future__ import annotations

from django.db import models

from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.projections import Check, Contact


class VignetteDecision(models.Model):
    """What a manager decided of an invented case, blind."""

    vignette = models.CharField(max_length=40)
    worker = models.BigIntegerField()
    level = models.CharField(max_length=24)
    indicators = models.JSONField(default=list)
    route = models.CharField(max_length=40)
    reasons = models.TextField()
    decided = models.DateTimeField()

    class Meta:
        db_table = "frontdoor_vignette_decision"
        constraints = [models.UniqueConstraint(fields=["vignette", "worker"], name="frontdoor_vignette_once")]

    def __str__(self) -> str:
        return f"{self.vignette} by {self.worker}"


__all__ = ["Check", "Contact", "Triage", "VignetteDecision"]
