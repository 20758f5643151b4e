"""Finding a person, within what the reader may see; every search is in the read audit, also one that finds nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from rightplace.domain.practice.entries.identity import AddressRecorded, IdentityRecorded
from rightplace.domain.practice.workdays import age_on
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.audit import record_reading
from rightplace.foundation.access.scope import require, scope
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.people.finding.asking import Asked, from_fields, parse
from rightplace.foundation.people.finding.candidates import Candidate, search
from rightplace.foundation.people.finding.scoring import Band
from rightplace.foundation.people.projections import Person

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Likely:
    """A person whom somebody else is likely to be, and why, in words."""

    person: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Minimal identity: who, how old, where in the system, which team to ring; and why the search found them."""

    person: Person
    age: int | None
    part: str
    team: Team | None
    band: Band
    why: str


def find(actor: Actor, text: str, *, request_id: str = "") -> list[FoundPerson]:
    """Persons whom the words may mean, best first. Restricted children are not found by those who may not open them."""
    require(actor, "child.find")
    with connection.cursor() as cursor:
        hits = search(cursor, parse(text, clock.today().toordinal()), limit=SHOWN * 2).candidates
    seen = {p.person: p for p in scope(actor, Person).filter(person__in=[hit.person for hit in hits])}
    kept = [hit for hit in hits if hit.person in seen and hit.score.band is not Band.UNLIKELY][:SHOWN]
    spans = spans_now([hit.person for hit in kept])
    teams = Team.objects.in_bulk({span.team for span in spans.values() if span.team})
    record_reading(actor, [hit.person for hit in kept], "search", found=len(kept), request_id=request_id)
    return [_found(hit, seen[hit.person], spans.get(hit.person), teams) for hit in kept]


def _found(hit: Candidate, person: Person, span: Span | None, teams: dict[int, Team]) -> FoundPerson:
    open_span = span if span is not None and span.open else None
    return FoundPerson(
        person=person,
        age=age_of(person, clock.today()),
        part=open_span.part if open_span else "",
        team=teams.get(open_span.team) if open_span else None,
        band=hit.score.band,
        why=hit.score.sentence,
    )


def spans_now(persons: Sequence[int]) -> dict[int, Span]:
    """The span that holds now, by person. The caller has scoped the persons."""
    now = clock.now()
    rows = Span.objects.filter(person__in=persons, begins__lte=now).exclude(ends__lte=now)
    return {row.person: row for row in rows}


def age_of(person: Person, on: date) -> int | None:
    """The age in whole years on a day; as it was said for a child whose birth date nobody knows."""
    if person.born is not None and person.born <= on:
        return age_on(person.born.toordinal(), on.toordinal())
    if person.age_about is not None and person.age_on is not None:
        return person.age_about + (on - person.age_on).days // 365
    return None


def likely_matches(identity: IdentityRecorded, address: AddressRecorded | None, but_not: int) -> list[Likely]:
    """Persons whom this one is likely to be. Used to flag, never to tell the one who types."""
    asked = asked_of(identity, address)
    if not asked.enough:
        return []
    with connection.cursor() as cursor:
        hits = search(cursor, asked).candidates
    own = reading.person_of(but_not)
    return [
        Likely(hit.person, tuple(f"{r.word}: {r.agreement}" for r in hit.score.reasons))
        for hit in hits
        if hit.score.band is Band.LIKELY and hit.person not in (but_not, own)
    ]


def asked_of(identity: IdentityRecorded, address: AddressRecorded | None) -> Asked:
    """What the search is asked with, from what was told of a child."""
    born = identity.born or identity.expected
    number = next((i.number for i in identity.identifiers if i.kind in ("nhs", "upn")), "")
    place = f"{address.line} {address.postcode}".strip() if address is not None else ""
    when = (
        born.strftime("%d/%m/%Y")
        if born
        else (str(identity.age_about) if identity.age_about is not None else "")
    )
    return from_fields(
        given=identity.given, family=identity.family, born=when, address=place, number=number, sex=identity.sex,
        today=clock.today().toordinal(),
    )  # fmt: skip
