"""A school's statement for a year: what was agreed, what was given, what it cost, what is due and paid.

Pages, PDF and spreadsheet all show these fields and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rightplace.services.funding.years import share_of

RULE = (
    "A family’s hours are split equally over its children, and each child’s part goes to the school that the child "
    "went to on that day. Siblings in two schools are so borne by both."
)
SMALL = "A number of one to seven children is not shown, nor one from which it could be worked out."
WORK = {
    "visit": "Visits to the family",
    "meeting": "Meetings of the team around the family",
    "telephone": "Telephone calls",
    "group": "Groups and courses",
    "writing": "Plans and letters",
    "travel": "Travel",
}
GRADES = {
    "family_support_worker": "family support worker",
    "senior_family_support_worker": "senior family support worker",
    "family_support_manager": "family support manager",
    "youth_worker": "youth worker",
}
OUTCOMES = {
    "helped": "Still being helped",
    "ended": "Help has ended",
    "down": "Stepped down: less was needed",
    "up": "Stepped up: more was needed",
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """What holds of the agreement in the year; `share` None: no share was agreed for it."""

    what_for: str
    begins: date
    ends: date | None
    share: int | None
    share_because: str
    share_by: str
    share_on: datetime | None


@dataclass(frozen=True, slots=True)
class Hours:
    """Time of one kind: how much, what it cost in whole pence; `unpriced` is time of which no price is known."""

    doing: str
    parts: int
    pence: int
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class Price:
    """What an hour of a grade costs from a day on, and how that is known."""

    grade: str
    doing: str
    begins: date
    pence: int
    source: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Due:
    """One term's contribution, as it is due now, and what has come in."""

    number: int
    term: int
    due: date
    pence: int
    paid: int

    @property
    def left(self) -> int:
        """What is still owed of it; never less than nothing."""
        return max(self.pence - self.paid, 0)


@dataclass(frozen=True)
class Standing:
    """How it stands with an agency's share in a year, at a glance: whether and what was agreed, what is due and paid."""

    year: int
    agreed: bool
    share: int | None
    due: int
    paid: int
    left: int


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One agency's year, in figures. Children are numbers here, and small numbers are not there."""

    agency: int
    name: str
    year: int
    counted: datetime
    agreed: Agreed | None
    hours: tuple[Hours, ...]
    pence: int
    prices: tuple[Price, ...]
    children: int | None
    outcomes: Mapping[str, int | None]
    dues: tuple[Due, ...]
    years: tuple[int, ...]

    @property
    def share_pence(self) -> int | None:
        """The agency's share of what the hours for its children cost; None without an agreed share."""
        if self.agreed is None or self.agreed.share is None:
            return None
        return share_of(self.pence, self.agreed.share)

    @property
    def parts(self) -> int:
        return sum(each.parts for each in self.hours)

    @property
    def unpriced(self) -> int:
        return sum(each.unpriced for each in self.hours)

    @property
    def due(self) -> int:
        return sum(each.pence for each in self.dues)

    @property
    def paid(self) -> int:
        return sum(each.paid for each in self.dues)

    @property
    def left(self) -> int:
        return sum(each.left for each in self.dues)

    @property
    def shows_hours(self) -> bool:
        """Hours by kind of work are told where the children are so many that they point at no family."""
        return self.children is not None
