"""A provider's system writes the provider's own entries: held against the profile, whole, the same again the same."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from rightplace.foundation.access.actor import CIN_IMPORT
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.gateways.api.tests.telling import System
from rightplace.gateways.exchange.directory.importing import import_bytes
from rightplace.gateways.exchange.directory.tests.invented import SERVICE, faults, number, service
from rightplace.services.directory.models import DirectoryRecord, Intake, Service
from rightplace.testing.organisation import partner

pytestmark = pytest.mark.django_db
NEW = number(10)


@pytest.fixture
def provider(city) -> System:
    return System(city.provider, "directory:write")


@pytest.fixture
def other(city) -> System:
    return System(partner("Far Clubs", "voluntary", "Kim Sale", role=RoleCode.PROVIDER), "directory:write")


def put(system: System, sent: Any, ident: str = NEW) -> Any:
    body = sent if isinstance(sent, str) else json.dumps(sent)
    return system.client.put(f"/api/v1/own/services/{ident}", body, content_type="application/json")


def mine(**changed: Any) -> dict[str, Any]:
    """The invented service without an organisation: it is the sender's."""
    return service(**{"organization": None, "organization_id": None} | changed)


def records() -> list[tuple[Any, ...]]:
    rows = DirectoryRecord.objects.order_by("pk")
    return list(rows.values_list("pk", "kind", "ident", "digest", "ends", "missing_since"))


def test_an_entry_is_created_and_can_be_read_by_everybody(provider, client):
    answer = put(provider, mine())
    assert (answer.status_code, answer.json()) == (201, {"id": NEW, "outcome": "created"})
    found = client.get(f"/api/v1/services/{NEW}").json()
    assert faults("service.json", found) == []
    assert found["organization"]["name"] == "Open Hand Families" and found["their own number"] == 17
    assert found["contacts"][0]["phones"][0]["number"] == "01632 960400"
    assert [each["id"] for each in provider.ask("own/services").json()] == [NEW]


def test_the_same_again_is_the_same_and_writes_nothing(provider):
    put(provider, mine())
    before = records()
    again = put(provider, mine())
    assert (again.status_code, again.json()["outcome"]) == (200, "same")
    assert records() == before


def test_what_was_read_can_be_sent_back_as_it_is(provider, client):
    put(provider, mine())
    assert put(provider, client.get(f"/api/v1/services/{NEW}").json()).json()["outcome"] == "same"


def test_what_is_sent_no_more_is_gone_and_nothing_is_lost(provider, client):
    put(provider, mine())
    answer = put(provider, mine(languages=None, cost_options=[], contacts=None, minimum_age=6))
    assert answer.json()["outcome"] == "changed"
    found = client.get(f"/api/v1/services/{NEW}").json()
    assert found["minimum_age"] == 6
    assert not [name for name in ("languages", "cost_options", "contacts") if found.get(name)]
    assert DirectoryRecord.objects.filter(kind="phone", missing_since__isnull=False).exists()
    assert put(provider, mine()).json()["outcome"] == "changed"
    assert client.get(f"/api/v1/services/{NEW}").json()["languages"][0]["name"] == "Urdu"


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"status": "open"}, "service", "none of active"),
    ({"name": None}, "service", "it has no name"),
    ({"status": None}, "service", "status is missing"),
    ({"minimum_age": "five"}, "service", "is no number"),
    ({"minimum_age": 12, "maximum_age": 5}, "service", "maximum_age is under minimum_age"),
    ({"assured_date": "15.1.2026"}, "service", "assured_date"),
    ({"email": "no address"}, "service", "is no e-mail address"),
    ({"description": "<script>alert(1)</script>"}, "service", "script"),
    ({"schedules": [{"id": number(11), "freq": "DAILY"}]}, "schedules/0", "none of WEEKLY, MONTHLY"),
    ({"schedules": [{"id": "eleven"}]}, "schedules/0", "id is no UUID"),
    ({"schedules": ["Tuesdays", {"id": number(11)}]}, "schedules/0", "it is no object"),
    ({"contacts": [{"name": "No id", "phones": [{"id": number(20), "number": "1"}]}]}, "contacts/0", "it has no id"),
    ({"languages": [{"id": number(16), "name": "Urdu"}, {"id": number(16), "name": "Farsi"}]}, "languages/1", "twice"),
    ({"organization": {"id": number(9), "name": "Others"}}, "organization", "not your organisation"),
    ({"id": number(99)}, "id", "not the id of the address"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "where", "said"), WRONG)
def test_what_is_not_as_the_profile_wants_it_is_named_and_nothing_is_written(provider, changed, where, said):
    answer = put(provider, mine(**changed))
    assert answer.status_code == 422, answer.content
    told = answer.json()["problems"]
    assert any(each["where"] == where and said in each["said"] for each in told), told
    assert not DirectoryRecord.objects.exists() and not Service.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '{"id": NaN}', '{"a": 1, "a": 2}', "{}"])
def test_what_cannot_be_read_is_refused(provider, body):
    assert put(provider, body).status_code in (400, 415, 422)
    assert not DirectoryRecord.objects.exists()


def test_anothers_entry_is_as_nothing_there(provider, other, client):
    put(provider, mine())
    before = records()
    answer = put(other, mine(name="Taken over"))
    assert (answer.status_code, answer.json()["said"]) == (404, "There is no such thing of yours.")
    assert records() == before
    assert other.ask("own/services").json() == []


def test_what_hangs_on_anothers_service_cannot_be_written(provider, other):
    put(provider, mine())
    before = records()
    stolen = deepcopy(SERVICE["service_at_locations"][0]["location"])
    stolen["addresses"][0]["address_1"] = "1 Elsewhere"
    theirs = {"id": number(50), "name": "Club", "status": "active", "service_at_locations": [
        {"id": number(51), "location": stolen}]}  # fmt: skip
    answer = put(other, theirs, number(50))
    assert answer.status_code == 422
    assert {"where": f"address {number(14)}", "said": "is another’s"} in answer.json()["problems"]
    assert records() == before


def test_an_entry_that_was_imported_stays_in_its_source(provider, client):
    import_bytes("theirs.json", json.dumps([SERVICE]).encode(), by=CIN_IMPORT)
    sources = Service.objects.get().source
    assert put(provider, SERVICE | {"name": "Renamed"}).json()["outcome"] == "changed"
    found = Service.objects.get()
    assert (found.name, found.source) == ("Renamed", sources) and Intake.objects.count() == 1


def test_without_the_purpose_or_a_token_nothing_is_written(city, client):
    assert put(System(city.provider, "requests:read"), mine()).status_code == 403
    bare = client.put(f"/api/v1/own/services/{NEW}", json.dumps(mine()), content_type="application/json")
    assert bare.status_code == 401 and not DirectoryRecord.objects.exists()
