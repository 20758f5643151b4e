"""The bridge where work goes from team to team: after a dated move and a merge the database still counts as the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest

from rightplace.domain.practice.londontime import to_datetime
from rightplace.domain.simulation.city import all_entries, outlines
from rightplace.domain.simulation.city.counts import BY_RULE, FIGURES, Counts
from rightplace.domain.simulation.city.tests.town import MERGED, MOVED, rearranged
from rightplace.domain.simulation.names import SAID_MOVED, SAID_TOOK_OVER
from rightplace.foundation.journal.sealed_minutes import seal_minutes
from rightplace.overview.leadership import counting
from rightplace.overview.leadership.tests.test_bridge import (
    MUST_BE_NOUGHT,
    STAFF,
    WHEN_KNOWN,
    Bridge,
    asked,
    counted,
    counts_as_the_model,
    of_the_three_clocks,
    same,
    weeks_of_each_team_are_the_same,
    written,
)


@pytest.fixture(scope="module")
def bridge(fresh_database, django_db_blocker) -> Iterator[Bridge]:
    city, found = rearranged()
    with django_db_blocker.unblock():
        outcome = written(all_entries(outlines(city), STAFF))
        seal_minutes()
        yield Bridge(city, found, Counts(city, found), outcome)


@pytest.fixture(scope="module")
def weeks(bridge) -> list[int]:
    """The week before each of the two days, that after it, and a month later."""
    first = bridge.city.moments.days.on_first
    on = [(day.toordinal() - first) // 7 for day in (MOVED, MERGED)]
    return [week + more for week in on for more in (-1, 0, 4)]


def test_families_and_people_do_go_and_nothing_is_refused(bridge):
    log = bridge.city.log
    took, went = (log[log["kind"] == kind] for kind in (SAID_TOOK_OVER, SAID_MOVED))
    assert len(np.unique(took["tick"])) == len(np.unique(went["tick"])) == 2
    assert bridge.outcome.refused == []


@pytest.mark.parametrize("name", sorted(set(FIGURES) - WHEN_KNOWN))
def test_the_database_counts_as_the_model(bridge, weeks, name):
    counts_as_the_model(bridge, name, weeks)


@pytest.mark.parametrize("nth", [1, 4])
def test_as_known_in_the_week_after_each_day_every_figure_is_the_same(bridge, weeks, nth):
    week, anything = weeks[nth], Counter[str]()
    with counting.known(counting.asked_as_at(to_datetime(bridge.city.moments.week_ends(week)))):
        for name, figure in counting.figures().items():
            moment = asked(bridge, figure, week)
            for team in (None, *range(len(bridge.counts.teams))):
                database = counted(figure, moment, team)
                anything[name] += database.n
                if name in FIGURES:
                    assert same(database, FIGURES[name](bridge.counts, moment, team)), (name, team)
                elif name in BY_RULE:
                    model = BY_RULE[name](bridge.counts, moment, team).groups or {}
                    assert of_the_three_clocks(database.groups or {}) == model, (name, team)
                elif name in MUST_BE_NOUGHT:
                    assert database.n == 0, name
    assert all(anything[name] for name in (*BY_RULE, "open_children"))


def test_each_week_of_each_team_is_the_same(bridge):
    weeks_of_each_team_are_the_same(bridge)
