"""Hours: a worker's own list, the team's and the director's say the same, on every day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightplace.common.caseflow import load as loading
from rightplace.common.caseflow.load import end_of, families_at, hours_in_all, loads
from rightplace.domain.practice.workload import Child, family_hours, weights_on
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import people
from rightplace.foundation.people.projections import Relation
from rightplace.services.workforce import queries, views
from rightplace.services.workforce.tests.conftest import MORNING, held

TODAY = date(2026, 3, 3)
TABLE = weights_on(TODAY)


def load_of(who):
    return loads([who.worker.pk])[who.worker.pk]


def test_a_worker_without_a_post_has_an_unknown_number_of_hours(city):
    held(city.social_worker, "assessment")
    found = load_of(city.social_worker)
    assert (found.week, found.has, found.over) == (None, None, None)
    assert found.takes > 0


def test_hours_are_those_of_the_seat_less_what_the_week_holds_besides(city, employed):
    employed(city.social_worker, 37)
    assert load_of(city.social_worker).has == 28
    organisation.record_absence(
        worker=city.social_worker.worker,
        begins=date(2026, 3, 5),
        ends=date(2026, 3, 7),
        by=city.social_worker.actor,
    )
    found = load_of(city.social_worker)
    assert found.besides.away == pytest.approx(37 * 0.4)
    assert found.has == pytest.approx(28 * 0.6, abs=0.01)


def test_a_first_year_is_protected_and_ends(city, employed):
    employed(city.social_worker, 37)
    by = city.human_resources.actor
    people.say_particulars(
        worker=city.social_worker.worker, profession="social_work", qualified=date(2025, 9, 1), begins=date(2025, 9, 1),
        registered=True, by=by,
    )  # fmt: skip
    assert load_of(city.social_worker).besides.protected == 3.7
    with clock.clock_at(MORNING + timedelta(days=200)):
        assert load_of(city.social_worker).besides.protected == 0


def test_a_manager_gives_supervision_to_the_team(city, employed, monkeypatch):
    employed(city.family_support_manager)
    assert load_of(city.family_support_manager).besides.supervision_given == 0.75
    monkeypatch.setattr(loading.hooks, "_supervisees", [lambda workers, on: dict.fromkeys(workers, 4)])
    assert load_of(city.family_support_manager).besides.supervision_given == 3.0


def test_the_stage_counts_from_when_the_work_began_and_not_from_when_the_child_came(city):
    began = datetime(2025, 6, 2, tzinfo=MORNING.tzinfo)
    changed = datetime(2026, 2, 20, tzinfo=MORNING.tzinfo)
    first = held(city.social_worker, "assessment", begins=began.date(), ends=changed)
    held(
        city.social_worker,
        "child_protection",
        begins=changed.date(),
        person=first.person,
        opened=first.opened,
    )
    held(city.social_worker, "child_protection", begins=began.date())
    weeks = sorted(f.children[0].weeks for f in families_at(MORNING)[city.social_worker.worker.pk])
    assert weeks == [1, 39]


def test_brothers_and_sisters_are_one_family_of_one_worker(city):
    one, two = held(city.social_worker, "assessment"), held(city.social_worker, "assessment")
    Relation.objects.bulk_create(
        [Relation(person=one.person, entry=1, other=two.person, relation="brother", danger=False, label=0)]
    )
    (family,) = families_at(MORNING)[city.social_worker.worker.pk]
    alone = family_hours(TABLE, [Child(0, "assessment", 8)])
    assert family.hours == alone + TABLE.each_more_child


SPELLS = st.lists(
    st.tuples(
        st.integers(0, 3), st.sampled_from(["assessment", "child_protection", "family_support", "odd"]),
        st.integers(0, 50), st.one_of(st.none(), st.integers(1, 30)), st.integers(0, 3),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spells=SPELLS, pairs=st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=6))
def test_the_directors_figure_is_the_sum_of_the_workers_own_lists_on_every_day(city, spells, pairs):
    """Held against a slow count of each worker's own rows, day by day."""
    workers = [city.social_worker, city.family_support_worker, city.assessment_manager]
    first = date(2026, 1, 5)
    with transaction.atomic():
        made = []
        for who, part, start, length, _ in spells:
            begins = first + timedelta(days=start)
            ends = end_of(begins + timedelta(days=length - 1)) + timedelta(microseconds=1) if length else None
            worker = {"worker": 0} if who == 3 else {}
            made.append(held(workers[min(who, 2)], part, begins=begins, ends=ends, **worker))
        rows = {
            (made[a].person, made[b].person) for a, b in pairs if a != b and a < len(made) and b < len(made)
        }
        Relation.objects.bulk_create(
            Relation(person=a, entry=n, other=b, relation="sister", danger=False, label=0)
            for n, (a, b) in enumerate(rows)
        )
        for day in (first + timedelta(days=n) for n in range(0, 58, 5)):
            at = end_of(day)
            own = {who.worker.pk: loads([who.worker.pk], at)[who.worker.pk] for who in workers}
            assert hours_in_all(at) == pytest.approx(sum(each.takes for each in own.values()))
            for who in workers:
                mine = Span.objects.filter(worker=who.worker.pk, begins__lte=at).exclude(ends__lte=at)
                assert own[who.worker.pk].children == mine.count()
                assert own[who.worker.pk].takes == pytest.approx(slowly(list(mine), rows, at))
        transaction.set_rollback(True)


