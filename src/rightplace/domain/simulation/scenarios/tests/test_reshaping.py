"""Areas that become one and work that moves take their people and families along; what cannot be is refused."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

pytest.importorskip("numba")

from rightplace.domain.simulation.census import team_of
from rightplace.domain.simulation.names import CARE
from rightplace.domain.simulation.parameters import parameters
from rightplace.domain.simulation.scenarios import (
    CannotBe,
    Change,
    Merge,
    Move,
    Question,
    Scenario,
    check,
    steps,
)
from rightplace.domain.simulation.scenarios.about import about
from rightplace.domain.simulation.scenarios.checking import service_of
from rightplace.domain.simulation.teams import KIND_NAMES, Structure, Team, structure_of

AREAS = (("North", 5_000), ("South", 6_000))
BASE = Scenario("As now", date(2026, 4, 6), 91, areas=AREAS)
MERGED = Scenario("Merged", date(2026, 4, 6), 91, areas=AREAS, merges=(Merge(("North", "South"), "Both"),))
MOVED = Scenario(
    "Moved", date(2026, 4, 6), 91, areas=AREAS, moves=(Move("North", "North front door", "South front door"),)
)
CUT = Scenario(
    "Merged and cut",
    date(2026, 4, 6),
    91,
    areas=AREAS,
    merges=MERGED.merges,
    changes=(Change(date(2026, 5, 4), "posts", "Both safeguarding", -2),),
)


@pytest.fixture(scope="module")
def question() -> Question:
    return Question.of(BASE, [MERGED, MOVED, CUT], where=("South",))


@pytest.mark.parametrize("nth", [1, 2])
def test_everybody_and_every_family_are_still_there_and_nobody_holds_another_teams_family(question, nth):
    before, after = question.told[0], question.told[nth]
    for field in ("minutes", "experience", "agency"):
        assert Counter(after.census.people[field].tolist()) == Counter(before.census.people[field].tolist())
    assert len(after.census.families) == len(before.census.families)
    for number, team in enumerate(after.given.structure.teams):
        seats = after.census.people[after.census.people["team"] == number]
        assert (seats["managing"] == 0).sum() == team.workers
        assert (seats["managing"] == 1).sum() == team.managers
    for old, new in zip(before.census.families, after.census.families, strict=True):
        if new["worker"] < 0:
            continue
        area, stage = int(new["area"]), int(new["stage"])
        first = _seats(before, team_of(before.given, area, stage))
        then = _seats(after, team_of(after.given, area, stage))
        assert first[old["worker"]] == then[new["worker"]]


def _seats(told, team):
    people = told.census.people
    fields = ("state", "minutes", "experience", "newly", "agency")
    return [
        tuple(int(p[f]) for f in fields) for p in people[(people["team"] == team) & (people["managing"] == 0)]
    ]


def test_a_merged_area_has_one_team_of_each_kind_and_its_families_keep_their_workers(question):
    told = question.told[1]
    assert [team.name for team in told.given.structure.teams][:2] == [
        "Both front door",
        "Both family support",
    ]
    assert (told.census.families["worker"] >= 0).sum() == (question.census.families["worker"] >= 0).sum()


def test_a_service_that_was_rearranged_runs_and_can_be_changed_by_its_new_names(question):
    batch = next(steps(question, 1, 1))
    assert batch.numbers.shape[0] == 4
    assert (batch.numbers[1] != batch.numbers[3]).any()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"merges": (Merge(("North", "Nort"), "B"),)}, "did you mean North"),
        ({"merges": (Merge(("North", "North"), "B"),)}, "two different"),
        ({"moves": (Move("South", "North front door", "South front door"),)}, "does not work for South"),
        ({"moves": (Move("North", "North front door", "South assessment"),)}, "cannot take this over: front door"),
        ({"moves": (Move("North", "North front door", "South front door", 9),)}, "has no other area"),
    ],
)  # fmt: skip
def test_what_cannot_be_rearranged_is_refused(told, words):
    with pytest.raises(CannotBe, match=words):
        check(Scenario("X", date(2026, 4, 6), areas=AREAS, **told))


def test_a_place_whose_work_is_done_by_other_teams_is_not_told_alone(question):
    assert question.places == ()
    assert question.untold == ("South",)
    alone = Question.of(BASE, [Scenario("Same", date(2026, 4, 6), 91, areas=AREAS)], where=("South",))
    assert alone.places == ("South",)


def kinds_of(area: str) -> set[str]:
    return {f"{area} {kind}" for kind in KIND_NAMES.values()}


@pytest.mark.parametrize(
    ("where", "merges", "moves", "theirs"),
    [
        ("Tulip", [("North", "South")], [], {"Both family support"}),
        ("Gate", [("North", "South", "East")], [], {"Both front door"}),
        ("South assessment", [("North", "South")], [], {"Both assessment"}),
        ("South", [("North", "South")], [], kinds_of("Both")),
        ("East", [("North", "South")], [], kinds_of("East")),
        ("support", [("North", "South")], [], {"Both family support", "East family support"}),
        ("Tulip", [], [("South", "Tulip", "North family support")], {"North family support"}),
        ("Tulip", [], [("North", "North family support", "Tulip")], {"Tulip"}),
        ("Tulip", [("North", "South")], [("South", "Both family support", "East family support")], {"East family support"}),
    ],
)  # fmt: skip
def test_a_strength_of_a_place_is_kept_by_whoever_does_its_work_from_the_first_day(
    where, merges, moves, theirs
):
    """A team that is merged or closed is called otherwise from then on; what it was like does not go with its name."""
    usual = structure_of([("North", 5_000), ("South", 6_000), ("East", 5_000)])
    names = {"South family support": "Tulip", "North front door": "Gate"}
    teams = tuple(replace(team, name=names.get(team.name, team.name)) for team in usual.teams)
    given = parameters(Structure(usual.children, teams), BASE.begins).in_place(where, {"back.share": 0.17})
    told = replace(
        BASE, areas=(), merges=tuple(Merge(each, "Both") for each in merges),
        moves=tuple(Move(*each) for each in moves),
    )  # fmt: skip
    after = service_of(told, given)
    assert {
        team.name for team in after.structure.teams if after.at_team("back.share", team) == 0.17
    } == theirs


def test_a_team_without_a_kind_keeps_its_people_and_families_when_its_areas_become_one():
    homes = Team("Homes", ("North", "South"), (CARE,), 6, 1, "homes")
    teams = (*(team for team in structure_of(AREAS).teams if team.kind != "care"), homes)
    before = replace(BASE, teams=teams)
    now, then = Question.of(before, [replace(before, name="Merged", merges=MERGED.merges)]).told
    assert then.given.structure.teams[-1].name == "Both Homes"
    in_care = [told.census.families[told.census.families["stage"] == CARE] for told in (now, then)]
    assert (in_care[0]["worker"] == in_care[1]["worker"]).all()
    assert (in_care[0]["worker"] >= 0).any()


JUNE, JULY = date(2026, 6, 1), date(2026, 7, 6)
LATE_MERGE = Scenario(
    "Merged in June", date(2026, 4, 6), 182, areas=AREAS, merges=(Merge(("North", "South"), "Both", JUNE),),
    changes=(Change(JULY, "posts", "Both safeguarding", -1), Change(JULY, "posts", "assessment", 2)),
)  # fmt: skip
LATE_MOVE = Scenario(
    "Moved in June", date(2026, 4, 6), 182, areas=AREAS,
    moves=(Move("North", "North front door", "South front door", day=JUNE),),
)  # fmt: skip


@pytest.fixture(scope="module")
def dated() -> Question:
    same = Scenario("As now", date(2026, 4, 6), 182, areas=AREAS)
    return Question.of(same, [LATE_MERGE, LATE_MOVE], where=("South",))


def test_a_merger_from_a_day_on_is_told_to_the_engine_team_by_team_and_its_new_names_hold_from_then(dated):
    told = dated.told[1]
    work = [change for change in told.changes if change.what == "work"]
    assert [(change.where, change.to) for change in work] == [
        (f"South {kind}", f"North {kind}")
        for kind in ("front door", "family support", "assessment", "safeguarding", "children in care")
    ]
    assert {change.day for change in work} == {JUNE}
    posts = [(change.where, change.amount) for change in told.changes if change.what == "posts"]
    assert posts == [("North safeguarding", -1.0), ("North assessment", 2.0)]
    assert told.given.structure == dated.given.structure


def test_a_dated_rearrangement_changes_nothing_before_its_day_and_something_after(dated):
    batch = next(steps(dated, 1, 1))
    week = (JUNE - date(2026, 4, 6)).days // 7
    for nth in (1, 2):
        assert (batch.numbers[0, :, :week] == batch.numbers[nth, :, :week]).all()
        assert (batch.numbers[0, :, week:] != batch.numbers[nth, :, week:]).any()


def test_a_place_that_gets_or_gives_work_on_a_day_is_not_told_alone(dated):
    assert dated.untold == ("South",)


def test_a_name_means_by_then_whoever_does_that_work():
    told = Scenario(
        "X", date(2026, 4, 6), 182, areas=AREAS, moves=LATE_MOVE.moves,
        changes=(Change(date(2026, 5, 4), "leave", "North front door", 1), Change(JULY, "leave", "North front door", 1)),
    )  # fmt: skip
    found = [(each.what, each.where) for each in check(told).changes]
    assert found == [
        ("leave", "North front door"),
        ("work", "North front door"),
        ("leave", "South front door"),
    ]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"merges": (Merge(("North", "South"), "B", date(2027, 6, 1)),)}, "merge 1, day.*after the last day"),
        ({"moves": (Move("North", "North front door", "South assessment", day=JUNE),)}, "cannot take this over"),
        ({"moves": (*LATE_MOVE.moves, replace(LATE_MOVE.moves[0], day=JULY))}, "move 2, team.*no team North front door"),
    ],
)  # fmt: skip
def test_what_cannot_be_rearranged_on_its_day_is_refused(told, words):
    with pytest.raises(CannotBe, match=words):
        check(Scenario("X", date(2026, 4, 6), 182, areas=AREAS, **told))


def test_an_answer_says_when_the_work_went():
    about_it = about(
        Question.of(Scenario("As now", date(2026, 4, 6), 182, areas=AREAS), [LATE_MERGE, LATE_MOVE])
    )
    assert about_it.scenarios[1].changes[0] == "From 1 June 2026 North and South are one area, Both."
    assert about_it.scenarios[2].changes == [
        "From 1 June 2026 South front door works for North in place of North front door."
    ]
    assert about_it.first_change == 8


# told as one ---------------------------------------------------------------------------------------------------------

THREE = (("North", 5_000), ("South", 4_000), ("West", 4_000))


def three(*others: Scenario, where: str) -> Question:
    base = Scenario("As now", date(2026, 4, 6), 91, areas=THREE)
    return Question.of(base, [replace(each, days=91, areas=THREE) for each in others], where=(where,))


EARLY = date(2026, 5, 4)
BOTH = replace(LATE_MERGE, changes=(), merges=(replace(LATE_MERGE.merges[0], day=EARLY),))


@pytest.mark.parametrize(
    "merge", [BOTH, replace(BOTH, merges=(replace(BOTH.merges[0], day=None),))], ids=["dated", "first"]
)
def test_areas_that_merge_are_told_as_one_and_count_what_they_counted_apart(merge):
    question = three(merge, where="North and South")
    assert question.places == ("North and South",) and question.untold == ()
    assert [sum(each == "North and South" for each in question.columns(nth)) for nth in (0, 1)] == [
        10, 10 if merge.merges[0].day else 5,
    ]  # fmt: skip


def test_teams_between_which_work_moves_are_told_as_one():
    moved = replace(LATE_MOVE, moves=(replace(LATE_MOVE.moves[0], day=EARLY),))
    assert three(moved, where="North front door and South front door").places
    assert three(moved, where="North front door and West front door").places == ()


def test_places_of_which_one_is_not_there_are_refused():
    with pytest.raises(CannotBe, match="North and Suoth"):
        three(BOTH, where="North and Suoth")


def test_a_team_that_serves_everywhere_stays_when_some_of_its_areas_merge():
    """One front door for the whole city is no reason against merging two areas."""
    whole = Question.of(Scenario("As now", date(2026, 4, 6), 91, areas=THREE)).given
    doors = [team for team in whole.structure.teams if team.kind == "door"]
    one = replace(
        doors[0], name="Front door", areas=whole.structure.areas, workers=sum(each.workers for each in doors)
    )
    teams = (one, *(team for team in whole.structure.teams if team.kind != "door"))
    given = replace(whole, structure=Structure(whole.structure.children, teams))
    for merges in (BOTH.merges, (replace(BOTH.merges[0], day=None),)):
        found = check(replace(BOTH, days=91, areas=(), merges=merges), given)
        assert one in found.given.structure.teams
        assert "Front door" not in {change.where for change in found.changes}
    with pytest.raises(CannotBe, match="works for other areas, too"):
        some = replace(one, areas=("North", "West"))
        served = (some, replace(doors[1], name="South door"), *teams[1:])
        check(
            replace(BOTH, days=91, areas=()),
            replace(given, structure=Structure(whole.structure.children, served)),
        )
