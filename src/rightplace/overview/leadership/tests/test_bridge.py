"""The bridge: a simulated city, written as entries, is counted by the database exactly as the model counted it itself.

By week and by team for what stands or has happened; for what runs by a clock, from a database that knows no more than was
known then. A new figure must be counted by the model too, or be named with the reason why the model knows nothing of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pytest
from django.db import connection

from rightplace.domain.practice.figures import Figure, compile_sql
from rightplace.domain.practice.londontime import DAY, day_of, from_datetime, to_datetime
from rightplace.domain.simulation.city import City, Filed, all_entries, outlines
from rightplace.domain.simulation.city.counts import BY_RULE, FIGURES, NOT_IN_THE_MODEL, Count, Counts, Moment
from rightplace.domain.simulation.city.tests.town import Numbers, town
from rightplace.domain.simulation.parameters import PROMISES
from rightplace.domain.simulation.weeks import Weeks
from rightplace.foundation.journal import bulk
from rightplace.foundation.journal.sealed_minutes import seal_minutes
from rightplace.overview.leadership import counting

STAFF = Numbers()
SOME_WEEKS = (3, 20, 51, 66, 103)
MUST_BE_NOUGHT = ("doubts", "family_plans", "family_reviews_late", "offers_unanswered", "sent_back_twice")
WHEN_KNOWN = {"contacts_undecided"}
"""A contact that was decided since is no longer undecided in a database that knows."""
WEEKLY = {
    "contacts": "contact.received",
    "decisions": "contact.decided",
    "referrals": "referral.accepted",
    "enquiries": "enquiry.began",
    "plans_began": "protectionplan.began",
    "plans_ended": "protectionplan.ended",
    "need_began": "needplan.began",
    "care_began": "care.began",
    "care_ended": "care.ended",
}
"""Counts of the model's weeks, and the happenings that the journal counts."""


@dataclass
class Bridge:
    """The city, what the model counted of it, and how much of it was written and refused."""

    city: City
    found: Weeks
    counts: Counts
    outcome: bulk.BulkOutcome


def written(files: Iterator[Filed]) -> bulk.BulkOutcome:
    return bulk.write_stories(bulk.Story(each.file, each.writes, each.kind, each.salt) for each in files)


@pytest.fixture(scope="module")
def bridge(fresh_database, django_db_blocker) -> Iterator[Bridge]:
    city, found = town()
    with django_db_blocker.unblock():
        outcome = written(all_entries(outlines(city), STAFF))
        seal_minutes()
        yield Bridge(city, found, Counts(city, found), outcome)


def asked(bridge: Bridge, figure: Figure, week: int, days: int = 0) -> Moment:
    """As the week is written down; over the figure's own period, or so many days."""
    now = bridge.city.moments.week_ends(week)
    first, last = (days, 0) if days else figure.period or (0, 0)
    return Moment(week, now, now - first * DAY, now - last * DAY)


def counted(figure: Figure, moment: Moment, team: int | None) -> Count:
    """What the database counts, by the definition's own SQL."""
    compiled = compile_sql(figure, counting.TABLES)
    values = {
        "now": to_datetime(moment.now),
        "since": to_datetime(moment.since),
        "until": to_datetime(moment.until),
        "teams": None if team is None else [STAFF.team(team)],
    }
    with connection.cursor() as cursor:
        cursor.execute(compiled.counting, values)
        n = cursor.fetchone()[0]
        of = groups = None
        if compiled.of_counting:
            cursor.execute(compiled.of_counting, values)
            of = cursor.fetchone()[0]
        if compiled.grouping:
            cursor.execute(compiled.grouping, values)
            groups = dict(cursor.fetchall())
    return Count(n, of, groups)


def of_the_three_clocks(groups: Mapping[str, int]) -> dict[str, int]:
    """The rules that the model has; a contact of the public has a rule of its own for the same clock."""
    found: Counter[str] = Counter()
    for rule, n in groups.items():
        if rule.removesuffix("-PUBLIC") in PROMISES.values():
            found[rule.removesuffix("-PUBLIC")] += n
    return dict(found)


