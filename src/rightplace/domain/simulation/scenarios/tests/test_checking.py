"""A scenario larger than the engine can hold is refused before anything compares its teams with its areas."""

from dataclasses import replace
from datetime import date

import pytest

from rightplace.domain.simulation import parameters, structure_of
from rightplace.domain.simulation.scenarios import CannotBe, Change, Merge, Move, Scenario, check
from rightplace.domain.simulation.scenarios.checking import MOST_AREAS, MOST_CHANGES, MOST_TEAMS
from rightplace.domain.simulation.teams import KINDS, Structure, Team


@pytest.fixture
def comparing(monkeypatch):
    """Whoever compares each area with each team is told off."""
    monkeypatch.setattr(Structure, "problems", lambda self: pytest.fail("too much was compared"))


def scenario(areas: int, children: int = 500, posts: float = 1.0, teams: tuple[Team, ...] = ()) -> Scenario:
    return Scenario(
        "X",
        date(2026, 4, 6),
        areas=tuple((f"Area {n}", children) for n in range(areas)),
        posts=posts,
        teams=teams,
    )


@pytest.mark.parametrize(
    "asked",
    [scenario(MOST_AREAS + 1), scenario(7, 340_000), scenario(3, 300_000, 3)],
    ids=["areas", "parts", "posts"],
)
@pytest.mark.usefixtures("comparing")
def test_more_areas_or_parts_than_the_engine_can_number_are_refused(asked):
    with pytest.raises(CannotBe, match="more than 120 areas") as refused:
        check(asked)
    assert refused.value.path == ("areas",)


@pytest.mark.usefixtures("comparing")
def test_more_teams_than_so_many_areas_could_have_are_refused():
    team = Team("T", ("Area 0",), KINDS["door"], 1, 1, "T", "door")
    with pytest.raises(CannotBe, match="more than 600 teams") as refused:
        check(scenario(1, teams=(team,) * (MOST_TEAMS + 1)))
    assert refused.value.path == ("team",)


def test_a_given_service_of_too_many_areas_is_refused():
    begins = date(2026, 4, 6)
    for many, refused in ((MOST_AREAS, False), (MOST_AREAS + 1, True)):
        given = parameters(structure_of([(f"Area {n}", 500) for n in range(many)]), begins)
        if not refused:
            check(Scenario("X", begins), given)
            continue
        with pytest.raises(CannotBe, match="more than 120 areas"):
            check(Scenario("X", begins), given)


def test_as_many_areas_as_there_may_be_are_checked():
    assert len(check(scenario(MOST_AREAS)).given.structure.teams) == MOST_TEAMS


def test_the_engine_can_number_as_many_areas_as_there_may_be():
    numpy = pytest.importorskip("numpy")
    from rightplace.domain.simulation.census import FAMILY
    from rightplace.domain.simulation.layout import CASE, LOGGED, OPEN_CASE

    for record in (FAMILY, CASE, OPEN_CASE, LOGGED):
        assert numpy.iinfo(record["area"]).max >= MOST_AREAS - 1


@pytest.mark.parametrize(
    ("field", "many"),
    [
        ("changes", Change(date(2026, 5, 1), "demand", amount=1.01)),
        ("merges", Merge(("Area 0", "Area 1"), "Both")),
        ("moves", Move("Area 0", "Area 0 front door", "Area 1 front door")),
    ],
)
def test_more_changes_of_a_kind_than_a_person_writes_are_refused(field, many):
    with pytest.raises(CannotBe, match=f"more than 200 {field}") as refused:
        check(replace(scenario(2), **{field: (many,) * (MOST_CHANGES + 1)}))
    assert refused.value.path == (field.removesuffix("s"),)
