"""What the pages of imports say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Figure, Lines, Link, Row
from rightplace.gateways.exchange.models import Import, ImportedChild

COLUMNS: Final = (
    Column("Return"),
    Column("Authority"),
    Column("Taken in"),
    Column("Children", number=True),
    Column("Taken", number=True),
    Column("With doubts", number=True),
    Column("Refused", number=True),
)
CHILD_COLUMNS: Final = (
    Column("Child in the file"),
    Column("Line", number=True),
    Column("What became of it"),
    Column("Why"),
)
TO_LOOK_AT: Final = [str(ImportedChild.Outcome.REFUSED), str(ImportedChild.Outcome.DOUBTS)]
_SHOWN: Final = {
    "taken": "Children who were taken without doubts",
    "doubts": "Children who were taken with doubts",
    "refused": "Children who were refused",
}


def shown_words(outcome: str) -> str:
    """The heading of the list."""
    return _SHOWN.get(outcome, "Children who were refused or taken with doubts")


def name(row: Import) -> str:
    """What a return is called."""
    return f"CIN census {row.year}" if row.year else "CIN census, year not given"


def authority(row: Import) -> str | None:
    """The authority's number as the header gives it; None, shown as not known, where it gives none."""
    return row.authority or None


def line(row: Import) -> Row:
    """One return in the list."""
    link = Link(
        name(row), reverse("exchange:import", args=[row.pk]), f"up to {words.plain_day(row.reference)}"
    )
    when = Lines(words.when(row.finished_at), words.count_words(row.entries, "entry", "entries"))
    return Row((link, authority(row), when, row.children, row.taken, row.with_doubts, row.refused))


def child_line(child: ImportedChild) -> Row:
    """One child: where in the file, what became of it and why."""
    weights = ("refused",) if child.outcome == ImportedChild.Outcome.REFUSED else ("doubt",)
    why = [found for found in child.findings if found["weight"] in weights]
    first = why[0]["line"] if why else child.line
    said = " ".join(_sentence(found) for found in why) or "Nothing odd."
    return Row((f"Child {child.number}", first, child.get_outcome_display(), said))


def _sentence(found: dict[str, object]) -> str:
    return f"{found['sentence']} (line {found['line']})"


@dataclass(frozen=True)
class Told:
    """One return, in the sentences of its page."""

    row: Import
    address: str
    manager: str

    @property
    def name(self) -> str:
        return name(self.row)

    @property
    def standing(self) -> list[str]:
        """Whose return it is, up to when it tells, when it was taken in, who answers."""
        row = self.row
        whose = (
            f"of authority {row.authority}"
            if row.authority
            else "of an authority that its header does not name"
        )
        made = f", made by {row.software}" if row.software else ""
        said = [
            f"A return {whose}{made}, up to {words.plain_day(row.reference)}.",
            self._written,
            self.answering,
        ]
        if row.absent:
            children = words.count_words(row.absent, "child", "children")
            said.append(
                f"{children} of the authority's return before are not in this one; their files stay as they are."
            )
        return said

    @property
    def _written(self) -> str:
        files = words.count_words(self.row.new_files, "new file")
        entries = words.count_words(self.row.entries, "entry", "entries")
        return f"Taken in on {words.when(self.row.finished_at)}: {files}, {entries}, in {self.row.seconds:g} seconds."

    @property
    def answering(self) -> str:
        """Who answers for the children until they are confirmed."""
        if self.manager:
            return f"The team Imported, to be confirmed answers for the open children; its manager is {self.manager}."
        return (
            "The team Imported, to be confirmed answers for the open children and has no manager: "
            "name one, since nobody sees what falls due for them."
        )

    @property
    def figures(self) -> list[Figure]:
        """The tally; each part opens its list."""
        row = self.row
        plain = row.taken - row.with_doubts
        return [
            Figure(f"{plain:,}", "taken without doubts", f"{self.address}?children=taken"),
            Figure(f"{row.with_doubts:,}", "taken with doubts", f"{self.address}?children=doubts"),
            Figure(f"{row.refused:,}", "refused", f"{self.address}?children=refused"),
        ]

    @property
    def sum(self) -> str:
        """That every child is accounted for."""
        children = words.count_words(self.row.children, "child", "children")
        return f"{children} in the file: {self.row.taken:,} taken and {self.row.refused:,} refused."

    @property
    def findings(self) -> list[str]:
        """What is odd about the return as a whole."""
        return [_sentence(found) for found in self.row.findings]
