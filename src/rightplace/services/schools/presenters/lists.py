"""What became of a list that was taken in, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Lines, Link, Row
from rightplace.services.schools.models import ListTaken
from rightplace.services.schools.taking import OUTCOMES, REFUSED, Tally

COLUMNS = (Column("List"), Column("Taken in"), Column("Rows", number=True), Column("What became of them"))
LOOK_COLUMNS = (Column("Line", number=True), Column("School number"), Column("What to look at"))


@dataclass(frozen=True)
class TallySaid:
    """A tally in sentences, and the lines to look at."""

    sentence: str
    more: str
    rows: Sequence[Row]


def counts_words(counts: dict[str, int]) -> str:
    """“7 taken, 1 closed, 5 refused”."""
    return words.listed([f"{counts[name]:,} {name}" for name in OUTCOMES if counts.get(name)], "no row")


def tally_said(tally: Tally, *, trial: bool) -> TallySaid:
    """What a list did, or would do."""
    more = "Nothing was changed: this was a trial." if trial else ""
    if tally.before and not trial:
        more = "This list was taken in before: nothing was changed."
    return TallySaid(_sentence(tally.rows, dict(tally.counts)), more, look_rows(tally.to_look_at))


def taken_said(row: ListTaken) -> TallySaid:
    """What a list that was taken in did."""
    return TallySaid(_sentence(row.rows, row.counts), "", look_rows(row.to_look_at))


def _sentence(rows: int, counts: dict[str, int]) -> str:
    refused = "" if counts.get(REFUSED) else " Nothing was refused."
    return f"{words.count_words(rows, 'row')}: {counts_words(counts)}.{refused}"


def look_rows(lines: Sequence[dict[str, object]]) -> list[Row]:
    """What somebody should look at, in the order of the lines."""
    return [
        Row([str(each["line"] or "–"), str(each["urn"]), words.capitalised(str(each["because"]))])
        for each in lines
    ]


def list_rows(rows: Sequence[ListTaken]) -> list[Row]:
    """The lists that were taken in, the last first."""
    return [
        Row(
            [
                Link(words.capitalised(row.get_kind_display()), reverse("schools:list", args=[row.pk])),
                Lines(
                    words.when(row.recorded_at),
                    f"list of {words.plain_day(row.listed)}" if row.listed else "",
                ),
                row.rows,
                counts_words(row.counts),
            ]
        )
        for row in rows
    ]