def same(database: Count, model: Count) -> bool:
    groups = model.groups is None or dict(model.groups) == (database.groups or {})
    return database.n == model.n and (model.of is None or database.of == model.of) and groups


def test_no_decision_of_the_model_is_refused(bridge):
    assert bridge.outcome.refused == []
    assert bridge.outcome.entries > 10_000


def test_every_figure_is_counted_by_the_model_or_named_with_a_reason():
    named = [*FIGURES, *BY_RULE, *NOT_IN_THE_MODEL]
    assert sorted(named) == sorted(counting.figures())
    assert all(reason for reason in NOT_IN_THE_MODEL.values())


@pytest.mark.parametrize("name", sorted(set(FIGURES) - WHEN_KNOWN))
def test_the_database_counts_as_the_model(bridge, name):
    """What stands, and what has happened, at some weeks' ends, of all teams and of each."""
    counts_as_the_model(bridge, name, SOME_WEEKS)


@pytest.mark.parametrize("half", [0, 1])
def test_a_database_that_knows_no_more_than_then_counts_as_the_model(bridge, half):
    """Every figure as at a past seal: what is undecided, late or due can be told only by what was known.

    When most wait at the front door, in the first year and in the second."""
    anything: Counter[str] = Counter()
    week = 52 * half + int(bridge.found.of("open_front_door")[0, 52 * half : 52 * (half + 1)].argmax())
    now = to_datetime(bridge.city.moments.week_ends(week))
    with counting.known(counting.asked_as_at(now)):
        for name, figure in counting.figures().items():
            moment = asked(bridge, figure, week)
            for team in (None, *range(len(bridge.counts.teams))):
                database = counted(figure, moment, team)
                anything[name] += database.n
                if name in FIGURES:
                    assert same(database, FIGURES[name](bridge.counts, moment, team)), (name, team)
                elif name in BY_RULE:
                    model = BY_RULE[name](bridge.counts, moment, team).groups or {}
                    told = of_the_three_clocks(database.groups or {})
                    assert told == model, (name, team)
                elif name in MUST_BE_NOUGHT:
                    assert database.n == 0, name
    assert all(anything[name] for name in (*WHEN_KNOWN, *BY_RULE, "open_children"))


def counts_as_the_model(bridge: Bridge, name: str, weeks: Iterable[int]) -> None:
    """At the end of these weeks, of all teams and of each; and there is something to count."""
    figure, anything = counting.figures()[name], 0
    for week in weeks:
        moment = asked(bridge, figure, week)
        for team in (None, *range(len(bridge.counts.teams))):
            database, model = counted(figure, moment, team), FIGURES[name](bridge.counts, moment, team)
            assert same(database, model), (week, team, database, model)
            anything += database.n + (database.of or 0)
    assert anything


def weeks_of_each_team_are_the_same(bridge: Bridge) -> None:
    """What happened in each week: by the model's own counts and in the journal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, team, at FROM journal_happening WHERE NOT concern")
        rows = cursor.fetchall()
    database: Counter[tuple[str, int, int]] = Counter()
    first = bridge.city.moments.days.on_first
    for name, team, at in rows:
        day = day_of(from_datetime(at))
        if day >= first:
            database[name, team, (day - first) // 7] += 1
    for measure, name in WEEKLY.items():
        total = 0
        for team, column in enumerate(bridge.counts.teams):
            model = bridge.found.of(measure, column)[0]
            for week in range(bridge.found.weeks):
                assert database[name, STAFF.team(team), week] == model[week], (measure, column, week)
                total += database[name, STAFF.team(team), week]
        assert total == bridge.found.of(measure).sum() > 0, measure


def test_each_week_of_each_team_is_the_same(bridge):
    weeks_of_each_team_are_the_same(bridge)
