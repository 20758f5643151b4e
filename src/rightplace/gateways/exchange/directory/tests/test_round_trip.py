"""What is written is valid, and has everything that was read: held against the standard's own schemas, by generation."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightplace.foundation.access.actor import CIN_IMPORT
from rightplace.gateways.exchange.directory import exporting
from rightplace.gateways.exchange.directory.importing import import_bytes
from rightplace.gateways.exchange.directory.tests.invented import SERVICE, faults, number, schemas, service
from rightplace.gateways.exchange.directory.tests.test_importing import zipped
from rightplace.services.directory.models import DirectoryRecord, Source

pytestmark = pytest.mark.django_db
EXAMPLES = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=12).map(
    lambda said: said.replace("<", "(").replace(":", ".").strip() or "words"
)


def taken(said: Any, name: str = "directory.json", source: str = "") -> Any:
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    return import_bytes(name, content, by=CIN_IMPORT, source=source)


def exported() -> list[dict[str, Any]]:
    return json.loads(exporting.files("json", Source.objects.get())["services.json"])


class Ids:
    """A fresh id for each object."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> str:
        self.last += 1
        return number(self.last)


def one(draw: Any, name: str, ids: Ids, depth: int = 0) -> dict[str, Any]:
    """An object that fits one schema: what is required, and some of what is not."""
    schema = schemas()[name]
    found: dict[str, Any] = {}
    for key, each in schema["properties"].items():
        if key != "id" and key not in schema["required"] and (depth > 4 or not draw(st.booleans())):
            continue
        found[key] = ids.next() if key == "id" else value(draw, key, each, ids, depth)
    return {key: said for key, said in found.items() if said is not None}


def value(draw: Any, key: str, schema: dict[str, Any], ids: Ids, depth: int) -> Any:
    if "$ref" in schema:
        return one(draw, schema["$ref"], ids, depth + 1)
    if schema["type"] == "array":
        return [one(draw, schema["items"]["$ref"], ids, depth + 1) for _ in range(draw(st.integers(1, 2)))]
    if schema["type"] == "number":
        return draw(st.integers(0, 99) | st.decimals(0, 99, places=2).map(float))
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    kinds = {
        "uri": "https://words.example/a",
        "email": "a@words.example",
        "date-time": "2026-01-15T10:30:45.123Z",
    }
    if schema.get("format") in kinds:
        return kinds[schema["format"]]
    if schema.get("format") == "uuid":
        return None
    plain = {"date": "2026-01-15", "time": "10:00:00"}
    return plain.get(schema.get("datapackage_type", "")) or draw(WORDS)


@st.composite
def directories(draw: Any) -> list[dict[str, Any]]:
    ids = Ids()
    return [one(draw, "service.json", ids) for _ in range(draw(st.integers(1, 3)))]


def within(less: Any, more: Any) -> bool:
    """Whether everything in one stands in the other, objects matched by their ids."""
    if isinstance(less, dict):
        return isinstance(more, dict) and all(
            name in more and within(said, more[name]) for name, said in less.items()
        )
    if isinstance(less, list) and less and isinstance(less[0], dict):
        by_id = {each["id"]: each for each in more}
        return all(each["id"] in by_id and within(each, by_id[each["id"]]) for each in less)
    return bool(less == more)


def emptied() -> None:
    """Let the next example begin with nothing, within one test."""
    from rightplace.services.directory.models import Intake, IntakeRow, Opening, Organisation, Service, Site

    for model in (IntakeRow, Intake, Site, Opening, Service, Organisation, DirectoryRecord, Source):
        model.objects.all().delete()


@EXAMPLES
@given(found=st.data())
def test_a_generated_directory_comes_out_valid_and_whole_and_back_in_unchanged(found):
    schemas()
    emptied()
    directory = found.draw(directories())
    account = taken(directory)
    assert account.counts()["refused"] == 0 and account.balanced
    out = exported()
    assert within(directory, out)
    for each in out:
        assert faults("service.json", each) == []
    assert faults("service_package.json", out) == []
    for form in ("json", "csv"):
        files = exporting.files(form, Source.objects.get())
        again = taken(zipped(files), "again.zip")
        counts = again.counts()
        assert counts["unchanged"] + counts["repeated"] == counts["rows"], (form, again.tables())
        assert again.vanished == 0


