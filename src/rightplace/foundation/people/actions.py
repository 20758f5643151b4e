"""Opening a person's file and saying who a person is. Search comes before create; a likely match must be decided."""

from __future__ import annotations

from datetime import date

from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.identity import (
    AddressRecorded,
    IdentityRecorded,
    PossibleDuplicateFound,
    RelationshipRecorded,
)
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.writing import Written, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.places.places import normalise_postcode, square_of
from rightplace.foundation.organisation.queries import area_of_square
from rightplace.foundation.people.queries import likely_matches


def first_entries(
    identity: IdentityRecorded, address: AddressRecorded | None, *, file: int, at: int
) -> list[Draft]:
    """The first entries of a person's file: who it is, where the child lives."""
    drafts = [Draft(file=file, body=identity, day=day_of(at), at=at)]
    if address is not None and (address.line or address.postcode):
        drafts.append(Draft(file=file, body=address, day=day_of(at), at=at))
    return drafts


def located(line: str, postcode: str, source: str = "") -> AddressRecorded:
    """An address with its postcode's square and area; both stay unknown for a postcode that is not of the city."""
    full = normalise_postcode(postcode) or postcode.strip().upper()
    square = square_of(full) if full else None
    area = area_of_square(*square) if square is not None else None
    return AddressRecorded(
        line=line.strip(),
        postcode=full,
        square=square,
        area=area.id if area is not None else 0,
        source=source,
    )


def flag_likely_matches(
    file: int, identity: IdentityRecorded, address: AddressRecorded | None, at: int
) -> list[Draft]:
    """A `duplicate.found` for each person that this one is likely to be. Nothing is linked; a person decides."""
    return [
        Draft(
            file=file,
            body=PossibleDuplicateFound(other_file=likely.person, why=tuple(likely.reasons)),
            day=day_of(at),
            at=at,
        )
        for likely in likely_matches(identity, address, but_not=file)
    ]


def record_identity(
    *, file: int, identity: IdentityRecorded, by: Actor, happened: date | None = None
) -> Written:
    """Say who the person is, or more of it."""
    at = from_datetime(clock.now())
    day = happened.toordinal() if happened is not None else day_of(at)
    return write(
        [Draft(file=file, body=identity, day=day, at=at if happened is None else None)],
        by=by,
        may="note.write",
    )


def record_relationship(*, file: int, relationship: RelationshipRecorded, by: Actor) -> Written:
    """Say who belongs to the child."""
    at = from_datetime(clock.now())
    return write([Draft(file=file, body=relationship, day=day_of(at), at=at)], by=by, may="note.write")
