"""A past day is a seal: rebuilt into a schema of its own, and the same queries run there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from rightplace.foundation.access.actor import RULES
from rightplace.foundation.journal import past, sealed_minutes
from rightplace.foundation.journal.projecting import PROJECTIONS
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.journal.tests.telling import MORNING, open_with_team
from rightplace.foundation.organisation.clock import clock_at


@pytest.fixture(scope="module")
def two_mornings(fresh_database: str, django_db_blocker: object) -> Iterator[tuple[int, int]]:
    """One child sealed on the first morning, a second on the next."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with clock_at(MORNING):
            first = open_with_team("Asha")
            sealed_minutes.seal_minutes()
        with clock_at(MORNING + timedelta(days=1)):
            second = open_with_team("Ben")
            sealed_minutes.seal_minutes()
        yield first, second
        connection.close()


def test_a_past_morning_holds_what_was_sealed_then(
    two_mornings: tuple[int, int], django_db_blocker: object
) -> None:
    first, second = two_mornings
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        seal = past.seal_for(MORNING + timedelta(hours=1))
        past.build(seal)
        with past.as_known_at(seal):
            assert set(Span.objects.values_list("person", flat=True)) == {first}
        assert set(Span.objects.values_list("person", flat=True)) == {first, second}


def test_before_the_first_seal_nothing_was_known(
    two_mornings: tuple[int, int], django_db_blocker: object
) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        seal = past.seal_for(MORNING - timedelta(days=30))
        past.build(seal)
        with past.as_known_at(seal):
            assert not Span.objects.exists()


def test_nobody_writes_into_a_past_morning(two_mornings: tuple[int, int], django_db_blocker: object) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        seal = past.seal_for(MORNING + timedelta(hours=1))
        past.build(seal)
        with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
            cursor.execute(f"DELETE FROM past_{seal}.journal_span")


def test_a_past_figure_equals_its_list(two_mornings: tuple[int, int], django_db_blocker: object) -> None:
    counting = pytest.importorskip("rightplace.overview.leadership.counting")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        figure = counting.figures()["open_children"]
        then = counting.count(RULES, figure, counting.asked_as_at(MORNING + timedelta(hours=6)))
        now = counting.count(RULES, figure, counting.Asked(MORNING + timedelta(days=2)))
        assert (then.n, now.n) == (1, 2)
        assert len(then.ids) == then.n and len(now.ids) == now.n


def test_every_table_that_is_worked_out_is_made_for_a_past_morning(
    two_mornings: tuple[int, int], django_db_blocker: object
) -> None:
    """A table that is missing there would be read as it is now."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        seal = past.seal_for(MORNING + timedelta(hours=1))
        past.build(seal)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = %s", [f"past_{seal}"]
            )
            made = {name for (name,) in cursor.fetchall()}
    assert made == {projection.table for projection in PROJECTIONS}
