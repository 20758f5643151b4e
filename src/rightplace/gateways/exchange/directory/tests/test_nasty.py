"""Directories as the world sends them: odd tables, odd JSON, pages of other people's APIs, fifty thousand rows.

Each row ends as taken, taken with a doubt, said again, or refused with its reason; and the counts add up to all rows.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from typing import Any

import pytest

from rightplace.foundation.access.actor import CIN_IMPORT
from rightplace.foundation.organisation import clock
from rightplace.gateways.exchange.directory.exporting import services
from rightplace.gateways.exchange.directory.importing import import_bytes
from rightplace.gateways.exchange.directory.tests.invented import SERVICE, faults, number, service
from rightplace.gateways.exchange.directory.tests.test_importing import zipped
from rightplace.services.directory.keeping import Account
from rightplace.services.directory.making import shelf_of
from rightplace.services.directory.models import DirectoryRecord, Intake, IntakeRow, Service
from rightplace.testing.organisation import MORNING

pytestmark = pytest.mark.django_db
HEADING = ["id", "organization_id", "name", "status", "assured_date", "minimum_age"]


@pytest.fixture(autouse=True)
def morning():
    with clock.clock_at(MORNING):
        yield


def taken(said: Any, name: str = "directory.json") -> Account:
    """Take it in, and hold what is said of it against what is kept of it."""
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    account = import_bytes(name, content, by=CIN_IMPORT)
    counts = account.counts()
    assert account.balanced
    assert counts["rows"] == sum(counts[each.value] for each in IntakeRow.Outcome)
    kept = IntakeRow.objects.filter(of=account.intake)
    assert Counter(kept.values_list("outcome", flat=True)) == Counter(account.outcomes)
    assert not kept.filter(outcome="refused", findings=[]).exists(), "a refusal has its reason"
    assert DirectoryRecord.objects.filter(ends__isnull=True).count() >= counts["taken"]
    return account


def table(*rows: list[Any], mark: str = ",", heading: list[str] | None = None, lines: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator=lines).writerows([heading or HEADING, *rows])
    return out.getvalue()


def a_row(place: int, **changed: Any) -> list[Any]:
    said = dict(
        zip(HEADING, [number(place), number(1), f"Service {place}", "active", "2026-01-15", "5"], strict=True)
    )
    return list((said | changed).values())


# tables --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        (table(a_row(10), a_row(11)), "utf-8-sig"),
        (table(a_row(10), a_row(11)), "utf-16"),
        (table(a_row(10), a_row(11), mark=";"), "utf-8"),
        (table(a_row(10), a_row(11), mark="\t"), "cp1252"),
        (table(a_row(10), a_row(11), mark="|", lines="\n"), "utf-8"),
        ("sep=;\r\n" + table(a_row(10), a_row(11), mark=";"), "utf-8-sig"),
        ("\r\n\r\n" + table(a_row(10), [], ["", " ", ""], a_row(11)), "utf-8"),
        (table(a_row(10), a_row(11), heading=["ID ", "Organization ID", "NAME", "Status", "Assured-Date", "minimum age"]),
         "utf-8"),
        (table([*a_row(10), ""], [*a_row(11), "", ""], heading=[*HEADING, "", ""]), "utf-8"),
    ],
)  # fmt: skip
def test_a_table_is_read_whatever_stands_between_its_cells(text, letters):
    account = taken(text.encode(letters), "services.csv")
    counts = account.counts()
    assert (counts["rows"], counts["taken"], counts["refused"]) == (2, 2, 0)
    found = Service.objects.order_by("name")
    assert [(each.name, each.youngest, str(each.assured)) for each in found] == [
        ("Service 10", 5.0, "2026-01-15"), ("Service 11", 5.0, "2026-01-15"),
    ]  # fmt: skip


def test_lines_of_all_kinds_are_each_accounted_for():
    rows = [
        a_row(10), a_row(11, id=""), a_row(12, name=""), a_row(13, status="open"), a_row(14, minimum_age="five"),
        a_row(10), a_row(10, name="Another"), a_row(15, organization_id=number(999)), [*a_row(16), "too", "many"],
        a_row(17)[:3], a_row(18, name='Quotes "and" commas, and\nlines'), a_row(19, id="17"), a_row(20, name="x" * 400),
        a_row(21, name="<script>x</script>"), a_row(22, minimum_age="5,5"),
    ]  # fmt: skip
    account = taken(table(*rows).encode(), "services.csv")
    ends = [
        (outcome, bool(row.findings) and outcome != "refused", row.refused or "; ".join(row.findings))
        for row, outcome in account.pairs()
    ]
    assert [(outcome, doubtful) for outcome, doubtful, _ in ends] == [
        ("taken", True), ("refused", False), ("refused", False), ("taken", True), ("taken", True), ("repeated", False),
        ("refused", False), ("taken", True), ("taken", True), ("taken", True), ("taken", True), ("taken", True),
        ("taken", True), ("refused", False), ("taken", True),
    ], ends  # fmt: skip
    said = [each for _, _, each in ends]
    assert "it has no id" in said[1] and "it has no name" in said[2] and "none of active" in said[3]
    assert (
        "is no number" in said[4]
        and "The same id came before" in said[6]
        and "names no organization" in said[7]
    )
    assert "more cells" in said[8] and "fewer cells" in said[9] and "script" in said[13]
    assert account.rows[14].place == "services.csv:17", "a cell of two lines counts as the lines that it has"


DAYS = {
    "2026-01-15": ("2026-01-15", False), "15/01/2026": ("2026-01-15", True), "15.1.2026": ("2026-01-15", True),
    "15-01-2026": ("2026-01-15", True), "2026/01/15": ("2026-01-15", True), "15 January 2026": ("2026-01-15", True),
    "15 Jan 2026": ("2026-01-15", True), "15th January, 2026": ("2026-01-15", True),
    "2026-01-15T09:00:00Z": ("2026-01-15", True), " 2026-01-15 ": ("2026-01-15", False),
    "31/02/2026": ("None", True), "01/15/2026": ("None", True), "15/01/26": ("None", True), "46037": ("None", True),
    "yesterday": ("None", True), "0000-00-00": ("None", True), "99999-01-01": ("None", True),
}  # fmt: skip


def test_days_in_odd_forms_are_read_or_doubted_and_never_guessed():
    rows = [a_row(place, assured_date=said) for place, said in enumerate(DAYS, 10)]
    organisation = table([number(1), "Ours", "-"], heading=["id", "name", "description"])
    account = taken(zipped({"services.csv": table(*rows), "organizations.csv": organisation}), "tables.zip")
    doubts = {row.ident: any("assured_date" in each for each in row.findings) for row, _ in account.pairs()}
    found = {each.ident: str(each.assured) for each in Service.objects.all()}
    told = {said: (found[number(place)], doubts[number(place)]) for place, said in enumerate(DAYS, 10)}
    assert told == DAYS


def test_a_column_that_no_standard_knows_is_kept_and_comes_out_again():
    heading = [*HEADING, "Wheelchair?", "x_rating", "x_rating"]
    account = taken(table([*a_row(10), "yes", "4", "5"], heading=heading).encode(), "services.csv")
    assert account.counts()["taken"] == 1
    fields = DirectoryRecord.objects.get(kind="service").fields
    assert (fields["wheelchair"], fields["x_rating"], fields["x_rating_9"]) == ("yes", "4", "5")
    assert any("twice" in note for note in account.notes)


def test_a_table_of_nothing_that_the_standard_knows_is_refused_line_by_line():
    account = taken(zipped({"services.csv": table(a_row(10)), "bookings.csv": "a,b\n1,2\n3,4\n"}), "all.zip")
    assert (account.counts()["taken"], account.counts()["refused"]) == (1, 2)


def test_fifty_thousand_rows_are_each_accounted_for():
    """Five thousand of them on each change, all of them with `make proof`."""
    many = 50_000 if os.environ.get("PROOF") == "1" else 5_000
    apart = many * 98 // 100
    rows = [
        a_row(place % apart, name=f"Service {place % apart}", status="open" if place % 50 == 0 else "active",
              assured_date="" if place % 7 else "15/01/2026")
        for place in range(many - 2)
    ]  # fmt: skip
    rows += [a_row(60_001, id=""), a_row(60_002, name=" ")]
    account = taken(table(*rows).encode("utf-8-sig"), "services.csv")
    counts = account.counts()
    assert counts["rows"] == many and counts["taken"] == apart
    assert counts["repeated"] + counts["refused"] == many - apart and counts["refused"] >= 2
    assert Service.objects.count() == apart == DirectoryRecord.objects.count()
    assert Intake.objects.get().counts == counts


# JSON ----------------------------------------------------------------------------------------------------------------


def page(contents: list[Any], at: int = 1, of: int = 1, name: str = "contents") -> dict[str, Any]:
    return {"total_items": len(contents) * of, "total_pages": of, "page_number": at, "size": len(contents),
            "first_page": at == 1, "last_page": at == of, "empty": not contents, name: contents}  # fmt: skip


@pytest.mark.parametrize("name", ["contents", "content", "items", "results", "data"])
def test_a_page_of_an_api_is_read_by_what_it_holds(name):
    account = taken(page([SERVICE], name=name))
    assert account.counts()["refused"] == 0 and Service.objects.count() == 1


def test_pages_that_come_apart_are_one_directory_and_an_empty_one_says_nothing():
    pages = [page([service(id=number(at), schedules=None)], at, 3) for at in (30, 31)]
    files = {f"page{at}.json": json.dumps(each) for at, each in enumerate(pages)}
    account = taken(zipped(files | {"page3.json": json.dumps(page([], 3, 3))}), "pages.zip")
    assert Service.objects.count() == 2 and account.vanished == 0
    assert taken(page([])).counts()["rows"] == 0
    assert Service.objects.filter(missing_since__isnull=True).count() == 2, (
        "an empty page marks nothing as gone"
    )


NULLS = {
    "id": number(10), "name": "Nulls", "status": "active", "description": None, "url": None, "minimum_age": None,
    "organization": None, "schedules": None, "contacts": [None], "languages": [],
    "service_at_locations": [{"id": number(12), "location": None}], "attributes": [{"id": None}],
}  # fmt: skip


def test_what_is_null_is_not_said_and_each_row_that_is_null_is_refused():
    account = taken([NULLS, None, "text", 17, [], {}])
    refused = [(row.place, row.refused) for row, outcome in account.pairs() if outcome == "refused"]
    assert len(refused) == 6, refused
    assert "description" not in DirectoryRecord.objects.get(kind="service").fields
    assert Service.objects.get().name == "Nulls"


def test_nested_and_flat_say_the_same():
    taken([SERVICE])
    nested = {(each.kind, each.ident): each.fields for each in DirectoryRecord.objects.all()}
    tables: dict[str, list[Any]] = {}
    for (kind, _), fields in nested.items():
        tables.setdefault(kind, []).append(fields)
    account = taken(tables)
    assert account.counts()["unchanged"] == len(nested) == account.counts()["rows"]


def test_attributes_and_objects_of_their_own_are_kept_and_ours_stays_valid():
    odd = service(
        x_opening={"season": ["spring"], "deep": {"er": 1}}, tags=["a", "b"], rating=4.5,
        reviews=[{"id": number(80), "title": "Good"}], organization_id=None,
    )  # fmt: skip
    account = taken([odd])
    assert account.counts()["refused"] == 0
    fields = DirectoryRecord.objects.get(kind="service").fields
    assert fields["x_opening"] == odd["x_opening"] and fields["tags"] == ["a", "b"]
    (out,) = services(shelf_of())
    assert faults("service.json", out) == []


def test_what_names_nothing_that_is_here_is_doubted_and_not_lost():
    lost = service(organization=None, organization_id=number(77), service_at_locations=[
        {"id": number(12), "service_id": number(10), "location_id": number(78)}])  # fmt: skip
    account = taken([lost])
    doubts = "; ".join(each for row in account.rows for each in row.findings)
    assert "organization_id names no organization" in doubts and "location_id names no location" in doubts
    assert Service.objects.get().organisation is None
