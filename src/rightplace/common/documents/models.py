"""Attachments: sealed bytes, on a draft until it is signed, then in a journal file for good."""

from __future__ import annotations

from django.db import models

from rightplace.common.questions.models import Draft


class Attachment(models.Model):
    """One thing that was attached. Its name and its bytes are sealed; kind and size are in the clear."""

    id = models.BigIntegerField(primary_key=True)
    draft = models.ForeignKey(
        Draft, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    file = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=8)
    size = models.IntegerField()
    sealed_name = models.BinaryField()
    sealed = models.BinaryField()
    added = models.DateTimeField()

    class Meta:
        db_table = "documents_attachment"
        indexes = [models.Index(fields=["file"], name="documents_of_file", condition=~models.Q(file=0))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file=0, draft__isnull=False)
                | (~models.Q(file=0) & models.Q(draft__isnull=True)),
                name="attachment_hangs_on_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk}"
