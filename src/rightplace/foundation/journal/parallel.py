"""The same work on several processes, each with its own connection: verify, rebuild, bulk."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any, TypeVar

from django.db import connection, connections

T = TypeVar("T")
LOWEST, HIGHEST = 0, 2**63 - 1
WORTH_IT = 50_000
"""Entries from which a second process pays for its own start."""


def processes() -> int:
    """How many processes to use: the cores that this process may run on, at most eight."""
    return max(1, min(8, len(os.sched_getaffinity(0))))


def file_ranges(parts: int) -> list[tuple[int, int]]:
    """Ranges of persons that hold about the same number of entries, cut at whole persons."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(sum(head_seq), 0) FROM journal_file")
        if cursor.fetchone()[0] < WORTH_IT:
            return [(LOWEST, HIGHEST)]
        cursor.execute(
            "SELECT max(person) FROM (SELECT person, ntile(%s) OVER (ORDER BY person) AS part "
            "FROM (SELECT person, sum(head_seq) FROM journal_file GROUP BY person) p) t GROUP BY part ORDER BY 1",
            [parts],
        )
        ends = [row[0] for row in cursor.fetchall()]
    if not ends:
        return [(LOWEST, HIGHEST)]
    ends[-1] = HIGHEST
    starts = [LOWEST, *[end + 1 for end in ends[:-1]]]
    return list(zip(starts, ends, strict=True))


def _start(alias_settings: dict[str, Any]) -> None:
    import django

    django.setup()
    connections.close_all()
    connections["default"].settings_dict.update(alias_settings)


def in_processes(
    work: Callable[..., T], arguments: Sequence[tuple[Any, ...]], progress: Callable[[T], None] | None = None
) -> list[T]:
    """Call `work` with each of the arguments on all cores. This process takes its share, since others start slowly."""
    done: list[T] = []

    def finished(result: T) -> None:
        done.append(result)
        if progress is not None:
            progress(result)

    others = min(processes() - 1, len(arguments) - 1)
    if others < 1:
        for argument in arguments:
            finished(work(*argument))
        return done
    context = multiprocessing.get_context("spawn")
    settings_dict = dict(connection.settings_dict)
    with ProcessPoolExecutor(others, context, initializer=_start, initargs=(settings_dict,)) as pool:
        futures = [(pool.submit(work, *argument), argument) for argument in arguments]
        for future, argument in reversed(futures):
            if future.cancel():
                finished(work(*argument))
        for future in as_completed([future for future, _ in futures if not future.cancelled()]):
            finished(future.result())
    return done