def slowly(spans, siblings, at):
    """The same hours, family by family, by walking from child to child."""
    left, hours = {span.person: span for span in spans}, 0.0
    while left:
        family, edge = [], [next(iter(left))]
        while edge:
            person = edge.pop()
            if person in left:
                family.append(left.pop(person))
                edge += [b if a == person else a for a, b in siblings if person in (a, b)]
        each = [family_hours(TABLE, [Child(0, s.part, (at - s.begins).days // 7, s.legal)]) for s in family]
        hours += max(each) + TABLE.each_more_child * (len(each) - 1)
    return hours


def test_what_the_director_sees_is_what_the_workers_see(city, employed, django_assert_max_num_queries):
    for who in (city.social_worker, city.family_support_worker, city.front_door_worker):
        employed(who)
        for _ in range(3):
            held(who, "child_in_need")
    held(city.auditor, "in_care")
    with django_assert_max_num_queries(8):
        every = queries.every_team()
    assert every.takes == pytest.approx(hours_in_all())
    assert views.my_work_of(city.social_worker.actor).load.takes == load_of(city.social_worker).takes
    team = queries.team_load(city.assessment)
    assert team.loads[city.social_worker.worker.pk].takes == load_of(city.social_worker).takes


def test_a_load_is_asked_in_three_questions_however_many_workers(city, django_assert_num_queries):
    people = [city.social_worker, city.family_support_worker, city.front_door_worker]
    for who in people:
        held(who)
    # families, weeks, and whom each supervises
    with django_assert_num_queries(3):
        loads([who.worker.pk for who in people])


def test_next_month_is_what_falls_due_for_the_workers_children(city):
    span = held(city.social_worker, "child_protection")
    rows = [("CP-VISIT", 3), ("CP-VISIT", 10), ("CP-VISIT", 40), ("OFFER", 3)]
    with connection.cursor() as cursor:
        for number, (rule, days) in enumerate(rows):
            cursor.execute(
                "INSERT INTO journal_timescale (person, rule, trigger, about, begins, version_from, due, met_by,"
                " not_required, unknown, guards, expires, concern, label) VALUES (%s, %s, %s, 0, %s, 1, %s, 0, '', '', false,"
                " false, false, 0)",
                [span.person, rule, number, MORNING - timedelta(days=9), MORNING + timedelta(days=days)],
            )
    found = queries.coming([city.social_worker.worker.pk], MORNING)[city.social_worker.worker.pk]
    assert [(week.monday, week.things, week.hours) for week in found] == [
        (date(2026, 3, 2), 1, 2.0), (date(2026, 3, 9), 1, 2.0),
    ]  # fmt: skip
