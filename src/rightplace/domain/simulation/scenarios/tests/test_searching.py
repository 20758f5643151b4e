"""The smallest establishment is as small as trying every one finds, says what it did not try, and goes on where it stopped."""

from datetime import date
from itertools import product

import pytest

pytest.importorskip("numba")

from rightplace.domain.simulation.scenarios import CannotBe, Question, Scenario, searching
from rightplace.domain.simulation.scenarios.finding import Found, Progress
from rightplace.domain.simulation.scenarios.searching import smallest
from rightplace.domain.simulation.teams import Team

HAMLET = Scenario(
    "Hamlet",
    date(2026, 4, 6),
    560,
    areas=(("Hamlet", 3_000),),
    teams=(
        Team("Front", ("Hamlet",), (0, 1), 6, 2, "Front", "front"),
        Team("Work", ("Hamlet",), (2, 3, 4, 5, 6), 14, 3, "Work", "work"),
    ),
)
KEEP = ["unallocated", "workload"]


@pytest.fixture(scope="module")
def question() -> Question:
    return Question.of(HAMLET)


@pytest.fixture(scope="module")
def told(question) -> list[Progress | Found]:
    return list(smallest(question, KEEP, chance=0.6, replicates=8))


def test_no_smaller_establishment_of_a_hamlet_keeps_the_promises_when_every_one_is_tried(question, told):
    found = told[-1]
    assert isinstance(found, Found)
    assert found.possible
    trials = searching._Trials(question, tuple(KEEP), "all", 0.6, 8, 1, 10_000)
    total = sum(found.posts.values())
    smaller = [
        posts
        for posts in product(range(1, trials.most[0] + 1), range(1, trials.most[1] + 1))
        if total - 3 <= sum(posts) < total
    ]
    assert len(smaller) > 20
    holding = [posts for posts in smaller if trials._tried(posts)[0] / trials._tried(posts)[1] >= 0.6]
    assert not holding


def test_what_was_found_is_told_with_its_chance_and_what_was_not_tried(told):
    found = told[-1]
    assert isinstance(found, Found)
    assert found.chance_low <= found.chance <= found.chance_high
    assert f"in {found.kept} of {found.futures} simulated futures" in found.sentence
    assert any("managers" in each for each in found.not_tried)
    assert all(isinstance(each, Progress) for each in told[:-1])


def test_a_search_that_was_stopped_goes_on_where_it_was(question, told):
    half = told[len(told) // 2 - 1]
    assert isinstance(half, Progress)
    rest = list(smallest(question, KEEP, chance=0.6, replicates=8, before=half))
    assert len(rest) == len(told) - len(half.tried)
    assert rest[-1] == told[-1]


@pytest.mark.parametrize(
    "holds",
    [
        lambda posts: posts[0] >= 3 and posts[1] >= 9,
        lambda posts: posts[0] + 2 * posts[1] >= 25,
        lambda posts: posts[0] >= 6 and posts[0] + posts[1] >= 11,
    ],
)
def test_where_one_kind_stands_in_for_another_the_least_is_found_too(question, monkeypatch, holds):
    monkeypatch.setattr(searching._Trials, "_tried", lambda self, posts: (8 * holds(posts), 8))
    *_, found = smallest(question, KEEP, replicates=8, at_most=400)
    assert isinstance(found, Found)
    trials = searching._Trials(question, tuple(KEEP), "all", 0.8, 8, 1, 400)
    every = product(range(1, trials.most[0] + 1), range(1, trials.most[1] + 1))
    assert sum(found.posts.values()) == min(sum(posts) for posts in every if holds(posts))


def test_what_no_establishment_keeps_is_said_to_be_so(question, monkeypatch):
    monkeypatch.setattr(searching._Trials, "_tried", lambda self, posts: (0, 8))
    *_, found = smallest(question, KEEP, replicates=8)
    assert isinstance(found, Found)
    assert not found.possible
    assert "More posts alone do not do it" in found.sentence


def test_an_unknown_promise_or_too_short_a_run_is_refused(question):
    with pytest.raises(CannotBe, match="did you mean workload"):
        next(smallest(question, ["workloads"]))
    short = Question.of(Scenario("Short", date(2026, 4, 6), 182, areas=(("Hamlet", 3_000),)))
    with pytest.raises(CannotBe, match="78 weeks"):
        next(smallest(short, KEEP))


def test_managers_may_be_looked_for_alone_and_together_with_workers(question, monkeypatch):
    needs = {"front": 3, "work": 9, "managers of front": 1, "managers of work": 2}

    def tried(self, posts):
        return 8 * all(many >= needs[kind] for kind, many in zip(self.kinds, posts, strict=True)), 8

    monkeypatch.setattr(searching._Trials, "_tried", tried)
    *_, alone = smallest(question, KEEP, replicates=8, who="managers")
    assert alone.posts == {"managers of front": 1, "managers of work": 2}
    assert (
        "has 3 managers, 2 fewer than the 5 of now: 1 manager of front and 2 managers of work."
        in alone.sentence
    )
    assert alone.not_tried[0] == "Other numbers of workers: they stay as they are."
    *_, both = smallest(question, KEEP, replicates=8, who="both", at_most=400)
    assert both.posts == needs
    assert (
        "has 12 posts of workers and 3 managers, 10 fewer people than the 25 of now: 3 in front"
        in both.sentence
    )


def test_what_is_looked_for_is_told_to_the_engine_and_a_pool_keeps_one_manager(question):
    trials = searching._Trials(question, tuple(KEEP), "all", 0.6, 8, 1, 400, "both")
    assert trials.now == (6, 14, 2, 3)
    assert trials.least == (1, 1, 1, 1)
    told = trials._changes((7, 12, 1, 4))
    assert [(each.what, each.where, each.amount) for each in told] == [
        ("posts", "Front", 1.0), ("posts", "Work", -2.0), ("managers", "Front", -1.0), ("managers", "Work", 1.0),
    ]  # fmt: skip
    assert trials._tried(trials.most)[1] == 8


def test_the_teams_of_an_area_share_their_managers_when_they_are_looked_for():
    two = Question.of(Scenario("Two", date(2026, 4, 6), 560, areas=(("North", 9_000), ("South", 9_000))))
    trials = searching._Trials(two, tuple(KEEP), "all", 0.6, 8, 1, 400, "managers")
    assert trials.kinds == (
        "managers of front door", "managers of family support",
        "managers of assessment, safeguarding and children in care",
    )  # fmt: skip
    one = searching._Trials(two, tuple(KEEP), "South assessment", 0.6, 8, 1, 400, "managers")
    assert one.least == (0,), "others of the same desk are left to decide"


def test_nobody_else_can_be_looked_for(question):
    with pytest.raises(CannotBe, match="workers, managers, both; did you mean managers"):
        next(smallest(question, KEEP, who="manager"))
