"""What passed, as a page shows it: when, which way, with whom, on which basis, for what, and the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rightplace.common.disclosure import grounds
from rightplace.common.disclosure.projections import GIVEN, RECEIVED, REFUSED, WITHHELD, Sharing
from rightplace.common.disclosure.saying import Said
from rightplace.common.documents import attachments
from rightplace.common.documents.attachments import Attached
from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Worker

RULE_COLUMNS = (Column("Ground"), Column("Source"), Column("How it stands"))
CLOSED = "You may not read the words, or they were erased."
OURS: Mapping[str, Tag] = {
    GIVEN: tags.plain("we gave"), RECEIVED: tags.plain("we were given"), REFUSED: tags.due_soon("we did not share"),
    WITHHELD: tags.due_soon("they did not share"),
}  # fmt: skip
THEIRS: Mapping[str, Tag] = {
    GIVEN: tags.plain("given to you"), RECEIVED: tags.plain("you gave"), WITHHELD: tags.due_soon("you did not share"),
}  # fmt: skip


@dataclass(frozen=True)
class Passed:
    """Once that something passed; for brothers and sisters who were spoken of together, once for all."""

    number: int
    when: str
    tag: Tag
    who: str
    by: str
    said: Said | None
    ground: str
    exactly: bool
    attached: Sequence[Attached] = ()
    children: int = 1

    @property
    def heading(self) -> str:
        """What it was, in a word or two."""
        return self.said.what if self.said else "Something that is not yours to read"


def passed(rows: Sequence[Sharing], said: Mapping[int, Said], *, theirs: bool = False) -> list[Passed]:
    """Each of these sharings with its words, once for the children for whom the same was written at one moment."""
    agencies = Agency.objects.in_bulk({row.agency for row in rows if row.agency}) if not theirs else {}
    workers = Worker.objects.in_bulk({row.author for row in rows})
    wanted: dict[int, set[int]] = {}
    for row in rows:
        if (own := said.get(row.pk)) is not None and own.attachments:
            wanted.setdefault(row.file, set()).update(own.attachments)
    files = attachments.of_files(wanted)
    found: dict[object, Passed] = {}
    for row in rows:
        own = said.get(row.pk)
        key = (row.at, row.way, row.agency, row.author, own) if own and not row.of_concern else row.pk
        if key in found:
            found[key] = replace(found[key], children=found[key].children + 1)
        else:
            one = _passed(row, own, agencies, workers, theirs)
            kept = [files[number] for number in (own.attachments if own else ()) if number in files]
            found[key] = replace(one, attached=kept)
    return list(found.values())


def _passed(
    row: Sharing,
    said: Said | None,
    agencies: Mapping[int, Agency],
    workers: Mapping[int, Worker],
    theirs: bool,
) -> Passed:
    rule = grounds.ground(said.ground) if said and said.ground else None
    agency = agencies.get(row.agency)
    return Passed(
        number=row.pk,
        when=words.when(row.at),
        tag=(THEIRS if theirs else OURS)[row.way],
        who=agency.name if agency else (said.with_whom if said else ""),
        by=workers[row.author].name if row.author in workers else "",
        said=said,
        ground=f"{rule.words} ({rule.source})" if rule else "",
        exactly=bool(said and said.sent),
    )


def ground_rows() -> list[Row]:
    """The grounds on which a refusal may rest, each with its source and how it stands today."""
    today = clock.today()
    rows = []
    for each in grounds.rules().ground:
        seen = tags.met("source seen") if each.checked else tags.not_known("source not checked")
        standing: Cell = Lines(each.standing_on(today), each.note) if each.note else each.standing_on(today)
        rows.append(Row([Lines(each.words, ""), Lines(each.source, seen.word), standing]))
    return rows


def child_links(file: int, record: str, refuse: str) -> list[Link]:
    """What may be done on a child's list."""
    return [Link("Record a sharing", record), Link("Record that something is not shared", refuse)]
