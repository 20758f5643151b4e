"""What was changed of a team after it was opened."""

from __future__ import annotations

from django.db import models

from rightplace.foundation.organisation.models import Recorded, Team


class TeamChange(Recorded):
    """What a team is called and how it is reached from the moment this was recorded; and what that was before."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="changes")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    was_name = models.CharField(max_length=120)
    was_phone = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.was_name} became {self.name}"
