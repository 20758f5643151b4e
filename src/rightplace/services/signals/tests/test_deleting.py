"""What nobody takes up is deleted on its day: nothing older remains, and nothing goes early."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightplace.foundation.organisation import clock
from rightplace.services.signals import deciding, deleting, feeds, tasks
from rightplace.services.signals.models import Family, Noted, Signal, SignalKey, Tally
from rightplace.services.signals.tests import giving
from rightplace.services.signals.tests.giving import agreed, row, the_family
from rightplace.testing.organisation import MORNING

TODAY = MORNING.date()


def on(days: int):
    return clock.clock_at(MORNING + timedelta(days=days))


@given(
    st.lists(st.integers(0, 55), min_size=1, max_size=12),
    st.lists(st.integers(0, 70), min_size=1, max_size=6),
    st.integers(1, 5),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_older_than_its_day_remains_and_nothing_is_deleted_early(city, feed, ages, nights, together):
    SignalKey.objects.all().delete()
    Signal.objects.all().delete()
    Family.objects.all().delete()
    Noted.objects.all().delete()
    before, deleting.TOGETHER = deleting.TOGETHER, together
    try:
        rows = [
            row(n, noticed=str(TODAY - timedelta(days=age)), family=f"Quill{n}") for n, age in enumerate(ages)
        ]
        assert giving.given(city, *rows).taken == len(rows)
        expected: dict[str, date] = {
            f"row-{n}": TODAY + timedelta(days=60 - age) for n, age in enumerate(ages)
        }
        for night in sorted(nights):
            with on(night):
                deleting.delete_due()
                left = dict(Signal.objects.values_list("sender_id", "delete_on"))
                assert left == {name: day for name, day in expected.items() if day > clock.today()}
                assert Noted.objects.filter(what="deleted").count() == len(rows) - len(left)
                assert SignalKey.objects.values("signal").distinct().count() == len(left)
                assert set(Family.objects.values_list("pk", flat=True)) == set(
                    Signal.objects.values_list("family", flat=True)
                )
    finally:
        deleting.TOGETHER = before


def test_what_stays_is_that_one_of_a_kind_from_an_agency_was_deleted_on_its_day(city, feed):
    giving.given(city, row())
    family = the_family()
    deciding.decline(
        family=family.pk, because="other", words="Maisie has chickenpox.", by=city.family_support_worker.actor
    )
    with on(55):
        assert deleting.delete_due() == 1
    last = Noted.objects.get(what="deleted")
    assert (last.kinds, last.agency, last.at.date()) == (
        ["school.attendance"], city.school.team.agency_id, TODAY + timedelta(days=55),
    )  # fmt: skip
    assert not Family.objects.exists()
    assert not Noted.objects.filter(sealed__isnull=False).exists()
    assert Noted.objects.filter(what="not", because="other").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM signals_signal")
        assert cursor.fetchone() == (0,)
    assert Tally.objects.get(what="deleted, not seen").number == 1


def test_what_is_sent_again_after_its_day_is_refused_as_too_old(city, feed):
    giving.given(city, row())
    with on(56):
        deleting.delete_due()
        outcome = giving.given(city, row() | {"noticed": str(TODAY - timedelta(days=5))})
    assert "older than the 60 days" in outcome.refused[0].because
    assert not Signal.objects.exists()


def test_ending_an_agreement_takes_its_signals_the_same_day_and_no_others(city, feed):
    other = agreed(city, city.school, "police.notice", days=40)
    giving.given(city, row(1), row(2, kind="police.notice"))
    feeds.end_feed(feed=feed, because="The school left.", by=city.head_of_service.actor)
    assert tasks.delete_due(0) == 1
    assert Signal.objects.get().feed == other
