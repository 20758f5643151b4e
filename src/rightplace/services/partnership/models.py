"""The partnership's own tables: seats on the board, meetings, commitments, disputes. Nothing here names a child.

What somebody writes of a dispute may speak of one, so it is sealed; only those whom the dispute concerns open it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rightplace.foundation.organisation.models import Agency, Dated, Recorded, Worker


class Seat(Dated):
    """An agency's seat on the board, and who sits in it; statutory and voluntary alike."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sits = models.CharField(max_length=120)
    chairs = models.BooleanField(default=False)

    class Meta(Dated.Meta):
        db_table = "partnership_seat"
        constraints = [
            models.CheckConstraint(condition=each.condition, name=each.name % {"class": "boardseat"})
            for each in Dated.Meta.constraints
            if isinstance(each, models.CheckConstraint)
        ]  # a post has seats too: the names of constraints are the whole house's

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.sits}"


class Meeting(Recorded):
    """One meeting of the board, with what it decided."""

    on = models.DateField()
    title = models.CharField(max_length=120)
    decided = models.TextField(blank=True)

    class Meta:
        db_table = "partnership_meeting"
        ordering: ClassVar[list[str]] = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.title} on {self.on}"


class Attendance(models.Model):
    """Whether an agency came to a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    came = models.BooleanField()

    class Meta:
        db_table = "partnership_attendance"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "agency"], name="partnership_attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} at {self.meeting_id}"


class Commitment(Recorded):
    """What an agency promised the board: who answers for it, by when, and how one will know."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    owner = models.CharField(max_length=120)
    what = models.CharField(max_length=300)
    measure = models.CharField(max_length=300)
    due = models.DateField()

    class Meta:
        db_table = "partnership_commitment"
        ordering: ClassVar[list[str]] = ["due", "id"]

    def __str__(self) -> str:
        return self.what


class Progress(Recorded):
    """How a commitment stands, as said on a day; the last one holds."""

    class State(models.TextChoices):
        ON_COURSE = "on_course", "on course"
        BEHIND = "behind", "behind"
        KEPT = "kept", "kept"
        GIVEN_UP = "given_up", "given up"

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="progress")
    state = models.CharField(max_length=10, choices=State.choices)
    said = models.CharField(max_length=400)

    class Meta:
        db_table = "partnership_progress"
        ordering: ClassVar[list[str]] = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.state}"


class Dispute(Recorded):
    """Two agencies see a case or a way of working differently. What they wrote is sealed in its steps."""

    class About(models.TextChoices):
        CASE = "case", "a child’s case"
        PRACTICE = "practice", "a way of working"

    class Subject(models.TextChoices):
        THRESHOLD = "threshold", "the level of need that was found"
        ANSWER = "answer", "an answer that came late, or not"
        SHARING = "sharing", "what was shared or not shared"
        PLAN = "plan", "what a plan or a meeting asked of somebody"
        CLOSING = "closing", "that work ended"
        OTHER = "other", "something else"

    class Outcome(models.TextChoices):
        CHANGED = "changed", "the decision was changed"
        STOOD = "stood", "the decision stood"
        ANOTHER_WAY = "another_way", "another way was found"
        WITHDRAWN = "withdrawn", "withdrawn"

    raised_by = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    against = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=8, choices=About.choices)
    subject = models.CharField(max_length=10, choices=Subject.choices)
    raised_in_team = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    learned = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "partnership_dispute"
        ordering: ClassVar[list[str]] = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(raised_by=models.F("against")), name="partnership_dispute_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"dispute {self.pk}"


class DisputeWord(Recorded):
    """Something said in a dispute, sealed: how it was raised, an answer, why it goes a step up, how it ended."""

    class Said(models.TextChoices):
        RAISED = "raised", "raised"
        ANSWERED = "answered", "answered"
        RAISED_A_STEP = "step", "taken a step up"
        ENDED = "ended", "ended"

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="words")
    said = models.CharField(max_length=8, choices=Said.choices)
    step = models.SmallIntegerField()
    due = models.DateField(null=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        db_table = "partnership_dispute_word"
        ordering: ClassVar[list[str]] = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.said} in {self.dispute_id}"
