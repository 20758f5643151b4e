"""The public read API of the directory: the standard's pages and objects, valid against its schemas; nothing of a child."""

from __future__ import annotations

import pytest

from rightplace.foundation.access.actor import CIN_IMPORT
from rightplace.foundation.organisation import clock
from rightplace.gateways.exchange.directory.importing import import_bytes
from rightplace.gateways.exchange.directory.tests.invented import SERVICE, faults, number, service
from rightplace.services.directory.mending import known_as
from rightplace.testing.organisation import MORNING

pytestmark = pytest.mark.django_db
PAGE = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}


@pytest.fixture(autouse=True)
def directory():
    import json

    rows = [SERVICE, service(id="17", name="Homework club", organization=None, organization_id=number(1), minimum_age=12,
                             maximum_age=16, schedules=[], service_at_locations=[], attributes=[], languages=[],
                             cost_options=[], contacts=[], service_areas=[], funding=[])]  # fmt: skip
    with clock.clock_at(MORNING):
        import_bytes("directory.json", json.dumps(rows).encode(), by=CIN_IMPORT)
        yield


def test_one_service_is_nested_and_valid(client):
    found = client.get(f"/api/v1/services/{number(10)}").json()
    assert faults("service.json", found) == []
    assert found["organization"]["name"] == "Open Hand Families"
    assert found["service_at_locations"][0]["location"]["addresses"][0]["postal_code"] == "B31 2TY"
    assert found["attributes"][0]["taxonomy_term"]["name"] == "Parenting courses"
    assert found["contacts"][0]["phones"][0]["number"] == "01632 960400"


def test_a_list_is_paged_as_the_standard_has_it(client):
    found = client.get("/api/v1/services?per_page=1&page=2").json()
    assert set(found) == PAGE
    assert (found["total_items"], found["total_pages"], found["first_page"], found["last_page"]) == (
        2,
        2,
        False,
        True,
    )
    (row,) = found["contents"]
    assert faults("service.json", row) == []
    assert row["organization"]["id"] == number(1)
    assert client.get("/api/v1/services?full=true").json()["contents"][0]["schedules"]


def test_an_id_that_is_no_uuid_is_found_by_both_and_told_as_one(client):
    worked_out = known_as("service", "17")
    for ident in ("17", worked_out):
        assert client.get(f"/api/v1/services/{ident}").json()["id"] == worked_out


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("search=homework", ["Homework club"]), ("minimum_age=12", ["Homework club"]),
        ("maximum_age=11", ["Evening parenting course"]), ("day=TU", ["Evening parenting course"]), ("day=XX", []),
        ("start_time=16:00", ["Evening parenting course"]), ("end_time=18:00", []), ("end_time=never", []),
        (f"taxonomy_term_id={number(3)}", ["Evening parenting course"]),
        (f"taxonomy_id={number(4)}", ["Evening parenting course"]),
        (f"organization_id={number(1)}", ["Evening parenting course", "Homework club"]),
        ("postcode=B31+2TY&proximity=20000", ["Evening parenting course"]), ("postcode=ZZ1+1ZZ", []),
        ("modified_after=2030-01-01T00:00:00Z", []),
    ],
)  # fmt: skip
def test_the_standards_questions_are_answered(client, query, names):
    found = client.get(f"/api/v1/services?{query}").json()
    assert [each["name"] for each in found["contents"]] == names
    assert found["empty"] is (not names)


@pytest.mark.parametrize(
    ("name", "schema", "count"),
    [("organizations", "organization.json", 1), ("taxonomy_terms", "taxonomy_term.json", 1), ("taxonomies", "taxonomy.json", 0),
     ("service_at_locations", "service_at_location.json", 1)],
)  # fmt: skip
def test_the_other_lists_and_their_objects_are_valid(client, name, schema, count):
    found = client.get(f"/api/v1/{name}").json()
    assert found["total_items"] == count
    for row in found["contents"]:
        assert faults(schema, row) == []
        assert faults(schema, client.get(f"/api/v1/{name}/{row['id']}").json()) == []


def test_what_is_not_there_and_what_is_no_question_is_said(client):
    assert client.get("/api/v1/services/nothing").status_code == 404
    assert client.get("/api/v1/services?per_page=100000").status_code == 422
    assert client.get("/api/v1/services?search=%00").status_code == 422
    assert client.get("/api/v1/services/%00").status_code == 404
    assert client.post("/api/v1/services").status_code in (404, 405)


def test_it_says_what_it_is_without_a_token(client):
    found = client.get("/api/v1/").json()
    assert found["version"] == "3.0"
    assert found["openapi_url"].endswith("/api/v1/openapi.json")
