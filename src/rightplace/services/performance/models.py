"""Objectives, thanks, and support with its steps. What is said lies sealed; support lies behind a lock of its own.

The two tables of support are under row security (migration 0002): a row is there for the few who are named on it and
for nobody else, also not for whoever holds every permission. `Nudge` says only that something waits for somebody.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.models import Recorded, Team, Worker


class Objective(Recorded):
    """What a worker means to reach, agreed by both, reviewed by a day. The words are sealed."""

    class Came(models.TextChoices):
        REACHED = "reached", "reached"
        PARTLY = "partly", "partly reached"
        NOT_REACHED = "not_reached", "not reached"
        DROPPED = "dropped", "no longer right"

    id = models.BigIntegerField(primary_key=True)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="objectives")
    led_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    sealed_support = models.BinaryField()
    review_by = models.DateField()
    agreed_by_worker = models.DateTimeField(null=True, blank=True)
    agreed_by_lead = models.DateTimeField(null=True, blank=True)
    came = models.CharField(max_length=12, choices=Came.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["worker", "review_by"], name="objective_by_worker")]
        constraints = [
            models.CheckConstraint(
                condition=Q(came="", closed_at__isnull=True) | (~Q(came="") & Q(closed_at__isnull=False)),
                name="objective_closed_with_what_came",
            )
        ]

    def __str__(self) -> str:
        return f"objective {self.pk}"


class Review(Recorded):
    """What one of the two says of an objective on a day; the other's word stands beside it."""

    id = models.BigIntegerField(primary_key=True)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="reviews")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"review {self.pk}"


class Thanks(Recorded):
    """Somebody thanked a worker: a colleague, or a family or child whose words a colleague typed in with consent."""

    class From(models.TextChoices):
        COLLEAGUE = "colleague", "from me"
        FAMILY = "family", "from a family, who agreed that I pass it on"
        CHILD = "child", "from a child or young person, who agreed that I pass it on"
        PARTNER = "partner", "from a colleague of another agency"

    id = models.BigIntegerField(primary_key=True)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="thanked")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=From.choices)
    sealed = models.BinaryField()
    seen_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "thanks"
        indexes = [models.Index(fields=["team", "shared_at"], name="thanks_by_team")]

    def __str__(self) -> str:
        return f"thanks {self.pk}"


class Matter(Recorded):
    """Support for one worker, informal and then, if it must be, formal. Under row security: see migration 0002."""

    class At(models.TextChoices):
        INFORMAL = "informal", "informal support"
        FORMAL = "formal", "formal stage"
        CLOSED = "closed", "ended"

    id = models.BigIntegerField(primary_key=True)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    led_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    next_manager = models.ForeignKey(
        Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hr_owner = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    appeal_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    companion = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    companion_reads = models.BooleanField(default=False)
    sealed_companion = models.BinaryField(default=bytes)
    at = models.CharField(max_length=10, choices=At.choices, default=At.INFORMAL)
    due = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"support {self.pk}"


class Step(Recorded):
    """One step of support, with what the lead wrote and, beside it, the worker's own account. Under row security."""

    class Stand(models.TextChoices):
        AGREES = "agrees", "I agree with what is written"
        DIFFERS = "differs", "I have read it and see it otherwise"

    id = models.BigIntegerField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="steps")
    number = models.SmallIntegerField()
    stage = models.CharField(max_length=24)
    on = models.DateField()
    due = models.DateField(null=True, blank=True)
    sealed = models.BinaryField()
    sealed_support = models.BinaryField()
    sealed_adjustments = models.BinaryField()
    outcome = models.CharField(max_length=24, blank=True)
    answer_by = models.DateField()
    stand = models.CharField(max_length=8, choices=Stand.choices, blank=True)
    sealed_account = models.BinaryField(default=bytes)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "number"], name="step_number_once")]

    def __str__(self) -> str:
        return f"step {self.pk}"


class Nudge(models.Model):
    """Something waits for somebody here: an objective, thanks or a step. Which of them, and about whom, it does not say."""

    about = models.BigIntegerField()
    whom = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about", "whom"], condition=Q(done_at__isnull=True), name="nudge_once_open"
            )
        ]
        indexes = [models.Index(fields=["whom", "due"], name="nudge_by_whom", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return f"nudge {self.pk}"
