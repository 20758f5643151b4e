"""Who said to be full, and what was answered, in words that both read alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Cell, Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.domain.practice.workload import hours_words
from rightplace.foundation.access.roles import role_of
from rightplace.services.workforce.models import FullAnswer, FullSaid

COLUMNS = (
    Column("Who"),
    Column("Said"),
    Column("Families take"),
    Column("Has for families"),
    Column("Answer"),
)
OWN_COLUMNS = (Column("Said"), Column("Families took"), Column("Had for families"), Column("Answer"))


@dataclass(frozen=True)
class FullLine:
    """One time that somebody said to be full."""

    said: FullSaid
    now: datetime

    @property
    def answer(self) -> FullAnswer | None:
        return getattr(self.said, "answer", None)

    @property
    def tag(self) -> Tag:
        """Answered, taken back, or by when an answer is due and where it has climbed."""
        if self.said.taken_back_at:
            return tags.plain("taken back")
        if self.answer is not None:
            return tags.met(FullAnswer.Kind(self.answer.kind).label.partition(":")[0].partition(",")[0])
        return tags.due_tag(self.said.answer_by, self.now)

    @property
    def climbed(self) -> str:
        """To whom it has climbed, since nobody answered in time."""
        if self.said.answered_at or self.said.taken_back_at or self.now < self.said.answer_by:
            return ""
        return (
            "It has climbed to the director."
            if self.now >= self.said.climbs_at
            else "It has climbed to the head of service."
        )

    @property
    def sentences(self) -> list[str]:
        said = self.said
        has = hours_words(float(said.has)) if said.has is not None else "a number of hours that is not known"
        families = words.count_words(said.families, "family", "families", none="no family")
        children = words.count_words(said.children, "child", "children", none="no child")
        return [
            f"{said.worker.name}, {role_of(said.role).name}, {said.team.name}, said so {words.when(said.recorded_at)}.",
            f"At that moment: {families} with {children}, taking {hours_words(float(said.takes))} a week; there are {has}.",
            self.climbed,
        ]

    def row(self) -> Row:
        """A line of the list of whoever answers."""
        said = self.said
        link = Link(said.worker.name, reverse("workforce:full-said", args=[said.pk]), said.team.name)
        return Row((link, words.when(said.recorded_at), *self._hours, self.tag), late=self.is_late)

    def own_row(self) -> Row:
        """A line of the worker's own list."""
        said = self.said
        link = Link(words.when(said.recorded_at), reverse("workforce:my-full", args=[said.pk]))
        return Row((link, *self._hours, self.tag), late=self.is_late)

    @property
    def is_late(self) -> bool:
        return not (self.said.answered_at or self.said.taken_back_at) and self.now >= self.said.answer_by

    @property
    def _hours(self) -> tuple[Cell, Cell]:
        has = hours_words(float(self.said.has)) if self.said.has is not None else None
        return hours_words(float(self.said.takes)), has

    @property
    def answered(self) -> Lines | None:
        """What was answered, by whom and until when."""
        if self.answer is None:
            return None
        until = f" Until {words.plain_day(self.answer.until)}." if self.answer.until else ""
        kind = words.capitalised(FullAnswer.Kind(self.answer.kind).label)
        who = f"{self.answer.recorded_by.name}, {words.when(self.answer.recorded_at)}"
        return Lines(f"{kind}.{until} {self.answer.words}", who)

    @property
    def replied(self) -> str:
        """What the worker said to the answer."""
        if self.answer is None or self.answer.replied_at is None:
            return ""
        word = "accepted the answer" if self.answer.accepted else "did not accept the answer"
        return f"{self.said.worker.name} {word}, {words.when(self.answer.replied_at)}. {self.answer.reply}".strip()
