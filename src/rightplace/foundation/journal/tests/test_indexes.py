"""Indexes of the largest tables are built while people write."""

from __future__ import annotations

from importlib import import_module

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, connections, migrations
from django.db.migrations.loader import MigrationLoader

from rightplace.foundation.organisation.management.commands.migrate import LeanState

LATER = import_module("rightplace.foundation.journal.migrations.0003_what_has_not_ended").Migration
ADDED = ("journal_span_ends", "journal_timescale_met")


def test_an_upgrade_does_not_stop_writes_to_build_an_index(db):
    """An upgrade stops writes for half a minute at most; building these on a city's record takes longer."""
    loader = MigrationLoader(connection)
    found = {name: each for (label, name), each in loader.disk_migrations.items() if label == "journal"}
    later = [each for name, each in found.items() if not name.startswith("0001")]
    adds = [
        (each, step) for each in later for step in each.operations if isinstance(step, migrations.AddIndex)
    ]
    assert {step.index.name for _, step in adds} >= set(ADDED)
    assert all(isinstance(step, AddIndexConcurrently) and not each.atomic for each, step in adds)


def test_a_build_that_was_stopped_half_way_is_begun_anew(database_server, fresh_database, django_db_blocker):
    """What was left of it is in the way of the next try, and is used by nobody."""
    with django_db_blocker.unblock(), database_server.connect(database=fresh_database) as superuser:
        superuser.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = ANY(%s::regclass[])", [[*ADDED]]
        )
        superuser.commit()
        owner = connections["owner"]
        before = LeanState.of(MigrationLoader(owner).project_state(("journal", "0002_append_only")))
        with owner.schema_editor(atomic=False) as editor:
            LATER("0003_what_has_not_ended", "journal").apply(before, editor)
        owner.close()
        valid = "SELECT bool_and(indisvalid) FROM pg_index WHERE indexrelid = ANY(%s::regclass[])"
        assert superuser.execute(valid, [[*ADDED]]).fetchone() == (True,)
