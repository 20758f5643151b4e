"""Who said to be full, and what was answered. Never changed: an answer is one more row, and so is what is said to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.models import Recorded, Team, Worker


class FullSaid(Recorded):
    """A worker said formally to be full. The load is stamped as it was then; `answer_by` and `climbs_at` are its clock."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="said_full")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="said_full")
    role = models.SmallIntegerField()
    because = models.TextField()
    wishes = models.TextField(blank=True)
    takes = models.DecimalField(max_digits=6, decimal_places=2)
    has = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    children = models.SmallIntegerField()
    families = models.SmallIntegerField()
    answer_by = models.DateTimeField()
    climbs_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(taken_back_at__isnull=True, answered_at__isnull=True),
                name="full_one_unanswered",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(answered_at__isnull=True),
                name="full_answered_or_taken_back",
            ),
        ]
        indexes = [models.Index(fields=["team", "answer_by"], name="full_by_team")]

    def __str__(self) -> str:
        return f"{self.worker_id} full since {self.recorded_at}"


class FullAnswer(Recorded):
    """What a manager answered to somebody who is full, shown to both."""

    class Kind(models.TextChoices):
        RELIEF = "relief", "relief: work is taken away"
        ARRANGEMENT = "arrangement", "a named arrangement, until a day"
        DISAGREEMENT = "disagreement", "disagreement, with reasons"

    full = models.OneToOneField(FullSaid, on_delete=models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    words = models.TextField()
    until = models.DateField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} to {self.full_id}"


class ConflictDeclared(Recorded):
    """A worker declared a conflict of interest about a child's file. Why is sealed; that there is one rules out.

    `person` is the child's number as everywhere outside the journal; the words open with the row's own salt.
    """

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="conflicts")
    person = models.BigIntegerField(db_index=True)
    salt = models.BinaryField(max_length=16)
    words = models.BinaryField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "person"],
                condition=Q(ended_at__isnull=True),
                name="conflict_declared_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} about {self.person}"


class MovesAsked(Recorded):
    """Somebody asked which moves between a team's workers would be worth it. Worked out in the background when big.

    `moves` holds numbers only: children, from whom, to whom, seconds. Nothing moves of itself.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="moves_asked")
    total = models.IntegerField()
    done = models.IntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped = models.CharField(max_length=200, blank=True)
    moves = models.JSONField(default=list)
    gap_before = models.FloatField(null=True, blank=True)
    gap_after = models.FloatField(null=True, blank=True)
    faults = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["team", "-recorded_at"], name="moves_by_team")]

    def __str__(self) -> str:
        return f"moves of {self.team_id} asked {self.recorded_at}"
