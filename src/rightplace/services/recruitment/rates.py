"""What an hour costs by grade, through an agency and employed: said from a day on, never changed backwards. Its only writer.

A rate that the council has said holds before the sample of the local list, grade by grade.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.recruiting import Rate, local_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import end_row, recorded
from rightplace.services.recruitment.models import AgencyRate

KEEP = "recruitment.keep"


@dataclass(frozen=True)
class Rates:
    """What an hour costs on a day: what the council said, and the sample where it said nothing."""

    own: Mapping[str, AgencyRate]
    sample: Mapping[str, Rate]
    sample_source: str

    @property
    def grades(self) -> Sequence[str]:
        return sorted(self.own.keys() | self.sample.keys())

    def rate(self, grade: str) -> Rate | None:
        """The rate of a grade; a grade marked with a plus has that of the grade without."""
        plain = grade.rstrip("+")
        said = self.own.get(grade) or self.own.get(plain)
        if said is not None:
            return Rate(grade, said.agency, said.employed)
        return self.sample.get(plain)


def rates_on(day: date) -> Rates:
    """The rates of a day. One question."""
    local = local_on(day)
    own = {row.grade: row for row in AgencyRate.objects.filter(holding(day)).select_related("recorded_by")}
    return Rates(own, {rate.grade: rate for rate in local.rates}, local.source)


@transaction.atomic
def say_rate(*, grade: str, agency: int, employed: int, begins: date, source: str, by: Actor) -> AgencyRate:
    """Say what an hour of a grade costs from a day on, in pence. What was said before ends on that day."""
    require(by, KEEP)
    if not grade.strip() or not source.strip():
        raise Refused(
            "A rate has a grade and a source.", "Say for which grade, and which contract or list says it."
        )
    if min(agency, employed) <= 0:
        raise Refused("An hour costs something.", "Give both costs in pounds and pence.")
    for row in AgencyRate.objects.select_for_update().filter(grade=grade.strip(), ends=None):
        if row.begins >= begins:
            raise Refused(
                f"A rate from {row.begins:%-d %B %Y} was said already.",
                "Give a later day from which the new one holds.",
            )
        end_row(row, begins, by)
    return AgencyRate.objects.create(
        grade=grade.strip(), agency=agency, employed=employed, begins=begins, source=source.strip(), **recorded(by)
    )  # fmt: skip
