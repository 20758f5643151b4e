"""Who asked to read a personal part, who answered, and until when it is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from rightplace.common.web import tags, words
from rightplace.common.web.pieces import Column, Lines, Link, Row
from rightplace.common.web.tags import Tag
from rightplace.services.supervision.models import Release, Session

COLUMNS = (
    Column("Session of"),
    Column("Asked by"),
    Column("Asked"),
    Column("Hours", number=True),
    Column("State"),
)
SESSION_COLUMNS = (Column("Session"), Column("With"), Column("Next step"))


@dataclass(frozen=True)
class ReleaseLine:
    """One request to read a personal part."""

    release: Release
    now: datetime
    reader: int

    @property
    def tag(self) -> Tag:
        found = self.release
        if found.refused_at is not None:
            return tags.plain("refused")
        if found.until is None:
            return tags.due_tag(found.answer_by, self.now)
        return tags.sealed("open") if self.open else tags.plain("over")

    @property
    def open(self) -> bool:
        """Whether who asked may read now."""
        until = self.release.until
        return until is not None and self.now < until

    @property
    def reads(self) -> bool:
        return self.open and self.release.recorded_by_id == self.reader

    @property
    def day(self) -> str:
        session = self.release.session
        return words.plain_day(session.held_on or session.planned_on)

    @property
    def sentences(self) -> list[str]:
        found = self.release
        session = found.session
        whose = f"the session that {session.supervisee.name} had with {session.supervisor.name} on {self.day}"
        hours = words.count_words(found.hours, "hour")
        said = [f"{found.recorded_by.name} asks to read the personal part of {whose}, for {hours}."]
        if found.answered_by is None:
            day = words.day_words(found.answer_by, self.now)
            said.append(f"Nothing is open yet. Somebody else confirms or refuses it until {day}.")
        if found.answered_by is not None and found.until is not None and found.confirmed_at is not None:
            until = words.when(found.until)
            said.append(
                f"{found.answered_by.name} confirmed it {words.when(found.confirmed_at)}; open until {until}."
            )
            said.append("The worker has been told.")
        if found.answered_by is not None and found.refused_at is not None:
            said.append(f"{found.answered_by.name} refused it {words.when(found.refused_at)}.")
        return said

    def row(self) -> Row:
        found = self.release
        link = Link(found.session.supervisee.name, reverse("supervision:release", args=[found.pk]), self.day)
        late = found.answered_by_id is None and tags.is_late(found.answer_by, self.now)
        return Row(
            (link, found.recorded_by.name, words.when(found.recorded_at), found.hours, self.tag), late=late
        )


def session_row(session: Session) -> Row:
    """A session that was held, to somebody who may ask for it: that it was, when, and with whom."""
    on = words.plain_day(session.held_on or session.planned_on)
    ask = Link("Ask to read it", reverse("supervision:ask", args=[session.pk]))
    return Row((on, Lines(session.supervisor.name), ask))
