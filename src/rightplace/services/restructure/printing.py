"""A section 188 statement or an HR1 on A4, from the fields of its version and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rightplace.common.documents.paper import BELOW, FONT, INK, Sheet, written
from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Row
from rightplace.services.restructure.models import Paper
from rightplace.services.restructure.presenters.consultation import NOT_CHECKED


@dataclass(frozen=True)
class Part:
    """One part of a paper: what the law calls it, sentences, and a table if there is one."""

    heading: str
    words: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Row]


def title_of(paper: Paper) -> str:
    return f"{words.capitalised(Paper.Kind(paper.kind).label)}, version {paper.version}"


def source_of(paper: Paper) -> str:
    """The law that asks for the paper. What it must hold was written from memory, and the paper says so."""
    return f"{paper.fields['source']} ({NOT_CHECKED}: whether it holds all that the law asks for)"


def parts_of(paper: Paper) -> list[Part]:
    """The parts of a version, as it was made."""
    return [
        Part(
            part["heading"], part["words"],
            [Column(name, number=place > 0) for place, name in enumerate(part["columns"])],
            [Row(row) for row in part["rows"]],
        )
        for part in paper.fields["parts"]
    ]  # fmt: skip


def as_pdf(paper: Paper) -> bytes:
    """The bytes of a PDF that carries the same words as the page."""
    title = title_of(paper)
    sheet = Sheet(title, f"{title}. Made {words.when(paper.recorded_at)}.", paper.recorded_at)
    sheet.add_page()
    sheet.set_text_color(*INK)
    sheet.set_font(FONT, "B", 20)
    sheet.multi_cell(0, 9, written(title), align="L", **BELOW)
    sheet.say([f"{paper.programme.title}. {source_of(paper)}."])
    for part in paper.fields["parts"]:
        sheet.head(part["heading"])
        sheet.say(part["words"])
        if part["rows"]:
            sheet.lay(part["columns"], [[str(cell) for cell in row] for row in part["rows"]], numbers=2)
    return bytes(sheet.output())
