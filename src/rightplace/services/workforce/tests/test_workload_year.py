"""The director's figure is the sum of the workers' own lists on every day of a year: none is left out of the walk."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from rightplace.common.caseflow.load import end_of, families_at, hours_in_all, loads
from rightplace.domain.practice.workload import weights_on
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.foundation.people.projections import Relation
from rightplace.services.workforce import queries
from rightplace.services.workforce.tests.conftest import held
from rightplace.testing.organisation import MORNING

BEGAN = date(2025, 3, 4)
PARTS = ("assessment", "child_in_need", "child_protection", "family_support", "in_care", "leaving_care")


def a_year(city, dice: Random) -> list[int]:
    """A hundred and twenty children over a year who change worker, part and legal status, some of them siblings."""
    workers = [
        city.social_worker, city.family_support_worker, city.front_door_worker, city.assessment_manager, city.auditor,
    ]  # fmt: skip
    persons = []
    for _ in range(120):
        day, person = BEGAN + timedelta(days=dice.randint(-60, 340)), None
        for _ in range(dice.randint(1, 4)):
            until = day + timedelta(days=dice.randint(5, 150))
            more = {} if person is None else {"person": person}
            if dice.random() < 0.15:
                more["worker"] = 0
            legal = dice.choice(["", "", sorted(weights_on(BEGAN).court_legal)[0]])
            span = held(
                dice.choice(workers), dice.choice(PARTS), begins=day, legal=legal,
                ends=None if dice.random() < 0.1 else end_of(until) + timedelta(microseconds=1), **more,
            )  # fmt: skip
            person, day = span.person, until + timedelta(days=1)
            if span.ends is None:
                break
        persons.append(person)
    pairs = {tuple(sorted(dice.sample(persons, 2))) for _ in range(40)}
    Relation.objects.bulk_create(
        Relation(person=one, entry=n, other=other, relation="sister", danger=False, label=0)
        for n, (one, other) in enumerate(sorted(pairs))
    )
    return [each.worker.pk for each in workers]


@pytest.mark.parametrize("seed", [4, 2011])
def test_on_every_day_of_a_year_the_whole_is_the_sum_of_the_workers_own_lists(city, seed):
    organisation.leave_team(
        membership=city.social_worker.membership, on=MORNING.date(), by=city.administrator.actor
    )  # what a worker holds who has left the team is part of the whole as well
    workers = a_year(city, Random(seed))
    seen = set()
    for day in (BEGAN + timedelta(days=n) for n in range(365)):
        at = end_of(day)
        own = [loads([worker], at)[worker] for worker in workers]
        whole = hours_in_all(at)
        assert whole == pytest.approx(sum(each.takes for each in own)), day
        children = Span.objects.filter(open=True, begins__lte=at).exclude(ends__lte=at).exclude(worker=0)
        assert sum(each.children for each in own) == children.count(), day
        if day.day in (1, 15):
            with clock.clock_at(at):
                assert queries.every_team(at).takes == pytest.approx(whole), day
        seen.add(round(whole, 2))
    assert len(seen) > 100  # the year is no still life
    assert families_at(MORNING).keys() - {0} <= set(workers)
