"""A cut-over: its plan family by family, the conversations in which families were accepted, rehearsals, and the run.

Numbers only: names and reasons about a family lie in the journal. No row points at a projection.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.models import Membership, Recorded, Team, Worker
from rightplace.foundation.organisation.programme.tables import Programme


class Cutover(Recorded):
    """The move of every child of the teams that a programme dissolves. Confirmed, begun, stopped, finished: each once said."""

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="cutover")
    first_day = models.DateField()
    pace = models.SmallIntegerField(default=0)
    """Families a minute at most; nought is without a limit."""
    begun_at = models.DateTimeField(null=True, blank=True)
    begun_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pace__gte=0), name="cutover_pace_not_below_nought"),
            models.CheckConstraint(
                condition=Q(begun_at__isnull=True, begun_by__isnull=True)
                | Q(begun_at__isnull=False, begun_by__isnull=False),
                name="cutover_begun_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"cut-over of {self.programme_id}"


class Conversation(Recorded):
    """The one conversation in which a receiving manager took over families of a team: who spoke, and on which day."""

    cutover = models.ForeignKey(Cutover, on_delete=models.PROTECT, related_name="conversations")
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    spoke_with = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    spoke_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.from_team_id} to {self.to_team_id} on {self.spoke_on}"


class FamilyMove(models.Model):
    """Brothers and sisters of one team, where they go, and how far that is. One row a family: it moves once."""

    class State(models.TextChoices):
        UNPLACED = "unplaced", "nobody found yet"
        PROPOSED = "proposed", "proposed"
        OFFERED = "offered", "waits for the new team"
        SENT_BACK = "sent_back", "sent back"
        ACCEPTED = "accepted", "accepted"
        MOVED = "moved", "moved"
        ASIDE = "aside", "set aside"
        GONE = "gone", "no longer with the team"

    class Why(models.TextChoices):
        HOURS = "hours", "The worker has no room for the family"
        CONFLICT = "conflict", "The worker has a conflict of interest"
        SIBLING = "sibling", "A brother or sister is with another team or worker"
        CONTINUITY = "continuity", "The family should keep its present worker"
        SKILL = "skill", "The family needs a skill or language that the worker has not"
        AREA = "area", "The family lives in another team’s area"
        STAGE = "stage", "The work is close to its end, or in court: not now"

    cutover = models.ForeignKey(Cutover, on_delete=models.PROTECT, related_name="families")
    family = models.BigIntegerField()
    """The smallest number of the children."""
    children = ArrayField(models.BigIntegerField())
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    before_worker = models.BigIntegerField(default=0)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    minutes = models.IntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices)
    reasons = ArrayField(models.CharField(max_length=240), default=list)
    """Why this team and worker, or why nobody; sentences of ours, which name no child."""
    chosen_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    offered_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    offered_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=10, choices=Why.choices, blank=True)
    sent_back_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, blank=True, related_name="families"
    )
    tried_at = models.DateTimeField(null=True, blank=True)
    refused = models.CharField(max_length=240, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    """From when the new team answers."""
    moved_recorded = models.DateTimeField(null=True, blank=True)
    moved_children = ArrayField(models.BigIntegerField(), default=list)
    occasion = models.BigIntegerField(default=0)

    class Meta:
        db_table = "cutover_family"
        constraints = [
            models.UniqueConstraint(fields=["cutover", "family", "from_team"], name="cutover_family_once"),
            models.CheckConstraint(
                condition=~Q(state__in=("offered", "accepted", "moved"))
                | Q(to_team__isnull=False, worker__isnull=False, offered_by__isnull=False),
                name="cutover_offered_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "moved")) | Q(accepted_by__isnull=False),
                name="cutover_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="moved") | Q(moved_at__isnull=False), name="cutover_moved_at_a_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["cutover", "state", "id"], name="cutover_family_by_state"),
            models.Index(fields=["to_team", "state"], name="cutover_family_by_team"),
            models.Index(fields=["worker", "state"], name="cutover_family_by_worker"),
        ]

    def __str__(self) -> str:
        return f"family {self.family}: {self.state}"


class Rehearsal(Recorded):
    """Every family's writes, done and taken back, and what they showed. It holds for one plan: that of its digest."""

    cutover = models.ForeignKey(Cutover, on_delete=models.PROTECT, related_name="rehearsals")
    digest = models.CharField(max_length=64)
    families = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    children = models.IntegerField(default=0)
    instants = models.IntegerField(default=0)
    timescales = models.IntegerField(default=0)
    seconds = models.FloatField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    succeeded = models.BooleanField(default=False)
    missing = models.JSONField(default=list)
    """What the plan leaves open, as sentences."""
    refusals = models.JSONField(default=list)
    """Pairs of a family's row and why it does not move."""
    moved_besides = models.JSONField(default=list)
    """Pairs of what else a team owns, and how many."""

    class Meta:
        indexes = [models.Index(fields=["cutover", "-id"], name="cutover_rehearsal_last")]

    def __str__(self) -> str:
        return f"rehearsal of {self.cutover_id} at {self.recorded_at}"


class BesidesMoved(Recorded):
    """What else an ending team owned that found its next owner: how many, when last, and why the rest did not."""

    cutover = models.ForeignKey(Cutover, on_delete=models.PROTECT, related_name="besides")
    name = models.CharField(max_length=80)
    number = models.IntegerField()
    refused = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cutover", "name"], name="cutover_besides_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"
