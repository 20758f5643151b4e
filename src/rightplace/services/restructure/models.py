"""What a programme of change keeps beside its posts and evidence. Every row is dated and signed, and none is changed.

What people declare of themselves is in a table of its own that the application cannot read (migration 0002).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.models import Recorded, Worker
from rightplace.foundation.organisation.programme.tables import Programme


class ReasonStep(Recorded):
    """One step of a line from a flaw to a result: the flaw, its cause, the change, the measure, what came of it."""

    class Kind(models.TextChoices):
        FLAW = "flaw", "flaw"
        CAUSE = "cause", "cause"
        CHANGE = "change", "change"
        MEASURE = "measure", "measure"
        RESULT = "result", "result"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reasons")
    line = models.SmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.DateField()
    words = models.TextField()
    figure = models.CharField(max_length=60, blank=True)
    """The figure of ours that measures it, where there is one."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "line", "kind"], name="reason_step_once_in_a_line"),
            models.CheckConstraint(condition=~Q(words=""), name="reason_step_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.line} of {self.programme_id}"


class Unlinked(Recorded):
    """Why an old post of a programme ends without a successor, or a new one comes of none: said, never guessed."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="unlinked")
    post = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "post"], name="unlinked_once")]
        verbose_name_plural = "unlinked"

    def __str__(self) -> str:
        return f"{self.post_id} without a link in {self.programme_id}"


class GradeCost(Recorded):
    """What a whole-time post of a grade costs in a year, with employer's costs, and how that is known."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="costs")
    grade = models.CharField(max_length=20)
    pence = models.BigIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "grade"], name="grade_cost_once"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="grade_cost_above_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.grade} in {self.programme_id}"


class Evaluation(Recorded):
    """A job evaluation of a role of the new structure: what shows its grade, who evaluated, whether pay is equal."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="evaluations")
    role = models.CharField(max_length=120)
    grade = models.CharField(max_length=20)
    points = models.SmallIntegerField()
    on = models.DateField()
    evaluators = models.CharField(max_length=200)
    reference = models.CharField(max_length=120)
    equal_pay = models.BooleanField(default=False)
    """Whether somebody compared the grade with work of equal value, and found it equal."""
    equal_pay_words = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["programme", "role"], name="evaluation_by_role")]

    def __str__(self) -> str:
        return f"{self.role} at {self.grade} in {self.programme_id}"


class Body(Recorded):
    """Whom the law says to consult: a recognised union, or representatives whom staff elected."""

    class Kind(models.TextChoices):
        UNION = "union", "recognised union"
        ELECTED = "elected", "elected representatives"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="bodies")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    speaks_for = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="body_once_in_a_programme")]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name


class Meeting(Recorded):
    """A dated step of the consultation: a proposal put forward, a meeting held, the close."""

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", "proposal put forward"
        MEETING = "meeting", "meeting"
        BRIEFING = "briefing", "briefing of all staff"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.DateField()
    words = models.TextField()
    bodies = models.ManyToManyField(Body, related_name="meetings", blank=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.programme_id} on {self.on}"


class Asked(Recorded):
    """A question or counter-proposal, who answers it and until when; the answer once there is one."""

    class Kind(models.TextChoices):
        QUESTION = "question", "question"
        COUNTER = "counter", "counter-proposal"

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "answered"
        ACCEPTED = "accepted", "accepted"
        PARTLY = "partly", "accepted in part"
        DECLINED = "declined", "declined, with reasons"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="asked")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="asked", null=True, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    on = models.DateField()
    words = models.TextField()
    owner = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="consultation_answers")
    answer_by = models.DateField()
    answer = models.TextField(blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answered_by__isnull=True, answer="", outcome="")
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="") & ~Q(outcome="")),
                name="asked_answered_whole",
            ),
        ]
        indexes = [models.Index(fields=["programme", "answer_by"], name="asked_by_day")]
        verbose_name_plural = "asked"

    def __str__(self) -> str:
        return f"{self.kind} of {self.on} in {self.programme_id}"


class Terms(Recorded):
    """What the programme proposes, as the law's papers ask for it. A change is a new row; the latest counts."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="terms")
    employer = models.CharField(max_length=200, blank=True)
    establishment = models.CharField(max_length=200, blank=True)
    reasons = models.TextField(blank=True)
    selecting = models.TextField(blank=True)
    carrying_out = models.TextField(blank=True)
    payments = models.TextField(blank=True)
    agency_number = models.SmallIntegerField(default=0)
    agency_part = models.CharField(max_length=200, blank=True)
    agency_work = models.CharField(max_length=200, blank=True)
    whom_to_ask = models.CharField(max_length=200, blank=True)
    proposed_on = models.DateField()
    statement_given = models.DateField(null=True, blank=True)
    notified_on = models.DateField(null=True, blank=True)
    first_notice = models.DateField(null=True, blank=True)
    first_dismissal = models.DateField(null=True, blank=True)
    last_dismissal = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "terms"

    def __str__(self) -> str:
        return f"terms of {self.programme_id} from {self.recorded_at}"


class Paper(Recorded):
    """A section 188 statement or an HR1 as it was made: each version is kept as it was, with its number."""

    class Kind(models.TextChoices):
        STATEMENT = "s188", "section 188 statement"
        NOTICE = "hr1", "advance notice HR1"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    version = models.SmallIntegerField()
    fields = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind", "version"], name="paper_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version} of {self.programme_id}"


class Publication(Recorded):
    """That the director published a programme's results. The database refuses it before every earlier stage is shown."""

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="publication")
    on = models.DateField()
    words = models.TextField()

    def __str__(self) -> str:
        return f"results of {self.programme_id} on {self.on}"


class Declaration(models.Model):
    """What somebody declared of themself, sealed: the application writes it and can read no row of it.

    Only counts of groups come out, by `restructure_counted` of migration 0002, and they are suppressed before a page.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    characteristic = models.CharField(max_length=20)
    answer = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "worker", "characteristic"], name="declaration_once_for_each"
            )
        ]

    def __str__(self) -> str:
        return f"a declaration in {self.programme_id}"
