"""What leaders wrote about a figure: what is being done, by whom, since when."""

from __future__ import annotations

from django.db import models

from rightplace.foundation.organisation.models import Worker


class LeaderNote(models.Model):
    """Something that is done about a figure. Never changed: what came of it is another note."""

    figure = models.CharField(max_length=40)
    text = models.TextField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "leadership_note"
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["figure", "-at"], name="leadership_note_of_figure")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="leadership_note_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.figure}, {self.at:%Y-%m-%d}"
