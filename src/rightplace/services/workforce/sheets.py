"""Posts as a spreadsheet, in the columns in which `taking.py` reads them back; text never as a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Final

import xlsxwriter

from rightplace.common.web.words import plain_day
from rightplace.foundation.organisation.establishment.standing import PostStanding, State
from rightplace.foundation.organisation.establishment.tables import Occupancy, Profession
from rightplace.foundation.organisation.rolecodes import RoleCode

COLUMNS: Final = (
    "Reference", "Title", "Grade", "Profession", "Role", "Team", "Funding", "Hours", "Begins", "Seat", "Seat hours",
    "State", "Worker", "Worker number", "How", "Worker hours",
)  # fmt: skip
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Text that no program takes for a formula, also when the sheet is later kept as CSV."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_spreadsheet(posts: Sequence[PostStanding], on: date, made: datetime) -> bytes:
    """One line a seat, with the post's columns on each."""
    held = BytesIO()
    book = xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    title = f"Posts on {plain_day(on)}"
    book.set_properties({"title": title, "created": made.astimezone(UTC).replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bg_color": "#F5F3EE", "bottom": 1})
    hours = book.add_format({"num_format": "0.00"})
    page = book.add_worksheet("Posts")
    page.freeze_panes(1, 0)
    page.set_column(0, len(COLUMNS) - 1, 16)
    for place, name in enumerate(COLUMNS):
        page.write_string(0, place, name, head)
    for line, cells in enumerate((row for post in posts for row in _rows(post)), 1):
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                page.write_string(line, place, guarded(cell))
            else:
                page.write_number(line, place, cell, hours)
    book.close()
    return held.getvalue()


def _rows(post: PostStanding) -> list[list[str | float]]:
    own: list[str | float] = [
        post.reference, post.title, post.grade, Profession(post.profession).label, RoleCode(post.role).name.lower(),
        post.team_name, post.funding, float(post.hours), "",
    ]  # fmt: skip
    if not post.seats:
        return [[*own, "", "", _state(post, State.VACANT), "", "", "", ""]]
    return [
        [
            *own, float(seat.number), float(seat.hours), _state(post, seat.state), seat.name or "",
            float(seat.worker) if seat.worker else "", Occupancy.Kind(seat.kind).value if seat.kind else "",
            float(seat.sits_hours) if seat.sits_hours else "",
        ]
        for seat in post.seats
    ]  # fmt: skip


def _state(post: PostStanding, state: State) -> str:
    return str(State.FROZEN if post.frozen and state is State.VACANT else state)
