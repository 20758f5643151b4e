"""A programme, its posts on either side, what became of teams, and dated evidence of stages. Write through actions.py."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.dated import Dated, Recorded


class Programme(Dated):
    """A change of the whole structure, from the first proposal until it is reviewed."""

    title = models.CharField(max_length=120)
    purpose = models.TextField()
    lead = models.ForeignKey("organisation.Worker", on_delete=models.PROTECT, related_name="programmes_led")
    first_day = models.DateField(null=True, blank=True)
    """The first day of the new structure, once it is set."""

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(first_day__isnull=True) | Q(first_day__gt=models.F("begins")),
                name="programme_first_day_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgrammePost(Recorded):
    """A post that a programme touches: of the old structure, or of the new."""

    class Side(models.TextChoices):
        OLD = "old", "of the old structure"
        NEW = "new", "of the new structure"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="posts")
    post = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="in_programmes")
    side = models.CharField(max_length=3, choices=Side.choices)
    protected = models.BooleanField(default=False)
    """What works is named and kept: a protected post is not put at risk."""
    because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "post"], name="post_once_in_a_programme"),
            models.CheckConstraint(
                condition=Q(protected=False) | ~Q(because=""), name="post_protected_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.side} in {self.programme_id}"


class TeamLineage(Recorded):
    """What became of a team: which team goes on from which. A team without a successor ends with its programme."""

    class Kind(models.TextChoices):
        CONTINUED = "continued", "goes on as it was"
        CHANGED = "changed", "another purpose, area or name"
        MERGED = "merged", "merged with others"
        SPLIT = "split", "split into several"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="teams")
    before = models.ForeignKey("organisation.Team", on_delete=models.PROTECT, related_name="became")
    after = models.ForeignKey("organisation.Team", on_delete=models.PROTECT, related_name="came_from")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    because = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "before", "after"], name="team_lineage_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.after_id} from {self.before_id}"


class StageEvidence(Recorded):
    """That a stage of a programme was done on a day, and what shows it. A stage without evidence is not done."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="evidence")
    stage = models.CharField(max_length=40)
    on = models.DateField()
    what = models.TextField()
    reference = models.CharField(max_length=120, blank=True)
    """Where the document is that shows it: a number, never a name."""

    class Meta:
        indexes = [models.Index(fields=["programme", "stage"], name="evidence_by_stage")]

    def __str__(self) -> str:
        return f"{self.stage} of {self.programme_id} on {self.on}"
