"""Invented families of two schools, and the time that was given to them, for the tests of funding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.entries.schooling import SchoolRecorded
from rightplace.foundation.journal.writing import NewFile, new_id, write
from rightplace.foundation.organisation.models import Agency, School
from rightplace.services.funding import actions
from rightplace.services.funding.models import Agreement
from rightplace.testing.organisation import SmallCity

STARTED = date(2025, 9, 1)
THIS_YEAR = 2025


def school_named(name: str) -> Agency:
    """A school of the small city."""
    return School.objects.get(agency__name=name).agency


def child_of(city: SmallCity, school: int, name: str = "Asha") -> int:
    """A child who goes to a school since September; 0: to none."""
    file = new_id()
    drafts = [
        Draft(
            file=file, body=IdentityRecorded(given=name, family="Invented"), day=STARTED.toordinal(), at=None
        ),
        Draft(file=file, body=SchoolRecorded(school=school), day=STARTED.toordinal(), at=None),
    ]
    write(drafts, by=city.family_support_worker.actor, may="note.write", opening=[NewFile(file)])
    return file


def gave(
    city: SmallCity, files: Sequence[int], minutes: int, day: date = date(2026, 1, 12), doing: str = "visit"
) -> None:
    """Time given to a family by the area's family support worker."""
    actions.record_time(
        files=files, lasted=minutes, doing=doing, at_grade="family_support_worker", day=day,
        by=city.family_support_worker.actor,
    )  # fmt: skip


def priced(city: SmallCity, pence: int = 4_000, begins: date = date(2025, 4, 1), **more: object) -> None:
    """What an hour costs."""
    said = {"grade": "family_support_worker", "doing": "", "source": "Example pay scale with on-costs",
            "assumed": False, "because": "The year's figure."} | more  # fmt: skip
    actions.set_unit_cost(begins=begins, pence=pence, by=city.head_of_service.actor, **said)  # type: ignore[arg-type]


def agreed(city: SmallCity, agency: Agency, share: int = 5_000, pence: int = 300_001) -> Agreement:
    """Half of the cost in the first year, then two thirds of that."""
    return actions.make_agreement(
        agency=agency, what_for="Family support for our pupils", begins=date(2025, 4, 1),
        shares={THIS_YEAR: share, THIS_YEAR + 1: 3_333}, yearly={THIS_YEAR: pence},
        because="Schools Forum, 4 March 2025.", by=city.head_of_service.actor,
    )  # fmt: skip
