"""Row security behind the gate: the SQL that a migration applies to a table of labelled rows, and who is reading.

A row is readable when its label is one of the reader's and its file is not hidden from the reader, or when it is read
for folding (the write path and the rebuild, which show nothing to anybody).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from rightplace.domain.practice.entries.base import Label
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock

FOLD = "fold"
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}\Z")
_NOTHING = ("", "", "", "", "")
_SET = (
    "SELECT set_config('rightplace.worker', %s, true), set_config('rightplace.teams', %s, true), "
    "set_config('rightplace.labels', %s, true), set_config('rightplace.purpose', %s, true), "
    "set_config('rightplace.at', %s, true)"
)
_now_set: ContextVar[tuple[str, ...]] = ContextVar("reader", default=_NOTHING)


def policy_sql(
    table: str, *, file: str = "file", label: str | None = "label", eraser: str | None = None
) -> list[str]:
    """The statements that put a table under row security, forced on its owner too.

    `file` and `label` are columns of the table, or an SQL expression over its row in brackets; without a label column
    every row counts as unlabelled. Rows are added freely: what may be written is judged before. `eraser` is the one
    database role that may remove rows.
    """
    if not _NAME.match(table):
        raise ValueError(f"{table} is not the name of a table")
    of_file, of_label = _column(file), f"{_column(label)}::integer" if label else str(Label.NONE.value)
    if eraser is not None and not _NAME.match(eraser):
        raise ValueError(f"{eraser} is not the name of a role")
    erasing = [f"CREATE POLICY {table}_erases ON {table} TO {eraser} USING (true)"] if eraser else []
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_reads ON {table} FOR SELECT USING (access_may_read({of_file}, {of_label}))",
        f"CREATE POLICY {table}_adds ON {table} FOR INSERT WITH CHECK (true)",
        *erasing,
    ]


def no_policy_sql(table: str) -> list[str]:
    """The way back."""
    if not _NAME.match(table):
        raise ValueError(f"{table} is not the name of a table")
    return [
        f"DROP POLICY IF EXISTS {table}_erases ON {table}",
        f"DROP POLICY {table}_adds ON {table}",
        f"DROP POLICY {table}_reads ON {table}",
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]


def append_only_sql(table: str) -> list[str]:
    """The statements after which a table takes new rows only, whoever asks (but a superuser, whom the chain finds)."""
    if not _NAME.match(table):
        raise ValueError(f"{table} is not the name of a table")
    return [
        (
            f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION access_refuse_change()"
        ),
        (
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION access_refuse_change()"
        ),
    ]


@contextmanager
def reading_as(actor: Actor, *, purpose: str = "") -> Iterator[None]:
    """Read as this actor: inside, the database shows only rows that the actor may read.

    It is a transaction of its own, or a part of the one around it; what was set before is set again afterwards.
    """
    if purpose == FOLD:
        raise ValueError("Nobody reads for folding: use folding().")
    labels = ",".join(str(label) for label in sorted(actor.labels))
    with _settings((str(actor.worker), str(actor.team), labels, purpose, clock.now().isoformat())):
        yield


@contextmanager
def folding() -> Iterator[None]:
    """Read every row, to judge a write or to rebuild. Nothing read so is shown to anybody."""
    with _settings(("", "", "", FOLD, clock.now().isoformat())):
        yield


@contextmanager
def _settings(values: tuple[str, ...]) -> Iterator[None]:
    before = _now_set.get() if connection.in_atomic_block else _NOTHING
    token = _now_set.set(values)
    try:
        with transaction.atomic():
            _apply(values)
            yield
    finally:
        _now_set.reset(token)
        # settings last until the end of the transaction: where one goes on around us, it must not stay ours
        if connection.in_atomic_block and not connection.needs_rollback:
            _apply(before)


def _apply(values: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, values)


def _column(expression: str) -> str:
    if _NAME.match(expression) or (expression.startswith("(") and expression.endswith(")")):
        return expression
    raise ValueError(f"{expression} is neither a column nor an expression in brackets")
