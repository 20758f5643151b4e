"""Vacancies, candidates, leavers, interviews of staff, initiatives. Write through the modules of actions only.

What a candidate gave is sealed with a key of its own and deleted, key and all, on a stated day. What staff said lies
behind row security: the person reads it and the one reader who was named before, nobody else (migration 0002).
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.establishment.tables import Leaver, Profession, Seat
from rightplace.foundation.organisation.models import Dated, Recorded, Team, Worker


class Vacancy(Recorded):
    """A seat to be filled, from the day on which somebody began to fill it."""

    class Outcome(models.TextChoices):
        FILLED = "filled", "filled"
        WITHDRAWN = "withdrawn", "withdrawn"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="vacancies")
    opened_on = models.DateField()
    because = models.CharField(max_length=200)
    next_step = models.CharField(max_length=20, blank=True)
    next_by = models.DateField(null=True, blank=True)
    waits_with = models.CharField(max_length=20, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        verbose_name_plural = "vacancies"
        constraints = [
            models.UniqueConstraint(
                fields=["seat"], condition=Q(ended_on__isnull=True), name="vacancy_once_for_a_seat"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, outcome="") | Q(ended_on__isnull=False) & ~Q(outcome=""),
                name="vacancy_ends_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"vacancy {self.pk} of seat {self.seat_id}"


class VacancyStep(Recorded):
    """A step of the vacancy as a whole, and its day."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="steps")
    code = models.CharField(max_length=20)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vacancy", "code"], name="vacancy_step_once")]

    def __str__(self) -> str:
        return f"{self.code} of {self.vacancy_id}"


class Candidate(Recorded):
    """Somebody who applied. Name and address for letters are sealed; after `delete_on` neither they nor their key is there."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="candidates")
    salt = models.BinaryField(null=True)
    sealed = models.BinaryField(null=True)
    next_step = models.CharField(max_length=20, blank=True)
    next_by = models.DateField(null=True, blank=True)
    waits_with = models.CharField(max_length=20, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    lost_at = models.CharField(max_length=20, blank=True)
    lost_because = models.CharField(max_length=24, blank=True)
    delete_on = models.DateField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    worker = models.ForeignKey(
        Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="came_as"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(delete_on__isnull=False),
                name="candidate_end_says_when_deleted",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(salt__isnull=True, sealed__isnull=True),
                name="candidate_deleted_is_gone",
            ),
            models.CheckConstraint(
                condition=Q(lost_at="", lost_because="") | ~Q(lost_at="") & ~Q(lost_because=""),
                name="candidate_lost_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["vacancy", "ended_on"], name="candidate_by_vacancy")]

    def __str__(self) -> str:
        return f"candidate {self.pk}"


class CandidateStep(Recorded):
    """A step of one candidate, and its day."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="steps")
    code = models.CharField(max_length=20)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["candidate", "code"], name="candidate_step_once")]

    def __str__(self) -> str:
        return f"{self.code} of {self.candidate_id}"


class CheckSeen(Recorded):
    """A check was seen, on a day, by whoever recorded it. What it said, and the document, are not kept."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="checks")
    code = models.CharField(max_length=20)
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["candidate", "code"], name="check_seen_once")]

    def __str__(self) -> str:
        return f"{self.code} of {self.candidate_id} seen"


class PanelWord(Recorded):
    """One of a candidate's panel and what that person said. Reasons are sealed with the candidate's key."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="panel")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="panels")
    on = models.DateField()
    appointable = models.BooleanField(null=True, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["candidate", "worker"], name="panel_once")]

    def __str__(self) -> str:
        return f"{self.worker_id} on the panel of {self.candidate_id}"


class EqualityAnswer(models.Model):
    """One answer of an applicant's equality form, apart from the applicant: no name, no vacancy, no time, no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    year = models.SmallIntegerField()
    profession = models.CharField(max_length=16, choices=Profession.choices)
    question = models.CharField(max_length=16)
    answer = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.question} in {self.year}"


class Notice(Recorded):
    """A worker gave notice: from when, the last day, and why by the census' list."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="notices")
    given_on = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=4)
    taken_back_on = models.DateField(null=True, blank=True)
    leaver = models.OneToOneField(
        Leaver, on_delete=models.PROTECT, null=True, blank=True, related_name="notice"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(taken_back_on__isnull=True, leaver__isnull=True),
                name="notice_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("given_on")), name="notice_before_the_last_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} leaves after {self.last_day}"


class Voice(Recorded):
    """A stay or exit interview that was offered. Who reads the answer is said before it is given."""

    class Kind(models.TextChoices):
        STAY = "stay", "stay interview"
        EXIT = "exit", "exit interview"

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="voices")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    reader = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="voices_to_read")
    answer_by = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    declined_on = models.DateField(null=True, blank=True)
    coded_on = models.DateField(null=True, blank=True)
    taken_back_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(worker=models.F("reader")), name="voice_read_by_another"),
            models.UniqueConstraint(
                fields=["worker", "kind"],
                condition=Q(answered_on__isnull=True, declined_on__isnull=True),
                name="voice_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} interview of {self.worker_id}"


class Behind(models.Model):
    """A row behind row security: whose it is, and the one who may read it besides."""

    voice = models.BigIntegerField()
    worker = models.BigIntegerField()
    reader = models.BigIntegerField()
    label = models.SmallIntegerField()

    class Meta:
        abstract = True


class VoiceAnswer(Behind):
    """What a person said, sealed with a key of its own; the label is that of a staff's voice."""

    salt = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice"], name="voice_answered_once")]

    def __str__(self) -> str:
        return f"answer {self.voice}"


class VoiceTheme(Behind):
    """A theme that the reader found in an answer, counted in the half-year of the reading."""

    kind = models.CharField(max_length=4)
    theme = models.CharField(max_length=20)
    half = models.SmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "theme"], name="voice_theme_once")]

    def __str__(self) -> str:
        return f"{self.theme} in {self.half}"


class VoiceQuote(Behind):
    """A sentence that its author lets be quoted, under a theme. The author takes it back at any time."""

    kind = models.CharField(max_length=4)
    theme = models.CharField(max_length=20)
    half = models.SmallIntegerField()
    salt = models.BinaryField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"quote under {self.theme}"


class Initiative(Dated):
    """Something done to recruit or keep staff, in some teams, from a day; what it costs and what was expected of it."""

    class Aim(models.TextChoices):
        KEEP = "keep", "to keep staff"
        RECRUIT = "recruit", "to recruit staff"

    title = models.CharField(max_length=120)
    aim = models.CharField(max_length=8, choices=Aim.choices)
    cost = models.BigIntegerField()
    """Pence a year, for all its teams together."""
    expected = models.CharField(max_length=300)
    because = models.TextField()
    teams = models.ManyToManyField(Team, related_name="initiatives")
    ended_because = models.TextField(blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(cost__gte=0), name="initiative_cost_not_below_nought"),
        ]

    def __str__(self) -> str:
        return self.title


class AgencyRate(Dated):
    """What an hour of a grade costs from a day on, through an agency and employed with on-costs. In pence."""

    grade = models.CharField(max_length=20)
    agency = models.IntegerField()
    employed = models.IntegerField()
    source = models.CharField(max_length=200)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(agency__gt=0, employed__gt=0), name="agency_rate_is_something"
            ),
            models.UniqueConstraint(
                fields=["grade"], condition=Q(ends__isnull=True), name="agency_rate_one_that_goes_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade} from {self.begins}"
