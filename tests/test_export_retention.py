"""`rightplace export retention` through its runner: what a capacity model reads is what the tables hold, and no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from rightplace.foundation.organisation import actions, clock
from rightplace.foundation.organisation.establishment import actions as posts
from rightplace.foundation.organisation.establishment import people
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.gateways.cli import exporting_retention as command
from rightplace.gateways.cli.main import build_app
from rightplace.testing.organisation import LONG_AGO, MORNING, SmallCity, small_city

HERE = 400
COLUMNS = {
    "hazards": {"grade", "experience", "people", "leavers", "years", "rate", "low", "high", "together"},
    "over_time": {
        "experience", "after", "until", "people", "leavers", "years", "rate", "low", "high", "together",
    },
    "steps": {"code", "title", "done", "median_days", "slow_days", "lost", "reasons"},
}  # fmt: skip


@pytest.fixture
def city(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallCity]:
    monkeypatch.setattr(command, "open_room", nullcontext)
    with clock.clock_at(MORNING):
        yield small_city()


def employed(city: SmallCity, number: int, grade: str, *, leaves: bool = False) -> None:
    """Somebody in a seat since some days, who left after half of them or is still there."""
    by, today = city.human_resources.actor, clock.today()
    since, hours = today - timedelta(days=HERE), Decimal(37)
    worker = actions.add_worker(
        name=f"Invented {number}", kind="staff", begins=LONG_AGO, by=city.administrator.actor, agency=city.authority
    )  # fmt: skip
    post = posts.open_post(
        title="Social worker", grade=grade, profession="social_work", role=RoleCode.SOCIAL_WORKER,
        team=city.assessment, funding="core", hours=hours, begins=LONG_AGO, by=by,
    )  # fmt: skip
    people.say_contract(worker=worker, hours=hours, begins=LONG_AGO, by=by)
    sits = people.seat_worker(
        seat=post.seats.get(), worker=worker, kind="substantive", begins=since, by=by
    )  # fmt: skip
    if leaves:
        people.record_leaver(worker=worker, on=today - timedelta(days=HERE // 2), reason="1", by=by)
    assert sits.pk


def told() -> dict[str, object]:
    found = CliRunner().invoke(build_app(), ["export", "retention", "--json"])
    assert found.exit_code == 0, (found.output, found.exception)
    said: dict[str, object] = json.loads(found.stdout)
    return said


def test_an_empty_city_is_told_as_unknown(city: SmallCity):
    said = told()
    assert said["schema"] == "rightplace/retention/1"
    assert (said["hazards"], said["over_time"], said["days_to_fill"]) == ([], [], None)


def test_it_tells_leaving_with_counts_ranges_and_its_own_rules(city: SmallCity):
    for number in range(8):
        employed(city, number, "GR5", leaves=number < 2)
    said = told()
    (cell,) = said["hazards"]  # type: ignore[misc]
    assert (cell["grade"], cell["people"], cell["leavers"]) == ("GR5", 8, 2)
    years = (6 * HERE + 2 * HERE // 2) / 365.25
    assert cell["rate"] == pytest.approx(2 / years, rel=0.02)
    assert cell["low"] < cell["rate"] < cell["high"]
    assert sum(each["years"] for each in said["over_time"] if not each["together"]) <= years + 0.1  # type: ignore[attr-defined]
    assert "fewer than 5" in str(said["suppression"])
    assert "19 times of 20" in str(said["range"])


def test_a_grade_of_four_is_told_with_others_or_not_at_all(city: SmallCity):
    for number in range(4):
        employed(city, number, "GR6", leaves=number == 0)
    assert told()["hazards"] == []
    for number in range(4, 10):
        employed(city, number, "GR5")
    cells = told()["hazards"]
    assert {(cell["people"], cell["together"]) for cell in cells} == {(10, True)}  # type: ignore[attr-defined]


def test_every_column_is_as_it_is_documented(city: SmallCity):
    for number in range(6):
        employed(city, number, "GR5", leaves=number < 1)
    said = told()
    for name, columns in COLUMNS.items():
        rows = said[name]
        assert isinstance(rows, list)
        assert rows, name
        assert all(row.keys() == columns for row in rows), name


def test_in_words_it_says_of_how_many(city: SmallCity):
    for number in range(6):
        employed(city, number, "GR5", leaves=number < 1)
    words = CliRunner().invoke(build_app(), ["export", "retention"]).stdout
    assert "1 of 6 people left" in words
    assert "years here" in words
