"""Courses, who took them, certificates, and supervised first years. What somebody reflects on lies sealed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.models import Dated, Recorded, Worker


class Course(Dated):
    """A course that is offered from a day on: what it is about, who gives it, how long, at what cost for each."""

    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=32)
    provider = models.CharField(max_length=120)
    days = models.DecimalField(max_digits=4, decimal_places=1)
    cost_pence = models.IntegerField(null=True, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["title", "begins"], name="course_title_once"),
            models.CheckConstraint(condition=Q(days__gt=0), name="course_takes_time"),
        ]

    def __str__(self) -> str:
        return self.title


class Booking(Recorded):
    """A worker and a course on a day: booked, then attended or not, then reflected on in the worker's own words."""

    class State(models.TextChoices):
        BOOKED = "booked", "booked"
        ATTENDED = "attended", "attended"
        MISSED = "missed", "did not take place for this worker"
        CANCELLED = "cancelled", "cancelled"

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="bookings")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="bookings")
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    sealed_reflection = models.BinaryField(default=bytes)
    reflected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "course", "on"], name="booking_once")]
        indexes = [models.Index(fields=["course", "on"], name="booking_by_course")]

    def __str__(self) -> str:
        return f"{self.worker_id} in {self.course_id} on {self.on}"


class Certificate(Recorded):
    """What a worker got for a course, as it was taken in. Its name and its bytes are sealed."""

    id = models.BigIntegerField(primary_key=True)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=8)
    size = models.IntegerField()
    sealed_name = models.BinaryField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"certificate {self.pk}"


class FirstYear(Dated):
    """A worker's supervised first year in the profession, and who supervises it."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="first_years")
    supervisor = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["worker"], name="first_year_once"),
        ]

    def __str__(self) -> str:
        return f"first year of {self.worker_id}"


class FirstYearReview(Recorded):
    """One review of a first year, due from its beginning: the supervisor's word and the worker's own, both sealed."""

    year = models.ForeignKey(FirstYear, on_delete=models.PROTECT, related_name="reviews")
    month = models.SmallIntegerField()
    due = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    sealed_words = models.BinaryField(default=bytes)
    sealed_own = models.BinaryField(default=bytes)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "month"], name="first_year_review_once")]

    def __str__(self) -> str:
        return f"review after {self.month} months of {self.year_id}"
