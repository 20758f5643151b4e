"""Matching runs with kept inputs, decisions by two people, placements, letters, appeals, trial periods, redeployment."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.dated import Recorded
from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.foundation.organisation.models import Worker
from rightplace.services.selection.sealing import Sealed
from rightplace.services.selection.tables.exercises import Exercise, Job, Member


class Run(Recorded, Sealed):
    """One matching. Sealed: the bytes that it is worked out from; open: their digest."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        DONE = "done", "worked out"
        STOPPED = "stopped", "not worked out"

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="runs")
    number = models.SmallIntegerField()
    inputs = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    stopped_because = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    appeal = models.ForeignKey("selection.Appeal", on_delete=models.PROTECT, null=True, related_name="runs")
    """The appeal that succeeded and made a new matching necessary."""

    class Meta:
        db_table = "selection_run"
        ordering: ClassVar[list[str]] = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "number"], name="selection_run_number_once")
        ]

    def __str__(self) -> str:
        return f"run {self.number} of {self.exercise_id}"


class RunResult(Sealed):
    """What one method gave, its figures, and whether the independent checker found it to hold."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="results")
    method = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    holds = models.BooleanField()
    questions = models.SmallIntegerField()
    figures = models.JSONField()

    class Meta:
        db_table = "selection_run_result"
        constraints = [models.UniqueConstraint(fields=["run", "method"], name="selection_run_method_once")]

    def __str__(self) -> str:
        return f"{self.method} of {self.run_id}"


class PanelsOrder(Recorded, Sealed):
    """How people who were level were put in order, on further evidence that is named. Never a lot."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="orders")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="orders")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "selection_panels_order"

    def __str__(self) -> str:
        return f"order for {self.job_id}"


class Decision(Recorded, Sealed):
    """Which result is taken forward, with reasons: human resources propose, a head of service confirms."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="decisions")
    method = models.CharField(max_length=20)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "selection_decision"
        ordering: ClassVar[list[str]] = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("recorded_by")),
                name="selection_decision_of_two_people",
            )
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}"


class Placement(Recorded):
    """What was decided for one person: a job and its post, or none yet. Nobody is dismissed by one."""

    class How(models.TextChoices):
        OFFER = "offer", "by a right to be offered a vacancy first"
        MATCHED = "matched", "by preferences, claim and score"
        UNPLACED = "unplaced", "no place yet: redeployment is sought"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="placements")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="placements")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    seated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "selection_placement"
        constraints = [
            models.UniqueConstraint(fields=["decision", "member"], name="selection_placed_once_a_decision"),
            models.CheckConstraint(
                condition=Q(how="unplaced", job__isnull=True, post__isnull=True)
                | (~Q(how="unplaced") & Q(job__isnull=False, post__isnull=False)),
                name="selection_placement_names_its_post",
            ),
        ]
        indexes = [models.Index(fields=["member"], name="selection_placements_of")]

    def __str__(self) -> str:
        return f"{self.member_id} to {self.job_id}"


class Letter(Recorded, Sealed):
    """The letter to one person, in plain words with reasons. Nobody reads it before it is published."""

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="letter")
    published_at = models.DateTimeField(null=True, blank=True)
    appeal_by = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "selection_letter"
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(appeal_by__isnull=False),
                name="selection_letter_says_until_when",
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"


class Redeployment(Recorded):
    """The search for another post for somebody without a place, by a named person. Never a dismissal."""

    class Outcome(models.TextChoices):
        FOUND = "found", "another post was found and taken"
        PLACED = "placed", "placed after all in this programme"
        OWN_WISH = "own_wish", "ended by the person’s own wish"

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="redeployment")
    named = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)

    class Meta:
        db_table = "selection_redeployment"

    def __str__(self) -> str:
        return f"redeployment of {self.member_id}"


class Appeal(Recorded):
    """An appeal of one person against pool, score or result. What is said in it is sealed."""

    class About(models.TextChoices):
        POOL = "pool", "the pool"
        SCORE = "score", "a score"
        RESULT = "result", "the result"

    class Outcome(models.TextChoices):
        UPHELD = "upheld", "succeeded"
        NOT_UPHELD = "not_upheld", "did not succeed"

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="appeals")
    about = models.CharField(max_length=6, choices=About.choices)
    letter_on = models.DateField()
    """The day from which its clock counts: of the letter, or of being told the pool."""
    made_on = models.DateField()
    hearer = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    hearing_on = models.DateField(null=True, blank=True)
    heard_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    assessment = models.ForeignKey(
        "selection.Assessment", on_delete=models.PROTECT, null=True, related_name="appeals"
    )
    """What is scored anew because it succeeded."""

    class Meta:
        db_table = "selection_appeal"
        ordering: ClassVar[list[str]] = ["made_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="")
                | Q(heard_on__isnull=False, answered_on__isnull=False, hearer__isnull=False),
                name="selection_appeal_heard_before_answered",
            )
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"


class AppealWord(Recorded, Sealed):
    """Something said in an appeal: its grounds, evidence, the panel's answer, the decision's reasons."""

    class Said(models.TextChoices):
        GROUNDS = "grounds", "The grounds"
        EVIDENCE = "evidence", "Evidence"
        DECIDED = "decided", "The decision and its reasons"

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="words")
    kind = models.CharField(max_length=8, choices=Said.choices)

    class Meta:
        db_table = "selection_appeal_word"
        ordering: ClassVar[list[str]] = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} in {self.appeal_id}"


class Trial(Recorded, Sealed):
    """A trial in a new job: four weeks from its first day, longer only to retrain, as agreed in writing before."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", "the job suits and is confirmed"
        NOT_SUITABLE = "unsuitable", "the job does not suit: redeployment is sought"

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="trial")
    begins = models.DateField()
    ends = models.DateField()
    agreed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "selection_trial"

    def __str__(self) -> str:
        return f"trial of {self.placement_id}"


class TrialReview(Recorded, Sealed):
    """What person and manager said of a trial on a day."""

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="reviews")
    on = models.DateField()

    class Meta:
        db_table = "selection_trial_review"
        ordering: ClassVar[list[str]] = ["on", "id"]

    def __str__(self) -> str:
        return f"review on {self.on}"
