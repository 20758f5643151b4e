"""Tokens of agencies, and how much each was used in a minute."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from rightplace.foundation.organisation.models import Agency, Membership, Worker


class ApiToken(models.Model):
    """A key of an agency's system. Only its digest is kept; it acts as one membership of that agency."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32, unique=True)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "api_token"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")), name="token_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"token {self.pk}"


class ApiUse(models.Model):
    """How often a token was used in one minute."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="uses")
    minute = models.BigIntegerField()
    count = models.IntegerField(default=0)

    class Meta:
        db_table = "api_use"
        constraints = [models.UniqueConstraint(fields=["token", "minute"], name="api_use_once_a_minute")]

    def __str__(self) -> str:
        return f"{self.token_id} in {self.minute}"
