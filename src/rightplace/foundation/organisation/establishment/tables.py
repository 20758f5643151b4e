"""Posts, seats, occupancies and what is particular to a worker. Every row is dated; the database keeps the promises.

Nobody shares a seat on one day, no seat goes beyond its post, nobody sits for more hours than the seat has: migration
0008 refuses it, whoever writes. What is vacant is worked out, never stored. Write through actions.py.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.dated import Dated, Recorded
from rightplace.foundation.organisation.rolecodes import RoleCode


class Profession(models.TextChoices):
    """The profession that a post asks for, or that a worker has; the first four make up family support."""

    YOUTH_WORK = "youth_work", "youth work"
    CAREERS = "careers", "careers"
    FAMILY_SUPPORT = "family_support", "family support"
    EARLY_YEARS = "early_years", "early years"
    SOCIAL_WORK = "social_work", "social work"
    MANAGEMENT = "management", "management"
    OTHER = "other", "another profession"


FOUR_PROFESSIONS = (
    Profession.YOUTH_WORK, Profession.CAREERS, Profession.FAMILY_SUPPORT, Profession.EARLY_YEARS,
)  # fmt: skip


class Post(Dated):
    """A budgeted job in a team. What it is stays as it was: a change is a new post with a lineage."""

    reference = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=120)
    grade = models.CharField(max_length=20)
    profession = models.CharField(max_length=16, choices=Profession.choices)
    role = models.SmallIntegerField(choices=[(code.value, code.name) for code in RoleCode])
    team = models.ForeignKey("organisation.Team", on_delete=models.PROTECT, related_name="posts")
    funding = models.CharField(max_length=80)
    hours = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(hours__gt=0), name="post_has_hours"),
        ]
        indexes = [models.Index(fields=["team", "begins"], name="post_by_team")]

    def __str__(self) -> str:
        return f"{self.title} ({self.reference})"


class Freeze(Dated):
    """Days on which a post may not be filled, and why. Once at a time for a post."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="freezes")
    because = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.post_id} frozen from {self.begins}"


class Seat(Dated):
    """A place in a post: the whole of it, a part-time share, one half of a job share."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="seats")
    number = models.SmallIntegerField()
    hours = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(hours__gt=0), name="seat_has_hours"),
            models.UniqueConstraint(fields=["post", "number"], name="seat_number_once"),
        ]

    def __str__(self) -> str:
        return f"seat {self.number} of {self.post_id}"


class Occupancy(Dated):
    """A worker who sits in a seat. One at a time: who is away for long keeps a right to it and sits no more (`Kept`)."""

    class Kind(models.TextChoices):
        SUBSTANTIVE = "substantive", "substantive"
        FIXED_TERM = "fixed_term", "fixed term"
        ACTING_UP = "acting_up", "acting up"
        MATERNITY_COVER = "maternity_cover", "cover for a maternity or other long leave"
        AGENCY = "agency", "agency"
        SECONDMENT = "secondment", "seconded"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="occupancies")
    worker = models.ForeignKey("organisation.Worker", on_delete=models.PROTECT, related_name="occupancies")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    hours = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(hours__gt=0), name="occupancy_has_hours"),
        ]
        indexes = [models.Index(fields=["worker", "begins"], name="occupancy_by_worker")]

    def __str__(self) -> str:
        return f"{self.worker_id} in seat {self.seat_id}"


class Kept(Dated):
    """A seat to which a worker has the right to come back. The seat's own post is the one that counts for the worker."""

    class Why(models.TextChoices):
        FAMILY_LEAVE = "family_leave", "maternity, paternity, adoption or shared parental leave"
        ACTING_UP = "acting_up", "acting up in another post"
        SECONDMENT = "secondment", "seconded elsewhere"
        LONG_ABSENCE = "long_absence", "another long absence"

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="kept_for")
    worker = models.ForeignKey("organisation.Worker", on_delete=models.PROTECT, related_name="kept_seats")
    why = models.CharField(max_length=16, choices=Why.choices)

    def __str__(self) -> str:
        return f"seat {self.seat_id} kept for {self.worker_id}"


class Contract(Dated):
    """The hours a week for which a worker is employed, and on what basis. One at a time."""

    class Basis(models.TextChoices):
        PERMANENT = "permanent", "permanent"
        FIXED_TERM = "fixed_term", "fixed term"
        AGENCY = "agency", "through an agency"
        SECONDED = "seconded", "seconded from a partner"

    worker = models.ForeignKey("organisation.Worker", on_delete=models.PROTECT, related_name="contracts")
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    basis = models.CharField(max_length=12, choices=Basis.choices, default=Basis.PERMANENT)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(hours__gt=0), name="contract_has_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} for {self.hours} hours"


class Particulars(Dated):
    """What a worker brings: profession, registration, skills, languages, experience. One at a time.

    The register's number is not kept, only that it was seen and until when it holds: the register is public.
    """

    worker = models.ForeignKey("organisation.Worker", on_delete=models.PROTECT, related_name="particulars")
    profession = models.CharField(max_length=16, choices=Profession.choices)
    in_profession_since = models.DateField(null=True, blank=True)
    qualified = models.DateField(null=True, blank=True)
    registered = models.BooleanField(default=False)
    registered_until = models.DateField(null=True, blank=True)
    skills = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    class Meta(Dated.Meta):
        verbose_name_plural = "particulars"

    def __str__(self) -> str:
        return f"{self.worker_id}: {self.profession}"


class Leaver(Recorded):
    """A worker who left the authority, and why: a code of the national workforce census, never free words."""

    worker = models.ForeignKey("organisation.Worker", on_delete=models.PROTECT, related_name="leavings")
    on = models.DateField()
    reason = models.CharField(max_length=4)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="leavers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "on"], name="leaver_once_on_a_day")]

    def __str__(self) -> str:
        return f"{self.worker_id} left on {self.on}"


class Lineage(Recorded):
    """What became of a post: which post goes on from which, in a change or a reorganisation."""

    class Kind(models.TextChoices):
        CONTINUED = "continued", "goes on as it was, under a new number"
        MOVED = "moved", "moved to another team"
        CHANGED = "changed", "title, grade, hours or funding changed"
        MERGED = "merged", "merged with others"
        SPLIT = "split", "split into several"

    before = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="became")
    after = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="came_from")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    because = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="lineage_said_once"),
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="lineage_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.after_id} from {self.before_id}"
