"""A school's statement for a year: what was agreed, what was given, what it cost, what is due and paid.

Pages, PDF and spreadsheet all show these fields and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rightplace.domain.evidence import apportion
from rightplace.services.funding.years import share_of

RULE = (
    "A family’s hours are split equally over its children, and each child’s part goes to the school that the child "
    "went to on that day. Siblings in two schools are so borne by both."
)
SMALL = "A number of one to seven children is not shown, nor one from which it could be worked out."
COUNTED = (
    "A term is counted once, ten days after its end, and not again: what is written down later is told with the next "
    "term. A term in which fewer than eight children were helped is told together with the next. Work for few children "
    "of one kind is put with other work."
)
IN_MORE = "A child who is helped in two terms stands in both, so the terms are not added up."
OTHER_WORK = "other"
WORK = {
    "visit": "Visits to the family",
    "meeting": "Meetings of the team around the family",
    "telephone": "Telephone calls",
    "group": "Groups and courses",
    "writing": "Plans and letters",
    "travel": "Travel",
    OTHER_WORK: "Other work, together",
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
class Term:
    """A term that was counted, or terms that were counted together: eight children at least."""

    begins: date
    ends: date
    counted: datetime
    children: int
    hours: tuple[Hours, ...]
    outcomes: Mapping[str, int | None]

    def of(self, doing: str) -> Hours | None:
        """The work of one kind; None: there was none, or it is told with other work."""
        return next((each for each in self.hours if each.doing == doing), None)

    @property
    def parts(self) -> int:
        return sum(each.parts for each in self.hours)

    @property
    def pence(self) -> int:
        return sum(each.pence for each in self.hours)

    @property
    def unpriced(self) -> int:
        return sum(each.unpriced for each in self.hours)


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


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One agency's year, in figures. Children are numbers here, and small numbers are not there."""

    agency: int
    name: str
    year: int
    counted: datetime
    agreed: Agreed | None
    ever_agreed: bool
    terms: tuple[Term, ...]
    waiting: bool
    prices: tuple[Price, ...]
    dues: tuple[Due, ...]
    years: tuple[int, ...]

    @property
    def share_pence(self) -> int | None:
        """The agency's share of what the hours for its children cost; None without an agreed share."""
        if self.agreed is None or self.agreed.share is None:
            return None
        return share_of(self.pence, self.agreed.share)

    @property
    def most_children(self) -> int:
        """The children of the term with the most; for the read audit."""
        return max((term.children for term in self.terms), default=0)

    @property
    def share_by_term(self) -> tuple[int, ...]:
        """The share term by term, to the penny; adds up to the whole of it."""
        pence = {place: each.pence for place, each in enumerate(self.terms)}
        if not self.pence:
            return (0,) * len(self.terms)
        return tuple(apportion(self.share_pence or 0, pence).values())

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of work that is told, in the order of WORK."""
        found = {each.doing for term in self.terms for each in term.hours}
        return tuple(sorted(found, key=lambda kind: (list(WORK).index(kind) if kind in WORK else -1, kind)))

    @property
    def parts(self) -> int:
        return sum(each.parts for each in self.terms)

    @property
    def pence(self) -> int:
        return sum(each.pence for each in self.terms)

    @property
    def unpriced(self) -> int:
        return sum(each.unpriced for each in self.terms)

    @property
    def due(self) -> int:
        return sum(each.pence for each in self.dues)

    @property
    def paid(self) -> int:
        return sum(each.paid for each in self.dues)

    @property
    def left(self) -> int:
        return sum(each.left for each in self.dues)
