"""A statement: the rule of siblings, to the penny, small numbers not shown, and three papers that agree."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date
from fractions import Fraction
from html import unescape
from xml.etree import ElementTree

import pytest
from django.db import connection

from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.schooling import SchoolRecorded, TimeGiven
from rightplace.foundation.access.models import ReadAudit
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.journal import actions as journal
from rightplace.foundation.journal.models import Entry
from rightplace.foundation.journal.writing import write
from rightplace.services.funding import actions, queries
from rightplace.services.funding.paper import as_pdf, written
from rightplace.services.funding.presenters.statement import Money, StatementPage, Time, in_words
from rightplace.services.funding.spreadsheet import as_spreadsheet, guarded
from rightplace.services.funding.tests.families import THIS_YEAR, child_of, gave, priced
from rightplace.services.funding.working import FINENESS, year_of_work
from rightplace.testing.organisation import sign_in

PAGE = f"/our-share/{THIS_YEAR}/"


def statement(city, agency, by=None):
    return queries.statement_of((by or city.head_of_service).actor, agency, THIS_YEAR)


@pytest.fixture
def helped(city, lark_hill, mill_lane, agreement):
    """Ten children of Lark Hill, of whom one has a sister at Mill Lane and one a brother too young for school."""
    children = [child_of(city, lark_hill.pk) for _ in range(10)]
    sister, brother = child_of(city, mill_lane.pk, "Bess"), child_of(city, 0, "Cal")
    for child in children[2:]:
        gave(city, [child], 60)
    gave(city, [children[0], sister], 90)
    gave(city, [children[1], brother], 45, doing="meeting")
    gave(city, [children[2]], 25, doing="telephone")
    return children


def test_siblings_in_two_schools_are_borne_by_both(city, lark_hill, mill_lane, agreement):
    ours, theirs, small = child_of(city, lark_hill.pk), child_of(city, mill_lane.pk), child_of(city, 0)
    gave(city, [ours, theirs, small], 100)
    third = Fraction(100, 3) * FINENESS
    assert statement(city, lark_hill).parts == third == statement(city, mill_lane).parts
    work = year_of_work(THIS_YEAR)
    assert work.pence == 6_667  # 100 minutes at 40 pounds an hour
    assert sum(work.by_school.values()) == work.pence
    assert sorted(work.by_school.values()) == [2_222, 2_222, 2_223]


def test_a_child_who_changes_school_is_borne_by_each_on_its_days(city, lark_hill, mill_lane, agreement):
    child = child_of(city, lark_hill.pk)
    body = SchoolRecorded(school=mill_lane.pk)
    write(
        [Draft(file=child, body=body, day=date(2026, 1, 5).toordinal(), at=None)],
        by=city.family_support_worker.actor, may="note.write",
    )  # fmt: skip
    gave(city, [child], 60, date(2025, 12, 1))
    gave(city, [child], 30, date(2026, 1, 5))
    assert statement(city, lark_hill).parts == 60 * FINENESS
    assert statement(city, mill_lane).parts == 30 * FINENESS


def test_an_hour_costs_what_it_cost_on_its_day_and_the_last_said_holds(city, lark_hill, agreement):
    priced(city, 5_000, date(2026, 1, 1))
    priced(city, 6_000, date(2026, 1, 1), because="The pay award was higher.")
    priced(city, 3_000, date(2026, 1, 1), doing="telephone")
    child = child_of(city, lark_hill.pk)
    gave(city, [child], 60, date(2025, 12, 31))
    gave(city, [child], 60, date(2026, 1, 1))
    gave(city, [child], 60, date(2026, 1, 1), doing="telephone")
    assert statement(city, lark_hill).pence == 4_000 + 6_000 + 3_000


def test_time_without_a_price_is_not_known_and_never_nought(city, lark_hill):
    gave(city, [child_of(city, lark_hill.pk)], 60)
    told = statement(city, lark_hill)
    assert told.unpriced == 60 * FINENESS
    assert "1.00 hours cost" in StatementPage(told).unknown


def test_a_correction_of_the_time_is_what_counts(city, lark_hill, agreement):
    child = child_of(city, lark_hill.pk)
    gave(city, [child], 600)
    wrong = Entry.objects.get(file=child, kind=TimeGiven.number)
    found = journal.entry_in(child, wrong.id)
    said = TimeGiven(lasted=60, doing="visit", at_grade="family_support_worker", among=1)
    journal.correct_entry(
        file=child, entry=wrong.id, seen=wrong.id, said=said, day=found.day, at=None,
        reasons="Minutes, not tens of minutes.", by=city.family_support_worker.actor,
    )  # fmt: skip
    assert statement(city, lark_hill).parts == 60 * FINENESS


def test_the_statement_says_what_was_given_and_whose_share_it_is(city, lark_hill, helped):
    told = statement(city, lark_hill)
    assert told.children == 10
    minutes = 8 * 60 + 45 + Fraction(45, 2) + 25
    assert told.parts == minutes * FINENESS
    assert told.share_pence == (told.pence + 1) // 2
    assert sum(each.pence for each in told.hours) == told.pence
    assert [each.doing for each in told.hours] == ["visit", "meeting", "telephone"]


def test_what_came_of_it_hides_small_numbers_and_their_neighbours(city, lark_hill, helped):
    with connection.cursor() as cursor:  # three stepped up: a projection's row is enough here
        for file in helped[:3]:
            cursor.execute(
                "INSERT INTO journal_happening (person, name, entry, about, at, team, outcome, again, concern, label) "
                "VALUES (%s, 'step.up', %s, 0, '2026-02-01', 1, 'assessment', false, false, 0)",
                [file, file],
            )
    told = statement(city, lark_hill)
    assert told.outcomes == {"helped": None, "ended": 0, "down": 0, "up": None}
    assert told.children == 10
    assert "not shown" in {
        in_words(each) for table in StatementPage(told).tables for row in table.rows for each in row
    }


def test_a_few_children_are_not_shown_nor_how_their_hours_were_used(city, mill_lane, helped):
    told = statement(city, mill_lane)
    assert told.children is None
    rows = [each for table in StatementPage(told).tables for each in table.rows if "Visits" in str(each[0])]
    assert not rows


def test_a_head_teacher_reads_the_own_school_and_no_other(city, lark_hill, mill_lane, helped):
    assert statement(city, lark_hill, city.head_teacher).children == 10
    for agency, person in (
        (mill_lane, city.head_teacher), (lark_hill, city.school), (lark_hill, city.police_lead),
        (lark_hill, city.social_worker),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            statement(city, agency, person)


def pdf_text(body: bytes) -> str:
    """Every piece of text that the PDF draws."""
    found = []
    for stream in re.findall(rb"stream\n(.*?)\nendstream", body, re.S):
        try:
            drawn = zlib.decompress(stream).decode("windows-1252", "replace")
        except zlib.error:
            continue
        found += [re.sub(r"\\([()\\])", r"\1", each) for each in re.findall(r"\((.*?)(?<!\\)\) Tj", drawn)]
    return "\n".join(found)


def sheet_cells(body: bytes) -> list[str]:
    """Every cell of the spreadsheet, figures as they are kept."""
    names = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        strings = [
            "".join(part.itertext())
            for part in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).findall("m:si", names)
        ]
        cells = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).findall(".//m:c", names)
        assert not any(cell.find("m:f", names) is not None for cell in cells)
        values = [(cell.get("t"), cell.findtext("m:v", None, names)) for cell in cells]
    return [strings[int(v)] if t == "s" else v for t, v in values if v is not None]


def test_page_pdf_and_spreadsheet_say_the_same(client, city, lark_hill, helped):
    said = StatementPage(statement(city, lark_hill))
    client = sign_in(client, city.head_teacher)
    on_page = unescape(re.sub(r"<[^>]+>", " ", client.get(PAGE).content.decode()))
    on_page = re.sub(r"\s+", " ", on_page)
    on_paper = re.sub(r"\s+", " ", pdf_text(client.get(f"{PAGE}pdf/").content))
    in_sheet = sheet_cells(client.get(f"{PAGE}sheet/").content)
    cells = [told for table in said.tables for row in table.rows for told in row]
    assert len(cells) > 30
    for told in cells:
        assert in_words(told) in on_page
        assert all(word in on_paper for word in written(in_words(told)).split())
        kept = {Money: lambda m: f"{m.pence / 100:g}", Time: lambda t: f"{t.hours:g}"}
        number = kept.get(type(told))
        if number is not None:
            assert any(is_number(each) and f"{float(each):g}" == number(told) for each in in_sheet)
        elif not isinstance(told, date | int):
            assert in_words(told) in in_sheet or not in_words(told)
    for sentence in said.sentences:
        assert sentence in on_page and sentence in on_paper and sentence in in_sheet


def is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?(E-?\d+)?", text) is not None


def test_no_childs_or_authors_name_is_in_a_file_its_name_or_what_it_says_of_itself(
    client, city, lark_hill, helped
):
    client = sign_in(client, city.head_teacher)
    for address, ending in ((f"{PAGE}pdf/", "pdf"), (f"{PAGE}sheet/", "xlsx")):
        answer = client.get(address)
        assert answer["Content-Disposition"] == f'attachment; filename="{lark_hill.pk}-{THIS_YEAR}.{ending}"'
        body = answer.content
        told = pdf_text(body) + body.decode("latin-1") if ending == "pdf" else "".join(unzipped(body))
        for name in ("Invented", "Asha", "Dilys", "Arden", "Miriam"):
            assert name not in told


def unzipped(body: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return [book.read(name).decode("utf-8", "replace") for name in book.namelist()]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+44", "-1", "@sum"])
def test_text_that_looks_like_a_formula_stays_text(city, lark_hill, helped, name):
    lark_hill.name = name
    lark_hill.save()
    cells = sheet_cells(as_spreadsheet(StatementPage(statement(city, lark_hill))))
    assert guarded(name) == f"'{name}" in cells
    assert not any(cell.startswith(("=", "+", "@")) for cell in cells)


def test_letters_that_the_font_lacks_lose_their_accent_and_no_letter_is_lost(city, lark_hill, helped):
    assert written("Saint Łucja’s, Košice – £5") == "Saint ?ucja’s, Košice – £5"
    lark_hill.name = "Ysgol Ŵyn"
    lark_hill.save()
    assert "Ysgol Wyn" in pdf_text(as_pdf(StatementPage(statement(city, lark_hill))))


def test_taking_a_statement_away_is_in_the_read_audit(client, city, lark_hill, helped):
    client = sign_in(client, city.head_teacher)
    for address in (PAGE, f"{PAGE}pdf/", f"{PAGE}sheet/"):
        assert client.get(address).status_code == 200
    seen = ReadAudit.objects.filter(worker=city.head_teacher.worker.pk, what__startswith="funding:")
    assert sorted(seen.values_list("what", flat=True)) == [
        "funding:statement", "funding:statement.pdf", "funding:statement.xlsx",
    ]  # fmt: skip


def test_time_is_told_once_in_each_childs_file_as_one_occasion(city, lark_hill):
    two = [child_of(city, lark_hill.pk), child_of(city, lark_hill.pk)]
    gave(city, two, 60)
    occasions = Entry.objects.filter(file__in=two).exclude(occasion=0).values_list("occasion", flat=True)
    assert len(occasions) == 2
    assert len(set(occasions)) == 1
    with pytest.raises(actions.Refused):
        gave(city, [], 60)
