"""Questions to the capacity model with their answers, and scenarios that somebody kept. Nothing here is about a child.

What was asked, by whom, when, with which seed and version stays with the answer until the day on which both are deleted.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker

KEPT_FOR: Final = timedelta(days=183)


def half_a_year_on() -> date:
    """The day on which goes what nobody uses from today on."""
    return clock.today() + KEPT_FOR


class Run(models.Model):
    """One question to the model: what was asked, how far it is, and the answer as far as it goes."""

    class What(models.TextChoices):
        WHAT_IF = "what_if", "what happens if"
        SMALLEST = "smallest", "the smallest establishment"

    class State(models.TextChoices):
        WAITING = "waiting", "waiting for its turn"
        RUNNING = "running", "being worked out"
        STOPPED = "stopped", "stopped"
        DONE = "done", "done"
        FAILED = "failed", "could not be worked out"

    what = models.CharField(max_length=10, choices=What.choices)
    title = models.CharField(max_length=200)
    asked = models.JSONField()
    """The scenarios as TOML, the one that is held against first; and what else was asked."""
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seed = models.IntegerField()
    version = models.CharField(max_length=80)
    start = models.CharField(max_length=200)
    """Where the first day comes from, in words that the page shows."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    done = models.IntegerField(default=0)
    total = models.IntegerField()
    stop_asked = models.BooleanField(default=False)
    beat = models.DateTimeField(null=True)
    """When the worker last wrote; a run that goes on and has been silent was killed, and is taken up again."""
    tries = models.IntegerField(default=0)
    """How often a worker has taken it up since its last piece: what stops every worker is given up."""
    fault = models.CharField(max_length=300, blank=True)
    question = models.BinaryField(null=True)
    gathered = models.BinaryField(null=True)
    progress = models.JSONField(null=True)
    """What goes in (of our own service a row for each open family, without a name) and what has come out so far, so that a
    stopped run goes on where it was. Goes when nothing can go on, and two weeks after it was last worked on."""
    answer = models.JSONField(null=True)
    headline = models.CharField(max_length=300, blank=True)
    """The answer's first sentence, for lists."""
    answered = models.DateTimeField(null=True)
    shared = models.BooleanField(default=False)
    example = models.BooleanField(default=False)
    """Whether it was put here to show what an answer looks like: it stands after what people asked, and is nobody's own."""
    deleted_on = models.DateField()
    """The day on which this row goes, with all that is in it."""

    class Meta:
        db_table = "capacity_run"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["by", "-at"], name="capacity_run_own"),
            models.Index(
                fields=["beat"], name="capacity_run_going", condition=Q(state__in=["waiting", "running"])
            ),
            models.Index(fields=["-at"], name="capacity_run_shared", condition=Q(shared=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(total__gt=0, done__gte=0), name="capacity_run_counts"),
            models.CheckConstraint(condition=~Q(title=""), name="capacity_run_is_asked"),
        ]

    def __str__(self) -> str:
        return f"capacity {self.pk}"

    @property
    def is_going(self) -> bool:
        """Whether the worker has it, or will."""
        return self.state in GOING


GOING = (Run.State.WAITING, Run.State.RUNNING)
NOTHING_TO_GO_ON_FROM: Final = {"question": None, "gathered": None, "progress": None}


class KeptScenario(models.Model):
    """A scenario that somebody kept under a name, to be asked again and compared."""

    name = models.CharField(max_length=120)
    text = models.TextField()
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    deleted_on = models.DateField(default=half_a_year_on)
    """The day on which it goes unless somebody asks it before."""

    class Meta:
        db_table = "capacity_scenario"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(text=""), name="capacity_scenario_says")
        ]

    def __str__(self) -> str:
        return f"scenario {self.pk}"


class OwnStrengths(models.Model):
    """What our own record says of the model's strengths on a day: read once, since a city's record is long."""

    day = models.DateField()
    version = models.CharField(max_length=80)
    told = models.JSONField()

    class Meta:
        db_table = "capacity_own_strengths"
        constraints = [models.UniqueConstraint(fields=["day", "version"], name="capacity_own_strengths_once")]

    def __str__(self) -> str:
        return f"own strengths {self.pk}"
