"""Agreements, families with what partners noticed, and what was seen and decided. Names and words are sealed.

A signal is not record: it is deleted on its day. What lies here in the clear is a kind, days, an area and who gave it.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from rightplace.foundation.organisation.models import Agency, Dated, Worker


class Feed(Dated):
    """An agreement by which an agency gives signals: which, on what basis, for what, until when, who agreed."""

    class Basis(models.TextChoices):
        PUBLIC_TASK = "public task", "Public task: it is our or their duty by law"
        LEGAL_OBLIGATION = "legal obligation", "Legal obligation: a law says that it must be shared"
        VITAL_INTERESTS = "vital interests", "Vital interests: somebody’s life is in danger"
        LEGITIMATE_INTERESTS = (
            "legitimate interests",
            "Legitimate interests: for voluntary and private bodies",
        )

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kinds = ArrayField(models.CharField(max_length=40))
    lawful_basis = models.CharField(max_length=24, choices=Basis.choices)
    purpose = models.TextField()
    retention_days = models.SmallIntegerField()
    expires = models.DateField()
    renews = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewals"
    )
    service_agreed_by = models.ForeignKey(
        Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service_agreed_at = models.DateTimeField(null=True, blank=True)
    governance_agreed_by = models.ForeignKey(
        Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    governance_agreed_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(blank=True)

    class Meta(Dated.Meta):
        db_table = "signals_feed"
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(expires__gt=F("begins")), name="feed_expires_after_it_begins"),
            models.CheckConstraint(condition=Q(retention_days__gt=0), name="feed_keeps_for_days"),
            models.CheckConstraint(
                condition=Q(service_agreed_by__isnull=True)
                | Q(governance_agreed_by__isnull=True)
                | ~Q(service_agreed_by=F("governance_agreed_by")),
                name="feed_is_agreed_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"


class Family(models.Model):
    """Signals that may be about one family. The joining is a suggestion: a person can part it."""

    class State(models.TextChoices):
        WAITING = "waiting", "waits to be looked at"
        NOT_NOW = "not now", "not now"
        SCHOOL_FIRST = "school first", "the school is asked first"
        NOT = "not", "not taken up"
        TAKEN_UP = "taken up", "taken up"

    id = models.BigIntegerField(primary_key=True)
    area = models.SmallIntegerField()
    begun = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    look_on = models.DateField(null=True, blank=True)
    salt = models.BinaryField(max_length=16)
    parted_from = models.BigIntegerField(default=0)

    class Meta:
        db_table = "signals_family"
        indexes = [models.Index(fields=["area", "state"], name="signals_family_of_area")]

    def __str__(self) -> str:
        return f"family {self.pk}"


class Signal(models.Model):
    """One thing that a partner noticed, sealed with a key of its own that goes when the signal goes.

    Once taken up the words are in the journal alone, once taken back they are nowhere; the shell stays until its day, so
    that the same is not taken twice.
    """

    class Why(models.TextChoices):
        FIRST = "first", "the first of this family"
        CHILD = "child", "the same child"
        HOME = "home", "the same surname at the same address"
        ADULT = "adult", "the same adult and surname"
        PERSON = "person", "put here by a person"

    id = models.BigIntegerField(primary_key=True)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="signals")
    agency = models.BigIntegerField()
    sender_id = models.CharField(max_length=64)
    body_mac = models.BinaryField(max_length=16)
    kind = models.CharField(max_length=40)
    noticed = models.DateField()
    received = models.DateTimeField()
    delete_on = models.DateField()
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="signals")
    why = models.CharField(max_length=8, choices=Why.choices)
    given_by = models.BigIntegerField()
    seen = models.DateTimeField(null=True, blank=True)
    kept_since = models.DateField(null=True, blank=True)
    taken_up = models.BooleanField(default=False)
    taken_back = models.DateTimeField(null=True, blank=True)
    salt = models.BinaryField(max_length=16, null=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "signals_signal"
        indexes = [
            models.Index(fields=["delete_on"], name="signals_by_day"),
            models.Index(fields=["received"], name="signals_by_arrival"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agency", "sender_id"], name="signals_once_from_a_sender"),
            models.CheckConstraint(
                condition=Q(taken_up=True, salt__isnull=True, sealed__isnull=True)
                | Q(taken_up=False, salt__isnull=False, sealed__isnull=False)
                | Q(taken_up=False, taken_back__isnull=False),
                name="signals_taken_up_is_a_shell",
            ),
        ]

    def __str__(self) -> str:
        return f"signal {self.pk}"


LIVE = Q(taken_up=False, taken_back__isnull=True)
"""Signals that are here for a person to look at: neither taken up nor taken back."""
LIVE_IN_FAMILY = Q(signals__taken_up=False, signals__taken_back__isnull=True)


class GivenSignal(Signal):
    """A signal as the agency that gave it sees it: which kind, when, under which number; never what became of it."""

    class Meta:
        proxy = True


class TakenUpAs(models.Model):
    """In which entry of which child's file a signal was taken up, until the shell of the signal goes on its day."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="entries")
    file = models.BigIntegerField()
    entry = models.BigIntegerField()

    class Meta:
        db_table = "signals_taken_up_as"
        constraints = [
            models.UniqueConstraint(fields=["signal", "entry"], name="signals_taken_up_once_in_entry")
        ]

    def __str__(self) -> str:
        return f"{self.signal_id} in {self.entry}"


