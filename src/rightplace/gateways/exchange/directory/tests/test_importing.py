"""Every row of a directory that somebody else wrote is accounted for; what would harm is not read."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest

from rightplace.foundation.access.actor import CIN_IMPORT
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.gateways.exchange.directory.importing import import_bytes, import_path
from rightplace.gateways.exchange.directory.opening import RefusedDirectory
from rightplace.gateways.exchange.directory.tests.invented import SERVICE, number, service
from rightplace.services.directory.models import (
    DirectoryRecord,
    Intake,
    IntakeRow,
    Opening,
    Organisation,
    Service,
    Site,
)
from rightplace.testing.organisation import MORNING

pytestmark = pytest.mark.django_db
ROWS = 16
"""The service, its organisation with an identifier, and all that hangs on them."""


@pytest.fixture(autouse=True)
def morning():
    with clock.clock_at(MORNING):
        yield


def taken(said, name="directory.json", **more):
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    return import_bytes(name, content, by=CIN_IMPORT, **more)


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return out.getvalue()


def test_a_nested_service_is_taken_with_everything_inside_it():
    account = taken([SERVICE])
    assert account.balanced
    assert account.counts() | {} == {
        "rows": ROWS, "taken": ROWS, "corrected": 0, "unchanged": 0, "repeated": 0, "refused": 0, "with_doubts": 1,
        "not_in_the_source_any_more": 0,
    }  # fmt: skip
    row = Service.objects.get()
    assert (row.name, row.free, row.youngest, row.oldest, row.languages) == (
        "Evening parenting course", True, 5, 11, ["Urdu"]
    )  # fmt: skip
    assert row.words == "Ten weeks, with a meal."
    assert row.needs == ["relationships"]
    assert row.organisation.name == "Open Hand Families"
    assert row.phone == "01632 960400"
    assert Site.objects.get().step_free is True
    assert Opening.objects.get().days == [2]
    kept = DirectoryRecord.objects.get(kind="service").fields
    assert kept["their own number"] == 17
    assert kept["description"] == "Ten <b>weeks</b>, with a meal."


def test_the_only_doubt_is_the_taxonomy_that_nobody_sent():
    account = taken([SERVICE])
    (row,) = [row for row, _ in account.pairs() if row.findings]
    assert (row.kind, row.findings) == ("taxonomy_term", ["taxonomy_id names no taxonomy that is here"])
    assert row.place == "directory.json#/0/attributes/0/taxonomy_term"


def test_the_same_again_changes_nothing():
    taken([SERVICE])
    before = list(DirectoryRecord.objects.order_by("id").values_list("id", "digest"))
    account = taken([SERVICE])
    assert account.counts()["unchanged"] == ROWS
    assert list(DirectoryRecord.objects.order_by("id").values_list("id", "digest")) == before
    assert Service.objects.count() == Organisation.objects.count() == 1


def test_a_later_one_corrects_and_what_vanished_is_marked_and_comes_back():
    taken([SERVICE, service(id=number(90), name="Homework club", organization=None)])
    other = Service.objects.get(ident=number(90)).pk
    with clock.clock_at(MORNING + timedelta(days=2)):
        account = taken([service(name="Evening course for parents")])
        assert account.counts()["corrected"] == 1
        assert account.vanished == 1
        assert Service.objects.get(pk=other).missing_since == clock.today()
        old, new = DirectoryRecord.objects.filter(kind="service", ident=number(10)).order_by("id")
        assert (old.ends, old.fields["name"]) == (clock.today(), "Evening parenting course")
        assert (new.ends, new.fields["name"]) == (None, "Evening course for parents")
        taken([SERVICE, service(id=number(90), name="Homework club", organization=None)])
        assert Service.objects.get(pk=other).missing_since is None
    assert Service.objects.get(ident=number(10)).name == "Evening parenting course"


def test_hours_that_the_source_no_longer_has_count_no_longer_and_stay_known():
    taken([SERVICE])
    taken([service(schedules=None)])
    assert not Opening.objects.exists()
    assert DirectoryRecord.objects.get(kind="schedule").missing_since == clock.today()


def test_one_service_alone_does_not_say_that_the_others_are_gone():
    taken([SERVICE, service(id=number(90), name="Homework club", organization=None)])
    assert taken(service(name="Otherwise")).vanished == 0


def test_another_directory_is_another_source():
    taken([SERVICE])
    far = {"id": "far-1", "name": "A far one", "status": "active"}
    account = taken([far])
    assert account.source == "directory (2)"
    assert Service.objects.get(ident=number(10)).missing_since is None


def test_pages_of_the_api_are_one_directory_and_too_few_of_them_are_not_all():
    page = {"total_items": 2, "total_pages": 2, "page_number": 1, "size": 1, "contents": [SERVICE]}
    other = {**page, "page_number": 2, "contents": [service(id=number(90), name="Second", organization=None)]}
    taken([page, other])
    assert Service.objects.count() == 2
    account = taken(page)
    assert account.vanished == 0
    assert any("1 of 2 pages came" in note for note in account.notes)


def test_a_dry_run_counts_and_writes_nothing():
    account = taken([SERVICE], dry_run=True)
    assert account.counts()["taken"] == ROWS
    assert not DirectoryRecord.objects.exists() and not Intake.objects.exists()


def test_each_row_of_the_account_says_where_it_stood():
    taken([SERVICE, {"id": "x", "status": "active"}])
    row = IntakeRow.objects.get(outcome="refused")
    assert (row.place, row.findings) == ("directory.json#/1", ["Refused: it has no name."])
    assert IntakeRow.objects.count() == ROWS + 1


@pytest.mark.parametrize(
    ("changed", "doubt"),
    [
        ({"status": "Open"}, "status: “Open” is none of active, inactive, defunct, temporarily closed"),
        ({"assured_date": "15/01/2026"}, "assured_date: read as 2026-01-15"),
        ({"assured_date": "soon"}, "assured_date: is no day that can be read"),
        ({"minimum_age": "five"}, "minimum_age: is no number"),
        ({"minimum_age": 12, "maximum_age": 3}, "maximum_age is under minimum_age"),
        ({"email": "nobody"}, "email: is no e-mail address"),
        ({"description": 7}, "description: is no text"),
        (
            {"organization": None, "organization_id": "gone"},
            "organization_id names no organization that is here",
        ),
    ],
)
def test_what_is_odd_is_taken_with_a_doubt_that_says_so(changed, doubt):
    account = taken([service(**changed)])
    (row,) = [row for row, _ in account.pairs() if row.kind == "service"]
    assert doubt in row.findings
    assert Service.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    [
        "<script>steal()</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "words\x00words", "x" * 100_001,
    ],
)  # fmt: skip
def test_script_and_what_is_no_text_is_refused_and_the_rest_is_taken(said):
    account = taken([service(description=said)])
    assert account.counts()["refused"] == 1
    assert not Service.objects.exists() and Organisation.objects.exists()
    assert account.balanced


def test_one_id_with_other_words_is_refused_and_the_first_is_kept():
    account = taken([SERVICE, service(name="Another name")])
    assert account.counts()["refused"] == 1
    assert account.counts()["repeated"] == ROWS - 1
    assert Service.objects.get().name == "Evening parenting course"


def test_what_hangs_on_an_object_without_an_id_is_accounted_for():
    account = taken([service(id=None)])
    refused = {row.kind for row, outcome in account.pairs() if outcome == "refused"}
    assert {"service", "schedule", "cost_option"} <= refused
    assert Organisation.objects.count() == 1
    assert account.balanced


CSV = {
    "organizations.csv": "\ufeffName,ID,Description\r\nOpen Hand Families,1,We sit beside families.\r\n",
    "service.csv": "id;name;status;organization_id;minimum_age;cost in words\r\n7;Caf\u00e9 club;active;1;5;two pounds\r\n"
    "\r\n8;;active;1;;\r\n9;Lost;active;44;;;;more\r\n",
    "cost_options.csv": "id,service_id,amount,valid_from\nc1,7,0,2020-01-01\nc2,7,0\n",
    "schedule.csv": "id,service_id,byday,freq,opens_at\ns1,7,\"MO,WE\",WEEKLY,09:00\n",
    "dogs.csv": "id,name\n1,Rex\n",
    "readme.md": "not a table",
}  # fmt: skip


def test_tables_in_other_orders_and_letters_are_read_and_every_line_is_accounted_for():
    files: dict[str, str | bytes] = {**CSV, "service.csv": CSV["service.csv"].encode("cp1252")}
    account = taken(zipped(files), "tables.zip")
    found = {
        (row.kind, row.place.split(":")[-1]): (outcome, row.refused or row.findings)
        for row, outcome in account.pairs()
    }
    assert len(account.rows) == 8 and account.balanced
    assert found["service", "2"][0] == "taken"
    assert found["service", "4"] == ("refused", "Refused: it has no name.")
    assert found["service", "5"][1] == [
        "has more cells than there are headings", "organization_id names no organization that is here"
    ]  # fmt: skip
    assert found["cost_option", "3"][1] == ["has fewer cells than there are headings"]
    assert found["dogs", "2"] == ("refused", "Refused: “dogs” is no table of the standard.")
    assert any("Windows-1252" in note for note in account.notes)
    assert any("readme.md" in note for note in account.notes)
    row = Service.objects.get(ident="7")
    assert (row.name, row.youngest, row.free, row.organisation.name) == (
        "Caf\u00e9 club",
        5,
        True,
        "Open Hand Families",
    )
    assert DirectoryRecord.objects.get(kind="service", ident="7").fields["cost_in_words"] == "two pounds"
    assert Opening.objects.get().days == [1, 3]


def test_a_folder_of_json_files_is_one_directory(tmp_path):
    (tmp_path / "one.json").write_text(json.dumps(SERVICE))
    (tmp_path / "two.json").write_text(json.dumps(service(id=number(90), name="Second")))
    assert import_path(tmp_path, by=CIN_IMPORT).counts()["refused"] == 0
    (tmp_path / "two.json").unlink()
    (tmp_path / "three.json").write_text(json.dumps(service(id=number(91), name="Third")))
    assert import_path(tmp_path, by=CIN_IMPORT).vanished == 1
    assert Service.objects.count() == 3


def bomb() -> bytes:
    return zipped({"services.csv": b"0" * 40_000_000})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.zip", bomb()), ("out.zip", zipped({"../services.csv": "id\n1"})), ("abs.zip", zipped({"/etc/x.csv": "id"})),
        ("drive.zip", zipped({"C:\\x.csv": "id"})), ("many.zip", zipped({f"{n}.csv": "" for n in range(401)})),
        ("deep.json", b"[" * 5000 + b"]" * 5000), ("no.json", b"{broken"), ("no.zip", b"nothing"),
        ("words.json", b'"words"'), ("empty.zip", zipped({})), ("cut.zip", zipped({"a.csv": "id"})[:-10]),
        ("binary.csv", b"\xff\x00\x00\x81" * 50), ("digits.json", b"[" + b"9" * 6000 + b"]"),
    ],
)  # fmt: skip
def test_what_would_harm_or_cannot_be_read_is_refused_whole(name, content):
    with pytest.raises(RefusedDirectory) as why:
        taken(content, name)
    assert why.value.because and why.value.instead
    assert not Intake.objects.exists()


def test_a_link_out_of_a_folder_is_refused(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "secret.json").write_text("[]")
    (tmp_path / "out" / "services.json").symlink_to(tmp_path / "secret.json")
    with pytest.raises(RefusedDirectory):
        import_path(tmp_path / "out", by=CIN_IMPORT)


def test_only_who_keeps_the_directory_takes_one_in():
    from rightplace.foundation.access.actor import RULES

    with pytest.raises(NotAllowed):
        import_bytes("a.json", b"[]", by=RULES)
