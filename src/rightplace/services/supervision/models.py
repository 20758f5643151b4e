"""Who supervises whom, sessions, and what is sealed of them. What was said is never changed: more is said after it.

The sealed rows carry the numbers of those who may read them, since row security asks the row itself (migration 0002).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from rightplace.foundation.organisation.models import Dated, Recorded, Team, Worker


class Line(Dated):
    """Somebody supervises a worker otherwise than the team's manager would. One at a time."""

    class Because(models.TextChoices):
        AGREED = "agreed", "agreed with the worker and the team’s manager"
        CONFLICT = "conflict", "a conflict of interest"
        PROFESSION = "profession", "supervision of the own profession"
        SHARED = "shared", "managers share the teams among them"

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="supervision_lines")
    supervisor = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="supervises")
    because = models.CharField(max_length=12, choices=Because.choices)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(worker=F("supervisor")), name="line_not_to_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} by {self.supervisor_id} from {self.begins}"


class Session(Recorded):
    """One session: planned, held, signed by both. Its words lie sealed elsewhere; `over` is the supervisor's manager."""

    class PutOff(models.TextChoices):
        WORKER = "worker", "the worker was ill or away"
        SUPERVISOR = "supervisor", "the supervisor was ill or away"
        CRISIS = "crisis", "a family needed us at that hour"
        REORGANISED = "reorganised", "services were reorganised, and somebody else supervises"
        OTHER = "other", "another reason"

    supervisee = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="supervised_in")
    supervisor = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="supervised")
    over = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    covers_for = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    planned_on = models.DateField()
    salt = models.BinaryField(max_length=16)
    held_on = models.DateField(null=True, blank=True)
    minutes = models.SmallIntegerField(null=True, blank=True)
    supervisor_signed_at = models.DateTimeField(null=True, blank=True)
    supervisee_signed_at = models.DateTimeField(null=True, blank=True)
    put_off_at = models.DateTimeField(null=True, blank=True)
    put_off = models.CharField(max_length=12, choices=PutOff.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(supervisee=F("supervisor")), name="session_of_two"),
            models.CheckConstraint(
                condition=Q(supervisor_signed_at__isnull=True) | Q(held_on__isnull=False),
                name="session_held_before_signed",
            ),
            models.CheckConstraint(
                condition=Q(supervisee_signed_at__isnull=True) | Q(supervisor_signed_at__isnull=False),
                name="session_signed_in_order",
            ),
            models.CheckConstraint(
                condition=Q(put_off_at__isnull=True) | Q(held_on__isnull=True), name="session_held_or_put_off"
            ),
            models.UniqueConstraint(
                fields=["supervisee", "supervisor"],
                condition=Q(held_on__isnull=True, put_off_at__isnull=True),
                name="session_one_planned",
            ),
        ]
        indexes = [
            models.Index(fields=["supervisee", "-held_on"], name="session_by_supervisee"),
            models.Index(fields=["supervisor", "-held_on"], name="session_by_supervisor"),
        ]

    def __str__(self) -> str:
        return f"session {self.pk} on {self.held_on or self.planned_on}"


class Word(Recorded):
    """Something of the personal part, sealed. A correction names what it corrects; both stay readable."""

    class Kind(models.TextChoices):
        POINTS = "points", "What the worker wanted to talk about"
        WELLBEING = "wellbeing", "How the worker is"
        FEELINGS = "feelings", "What the work does to the worker"
        DEVELOPMENT = "development", "Learning and development"
        AGREED = "agreed", "Agreed between us"
        ACCOUNT = "account", "The worker’s own account of what we do not agree on"

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="words")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    sealed = models.BinaryField()
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    supervisor = models.BigIntegerField()
    supervisee = models.BigIntegerField()
    over = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.kind} of {self.session_id}"


class Draft(models.Model):
    """What one of the two is still writing: nobody else reads it, the other one neither."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="drafts")
    author = models.BigIntegerField()
    sealed = models.BinaryField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "author"], name="draft_one_each")]

    def __str__(self) -> str:
        return f"draft of {self.session_id}"


class Decided(Recorded):
    """A decision of this session that stands in a child's file; its words are there and only there."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="decided")
    file = models.BigIntegerField()
    entry = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry"], name="decided_once")]
        indexes = [models.Index(fields=["session"], name="decided_by_session")]

    def __str__(self) -> str:
        return f"{self.entry} of {self.session_id}"


class Release(Recorded):
    """Somebody else asks to read a personal part; another confirms it for some hours; the worker is told."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="releases")
    because = models.BinaryField()
    hours = models.SmallIntegerField()
    answer_by = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    until = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("recorded_by")),
                name="release_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, until__isnull=True)
                | Q(confirmed_at__isnull=False, until__isnull=False, answered_by__isnull=False),
                name="release_confirmed_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True),
                name="release_answered_once",
            ),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=72), name="release_of_some_hours"),
        ]
        indexes = [models.Index(fields=["session", "recorded_by"], name="release_by_session")]

    def __str__(self) -> str:
        return f"release of {self.session_id}"


class Opened(models.Model):
    """Somebody opened a personal part. Only ever added to; the worker sees every one that was not the worker's own."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="openings")
    reader = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    role = models.SmallIntegerField()
    at = models.DateTimeField()
    release = models.ForeignKey(Release, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["session", "-at"], name="opened_by_session")]

    def __str__(self) -> str:
        return f"{self.session_id} by {self.reader_id}"


class View(Recorded):
    """What a worker thought of one session, ticked from a list; counted only where five people or more say the same."""

    class Theme(models.TextChoices):
        HEARD = "heard", "I could say what is on my mind"
        CHILDREN = "children", "We thought about the children, not only about tasks"
        CLEAR = "clear", "I left knowing what to do next"
        LEARNED = "learned", "I learned something"
        HURRIED = "hurried", "It was cut short or hurried"
        TASKS = "tasks", "It was mostly about tasks and dates"
        UNSAID = "unsaid", "There was something that I did not say"

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="view")
    supervisee = models.BigIntegerField()
    supervisor = models.BigIntegerField()
    themes = ArrayField(models.CharField(max_length=12, choices=Theme.choices))

    def __str__(self) -> str:
        return f"view of {self.session_id}"


class Observed(Recorded):
    """A supervisor's manager sat in on a session, with the worker's agreement; what was seen is sealed for the two."""

    supervisor = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="observed_as_supervisor")
    on = models.DateField()
    salt = models.BinaryField(max_length=16)

    def __str__(self) -> str:
        return f"{self.supervisor_id} observed on {self.on}"


class ObservedWord(models.Model):
    """What was seen when a session was observed, sealed."""

    observed = models.OneToOneField(Observed, on_delete=models.PROTECT, related_name="word")
    supervisor = models.BigIntegerField()
    observer = models.BigIntegerField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"word on {self.observed_id}"


class Trained(Recorded):
    """A supervisor was trained to supervise."""

    class Course(models.TextChoices):
        FIRST = "first", "first training for supervisors"
        REFLECTIVE = "reflective", "reflective supervision"
        OBSERVED = "observed", "observing and giving feedback"
        REFRESHER = "refresher", "refresher"

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="trained_to_supervise")
    course = models.CharField(max_length=12, choices=Course.choices)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "course", "on"], name="trained_said_once")]

    def __str__(self) -> str:
        return f"{self.worker_id}: {self.course}"
