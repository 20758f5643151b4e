"""Makes the rows that questions are asked of anew from the records of a source. Places and desks stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.queries import on_day
from rightplace.services.directory import values
from rightplace.services.directory.indexing import ServiceMade, service_made
from rightplace.services.directory.models import DirectoryRecord, Opening, Organisation, Service, Site, Source
from rightplace.services.directory.shelf import Shelf

AT_ONCE = 1000
ABOUT_THE_ORGANISATION = ["name", "words", "website", "email", "missing_since"]


def shelf_of(source: Source | None = None, *, gone: bool = True) -> Shelf:
    """The records of one source, or of all, as they stand now; our own come first where two say the same id."""
    rows = DirectoryRecord.objects.filter(ends__isnull=True)
    if source is not None:
        rows = rows.filter(source=source)
    if not gone:
        rows = rows.filter(missing_since__isnull=True)
    return Shelf(
        rows.order_by("-source__own", "-source__checked", "source_id", "id").values_list(
            "kind", "ident", "fields"
        )
    )


def make_rows(source: Source) -> None:
    """Work out organisations, services, sites and openings of a source, as its records stand now."""
    shelf, present = shelf_of(source), shelf_of(source, gone=False)
    gone = {
        (kind, ident): since
        for kind, ident, since in DirectoryRecord.objects.filter(
            source=source, ends__isnull=True, missing_since__isnull=False
        ).values_list("kind", "ident", "missing_since")
    }
    organisations = _organisations(source, shelf, gone)
    today = clock.today()
    # what is left of a service that is gone is what it was; of one that is there, what is gone counts no longer
    made = [
        service_made(shelf if ("service", ident) in gone else present, fields, today)
        for ident, fields in shelf.of["service"].items()
    ]
    columns = list(made[0].columns) if made else []
    Service.objects.bulk_create(
        [
            Service(
                source=source, ident=each.ident, organisation_id=organisations.get(each.organisation),
                missing_since=gone.get(("service", each.ident)), **each.columns,
            )
            for each in made
        ],
        batch_size=AT_ONCE, update_conflicts=True, unique_fields=["source", "ident"],
        update_fields=[*columns, "organisation", "missing_since"],
    ) if made else None  # fmt: skip
    _hang_on(source, made)


def _organisations(source: Source, shelf: Shelf, gone: dict[tuple[str, str], date | None]) -> dict[str, int]:
    rows = [
        Organisation(
            source=source, ident=ident, name=values.plain(fields.get("name"), 300),
            words=values.plain(fields.get("description")), website=_web(fields.get("website")),
            email=values.plain(fields.get("email"), 254), missing_since=gone.get(("organization", ident)),
        )
        for ident, fields in shelf.of["organization"].items()
    ]  # fmt: skip
    if rows:
        Organisation.objects.bulk_create(
            rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["source", "ident"],
            update_fields=ABOUT_THE_ORGANISATION,
        )  # fmt: skip
    _recognise_agencies(source)
    return dict(Organisation.objects.filter(source=source).values_list("ident", "id"))


def _web(said: object) -> str:
    found = said.strip() if isinstance(said, str) else ""
    return found[:500] if found.lower().startswith(("https://", "http://")) else ""


def _recognise_agencies(source: Source) -> None:
    """An organisation of exactly an agency's name is that agency, until somebody says otherwise."""
    waiting = list(Organisation.objects.filter(source=source, agency__isnull=True))
    if not waiting:
        return
    agencies = on_day(Agency.objects.exclude(kind=Agency.Kind.AUTHORITY), clock.today())
    by_name: dict[str, int] = {name.casefold(): number for number, name in agencies.values_list("id", "name")}
    known = [each for each in waiting if each.name.casefold() in by_name]
    for each in known:
        each.agency_id = by_name[each.name.casefold()]
    Organisation.objects.bulk_update(known, ["agency"])


def _hang_on(source: Source, made: Sequence[ServiceMade]) -> None:
    """Sites and openings are made anew; nothing refers to them."""
    numbers = dict(Service.objects.filter(source=source).values_list("ident", "id"))
    Site.objects.filter(service__source=source).delete()
    Opening.objects.filter(service__source=source).delete()
    sites = [Site(service_id=numbers[one.ident], **vars(each)) for one in made for each in one.sites]
    openings = [
        Opening(service_id=numbers[one.ident], **(vars(each) | {"days": list(each.days)}))
        for one in made
        for each in one.openings
    ]
    Site.objects.bulk_create(sites, batch_size=AT_ONCE)
    Opening.objects.bulk_create(openings, batch_size=AT_ONCE)
