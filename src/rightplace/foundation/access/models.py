"""Who may sign in, what is restricted, who opened what and why, and the audit of every reading.

Files are numbers here: the journal stands above this app. Restrictions and broken glass are read by row security too.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker


class Users(BaseUserManager["User"]):
    """Makes accounts; only an administrator's action does."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """An account with a password, or with none until one is set."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account of a worker. What it may do comes from memberships alone."""

    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    worker = models.OneToOneField(
        Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="user"
    )
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=clock.now)
    last_seen = models.DateTimeField(null=True, blank=True)
    password_is_first = models.BooleanField(default=False)
    """Somebody else knows it: whoever made the account, or renewed it. It is changed before anything is seen."""

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[Users] = Users()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="user_email_is_one_persons")
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"


class DemoMarker(models.Model):
    """Says that the people in this database are invented. Only the demo's seeding writes it."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seeded_at = models.DateTimeField()

    class Meta:
        db_table = "access_demo_marker"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="demo_marker_is_one_row")]

    def __str__(self) -> str:
        return "demo"


class Restriction(models.Model):
    """A file that only named workers open. A sealed one cannot be opened by one person's breaking the glass."""

    class Kind(models.IntegerChoices):
        RESTRICTED = 1, "restricted"
        SEALED = 2, "sealed"

    file = models.BigIntegerField()
    kind = models.SmallIntegerField(choices=Kind.choices)
    reason = models.TextField()
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "access_restriction"
        indexes = [models.Index(fields=["file"], name="restriction_by_file")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")),
                name="restriction_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True, ended_by__isnull=True)
                | Q(ends__isnull=False, ended_by__isnull=False),
                name="restriction_end_has_an_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file}"


class RestrictionMember(models.Model):
    """A worker who may open a restricted file all the same."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="members")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    begins = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "access_restriction_member"
        indexes = [models.Index(fields=["restriction", "worker"], name="restriction_member_by_worker")]

    def __str__(self) -> str:
        return f"{self.worker_id} may open {self.restriction_id}"


class AccessReason(models.Model):
    """Why somebody opened a file outside their own work; it holds for the day."""

    class Why(models.TextChoices):
        FAMILY = "family", "A brother, sister or parent is in my work"
        COVER = "cover", "I cover for a colleague"
        CALL = "call", "Somebody called or wrote about the child"
        SAME_CHILD = "same_child", "I check whether it is the same child"
        MANAGING = "managing", "Supervision, quality or a complaint"
        OTHER = "other", "Another reason, in my words"

    file = models.BigIntegerField()
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    role = models.SmallIntegerField()
    team = models.BigIntegerField()
    why = models.CharField(max_length=12, choices=Why.choices)
    words = models.TextField(blank=True)
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        db_table = "access_reason"
        indexes = [models.Index(fields=["worker", "day", "file"], name="reason_of_worker_that_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(why="other") | ~Q(words=""), name="other_reason_is_in_words")
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} opens {self.file}: {self.why}"


class BreakGlass(models.Model):
    """Somebody opened a restricted file in an emergency, for an hour; or, with a second person, a sealed one."""

    class Kind(models.IntegerChoices):
        RESTRICTED = 1, "restricted file"
        SEALED = 2, "sealed file"
        WITHDRAWN = 3, "withdrawn entries"

    class Outcome(models.TextChoices):
        RIGHT = "right", "It was right"
        NOT_NEEDED = "not_needed", "It was not needed; the worker was told why"
        WRONG = "wrong", "It was wrong; it is being looked into"

    file = models.BigIntegerField()
    kind = models.SmallIntegerField(choices=Kind.choices)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    role = models.SmallIntegerField()
    team = models.BigIntegerField()
    reason = models.TextField()
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opens = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    review_due = models.DateTimeField()
    reviewed_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    review_words = models.TextField(blank=True)

    class Meta:
        db_table = "access_break_glass"
        indexes = [models.Index(fields=["file", "worker"], name="break_glass_by_file")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="break_glass_has_a_reason"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, until__isnull=True)
                | Q(opens__isnull=False, until__isnull=False),
                name="break_glass_opens_for_a_time",
            ),
            models.CheckConstraint(
                condition=Q(kind=1) | Q(opens__isnull=True) | Q(confirmed_by__isnull=False),
                name="sealed_needs_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("worker")),
                name="nobody_is_their_own_second",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("worker")),
                name="nobody_reviews_their_own_glass",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} broke the glass of {self.file}"


class Alert(models.Model):
    """Something that information governance must see at once."""

    class Kind(models.TextChoices):
        BREAK_GLASS = "break_glass", "glass was broken"
        SECOND_WANTED = "second_wanted", "a second person is wanted"

    kind = models.CharField(max_length=14, choices=Kind.choices)
    role = models.SmallIntegerField()
    break_glass = models.ForeignKey(BreakGlass, on_delete=models.PROTECT, related_name="alerts")
    at = models.DateTimeField()
    seen_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "access_alert"
        indexes = [models.Index(fields=["role"], name="alert_unseen", condition=Q(seen_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.kind} {self.break_glass_id}"


class ReadAudit(models.Model):
    """One reading: who, in which role and team, saw which files, where and why. The database refuses to change it.

    No foreign keys, so that nothing can hold it up. Rows of one writer are chained; heads go into the journal's seals.
    """

    at = models.DateTimeField()
    worker = models.BigIntegerField()
    role = models.SmallIntegerField()
    team = models.BigIntegerField()
    what = models.CharField(max_length=80)
    files = ArrayField(models.BigIntegerField())
    found = models.IntegerField()
    reason = models.TextField(blank=True)
    purpose = models.CharField(max_length=80, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    chain = models.BigIntegerField()
    n = models.BigIntegerField()
    prev = models.BinaryField()
    digest = models.BinaryField()
    mac = models.BinaryField()

    class Meta:
        db_table = "access_read_audit"
        indexes = [
            GinIndex(fields=["files"], name="read_audit_by_file"),
            models.Index(fields=["worker", "at"], name="read_audit_by_worker"),
            models.Index(fields=["at"], name="read_audit_by_time"),
        ]
        constraints = [models.UniqueConstraint(fields=["chain", "n"], name="read_audit_one_place_in_a_chain")]

    def __str__(self) -> str:
        return f"{self.worker} {self.what}"


class ReadAuditSeal(models.Model):
    """The last row of each chain of the audit at a moment, packed; its digest goes into the journal's next seal."""

    at = models.DateTimeField()
    upto = models.BigIntegerField()
    heads = models.BinaryField()
    prev = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        db_table = "access_read_audit_seal"

    def __str__(self) -> str:
        return f"audit seal {self.pk}"
