"""Who there is to answer for a child: areas, agencies, schools, teams, workers. Every row is dated.

A row holds from `begins` until the day before `ends`; it also knows when it was recorded and by whom, and the same of
its end. An end is recorded, a row is never deleted. Write through actions.py.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from rightplace.foundation.organisation.dated import Dated as Dated
from rightplace.foundation.organisation.dated import Recorded as Recorded
from rightplace.foundation.organisation.establishment import tables as establishment
from rightplace.foundation.organisation.programme import tables as programme
from rightplace.foundation.organisation.rolecodes import RoleCode


class Area(models.Model):
    """One of the sixteen areas, in a quarter of the city; the number is the one in places/areas.toml."""

    id = models.SmallIntegerField(primary_key=True)
    key = models.CharField(max_length=40, unique=True)
    quarter = models.CharField(max_length=10)
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.quarter.capitalize()}: {self.name}"


class AreaSquare(models.Model):
    """A square kilometre of the National Grid and the area that answers for it."""

    east = models.SmallIntegerField()
    north = models.SmallIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="squares")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["east", "north"], name="areasquare_in_one_area")]

    def __str__(self) -> str:
        return f"{self.east} {self.north}"


class Agency(Dated):
    """An organisation that works with children: the authority itself, or a partner."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", "the local authority"
        POLICE = "police", "police"
        HEALTH = "health", "health"
        EDUCATION = "education", "education"
        HOUSING = "housing", "housing"
        VOLUNTARY = "voluntary", "voluntary and community"
        PROBATION = "probation", "probation"
        OTHER = "other", "another agency"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    phone = models.CharField(max_length=30, blank=True)

    class Meta(Dated.Meta):
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """What is particular to an agency that is a school."""

    class Phase(models.TextChoices):
        NURSERY = "nursery", "nursery"
        PRIMARY = "primary", "primary"
        SECONDARY = "secondary", "secondary"
        ALL_THROUGH = "all_through", "all-through"
        SPECIAL = "special", "special"
        COLLEGE = "college", "college"

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, primary_key=True, related_name="school")
    urn = models.IntegerField(unique=True)
    phase = models.CharField(max_length=12, choices=Phase.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="schools")

    def __str__(self) -> str:
        return self.agency.name


class SchoolListing(Dated):
    """What the national list says of a school, from one list until the next list that says otherwise."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="listings")
    authority = models.CharField(max_length=3)
    number = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=80, blank=True)
    phase = models.CharField(max_length=12, choices=School.Phase.choices)
    postcode = models.CharField(max_length=8)
    youngest = models.SmallIntegerField(null=True, blank=True)
    oldest = models.SmallIntegerField(null=True, blank=True)
    pupils = models.IntegerField(null=True, blank=True)
    free_meals = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.school_id} as listed from {self.begins}"


class SchoolSuccession(Recorded):
    """A school that closed, and the one that went on from it."""

    before = models.ForeignKey(School, on_delete=models.PROTECT, related_name="successors")
    after = models.ForeignKey(School, on_delete=models.PROTECT, related_name="predecessors")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["before", "after"], name="succession_said_once")]

    def __str__(self) -> str:
        return f"{self.after_id} after {self.before_id}"


class Team(Dated):
    """A team that can answer for children, or a partner's desk. It has a named manager through a membership."""

    class Kind(models.TextChoices):
        FRONT_DOOR = "front_door", "front door"
        OUT_OF_HOURS = "out_of_hours", "out of hours"
        FAMILY_SUPPORT = "family_support", "family support"
        ASSESSMENT = "assessment", "assessment"
        SAFEGUARDING = "safeguarding", "safeguarding"
        CARE = "care", "children in care"
        LEAVING_CARE = "leaving_care", "leaving care"
        CONFERENCE_CHAIRS = "conference_chairs", "conference chairs and reviewing officers"
        IMPORTED = "imported", "imported, to be confirmed"
        LEADERSHIP = "leadership", "heads of service and the director"
        ASSURANCE = "assurance", "analysis, audit, information governance and administration"
        PARTNER_DESK = "partner_desk", "a school's or partner's desk"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="teams")
    phone = models.CharField(max_length=30, blank=True)

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["kind", "area"], name="team_by_kind_and_area")]

    def __str__(self) -> str:
        return self.name


class TeamArea(Dated):
    """An area that a team serves besides its own, from a day on: it took it from a team that ended."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="areas_taken")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="taken_by")

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["area", "team"], name="teamarea_by_area")]

    def __str__(self) -> str:
        return f"{self.team_id} serves {self.area_id}"


class Worker(Dated):
    """Somebody, or a named rule, who can sign: staff, a partner's colleague, the public's form, a rule."""

    class Kind(models.TextChoices):
        STAFF = "staff", "staff"
        PARTNER = "partner", "partner"
        RULE = "rule", "rule"
        PUBLIC = "public", "the public"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="workers"
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(Dated):
    """A worker in a team, in one role. Nobody is twice in the same role of a team on one day (migration 0002)."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.SmallIntegerField(choices=[(code.value, code.name) for code in RoleCode])

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["team", "role"], name="membership_by_team_and_role")]

    def __str__(self) -> str:
        return f"{self.worker_id} in {self.team_id} as {self.role}"


class Absence(Dated):
    """Days on which a worker is away, and who covers. Why is nobody's business here."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="absences")
    cover = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="covers")

    def __str__(self) -> str:
        return f"{self.worker_id} away from {self.begins}"


class LinkPerson(Dated):
    """The family support worker who is a school's link person; a school always has one once it had one.

    A row that was `handed_over` came of somebody's leaving: it stands until a person names the next.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="link_people")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="link_schools")
    handed_over = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.worker_id} for {self.school_id}"


class Rota(Recorded):
    """A spell on the out-of-hours rota, between two instants."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="rota")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="rota")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="rota_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} from {self.begins_at}"


class Pilot(Dated):
    """A way of working that is on for an area, a quarter or the whole city from a day; the rest is its comparison."""

    class Way(models.TextChoices):
        JOINT_RESPONSE = "joint_response", "joint response"
        OTHER = "other", "another way of working"

    title = models.CharField(max_length=120)
    way = models.CharField(max_length=20, choices=Way.choices)
    quarter = models.CharField(max_length=10, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="pilots")
    agency_kinds = ArrayField(models.CharField(max_length=12, choices=Agency.Kind.choices), default=list)
    decided_by = models.CharField(max_length=200)
    because = models.TextField()
    measured = models.TextField()
    expected = models.TextField()
    ended_because = models.TextField(blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(quarter="") | Q(area__isnull=True), name="pilot_in_a_quarter_or_an_area"
            ),
        ]
        indexes = [models.Index(fields=["way", "begins"], name="pilot_by_way")]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> str:
        """Where it is on, in words."""
        if self.area is not None:
            return str(self.area)
        return f"{self.quarter.capitalize()} of the city" if self.quarter else "The whole city"


class DemoClock(models.Model):
    """When the demonstration's clock was started, in real time and in its own. One row; read in demo mode only."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    started_real = models.DateTimeField()
    started_demo = models.DateTimeField()

    class Meta:
        db_table = "organisation_demo_clock"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="demo_clock_is_one_row")]

    def __str__(self) -> str:
        return f"{self.started_demo}"


PROGRAMME = (programme.Programme, programme.ProgrammePost)
ESTABLISHMENT = (establishment.Post, establishment.Seat, establishment.Occupancy)
"""The tables of posts and of programmes have modules of their own; named here, Django finds them."""
