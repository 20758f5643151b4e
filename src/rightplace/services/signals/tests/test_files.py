"""A file of signals: every line accounted for by its number, and what is no such file refused whole."""

from __future__ import annotations

import csv
import io

import pytest

from rightplace.services.signals.files import LARGEST, MOST_ROWS, FileRefused, columns_file, read, take_file
from rightplace.services.signals.models import Signal, Tally
from rightplace.services.signals.rows import FIELDS
from rightplace.services.signals.taking import Outcome
from rightplace.services.signals.tests.giving import brother, row
from rightplace.testing.organisation import SmallCity

HEADING = "sender_id,kind,noticed,given,family,born,postcode,words"


def as_csv(*rows: dict[str, object]) -> bytes:
    """Rows as a school's system saves them."""
    told = io.StringIO()
    writer = csv.DictWriter(told, FIELDS)
    writer.writeheader()
    writer.writerows(rows)
    return told.getvalue().encode()


def taken(city: SmallCity, content: bytes) -> Outcome:
    return take_file(city.school.team.agency_id, content, len(content), city.school.actor)


def test_every_row_of_a_file_is_taken_the_same_or_refused_with_its_line(city, feed):
    wrong = brother(3, noticed="yesterday")
    told = as_csv(row(1), brother(2), row(1), wrong)
    outcome = taken(city, told + b"too,few\r\n\r\n")
    assert (outcome.taken, outcome.same) == (2, 1)
    assert [(each.line, each.sender_id) for each in outcome.refused] == [(5, "row-3"), (6, "")]
    assert outcome.rows == 5
    assert taken(city, told).taken == 0
    assert Signal.objects.count() == 2
    counted = Tally.objects.filter(what__startswith="refused")
    assert sum(counted.values_list("number", flat=True)) == 3


def test_a_line_is_counted_where_it_begins_also_after_words_of_several_lines(city, feed):
    outcome = taken(city, as_csv(row(1, words="One.\nTwo.\nThree."), row(2, kind="no.such")))
    assert [each.line for each in outcome.refused] == [5]
    assert Signal.objects.count() == 1


def test_columns_may_come_in_any_order_and_case_with_a_mark_at_the_start(city, feed):
    said = row()
    names = [name for name in reversed(FIELDS) if name in said]
    text = (
        ",".join(name.upper() for name in names) + "\n" + ",".join(str(said[name]) for name in names) + "\n"
    )
    assert taken(city, b"\xef\xbb\xbf" + text.encode()).taken == 1


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "spreadsheet"),
        ("näme".encode("latin-1"), "UTF-8"),
        (b"sender_id\x00", "no writing"),
        (b"kind,words\n", "Missing: sender_id, noticed"),
        (HEADING.encode() + b",colour\nx\n", "not known or named twice"),
        (HEADING.encode() + b",words\nx\n", "not known or named twice"),
        (HEADING.encode() + b"\n", "no rows"),
        (HEADING.encode() + b'\n"open,a\n', "cannot be read as CSV"),
        (HEADING.encode() + b'\n"' + b"x" * 140_000 + b'"\n', "cannot be read as CSV"),
        (HEADING.encode() + b"\n" + b"a,b,c,d,e,f,g,h\n" * (MOST_ROWS + 1), "rows are the most"),
        (b"x" * (LARGEST + 1), "2.0 MB; 2 MB is the most"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_a_file_that_is_none_is_refused_whole_with_what_to_do(content: bytes, because: str):
    with pytest.raises(FileRefused, match=because):
        read(content, len(content))


def test_what_was_cut_off_on_its_way_is_refused():
    with pytest.raises(FileRefused):
        read(b"sender_id,kind", LARGEST * 3)


def test_a_formula_in_a_cell_stays_a_text(city, feed):
    assert taken(city, as_csv(row(words="=cmd|' /C calc'!A0"))).taken == 1


def test_the_empty_file_has_the_columns_and_nothing_else():
    assert columns_file().strip().split(",") == list(FIELDS)
