"""An entry as a provider's own system sends it: held against the profile, written whole, the same again is the same.

A provider writes its own service and what hangs on it, and nothing that is another's; what it sends no more is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, require
from rightplace.foundation.organisation.models import Agency
from rightplace.services.directory import standard as std
from rightplace.services.directory.judging import Given, judge
from rightplace.services.directory.keeping import digest_of, keep_records, locked, own_source
from rightplace.services.directory.making import shelf_of
from rightplace.services.directory.mending import known_as
from rightplace.services.directory.models import DirectoryRecord, Organisation, Service, Source
from rightplace.services.directory.nesting import nested
from rightplace.services.directory.shelf import Fields, Shelf

Key = tuple[str, str]
SHARED = frozenset({"organization", "organization_identifier", "taxonomy", "taxonomy_term"})
"""What belongs to no service alone: said again in the same words it is taken, in others it is another's."""


class Sent(StrEnum):
    """What became of an entry that was sent."""

    CREATED = "created"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as the profile wants it, and where it stands."""

    where: str
    said: str


class NotAsTheProfile(ValueError):
    """Nothing was written; each thing that is not right is named."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("It is not as the profile wants it; nothing was written.")
        self.problems = problems


@transaction.atomic
def put_service(*, ident: str, rows: Sequence[Given], by: Actor) -> Sent:
    """Write one service of the provider's own. Raises NotAllowed for another's, NotAsTheProfile with every problem."""
    require(by, "directory.keep_own")
    locked()
    service, source = _place(ident, by)
    shelf = shelf_of(source)
    organisation = _organisation(service, source, by)
    _judged(ident, rows, organisation)
    written = {(row.kind, row.ident): row.fields for row in rows if row.kind != "organization"}
    written["service", ident]["organization_id"] = organisation
    own = _own(shelf, source, by) | {("service", ident)}
    others = [each for each in written if each not in own and _differs(shelf, each, written[each])]
    if others:
        raise NotAsTheProfile([Problem(f"{kind} {number}", "is another’s") for kind, number in others])
    gone = _left_out(shelf_of(source, gone=False), ident, written)
    if not gone and not _changed(source, written):
        return Sent.SAME
    first = _first_of(organisation, source, by)
    keep_records(
        source, [*first, *((kind, fields) for (kind, _), fields in written.items())], by=by, gone=gone
    )
    Organisation.objects.filter(source=source, ident=organisation).update(agency=by.agency)
    return Sent.CHANGED if service else Sent.CREATED


def _place(ident: str, by: Actor) -> tuple[Service | None, Source]:
    """The entry as it stands in its own source; a new one goes into the directory that is kept here."""
    there = list(Service.objects.filter(ident=ident).select_related("source", "organisation"))
    own = [each for each in there if each.organisation and each.organisation.agency_id == by.agency]
    if there and not own:
        raise NotAllowed
    return (own[0], own[0].source) if own else (None, own_source(by))


def _organisation(service: Service | None, source: Source, by: Actor) -> str:
    if service is not None and service.organisation is not None:
        return service.organisation.ident
    kept = Organisation.objects.filter(source=source, agency=by.agency).order_by("pk").first()
    return kept.ident if kept else known_as("organization", f"agency {by.agency}")


def _first_of(organisation: str, source: Source, by: Actor) -> list[tuple[str, Fields]]:
    if Organisation.objects.filter(source=source, ident=organisation).exists():
        return []
    name = Agency.objects.get(pk=by.agency).name
    return [("organization", {"id": organisation, "name": name, "description": name})]


def _judged(ident: str, rows: Sequence[Given], organisation: str) -> None:
    """Every row as the profile wants it, ids too; the service the one of the address."""
    problems: list[Problem] = []
    seen: set[Key] = set()
    for row in rows:
        judge(row)
        said = [row.refused] if row.refused else [*row.findings, *_no_uuids(row)]
        if (row.kind, row.ident) in seen:
            said.append("this id stands twice in what was sent")
        if row.kind == "organization" and row.ident != organisation:
            said.append("this is not your organisation")
        seen.add((row.kind, row.ident))
        problems += [Problem(row.place, each) for each in said]
    if [row.ident for row in rows if row.kind == "service"] != [ident]:
        problems.append(Problem("id", "is not the id of the address, or there is more than one service"))
    if problems:
        raise NotAsTheProfile(problems)


def _no_uuids(row: Given) -> Iterable[str]:
    form = std.TABLES[row.kind].fields
    for name, said in row.fields.items():
        if form.get(name) == std.UUID and not std.UUID_SHAPE.fullmatch(str(said)):
            yield f"{name} is no UUID"


def _own(shelf: Shelf, source: Source, by: Actor) -> set[Key]:
    """What hangs on the provider's own services, and on no service of anybody else's."""
    rows = Service.objects.filter(source=source).values_list("ident", "organisation__agency")
    mine = {ident for ident, agency in rows if agency == by.agency}
    found: set[Key] = set()
    for ident in mine:
        found |= _hanging(shelf, ident)
    shared = {
        str(link.get("location_id"))
        for link in shelf.of["service_at_location"].values()
        if str(link.get("service_id")) not in mine
    }
    return {key for key in found if not shared & {key[1], str(shelf.of[key[0]][key[1]].get("location_id"))}}


def _hanging(shelf: Shelf, ident: str) -> set[Key]:
    """A service and all that belongs to it alone."""
    fields, found = shelf.one("service", ident), set[Key]()
    if fields is not None:
        nested(shelf, "service", fields, seen=lambda kind, number: found.add((kind, number)))
    return {key for key in found if key[0] not in SHARED}


def _differs(shelf: Shelf, key: Key, fields: Fields) -> bool:
    before = shelf.one(*key)
    return before is not None and digest_of(before) != digest_of(fields)


def _changed(source: Source, written: dict[Key, Fields]) -> bool:
    """Whether any of it is new, or another than what stands."""
    rows = DirectoryRecord.objects.filter(
        source=source,
        ident__in=[ident for _, ident in written],
        ends__isnull=True,
        missing_since__isnull=True,
    )
    standing = {(row.kind, row.ident): row.digest for row in rows}
    return any(standing.get(key) != digest_of(fields) for key, fields in written.items())


def _left_out(present: Shelf, ident: str, written: dict[Key, Fields]) -> list[Key]:
    """What hung on the service and was not sent again. A place that is left stays: others may be there."""
    places = {number for kind, number in written if kind == "location"}
    gone = []
    for kind, number in sorted(_hanging(present, ident) - set(written)):
        at = str(present.of[kind][number].get("location_id") or "")
        if kind != "location" and (kind == "service_at_location" or not at or at in places):
            gone.append((kind, number))
    return gone
