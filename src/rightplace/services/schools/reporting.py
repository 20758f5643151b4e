"""Takes in what schools report by school year: attendance, suspensions, permanent exclusions. Counts, and no child.

A figure that the list withholds or leaves out is not known; it is never nought. What is said anew is a new row.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation.models import School
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.schools.listing import NotTaken, rows_of, text_of
from rightplace.services.schools.models import ListTaken, SchoolYear
from rightplace.services.schools.queries import figures_of
from rightplace.services.schools.taking import CHANGED, REFUSED, TAKEN, UNCHANGED, Tally

URN, YEAR = "URN", "Year"
COUNTS = {
    "Pupils": "pupils",
    "Sessions": "sessions",
    "Missed": "missed",
    "Suspensions": "suspensions",
    "Exclusions": "exclusions",
}
"""The columns that the file may have, and what each is here. One that is missing is not known."""
WITHHELD = frozenset({"", "c", "x", "z", "low", "u", "..", "supp"})
"""How published statistics say that a figure is withheld or not there."""
SCHOOL_YEAR = re.compile(r"(20\d\d)[/-]?(\d\d)")


@dataclass(frozen=True, slots=True)
class Reported:
    """One school and year as the file says."""

    line: int
    urn: int
    year: int
    counts: dict[str, int | None]


def read(text: str) -> Iterator[Reported | NotTaken]:
    """Every row of the file, in its order."""
    seen: set[tuple[int, int]] = set()
    for line, row in rows_of(text, (URN, YEAR)):
        if not any(row.values()):
            continue
        try:
            found = Reported(line, _urn(row[URN]), _year(row[YEAR]), _counts(row))
        except ValueError as why:
            yield NotTaken(line, row[URN][:12], str(why))
            continue
        if (found.urn, found.year) in seen:
            yield NotTaken(line, row[URN], "the school and year stand in the file already")
            continue
        seen.add((found.urn, found.year))
        yield found


def _urn(said: str) -> int:
    if not said.isdigit():
        raise ValueError(f"“{said[:12]}” is not the number of a school")
    return int(said)


def _year(said: str) -> int:
    """The year in which a school year ends: 2024/25 and 202425 are 2025."""
    found = SCHOOL_YEAR.fullmatch(said)
    if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
        raise ValueError(f"“{said[:12]}” is no school year: write 2024/25")
    return int(found[1]) + 1


def _counts(row: dict[str, str]) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for column, name in COUNTS.items():
        said = row.get(column, "").replace(",", "").lower()
        if said not in WITHHELD and not said.isdigit():
            raise ValueError(f"“{said[:12]}” is no count ({column})")
        found[name] = None if said in WITHHELD else int(said)
    sessions, missed = found["sessions"], found["missed"]
    if sessions is not None and missed is not None and missed > sessions:
        raise ValueError("more sessions were missed than there were")
    return found


def take_figures(content: bytes, *, by: Actor, dry_run: bool = False) -> Tally:
    """Take in what schools report. With `dry_run` everything is worked out and nothing is kept."""
    require(by, "schools.import")
    with transaction.atomic():
        tally = _take(content, by)
        if dry_run:
            transaction.set_rollback(True)
    return tally


def _take(content: bytes, by: Actor) -> Tally:
    digest, tally = hashlib.sha256(content).digest(), Tally()
    known = dict(School.objects.values_list("urn", "pk"))
    rows = list(read(text_of(content)))
    if not rows:
        raise Refused("The file holds no row.", "Send a CSV with a line for each school and year.")
    before = figures_of(SchoolYear.objects.all())
    new: list[SchoolYear] = []
    for row in rows:
        if isinstance(row, NotTaken):
            tally.counts[REFUSED] += 1
            tally.say(row.line, row.urn, row.because)
        elif row.urn not in known:
            tally.counts[REFUSED] += 1
            tally.say(
                row.line, row.urn, "the school is not in our directory: take the list of schools in first"
            )
        else:
            tally.counts[_one(row, known[row.urn], before, new, by)] += 1
    SchoolYear.objects.bulk_create(new)
    tally.before = ListTaken.objects.filter(kind=ListTaken.Kind.FIGURES, digest=digest).exists() and not new
    if not tally.before:
        ListTaken.objects.create(
            kind=ListTaken.Kind.FIGURES, digest=digest, rows=tally.rows, counts=dict(tally.counts),
            to_look_at=tally.to_look_at, **recorded(by),
        )  # fmt: skip
    return tally


def _one(
    row: Reported, school: int, before: dict[tuple[int, int], Any], new: list[SchoolYear], by: Actor
) -> str:
    last = before.get((school, row.year))
    if last is not None and all(getattr(last, name) == value for name, value in row.counts.items()):
        return UNCHANGED
    new.append(SchoolYear(school_id=school, year=row.year, **row.counts, **recorded(by)))
    return TAKEN if last is None else CHANGED
