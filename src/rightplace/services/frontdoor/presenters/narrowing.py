"""What waits at the front door, and the links that narrow it; each link's count is the length of the list it opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.db import connection
from django.db.models import F, Q
from django.urls import reverse

from rightplace.common.web.pieces import HEADINGS, Row, by_due
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import scope
from rightplace.foundation.organisation.places import places
from rightplace.services.frontdoor.projections import Contact

POLICE = "6"
Asked = dict[str, str]
FILTERS: tuple[tuple[str, str], ...] = (
    ("quarter", "Part of the city"),
    ("grade", "Grade"),
    ("due", "Due"),
    ("only", "Only"),
)
OFFERED: dict[str, dict[str, str]] = {
    "quarter": {},
    "grade": {"red": "Red", "amber": "Amber", "green": "Green", "none": "Not graded"},
    "due": {key: HEADINGS[key] for key in ("late", "today", "week", "later")},
    "only": {
        "unopened": "Nobody has opened",
        "police": "Police notices",
        "disagreements": "Disagreements",
    },
}


class ContactWaiting(NamedTuple):
    """The columns of a contact that the inbox shows; rows, not instances, since all that waits is read each time."""

    concern: int
    received: datetime
    source: str
    agency: int
    professional: bool
    danger_now: str
    children: list[int]
    read: datetime | None
    read_by: int
    grade: str
    raised: bool
    due: datetime | None
    due_rule: str
    checks_open: int
    decided: datetime | None
    disagreed: datetime | None


class Facets(NamedTuple):
    """By what a contact is narrowed."""

    quarter: str
    grade: str
    due: str
    disagreed: bool
    police: bool
    unopened: bool


class Waiting(NamedTuple):
    """One contact that waits, and by what it is narrowed."""

    contact: ContactWaiting
    facets: Facets


@dataclass(frozen=True)
class Choice:
    """One link that narrows the inbox, with the number of contacts that it opens."""

    text: str
    href: str
    count: int
    chosen: bool


@cache
def quarters() -> tuple[tuple[str, frozenset[int]], ...]:
    """The four quarters of the city with the areas in each."""
    found: dict[str, set[int]] = {}
    for area in places.areas():
        found.setdefault(area.quarter, set()).add(area.number)
    return tuple((name, frozenset(areas)) for name, areas in found.items())


def matches(facets: Facets, asked: Asked) -> bool:
    """Whether a contact is in the list that was asked for. A disagreement is only in its own list."""
    only = asked.get("only", "")
    if facets.disagreed != (only == "disagreements"):
        return False
    if (only == "police" and not facets.police) or (only == "unopened" and not facets.unopened):
        return False
    return (
        asked.get("quarter", facets.quarter) == facets.quarter
        and asked.get("grade", facets.grade) == facets.grade
        and asked.get("due", facets.due) == facets.due
    )


PLACES_SQL = """
SELECT f.id, f.person, p.area FROM journal_file f LEFT JOIN people_person p ON p.person = f.person WHERE f.id = ANY(%s)
"""


def waiting_contacts(actor: Actor, now: datetime) -> tuple[list[Waiting], dict[int, int]]:
    """Every contact that waits for a decision or for an answer to a disagreement, next due first; persons by file."""
    waits = Q(decided__isnull=True) | Q(disagreed__isnull=False, disagreement_answered__isnull=True)
    rows = scope(actor, Contact).filter(waits).order_by(F("due").asc(nulls_last=True), "received", "concern")
    contacts = [ContactWaiting._make(row) for row in rows.values_list(*ContactWaiting._fields)]
    with connection.cursor() as cursor:
        cursor.execute(PLACES_SQL, [[file for contact in contacts for file in contact.children]])
        located = {file: (person, area) for file, person, area in cursor.fetchall()}
    grouped = by_due(contacts, due=lambda c: c.due, row=lambda c: Row([c.concern]), now=now)
    group = {cell: each.key for each in grouped for row in each.rows for cell in row.cells}
    found = []
    for contact in contacts:
        areas = {located[file][1] for file in contact.children if file in located}
        quarter = next((name for name, own in quarters() if own & areas), "unknown")
        disagreed = contact.decided is not None
        facets = Facets(
            quarter,
            contact.grade or "none",
            "disagreed" if disagreed else group[contact.concern],
            disagreed,
            contact.source == POLICE,
            contact.read is None,
        )
        found.append(Waiting(contact, facets))
    return found, {file: person for file, (person, _) in located.items()}


def filters(everything: Sequence[Waiting], asked: Asked) -> list[tuple[str, list[Choice]]]:
    """The links that narrow, by what they narrow."""
    counted = Counter(each.facets for each in everything)
    return [(heading, _choices(counted, asked, name)) for name, heading in FILTERS]


def _choices(counted: Counter[Facets], asked: Asked, name: str) -> list[Choice]:
    """The links of one filter; each count is what its link opens, with the other filters as they are."""
    offered = OFFERED[name] or {key: key.capitalize() for key, _ in quarters()} | {"unknown": "Not known"}
    inbox = reverse("frontdoor:inbox")
    found = []
    for value, text in {"": "All", **offered}.items():
        would = {key: kept for key, kept in {**asked, name: value}.items() if kept}
        if value == "disagreements":
            would = {name: value}
        query = "&".join(f"{key}={kept}" for key, kept in would.items())
        count = sum(number for facets, number in counted.items() if matches(facets, would))
        chosen = asked.get(name, "") == value
        if count or chosen or not value:
            found.append(Choice(text, f"{inbox}?{query}" if query else inbox, count, chosen))
    return found
