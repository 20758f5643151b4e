"""Who is in which pool and why, the places there are, what people would like, and who must be offered a place first."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.dated import Recorded
from rightplace.foundation.organisation.establishment.tables import Kept, Post, Profession
from rightplace.foundation.organisation.models import Team, Worker
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.services.selection.sealing import Sealed


class Exercise(Recorded):
    """The selection of one programme, from pools to the first day."""

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="+")
    opens = models.DateField()
    closes = models.DateField()
    """The last day on which a person changes the own preferences."""
    pools_agreed_on = models.DateField(null=True, blank=True)
    pools_agreed = models.CharField(max_length=120, blank=True)
    """Where the agreement with the trade unions can be read: a reference, never a name."""
    told_on = models.DateField(null=True, blank=True)
    """The day on which everybody was told the own pool; appeals against it count from there."""
    published_at = models.DateTimeField(null=True, blank=True)
    highest_mark = models.SmallIntegerField(default=5)
    """What every panel of this programme gives at most for one criterion; agreed before the first panel is made."""
    most_apart = models.SmallIntegerField(default=1)
    """By how many points two scorers may differ before a third settles the mark."""

    class Meta:
        db_table = "selection_exercise"
        constraints = [
            models.CheckConstraint(
                condition=Q(most_apart__gte=0, highest_mark__gt=models.F("most_apart")),
                name="selection_exercise_marks",
            ),
            models.CheckConstraint(
                condition=Q(closes__gte=models.F("opens")), name="selection_exercise_closes"
            ),
        ]

    def __str__(self) -> str:
        return f"selection of programme {self.programme_id}"


class Job(Recorded):
    """A new job in one team with its places: who may hold it and from which score."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="jobs")
    name = models.CharField(max_length=160)
    """Title and team: what people read, and how the matching names it."""
    title = models.CharField(max_length=120)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    professions = ArrayField(models.CharField(max_length=16))
    minutes = models.IntegerField()
    threshold = models.IntegerField(default=0)
    """In hundredths of a point."""

    class Meta:
        db_table = "selection_job"
        ordering: ClassVar[list[str]] = ["title", "name"]
        constraints = [models.UniqueConstraint(fields=["exercise", "name"], name="selection_job_named_once")]

    def __str__(self) -> str:
        return self.name


class JobPost(models.Model):
    """A post of the new structure that is one place of a job."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="posts")
    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "selection_job_post"

    def __str__(self) -> str:
        return f"{self.post_id} of {self.job_id}"


class Mix(Recorded):
    """How many people of a profession a new team needs at least, and takes at most."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="mixes")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    profession = models.CharField(max_length=16, choices=Profession.choices)
    least = models.SmallIntegerField()
    most = models.SmallIntegerField()

    class Meta:
        db_table = "selection_mix"
        constraints = [
            models.UniqueConstraint(fields=["exercise", "team", "profession"], name="selection_mix_once"),
            models.CheckConstraint(
                condition=Q(least__gte=0, most__gte=models.F("least")), name="selection_mix_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profession} in {self.team_id}"


class Pool(Recorded):
    """People whose posts are alike, and how they stand to the new jobs."""

    class Kind(models.TextChoices):
        SLOT_IN = "slot_in", "slotted in"
        RING_FENCE = "ring_fence", "ring-fenced"
        RESTRICTED = "restricted", "restricted to people at risk"
        OPEN = "open", "open inside the council"

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="pools")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    because = models.TextField()
    majority_of_duties = models.BooleanField(default=False)
    similar_level = models.BooleanField(default=False)
    jobs = models.ManyToManyField(Job, related_name="pools", db_table="selection_pool_jobs")

    class Meta:
        db_table = "selection_pool"
        ordering: ClassVar[list[str]] = ["name"]
        constraints = [models.UniqueConstraint(fields=["exercise", "name"], name="selection_pool_named_once")]

    def __str__(self) -> str:
        return self.name


class PoolPost(models.Model):
    """A post of the old structure in a pool. Whoever holds it for good is in the pool."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="posts")
    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "selection_pool_post"

    def __str__(self) -> str:
        return f"{self.post_id} in {self.pool_id}"


class Member(Recorded):
    """A person under review: the own post that counts, the pool, and why."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="members")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, null=True, related_name="members")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    acting_in = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    profession = models.CharField(max_length=16, choices=Profession.choices)
    minutes = models.IntegerField()
    away = models.CharField(max_length=16, choices=Kept.Why.choices, blank=True)
    because = models.TextField()
    reached_on = models.DateField(null=True, blank=True)
    reached = models.CharField(max_length=120, blank=True)
    """How somebody who is away was reached: a letter, a call, a visit."""

    class Meta:
        db_table = "selection_member"
        constraints = [models.UniqueConstraint(fields=["exercise", "worker"], name="selection_member_once")]
        indexes = [models.Index(fields=["worker"], name="selection_member_of")]

    def __str__(self) -> str:
        return f"{self.worker_id} in {self.pool_id}"


class Share(Recorded):
    """Two people who ask for one place together, both having said so. Neither is placed without the other."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="shares")
    first = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="+")
    second = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=120, blank=True)
    """Where it can be read that both have said so: a number, never a name."""

    class Meta:
        db_table = "selection_share"
        constraints = [
            models.CheckConstraint(condition=~Q(first=models.F("second")), name="selection_share_of_two")
        ]

    def __str__(self) -> str:
        return f"{self.first_id} with {self.second_id}"


class PreferenceList(Recorded):
    """What a person would like, the best first. The last list holds; earlier ones stay."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="preferences")
    jobs = ArrayField(models.BigIntegerField(), size=8)
    paper_of = models.DateField(null=True, blank=True)
    """The day on the paper, where somebody typed it for the person; then `recorded_by` is who typed."""

    class Meta:
        db_table = "selection_preference_list"
        ordering: ClassVar[list[str]] = ["-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{len(self.jobs)} wishes of {self.member_id}"


class Adjustment(Recorded, Sealed):
    """What a person asks for at interviews, and what is agreed. Both are sealed; a panel reads what is agreed."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="adjustments")
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "selection_adjustment"
        ordering: ClassVar[list[str]] = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answered_by__isnull=True)
                | Q(answered_on__isnull=False, answered_by__isnull=False),
                name="selection_adjustment_answered_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"adjustment for {self.member_id}"


class Offer(Recorded, Sealed):
    """A right to be offered a suitable vacancy before any matching. Why, and which jobs are suitable, is sealed."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="offer")
    judged_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "selection_offer"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="selection_offer_answer_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"offer to {self.member_id}"
