"""A small invented directory, a family and a provider's desk, for the tests of pages and requests."""

from __future__ import annotations

from datetime import date
from typing import Any

from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.caseflow import TeamPlaced
from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.domain.practice.entries.identity import IdentityRecorded, RelationshipRecorded
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import CIN_IMPORT
from rightplace.foundation.journal.writing import NewFile, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.actions import located, record_relationship
from rightplace.services.directory.families import Family, family_of
from rightplace.services.directory.judging import Given
from rightplace.services.directory.keeping import Directory, take_directory
from rightplace.services.directory.models import Service
from rightplace.services.directory.places import say_places
from rightplace.services.directory.requests import Asking
from rightplace.testing.organisation import Colleague, SmallCity, postcode_in

ASKING = Asking(
    need="Improved family relationships", sent="Ayla (8). Please ring.", basis="consent", purpose="To find a place",
    agreed_by="the mother",
)  # fmt: skip
AYLA = IdentityRecorded(given="Ayla", family="Brookfield", born=date(2017, 5, 4), sex="F")
JOE = IdentityRecorded(given="Joe", family="Brookfield", born=date(2020, 9, 12), sex="M")


def row(kind: str, ident: str, **fields: Any) -> Given:
    return Given(kind, ident, {"id": ident, **fields}, f"{kind} {ident}")


def directory() -> None:
    """Open Hand's course near the family, a far club of another organisation, and one of which little is known."""
    rows = [
        row("organization", "o1", name="Open Hand Families", description="Beside families."),
        row("organization", "o2", name="Far Clubs", description="Clubs."),
        row("service", "s1", name="Evening parenting course", description="Ten weeks.", status="active",
            organization_id="o1", minimum_age=5, maximum_age=11, assured_date="2026-01-15"),
        row("service", "s2", name="Parents’ club", description="A club for parents.", status="active",
            organization_id="o2", minimum_age=12, maximum_age=16),
        row("service", "s3", name="Parenting line", description="By telephone.", status="active", organization_id="o1"),
        row("service", "s4", name="Closed parenting group", description="Was.", status="defunct", organization_id="o2"),
        row("cost_option", "c1", service_id="s1", amount=0), row("cost_option", "c2", service_id="s2", amount=4),
        row("schedule", "h1", service_id="s1", freq="WEEKLY", byday="TU", opens_at="17:00", closes_at="19:00"),
        row("schedule", "h2", service_id="s2", freq="WEEKLY", byday="FR"),
        row("schedule", "h3", service_id="s1", freq="WEEKLY", byday="SU", valid_to="2020-01-01"),
        row("service_at_location", "l1", service_id="s1", location_id="p1"),
        row("service_at_location", "l2", service_id="s2", location_id="p2"),
        row("location", "p1", location_type="physical", name="Larch Hall"),
        row("location", "p2", location_type="physical", name="Far Hall"),
        row("address", "a1", location_id="p1", address_1="1 Larch Road", city="Aldermere", postal_code=postcode_in(1)),
        row("address", "a2", location_id="p2", address_1="2 Far Road", city="Aldermere", postal_code=postcode_in(9)),
        row("accessibility", "x1", location_id="p1", description="Step-free from the street"),
        row("language", "g1", service_id="s1", name="Urdu"),
    ]  # fmt: skip
    take_directory(Directory(rows, name="Invented"), by=CIN_IMPORT)
    say_places(named("Evening parenting course"), 2, by=CIN_IMPORT)


def named(name: str) -> Service:
    return Service.objects.select_related("organisation").get(name=name)


def child(city: SmallCity, who: IdentityRecorded = AYLA, team: Any = None, postcode: str = "") -> int:
    """A child for whom the team answers, by default the social worker's; gives the file."""
    file, at = new_id(), from_datetime(clock.now())
    team = team or city.assessment
    place = located("12 Cedar Row", postcode or postcode_in(1))
    contact = ContactReceived(team=city.front_door.pk, source="2A", channel="online", saw="A worry.")
    first = [Draft(file=file, body=body, day=day_of(at), at=at) for body in (who, place, contact)]
    write(first, by=city.front_door_worker.actor, may="contact.raise", opening=[NewFile(file)])
    placed = Draft(
        file=file,
        body=TeamPlaced(team=team.pk, reasons="Theirs.", for_what="assessment"),
        day=day_of(at),
        at=at,
    )
    write([placed], by=city.head_of_service.actor, may="offer.place")
    return file


def siblings(city: SmallCity, by: Colleague) -> tuple[int, int]:
    """Ayla and Joe, who live together."""
    ayla, joe = child(city), child(city, JOE)
    said = RelationshipRecorded(relation="brother or sister, as told", other_file=joe, same_household=True)
    record_relationship(file=ayla, relationship=said, by=by.actor)
    return ayla, joe


def family(by: Colleague, file: int) -> Family:
    return family_of(by.actor, file)
