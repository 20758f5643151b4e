"""`rightplace demo` says what it found: a city to go on with, or something else, which it leaves alone."""

from __future__ import annotations

import pytest

from rightplace.demo import building, telling
from rightplace.demo.models import BuiltCity
from rightplace.foundation.access.models import DemoMarker
from rightplace.foundation.journal.tests.telling import open_with_team
from rightplace.foundation.organisation import clock
from rightplace.gateways.cli.room import DoesNotHold
from rightplace.testing.organisation import MORNING, small_city

CITY = {"id": 1, "size": "tiny", "seed": 9, "built": MORNING}


@pytest.fixture
def started(db, monkeypatch):
    """Each time that the demonstration's clock is started."""
    times = []
    monkeypatch.setattr(building, "go_on", lambda: times.append("on"))
    with clock.clock_at(MORNING):
        yield times


def built(entries: int) -> None:
    DemoMarker.objects.create(id=1, seeded_at=MORNING)
    BuiltCity.objects.create(**CITY, files=200, entries=entries)


def test_a_city_that_is_there_is_gone_on_with_and_named(started, capsys):
    small_city()
    open_with_team()
    there = building.holds()
    built(there.entries)
    telling.build_or_go_on("tiny")
    assert started == ["on"]
    assert f"holds the city of size tiny: {there.entries} entries in 1 file.\n" in capsys.readouterr().err
    telling.build_or_go_on("area")
    assert "For area: make reset" in capsys.readouterr().err


def test_a_record_that_is_not_the_citys_is_named_and_left_alone(started):
    small_city()
    open_with_team()
    built(90_000)
    with pytest.raises(DoesNotHold) as told:
        telling.build_or_go_on("tiny")
    assert "built here, with 90,000 entries" in str(told.value)
    assert f"holds {building.holds().said}: something else" in str(told.value)
    assert "Nothing was changed. Run `make reset`" in str(told.value)
    assert started == []


def test_where_nothing_was_written_down_the_city_is_gone(started):
    built(90_000)
    with pytest.raises(DoesNotHold, match="holds no entry at all"):
        telling.build_or_go_on("tiny")


def test_entries_that_no_demonstration_wrote_are_not_built_over(started):
    """Even where no agency was made."""
    open_with_team()
    with pytest.raises(DoesNotHold, match=r"did not put there: \d entries in 1 file, no agencies\. Nothing"):
        telling.build_or_go_on("tiny")
    assert not building.building_mark().exists()
