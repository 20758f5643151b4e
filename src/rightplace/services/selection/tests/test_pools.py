"""Pools, slotting in, people who are away or act up, offers before matching, preferences, job shares."""

from __future__ import annotations

from datetime import date

import pytest

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.scope import NotAllowed
from rightplace.foundation.organisation.establishment import people
from rightplace.foundation.organisation.establishment.tables import Occupancy
from rightplace.services.selection import evidence, matching, pooling, preferring
from rightplace.services.selection.models import Exercise, Job, Member, Offer, Pool, PreferenceList


def _pool(small, posts, jobs, kind=Pool.Kind.RING_FENCE, **more):
    return pooling.make_pool(
        exercise=small.exercise, name=f"Pool {posts[0].pk}", kind=kind, because="Same duties.", posts=posts, jobs=jobs,
        by=small.hr, **more,
    )  # fmt: skip


def test_a_job_is_made_of_every_kind_of_new_post_in_a_team(small):
    jobs = Job.objects.filter(exercise=small.exercise)
    assert sorted(job.posts.count() for job in jobs) == [1, 1, 2, 2]
    assert pooling.make_jobs(exercise=small.exercise, by=small.hr) == 0


def test_who_acts_up_or_is_away_is_in_the_pool_of_the_own_post(small):
    acting, mother = small.people[0].worker, small.people[1].worker
    for who, why in ((acting, "acting_up"), (mother, "family_leave")):
        sits = Occupancy.objects.get(worker=who)
        people.leave_seat(occupancy=sits, on=date(2025, 9, 1), by=small.hr, kept=why)
    manager = small.old[5]
    people.leave_seat(occupancy=Occupancy.objects.get(seat__post=manager), on=date(2025, 9, 1), by=small.hr)
    people.seat_worker(
        seat=manager.seats.get(), worker=acting, kind="acting_up", begins=date(2025, 9, 1), by=small.hr
    )
    _pool(small, small.old[:6], [small.job()])
    pooling.fill_pools(exercise=small.exercise, by=small.hr)
    assert small.member(0).post == small.old[0]
    assert small.member(0).acting_in == manager
    assert "your own post is the one that counts" in small.member(0).because
    assert small.member(1).away == "family_leave"
    assert not Member.objects.filter(worker=small.people[5].worker).exists()
    assert Offer.objects.get().member == small.member(1)


def test_slotting_in_has_four_conditions(small):
    with pytest.raises(Refused, match="most duties"):
        _pool(small, small.old[:1], [small.job()], Pool.Kind.SLOT_IN)
    said = {"majority_of_duties": True, "similar_level": True}
    with pytest.raises(Refused, match="3 people hold"):
        _pool(small, small.old[:3], [small.job()], Pool.Kind.SLOT_IN, **said)
    _pool(small, small.old[:1], [small.job()], Pool.Kind.SLOT_IN, **said)
    with pytest.raises(Refused, match="slots into"):
        _pool(small, small.old[1:2], [small.job()])
    with pytest.raises(Refused, match="another pool"):
        _pool(small, small.old[:1], [small.job(1)])


def test_pools_are_told_once_everybody_is_in_one_and_the_unions_agreed(small):
    _pool(small, small.old[:6], [small.job()])
    pooling.fill_pools(exercise=small.exercise, by=small.hr)
    with pytest.raises(Refused, match="not agreed"):
        pooling.tell_pools(exercise=small.exercise, by=small.hr)
    with pytest.raises(Refused, match="in no pool"):
        pooling.agree_pools(exercise=small.exercise, reference="Minutes 12", by=small.hr)


def test_preferences_are_changed_by_the_person_until_the_closing_day(pooled, jobs):
    pooled.wish(0, jobs[0])
    pooled.wish(0, jobs[1], jobs[0])
    assert preferring.wishes_of(pooled.exercise.pk)[pooled.member(0).pk].jobs == [jobs[1].pk, jobs[0].pk]
    assert PreferenceList.objects.count() == 2
    with pytest.raises(NotAllowed):
        preferring.say_preferences(member=pooled.member(0), jobs=jobs, by=pooled.people[1].actor)
    with pytest.raises(Refused, match="named twice"):
        pooled.wish(0, jobs[0], jobs[0])
    pooled.hand.on(date(2025, 11, 29))
    with pytest.raises(Refused, match="closed"):
        pooled.wish(0, jobs[0])