ODD = (
    {"status": "Open"}, {"status": "ACTIVE"}, {"id": "17"}, {"minimum_age": "five"}, {"maximum_age": "11"},
    {"assured_date": "15/01/2026"}, {"last_modified": "yesterday"}, {"email": "nobody"}, {"url": "here"},
    {"description": 7}, {"fees": ""}, {"alert": "  spaces  "}, {"accreditations": ["one", {"two": 2}]},
    {"Their Field": "kept"}, {"more": {"deep": [1, None, True]}}, {"languages": ["Urdu"]}, {"schedules": []},
    {"organization_id": "x1", "organization": {"id": "x1", "name": "By number", "description": ""}},
)  # fmt: skip


@pytest.mark.parametrize("changed", ODD, ids=str)
@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_was_odd_comes_out_valid_and_back_in_as_it_was(changed, form):
    taken([service(**changed)])
    kept = {(r.kind, r.ident): r.fields for r in DirectoryRecord.objects.all()}
    for each in exported():
        assert faults("service.json", each) == []
    files = exporting.files(form, Source.objects.get())
    taken(zipped(files), "again.zip", source="again")
    again = {(r.kind, r.ident): r.fields for r in DirectoryRecord.objects.filter(source__name="again")}
    assert again == kept


def test_tables_have_the_columns_that_the_standard_asks_for():
    taken([SERVICE])
    for name, text in exporting.files("csv", Source.objects.get()).items():
        kind = {"services.csv": "service", "organizations.csv": "organization"}.get(name)
        schema = next(each for each in schemas().values() if each.get("name") == kind) if kind else None
        rows = list(csv.DictReader(io.StringIO(text)))
        assert rows and all(row["id"] for row in rows)
        if schema:
            flat = {
                key for key, each in schema["properties"].items() if each.get("type") in ("string", "number")
            }
            assert flat <= set(rows[0])
            assert all(
                row[key] for row in rows for key in (*schema["required"], *schema.get("tabular_required", ()))
            )


def test_each_table_of_the_standard_is_known_with_every_field():
    from rightplace.services.directory.standard import TABLES

    for schema in schemas().values():
        if schema.get("type") != "object":
            continue
        table = TABLES[schema["name"]]
        flat = {key for key, each in schema["properties"].items() if each.get("type") in ("string", "number")}
        assert flat <= set(table.fields), schema["name"]
        assert set(schema["required"]) == set(table.required)
        assert set(schema.get("tabular_required", ())) <= set(table.fields)
        lists = {key for key, each in schema["properties"].items() if each.get("type") == "array"}
        assert lists == set(table.lists)
        assert {key for key, each in schema["properties"].items() if "$ref" in each} == set(table.ones)
        assert {
            key: tuple(each["enum"]) for key, each in schema["properties"].items() if "enum" in each
        } == dict(table.choices)


def test_what_no_service_holds_is_written_beside():
    taken([SERVICE])
    taken(
        {"organizations": [{"id": number(80), "name": "Alone", "description": "No service yet"}],
         "taxonomies": [{"id": number(4), "name": "Needs", "description": "Ours", "taxonomy_terms": []}]},
        source=Source.objects.get().name,
    )  # fmt: skip
    files = exporting.files("json", Source.objects.get(), gone=True)
    assert [each["name"] for each in json.loads(files["organizations.json"])] == ["Alone"]
    assert json.loads(files["taxonomies.json"])[0]["name"] == "Needs"
    for each in json.loads(files["taxonomies.json"]):
        assert faults("taxonomy.json", each) == []


def test_what_the_source_has_no_longer_is_not_exported():
    taken([SERVICE, service(id=number(90), name="Gone soon", organization=None)])
    taken([SERVICE])
    assert [each["name"] for each in exported()] == ["Evening parenting course"]
