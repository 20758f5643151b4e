"""Drafts: what somebody is typing, sealed, until it is signed or expires. Never record."""

from __future__ import annotations

import uuid

from django.db import models


class Draft(models.Model):
    """One form that somebody has begun. A worker's is theirs alone; a visitor's opens with the browser's token."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    worker = models.BigIntegerField(default=0)
    token = models.BinaryField(max_length=32, default=b"")
    question_set = models.CharField(max_length=60)
    version = models.SmallIntegerField()
    sealed = models.BinaryField(default=b"")
    begun = models.DateTimeField()
    saved = models.DateTimeField()
    expires = models.DateTimeField()
    sent = models.DateTimeField(null=True)

    class Meta:
        db_table = "questions_draft"
        indexes = [
            models.Index(fields=["worker", "question_set"], name="questions_draft_of_worker"),
            models.Index(fields=["expires"], name="questions_draft_expires"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(worker=0) | models.Q(token=b""), name="draft_has_one_kind_of_owner"
            )
        ]

    @property
    def is_touched(self) -> bool:
        """Whether anything was typed since it was begun."""
        return self.saved > self.begun

    def __str__(self) -> str:
        return f"draft {self.pk}"
