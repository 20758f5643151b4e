"""A scorer's own spreadsheet: each row kept, signed, known already or refused; nothing of another scorer in it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from rightplace.common.documents.spreadsheets import Unreadable, rows_of
from rightplace.services.selection import scoresheets
from rightplace.services.selection.models import Result, ScoreSheet
from rightplace.services.selection.sheets import KNOWN, REFUSED, TAKEN, book_of
from rightplace.testing.organisation import sign_in


@pytest.fixture
def before(pooled):
    """Three people before one panel of two."""
    pooled.made = pooled.panel()
    pooled.three = [pooled.assessed(pooled.made, place) for place in range(3)]
    return pooled


def filled(made, by, marks):
    """The scorer's template with marks typed in, a row each: (families, partners, sign)."""
    heading, *lines = rows_of(scoresheets.sheets_out(made.made, by))
    for line, (families, partners, sign) in zip(lines, marks, strict=False):
        line += [""] * (len(heading) - len(line))
        line[4], line[5], line[6], line[7], line[8] = families, "Said how", partners, "Named two", sign
    return heading, lines


def taken(made, by, heading, lines, **more):
    from rightplace.foundation.organisation import clock

    return scoresheets.take_scores(
        book_of("Score sheets", heading, lines, clock.now()), panel=made.made, by=by, **more
    )


def test_marks_come_in_row_by_row_and_a_refused_row_leaves_nothing_behind(before):
    by = before.city.assessment_manager.actor
    heading, lines = filled(before, by, [("4", "3", "yes"), ("9", "3", "yes"), ("2", "2", "")])
    lines.append([*lines[0][:1], "999999", *lines[0][2:]])
    tried = taken(before, by, heading, lines, trial=True)
    assert not any(sheet.said for sheet in ScoreSheet.objects.all())
    told = taken(before, by, heading, lines)
    assert [row.outcome for row in told] == [TAKEN, REFUSED, TAKEN, REFUSED]
    assert [row.outcome for row in tried] == [row.outcome for row in told]
    assert "no mark for Work with whole families" in told[1].says
    assert "do not belong together" in told[3].says
    assert (told[0].says, told[2].says) == ("signed", "kept, not signed")
    again = taken(before, by, heading, lines)
    assert [row.outcome for row in again] == [KNOWN, REFUSED, KNOWN, REFUSED]
    lines[0][4] = "1"
    assert "What was signed stays" in taken(before, by, heading, lines)[0].says


def test_a_row_without_evidence_is_not_signed(before):
    by = before.city.assessment_manager.actor
    heading, lines = filled(before, by, [("4", "3", "yes")])
    lines[0][5] = ""
    (told, *_) = taken(before, by, heading, lines)
    assert told.outcome == REFUSED and "no evidence" in told.says
    assert not ScoreSheet.objects.exclude(signed_at=None).exists()


def test_the_second_scorer_never_sees_what_the_first_gave_and_cannot_write_the_firsts_sheets(before):
    first, second = before.city.assessment_manager.actor, before.city.other_assessment_manager.actor
    heading, lines = filled(before, first, [("4", "3", "yes")] * 3)
    assert {row.outcome for row in taken(before, first, heading, lines)} == {TAKEN}
    out = rows_of(scoresheets.sheets_out(before.made, second))
    assert not any("Said how" in cell or cell == "4" for row in out[1:] for cell in row[4:])
    told = taken(before, second, heading, lines)
    assert {row.outcome for row in told} == {REFUSED}
    assert all("You have no sheet with this number" in row.says for row in told)
    assert not Result.objects.exists()
    heading, lines = filled(before, second, [("4", "3", "yes")] * 3)
    assert {row.outcome for row in taken(before, second, heading, lines)} == {TAKEN}
    assert Result.objects.count() == 3


def test_the_pages_give_and_take_the_sheet_of_a_panel_member_only(before):
    client = sign_in(Client(), before.city.assessment_manager)
    out = reverse("selection:scores-out", args=[before.made.pk])
    answer = client.get(out)
    assert answer.status_code == 200
    heading, lines = filled(before, before.city.assessment_manager.actor, [("4", "3", "yes")])
    body = "\n".join(",".join(f'"{cell}"' for cell in row) for row in [heading, *lines]).encode()
    sent = {"act": "take", "file": SimpleUploadedFile("marks.csv", body)}
    page = client.post(reverse("selection:scores-in", args=[before.made.pk]), sent)
    assert "3 rows: 1 taken, 2 known already." in page.content.decode()
    for who in (before.city.family_support_manager, before.city.human_resources, before.people[0]):
        assert sign_in(Client(), who).get(out).status_code == 404


def test_a_sheet_of_another_panel_is_not_read(before):
    with pytest.raises(Unreadable, match="lacks the column"):
        scoresheets.take_scores(
            b"Sheet,Worker number\n1,1", panel=before.made, by=before.city.assessment_manager.actor
        )
