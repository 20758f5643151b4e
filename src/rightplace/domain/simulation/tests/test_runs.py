"""The same bytes whatever the threads; shared luck; refusals with their reason; a log that agrees with the counts."""

from datetime import date

import numpy as np
import pytest

from rightplace.domain.simulation import (
    Census,
    Change,
    Keep,
    Structure,
    Team,
    fewer_managers,
    pair,
    parameters,
    run,
    structure_of,
    synthetic_census,
)
from rightplace.domain.simulation.census import FAMILY, PERSON
from rightplace.domain.simulation.changes import checked
from rightplace.domain.simulation.days import Days
from rightplace.domain.simulation.names import ENTRIES
from rightplace.domain.simulation.parameters import ImpossibleScenario
from rightplace.domain.simulation.teams import KINDS

BEGINS = date(2026, 4, 6)
LATER = date(2026, 6, 1)


@pytest.fixture(scope="module")
def town():
    given = parameters(structure_of([("North", 5000), ("South", 7000)]), BEGINS)
    return given, synthetic_census(given)


def test_one_thread_and_two_give_the_same_bytes(town):
    one = run(*town, days=200, replicates=9, seed=3, threads=1)
    two = run(*town, days=200, replicates=9, seed=3, threads=2)
    assert one.events == two.events > 0
    assert one.bytes_each == two.bytes_each > 0
    assert one.same_bytes(two)
    assert one.numbers.any()


def test_a_replicate_is_the_same_in_whatever_company(town):
    all_of_them = run(*town, days=100, replicates=6, seed=3)
    last = run(*town, days=100, replicates=2, seed=3, first=4)
    assert all_of_them.numbers[4:].tobytes() == last.numbers.tobytes()


def test_another_seed_is_another_future(town):
    assert not run(*town, days=100, replicates=1, seed=3).same_bytes(
        run(*town, days=100, replicates=1, seed=4)
    )


def test_too_little_room_is_begun_again_with_more(town, monkeypatch):
    monkeypatch.setattr("rightplace.domain.simulation.runs._SPARE_CASES", -len(town[1].families) - 5)
    small = run(*town, days=60, replicates=2, seed=3)
    monkeypatch.undo()
    assert small.same_bytes(run(*town, days=60, replicates=2, seed=3))


def test_nothing_changes_before_a_change(town):
    found = pair(*town, [Change(LATER, "demand", "all", 1.5)], days=180, replicates=3)
    week = (LATER - BEGINS).days // 7
    assert (found.before.numbers[:, :week] == found.after.numbers[:, :week]).all()
    assert (found.before.of("contacts")[:, week + 1 :].sum() * 1.2) < found.after.of("contacts")[
        :, week + 1 :
    ].sum()


def test_shared_luck_saves_runs_and_says_how_many(town):
    found = pair(*town, [Change(BEGINS, "demand", "all", 1.1)], days=365, replicates=20)
    assert found.difference("contacts").variance_ratio > 5
    assert found.difference("contacts").low > 0


def test_the_whole_service_is_the_sum_of_its_teams(town):
    by_team = run(*town, days=100, replicates=2)
    for keep in ("kind", "area", "all"):
        other = run(*town, days=100, replicates=2, keep=Keep(by=keep))
        assert other.columns[-1] == "all"
        for measure in ("contacts", "open_need", "load_p90", "cost"):
            assert (by_team.of(measure) == other.of(measure)).all()
    assert by_team.of("posts")[0, 0] == sum(team.workers for team in town[0].structure.teams)


def test_the_log_says_what_was_counted(town):
    found = run(*town, days=200, replicates=1, keep=Keep(logged=1, lines=200_000))
    log = found.logs[0]
    assert (np.diff(log["tick"]) >= 0).all()

    def told(name: str) -> int:
        return int(log["children"][log["kind"] == ENTRIES.index(name)].sum())

    for entry, measure in {
        "contact.received": "contacts",
        "contact.decided": "decisions",
        "assessment.authorised": "assessments",
        "assessment.sent_back": "sent_back",
        "protectionplan.began": "plans_began",
        "protectionplan.ended": "plans_ended",
        "care.began": "care_began",
        "care.ended": "care_ended",
        "worker.allocated": "allocations",
        "case.closed": "closed",
    }.items():
        assert told(entry) == found.of(measure).sum(), entry
        assert told(entry) > 0, entry
    joined = (log["kind"] == ENTRIES.index("worker.joined")).sum()
    assert joined == found.of("joiners").sum()


@pytest.mark.parametrize(
    ("change", "because"),
    [
        (Change(LATER, "posts", "Nowhere", 1), "no area, team"),
        (Change(LATER, "posts", "North assessment", -99), "cannot go"),
        (Change(LATER, "posts", "all", 0.5), "whole"),
        (Change(date(2020, 1, 1), "demand", "all", 1.1), "is not between"),
        (Change(LATER, "moonshine", "all", 1.1), "nothing of this name"),
        (Change(LATER, "leave", "South", 500), "fewer than"),
        (Change(LATER, "manager.share", "Nowhere", 0.5), "no area, team"),
        (Change(LATER, "winter", "all", 1.2), "a winter ends"),
        (Change(LATER, "review.months.first", "all", 4.0), "first day"),
        (Change(LATER, "hours.need", "all", 3.0), "first day"),
        (Change(LATER, "demand", "Nowhere", 1.1), "neither a source nor an area"),
    ],
)
def test_an_impossible_change_is_refused_with_its_line_and_reason(town, change, because):
    with pytest.raises(ImpossibleScenario, match=because) as refused:
        run(*town, [Change(LATER, "demand", "all", 1.0), change], days=200, replicates=1)
    if change.where != "Nowhere":
        assert refused.value.where.startswith("change 2")


