"""What staff said is read by its person and the named reader only; its words are never changed, and go when taken back."""

from django.db import migrations

OWN = "nullif(current_setting('rightplace.worker', true), '')::bigint"
COUNTED = " OR current_setting('rightplace.purpose', true) = 'themes'"
TABLES = (
    ("recruitment_voiceanswer", ""),
    ("recruitment_voicetheme", COUNTED),
    ("recruitment_voicequote", COUNTED),
)


def secured(table: str, besides: str) -> list[str]:
    reads = f"coalesce({OWN} IN (worker, reader){besides}, false)"
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_reads ON {table} FOR SELECT USING ({reads})",
        f"CREATE POLICY {table}_adds ON {table} FOR INSERT WITH CHECK (coalesce({OWN} IN (worker, reader), false))",
        f"CREATE POLICY {table}_taken_back ON {table} FOR DELETE USING (coalesce({OWN} = worker, false))",
    ]


def freed(table: str) -> list[str]:
    return [
        *(f"DROP POLICY {table}_{name} ON {table}" for name in ("reads", "adds", "taken_back")),
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]


class Migration(migrations.Migration):
    dependencies = [("recruitment", "0001_initial")]

    operations = [migrations.RunSQL(secured(table, besides), freed(table)) for table, besides in TABLES]