class TakenBack(models.Model):
    """An agency took back what was taken up before: it waits for the team that acted on it. The words are sealed.

    The children's files are corrected already. Once somebody has read it the words stand in the correction alone.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    agency = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    noticed = models.DateField()
    family = models.BigIntegerField()
    area = models.SmallIntegerField()
    files = ArrayField(models.BigIntegerField())
    because = models.CharField(max_length=24)
    salt = models.BinaryField(max_length=16, null=True)
    sealed = models.BinaryField(null=True)
    read = models.DateTimeField(null=True, blank=True)
    read_by = models.BigIntegerField(default=0)

    class Meta:
        db_table = "signals_taken_back"
        indexes = [
            models.Index(fields=["area"], condition=Q(read__isnull=True), name="signals_taken_back_unread")
        ]

    def __str__(self) -> str:
        return f"taken back {self.pk}"


class SignalKey(models.Model):
    """A keyed hash by which signals about one family meet. It tells nothing without the service's key."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="keys")
    why = models.CharField(max_length=8)
    key = models.BinaryField(max_length=16)

    class Meta:
        db_table = "signals_key"
        indexes = [models.Index(fields=["key"], name="signals_key_meets")]

    def __str__(self) -> str:
        return f"key {self.pk}"


class Noted(models.Model):
    """What was seen and decided: day, author, kind and agency, never what a signal said.

    The author's own words about a family are sealed with the family's key and go with the family.
    """

    class What(models.TextChoices):
        SEEN = "seen", "seen"
        TAKEN_UP = "taken up", "taken up"
        NOT_NOW = "not now", "not now"
        SCHOOL_FIRST = "school first", "the school is asked first"
        NOT = "not", "not taken up"
        PARTED = "parted", "parted from the family"
        TAKEN_BACK = "taken back", "taken back by who gave it"
        READ = "read", "what was taken back after it was taken up was read"
        DELETED = "deleted", "deleted on its day"
        HELD = "held", "a legal hold was asked for"
        HOLD_CONFIRMED = "confirmed", "the legal hold was confirmed"
        HOLD_LIFTED = "lifted", "the legal hold was lifted"
        KEPT = "kept", "not deleted on its day: a legal hold"

    at = models.DateTimeField()
    what = models.CharField(max_length=12, choices=What.choices)
    worker = models.BigIntegerField()
    role = models.SmallIntegerField()
    team = models.BigIntegerField()
    family = models.BigIntegerField()
    area = models.SmallIntegerField()
    agency = models.BigIntegerField(default=0)
    kinds = ArrayField(models.CharField(max_length=40), default=list)
    because = models.CharField(max_length=24, blank=True)
    look_on = models.DateField(null=True, blank=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "signals_noted"
        indexes = [
            models.Index(fields=["area", "-at"], name="signals_noted_of_area"),
            models.Index(fields=["family"], name="signals_noted_of_family"),
        ]

    def __str__(self) -> str:
        return f"{self.what} at {self.at}"


class Hold(Dated):
    """A legal hold: what is here about a family stays past its day until somebody else lifts it.

    What it is for stands in the clear, the words of who asked and who lifted are sealed with the family's key.
    """

    class Why(models.TextChoices):
        CLAIM = "claim", "A claim or a complaint"
        COURT = "court", "A court or a tribunal"
        POLICE = "police", "A police enquiry"
        REVIEW = "review", "A child safeguarding practice review, or an inquiry"
        REQUEST = "request", "Somebody asks what is held about them"
        OTHER = "other", "Something else"

    family = models.BigIntegerField()
    area = models.SmallIntegerField()
    why = models.CharField(max_length=12, choices=Why.choices)
    sealed = models.BinaryField()
    confirmed_by = models.ForeignKey(
        Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_sealed = models.BinaryField(null=True)

    class Meta(Dated.Meta):
        db_table = "signals_hold"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["family"], condition=Q(ends__isnull=True), name="signals_held_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                name="signals_hold_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(end_recorded_by__isnull=True) | ~Q(end_recorded_by=F("recorded_by")),
                name="signals_hold_is_lifted_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class Tally(models.Model):
    """How many signals of a kind an agency gave in a month, and what became of them. Nobody can be told from it."""

    agency = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    month = models.DateField()
    what = models.CharField(max_length=40)
    number = models.IntegerField()

    class Meta:
        db_table = "signals_tally"
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "month", "what"], name="signals_tally_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.month}: {self.number}"
