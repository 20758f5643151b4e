"""Rates as a page says them: what an hour costs by grade, how much more an agency is, and whose word it is."""

from __future__ import annotations

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Lines, Row
from rightplace.services.recruitment.models import AgencyRate
from rightplace.services.recruitment.rates import Rates

RATE_COLUMNS = (
    Column("Grade"), Column("Through an agency", number=True), Column("Employed", number=True),
    Column("More", number=True), Column("Since"), Column("From where"),
)  # fmt: skip
SAID_COLUMNS = (
    Column("Grade"), Column("Through an agency", number=True), Column("Employed", number=True), Column("From"),
    Column("Until"), Column("From where"),
)  # fmt: skip


def pounds(pence: int) -> str:
    return f"£{pence / 100:,.2f}"


def sentences(found: Rates) -> list[str]:
    """What a reader must know of these figures."""
    sample = [grade for grade in found.grades if grade not in found.own]
    if not found.grades:
        return []
    if not sample:
        return ["Each grade has a rate that somebody here has said, with its source."]
    which = "Every rate" if not found.own else words.capitalised(words.listed(sample))
    return [
        f"{which} {'is' if len(sample) == 1 or not found.own else 'are'} a sample, not yours: say what you pay."
    ]


def rate_rows(found: Rates) -> list[Row]:
    """One line a grade."""
    rows = []
    for grade in found.grades:
        rate, own = found.rate(grade), found.own.get(grade)
        assert rate is not None
        rows.append(
            Row(
                (
                    grade,
                    pounds(rate.agency),
                    pounds(rate.employed),
                    pounds(rate.agency - rate.employed),
                    words.plain_day(own.begins) if own else None,
                    Lines(own.source, f"said by {own.recorded_by.name}")
                    if own
                    else tags.not_known("sample, not yours"),
                )
            )
        )
    return rows


def said_row(row: AgencyRate) -> Row:
    """A rate that was said for other days than today."""
    until = words.plain_day(row.ends) if row.ends else "goes on"
    return Row(
        (row.grade, pounds(row.agency), pounds(row.employed), words.plain_day(row.begins), until,
         Lines(row.source, f"said by {row.recorded_by.name}"))
    )  # fmt: skip
