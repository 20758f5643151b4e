"""What a provider keeps of its own services: written as records of the standard, in the directory that is kept here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.db import transaction

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import NotAllowed, may, require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.services.directory.hanging import Hanging, Kept
from rightplace.services.directory.keeping import keep_records, own_source
from rightplace.services.directory.making import shelf_of
from rightplace.services.directory.mending import known_as
from rightplace.services.directory.models import Organisation, Service, Source
from rightplace.services.directory.places import say_places

OPTIONAL = {
    "minimum_age": "youngest",
    "maximum_age": "oldest",
    "email": "email",
    "url": "url",
    "alert": "alert",
}
"""What a service may be silent about, by the field of the form that says it."""


def may_keep(actor: Actor, service: Service) -> bool:
    """Whether the actor keeps this entry: whoever keeps the whole directory, or the provider its own."""
    return may(actor, "directory.keep", service) or may(actor, "directory.keep_own", service)


@transaction.atomic
def keep_service(*, service: Service, said: dict[str, Any], by: Actor) -> None:
    """Change an entry, and say that it was looked at today. What the form does not ask stays as it is."""
    if not may_keep(by, service):
        raise NotAllowed
    before = shelf_of(service.source).one("service", service.ident)
    assert before is not None
    hanging = Hanging(service.ident, shelf_of(service.source, gone=False))
    hanging.take(said)
    rows: list[Kept] = [("service", _service(said, before)), *hanging.rows]
    keep_records(service.source, rows, by=by, gone=hanging.gone)
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
    first = {"id": ident, "organization_id": organisation, "status": "active"}
    hanging = Hanging(ident, shelf_of(source, gone=False))
    hanging.take(said)
    keep_records(source, [*rows, ("service", _service(said, first)), *hanging.rows], by=by)
    Organisation.objects.filter(source=source, ident=organisation).update(agency=agency)
    service = Service.objects.get(source=source, ident=ident)
    if said.get("places") is not None:
        say_places(service, said["places"], by=by)
    return Service.objects.get(pk=service.pk)


@transaction.atomic
def say_how_many(*, said: Sequence[tuple[Service, int | None]], by: Actor) -> None:
    """A provider says how many places are left, of several services at once."""
    for service, left in said:
        if not may_keep(by, service):
            raise NotAllowed
        say_places(service, left, by=by)


def _service(said: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """The service's own record: what the form asks is as it says, emptied too; all else stays."""
    found = {name: each for name, each in before.items() if name not in OPTIONAL}
    found |= {
        "name": said["name"], "description": said["words"], "assured_date": clock.today().isoformat(),
        "last_modified": clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }  # fmt: skip
    if said.get("state"):
        found["status"] = said["state"]
    return found | {
        name: said[field] for name, field in OPTIONAL.items() if said.get(field) not in (None, "")
    }


def source_words(source: Source) -> str:
    """What is to be said of where an entry comes from before somebody changes it."""
    return (
        ""
        if source.own
        else f"This entry came from {source.name}. The next import from there may change it again."
    )
