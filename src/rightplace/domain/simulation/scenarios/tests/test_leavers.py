"""Nobody leaves twice: who left is missing until a post is filled, and filling takes weeks."""

from datetime import date

import pytest

from rightplace.domain.simulation.parameters import parameters
from rightplace.domain.simulation.scenarios import CannotBe, read
from rightplace.domain.simulation.scenarios.leavers import Left
from rightplace.domain.simulation.teams import structure_of

HEAD = 'name = "X"\nbegins = 2026-04-06\ndays = 730\n'
SERVICE = parameters(structure_of([("North", 20_000), ("South", 20_000)]), date(2026, 4, 6))
TEAMS = {team.name: team.workers for team in SERVICE.structure.teams}
SOUTH = sum(many for name, many in TEAMS.items() if name.startswith("South"))
WHOLE = sum(TEAMS.values())


def step(day: str, many: int, where: str = "South", what: str = "leave") -> str:
    return f'[[change]]\nday = {day}\nwhat = "{what}"\nwhere = "{where}"\namount = {many}\n'


def refused(*steps: str) -> str:
    with pytest.raises(CannotBe) as why:
        read(HEAD + "".join(steps), SERVICE, TEAMS)
    assert why.value.line == 3 + 5 * len(steps), "the last of them"
    return why.value.because


def accepted(*steps: str) -> bool:
    return bool(read(HEAD + "".join(steps), SERVICE, TEAMS))


def test_all_cannot_leave_again_on_the_next_day():
    first = step("2026-05-01", SOUTH)
    assert accepted(first)
    assert refused(first, step("2026-05-02", SOUTH)) == (
        f"South has {SOUTH} posts, and by then {SOUTH} have left whom nobody has replaced yet; at most 0 can leave"
    )
    assert accepted(step("2026-05-01", SOUTH - 5), step("2026-05-02", 5))
    assert refused(step("2026-05-01", SOUTH - 5), step("2026-05-02", 6))


def test_without_knowing_who_is_there_nobody_leaves_twice_either():
    with pytest.raises(CannotBe, match="whom nobody has replaced yet"):
        read(HEAD + step("2026-05-01", SOUTH) + step("2026-05-02", SOUTH), SERVICE)


def test_posts_fill_again_as_they_usually_do():
    left = Left(date(2026, 5, 1), {0}, 40)
    missing = [left.not_replaced(day, SERVICE) for day in (
        date(2026, 5, 1), date(2026, 5, 8), date(2026, 8, 21), date(2026, 12, 11), date(2027, 5, 14))]  # fmt: skip
    assert missing[:2] == [40, 40], "in the first week nobody comes, not even from an agency"
    assert 10 < missing[2] < 25
    assert missing[2] > missing[3] > missing[4] == 0
    assert accepted(step("2026-05-01", SOUTH), step("2027-06-01", SOUTH))


def test_who_left_another_place_or_may_have_is_not_held_against_it():
    assert accepted(step("2026-05-01", SOUTH, "North"), step("2026-05-02", SOUTH))
    anywhere = step("2026-05-01", SOUTH, "all")
    assert accepted(anywhere, step("2026-05-02", SOUTH)), "they may all have been of North"
    assert refused(step("2026-05-01", WHOLE - 3, "all"), step("2026-05-02", 4))
    assert accepted(step("2026-05-01", WHOLE - 3, "all"), step("2026-05-02", 3))


def test_posts_that_are_cut_are_the_empty_ones_first():
    left, cut = step("2026-05-01", SOUTH - 9), step("2026-05-04", -(SOUTH - 12), what="posts")
    assert accepted(left, cut, step("2026-05-05", 9))
    assert refused(left, cut, step("2026-05-05", 10))
    before = step("2026-04-20", -10, what="posts")
    assert accepted(before, step("2026-05-01", SOUTH - 10))
    assert refused(before, step("2026-05-01", SOUTH - 10), step("2026-05-02", 1))


def test_who_left_is_missing_where_their_team_has_gone():
    merge = '[[merge]]\nareas = ["North", "South"]\nname = "Both"\nday = 2026-05-11\n'
    two = TEAMS["North assessment"] + TEAMS["South assessment"]
    left = step("2026-05-08", TEAMS["South assessment"], "South assessment")
    text = f"{HEAD}{merge}{left}"
    assert read(text + step("2026-05-12", TEAMS["North assessment"], "Both assessment"), SERVICE, TEAMS)
    with pytest.raises(CannotBe, match="nobody has replaced yet"):
        read(text + step("2026-05-12", two, "Both assessment"), SERVICE, TEAMS)


def test_posts_that_are_empty_on_the_first_day_are_filled_as_those_of_who_leaves():
    many = TEAMS["South assessment"]
    half = {**TEAMS, "South assessment": many // 2}

    def asked(*steps: str) -> bool:
        return bool(read(HEAD + "".join(steps), SERVICE, half))

    def at(day: str, people: int) -> str:
        return step(day, people, "South assessment")

    assert asked(at("2026-04-06", many // 2)) and asked(at("2028-03-01", many))
    said = f"South assessment has {many} posts, of them {many // 2} filled; at most {many // 2} can leave"
    with pytest.raises(CannotBe, match=said):
        asked(at("2026-04-06", many // 2 + 1))
    with pytest.raises(CannotBe, match="nobody has replaced yet"):
        asked(at("2028-03-01", many), at("2028-03-02", 1))


def test_posts_that_were_cut_are_not_filled_instead_of_those_of_another_team():
    """Empty ones go first: then nobody comes to them, and elsewhere no more can leave than are there."""
    one, other = (TEAMS[f"{area} assessment"] for area in ("North", "South"))
    there = {**TEAMS, "North assessment": one // 2, "South assessment": 0}
    cut = step("2026-04-06", one // 2 - one, "North assessment", "posts")
    by_then = other - Left(date(2026, 4, 6), {0}, other).not_replaced(date(2026, 7, 1), SERVICE)
    assert 0 < by_then < other
    text = HEAD + cut
    assert read(text + step("2026-07-01", one // 2 + by_then, "assessment"), SERVICE, there)
    with pytest.raises(CannotBe, match="can leave"):
        read(text + step("2026-07-01", one // 2 + by_then + 1, "assessment"), SERVICE, there)
