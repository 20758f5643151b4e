"""A way of working that is on for one place from a day, and the rest that it is compared with."""

from __future__ import annotations

from datetime import date

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation import pilots
from rightplace.foundation.organisation.models import Area, Pilot

FIRST = date(2025, 10, 1)
TODAY = date(2026, 3, 3)


def begin(city, **changed):
    said = {
        "title": "Joint response in the south",
        "way": "joint_response",
        "quarter": "south",
        "begins": FIRST,
        "decided_by": "The partnership's board",
        "because": "Answers came late.",
        "measured": "Hours until a check is answered.",
        "expected": "Half the time.",
        "agency_kinds": ["police", "health"],
        "by": city.by,
    }
    return pilots.begin_pilot(**(said | changed))


@pytest.fixture(autouse=True)
def open_gate(monkeypatch):
    """Leave is asked of access, which this layer does not know; its own tests are there."""
    monkeypatch.setattr(pilots, "ask_gate", lambda by, permission: None)


def south():
    return Area.objects.filter(quarter="south").first()


def test_a_pilot_holds_in_its_quarter_from_its_first_day_until_its_last(city):
    pilot = begin(city)
    assert pilots.pilot_for(south(), date(2025, 9, 30)) is None
    assert pilots.pilot_for(south(), FIRST) == pilot
    assert pilots.pilot_for(Area.objects.filter(quarter="north").first(), FIRST) is None
    assert pilots.pilot_for(None, FIRST) is None
    pilots.end_pilot(pilot=pilot, on=TODAY, because="It is how everybody works now.", by=city.by)
    assert pilots.pilot_for(south(), TODAY) is None
    assert pilots.pilot_for(south(), date(2026, 3, 2)) == pilot


def test_of_two_the_narrower_place_answers(city):
    begin(city, title="City", quarter="")
    quarter = begin(city)
    own = begin(city, title="Area", quarter="", area=south())
    assert pilots.pilot_for(south(), TODAY) == own
    other = Area.objects.filter(quarter="south").exclude(pk=own.area_id).first()
    assert pilots.pilot_for(other, TODAY) == quarter


def test_one_way_of_working_is_on_once_in_one_place(city):
    begin(city)
    with pytest.raises(Refused, match="already on"):
        begin(city, begins=TODAY)
    assert Pilot.objects.count() == 1


@pytest.mark.parametrize("missing", ["decided_by", "because", "measured", "expected"])
def test_a_pilot_says_who_decided_it_why_and_what_is_measured(city, missing):
    with pytest.raises(Refused, match="who decided"):
        begin(city, **{missing: " "})


def test_an_end_has_a_reason_and_is_said_once(city):
    pilot = begin(city)
    with pytest.raises(Refused, match="reason"):
        pilots.end_pilot(pilot=pilot, on=TODAY, because="", by=city.by)
    pilots.end_pilot(pilot=pilot, on=TODAY, because="Enough is known.", by=city.by)
    with pytest.raises(Refused, match="already ended"):
        pilots.end_pilot(pilot=pilot, on=TODAY, because="Again.", by=city.by)
