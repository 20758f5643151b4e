"""Two who write at the same time: the database lets one of them, since each waits for what the other commits."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, connections, transaction

from rightplace.foundation.organisation import actions as organisation
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.establishment.actions import open_post
from rightplace.foundation.organisation.establishment.tables import Occupancy, Seat
from rightplace.foundation.organisation.tests.conftest import MORNING, By

BEGAN = date(2026, 1, 1)
RULES = By()


@pytest.fixture(scope="module")
def team(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        clock.set_clock(lambda: MORNING)
        agency = organisation.add_agency(name="Example City", kind="authority", begins=BEGAN, by=RULES)
        yield organisation.open_team(agency=agency, name="North", kind="care", begins=BEGAN, by=RULES)
        clock.set_clock(None)


def post(team, seats=None):
    return open_post(
        title="Social worker", grade="GR5", profession="social_work", role=30, team=team, funding="core",
        hours=Decimal(37), begins=BEGAN, by=RULES, seats=seats,
    )  # fmt: skip


def worker(team, name):
    return organisation.add_worker(name=name, kind="staff", begins=BEGAN, agency=team.agency, by=RULES)


def author():
    return {"recorded_at": clock.now(), "recorded_by_id": 2}


def at_once(*writers):
    """Let each write in its own connection, all commits after all writes; how many were refused."""
    barrier, refused = threading.Barrier(len(writers)), []

    def write(make):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '10s'")
                make(barrier)
        except IntegrityError as why:
            refused.append(why)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(each,)) for each in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return refused


def test_of_two_who_seat_somebody_at_once_one_is_refused(team):
    seat = post(team).seats.get()
    workers = [worker(team, "Wendell Ashby"), worker(team, "Tamsin Reeve")]

    def seating(worker):
        def make(barrier):
            barrier.wait(timeout=10)
            Occupancy.objects.create(
                seat=seat, worker=worker, kind="substantive", hours=37, begins=BEGAN, **author()
            )

        return make

    assert len(at_once(*map(seating, workers))) == 1
    assert Occupancy.objects.filter(seat=seat).count() == 1


def test_of_two_who_add_seats_at_once_one_is_refused(team):
    made = post(team, seats=[Decimal(10)])

    def adding(number):
        def make(barrier):
            Seat.objects.create(post=made, number=number, hours=20, begins=BEGAN, **author())
            # both have written before either commits: only the check at the end can see the two together
            barrier.wait(timeout=10)

        return make

    assert len(at_once(adding(2), adding(3))) == 1
    assert sum(seat.hours for seat in Seat.objects.filter(post=made)) == 30
