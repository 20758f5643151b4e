"""Who could best take a family, said by a service on the page on which a manager decides. The page knows no service.

An app registers in its `apps.py`: `register_advice`. Without one, or without the permission, the page asks as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rightplace.common.caseflow.actions import Suggested
from rightplace.common.web.pieces import Column, Row
from rightplace.foundation.access.actor import Actor

COST_COLUMNS = (Column("What it costs"), Column("Who bears it"), Column("A week", number=True))
OUT_COLUMNS = (Column("Worker"), Column("Why not"))


@dataclass(frozen=True, kw_only=True)
class Advice:
    """A suggestion as a page shows it: who, why in words and hours, who is next at what price, who is ruled out.

    `worker` is 0 where nobody can take the family; `heading` says so, and `says` which rule binds.
    """

    worker: int
    heading: str
    says: Sequence[str]
    costs: Sequence[Row] = ()
    next_heading: str = ""
    next_rows: Sequence[Row] = ()
    out: Sequence[Row] = ()
    not_known: Sequence[str] = ()
    source: str = ""
    free: dict[int, str] = field(default_factory=dict)
    """What each worker of the team has free, in words, for the choice beside it."""

    @property
    def suggested(self) -> Suggested:
        """What is written into the file with the decision."""
        costs = tuple(f"{_words(row.cells[0])}: {row.cells[2]}" for row in self.costs)
        following = (self.next_heading,) if self.next_heading else ()
        return Suggested(self.worker, (self.heading, *self.says, *costs, *following))


def _words(cell: object) -> str:
    text, more = getattr(cell, "text", str(cell)), getattr(cell, "more", "")
    return f"{text} ({more})" if more else str(text)


AdviceFill = Callable[[Actor, Sequence[int]], Advice | None]
_fills: list[AdviceFill] = []


def register_advice(fill: AdviceFill) -> None:
    """Say who could best take brothers and sisters. There is one source."""
    _fills[:] = [fill]


def advice_for(actor: Actor, children: Sequence[int]) -> Advice | None:
    """What is suggested for these children of one family; None where nobody suggests, or not to this reader."""
    return _fills[0](actor, children) if _fills else None
