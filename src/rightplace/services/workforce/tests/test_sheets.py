"""Spreadsheets out and in: each row is accounted for, and a hostile file is refused in a sentence."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.common.documents.spreadsheets import Unreadable, rows_of
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import actions, queries
from rightplace.foundation.organisation.establishment.tables import Occupancy, Post
from rightplace.services.workforce.sheets import COLUMNS, as_spreadsheet
from rightplace.services.workforce.tests.conftest import LONG_AGO, MORNING

HEAD = ["Reference", "Title", "Grade", "Profession", "Role", "Team", "Hours", "Begins", "Seat", "Seat hours",
        "Worker number", "How", "Worker hours"]  # fmt: skip


def row(reference="A1", team="Area 1 family support", **said):
    line = {
        "Reference": reference, "Title": "Worker", "Grade": "GR4", "Profession": "youth work",
        "Role": "family_support_worker", "Team": team, "Hours": "37",
    }  # fmt: skip
    return [
        (line | {key.replace("_", " "): value for key, value in said.items()}).get(name, "") for name in HEAD
    ]


def sheet(*rows, head=HEAD):
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue().encode()


@pytest.fixture
def take(city):
    from rightplace.services.workforce.taking import take_sheet

    return lambda sent, **more: take_sheet(sent, by=city.human_resources.actor, **more)


def outcomes(told):
    return [(each.line, each.outcome) for each in told.rows]


def test_every_row_is_taken_or_refused_with_its_reason(city, take):
    told = take(
        sheet(
            row("A1", Begins="2026-03-01", Worker_number=str(city.family_support_worker.worker.pk)),
            row("A2", team="No such team"), row("A3", Hours="many"), row("A4", Hours="37", Seat="1", Seat_hours="38"),
            row("A5", Worker_number="999999"), row("A6", Profession="wizardry"), row("A7", Begins="31/02/2026"),
            row("A1", Begins="2026-03-01", Title="Another title"), row("A8", Begins="03/03/2026"),
        )
    )  # fmt: skip
    assert outcomes(told) == [(2, "taken"), *((n, "refused") for n in range(3, 10)), (10, "taken")]
    assert all(each.says for each in told.rows)
    assert list(Post.objects.order_by("reference").values_list("reference", flat=True)) == ["A1", "A8"]
    assert Occupancy.objects.get().worker == city.family_support_worker.worker


def test_a_job_share_is_two_rows_and_a_third_is_refused(take):
    halves = [row("A1", Seat=str(n), Seat_hours="18.5", Begins="2026-03-01") for n in (1, 2, 3)]
    assert outcomes(take(sheet(*halves))) == [(2, "taken"), (3, "taken"), (4, "refused")]


def test_a_trial_changes_nothing_and_says_the_same(take):
    sent = sheet(row("A1"), row("A2", team="No such team"))
    assert outcomes(take(sent, trial=True)) == [(2, "taken"), (3, "refused")]
    assert not Post.objects.exists()
    assert outcomes(take(sent)) == [(2, "taken"), (3, "refused")]


def test_what_was_taken_out_is_known_when_it_is_taken_in(city, employed, take):
    employed(city.family_support_worker, 30)
    employed(city.social_worker)
    actions.freeze_post(
        post=employed(city.auditor), begins=LONG_AGO, because="x", by=city.human_resources.actor
    )
    out = as_spreadsheet(queries.standing(clock.today()), clock.today(), MORNING)
    assert [each.outcome for each in take(out).rows] == ["known already"] * 3
    assert Post.objects.count() == 3


def test_only_who_keeps_the_establishment_takes_in(city):
    from rightplace.services.workforce.taking import take_sheet

    with pytest.raises(NotAllowed):
        take_sheet(sheet(row()), by=city.head_of_service.actor)


def test_no_cell_is_a_formula_and_a_formula_sent_is_only_text(city, take):
    post = actions.open_post(
        title="=HYPERLINK(1)", grade="@x", profession="other", role=20, team=city.family_support, funding="+1", hours=1,
        begins=LONG_AGO, by=city.human_resources.actor,
    )  # fmt: skip
    out = as_spreadsheet(queries.standing(clock.today()), clock.today(), MORNING)
    cells = [cell for line in openpyxl.load_workbook(io.BytesIO(out)).active.iter_rows() for cell in line]
    assert not [cell.value for cell in cells if cell.data_type == "f" or str(cell.value).startswith("=")]
    assert [each.outcome for each in take(out).rows] == ["known already"]
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append([*row("F1")[:1], "=1+1", *row("F1")[2:]])
    held = io.BytesIO()
    book.save(held)
    told = take(held.getvalue())
    assert outcomes(told) == [(2, "refused")]
    assert Post.objects.get() == post


def zipped(**parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/"), text)
    return held.getvalue()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (zipped(xl__bomb=b"0" * 41_000_000), "too large"),
        (zipped(xl__sheet=b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>'), "no table"),
        (zipped(xl__vbaProject=b"x"), "macros"),
        (zipped(**{f"part{n}": b"x" for n in range(201)}), "too many parts"),
        (zipped(xl__sheet=b"<a/>"), "broken"),
        (b"PK\x03\x04 and no more", "broken"),
        (b"\xff\xfe\x00", "neither"),
        (b"", "no rows"),
        (b'"open', "cannot be read"),
        (b"x" * 5_000_001, "5 MB"),
        (b"Reference,Title\nA1,B\n", "lacks the column"),
        (b"a,a,reference,title,grade,profession,role,team,hours\n", "twice"),
        (b"x\n" * 10_001, "more than 10,000 rows"),
    ],
)  # fmt: skip
def test_a_hostile_or_broken_file_is_refused_in_a_sentence(take, sent, says):
    with pytest.raises(Unreadable, match=says):
        take(sent)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_no_bytes_make_the_reader_fail_otherwise(sent, as_zip):
    with contextlib.suppress(Unreadable):
        rows_of(b"PK\x03\x04" + sent if as_zip else sent)


def test_the_sheet_has_the_columns_that_are_read():
    assert {name.lower() for name in HEAD} <= {name.lower() for name in COLUMNS}
