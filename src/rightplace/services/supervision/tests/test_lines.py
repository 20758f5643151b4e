"""Who supervises whom, and that nobody is without a supervisor on any working day, whoever is away."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from rightplace.common.caseflow.load import weeks_of
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.supervision import How
from rightplace.foundation.access.actor import RULES
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation.models import Absence
from rightplace.services.supervision import actions
from rightplace.services.supervision.lines import chart, supervisees
from rightplace.services.supervision.tests.held import TODAY
from rightplace.testing.organisation import MORNING


def supervisor_of(who, on=TODAY):
    return chart(on).supervisor_of(who.worker.pk)


def test_the_team_s_manager_supervises_managers_go_to_a_head_and_heads_to_the_director(city):
    assert supervisor_of(city.social_worker) == city.assessment_manager.worker.pk
    assert supervisor_of(city.family_support_worker) == city.family_support_manager.worker.pk
    assert supervisor_of(city.assessment_manager) == city.head_of_service.worker.pk
    assert supervisor_of(city.head_of_service) == city.director.worker.pk
    assert supervisor_of(city.director) == 0
    assert supervisor_of(city.school) == 0


def test_what_was_said_goes_before_what_is_usual_from_its_day_and_counts_in_the_workload(city):
    other = city.other_assessment_manager
    said = {"worker": city.social_worker.worker.pk, "supervisor": other.worker.pk, "because": "conflict"}
    actions.say_line(**said, begins=TODAY + timedelta(days=7), by=city.head_of_service.actor)
    assert supervisor_of(city.social_worker) == city.assessment_manager.worker.pk
    later = TODAY + timedelta(days=7)
    assert supervisor_of(city.social_worker, later) == other.worker.pk
    counted = supervisees([other.worker.pk, city.assessment_manager.worker.pk], later)
    assert counted == {other.worker.pk: 1, city.assessment_manager.worker.pk: 0}
    assert weeks_of([other.worker.pk], later)[other.worker.pk].supervises == 1


def test_nobody_is_supervised_by_somebody_below_or_by_who_may_not_hold_it(city):
    by = city.head_of_service.actor
    for worker, supervisor in (
        (city.head_of_service, city.assessment_manager), (city.social_worker, city.family_support_worker),
    ):  # fmt: skip
        with pytest.raises(Refused):
            actions.say_line(
                worker=worker.worker.pk,
                supervisor=supervisor.worker.pk,
                because="agreed",
                begins=TODAY,
                by=by,
            )
    with pytest.raises(NotAllowed):
        actions.say_line(
            worker=city.social_worker.worker.pk, supervisor=city.other_assessment_manager.worker.pk,
            because="agreed", begins=TODAY, by=city.assessment_manager.actor,
        )  # fmt: skip


def away(who, begins, ends, cover=None):
    """An absence as it is written down; two that overlap are no fault of anybody."""
    Absence.objects.create(
        worker=who.worker,
        begins=begins,
        ends=ends,
        cover=cover.worker if cover and cover != who else None,
        recorded_at=MORNING,
        recorded_by_id=RULES.worker,
        end_recorded_at=MORNING,
        end_recorded_by_id=RULES.worker,
    )


def test_who_was_named_covers_if_that_one_may_hold_supervision(city):
    away(city.assessment_manager, TODAY, TODAY + timedelta(days=7), city.other_assessment_manager)
    found = chart(TODAY).answering(city.social_worker.worker.pk)
    assert (found.supervisor, found.how) == (city.other_assessment_manager.worker.pk, How.NAMED)
    covered = chart(TODAY).covered_by(city.other_assessment_manager.worker.pk)
    assert [each.worker for each in covered] == [city.social_worker.worker.pk]
    session = actions.plan_session(
        worker=city.social_worker.worker.pk, on=TODAY, by=city.other_assessment_manager.actor
    )
    assert session.covers_for_id == city.assessment_manager.worker.pk


def test_a_peer_who_covers_the_families_does_not_supervise_the_team(city):
    away(city.assessment_manager, TODAY, TODAY + timedelta(days=7), city.social_worker)
    found = chart(TODAY).answering(city.social_worker.worker.pk)
    assert (found.supervisor, found.how) == (city.head_of_service.worker.pk, How.ABOVE)


def test_no_worker_is_without_a_supervisor_on_any_working_day_whoever_is_away(city):
    dice = random.Random(20260303)
    holders = [
        city.front_door_manager, city.night_manager, city.family_support_manager, city.other_family_support_manager,
        city.assessment_manager, city.other_assessment_manager, city.head_of_service, city.director,
    ]  # fmt: skip
    for who in holders:
        for _ in range(4):
            begins = TODAY + timedelta(days=dice.randint(0, 60))
            away(who, begins, begins + timedelta(days=dice.randint(1, 25)), dice.choice([None, *holders]))
    days = [TODAY + timedelta(days=n) for n in range(90)]
    covered = 0
    for day in (day for day in days if day.weekday() < 5):
        known = chart(day)
        there = {who.worker.pk for who in holders} - known.away
        for person in known.people.values():
            if not person.supervisor:
                continue
            found = known.answering(person.worker)
            assert found is not None
            assert found.supervisor != person.worker
            if there - {person.worker}:
                assert found.supervisor not in known.away, (day, person.name)
            covered += found.how is not How.OWN
    assert covered > 100, "the absences never met a supervisor: the test proves nothing"


def test_who_manages_a_team_and_works_in_another_is_supervised_as_a_manager(city):
    organisation.join_team(
        worker=city.assessment_manager.worker, team=city.other_assessment, role=30, begins=date(2025, 6, 1), by=RULES
    )  # fmt: skip
    assert supervisor_of(city.assessment_manager) == city.head_of_service.worker.pk
