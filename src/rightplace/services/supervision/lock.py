"""The second lock behind the gate: the SQL that lets a sealed row be read by those whom it names, and nobody else.

It has no way round for folding: no rebuild and no figure reads a personal part. A release opens it to who asked, for
its hours. A worker's view of a session is read by that worker, and else counted by the one function that counts.
"""

from __future__ import annotations

from typing import Final

from rightplace.foundation.access.rls import append_only_sql

READER: Final = "nullif(current_setting('rightplace.worker', true), '')::bigint"
AT: Final = "nullif(current_setting('rightplace.at', true), '')::timestamptz"
COUNTING: Final = "supervision: counted in themes"
RELEASED: Final = (  # no value of anybody's stands in it
    "EXISTS (SELECT 1 FROM supervision_release r WHERE r.session_id = supervision_word.session_id "  # noqa: S608
    f"AND r.recorded_by_id = {READER} AND r.confirmed_at <= {AT} AND r.until > {AT})"
)
READS: Final = {
    "supervision_word": f"{READER} IN (supervisor, supervisee, over) OR {RELEASED}",
    "supervision_draft": f"{READER} = author",
    "supervision_view": f"{READER} = supervisee OR current_setting('rightplace.purpose', true) = '{COUNTING}'",
    "supervision_observedword": f"{READER} IN (supervisor, observer)",
}
WRITES: Final = {
    "supervision_word": f"recorded_by_id = {READER} AND {READER} IN (supervisor, supervisee)",
    "supervision_draft": f"{READER} = author",
    "supervision_view": f"{READER} = supervisee",
    "supervision_observedword": f"{READER} = observer",
}
KEPT_FOR_EVER: Final = (
    "supervision_word", "supervision_opened", "supervision_view", "supervision_observedword", "supervision_decided",
)  # fmt: skip


def lock_sql(table: str) -> list[str]:
    """Put one table behind row security, forced on its owner too; a draft may be written over by its author."""
    found = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_reads ON {table} FOR SELECT USING (coalesce({READS[table]}, false))",
        f"CREATE POLICY {table}_adds ON {table} FOR INSERT WITH CHECK (coalesce({WRITES[table]}, false))",
    ]
    if table == "supervision_draft":
        rule = f"coalesce({WRITES[table]}, false)"
        found += [
            f"CREATE POLICY {table}_changes ON {table} FOR UPDATE USING ({rule}) WITH CHECK ({rule})",
            f"CREATE POLICY {table}_throws ON {table} FOR DELETE USING ({rule})",
        ]
    return found


def all_sql() -> list[str]:
    """Every lock, and what is only ever added to."""
    locks = [statement for table in READS for statement in lock_sql(table)]
    return locks + [statement for table in KEPT_FOR_EVER for statement in append_only_sql(table)]
