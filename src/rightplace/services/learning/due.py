"""What is due for whom: worked out from what was attended, never stored. Unknown is unknown (promise 4).

Of somebody about whom no learning at all was ever written down nothing is called late: it is not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rightplace.domain.practice.calendars import calendar
from rightplace.domain.practice.durations import Duration
from rightplace.domain.practice.workdays import to_date
from rightplace.services.learning.asking import Requirement, Rules


class How(StrEnum):
    """How a requirement stands."""

    HELD = "held"
    DUE = "due"
    LATE = "late"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Learner:
    """What is known of a worker: role and since when, registration, and each kind of course with its days."""

    worker: int
    name: str
    role: int
    since: date
    registered: bool | None
    attended: Mapping[str, Sequence[date]]
    booked: Mapping[str, Sequence[date]]

    @property
    def is_known(self) -> bool:
        return bool(self.attended or self.booked)


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement of one worker."""

    of: Requirement
    how: How
    due: date | None = None
    last: date | None = None
    booked: date | None = None


def after(duration: Duration, day: date) -> date:
    """The last day of a duration from a day on."""
    return to_date(duration.last_day(day.toordinal(), calendar()))


def asked_of(learner: Learner, rules: Rules, today: date) -> list[Asked]:
    """How each requirement of a worker's role stands on a day."""
    return [
        _asked(each, learner, today)
        for each in rules.requirements
        if each.asks(learner.role, learner.registered)
    ]


def _asked(of: Requirement, learner: Learner, today: date) -> Asked:
    days = sorted(day for kind in of.kinds for day in learner.attended.get(kind, ()) if day <= today)
    ahead = sorted(day for kind in of.kinds for day in learner.booked.get(kind, ()) if day >= today)
    last, booked = (days[-1] if days else None), (ahead[0] if ahead else None)
    if not learner.is_known or (of.registered and learner.registered is None):
        return Asked(of, How.UNKNOWN, None, last, booked)
    if of.year_ends is not None:
        return _in_a_year(of, days, today, last, booked)
    if last is None:
        due = after(of.within, learner.since) if of.within else learner.since
        return Asked(of, How.LATE if due < today else How.DUE, due, None, booked)
    if of.every is None:
        return Asked(of, How.HELD, None, last, booked)
    due = after(of.every, last)
    how = How.LATE if due < today else How.HELD
    return Asked(of, how, due, last, booked)


def _in_a_year(
    of: Requirement, days: Sequence[date], today: date, last: date | None, booked: date | None
) -> Asked:
    """So many within the year in which today lies; the year ends on the same day each year."""
    assert of.year_ends is not None
    ends = date(today.year, *of.year_ends)
    ends = ends if ends >= today else date(today.year + 1, *of.year_ends)
    begins = date(ends.year - 1, *of.year_ends) + timedelta(days=1)
    done = sum(1 for day in days if begins <= day <= ends)
    return Asked(of, How.HELD if done >= of.times else How.DUE, ends, last, booked)
