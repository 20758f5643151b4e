"""A past day for figures: the last seal before it, rebuilt into a schema of its own; the same queries run there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from rightplace.foundation.journal import chain, rebuilding
from rightplace.foundation.journal.parallel import HIGHEST, LOWEST
from rightplace.foundation.journal.sealed_minutes import last_seal_before
from rightplace.foundation.organisation import clock


def heads_at(seal: int) -> dict[int, int]:
    """Each file's last seq as that seal and those before it say."""
    upto: dict[int, int] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT heads FROM journal_seal WHERE n <= %s ORDER BY n", [seal])
        for (heads,) in cursor:
            for file, seq, _ in chain.HEAD.iter_unpack(bytes(heads)):
                upto[file] = seq
    return upto


def schema_of(seal: int) -> str:
    """The schema that holds a past seal's rows."""
    return f"past_{seal}"


KEPT = 24
"""Past seals kept ready; the one that was built longest ago goes first."""
BUILDERS = 7_400_003


def is_built(seal: int) -> bool:
    """Whether the rows of that seal are there to be read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM journal_past WHERE seal = %s", [seal])
        return cursor.fetchone() is not None


def build(seal: int, progress: Callable[[int], None] | None = None) -> None:
    """Rebuild the rows of a past seal: seconds for a small city; a large one is built by the worker.

    The tables are made by a function of the owner's, since the application's role makes none.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [BUILDERS])
    try:
        if is_built(seal):
            return
        _make_room()
        with connection.cursor() as cursor:
            cursor.execute("SELECT journal_make_past(%s)", [seal])
        rebuilding.fill(schema_of(seal), LOWEST, HIGHEST, heads_at(seal), progress)
        with connection.cursor() as cursor:
            cursor.execute("SELECT journal_close_past(%s)", [seal])
            cursor.execute("INSERT INTO journal_past (seal, built) VALUES (%s, %s)", [seal, clock.now()])
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [BUILDERS])


def _make_room() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT seal FROM journal_past ORDER BY built DESC, seal DESC OFFSET %s", [KEPT - 1])
        for (old,) in cursor.fetchall():
            cursor.execute("SELECT journal_drop_past(%s)", [old])
            cursor.execute("DELETE FROM journal_past WHERE seal = %s", [old])


@contextmanager
def as_known_at(seal: int) -> Iterator[None]:
    """Queries on projections inside read that seal's rows. Ordinary tables stay as they are now."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('search_path', %s, true)", [f'"{schema_of(seal)}", public'])
        yield
        cursor.execute("SELECT set_config('search_path', 'public', true)")


def seal_for(moment: datetime) -> int:
    """Which seal shows what was known at that moment."""
    return last_seal_before(moment)
