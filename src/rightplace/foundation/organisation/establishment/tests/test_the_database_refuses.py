"""What the database refuses by itself: random rows written past the actions."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment import queries
from rightplace.foundation.organisation.establishment.standing import STATES
from rightplace.foundation.organisation.establishment.tables import Occupancy, Post, Seat

BEGAN = date(2026, 1, 1)
DAYS = st.integers(0, 40)
SPELLS = st.tuples(DAYS, st.one_of(st.none(), st.integers(0, 40)))


def rows_written(make):
    """Write in a savepoint and let the deferred checks look; False when the database refuses."""
    try:
        with transaction.atomic():
            make()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        return False
    return True


def spell(said):
    begins, length = said
    first = BEGAN + timedelta(days=begins)
    return first, None if length is None else first + timedelta(days=length)


def author():
    return {"recorded_at": clock.now(), "recorded_by_id": 2}


def end(day):
    return {} if day is None else {"ends": day, "end_recorded_at": clock.now(), "end_recorded_by_id": 2}


def holds(row, day):
    return row.begins <= day and (row.ends is None or day < row.ends)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.tuples(st.integers(1, 30), SPELLS), min_size=1, max_size=4),
    sitting=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 30), SPELLS), max_size=8),
)
def test_whatever_is_written_no_day_has_two_in_a_seat_or_hours_beyond(city, opened, sizes, sitting):
    """The database takes a row if, and only if, a slow look at every day finds nothing wrong with it."""
    with transaction.atomic():
        post, worker = opened(seats=()), city.worker("Wendell Ashby")
        days = [BEGAN + timedelta(days=n) for n in range(90)]
        seats: list[Seat] = []
        for number, (hours, said) in enumerate(sizes, 1):
            begins, ends = spell(said)
            seat = Seat(post=post, number=number, hours=hours, begins=begins, **end(ends), **author())
            fits = all(sum(s.hours for s in [*seats, seat] if holds(s, day)) <= 37 for day in days)
            assert rows_written(seat.save) is fits
            seats += [seat] if fits else []
        taken: list[Occupancy] = []
        for place, hours, said in sitting:
            if not seats:
                break
            begins, ends = spell(said)
            seat = seats[place % len(seats)]
            row = Occupancy(
                seat=seat, worker=worker, kind="agency", hours=hours, begins=begins, **end(ends), **author()
            )
            alone = not any(
                holds(row, day) and holds(o, day) for o in taken if o.seat_id == seat.pk for day in days
            )
            inside = all(holds(seat, day) for day in days if holds(row, day))
            # a row without an end needs a seat without one
            inside = inside and (row.ends is not None or seat.ends is None)
            fits = alone and inside and hours <= seat.hours
            assert rows_written(row.save) is fits
            taken += [row] if fits else []
        for day in days[::9]:
            for each in queries.standing(day):
                assert sum(each.by_state.values()) == each.hours
                assert all(each.by_state[state] >= 0 for state in STATES)
        transaction.set_rollback(True)


def test_a_post_is_not_made_smaller_than_its_seats(opened):
    post = opened()
    assert not rows_written(lambda: Post.objects.filter(pk=post.pk).update(hours=36))
    assert rows_written(lambda: Post.objects.filter(pk=post.pk).update(hours=38))
    assert not rows_written(lambda: Seat.objects.filter(post=post).update(hours=39))


def test_a_seat_is_not_made_smaller_than_who_sits_in_it(opened, sits):
    own = sits(opened())
    assert not rows_written(lambda: Seat.objects.filter(pk=own.seat_id).update(hours=20))
    day = date(2026, 2, 1)
    assert not rows_written(lambda: Seat.objects.filter(pk=own.seat_id).update(ends=day))
