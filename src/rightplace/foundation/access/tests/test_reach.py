"""Who is hidden from whom, when a reason is asked, and what broken glass opens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access import breakglass, reach
from rightplace.foundation.access.models import AccessReason, Alert, BreakGlass, Restriction
from rightplace.foundation.access.reach import Opening
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.access.tests import people
from rightplace.foundation.access.tests.people import MORNING
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import RoleCode

FILE, OTHER = 4_000_000_000_000_000_001, 4_000_000_000_000_000_002


@pytest.fixture(autouse=True)
def no_own_work(monkeypatch):
    monkeypatch.setattr(reach, "_own_work", [])
    monkeypatch.setattr(reach, "_existing", [])


@pytest.fixture
def worker(db):
    return people.actor(RoleCode.SOCIAL_WORKER)


@pytest.fixture
def head(db):
    return people.actor(RoleCode.HEAD_OF_SERVICE)


@pytest.fixture
def officer(db):
    return people.actor(RoleCode.INFORMATION_GOVERNANCE)


def restrict(head, kind=Restriction.Kind.RESTRICTED, file=FILE):
    return reach.restrict(
        file=file, kind=kind, reason="A parent works here.", may_open=[head.worker], by=head
    )


def after(minutes):
    return clock.clock_at(MORNING + timedelta(minutes=minutes))


def test_a_file_outside_ones_own_work_asks_for_a_reason_that_holds_for_the_day(worker):
    assert reach.opening(worker, [FILE]) is Opening.ASK_REASON
    reach.give_reason(file=FILE, why="family", by=worker)
    assert reach.opening(worker, [FILE]) is Opening.OPEN
    assert reach.opening(worker, [OTHER]) is Opening.ASK_REASON
    with after(24 * 60):
        assert reach.opening(worker, [FILE]) is Opening.ASK_REASON


def test_another_reason_needs_words(worker):
    with pytest.raises(Refused, match="needs words"):
        reach.give_reason(file=FILE, why="other", words="  ", by=worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessReason.objects.create(
            file=FILE, worker_id=worker.worker, role=30, team=1, why="other", day=MORNING.date(), at=MORNING
        )


def test_ones_own_work_opens_without_a_reason(worker):
    reach.register_own_work(lambda actor, files: actor.worker == worker.worker and FILE in files)
    assert reach.opening(worker, [FILE]) is Opening.OPEN
    assert reach.opening(people.actor(RoleCode.SOCIAL_WORKER), [FILE]) is Opening.ASK_REASON


@pytest.mark.parametrize(
    "role", [RoleCode.PROFESSIONAL_REFERRER, RoleCode.LEAD_MEMBER, RoleCode.ANALYST, RoleCode.ADMINISTRATOR]
)
def test_for_partners_and_whoever_sees_no_child_there_is_nothing_there(db, role):
    reach.register_own_work(lambda actor, files: True)
    reader = people.actor(role)
    assert reach.opening(reader, [FILE]) is Opening.NOT_THERE
    with pytest.raises(NotAllowed):
        reach.give_reason(file=FILE, why="family", by=reader)


def test_a_restricted_file_is_not_there_but_for_whom_it_names(worker, head):
    reach.register_own_work(lambda actor, files: True)
    made = restrict(head)
    assert reach.opening(worker, [FILE]) is Opening.NOT_THERE
    assert reach.opening(head, [FILE]) is Opening.OPEN
    assert reach.visible_files(worker, [FILE, OTHER]) == {OTHER}
    with pytest.raises(NotAllowed):
        reach.give_reason(file=FILE, why="family", by=worker)
    with after(1):
        reach.let_open(restriction=made, worker=worker.worker, by=head)
        assert reach.opening(worker, [FILE]) is Opening.OPEN
    with after(2):
        reach.stop_opening(restriction=made, worker=worker.worker, by=head)
        assert reach.opening(worker, [FILE]) is Opening.NOT_THERE
    with after(3):
        reach.end_restriction(restriction=made, by=head)
        assert reach.opening(worker, [FILE]) is Opening.OPEN


def test_a_hidden_file_and_one_that_is_not_there_answer_alike(worker, head, monkeypatch):
    restrict(head)
    reach.register_existing(lambda actor, files: files & {FILE})
    assert reach.opening(worker, [FILE]) is reach.opening(worker, [OTHER]) is Opening.NOT_THERE
    assert reach.opening(head, [FILE]) is Opening.ASK_REASON
    for file in (FILE, OTHER):
        with pytest.raises(NotAllowed):
            reach.give_reason(file=file, why="family", by=worker)


def test_a_person_with_a_hidden_file_is_opened_without_it(worker, head):
    restrict(head)
    assert reach.opening(worker, [FILE, OTHER]) is Opening.ASK_REASON
    assert reach.visible_files(worker, [FILE, OTHER]) == {OTHER}


def test_somebody_can_always_open_a_restricted_file(head):
    with pytest.raises(Refused, match="Nobody would be able"):
        reach.restrict(file=FILE, kind=1, reason="A parent works here.", may_open=[], by=head)
    made = restrict(head)
    with pytest.raises(Refused, match="Nobody would be able"):
        reach.stop_opening(restriction=made, worker=head.worker, by=head)


def test_only_a_head_of_service_or_an_officer_restricts(worker, officer):
    with pytest.raises(NotAllowed):
        restrict(worker)
    assert restrict(officer).pk


def test_broken_glass_opens_a_restricted_file_for_an_hour_and_tells_an_officer(worker, head):
    restrict(head)
    breakglass.break_glass(file=FILE, reason="The child rang from a station.", by=worker)
    assert reach.opening(worker, [FILE]) is Opening.OPEN
    assert reach.opening(people.actor(RoleCode.SOCIAL_WORKER), [FILE]) is Opening.NOT_THERE
    assert [alert.kind for alert in breakglass.unseen_alerts()] == [Alert.Kind.BREAK_GLASS]
    with after(59):
        assert reach.opening(worker, [FILE]) is Opening.OPEN
    with after(60):
        assert reach.opening(worker, [FILE]) is Opening.NOT_THERE


def test_broken_glass_needs_a_reason_and_a_person(worker):
    with pytest.raises(Refused, match="needs a reason"):
        breakglass.break_glass(file=FILE, reason=" ", by=worker)
    with pytest.raises(NotAllowed):
        breakglass.break_glass(file=FILE, reason="Why not.", by=people.actor(RoleCode.ANALYST))


def test_a_sealed_file_takes_two_people(worker, head, officer):
    restrict(head, Restriction.Kind.SEALED)
    broken = breakglass.break_glass(file=FILE, reason="A court asks today.", by=worker)
    assert broken.opens is None
    assert reach.opening(worker, [FILE]) is Opening.NOT_THERE
    with pytest.raises(NotAllowed):
        breakglass.be_second(broken=broken, by=people.actor(RoleCode.SOCIAL_WORKER))
    breakglass.be_second(broken=broken, by=officer)
    assert reach.opening(worker, [FILE]) is Opening.OPEN
    assert reach.opening(officer, [FILE]) is Opening.NOT_THERE
    with after(60):
        assert reach.opening(worker, [FILE]) is Opening.NOT_THERE


def test_nobody_is_their_own_second(db, head, officer):
    restrict(head, Restriction.Kind.SEALED)
    manager = people.actor(RoleCode.FRONT_DOOR_MANAGER)
    broken = breakglass.break_glass(file=FILE, reason="A court asks today.", by=manager)
    with pytest.raises(Refused, match="own second"):
        breakglass.be_second(broken=broken, by=manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.filter(pk=broken.pk).update(confirmed_by_id=manager.worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.filter(pk=broken.pk).update(opens=MORNING, until=MORNING)


def test_glass_broken_while_a_file_was_restricted_does_not_open_it_once_sealed(worker, head):
    restrict(head)
    breakglass.break_glass(file=FILE, reason="The child rang from a station.", by=worker)
    restrict(head, Restriction.Kind.SEALED)
    assert reach.opening(worker, [FILE]) is Opening.NOT_THERE


def test_breaking_glass_answers_alike_whether_or_not_there_is_such_a_file(worker, head):
    restrict(head)
    real = breakglass.break_glass(file=FILE, reason="An emergency.", by=worker)
    none = breakglass.break_glass(file=OTHER, reason="An emergency.", by=worker)
    assert (real.kind, real.opens, real.until) == (none.kind, none.opens, none.until)


def test_each_breaking_is_reviewed_within_a_working_day_by_somebody_else(worker, officer):
    broken = breakglass.break_glass(file=FILE, reason="An emergency.", by=worker)
    assert broken.review_due.date().isoformat() == "2026-03-04"
    assert list(breakglass.unreviewed()) == [broken]
    with pytest.raises(NotAllowed):
        breakglass.review(broken=broken, outcome="right", words="I looked.", by=worker)
    breakglass.review(broken=broken, outcome="right", words="The call log bears it out.", by=officer)
    assert list(breakglass.unreviewed()) == []
    with pytest.raises(Refused, match="already been reviewed"):
        breakglass.review(broken=broken, outcome="wrong", words="No.", by=officer)


def test_nobody_reviews_their_own_broken_glass(db, officer):
    broken = breakglass.ask_for_withdrawn(file=FILE, reason="A complaint.", by=officer)
    with pytest.raises(Refused, match="reviews their own"):
        breakglass.review(broken=broken, outcome="right", words="I looked.", by=officer)


def test_withdrawn_entries_are_read_by_two_officers_and_open_no_file(db, head, officer):
    restrict(head, Restriction.Kind.SEALED)
    asked = breakglass.ask_for_withdrawn(file=FILE, reason="A complaint.", by=officer)
    assert not breakglass.may_read_withdrawn(officer, FILE)
    with pytest.raises(NotAllowed):
        breakglass.be_second(broken=asked, by=head)
    breakglass.be_second(broken=asked, by=people.actor(RoleCode.INFORMATION_GOVERNANCE))
    assert breakglass.may_read_withdrawn(officer, FILE)
    assert reach.opening(officer, [FILE]) is Opening.NOT_THERE
    with after(60):
        assert not breakglass.may_read_withdrawn(officer, FILE)
