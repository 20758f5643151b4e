"""Whether it happens, as a distribution; no small number, no theme of fewer than five, nobody's name among the figures."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.supervision import assuring, continuity
from rightplace.services.supervision.assuring import FOUR_WEEKS, IN_TIME, LONGER, UNKNOWN, assurance
from rightplace.services.supervision.onteam import workers_section
from rightplace.services.supervision.tests.child import child_with
from rightplace.services.supervision.tests.held import TODAY, held, signed
from rightplace.testing.organisation import colleague


@pytest.fixture
def staffed(city):
    """Six more workers in the assessment team."""
    names = ("Ada Moor", "Bo Fell", "Cy Dale", "Di Tarn", "Ed Holt", "Fi Ness")
    return [colleague(name, city.assessment, RoleCode.SOCIAL_WORKER) for name in names]


def test_how_many_are_in_time_is_a_distribution_without_small_numbers(city, staffed):
    for who in staffed:
        held(who, city.assessment_manager, days_ago=12, minutes=60)
    found = assurance(city.director.actor, TODAY)
    everybody = found.supervised
    shown = [n for n in found.states.counts.values() if n is not None]
    assert everybody > 12
    assert found.states.counts[IN_TIME] == 6
    assert all(n == 0 or n >= 5 for n in shown)
    assert {state for state in (FOUR_WEEKS, LONGER, UNKNOWN) if found.states.counts[state]} == {LONGER}
    told = {each.person.worker: each for each in found.supervisors}[city.assessment_manager.worker.pk]
    assert (told.span, told.hours, told.trained) == (7, 6.0, None)


def test_small_numbers_are_left_out_so_that_none_is_worked_out(city, staffed):
    for who in staffed[:3]:
        held(who, city.assessment_manager, days_ago=12)
    counts = assurance(city.head_of_service.actor, TODAY).states.counts
    assert counts[IN_TIME] is None
    assert list(counts.values()).count(None) >= 2


def test_a_theme_shows_when_five_different_people_share_it(city, staffed):
    for place, who in enumerate(staffed[:5]):
        signed(who, city.assessment_manager, days_ago=3, themes=("heard", "hurried") if place else ("heard",))
    found = assurance(city.head_of_service.actor, TODAY)
    assert (found.answers, found.themes) == (5, {"heard": 5})


def test_five_views_of_one_person_are_no_theme(city):
    for n in range(5):
        signed(city.social_worker, city.assessment_manager, days_ago=n, themes=("unsaid",))
    found = assurance(city.head_of_service.actor, TODAY)
    assert (found.answers, found.themes) == (0, {})


def test_the_time_between_sessions_is_counted_worker_by_worker(city):
    for days in (56, 28, 0):
        held(city.social_worker, city.assessment_manager, days_ago=days)
    held(city.family_support_worker, city.family_support_manager, days_ago=7)
    workers = [city.social_worker.worker.pk, city.family_support_worker.worker.pk]
    assert sorted(assuring.days_between(workers, TODAY)) == [28, 28]
    assert [assuring.gap_of(days) for days in (7, 28, 29, 56, 57)] == [
        "up to two weeks", "up to four weeks", "up to six weeks", "up to eight weeks", "longer",
    ]  # fmt: skip


def test_a_leader_answers_for_those_below_only(city):
    head, director = assurance(city.head_of_service.actor, TODAY), assurance(city.director.actor, TODAY)
    assert city.head_of_service.worker.pk not in {each.person.worker for each in head.supervisors}
    assert city.head_of_service.worker.pk in {each.person.worker for each in director.supervisors}
    said = {"supervisor": city.assessment_manager.worker.pk, "words": "She listened.", "on": TODAY}
    with pytest.raises(NotAllowed):
        assuring.record_observed(**said, by=city.other_assessment_manager.actor)
    with pytest.raises(Refused):
        assuring.record_observed(**said | {"on": TODAY + timedelta(days=1)}, by=city.head_of_service.actor)
    assuring.record_observed(**said, by=city.head_of_service.actor)
    seen = {
        who.worker.name: [
            words for _, words in assuring.observations_of(who.actor, city.assessment_manager.worker.pk)
        ]
        for who in (city.assessment_manager, city.head_of_service, city.director, city.human_resources)
    }
    assert sorted(seen.values()) == [[], [], ["She listened."], ["She listened."]]


def test_how_many_workers_a_child_had_is_counted_from_the_journal(city):
    from datetime import date

    from rightplace.domain.practice.workdays import start_of_day, to_datetime
    from rightplace.foundation.journal.projections import Span
    from rightplace.foundation.organisation import clock

    nia = child_with(city)
    now = clock.now()
    earlier = Span.objects.get(person=nia, worker=city.social_worker.worker.pk)
    begins = [
        to_datetime(start_of_day(d.toordinal()))
        for d in (date(2024, 1, 1), date(2024, 6, 1), date(2025, 9, 1))
    ]
    values = {"person": nia, "entry": 1, "legal": "", "processes": [], "parts": ["assessment"], "part": "assessment",
              "team": city.assessment.pk, "open": True, "opened": begins[0], "label": 0}  # fmt: skip
    ends = [*begins[1:], earlier.begins]
    workers = (901, 902, 903)
    Span.objects.bulk_create(
        [Span(**values, begins=a, ends=b, worker=w) for a, b, w in zip(begins, ends, workers, strict=True)]
    )
    assert continuity.counted(continuity.workers_of(nia, now), now) == (3, 4)
    spread = continuity.of_team(city.assessment, now)
    assert (dict(spread.in_a_year), dict(spread.in_all)) == ({3: 1}, {4: 1})
    assert workers_section(city.assessment_manager.actor, city.assessment) is not None
    assert workers_section(city.other_assessment_manager.actor, city.assessment) is None
    assert workers_section(city.social_worker.actor, city.assessment) is None
