"""What services there are. `DirectoryRecord` keeps each object as its source said it; the other tables are worked out.

A record is dated: a later import ends the old row and begins a new one; what a source no longer has is marked, never
deleted. Organisation, Service, Site and Opening are what questions are asked of, and are made anew from the records.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.models import Agency, Dated, Recorded
from rightplace.services.directory.projections import ServiceRequest


class Source(Recorded):
    """Whose directory something comes from; one of them is our own."""

    name = models.CharField(max_length=120, unique=True)
    own = models.BooleanField(default=False)
    checked = models.DateField(null=True)

    class Meta:
        db_table = "directory_source"

    def __str__(self) -> str:
        return self.name


class DirectoryRecord(Dated):
    """One object of the standard as its source gave it, the fields that no standard knows beside the others."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=40)
    ident = models.CharField(max_length=200)
    fields = models.JSONField()
    digest = models.CharField(max_length=64)
    checked = models.DateField()
    missing_since = models.DateField(null=True)

    class Meta(Dated.Meta):
        db_table = "directory_record"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["source", "kind", "ident"],
                condition=Q(ends__isnull=True),
                name="directory_record_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ident}"


class Organisation(models.Model):
    """An organisation that offers services, and the agency of ours that it is, where it has a desk here."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="organisations")
    ident = models.CharField(max_length=200)
    name = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    website = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=254, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    missing_since = models.DateField(null=True)

    class Meta:
        db_table = "directory_organisation"
        constraints = [
            models.UniqueConstraint(fields=["source", "ident"], name="directory_organisation_once")
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """One service as questions ask of it. What nobody said is null, never a guess."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="services")
    ident = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, related_name="services"
    )
    name = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    state = models.CharField(max_length=24)
    url = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=120, blank=True)
    alert = models.CharField(max_length=500, blank=True)
    youngest = models.FloatField(null=True)
    oldest = models.FloatField(null=True)
    free = models.BooleanField(null=True)
    cost = models.CharField(max_length=500, blank=True)
    languages = ArrayField(models.CharField(max_length=80), default=list)
    terms = ArrayField(models.CharField(max_length=200), default=list)
    taxonomies = ArrayField(models.CharField(max_length=200), default=list)
    headings = ArrayField(models.CharField(max_length=200), default=list)
    needs = ArrayField(models.CharField(max_length=40), default=list)
    areas = ArrayField(models.CharField(max_length=200), default=list)
    assured = models.DateField(null=True)
    modified = models.DateTimeField(null=True)
    missing_since = models.DateField(null=True)
    places = models.SmallIntegerField(null=True)
    places_said = models.DateField(null=True)

    class Meta:
        db_table = "directory_service"
        constraints = [models.UniqueConstraint(fields=["source", "ident"], name="directory_service_once")]
        indexes = [models.Index(fields=["name", "id"], name="directory_service_by_name")]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """Where a service is: a location, its square kilometre, and whether one gets in without steps."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="sites")
    ident = models.CharField(max_length=200)
    location = models.CharField(max_length=200)
    name = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=500, blank=True)
    postcode = models.CharField(max_length=40, blank=True)
    online = models.BooleanField(default=False)
    east = models.IntegerField(null=True)
    north = models.IntegerField(null=True)
    step_free = models.BooleanField(null=True)
    access = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "directory_site"

    def __str__(self) -> str:
        return self.name or self.ident


class Opening(models.Model):
    """When a service is open: days of the week or a rule in words, hours, and from when to when that holds."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="openings")
    site = models.CharField(max_length=200, blank=True)
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    days = ArrayField(models.SmallIntegerField(), default=list)
    rule = models.CharField(max_length=200, blank=True)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "directory_opening"

    def __str__(self) -> str:
        return f"{self.service_id}: {self.days}"


class Places(Recorded):
    """How many places a service has left, each time that it changed: said by the provider, taken, or given back."""

    class Why(models.TextChoices):
        SAID = "said", "said by the provider"
        TAKEN = "taken", "a family was given a place"
        BACK = "back", "a place was given back"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="places_kept")
    left = models.SmallIntegerField(null=True)
    why = models.CharField(max_length=8, choices=Why.choices)
    request = models.BigIntegerField(default=0)

    class Meta:
        db_table = "directory_places"
        indexes = [models.Index(fields=["service", "id"], name="directory_places_of")]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.left}"


class Intake(models.Model):
    """One directory that was taken in. The same again changes nothing."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="intakes")
    at = models.DateTimeField()
    by_worker = models.BigIntegerField()
    form = models.CharField(max_length=8)
    whole = models.BooleanField()
    counts = models.JSONField(default=dict)
    tables = models.JSONField(default=dict)
    notes = models.JSONField(default=list)

    class Meta:
        db_table = "directory_intake"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.source_id} {self.at}"


class IntakeRow(models.Model):
    """What became of one row of a directory that was taken in, with its line or pointer and what is odd about it."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "taken"
        CORRECTED = "corrected", "corrected"
        UNCHANGED = "unchanged", "unchanged"
        REPEATED = "repeated", "said before in the same directory"
        REFUSED = "refused", "refused"

    of = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=40)
    ident = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=300)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    doubtful = models.BooleanField(default=False)
    findings = models.JSONField(default=list)

    class Meta:
        db_table = "directory_intake_row"
        indexes = [models.Index(fields=["of", "outcome", "id"], name="directory_intake_row_by")]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}"


__all__ = [
    "DirectoryRecord", "Intake", "IntakeRow", "Opening", "Organisation", "Places", "Service", "ServiceRequest", "Site",
    "Source",
]  # fmt: skip
