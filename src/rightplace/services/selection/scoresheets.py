"""A scorer's own sheets of a panel as a spreadsheet, out and in again: each row taken, known already, or refused.

Only one's own sheets are in it and only they are written: nobody learns by a spreadsheet what another scorer found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.db import transaction

from rightplace.common.documents.spreadsheets import Unreadable, rows_of
from rightplace.common.web import words
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require, scope
from rightplace.foundation.organisation import clock
from rightplace.services.selection import scoring
from rightplace.services.selection.models import Criterion, Panel, ScoreSheet
from rightplace.services.selection.policy import SCORE
from rightplace.services.selection.scoring import Given
from rightplace.services.selection.sheets import KNOWN, REFUSED, TAKEN, RowTold, book_of

SIGN: Final = "Sign this row (yes: I am neither kin nor friend, nor in dispute)"
FIXED: Final = ("Sheet", "Worker number", "Worker", "Interview")
YES: Final = frozenset({"yes", "y", "true", "1"})


def own_sheets(panel: Panel, by: Actor) -> list[ScoreSheet]:
    """The reader's sheets of a panel that count, in the order of the interviews."""
    rows = scope(by, ScoreSheet).filter(assessment__panel=panel, replaced_at=None, conflict_at=None)
    rows = rows.select_related("assessment__member__worker", "assessment__panel")
    return list(rows.order_by("assessment__interview_at", "assessment__member__worker__name", "pk"))


def _mark(criterion: Criterion) -> str:
    return f"{criterion.title} (0 to {criterion.most})"


def _evidence(criterion: Criterion) -> str:
    return f"Evidence: {criterion.title}"


def sheets_out(panel: Panel, by: Actor) -> bytes:
    """The template, a row for each of one's own sheets, with what one has written so far."""
    require(by, SCORE)
    criteria = list(panel.criteria.all())
    columns = [*FIXED, *(name for each in criteria for name in (_mark(each), _evidence(each))), SIGN]
    return book_of(
        "Score sheets", columns, [_line(each, criteria) for each in own_sheets(panel, by)], clock.now()
    )


def _line(sheet: ScoreSheet, criteria: Sequence[Criterion]) -> list[str | float]:
    marks, member = sheet.said.get("marks", {}), sheet.assessment.member
    at = sheet.assessment.interview_at
    line: list[str | float] = [sheet.pk, member.worker_id, member.worker.name, words.when(at) if at else ""]
    for each in criteria:
        points, evidence = marks.get(each.code, (None, ""))
        line += ["" if points is None else points, evidence]
    return [*line, "yes" if sheet.signed_at else ""]


def take_scores(sent: bytes, *, panel: Panel, by: Actor, trial: bool = False) -> list[RowTold]:
    """Keep, and where the row says so sign, what one found. A refused row leaves nothing behind; the others stand."""
    require(by, SCORE)
    heading, *lines = rows_of(sent)
    names = [each.strip().lower() for each in heading]
    criteria = list(panel.criteria.all())
    wanted = [
        "Sheet",
        "Worker number",
        *(name for each in criteria for name in (_mark(each), _evidence(each))),
    ]
    missing = [name for name in wanted if name.lower() not in names]
    if missing:
        raise Unreadable(f"The sheet lacks the column {', '.join(missing)}.")
    if len(set(filter(None, names))) < len(list(filter(None, names))):
        raise Unreadable("The sheet has a column twice.")
    mine = {str(each.pk): each for each in own_sheets(panel, by)}
    with transaction.atomic():
        told = [
            _taken(line, dict(zip(names, cells, strict=False)), mine, criteria, by)
            for line, cells in enumerate(lines, 2)
        ]
        if trial:
            transaction.set_rollback(True)
    return told


def _taken(
    line: int,
    cells: Mapping[str, str],
    mine: Mapping[str, ScoreSheet],
    criteria: Sequence[Criterion],
    by: Actor,
) -> RowTold:
    who = cells.get("worker number", "")[:20]
    try:
        with transaction.atomic():
            outcome, says = _write(cells, mine, criteria, by)
            return RowTold(line, who, outcome, says)
    except Refused as why:
        return RowTold(line, who, REFUSED, f"{why.because} {why.instead}")


def _write(
    cells: Mapping[str, str], mine: Mapping[str, ScoreSheet], criteria: Sequence[Criterion], by: Actor
) -> tuple[str, str]:
    found = mine.get(cells.get("sheet", "").strip())
    if found is None:
        raise Refused(
            "You have no sheet with this number here.", "Take the sheet out anew, and keep its numbers."
        )
    if cells.get("worker number", "").strip() != str(found.assessment.member.worker_id):
        raise Refused("Sheet and worker number do not belong together.", "Keep each row as it was taken out.")
    sheet = ScoreSheet.objects.select_related("assessment__member").get(pk=found.pk)
    marks = {each.code: _given(each, cells) for each in criteria}
    kept = {code: [each.points, each.evidence] for code, each in marks.items()}
    sign = cells.get(SIGN.lower(), "").strip().lower() in YES
    same = sheet.said.get("marks", {}) == kept
    if sheet.signed_at is not None:
        if same:
            return KNOWN, "signed"
        raise Refused(
            "You have signed this sheet.", "What was signed stays; moderation settles a difference."
        )
    if all(points is None and not evidence for points, evidence in kept.values()):
        if sheet.said:
            raise Refused("The row is empty and you have written something.", "Empty it on the page itself.")
        return KNOWN, "nothing in this row"
    if same and not sign:
        return KNOWN, "kept, not signed"
    scoring.save_sheet(sheet=sheet, marks=marks, by=by)
    if not sign:
        return TAKEN, "kept, not signed"
    scoring.sign_sheet(sheet=sheet, no_conflict=True, by=by)
    return TAKEN, "signed"


def _given(criterion: Criterion, cells: Mapping[str, str]) -> Given:
    said = cells.get(_mark(criterion).lower(), "").strip()
    evidence = cells.get(_evidence(criterion).lower(), "").strip()
    if not said:
        return Given(None, evidence)
    if not said.isdecimal() or int(said) > criterion.most:
        raise Refused(
            f"“{said[:20]}” is no mark for {criterion.title}.",
            f"Give a whole number from 0 to {criterion.most}.",
        )
    return Given(int(said), evidence)
