"""When the front door is open, and who takes a concern when it is not."""

from __future__ import annotations

from datetime import datetime

from rightplace.domain.practice.timescales import RuleBook
from rightplace.domain.practice.workdays import OfficeHours, from_datetime
from rightplace.foundation.journal.folding import rules
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Team


class NobodyReceives(RuntimeError):
    """There is no front door team on that day: the organisation is not set up."""


def front_door_hours(book: RuleBook | None = None) -> OfficeHours:
    """The front door's own hours, as the local pack writes them."""
    book = book or rules()
    return book.hours[book.versions("SCREEN")[-1].hours]


def receiving_team(moment: datetime) -> Team:
    """The team that answers for what comes in at that moment: the front door, or the out-of-hours team."""
    day = clock.london_day(moment)
    kinds = [Team.Kind.FRONT_DOOR, Team.Kind.OUT_OF_HOURS]
    if not front_door_hours().is_open(from_datetime(moment)):
        kinds.reverse()
    for kind in kinds:
        found = queries.teams(day, [kind]).first()
        if found is not None:
            return found
    raise NobodyReceives("There is no front door team today; an administrator opens one.")