def emptied(*steps: Change):
    teams = (
        *(
            Team(kind, ("Area",), stages, 3, 1, "one desk", kind)
            for kind, stages in KINDS.items()
            if kind != "door"
        ),
        Team("door", ("Area",), KINDS["door"], 1, 1, "door desk", "door"),
    )
    given = parameters(Structure((("Area", 3000),), teams), BEGINS)
    return checked(given, steps, Days.from_day(BEGINS, 400))


def test_a_team_without_a_worker_or_without_anybody_who_decides_is_refused():
    with pytest.raises(ImpossibleScenario, match="door would have no worker") as refused:
        emptied(Change(LATER, "posts", "door", -1))
    assert refused.value.where == "change 1, posts"
    gone = [Change(LATER, "managers", kind, -1) for kind in ("support", "assessment", "long-term", "care")]
    assert len(emptied(*gone)) == 4
    with pytest.raises(ImpossibleScenario, match="desk would have no manager") as refused:
        emptied(*gone, Change(date(2026, 8, 3), "managers", "door", -1))
    assert refused.value.where == "change 5, managers"


def test_dated_changes_are_refused_by_what_stands_on_their_day():
    more = Change(date(2026, 5, 4), "posts", "door", 1)
    assert emptied(Change(LATER, "posts", "door", -1), more)
    with pytest.raises(ImpossibleScenario, match="has 1, so 2 cannot go"):
        emptied(more, Change(LATER, "posts", "door", -1), Change(date(2026, 7, 6), "posts", "door", -2))
    with pytest.raises(ImpossibleScenario, match="another holds until"):
        twice = [Change(day, "absence.spells", "all", 3.0, 10) for day in (LATER, date(2026, 7, 6))]
        emptied(*twice)
    with pytest.raises(ImpossibleScenario, match=r"change 2, absence\.season: another holds until"):
        emptied(
            Change(LATER, "winter", "all", 1.2, 10), Change(date(2026, 7, 6), "absence.season", "all", 1.5)
        )
    with pytest.raises(ImpossibleScenario, match="by themselves"):
        emptied(Change(LATER, "posts", "door", 1, weeks=4))


def test_fewer_managers_are_a_share_of_each_pool_and_never_all(town):
    gone = fewer_managers(town[0], LATER, 0.99)
    checked(town[0], gone, Days.from_day(BEGINS, 365))
    for pool in town[0].structure.pools:
        mine = [team for team in town[0].structure.teams if team.pool == pool]
        left = sum(team.managers for team in mine)
        left += sum(int(each.amount) for each in gone if each.where in [team.name for team in mine])
        assert left == 1


def test_more_seats_than_families_can_name_their_workers_by_are_refused():
    """They would be numbered round and round, and a family would have somebody else's worker."""
    areas = tuple((f"Area {nth}", 500) for nth in range(120))
    teams = tuple(
        Team(f"{area} {kind}", (area,), stages, 55, 1, f"{area} {kind}", kind)
        for area, _ in areas
        for kind, stages in KINDS.items()
    )
    given = parameters(Structure(areas, teams), BEGINS)
    people = np.zeros(len(teams) * 56, PERSON)
    people["team"] = np.repeat(np.arange(len(teams)), 56)
    people["managing"][55::56] = 1
    with pytest.raises(ImpossibleScenario, match="33,600 seats; at most 32,768"):
        run(given, Census(np.zeros(0, FAMILY), people), days=28, replicates=1)


def test_what_holds_for_some_weeks_is_over_afterwards(town):
    found = pair(*town, [Change(LATER, "demand", "all", 2.0, weeks=8)], days=365, replicates=2)
    week = (LATER - BEGINS).days // 7
    first_hand = [each.of("contacts") - each.of("repeat_contacts") for each in (found.before, found.after)]
    assert (first_hand[0][:, :week] == first_hand[1][:, :week]).all()
    assert first_hand[1][:, week : week + 8].sum() > 1.7 * first_hand[0][:, week : week + 8].sum()
    assert (first_hand[0][:, week + 9 :] == first_hand[1][:, week + 9 :]).mean() > 0.9


def test_compiled_code_is_kept_only_for_the_files_it_was_made_of():
    """Otherwise a changed number in another file would leave old code running, and nobody would see it."""
    from rightplace.domain.simulation.compiled import DIGEST
    from rightplace.domain.simulation.kernel import simulate
    from rightplace.domain.simulation.trial.alone import _turn

    assert simulate._cache._cache_file._source_stamp == DIGEST
    assert _turn._cache._cache_file._source_stamp[1] == DIGEST


def test_seats_that_another_scenario_keeps_free_move_nobodys_luck(town):
    """As things are is the same, to the last digit, whatever it is held against."""
    room = {"North front door": (3, 2), "South assessment": (5, 0)}
    assert run(*town, days=200, replicates=3).same_bytes(run(*town, days=200, replicates=3, room=room))
