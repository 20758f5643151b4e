"""On a day a team's work goes to another: every family is answered for at every moment, and nobody is lost or doubled."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from rightplace.domain.simulation import (
    Census,
    Change,
    Keep,
    Parameters,
    Structure,
    Team,
    pair,
    parameters,
    run,
    structure_of,
    synthetic_census,
)
from rightplace.domain.simulation.changes import checked, hand_overs
from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.names import DAY, ENTRIES, STOCKS
from rightplace.domain.simulation.parameters import ImpossibleScenario
from rightplace.domain.simulation.teams import KINDS

BEGINS = date(2026, 4, 6)
LATER = date(2026, 6, 1)
SOON = date(2026, 6, 15)
WEEK = (LATER - BEGINS).days // 7
WHOLE = Change(LATER, "work", "South assessment", to="North assessment")
PART = Change(LATER, "work", "North safeguarding", 2, to="South safeguarding", area="North")


@pytest.fixture(scope="module")
def town():
    given = parameters(structure_of([("North", 5000), ("South", 7000)]), BEGINS)
    return given, synthetic_census(given)


@pytest.fixture(scope="module")
def handed(town):
    return pair(*town, [WHOLE], days=240, replicates=3, keep=Keep(logged=1, lines=300_000))


def test_nothing_is_otherwise_before_the_day(handed):
    assert (handed.before.numbers[:, :WEEK] == handed.after.numbers[:, :WEEK]).all()
    assert (handed.before.numbers[:, WEEK:] != handed.after.numbers[:, WEEK:]).any()


def test_posts_managers_and_everything_open_are_the_other_team_s_from_that_week_on(town, handed):
    teams = {team.name: team for team in town[0].structure.teams}
    after = handed.after
    both = teams["North assessment"].workers + teams["South assessment"].workers
    assert (after.of("posts", "North assessment")[:, WEEK:] == both).all()
    for measure in STOCKS:
        gone = after.of(measure, "South assessment")[:, WEEK:]
        assert measure == "shortage" or not gone.any(), measure
    for measure in ("contacts", "assessments", "visits_due", "supervision_due", "manager_tasks"):
        assert not after.of(measure, "South assessment")[:, WEEK + 1 :].any(), measure
    assert after.of("open_assessment", "North assessment")[:, WEEK].all()


def test_families_come_in_and_are_worked_on_as_before(handed):
    """The same families come; what is open in all of the service stays about the same."""
    for measure in ("contacts", "assessments", "open_assessment"):
        before, after = (each.of(measure)[:, WEEK:].sum() for each in (handed.before, handed.after))
        assert 0.8 * before < after < 1.25 * before, measure


def test_the_log_tells_which_families_and_people_went(town, handed):
    log = handed.after.logs[0]
    names = [team.name for team in town[0].structure.teams]
    old, new = names.index("South assessment"), names.index("North assessment")
    took = log[log["kind"] == ENTRIES.index("team.took_over")]
    went = log[log["kind"] == ENTRIES.index("worker.moved")]
    assert len(took) and len(went)
    for lines in (took, went):
        assert set(lines["tick"]) == {took["tick"][0]}
        assert set(lines["about"]) == {old}
        assert set(lines["team"]) == {new}
    assert len(set(took["case"])) == len(took)
    day = log["tick"] < took["tick"][0]
    assert (log["team"][day] == old).any()
    later = log[np.flatnonzero(log["kind"] == ENTRIES.index("team.took_over"))[-1] + 1 :]
    assert not (later["team"] == old).any()


def test_part_of_the_work_may_go_with_some_posts_and_no_manager(town):
    both = [Change(BEGINS, "work", "South safeguarding", to="North safeguarding")]
    given = town[0]
    has = {team.name: team.workers for team in given.structure.teams}
    found = run(*town, both, days=60, replicates=1)
    assert (
        found.of("posts", "North safeguarding")[0, 0] == has["North safeguarding"] + has["South safeguarding"]
    )
    whole = run(*town, [PART], days=120, replicates=1)
    assert not whole.of("posts", "North safeguarding")[0, WEEK:].any(), "it had no other area, so all went"


def test_threads_make_no_difference(town):
    asked = [WHOLE, Change(date(2026, 7, 6), "posts", "North assessment", 2)]
    one = run(*town, asked, days=150, replicates=4, threads=1)
    assert one.same_bytes(run(*town, asked, days=150, replicates=4, threads=2))


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ([Change(LATER, "work", "South assessment", to="North family support")], "cannot take this over: assessment"),
        ([Change(LATER, "work", "South assessment", to="South assessment")], "itself"),
        ([Change(LATER, "work", "South assessment", to="East assessment")], "there is no team East assessment"),
        ([Change(LATER, "work", "South assessment", to="North assessment", area="North")], "does not work for North"),
        ([Change(LATER, "work", "South assessment", 99, to="North assessment")], "posts, so 99 cannot go"),
        ([WHOLE, Change(date(2026, 7, 6), "posts", "South assessment", 1)], "has nothing to do any more"),
        ([WHOLE, Change(date(2026, 7, 6), "work", "South assessment", to="North assessment")], "nothing to do any more"),
        ([Change(LATER, "work", "South assessment", to="North assessment", weeks=4)], "do not come back"),
    ],
)  # fmt: skip
def test_what_cannot_go_is_refused_with_the_reason(town, changes, because):
    given = town[0]
    with pytest.raises(ImpossibleScenario, match=because):
        checked(given, changes, Days.from_day(given.begins, 200))


def test_more_people_than_a_team_has_places_are_refused():
    given = parameters(structure_of([("North", 40_000), ("South", 40_000)]), BEGINS)
    asked = [Change(LATER, "work", "South family support", to="North family support")]
    with pytest.raises(ImpossibleScenario, match="at most 64 can sit there"):
        run(given, synthetic_census(given), asked, days=60, replicates=1)


def test_what_lies_before_managers_goes_on_to_whoever_has_the_work_in_the_end():
    """Where a team goes to another, which goes to a third, the third decides for both."""
    given = parameters(structure_of([("North", 5000), ("South", 7000), ("East", 6000)]), BEGINS)
    pools = given.structure.pools
    north, south, east = (pools.index(f"{area} family support") for area in ("North", "South", "East"))
    first = Change(LATER, "work", "South family support", to="North family support")
    then = Change(LATER, "work", "North family support", to="East family support")
    one, two = (told for _, told in hand_overs(given, [first, then]))
    assert (south, north) in one.covers
    assert {(south, east), (north, east)} <= set(two.covers)


def _apart() -> tuple[Parameters, Census]:
    """Three areas, of which two share safeguarding; nobody leaves or is ill, and those in the South take nothing more."""
    usual = structure_of([("North", 4000), ("South", 3000), ("East", 4000)])
    own = tuple(team for team in usual.teams if team.kind != "long-term" or team.areas == ("South",))
    shared = Team("shared", ("North", "East"), KINDS["long-term"], 9, 2, "shared", "long-term")
    given = parameters(Structure(usual.children, (*own, shared)), BEGINS)
    calm = ("leaving.newly", "leaving.early", "leaving.experienced", "leaving.agency", "absence.spells")
    given = given.having(dict.fromkeys(calm, 0.0)).in_place("South safeguarding", {"load.ceiling": 0.05})
    return given, synthetic_census(given)


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(
            Change(SOON, "work", "shared", to="South safeguarding"), id="the workers come along later"
        ),
        pytest.param(
            Change(SOON, "work", "South safeguarding", 0, to="shared", area="North"), id="the work comes back"
        ),
    ],
)
def test_where_family_and_worker_come_together_again_nobody_changes(again):
    """Even where others of the team have room by then: a change of worker would be for nothing."""
    given, census = _apart()
    asked = [
        Change(LATER, "work", "shared", 0, to="South safeguarding", area="North"),
        Change(SOON, "load.ceiling", "all", 1.6),
        again,
    ]
    found = run(given, census, asked, days=180, replicates=1, keep=Keep(logged=1, lines=200_000))
    first, then = (Days.from_day(BEGINS, 180).number(day.toordinal()) * DAY for day in (LATER, SOON))
    lines: dict[int, list[tuple[int, str]]] = {}
    had = set()
    for tick, kind, _, case, worker, *_ in found.logs[0].tolist():
        lines.setdefault(case, []).append((tick, ENTRIES[kind]))
        if (tick, ENTRIES[kind]) == (first, "team.took_over") and worker >= 0:
            had.add(case)
    moves = ("worker.allocated", "worker.ended", "team.accepted", "case.closed")
    after = {case: [told for told in lines[case] if told[0] > first and told[1] in moves] for case in had}
    kept = {case: told for case, told in after.items() if not told or told[0][0] >= then}
    assert len(kept) >= 10
    assert {told[0][1] for told in kept.values() if told} <= {"team.accepted", "case.closed"}


def test_a_post_that_goes_leaves_its_place_free_for_others():
    """Work and posts that go there and back, and there again, need no more places than they ever take at once."""
    usual = structure_of([("North", 40_000), ("South", 26_000), ("East", 4000)])
    own = tuple(team for team in usual.teams if team.kind != "care" or team.areas == ("South",))
    shared = Team("shared", ("North", "East"), KINDS["care"], 40, 2, "shared", "care")
    given = parameters(Structure(usual.children, (*own, shared)), BEGINS)
    there = Change(LATER, "work", "shared", 30, to="South children in care", area="North")
    back = Change(SOON, "work", "South children in care", 30, to="shared", area="North")
    again = replace(there, day=date(2026, 6, 22))
    census = synthetic_census(given)
    found = run(given, census, [there, back, again], days=90, replicates=1)
    posts = found.of("posts", "South children in care")[0]
    assert posts[-1] == posts[0] + 30
    more = replace(there, amount=39.0, day=date(2026, 6, 1))
    full = [Change(BEGINS, "posts", "South children in care", 20), more]
    with pytest.raises(ImpossibleScenario, match="at most 64 can sit there"):
        run(given, census, full, days=90, replicates=1)
