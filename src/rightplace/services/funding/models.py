"""Agreements, shares by year, contributions, payments, unit costs and budgets. Recorded, never written over.

What is said anew is a new row with its reason; of two rows about the same thing the one recorded last holds. Money is
whole pence; a share is in hundredths of a per cent, so that every sum is exact. A year is the financial year, named
by the calendar year in which it begins (1 April).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from rightplace.foundation.organisation.models import Agency, Dated, Recorded, Team
from rightplace.services.funding.projections import TimeOfChild as TimeOfChild

WHOLE = 10_000
"""A share of one hundred per cent."""


class Agreement(Dated):
    """What an agency and the council agreed to pay for together, and from when until when."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements")
    what_for = models.CharField(max_length=200)
    because = models.TextField()
    ended_because = models.TextField(blank=True)

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["agency", "begins"], name="funding_agreement_agency")]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.what_for}"


class Share(Recorded):
    """Which part of the cost the agency bears in one year."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="shares")
    year = models.SmallIntegerField()
    hundredths = models.SmallIntegerField()
    because = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hundredths__gte=0, hundredths__lte=WHOLE), name="funding_share_is_a_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.year}: {self.hundredths / 100:g} per cent"


class Contribution(Recorded):
    """What an agency is to pay for one term, and by when."""

    class Term(models.IntegerChoices):
        SUMMER = 1, "summer term"
        AUTUMN = 2, "autumn term"
        SPRING = 3, "spring term"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="contributions")
    year = models.SmallIntegerField()
    term = models.SmallIntegerField(choices=Term.choices)
    due = models.DateField()
    pence = models.BigIntegerField()
    because = models.TextField(blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        indexes = [models.Index(fields=["year", "due"], name="funding_contribution_due")]
        constraints = [
            models.CheckConstraint(condition=Q(pence__gte=0), name="funding_contribution_not_negative"),
            models.UniqueConstraint(
                fields=["agreement", "year", "term"],
                condition=Q(replaces__isnull=True),
                name="funding_contribution_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.year} {self.term}: {self.pence}"


class Payment(Recorded):
    """Money that came in; a reversal takes one back, with its reason."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="payments")
    year = models.SmallIntegerField()
    term = models.SmallIntegerField(choices=Contribution.Term.choices)
    on = models.DateField()
    pence = models.BigIntegerField()
    reference = models.CharField(max_length=60, blank=True)
    because = models.TextField(blank=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, pence__gt=0) | Q(reverses__isnull=False, pence__lt=0),
                name="funding_payment_or_reversal",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.on}: {self.pence}"


class UnitCost(Recorded):
    """What an hour costs from a day on, by grade and by what is done; nothing said of what is done: whatever it is."""

    grade = models.CharField(max_length=40)
    doing = models.CharField(max_length=40, blank=True)
    begins = models.DateField()
    pence = models.IntegerField()
    source = models.CharField(max_length=200)
    assumed = models.BooleanField()
    because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pence__gt=0), name="funding_unit_cost_is_something")
        ]

    def __str__(self) -> str:
        return f"{self.grade} from {self.begins}: {self.pence}"


class Budget(Recorded):
    """What a team may spend in a year, and where the figure is from."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="budgets")
    year = models.SmallIntegerField()
    pence = models.BigIntegerField()
    source = models.CharField(max_length=200)
    assumed = models.BooleanField()
    because = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["year", "team"], name="funding_budget_of_year")]
        constraints = [models.CheckConstraint(condition=Q(pence__gte=0), name="funding_budget_not_negative")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.year}: {self.pence}"


class TermCounted(models.Model):
    """One term's work for a school's children as the school is told of it: counted once after the term, then kept.

    Nothing recounts it, so that no child can be read from the difference of two countings. `told` holds only what may
    be shown; None: so few children that they are told together with the next term.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    begins = models.DateField()
    ends = models.DateField()
    counted = models.DateTimeField()
    told = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "ends"], name="funding_term_counted_once")]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.begins} to {self.ends}"
