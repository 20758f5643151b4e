"""Takes the national list of schools in: what is new opens and is linked at once, what changed is dated, what closed ends.

Every row is accounted for. The same list again changes nothing; next year's corrects and goes on where this one ended.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock, schoollist
from rightplace.foundation.organisation.hooks import Author
from rightplace.foundation.organisation.models import School, SchoolListing
from rightplace.foundation.organisation.queries import area_of_postcode
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.schools.listing import Elsewhere, Listed, NotTaken, read, text_of
from rightplace.services.schools.models import ListTaken

MAY = "schools.import"
TAKEN, CHANGED, UNCHANGED, CLOSED = "taken", "changed", "unchanged", "closed"
ELSEWHERE, REFUSED = "outside the authority", "refused"
OUTCOMES = (TAKEN, CHANGED, UNCHANGED, CLOSED, ELSEWHERE, REFUSED)
GOES_ON_WITHIN = timedelta(days=31)
"""A school that opens so soon after another closed at the same number or place is the one that goes on from it."""
SAYS = (
    "authority",
    "number",
    "name",
    "kind",
    "phase",
    "postcode",
    "youngest",
    "oldest",
    "pupils",
    "free_meals",
)


@dataclass
class Tally:
    """What became of each row, and what somebody should look at."""

    counts: Counter[str] = field(default_factory=Counter)
    to_look_at: list[dict[str, Any]] = field(default_factory=list)
    before: bool = False

    @property
    def rows(self) -> int:
        """How many rows there were: each is counted once."""
        return sum(self.counts.values())

    def say(self, line: int, urn: object, sentence: str) -> None:
        """Keep a line for somebody to look at."""
        self.to_look_at.append({"line": line, "urn": str(urn), "because": sentence})


def own_authority() -> str:
    """The number of the authority in the lists that were taken in before; nothing before the first."""
    return SchoolListing.objects.order_by("-id").values_list("authority", flat=True).first() or ""


def take_schools(
    content: bytes, *, by: Actor, listed: date | None = None, authority: str = "", dry_run: bool = False
) -> Tally:
    """Take the list in. With `dry_run` everything is worked out and nothing is kept."""
    require(by, MAY)
    authority = authority or own_authority()
    if not authority:
        raise Refused(
            "Which authority is ours is not known.", "Give its number, the column LA (code) of the list."
        )
    with transaction.atomic():
        tally = _take(content, authority, listed or clock.today(), by)
        if dry_run:
            transaction.set_rollback(True)
    return tally


def _take(content: bytes, authority: str, listed: date, by: Actor) -> Tally:
    digest = hashlib.sha256(content).digest()
    tally = Tally()
    again = ListTaken.objects.filter(kind=ListTaken.Kind.SCHOOLS, digest=digest, listed=listed).exists()
    last = ListTaken.objects.filter(kind=ListTaken.Kind.SCHOOLS).order_by("-listed").first()
    if last is not None and last.listed is not None and listed < last.listed:
        raise Refused(
            f"A later list was taken in before: that of {last.listed:%d %B %Y}.",
            "Take lists in in the order of their days.",
        )
    known = {s.urn: s for s in School.objects.select_related("agency", "area")}
    rows = list(read(text_of(content), authority))
    for row in rows:
        if isinstance(row, Elsewhere):
            tally.counts[ELSEWHERE] += 1
        elif isinstance(row, NotTaken):
            tally.counts[REFUSED] += 1
            tally.say(row.line, row.urn, row.because)
        else:
            tally.counts[_one(row, known, listed, tally, by)] += 1
    if not any(isinstance(row, Listed) for row in rows):
        raise Refused(
            f"No school of authority {authority} stands in the list.", "Check the number of the authority."
        )
    _join([row for row in rows if isinstance(row, Listed)], tally, by)
    _missing(rows, known, tally)
    tally.before = again
    if not again:
        ListTaken.objects.create(
            kind=ListTaken.Kind.SCHOOLS, digest=digest, listed=listed, rows=tally.rows, counts=dict(tally.counts),
            to_look_at=tally.to_look_at, **recorded(by),
        )  # fmt: skip
    return tally


def _one(row: Listed, known: dict[int, School], listed: date, tally: Tally, by: Author) -> str:
    school = known.get(row.urn)
    area = area_of_postcode(row.postcode)
    if school is None:
        if not row.is_open:
            return CLOSED
        if area is None:
            tally.say(row.line, row.urn, f"the postcode {row.postcode} lies in none of the city's areas")
            return REFUSED
        begins = min(row.opened or listed, listed)
        schoollist.open_school(
            urn=row.urn, says=_says(row), phone=row.phone, begins=begins, area=area, by=by, may=MAY
        )
        return TAKEN
    if not row.is_open:
        return _close(school, row, listed, tally, by)
    if area is None:
        tally.say(
            row.line, row.urn, f"the postcode {row.postcode} lies in none of the city's areas: area kept"
        )
    elif area != school.area:
        schoollist.move_school(school=school, area=area, by=by, may=MAY)
        tally.say(row.line, row.urn, "it lies in another area now: look who is its link person")
    changed = schoollist.say_of_school(
        school=school, says=_says(row), phone=row.phone, on=listed, by=by, may=MAY
    )
    return CHANGED if changed else UNCHANGED


def _says(row: Listed) -> dict[str, Any]:
    """What is kept of a row, as long as it stands."""
    return {name: getattr(row, name) for name in SAYS}


def _close(school: School, row: Listed, listed: date, tally: Tally, by: Author) -> str:
    """End a school that closed: its agency, what the list said of it, and its link."""
    if school.agency.ends is not None:
        return CLOSED
    on = max(row.closed or listed, school.agency.begins)
    schoollist.close_school(school=school, on=on, by=by, may=MAY)
    if school.agency.teams.filter(ends__isnull=True).exists():
        tally.say(
            row.line,
            row.urn,
            "it closed, and its desk is still open: end it, or let it go on at the next school",
        )
    return CLOSED


def _join(rows: Iterable[Listed], tally: Tally, by: Author) -> None:
    """Say which school goes on from which: opened when the other closed, at the same number or the same place."""
    found = list(rows)
    shut = [row for row in found if not row.is_open and row.closed]
    numbers = {s.urn: s for s in School.objects.filter(urn__in=[row.urn for row in found])}
    for after in (row for row in found if row.is_open and row.opened and row.urn in numbers):
        for before in shut:
            if after.opened and before.urn in numbers and _goes_on(before, after):
                new = schoollist.let_go_on(
                    before=numbers[before.urn], after=numbers[after.urn], on=after.opened, by=by, may=MAY
                )
                if new:
                    tally.say(after.line, after.urn, f"it goes on from {before.urn}, which closed")


def _goes_on(before: Listed, after: Listed) -> bool:
    assert before.closed is not None and after.opened is not None
    near = abs(after.opened - before.closed) <= GOES_ON_WITHIN
    same = (bool(after.number) and after.number == before.number) or after.postcode == before.postcode
    return near and same and before.phase == after.phase


def _missing(rows: Iterable[object], known: dict[int, School], tally: Tally) -> None:
    """A school that we know and the list does not: nothing is done to it, and somebody looks."""
    named = {row.urn for row in rows if isinstance(row, Listed)}
    refused = {row.urn for row in rows if isinstance(row, NotTaken)}
    for urn, school in sorted(known.items()):
        if urn not in named and str(urn) not in refused and school.agency.ends is None:
            tally.say(0, urn, "it is in our directory and not in this list: nothing was changed")
