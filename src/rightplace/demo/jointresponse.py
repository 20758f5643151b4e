"""The south's joint response: begun before the city is written, so that its history is worked on under it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from rightplace.demo.finishing import someone
from rightplace.foundation.organisation import clock, pilots
from rightplace.foundation.organisation.models import Pilot
from rightplace.foundation.organisation.rolecodes import RoleCode

DECIDED = datetime.combine(date(2025, 9, 18), time(17), UTC)
BEGINS = date(2025, 10, 1)


def joint_response() -> Pilot:
    """The pilot, begun on first asking: police and health in the room, in the south, from October 2025."""
    found = Pilot.objects.filter(way=Pilot.Way.JOINT_RESPONSE, quarter="south").first()
    return found or _begin()


def _begin() -> Pilot:
    with clock.clock_at(DECIDED):
        return pilots.begin_pilot(
            title="Joint response in the south", way=Pilot.Way.JOINT_RESPONSE, quarter="south", begins=BEGINS,
            agency_kinds=["police", "health"], decided_by="The partnership’s board, 18 September 2025",
            because="Police and health answered by telephone and e-mail, late and to different people.",
            measured="Hours until a check is answered; hours until a contact is decided; contacts that come back.",
            expected="Checks answered in half the time; no fewer contacts sent on to those who help.",
            by=someone(RoleCode.DIRECTOR),
        )  # fmt: skip
