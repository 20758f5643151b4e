"""What a killed worker was at begins again, and holds up nothing for ever."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, LiteralString

import pytest
from django.db import connection
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

from rightplace.foundation.journal import tasks

pytestmark = pytest.mark.django_db


def begun(seconds_silent: int, attempts: int = 0) -> int:
    """A delivery of the outbox, taken up by a worker who gave the last sign of life so many seconds ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second') RETURNING id",
            [seconds_silent],
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, status, attempts, worker_id)"
            " VALUES ('default', 'journal.outbox', 'journal.outbox', %s, 'doing', %s, %s) RETURNING id",
            ["journal.outbox", attempts, worker],
        )
        return int(cursor.fetchone()[0])


def waiting() -> int:
    """The next delivery that was asked for."""
    return int(tasks.deliver_outbox.configure().defer(timestamp=0))


def next_taken() -> int | None:
    """Which job a worker would be given now. The clock of the test's transaction stands still: what is due at once is due."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE scheduled_at < clock_timestamp()"
        )
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        (worker,) = cursor.fetchone()
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(ARRAY['default'], %s)", [worker])
        found = cursor.fetchone()[0]
    return None if found is None else int(found)


class AtOnce(DjangoConnector):
    """Answers without an event loop: where a browser's tests run, there is one already."""

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        self.execute_query(query, **arguments)

    async def execute_query_one_async(self, query: LiteralString, **arguments: Any) -> dict[str, Any]:
        return self.execute_query_one(query, **arguments)

    async def execute_query_all_async(self, query: LiteralString, **arguments: Any) -> list[dict[str, Any]]:
        return self.execute_query_all(query, **arguments)


def take_up() -> int:
    told: Any = SimpleNamespace(app=SimpleNamespace(job_manager=JobManager(AtOnce())))
    with pytest.raises(StopIteration) as ended:
        tasks.take_up_what_was_cut_short.func(told, 0).send(None)
    return int(ended.value.value)


def test_a_killed_delivery_begins_again() -> None:
    cut_short = begun(seconds_silent=600)
    assert next_taken() is None
    assert take_up() == 1
    assert next_taken() == cut_short


def test_a_killed_delivery_gives_way_to_the_next_that_was_asked_for_meanwhile() -> None:
    begun(seconds_silent=600)
    following = waiting()
    assert next_taken() is None, "its lock holds the next one back"
    assert take_up() == 1
    assert next_taken() == following


def test_what_a_living_worker_is_at_is_left_alone() -> None:
    begun(seconds_silent=60)
    assert take_up() == 0
    assert next_taken() is None


def test_what_was_cut_short_three_times_is_given_up() -> None:
    begun(seconds_silent=600, attempts=tasks.MOST_TRIES - 1)
    assert take_up() == 1
    assert next_taken() is None
    assert waiting() == next_taken(), "and holds nothing back"
