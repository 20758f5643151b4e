"""The letter to a family: who its worker is from the first day, what stays, and whom to ring. On the house's paper.

It carries no address: the worker who sends it knows where to. It is made once the next team has accepted the family.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rightplace.common.documents.paper import BELOW, FONT, INK, Sheet, written
from rightplace.common.web import words
from rightplace.foundation.organisation.models import Worker
from rightplace.services.cutover.models import FamilyMove
from rightplace.services.cutover.queries import Named

WRITTEN_IN = (FamilyMove.State.ACCEPTED, FamilyMove.State.MOVED)


@dataclass(frozen=True, kw_only=True)
class FamilyLetter:
    """What a family is written."""

    number: int
    on: str
    to: str
    heading: str
    says: Sequence[str]


def may_be_written(family: Named) -> bool:
    """Whether the family has a next team, and its writer may know every child of it."""
    return family.row.state in WRITTEN_IN and not family.hidden


def family_letter(family: Named, manager: Worker | None, now: datetime) -> FamilyLetter:
    """The letter, in words that a tired reader takes in at once."""
    row = family.row
    assert row.to_team is not None
    assert row.worker is not None
    day, new, old = words.plain_day(row.cutover.first_day), row.to_team, row.from_team
    stays = row.worker_id == row.before_worker
    children = words.listed([each.given for each in family.people])
    met = (
        ""
        if stays or not family.before
        else f" {family.before} hands over to {row.worker.name} before that day."
    )
    ring = f" From that day on ring {new.phone}." if new.phone and new.phone != old.phone else ""
    same = bool(new.phone) and new.phone == old.phone
    until = (
        f" You reach us on {new.phone}, before that day and after it."
        if same
        else f" Until then ring {old.name}{f' on {old.phone}' if old.phone else ''}."
    )
    says = [
        f"From {day} {new.name} works with you instead of {old.name}.",
        "Our teams are being put together anew. Nothing that you did led to it.",
        f"{row.worker.name} stays your worker." if stays else f"{row.worker.name} will be your worker.{met}",
        "What we have agreed with you stays agreed. Every visit, meeting and answer that is due stays due on its day.",
        f"{until.strip()}{ring}",
        *([f"If something about this worries you, ask for {manager.name}, who leads {new.name}."] if manager else []),
        "If a child is in danger now, call 999.",
    ]  # fmt: skip
    heading = "Your worker stays" if stays else "Your worker changes"
    return FamilyLetter(
        number=row.pk, on=words.plain_day(now), to=f"To the family of {children}", heading=heading, says=says
    )


def as_pdf(letter: FamilyLetter, made: datetime) -> bytes:
    """The letter as the bytes of a PDF."""
    sheet = Sheet(f"Letter {letter.number}", f"Letter {letter.number}", made)
    sheet.add_page()
    sheet.say([letter.to, letter.on])
    sheet.ln(4)
    sheet.set_text_color(*INK)
    sheet.set_font(FONT, "B", 18)
    sheet.multi_cell(0, 9, written(letter.heading), align="L", **BELOW)
    sheet.ln(2)
    sheet.say(letter.says)
    return bytes(sheet.output())
