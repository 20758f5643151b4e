"""The only writer of what leaders do about a figure."""

from __future__ import annotations

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.overview.leadership.counting import figures
from rightplace.overview.leadership.models import LeaderNote


def note_done(*, figure: str, text: str, by: Actor) -> LeaderNote:
    """Write what is being done about a figure."""
    require(by, "figures.note")
    if figure not in figures() or not text.strip():
        raise Refused(
            "A note says what is done about one figure.", "Write what is done, by whom and by when."
        )
    return LeaderNote.objects.create(figure=figure, text=text.strip(), by_id=by.worker, at=clock.now())
