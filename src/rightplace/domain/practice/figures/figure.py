"""What a figure is: a question, a filter over one projection, what is listed, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass

from rightplace.domain.practice.figures.conditions import Condition, OfTeams, columns_of, every
from rightplace.domain.practice.rows import RowType


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure. `of` is there when it is a share: those of whom these are counted.

    `sentence` may name {n}, {of}, {share}, {low}, {high}, {oldest} and {groups}; `one` and `none` are said instead
    when there is one or none. `key` are the columns that name one thing of the list.
    """

    id: str
    title: str
    sentence: str
    none: str
    one: str = ""
    definition: str
    source: str
    rows: RowType
    where: Condition
    key: tuple[str, ...] = ("person",)
    of: Condition | None = None
    of_title: str = ""
    by: str = ""
    oldest: str = ""
    period: tuple[int, int] | None = None
    """Days before now: from the first to the second."""

    def __post_init__(self) -> None:
        columns = set(self.rows.__struct_fields__)
        named = {*self.key, *columns_of(self.whole), *([self.by] if self.by else [])}
        named |= {self.oldest} if self.oldest else set()
        named |= columns_of(self.of) if self.of is not None else set()
        if not named <= columns:
            raise ValueError(
                f"{self.id} names columns that {self.rows.table} does not have: {named - columns}"
            )

    @property
    def whole(self) -> Condition:
        """The filter with the teams that are asked for."""
        return every(self.where, OfTeams("team"))

    @property
    def whole_of(self) -> Condition | None:
        return None if self.of is None else every(self.of, OfTeams("team"))
