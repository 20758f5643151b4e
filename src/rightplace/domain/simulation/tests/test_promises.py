"""What must follow from what: few managers lengthen decisions, shortage feeds on itself, demand lengthens waits."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from rightplace.domain.simulation import (
    Change,
    Keep,
    Team,
    fewer_managers,
    pair,
    parameters,
    run,
    structure_of,
    synthetic_census,
)
from rightplace.domain.simulation.days import Days
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
def city():
    """Two areas with a front door for both and the strengths as they come: managers have their usual share of the week."""
    usual = structure_of([("North", 30_000), ("South", 30_000)])
    doors = [team for team in usual.teams if team.kind == "door"]
    one = Team(
        "front door", usual.areas, doors[0].stages, sum(team.workers for team in doors), 3, "door", "door"
    )
    teams = (one, *(team for team in usual.teams if team.kind != "door"))
    given = parameters(replace(usual, teams=teams), BEGINS)
    return given, synthetic_census(given)


GONE = date(2026, 6, 1)


def without_a_third(city, **strengths: float):
    """A third of the managers go, and nothing else is changed. Closing what waits is off, since it hides waits."""
    given = city[0].having({"waiting.closed": 0.0, **{n.replace("__", "."): v for n, v in strengths.items()}})
    gone = fewer_managers(given, GONE, 1 / 3)
    keep = Keep(by="kind", logged=1, lines=2_000_000)
    return pair(given, city[1], gone, days=420, replicates=7, keep=keep)


def rises_in_every_future(found, measure, column="all"):
    """Of seven pairs not one the other way: less than one in a hundred by chance, however far the worst futures go."""
    before, after = (each.over_all(measure, column, LATER["first"]) for each in (found.before, found.after))
    return len(before) >= 7 and bool((after > before).all())


@pytest.fixture(scope="module")
def without_managers(city):
    return without_a_third(city)


LATER = {"first": (GONE - BEGINS).days // 7 + 4}


def test_a_third_fewer_managers_lengthen_decisions(city, without_managers):
    assert city[0].value("manager.share") == city[0].strengths["manager.share"].value
    assert 0.4 <= city[0].value("manager.share") <= 0.8
    for measure in ("manager_wait_days", "decision_days", "decisions_late_share", "managers_queue"):
        assert rises_in_every_future(without_managers, measure), measure


def test_a_third_fewer_managers_miss_supervision_and_send_more_back(without_managers):
    for measure in ("supervision_missed_share", "sent_back_share"):
        assert without_managers.difference(measure, **LATER).low > 0, measure


def test_where_managers_take_no_time_their_number_changes_nothing(city):
    """The tests above see managers, and not something that went with them."""
    tasks = ("contact", "enquiry", "assessment", "closing", "supervision", "family", "review", "asked")
    found = without_a_third(city, **{f"manager__{task}": 0.0001 for task in tasks})
    for measure in (
        "manager_wait_days",
        "decisions_late_share",
        "supervision_missed_share",
        "sent_back_share",
    ):
        assert abs(found.difference(measure, **LATER).mean) < 0.003, measure


def test_fewer_managers_do_nothing_else_directly(without_managers):
    """Until decisions wait, nobody else comes, leaves or falls ill because of it."""
    gone = -without_managers.difference(
        "managers_in_post", first=LATER["first"], last=LATER["first"] + 1
    ).mean
    assert gone >= 8
    week = slice(0, (GONE - BEGINS).days // 7)
    assert (without_managers.before.numbers[:, week] == without_managers.after.numbers[:, week]).all()
    first_hand = [
        each.of("contacts") - each.of("repeat_contacts")
        for each in (without_managers.before, without_managers.after)
    ]
    assert (first_hand[0] == first_hand[1]).all()
    for measure in ("posts", "in_post"):
        assert abs(without_managers.difference(measure).mean) < 2


def test_each_sending_back_and_missed_supervision_is_an_entry(without_managers):
    for found in (without_managers.before, without_managers.after):
        log = found.logs[0]
        back = log[log["kind"] == ENTRIES.index("assessment.sent_back")]
        assert back["children"].sum() == found.of("sent_back")[0].sum()
        missed = (log["kind"] == ENTRIES.index("supervision.missed")).sum()
        assert missed == found.of("supervision_missed")[0].sum()


def test_longer_decisions_are_in_the_entries(without_managers):
    """From screening to decision, family by family: what the counts say is what the log tells."""
    waits = []
    for found in (without_managers.before, without_managers.after):
        log = found.logs[0]
        asked = log[log["kind"] == ENTRIES.index("contact.screened")]
        decided = log[log["kind"] == ENTRIES.index("contact.decided")]
        # A family may come again: the nth screening of a family belongs to its nth decision.
        of = {int(line["case"]): int(line["tick"]) for line in asked[::-1]}
        first = {int(line["case"]): int(line["tick"]) for line in decided[::-1]}
        late = [first[case] - of[case] for case in first if case in of and of[case] > 100 * 480]
        waits.append(sum(late) / len(late))
    assert waits[1] > 1.1 * waits[0]


def test_where_a_pool_has_nobody_its_area_decides(city):
    """Its last manager goes for good: nothing stalls, and those who cover have more to do."""
    desks = [team for team in city[0].structure.teams if team.kind == "support" and team.areas == ("North",)]
    gone = [Change(GONE, "managers", team.name, -team.managers) for team in desks]
    found = pair(*city, gone, days=365, replicates=7)
    assert found.after.of("managers_in_post", desks[0].name)[:, -1].sum() == 0
    last = found.after.of("support_began", desks[0].name)[:, -8:].sum()
    ended = found.after.of("closed", desks[0].name)[:, -8:].sum()
    assert ended > 0.4 * last
    assert rises_in_every_future(found, "manager_wait_days", "North assessment")


def test_a_strength_of_one_place_is_felt_there_alone(city):
    change = Change(GONE, "back.share", "North assessment", 0.4, weeks=26)
    found = pair(*city, [change], days=240, replicates=2)
    first = LATER["first"]
    assert found.difference("sent_back_share", "North assessment", first=first).mean > 0.2
    assert abs(found.difference("sent_back_share", "South assessment", first=first).mean) < 0.05
    given = city[0].in_place("North", {"back.share": 0.4})
    from_the_start = run(given, city[1], days=200, replicates=2)
    assert from_the_start.over_all("sent_back_share", "North assessment").mean() > 0.3
    assert from_the_start.over_all("sent_back_share", "South assessment").mean() < 0.15


def test_an_ordinary_authority_has_an_ordinary_establishment(city):
    """England, year to March 2025: 15.2 cases for each worker who holds any, 264 cases and about 20 who hold for each 10,000
    children; 86 in 100 assessments in time."""
    found = run(*city, days=730, replicates=2, keep=Keep(by="kind"))
    open_children = sum(
        found.over_all(f"open_{stage}", first=26).mean()
        for stage in ("assessment", "enquiry", "need", "protection", "care")
    )
    kinds = ("assessment", "long-term", "care")
    whole_time = 0.92 * sum(found.over_all("in_post", kind, 26).mean() for kind in kinds)
    assert 240 < open_children / 6 < 340
    assert 16 < whole_time / 6 < 23
    assert 12.5 < open_children / whole_time < 17
    assert 70 < found.over_all("load_percent", first=26).mean() < 100
    assert 0.05 < found.over_all("assessments_late_share", first=26).mean() < 0.2


def test_more_referrals_lengthen_waits(town):
    found = pair(*town, [Change(BEGINS, "demand", "all", 1.15)], days=540, replicates=6)
    for measure in ("allocation_mean_days", "unallocated", "load_percent", "assessment_mean_days", "leavers"):
        assert found.difference(measure, first=13).mean > 0, measure
    assert found.difference("unallocated", first=26).low > 0


def test_losing_people_begins_a_spiral_that_outlasts_the_loss(city):
    """Workload raises leaving, shortage raises thresholds and closes early, and it comes back as contacts."""
    gone = [
        Change(date(2026, 6, 1), "posts", "assessment", -8),
        Change(date(2026, 6, 1), "posts", "long-term", -9),
    ]
    found = pair(*city, gone, days=1096, replicates=16)
    for measure in ("turned_away", "closed_early", "repeat_contacts", "shortage", "unseen"):
        assert found.difference(measure, first=60).low > 0, measure
    teams = [f"{area} {kind}" for area in ("North", "South") for kind in ("assessment", "safeguarding")]
    rate = [
        sum(each.over_all("leavers", team, 60).mean() for team in teams)
        / sum(each.over_all("in_post", team, 60).mean() for team in teams)
        for each in (found.before, found.after)
    ]
    assert rate[1] > 1.04 * rate[0]


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


def test_early_help_that_works_lowers_assessments_and_one_that_does_not_changes_nothing(city):
    works = pair(*city, [Change(BEGINS, "support.effect", "all", 0.4)], days=540, replicates=6)
    assert works.difference("assessments", first=20).high < 0
    idle = pair(*city, [Change(BEGINS, "support.effect", "all", 0.0)], days=200, replicates=2)
    assert idle.before.same_bytes(idle.after)


@pytest.fixture(scope="module")
def year(city):
    """A year of the log, its ticks as days of the calendar."""
    given, census = city
    log = run(given, census, days=380, replicates=1, keep=Keep(logged=1, lines=2_000_000)).logs[0]
    on = np.array(Days.from_day(given.begins, 380).on)
    return log, on


def lines_of(year, kind: str):
    log, on = year
    told = log[log["kind"] == ENTRIES.index(kind)]
    return told, on[np.maximum(0, told["tick"] // 480)]


def test_mondays_bring_most_and_august_least(year):
    told, days = lines_of(year, "contact.received")
    by_weekday = np.bincount((days - 1) % 7, weights=told["children"], minlength=7)
    assert by_weekday[0] > 1.3 * by_weekday[1:5].max()
    assert by_weekday[5:].sum() == 0
    months = np.array([date.fromordinal(int(day)).month for day in days])
    by_month = np.bincount(months, weights=told["children"], minlength=13)[1:]
    assert by_month.argmin() == 7
    assert by_month[7] < 0.8 * by_month[[2, 5, 9, 10]].mean()


def test_schools_are_silent_in_the_holidays(year):
    told, days = lines_of(year, "contact.received")
    from_schools = told["source"] == 1
    months = np.array([date.fromordinal(int(day)).month for day in days])
    assert (from_schools & (months == 8)).sum() < 0.4 * (from_schools & (months == 11)).sum()


def test_assessments_bunch_before_their_last_day(year):
    """England, year to March 2025: 18.9 in 100 on working days 41 to 45, 10 in the five days before, 5.8 in those after."""
    accepted, _ = lines_of(year, "referral.accepted")
    signed, _ = lines_of(year, "assessment.authorised")
    referred = {int(line["case"]): int(line["tick"]) // 480 for line in accepted}
    long = np.array(
        [
            int(line["tick"]) // 480 - referred[int(line["case"])]
            for line in signed
            if int(line["case"]) in referred
        ]
    )
    share = {first: ((long >= first) & (long < first + 5)).mean() for first in (31, 36, 41, 46)}
    assert 0.12 < share[41] < 0.30
    assert share[41] > 1.5 * share[36]
    assert share[41] > 2.5 * share[46]


def test_reviews_are_held_shortly_before_they_must_be(year):
    """Three months after a plan began: most within the last seven working days, none long before."""
    began, _ = lines_of(year, "protectionplan.began")
    held, _ = lines_of(year, "conference.held")
    first = {int(line["case"]): int(line["tick"]) // 480 for line in began}
    long = [
        int(line["tick"]) // 480 - first[int(line["case"])]
        for line in held
        if line["about"] == 1
        and int(line["case"]) in first
        and int(line["tick"]) // 480 > first[int(line["case"])]
    ]
    assert len(long) > 30
    assert np.mean([55 <= days <= 64 for days in long]) > 0.6


def test_a_bad_winter_brings_more_and_takes_people_away(city):
    winter = Change(date(2026, 12, 7), "winter", "all", 1.25, weeks=10)
    found = pair(*city, [winter], days=600, replicates=4)
    first = (winter.day - BEGINS).days // 7
    during = {"first": first, "last": first + 10}
    for measure in ("contacts", "absent", "load_percent"):
        assert found.difference(measure, **during).low > 0, measure
    assert found.difference("unallocated", **during).mean > 0
    assert (found.before.numbers[:, :first] == found.after.numbers[:, :first]).all()
    after = {"first": first + 26}
    assert abs(found.difference("absent", **after).mean) < 0.3 * found.difference("absent", **during).mean
