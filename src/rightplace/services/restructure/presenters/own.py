"""What a programme means for one person, in plain words: what is known, the stage now, the next day, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rightplace.common.web import words
from rightplace.common.web.pieces import Link
from rightplace.domain.restructuring import Stage
from rightplace.foundation.organisation.establishment.tables import Post
from rightplace.foundation.organisation.programme.hooks import OwnLine
from rightplace.foundation.organisation.programme.tables import Programme, ProgrammePost


@dataclass(frozen=True, kw_only=True)
class OwnCase:
    """One programme as it stands for one person."""

    programme: Programme
    side: ProgrammePost
    links: Sequence[Post]
    unlinked: str
    stage: Stage | None
    published: str | None
    next_days: Sequence[tuple[str, date]]
    ask: str
    lines: Sequence[OwnLine]
    now: datetime

    @property
    def sentences(self) -> list[str]:
        return [self.programme.purpose, self._post, self._results]

    @property
    def _post(self) -> str:
        post = self.side.post
        mine = f"Your post is {post.title} in {post.team.name} ({post.reference})."
        if self.side.protected:
            return f"{mine} It is protected: {self.side.because}. It does not change."
        if self.unlinked:
            return f"{mine} It ends: {self.unlinked}. What that means for you is not decided by this."
        if self.links:
            goes = words.listed(f"{post.title} in {post.team.name}" for post in self.links[:3])
            return f"{mine} Out of it comes: {goes}. Who gets which post is not decided by this."
        return f"{mine} Nobody has said yet what becomes of it."

    @property
    def _results(self) -> str:
        if self.published is not None:
            return self.published
        stage = f"Now: {self.stage.title.lower()}." if self.stage else "Every stage is done."
        return f"{stage} Results are not published; they come for everybody on one day."

    @property
    def next_words(self) -> str:
        """The next day that concerns the person."""
        ahead = [(day, what) for what, day in self.next_days if day >= self.now.date()]
        if not ahead:
            return "No day ahead is known yet."
        day, what = min(ahead)
        return what.format(day=words.day_words(day, self.now))

    @property
    def links_shown(self) -> list[Link | str]:
        return [Link(each.sentence, each.href) if each.href else each.sentence for each in self.lines]
