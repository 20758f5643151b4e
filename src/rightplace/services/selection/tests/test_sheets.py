"""Spreadsheets: each row accounted for, text never a formula."""

from __future__ import annotations

from datetime import date

import pytest

from rightplace.common.documents.spreadsheets import Unreadable, rows_of
from rightplace.foundation.access.scope import NotAllowed
from rightplace.services.selection import sheets
from rightplace.services.selection.models import PreferenceList


def csv_of(*rows) -> bytes:
    heading = "Worker number,Paper of,Wish 1,Wish 2"
    return "\n".join([heading, *(",".join(str(cell) for cell in row) for row in rows)]).encode()


def test_each_row_is_taken_known_already_or_refused(pooled, jobs):
    number, first, second = pooled.people[0].worker.pk, f'"{jobs[0].name}"', f'"{jobs[1].name}"'
    sent = csv_of(
        (number, "2025-11-07", first, second),
        (number, "2025-11-07", first, second),
        (pooled.people[1].worker.pk, "2025-11-07", "No such job", ""),
        (999_999, "2025-11-07", first, ""),
        (pooled.people[2].worker.pk, "", first, ""),
    )
    tried = sheets.take_wishes(sent, exercise=pooled.exercise, by=pooled.hr, trial=True)
    assert not PreferenceList.objects.exists()
    told = sheets.take_wishes(sent, exercise=pooled.exercise, by=pooled.hr)
    assert [row.outcome for row in told] == [sheets.TAKEN, sheets.KNOWN, *[sheets.REFUSED] * 3]
    assert [row.outcome for row in tried] == [row.outcome for row in told]
    assert PreferenceList.objects.get().paper_of == date(2025, 11, 7)


def test_what_goes_out_comes_in_as_known_already(pooled, jobs):
    pooled.wish(0, jobs[0], jobs[1])
    out = sheets.wishes_out(pooled.exercise)
    told = sheets.take_wishes(out, exercise=pooled.exercise, by=pooled.hr)
    assert {row.outcome for row in told} == {sheets.KNOWN}
    assert len(told) == 8


def test_scores_go_out_for_whoever_keeps_the_selection(scored):
    rows = rows_of(sheets.scores_out(scored.exercise))
    assert len(rows) == 9
    assert rows[1][3] == "100"


def test_a_sheet_without_its_columns_is_not_read(pooled):
    with pytest.raises(Unreadable, match="paper of"):
        sheets.take_wishes(b"Worker number,Wish 1\n1,x", exercise=pooled.exercise, by=pooled.hr)
    with pytest.raises(NotAllowed):
        sheets.take_wishes(csv_of(), exercise=pooled.exercise, by=pooled.head)
