"""Posts, seats and who sits where: what is refused, what is kept, what became of a post."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.http import Http404

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation.establishment import actions, people, queries
from rightplace.foundation.organisation.establishment.standing import State, total
from rightplace.foundation.organisation.establishment.tables import Kept, Leaver, Lineage
from rightplace.foundation.organisation.tests.conftest import By

TODAY, TOMORROW, LATER = date(2026, 3, 3), date(2026, 3, 4), date(2026, 6, 1)


def the(post):
    return queries.standing(TODAY, post=post.pk)[0]


def test_a_post_is_vacant_until_somebody_sits_in_it(opened, sits):
    post = opened()
    assert the(post).by_state[State.VACANT] == 37
    sits(post, hours=Decimal(30))
    assert the(post).by_state[State.FILLED] == 30
    assert the(post).by_state[State.VACANT] == 7
    assert queries.standing(date(2025, 12, 31)) == []


def test_nobody_else_sits_in_a_seat_in_which_somebody_sits(opened, sits, city, keeper):
    post = opened()
    first = sits(post)
    with pytest.raises(Refused, match="Somebody sits"):
        sits(post, "Tamsin Reeve", begins=TODAY)
    people.leave_seat(occupancy=first, on=TODAY, by=keeper)
    assert sits(post, "Tamsin Reeve", begins=TODAY).pk


def test_a_job_share_has_two_seats_and_no_more_hours_than_the_post(opened, sits, keeper):
    post = opened(seats=[Decimal("18.5"), Decimal("18.5")])
    sits(post)
    assert the(post).shared
    assert the(post).by_state[State.FILLED] == Decimal("18.5")
    with pytest.raises(Refused, match="seats would have 38"):
        actions.add_seat(post=post, hours=Decimal(1), begins=TODAY, by=keeper)
    with pytest.raises(Refused, match=r"has 18\.5 hours"):
        people.seat_worker(
            seat=post.seats.get(number=2), worker=post.seats.first().occupancies.get().worker,
            kind="substantive", begins=TODAY, by=keeper, hours=Decimal(19),
        )  # fmt: skip


def test_who_is_on_maternity_leave_keeps_the_seat_and_comes_back_to_it(opened, sits, keeper):
    post = opened()
    own = sits(post)
    kept = people.leave_seat(occupancy=own, on=date(2026, 2, 1), by=keeper, kept=Kept.Why.FAMILY_LEAVE)
    assert the(post).by_state[State.KEPT] == 37
    assert people.substantive_seat_of(own.worker_id, TODAY) == own.seat
    assert queries.vacant_seats(TODAY) == []
    cover = sits(post, "Tamsin Reeve", kind="maternity_cover", begins=date(2026, 2, 9))
    assert the(post).by_state[State.COVERED] == 37
    with pytest.raises(Refused, match="kept for this"):
        people.leave_seat(occupancy=cover, on=TODAY, by=keeper)
        sits(post, worker=own.worker, begins=TODAY)
    people.come_back(kept=kept, on=LATER, by=keeper)
    assert [row.worker for row in queries.occupancies(LATER)] == [own.worker]


def test_a_frozen_post_is_not_filled_and_not_called_vacant(opened, sits, keeper):
    post = opened()
    actions.freeze_post(post=post, begins=TODAY, because="Savings of the year", by=keeper)
    assert the(post).by_state[State.FROZEN] == 37
    assert the(post).by_state[State.VACANT] == 0
    with pytest.raises(Refused, match="frozen"):
        sits(post, begins=TODAY)
    with pytest.raises(Refused, match="already"):
        actions.freeze_post(post=post, begins=TOMORROW, because="Again", by=keeper)
    actions.thaw_post(post=post, on=TOMORROW, by=keeper)
    assert sits(post, begins=TOMORROW).pk


def test_a_post_does_not_end_under_whoever_sits_in_it(opened, sits, keeper):
    post = opened()
    own = sits(post)
    with pytest.raises(Refused, match="sits in it"):
        actions.end_post(post=post, on=LATER, by=keeper)
    kept = people.leave_seat(occupancy=own, on=TODAY, by=keeper, kept="secondment")
    with pytest.raises(Refused, match="right to come back"):
        actions.end_post(post=post, on=LATER, by=keeper)
    people.give_up_seat(kept=kept, on=TODAY, by=keeper)
    actions.end_post(post=post, on=LATER, by=keeper)
    assert queries.standing(LATER) == []


def test_a_changed_post_is_a_new_one_with_the_people_and_the_lineage_of_the_old(opened, sits, city, keeper):
    post = opened(seats=[Decimal(20), Decimal(17)])
    own = sits(post)
    after = people.succeed_post(
        post=post, on=TOMORROW, kind=Lineage.Kind.MOVED, because="One team for the city", by=keeper,
        team=city.everywhere, grade="GR5",
    )  # fmt: skip
    assert [(row.worker, row.hours) for row in queries.occupancies(TOMORROW)] == [(own.worker, 20)]
    assert [row.seat.post for row in queries.occupancies(TODAY)] == [post]
    assert (after.team, after.grade, after.hours) == (city.everywhere, "GR5", 37)
    assert queries.ancestors(after.pk) == {post.pk}
    assert queries.descendants(post.pk) == {after.pk}
    with pytest.raises(Refused, match="come of itself"):
        actions.say_lineage(before=after, after=post, on=TODAY, kind="moved", because="Back", by=keeper)


def test_a_leaver_leaves_every_seat_with_a_reason_of_the_list(opened, sits, keeper):
    post = opened()
    own = sits(post)
    with pytest.raises(Refused, match="no such reason"):
        people.record_leaver(worker=own.worker, on=TODAY, reason="77", by=keeper)
    people.record_leaver(worker=own.worker, on=TODAY, reason="1", by=keeper)
    assert the(post).by_state[State.VACANT] == 37
    assert Leaver.objects.get().seat == own.seat


def test_hours_are_those_of_the_seats_and_at_most_those_of_the_contract(opened, sits, city, keeper):
    own = sits(opened())
    sits(opened(), worker=own.worker, hours=Decimal(10), kind="acting_up")
    assert queries.hours_of([own.worker_id], TODAY) == {own.worker_id: 47}
    people.say_contract(worker=own.worker, hours=Decimal(37), begins=TODAY, by=keeper)
    assert queries.hours_of([own.worker_id, 0], TODAY) == {own.worker_id: 37}


def test_what_is_said_of_a_worker_again_ends_what_was_said_before(city, keeper):
    worker = city.worker("Wendell Ashby")
    said = {"worker": worker, "profession": "social_work", "by": keeper, "registered": True}
    people.say_particulars(
        **said, begins=date(2026, 1, 1), registered_until=date(2026, 11, 30), skills=["Play", "play "]
    )
    people.say_particulars(**said, begins=TODAY, registered_until=date(2027, 11, 30), languages=["Urdu"])
    assert queries.particulars_of([worker.pk], date(2026, 2, 1))[worker.pk].skills == ["play"]
    assert queries.particulars_of([worker.pk], TODAY)[worker.pk].languages == ["Urdu"]


def test_only_who_keeps_the_establishment_writes_it(opened, city):
    post = opened()
    for role in (31, 50, 51, 72):
        with pytest.raises(Http404):
            actions.freeze_post(post=post, begins=TODAY, because="Mine", by=By(role=role))


def test_the_whole_city_stands_in_one_question(opened, sits, django_assert_num_queries):
    posts = [opened() for _ in range(4)]
    sits(posts[0])
    with django_assert_num_queries(1):
        found = total(queries.standing(TODAY))
    assert (found.posts, found.budgeted, found.hours(State.VACANT)) == (4, 148, 111)
    assert found.vacancy_rate == 0.75