def test_paper_says_who_typed_it(pooled, jobs):
    pooled.hand.on(date(2025, 12, 1))
    said = preferring.say_preferences(
        member=pooled.member(2), jobs=jobs[:1], by=pooled.hr, paper_of=date(2025, 11, 27)
    )
    assert said.recorded_by == pooled.city.human_resources.worker
    with pytest.raises(Refused, match="closed"):
        preferring.say_preferences(
            member=pooled.member(2), jobs=jobs, by=pooled.hr, paper_of=date(2025, 11, 30)
        )


def test_nothing_is_matched_while_somebody_must_first_be_offered_a_post(scored, jobs):
    offer = pooling.open_right(member=scored.member(5), ground="maternity leave", by=scored.hr)
    with pytest.raises(Refused, match="1 person has a right"):
        matching.ask_run(exercise=scored.exercise, by=scored.hr)
    pooling.judge_offer(offer=offer, suitable=jobs[:1], evidence="HR and manager, 2 December", by=scored.hr)
    with pytest.raises(Refused, match="1 person has a right"):
        matching.ask_run(exercise=scored.exercise, by=scored.hr)
    with pytest.raises(NotAllowed):
        pooling.answer_offer(offer=offer, answer="accepted", by=scored.people[0].actor)
    pooling.answer_offer(offer=offer, answer="accepted", by=scored.people[5].actor)
    run = matching.ask_run(exercise=scored.exercise, by=scored.hr)
    matching.work_out(run)
    assert run.results.get(method="stable").figures["offered"] == 1


def test_why_somebody_must_be_offered_a_post_lies_in_no_clear_column(scored):
    offer = pooling.open_right(member=scored.member(5), ground="pregnancy", by=scored.hr)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(o)::text FROM selection_offer o WHERE id = %s", [offer.pk])
        assert "pregnancy" not in cursor.fetchone()[0]


def test_a_job_share_is_placed_together_or_not_at_all(scored, jobs):
    with pytest.raises(Refused, match="no place has more than 37"):
        preferring.share_place(first=scored.member(6), second=scored.member(7), by=scored.hr)
    Member.objects.filter(pk__in=[scored.member(6).pk, scored.member(7).pk]).update(minutes=1110)
    preferring.share_place(first=scored.member(6), second=scored.member(7), by=scored.hr)
    run = matching.ask_run(exercise=scored.exercise, by=scored.hr)
    matching.work_out(run)
    import json

    placed = dict(json.loads(run.results.get(method="stable").said["result"])["placed"])
    pair = [scored.people[6].worker.pk, scored.people[7].worker.pk]
    assert placed[pair[0]] == placed[pair[1]] == jobs[2].name


def test_a_job_into_which_its_whole_pool_slots_has_its_evidence_from_the_agreed_pool(small):
    """Nobody types that nobody was compared: the pool with its four conditions is what can be read."""
    alike = {"majority_of_duties": True, "similar_level": True}
    _pool(small, small.old[6:7], [small.job(2)], Pool.Kind.SLOT_IN, **alike)
    Exercise.objects.filter(pk=small.exercise.pk).update(pools_agreed_on=small.exercise.opens)
    small.hand.on(small.exercise.closes)
    assert not _assessed(small)
    small.hand.moves(days=1)
    assert not _assessed(small), "another job of that title is not slotted into"
    _pool(small, small.old[7:8], [small.job(3)], Pool.Kind.SLOT_IN, **alike)
    found = _assessed(small)
    role = small.job(2).title
    assert {(each.kind, each.of) for each in found} == {
        ("scored by two trained people", role), ("moderated", role),
    }  # fmt: skip
    assert all("slotted in" in each.reference and each.on == small.exercise.closes for each in found)


def _assessed(small):
    return [each for each in evidence.shown(small.exercise.programme_id) if each.stage == "assessment"]
