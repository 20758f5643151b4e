"""The lock of support: who is named on a matter reads it, inside `opened_for`, and nobody else does, wherever they ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.rls import reading_as

PURPOSE: Final = "support of staff"
"""The database shows a matter only to who reads for this purpose, so that no other page meets one by accident."""

NAMED: Final = ("worker_id", "led_by_id", "next_manager_id", "hr_owner_id", "appeal_by_id")


@contextmanager
def opened_for(actor: Actor) -> Iterator[None]:
    """Inside, this actor's own matters are there."""
    with reading_as(actor, purpose=PURPOSE):
        yield


def lock_sql() -> list[str]:
    """The statements that lock both tables, on their owner too. Nothing is ever deleted: no policy allows it."""
    reader = "nullif(current_setting('rightplace.worker', true), '')::bigint"
    on_purpose = f"current_setting('rightplace.purpose', true) = '{PURPOSE}'"
    named = f"{on_purpose} AND ({reader} IN ({', '.join(NAMED)}) OR (companion_reads AND companion_id = {reader}))"
    # whoever may read the matter may read its steps: the matter's own policy is asked once more
    of_a_matter = "EXISTS (SELECT FROM performance_matter m WHERE m.id = matter_id)"
    found: list[str] = []
    for table, rule in (("performance_matter", named), ("performance_step", of_a_matter)):
        found += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_reads ON {table} FOR SELECT USING ({rule})",
            f"CREATE POLICY {table}_adds ON {table} FOR INSERT WITH CHECK (true)",
            f"CREATE POLICY {table}_changes ON {table} FOR UPDATE USING ({rule}) WITH CHECK (true)",
        ]
    return found


def unlock_sql() -> list[str]:
    """The way back."""
    return [
        statement
        for table in ("performance_matter", "performance_step")
        for statement in (
            *(f"DROP POLICY {table}_{name} ON {table}" for name in ("reads", "adds", "changes")),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        )
    ]
