"""Panels, their training and criteria, and what each scorer found. Points and evidence are sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.dated import Recorded
from rightplace.foundation.organisation.models import Worker
from rightplace.services.selection.sealing import Sealed
from rightplace.services.selection.tables.exercises import Exercise, Job, Member


class Training(Recorded):
    """That somebody was trained to score. Without it nobody scores."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    what = models.CharField(max_length=120)

    class Meta:
        db_table = "selection_training"
        indexes = [models.Index(fields=["worker"], name="selection_training_of")]

    def __str__(self) -> str:
        return f"{self.worker_id} trained on {self.on}"


class Panel(Recorded):
    """Who assesses for which jobs, by which criteria."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="panels")
    title = models.CharField(max_length=120)
    jobs = models.ManyToManyField(Job, related_name="panels", db_table="selection_panel_jobs")

    class Meta:
        db_table = "selection_panel"
        ordering: ClassVar[list[str]] = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "title"], name="selection_panel_named_once")
        ]

    def __str__(self) -> str:
        return self.title


class PanelMember(Recorded):
    """A trained scorer of a panel."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="scorers")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "selection_panel_member"
        constraints = [
            models.UniqueConstraint(fields=["panel", "worker"], name="selection_panel_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} on {self.panel_id}"


class Criterion(Recorded):
    """What a panel looks at: how much it weighs, the most that can be given, how far scorers may be apart."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    weight = models.SmallIntegerField()
    most = models.SmallIntegerField(default=5)
    apart = models.SmallIntegerField(default=1)

    class Meta:
        db_table = "selection_criterion"
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "code"], name="selection_criterion_once"),
            models.CheckConstraint(
                condition=Q(weight__gt=0, most__gt=0, apart__gte=0), name="selection_criterion_weighs"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Assessment(Recorded, Sealed):
    """One person before one panel. Adjustments that the person asked for are sealed."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="assessments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="assessments")
    interview_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    """The room, or how the two meet; it is on the person's own page."""
    turn = models.SmallIntegerField(default=1)
    """1, and one more each time that an appeal asks for it to be scored anew."""

    class Meta:
        db_table = "selection_assessment"
        constraints = [
            models.UniqueConstraint(fields=["panel", "member"], name="selection_assessed_once_a_panel")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} before {self.panel_id}"


class ScoreSheet(Recorded, Sealed):
    """What one scorer found, alone. Nobody else on the panel sees it until both have signed."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="sheets")
    scorer = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    turn = models.SmallIntegerField(default=1)
    no_conflict_at = models.DateTimeField(null=True, blank=True)
    """When the scorer said to be neither kin, friend nor in dispute with the person."""
    conflict_at = models.DateTimeField(null=True, blank=True)
    """When the scorer said to be one of these; what it is stays sealed in this row, and somebody else scores."""
    signed_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    """When the sheet was given to somebody else; why, and what was found so far, stay sealed in this row."""
    replaced_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "selection_score_sheet"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "scorer", "turn"], name="selection_sheet_once_a_turn"
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(no_conflict_at__isnull=False),
                name="selection_sheet_signed_without_conflict",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True, replaced_by__isnull=True)
                | Q(replaced_at__isnull=False, replaced_by__isnull=False, signed_at__isnull=True),
                name="selection_sheet_replaced_before_signing",
            ),
            models.CheckConstraint(
                condition=Q(conflict_at__isnull=True) | Q(signed_at__isnull=True),
                name="selection_sheet_conflict_unsigned",
            ),
        ]
        indexes = [models.Index(fields=["scorer", "signed_at"], name="selection_sheets_of")]

    def __str__(self) -> str:
        return f"sheet of {self.scorer_id} for {self.assessment_id}"


class Result(Recorded, Sealed):
    """The settled score of an assessment, with what moderation changed and why. The last holds; earlier ones stay."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="results")
    turn = models.SmallIntegerField(default=1)
    moderated = models.BooleanField(default=False)

    class Meta:
        db_table = "selection_result"
        ordering: ClassVar[list[str]] = ["-turn", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "turn"], name="selection_result_once_a_turn")
        ]

    def __str__(self) -> str:
        return f"result of {self.assessment_id}"
