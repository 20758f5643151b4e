"""Pilots: which ways of working are on where, since when, who decided it; how one begins and ends.

A contact decided under a pilot carries its number, so that a later comparison of pilot and rest can be made.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation.hooks import Author, ask_gate
from rightplace.foundation.organisation.models import Agency, Area, Pilot
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import end_row, recorded

SET = "pilot.set"
QUARTERS = ("north", "east", "south", "west")


def pilots(on: date) -> QuerySet[Pilot]:
    """The pilots that are on, on a day."""
    return Pilot.objects.filter(holding(on)).select_related("area").order_by("begins", "id")


def every_pilot() -> QuerySet[Pilot]:
    """Each pilot there was, is or will be, the newest first."""
    return Pilot.objects.select_related("area", "recorded_by").order_by("-begins", "-id")


def pilots_for(area: Area | int | None, on: date) -> list[Pilot]:
    """The pilots that hold for an area on a day: its own, its quarter's, the whole city's."""
    found = Area.objects.filter(pk=area).first() if isinstance(area, int) else area
    return [pilot for pilot in pilots(on) if covers(pilot, found)]


def pilot_for(area: Area | int | None, on: date, way: str = Pilot.Way.JOINT_RESPONSE) -> Pilot | None:
    """The pilot of one way of working that holds for an area on a day; of several the narrowest."""
    found = [pilot for pilot in pilots_for(area, on) if pilot.way == way]
    return min(found, key=lambda pilot: (pilot.area_id is None, pilot.quarter == "", pilot.pk), default=None)


def covers(pilot: Pilot, area: Area | None) -> bool:
    """Whether a pilot is on for an area; an area that nobody knows is in a pilot of the whole city only."""
    if pilot.area_id is not None:
        return area is not None and pilot.area_id == area.pk
    return not pilot.quarter or (area is not None and area.quarter == pilot.quarter)


@transaction.atomic
def begin_pilot(
    *,
    title: str,
    way: str,
    begins: date,
    decided_by: str,
    because: str,
    measured: str,
    expected: str,
    by: Author,
    quarter: str = "",
    area: Area | None = None,
    agency_kinds: Iterable[str] = (),
) -> Pilot:
    """Begin a way of working for an area, a quarter or the city. Once at a time in one place."""
    ask_gate(by, SET)
    if quarter and quarter not in QUARTERS:
        raise Refused("There is no such quarter of the city.", "Choose north, east, south or west.")
    if quarter and area is not None:
        raise Refused("A pilot is for a quarter or for an area.", "Choose one of the two.")
    if not all(text.strip() for text in (title, decided_by, because, measured, expected)):
        raise Refused(
            "A pilot says who decided it, why, what is measured and what is expected.",
            "Fill in what is missing.",
        )
    same = Pilot.objects.filter(way=Pilot.Way(way), quarter=quarter, area=area)
    if same.filter(holding(begins)).exists() or same.filter(begins__gte=begins).exists():
        raise Refused("This way of working is already on there.", "End that pilot first.")
    return Pilot.objects.create(
        title=title.strip(),
        way=Pilot.Way(way),
        quarter=quarter,
        area=area,
        agency_kinds=[str(Agency.Kind(kind)) for kind in agency_kinds],
        decided_by=decided_by.strip(),
        because=because.strip(),
        measured=measured.strip(),
        expected=expected.strip(),
        begins=begins,
        **recorded(by),
    )


@transaction.atomic
def end_pilot(*, pilot: Pilot, on: date, because: str, by: Author) -> None:
    """End a pilot, with the reason; what was marked while it was on stays marked."""
    ask_gate(by, SET)
    found = Pilot.objects.select_for_update().get(pk=pilot.pk)
    if found.ends is not None:
        raise Refused("This pilot has already ended.", "Begin a new one.")
    if not because.strip():
        raise Refused("An end has a reason.", "Say why the pilot ends.")
    end_row(found, on, by)
    found.ended_because = because.strip()
    found.save(update_fields=["ended_because"])
