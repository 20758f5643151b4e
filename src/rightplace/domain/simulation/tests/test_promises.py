"""What must follow from what: few managers lengthen decisions, shortage feeds on itself, demand lengthens waits."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from rightplace.domain.simulation import Change, Keep, pair, parameters, run, structure_of, synthetic_census
from rightplace.domain.simulation.names import ENTRIES

BEGINS = date(2026, 4, 6)


@pytest.fixture(scope="module")
def town():
    """Two areas with few posts to spare, and two managers at each front door, so that one can go."""
    usual = structure_of([("North", 20_000), ("South", 20_000)], posts=0.8)
    teams = tuple(replace(team, managers=2) if team.kind == "door" else team for team in usual.teams)
    given = parameters(replace(usual, teams=teams), BEGINS)
    return given, synthetic_census(given)


@pytest.fixture(scope="module")
def without_managers(town):
    """All pools lose managers and nothing else is changed; the strengths by which shortage acts are off.

    Managers have a fifth of the week for it, below the range of that strength, so that few replicates show it."""
    calm = {
        "threshold.shortage": 0.0,
        "early.shortage": 0.0,
        "waiting.closed": 0.0,
        "load.leaving": 0.0,
        "manager.share": 0.2,
    }
    given = town[0].having(calm)
    fewer = {"door": 1, "support": 2, "long-term": 4, "assessment": 2}
    changes = [Change(BEGINS, "managers", kind, -many) for kind, many in fewer.items()]
    keep = Keep(logged=1, lines=2_000_000)
    return pair(given, town[1], changes, days=365, replicates=6, keep=keep)


def test_fewer_managers_lengthen_decisions(without_managers):
    assert without_managers.difference("manager_wait_days").low > 0
    assert without_managers.difference("decision_days").low > 0
    assert without_managers.difference("decisions_late_share").low > 0


def test_fewer_managers_miss_supervision_and_send_more_back(without_managers):
    assert without_managers.difference("supervision_missed_share").low > 0
    assert without_managers.difference("sent_back_share").low > 0


def test_fewer_managers_do_nothing_else_directly(without_managers):
    """Nobody else comes, leaves or falls ill because of it, and nobody's threshold moves."""
    for measure in ("turned_away", "closed_early", "posts", "shortage"):
        found = without_managers.difference(measure)
        assert found.before == found.after == 0 or measure in ("posts", "shortage")
    workers = without_managers.difference("leavers")
    gone = -without_managers.difference("managers_in_post", last=1).mean
    assert gone > 10
    assert abs(workers.mean - gone) <= 0.1 * workers.before + 3
    first = slice(0, 3)
    for measure in ("contacts", "visits_due", "in_post", "absent"):
        before, after = without_managers.before.of(measure), without_managers.after.of(measure)
        assert np.allclose(before[:, first], after[:, first], rtol=0.05)


def test_each_sending_back_and_missed_supervision_is_an_entry(without_managers):
    for found in (without_managers.before, without_managers.after):
        log = found.logs[0]
        back = log[log["kind"] == ENTRIES.index("assessment.sent_back")]
        assert back["children"].sum() == found.of("sent_back")[0].sum()
        missed = (log["kind"] == ENTRIES.index("supervision.missed")).sum()
        assert missed == found.of("supervision_missed")[0].sum()


def test_more_referrals_lengthen_waits(town):
    found = pair(*town, [Change(BEGINS, "demand", "all", 1.15)], days=540, replicates=6)
    for measure in ("allocation_mean_days", "unallocated", "load_percent", "assessment_mean_days", "leavers"):
        assert found.difference(measure, first=13).mean > 0, measure
    assert found.difference("unallocated", first=26).low > 0


def test_losing_people_begins_a_spiral_that_outlasts_the_loss(town):
    """Workload raises leaving, shortage raises thresholds and closes early, and it comes back as contacts."""
    gone = [
        Change(date(2026, 6, 1), "posts", "assessment", -8),
        Change(date(2026, 6, 1), "posts", "long-term", -9),
    ]
    found = pair(*town, gone, days=730, replicates=6)
    for measure in ("turned_away", "closed_early", "repeat_contacts", "shortage", "unseen"):
        assert found.difference(measure, first=20).low > 0, measure
    before, after = found.before, found.after
    rate = [
        each.over_all("leavers", first=20).mean() / each.over_all("in_post", first=20).mean()
        for each in (before, after)
    ]
    assert rate[1] > rate[0]


def test_each_feedback_can_be_switched_off_and_then_does_nothing(town):
    quiet = town[0].having({"threshold.shortage": 0.0, "early.shortage": 0.0, "waiting.closed": 0.0})
    found = run(quiet, town[1], [Change(BEGINS, "demand", "all", 1.5)], days=365, replicates=2)
    assert found.of("turned_away").sum() == 0
    assert found.of("closed_waiting").sum() == 0
    assert found.of("closed_early").sum() == 0


def test_a_leaver_with_experience_is_felt(town):
    found = pair(*town, [Change(date(2026, 9, 2), "leave", "South", 8)], days=540, replicates=8)
    week = (date(2026, 9, 2) - BEGINS).days // 7
    apart = found.after.of("leavers")[:, week] - found.before.of("leavers")[:, week]
    assert apart.sum() >= 8 * 7
    assert found.difference("unallocated", first=week, last=week + 13).mean > 0


def test_early_help_that_works_lowers_assessments_and_one_that_does_not_changes_nothing(town):
    works = pair(*town, [Change(BEGINS, "support.effect", "all", 0.4)], days=540, replicates=6)
    assert works.difference("assessments", first=20).high < 0
    idle = pair(*town, [Change(BEGINS, "support.effect", "all", 0.0)], days=200, replicates=2)
    assert idle.before.same_bytes(idle.after)


def test_tides_are_those_of_the_calendar(town):
    log = run(*town, days=365, replicates=1, keep=Keep(logged=1, lines=2_000_000)).logs[0]
    assert len(log) > 0
    found = run(*town, days=365, replicates=4)
    contacts = found.of("contacts").mean(axis=0)
    august = (date(2026, 8, 3) - BEGINS).days // 7
    november = (date(2026, 11, 2) - BEGINS).days // 7
    assert contacts[august : august + 4].mean() < 0.85 * contacts[november : november + 4].mean()
