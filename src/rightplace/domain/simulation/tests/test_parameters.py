"""Rules and strengths are data with sources; standards and weights are those of the packs; days are those of the calendar."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from rightplace.domain.practice.packfiles import PackRefused
from rightplace.domain.practice.timescales.loading import rulebook
from rightplace.domain.practice.workload import weights_on
from rightplace.domain.simulation.arriving import expected
from rightplace.domain.simulation.changed import in_arrays
from rightplace.domain.simulation.changes import Change
from rightplace.domain.simulation.days import Days, easter, is_term, tides
from rightplace.domain.simulation.names import COUNTS, ENTRIES, MEASURES, OPEN, SAID_MOVED, SOURCES, WAITING
from rightplace.domain.simulation.parameters import (
    ENGLAND,
    PARTS,
    PROMISES,
    REVIEWS,
    VISITS,
    ImpossibleScenario,
    Quantiles,
    parameters,
)
from rightplace.domain.simulation.teams import KINDS, Structure, Team, structure_of

BEGINS = date(2026, 4, 6)
AREAS = [("North", 20_000), ("South", 30_000)]


@pytest.fixture(scope="module")
def given():
    return parameters(structure_of(AREAS), BEGINS)


def test_every_strength_has_a_range_and_a_source_or_says_assumed(given):
    for strength in given.strengths.values():
        assert strength.low <= strength.value <= strength.high, strength.name
        assert strength.source, strength.name
    assert any(each.is_assumed for each in given.strengths.values())
    assert not given.strengths["conference.plan"].is_assumed


def test_promises_are_the_clocks_of_the_packs(given):
    for name, rule in PROMISES.items():
        found = rulebook().in_force(rule, BEGINS.toordinal())
        assert found is not None
        assert given.value(name) == found.within.number, name
    assert [given.value(name) for name in PROMISES] == [1, 45, 15, 20]


def test_reviews_and_visits_are_those_of_the_packs(given):
    assert [given.value(name) for name in REVIEWS] == [3, 6, 3, 6]
    assert {name: given.value(name) for name in VISITS} == {
        "visit.weeks.protection": 2,
        "visit.weeks.care": 6,
    }


def test_a_strength_of_one_place_is_that_of_its_teams(given):
    found = given.in_place("North", {"back.share": 0.2}).in_place("assessment", {"back.share": 0.3})
    by_name = {team.name: found.at_team("back.share", team) for team in found.structure.teams}
    assert by_name["North assessment"] == by_name["South assessment"] == 0.3
    assert (by_name["North children in care"], by_name["South children in care"]) == (
        0.2,
        given.value("back.share"),
    )
    with pytest.raises(ImpossibleScenario, match="no area, team"):
        given.in_place("Nowhere", {"back.share": 0.2})


@pytest.fixture
def one_door(given):
    """The same areas with one front door for both."""
    areas = given.structure.areas
    own = tuple(team for team in given.structure.teams if team.kind != "door")
    door = Team("Front door", areas, KINDS["door"], 6, 2, "door", "door")
    return replace(given, structure=replace(given.structure, teams=(door, *own)))


def test_a_strength_of_an_area_is_not_that_of_the_citys_front_door(one_door):
    found = one_door.in_place("South", {"leaving.early": 0.9})
    usual = one_door.value("leaving.early")
    by_name = {team.name: found.at_team("leaving.early", team) for team in found.structure.teams}
    assert by_name["Front door"] == by_name["North assessment"] == usual != 0.9
    assert by_name["South assessment"] == by_name["South family support"] == 0.9


def test_a_dated_strength_of_an_area_is_not_that_of_the_citys_front_door_nor_afterwards(one_door):
    teams = [team.name for team in one_door.structure.teams]
    lasting = Change(BEGINS, "leaving.early", "South", 0.9)
    some_weeks = Change(BEGINS + timedelta(days=28), "leaving.early", "all", 0.5, weeks=4)
    rows, scopes = in_arrays(one_door, [lasting, some_weeks], Days.from_day(BEGINS, 120))
    told = [(row["amount"], {teams[n] for n in np.flatnonzero(scopes[row["scope"]])}) for row in rows]
    south = {name for name in teams if name.startswith("South")}
    assert told[0] == (0.9, south)
    assert (0.9, south) in told[2:], "afterwards South is as it was before"
    assert (one_door.value("leaving.early"), set(teams) - south) in told[2:]


def test_hours_are_those_of_the_table_of_weights(given):
    table = weights_on(BEGINS)
    assert table is not None
    for name, part in PARTS.items():
        assert given.value(name) == table.hours[part] + table.travel.get(part, 0.0)
    assert given.value("newly.share") == table.newly_qualified.share


def test_a_strength_that_nobody_knows_is_refused(given):
    with pytest.raises(ImpossibleScenario, match="no strength of this name"):
        given.having({"moonshine": 1.0})
    assert given.with_values(load__leaving=3.0).value("load.leaving") == 3.0


def test_a_bad_file_of_strengths_is_refused_whole(tmp_path):
    text = ENGLAND.read_text(encoding="utf-8")
    for wrong, because in (
        (text.replace('"review.care" = { value = 0.07', '"review.care" = { value = 7.0'), "is not between"),
        (text.replace('"need.down" =', '"need.downs" ='), "missing, or nothing uses it"),
        (text.replace("[0, 0.05], [0.5, 0.3]", "[0, 0.9], [0.5, 0.3]"), "must rise"),
    ):
        file = tmp_path / "bad.toml"
        file.write_text(wrong, encoding="utf-8")
        from rightplace.domain.simulation.parameters import _read

        _read.cache_clear()
        with pytest.raises(PackRefused, match=because):
            parameters(structure_of(AREAS), BEGINS, file)
    _read.cache_clear()


def test_quantiles_tell_shares_and_means():
    table = Quantiles("t", ((0.0, 0.0), (0.5, 10.0), (1.0, 30.0)), "assumed")
    assert table.at(0.25) == 5.0
    assert table.share_within(20.0) == 0.75
    assert table.mean == 12.5


def test_a_structure_that_leaves_work_to_nobody_is_refused():
    teams = tuple(team for team in structure_of(AREAS).teams if team.name != "South assessment")
    found = Structure(tuple(AREAS), teams).problems()
    assert "South has no teams for assessment; it must have one" in found
    crowd = Team("crowd", ("North",), (0,), 90, 1, "p")
    assert any("1 to 56" in each for each in Structure((("North", 1),), (crowd,)).problems())


def test_only_working_days_pass_and_months_are_those_of_the_calendar():
    days = Days.from_day(date(2026, 12, 21), 60)
    assert date.fromordinal(days.on[4]) == date(
        2026, 12, 29
    )  # after Christmas, Boxing Day and its substitute
    later = days.later(3)
    assert date.fromordinal(days.on[0]) == date(2026, 12, 21)
    long = Days.from_day(date(2026, 12, 21), 200)
    assert date.fromordinal(long.on[later[0]]) == date(2027, 3, 19)  # the 21st is a Sunday
    assert sorted(set(days.week_ticks())) == days.week_ticks()


def test_monday_brings_the_weekend_and_august_brings_less(given):
    days = Days.from_day(BEGINS, 365)
    rates = expected(given.demand, days, given.structure.children, given.tables["return"]).sum(axis=1)
    by_weekday = [
        rates[[n for n, on in enumerate(days.on) if (on - 1) % 7 == weekday]].mean() for weekday in range(5)
    ]
    assert by_weekday[0] > 1.5 * by_weekday[1]
    assert easter(2026) == date(2026, 4, 5)
    assert not is_term(date(2026, 8, 12), given.demand)
    assert tides(given.demand, "school", date(2026, 8, 12)) < 0.5 * tides(
        given.demand, "school", date(2026, 9, 16)
    )
    contacts = given.demand.contacts_per_10k * 5 * given.demand.first
    children = 1 + sum(1 - share for share in given.demand.children[:-1])
    assert rates.sum() * children == pytest.approx(contacts, rel=0.02)


def test_the_numbers_of_things_agree_with_their_names():
    assert len(COUNTS) == OPEN
    assert MEASURES[WAITING] == "waiting"
    assert len(ENTRIES) == SAID_MOVED + 1
    assert len(SOURCES) == 5
