"""What a provider keeps of its own services: written as records of the standard, in the directory that is kept here."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import transaction

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, may, require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.services.directory.keeping import keep_records, own_source
from rightplace.services.directory.making import shelf_of
from rightplace.services.directory.mending import known_as
from rightplace.services.directory.models import DirectoryRecord, Organisation, Service, Source
from rightplace.services.directory.places import say_places

CODES = ("", "MO", "TU", "WE", "TH", "FR", "SA", "SU")
Kept = tuple[str, dict[str, Any]]


def may_keep(actor: Actor, service: Service) -> bool:
    """Whether the actor keeps this entry: whoever keeps the whole directory, or the provider its own."""
    return may(actor, "directory.keep", service) or may(actor, "directory.keep_own", service)


@transaction.atomic
def keep_service(*, service: Service, said: dict[str, Any], by: Actor) -> None:
    """Change an entry, and say that it was looked at today. What it says that the form does not ask stays as it is."""
    if not may_keep(by, service):
        raise NotAllowed
    shelf = shelf_of(service.source)
    ident = service.ident
    before = shelf.one("service", ident)
    assert before is not None
    rows: list[Kept] = [("service", {**before, **_service(said)})]
    rows += _beside(said, ident, shelf)
    _leave_out(service.source, ident, rows)
    keep_records(service.source, rows, by=by)
    if said.get("places") != service.places:
        say_places(service, said.get("places"), by=by)


@transaction.atomic
def add_service(*, said: dict[str, Any], by: Actor) -> Service:
    """A provider adds a service of its own organisation."""
    require(by, "directory.keep_own")
    source = own_source(by)
    agency = Agency.objects.get(pk=by.agency)
    organisation = known_as("organization", f"agency {agency.pk}")
    ident = str(uuid4())
    rows: list[Kept] = []
    if not Organisation.objects.filter(source=source, ident=organisation).exists():
        rows.append(("organization", {"id": organisation, "name": agency.name, "description": agency.name}))
    rows.append(
        ("service", {"id": ident, "organization_id": organisation, "status": "active", **_service(said)})
    )
    rows += _beside(said, ident, shelf_of(source))
    keep_records(source, rows, by=by)
    Organisation.objects.filter(source=source, ident=organisation).update(agency=agency)
    service = Service.objects.get(source=source, ident=ident)
    if said.get("places") is not None:
        say_places(service, said["places"], by=by)
    return Service.objects.get(pk=service.pk)


def _service(said: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": said["name"], "description": said["words"], "assured_date": clock.today().isoformat(),
        "last_modified": clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }  # fmt: skip
    for name, field in (("minimum_age", "youngest"), ("maximum_age", "oldest")):
        if said.get(field) is not None:
            found[name] = said[field]
    return found


def _beside(said: dict[str, Any], service: str, shelf: Any) -> list[Kept]:
    """What hangs on a service, with ids that are the same each time that it is said again."""

    def ident(kind: str) -> str:
        for each in shelf.naming(kind, "service_id", service):
            return str(each["id"])
        return known_as(kind, f"of {service}")

    rows: list[Kept] = []
    if said.get("amount") is not None:
        cost = {"id": ident("cost_option"), "service_id": service, "amount": float(said["amount"])}
        rows.append(("cost_option", {**cost, "amount_description": said.get("cost", "")}))
    if said.get("days"):
        rows.append(("schedule", _schedule(said, service, ident("schedule"))))
    if said.get("postcode") or said.get("address"):
        rows += _place(said, service, ident("service_at_location"), shelf)
    if said.get("phone"):
        contact = ident("contact")
        known: dict[str, Any] = next(iter(shelf.naming("phone", "contact_id", contact)), {})
        rows.append(
            ("contact", {"id": contact, "service_id": service, **dict(shelf.one("contact", contact) or {})})
        )
        number = known.get("id") or known_as("phone", f"of {service}")
        rows.append(("phone", {"id": number, "contact_id": contact, "number": said["phone"]}))
    rows += _spoken(said.get("languages", ""), service, shelf)
    rows += _headed(said.get("headings", ""), service, shelf)
    return rows


def _schedule(said: dict[str, Any], service: str, ident: str) -> dict[str, Any]:
    found = {
        "id": ident,
        "service_id": service,
        "freq": "WEEKLY",
        "byday": ",".join(CODES[d] for d in said["days"]),
    }
    for name, field in (("opens_at", "opens"), ("closes_at", "closes")):
        if said.get(field):
            found[name] = f"{said[field]:%H:%M}"
    return found


def _place(said: dict[str, Any], service: str, link: str, shelf: Any) -> list[Kept]:
    before = shelf.one("service_at_location", link) or {}
    location = before.get("location_id") or known_as("location", f"of {service}")
    home: dict[str, Any] = next(iter(shelf.naming("address", "location_id", location)), {})
    way: dict[str, Any] = next(iter(shelf.naming("accessibility", "location_id", location)), {})
    address = {
        "id": home.get("id") or known_as("address", f"of {service}"), "location_id": location,
        "address_1": said.get("address", ""), "city": home.get("city", ""),
        "state_province": home.get("state_province", ""), "postal_code": said.get("postcode", ""), "country": "GB",
        "address_type": "physical",
    }  # fmt: skip
    old = dict(shelf.one("location", location) or {})
    if home.get("postal_code") != address["postal_code"]:
        old = {name: each for name, each in old.items() if name not in ("latitude", "longitude")}
    rows: list[Kept] = [
        ("location", {"location_type": "physical", **old, "id": location}),
        ("address", address),
        ("service_at_location", {"id": link, "service_id": service, "location_id": location}),
    ]
    if said.get("access"):
        number = way.get("id") or known_as("accessibility", f"of {service}")
        rows.append(("accessibility", {"id": number, "location_id": location, "description": said["access"]}))
    return rows


def _names(said: str) -> list[str]:
    return list(dict.fromkeys(each.strip() for each in said.split(",") if each.strip()))[:12]


def _spoken(said: str, service: str, shelf: Any) -> list[Kept]:
    """Languages; one that is there already keeps its id."""
    before = {str(row.get("name", "")): row for row in shelf.naming("language", "service_id", service)}
    return [
        (
            "language",
            before.get(name)
            or {
                "id": known_as("language", f"{name.lower()} of {service}"),
                "service_id": service,
                "name": name,
            },
        )
        for name in _names(said)
    ]


def _headed(said: str, service: str, shelf: Any) -> list[Kept]:
    """Headings; one that is there already keeps its id and its place in its taxonomy."""
    before: dict[str, dict[str, Any]] = {}
    for row in shelf.naming("attribute", "link_id", service):
        term = shelf.one("taxonomy_term", row.get("taxonomy_term_id")) or {}
        before[str(term.get("name", ""))] = row
    rows: list[Kept] = []
    for name in _names(said):
        if name in before:
            rows.append(("attribute", before[name]))
            continue
        term = known_as("taxonomy_term", f"own {name.lower()}")
        rows.append(("taxonomy_term", {"id": term, "name": name, "description": name}))
        link = {
            "id": known_as("attribute", f"{term} of {service}"),
            "link_id": service,
            "link_entity": "service",
        }
        rows.append(("attribute", {**link, "taxonomy_term_id": term, "link_type": "service_category"}))
    return rows


def _leave_out(source: Source, service: str, rows: list[Kept]) -> None:
    """Languages and headings that the form no longer has are marked as gone, as an import would."""
    for kind, field in (("language", "service_id"), ("attribute", "link_id")):
        kept = [str(fields["id"]) for of, fields in rows if of == kind]
        there = DirectoryRecord.objects.filter(
            source=source, kind=kind, ends__isnull=True, missing_since=None
        )
        there.filter(**{f"fields__{field}": service}).exclude(ident__in=kept).update(
            missing_since=clock.today()
        )


def source_words(source: Source) -> str:
    """What is to be said of where an entry comes from before somebody changes it."""
    return (
        ""
        if source.own
        else f"This entry came from {source.name}. The next import from there may change it again."
    )
