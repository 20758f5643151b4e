"""The one place that says what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from rightplace.foundation.organisation import clock


@pytest.fixture(autouse=True)
def forgotten():
    clock.forget_demo_clock()
    yield
    clock.forget_demo_clock()


def test_the_day_is_the_day_in_london():
    with clock.clock_at(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)
    with clock.clock_at(datetime(2026, 1, 31, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 1, 31)


def test_without_a_demonstration_it_is_the_time_of_the_machine(settings):
    settings.DEMO = False
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


def test_the_demonstration_starts_on_a_tuesday_at_twenty_past_ten_and_runs(db, settings):
    settings.DEMO = True
    clock.start_demo_clock()
    clock.forget_demo_clock()
    shown = clock.now()
    assert shown.weekday() == 1
    assert timedelta(0) <= shown - datetime(2026, 3, 3, 10, 20, tzinfo=UTC) < timedelta(minutes=1)
    assert clock.now() > shown


def test_a_restarted_demonstration_goes_on_after_the_last_that_was_recorded(db, settings):
    settings.DEMO = True
    last = datetime(2026, 3, 3, 11, 5, tzinfo=UTC)
    assert clock.resume_demo_clock(last) > last
    assert clock.now() > last
    assert clock.resume_demo_clock(None) == clock.DEMO_STARTS


def test_production_does_not_read_the_demonstrations_clock(db, settings):
    settings.DEMO = True
    clock.start_demo_clock()
    settings.DEMO = False
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    with pytest.raises(RuntimeError):
        clock.start_demo_clock()
