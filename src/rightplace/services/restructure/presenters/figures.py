"""A programme in figures for a union observer, the lead member and analysts: no name, small numbers left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rightplace.common.web import words
from rightplace.common.web.pieces import Column, Row
from rightplace.domain.evidence.smallnumbers import THRESHOLD, suppress
from rightplace.foundation.organisation.programme.hooks import Counted
from rightplace.foundation.organisation.programme.tables import Programme
from rightplace.services.restructure.presenters.programme import ProgrammePage
from rightplace.services.restructure.presenters.stages import Board
from rightplace.services.restructure.structure import Structure

COUNT_COLUMNS = (Column("What is counted"), Column("Number", number=True))
LEFT_OUT = "left out"


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Posts, hours and money before and after, stages, questions, and what became of people in numbers."""

    programme: Programme
    structure: Structure
    board: Board
    asked: Mapping[str, int]
    selection: Sequence[Counted]
    now: datetime

    @property
    def page(self) -> ProgrammePage:
        return ProgrammePage(
            programme=self.programme, structure=self.structure, steps=(), published=self.board.published, now=self.now,
            sees_figures=False,
        )  # fmt: skip

    @property
    def sentences(self) -> list[str]:
        first = self.programme.first_day
        if first is None:
            day = "The first day is not set."
        elif first < self.now.date():
            day = f"The first day was {words.plain_day(first)}."
        else:
            day = f"The first day is {words.day_words(first, self.now)}."
        return [*self.board.sentences, day]

    @property
    def asked_rows(self) -> list[Row]:
        return [Row((words.capitalised(says), count)) for says, count in self.asked.items()]

    @property
    def selection_rows(self) -> list[Row]:
        """What became of people, in numbers; a small one is left out with as many more as keep it secret."""
        return [row for counted in self.selection for row in counted_rows(counted)]


def counted_rows(counted: Counted) -> list[Row]:
    """A whole and its parts. A whole of one to seven is left out with all of them."""
    shown = suppress(dict(counted.parts))
    whole = sum(counted.parts.values())
    hidden = shown.total is None or 0 < whole < THRESHOLD
    parts = [
        Row((f"… {says}", LEFT_OUT if number is None or (hidden and number) else number))
        for says, number in shown.counts.items()
    ]
    return [Row((words.capitalised(counted.says), LEFT_OUT if hidden else whole)), *parts]
