"""A provider keeps its own entry: what is filled stands, what is emptied is known no longer, all else stays as it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.foundation.access.actor import CIN_IMPORT
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.directory import owning
from rightplace.services.directory.forms import KeepForm
from rightplace.services.directory.keeping import Directory, take_directory
from rightplace.services.directory.models import DirectoryRecord, Service
from rightplace.services.directory.prefilled import kept
from rightplace.services.directory.tests.offering import directory, named, row
from rightplace.testing.organisation import MORNING, SmallCity, partner, postcode_in, sign_in, small_city

pytestmark = pytest.mark.django_db
COURSE = "Evening parenting course"
FULL = {
    "name": "Saturday football", "words": "For girls and boys.", "headings": "Sport, Youth clubs", "youngest": "8",
    "oldest": "12", "amount": "2.50", "cost": "a session", "days": ["6"], "opens": "10:00", "closes": "12:00",
    "address": "Unit 3, 1 Mill Lane", "postcode": postcode_in(1), "access": "Step-free from the street",
    "languages": "Urdu, Somali", "phone": "01632 960111", "email": "club@openhand.example",
    "url": "https://openhand.example/", "places": "4",
    "state": "active", "alert": "Full until Easter.",
}  # fmt: skip
NEEDED = ("name", "words", "state")


@pytest.fixture(autouse=True)
def morning():
    with clock.clock_at(MORNING):
        yield


@pytest.fixture
def city() -> SmallCity:
    found = small_city()
    directory()
    return found


def typed(said: dict[str, Any]) -> dict[str, Any]:
    form = KeepForm(said)
    assert form.is_valid(), form.errors
    return form.cleaned_data


def added(city: SmallCity) -> Service:
    return owning.add_service(said=typed(FULL), by=city.provider.actor)


def as_shown(service: Service) -> dict[str, Any]:
    """What a browser would send back without a word typed."""
    form = KeepForm(initial=kept(Service.objects.get(pk=service.pk)))
    return {bound.name: _as_sent(bound.value()) for bound in form}


def alike(said: dict[str, Any]) -> dict[str, Any]:
    """Names in a line stand in any order."""
    return said | {name: sorted(str(said[name]).split(", ")) for name in ("headings", "languages")}


def _as_sent(said: Any) -> Any:
    if isinstance(said, list | tuple):
        return [str(each) for each in said]
    return "" if said is None else said.strftime("%H:%M") if hasattr(said, "strftime") else str(said)


def standing() -> dict[tuple[str, str], dict[str, Any]]:
    rows = DirectoryRecord.objects.filter(ends__isnull=True, missing_since__isnull=True)
    return {(row.kind, row.ident): row.fields for row in rows}


def test_what_is_typed_is_what_the_form_shows_again(city):
    assert alike(as_shown(added(city))) == alike(FULL)


@pytest.mark.parametrize("field", sorted(set(FULL) - set(NEEDED)))
def test_each_field_can_be_emptied_and_filled_again(city, field):
    service = added(city)
    emptied = FULL | {field: [] if field == "days" else ""}
    if field == "opens":
        emptied["closes"] = ""
    owning.keep_service(service=service, said=typed(emptied), by=city.provider.actor)
    assert alike(as_shown(service)) == alike(emptied)
    owning.keep_service(service=Service.objects.get(pk=service.pk), said=typed(FULL), by=city.provider.actor)
    assert alike(as_shown(service)) == alike(FULL)


def test_everything_emptied_at_once_is_shown_as_not_known(city):
    service = added(city)
    bare: dict[str, Any] = {**dict.fromkeys(FULL, ""), "days": [], **{name: FULL[name] for name in NEEDED}}
    owning.keep_service(service=service, said=typed(bare), by=city.provider.actor)
    assert as_shown(service) == bare
    found = Service.objects.get(pk=service.pk)
    assert (found.youngest, found.free, found.cost, found.languages, found.headings) == (
        None,
        None,
        "",
        [],
        [],
    )
    assert not found.sites.exists() and not found.openings.exists()
    page = (
        sign_in(Client(), city.provider).get(reverse("directory:service", args=[service.pk])).content.decode()
    )
    assert page.count("not known") >= 8


def test_an_entry_sent_back_as_it_is_changes_nothing_but_the_day_it_was_checked(city):
    rows = [
        row("organization", "o9", name="Open Hand Families", description="Beside families."),
        row("service", "m1", name="Monthly meal", description="A meal.", status="active", organization_id="o9",
            maximum_age=0.5, x_their_own="kept"),
        row("schedule", "mh", service_id="m1", freq="MONTHLY", byday="1SA", opens_at="12:00", interval=1,
            description="the first Saturday"),
        row("cost_option", "mc", service_id="m1", amount=2.5, option="with pudding", currency="GBP"),
        row("language", "ml", service_id="m1", code="zh", name="Chinese, Mandarin"),
        row("eligibility", "me", service_id="m1", minimum_age=0, eligibility="Everybody"),
        row("service_taxonomy", "mt", service_id="m1", taxonomy_id="tt"), row("taxonomy_term", "tt", name="Food, hot"),
        row("service_at_location", "mp", service_id="m1", location_id="ml1"),
        row("location", "ml1", location_type="physical", name="The Hall", latitude=52.4, longitude=-1.9),
        row("address", "ma", location_id="ml1", address_1="Hall B, 3 Mill Lane", city="Aldermere", postal_code="B1 1AA"),
        row("contact", "k1", service_id="m1", name="Kit"), row("phone", "ph", contact_id="k1", number="01632 960112"),
    ]  # fmt: skip
    take_directory(Directory(rows, name="Theirs"), by=CIN_IMPORT)
    service, before = named("Monthly meal"), standing()
    owning.keep_service(service=service, said=typed(as_shown(service)), by=city.provider.actor)
    after = standing()
    assert set(after) == set(before)
    changed = {key for key in after if after[key] != before[key]}
    assert changed == {("service", "m1")}, {key: (before[key], after[key]) for key in changed}
    assert after["service", "m1"]["x_their_own"] == "kept" and after["service", "m1"]["maximum_age"] == 0.5


def test_a_new_day_replaces_a_rule(city):
    take_directory(
        Directory([row("organization", "o9", name="Open Hand Families", description="-"),
                   row("service", "m1", name="Monthly meal", description="A meal.", status="active",
                       organization_id="o9"),
                   row("schedule", "mh", service_id="m1", freq="MONTHLY", byday="1SA")], name="Theirs"),
        by=CIN_IMPORT,
    )  # fmt: skip
    service = named("Monthly meal")
    owning.keep_service(
        service=service, said=typed(as_shown(service) | {"days": ["3"]}), by=city.provider.actor
    )
    opening = Service.objects.get(pk=service.pk).openings.get()
    assert (opening.days, opening.rule) == ([3], "")


def test_nothing_that_was_said_before_is_lost(city):
    service = added(city)
    with clock.clock_at(MORNING.replace(day=MORNING.day + 1)):
        owning.keep_service(service=service, said=typed(FULL | {"phone": ""}), by=city.provider.actor)
    number = DirectoryRecord.objects.get(kind="phone", fields__number=FULL["phone"])
    assert number.missing_since == MORNING.date().replace(day=MORNING.day + 1) and number.ends is None


def test_another_provider_keeps_nothing_of_it(city):
    service, other = added(city), partner("Others", "voluntary", "Kim Sale", role=RoleCode.PROVIDER)
    with pytest.raises(NotAllowed):
        owning.keep_service(service=service, said=typed(FULL), by=other.actor)


@pytest.mark.parametrize(
    ("typed_wrong", "said"),
    [
        ({"closes": "09:00"}, "It closes before it opens."),
        ({"opens": ""}, "Say from when it is open, or leave both empty."),
        ({"oldest": "3"}, "The oldest is younger than the youngest."),
        ({"email": "club"}, "An e-mail address has a name, an @ and a place."),
        ({"url": "javascript:alert(1)"}, "An address of the web begins with https://."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(city, typed_wrong, said):
    page = sign_in(Client(), city.provider).post(reverse("directory:add"), FULL | typed_wrong)
    assert page.status_code == 422 and said in page.content.decode()


def test_a_service_that_is_closed_for_a_time_is_found_again_when_it_opens(city, client):
    service = added(city)
    looks = sign_in(client, city.social_worker)
    assert "Saturday football" in looks.get("/services/?q=football").content.decode()
    owning.keep_service(
        service=service, said=typed(FULL | {"state": "temporarily closed"}), by=city.provider.actor
    )
    assert "Saturday football" not in looks.get("/services/?q=football").content.decode()
    assert "closed for a time" in sign_in(Client(), city.provider).get("/services/own/").content.decode()
    owning.keep_service(service=Service.objects.get(pk=service.pk), said=typed(FULL), by=city.provider.actor)
    assert "Saturday football" in looks.get("/services/?q=football").content.decode()


def test_the_places_of_all_own_services_are_said_at_once_and_of_no_other(city, client):
    service, other = added(city), named("Parents’ club")
    assert other.organisation.agency_id != city.provider.team.agency_id
    own = sign_in(client, city.provider)
    wrong = own.post("/services/own/", {f"places_{service.pk}": "many"})
    assert wrong.status_code == 422 and "Saturday football: a number" in wrong.content.decode()
    assert (
        own.post("/services/own/", {f"places_{service.pk}": "9", f"places_{other.pk}": "9"}).status_code
        == 302
    )
    service.refresh_from_db()
    other.refresh_from_db()
    assert (service.places, service.places_kept.last().left) == (9, 9) and other.places != 9


def test_a_sum_may_be_typed_with_its_sign(city):
    assert typed(FULL | {"amount": "£2.50"})["amount"] == typed(FULL)["amount"]
