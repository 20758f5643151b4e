"""A programme in figures for a union observer, the lead member and analysts: no name, small numbers left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rightplace.common.web import words
from rightplace.common.web.pieces import Cell, Column, Row
from rightplace.domain.evidence.smallnumbers import suppress
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
    selection: Mapping[str, int]
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
        day = (
            [f"The first day is {words.day_words(first, self.now)}."]
            if first
            else ["The first day is not set."]
        )
        return [*self.board.sentences, *day]

    @property
    def asked_rows(self) -> list[Row]:
        return [Row((says, count)) for says, count in self.asked.items()]

    @property
    def selection_rows(self) -> list[Row]:
        """What became of people, in numbers; a small one is left out with as many more as keep it secret."""
        shown = suppress(dict(self.selection)).counts
        return [Row((says, self._cell(shown[says]))) for says in self.selection]

    @staticmethod
    def _cell(count: int | None) -> Cell:
        return LEFT_OUT if count is None else count
