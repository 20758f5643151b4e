"""Reducers of identity and keeping: who the child is, possible duplicates, links, imports, excuses, notes."""

from __future__ import annotations

from rightplace.domain.practice.entries import identity, keeping, schooling
from rightplace.domain.practice.entries.base import Entry
from rightplace.domain.practice.journey.flow import hand_over
from rightplace.domain.practice.journey.journey import Journey, reads

ALLOCATED = frozenset({"allocated"})


@reads(identity.IdentityRecorded)
def identity_recorded(journey: Journey, entry: Entry, body: identity.IdentityRecorded) -> None:
    if body.born is not None and journey.expected is not None:
        journey.event("child.born")


@reads(
    identity.AddressRecorded,
    identity.ProtectedAddressRecorded,
    identity.RelationshipRecorded,
    identity.RelationshipEnded,
    keeping.NoteWritten,
    keeping.FormSigned,
    keeping.InformationRefused,
    keeping.EntryErased,
    keeping.DoubtSettled,
    schooling.SchoolRecorded,
    schooling.TimeGiven,
)
def told(journey: Journey, entry: Entry, body: object) -> None:
    """Nothing in the three tracks hangs on these."""


@reads(keeping.InformationShared)
def information_shared(journey: Journey, entry: Entry, body: keeping.InformationShared) -> None:
    journey.event("information.shared", body.about)


@reads(identity.PersonDied)
def person_died(journey: Journey, entry: Entry, body: identity.PersonDied) -> None:
    journey.event("person.died")
    if journey.open:
        journey.doubt("ended_by_law", "death")
    journey.close_child(by_law=True)


@reads(identity.PossibleDuplicateFound)
def possible_duplicate_found(journey: Journey, entry: Entry, body: identity.PossibleDuplicateFound) -> None:
    journey.duplicates[entry.id] = body.other_file
    journey.event("duplicate.found", entry.id)


@reads(identity.PossibleDuplicateSettled)
def possible_duplicate_settled(
    journey: Journey, entry: Entry, body: identity.PossibleDuplicateSettled
) -> None:
    if not body.reasons.strip():
        journey.breach("reasons_missing")
    if journey.duplicates.pop(body.duplicate, None) is None:
        journey.not_begun("duplicate")
    journey.event("duplicate.settled", body.duplicate)


@reads(identity.ImportTaken)
def import_taken(journey: Journey, entry: Entry, body: identity.ImportTaken) -> None:
    for finding in body.findings:
        journey.doubt("import_finding", finding)


@reads(keeping.PersonLinked)
def person_linked(journey: Journey, entry: Entry, body: keeping.PersonLinked) -> None:
    if not body.reasons.strip():
        journey.breach("reasons_missing")
    journey.links.append((journey.at, body.other_file, True))
    journey.event("person.linked")
    if body.team and journey.open:
        if body.team != journey.team:
            hand_over(journey, body.team)
        if body.worker and body.worker != journey.worker:
            journey.worker = body.worker
            journey.changed = True
            journey.event("worker.allocated", 0, ALLOCATED)


@reads(keeping.PersonUnlinked)
def person_unlinked(journey: Journey, entry: Entry, body: keeping.PersonUnlinked) -> None:
    journey.links.append((journey.at, body.leaving_file, False))
    journey.event("person.unlinked")


@reads(keeping.TimescaleExcused)
def timescale_excused(journey: Journey, entry: Entry, body: keeping.TimescaleExcused) -> None:
    if not body.reasons.strip():
        journey.breach("reasons_missing")
    journey.excused[(body.rule, body.trigger)] = body.outcome
    journey.event("timescale.excused", body.trigger, frozenset({body.rule, body.outcome}))
