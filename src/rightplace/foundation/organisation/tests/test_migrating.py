"""Tables are the same however few models were made on the way to them."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.core.management.commands import migrate as djangos_own
from django.db import connections, migrations, models
from django.db.migrations.state import ModelState, ProjectState

from rightplace.dbserver import Server
from rightplace.foundation.organisation.management.commands.migrate import (
    LeanState,
    looks_at_its_own,
    points_to,
)

LABEL = "organisation"
SEEN = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid > 0",
    "SELECT schemaname, tablename, indexdef FROM pg_indexes WHERE schemaname <> 'pg_catalog'",
    "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT app_label, model FROM django_content_type",
    "SELECT codename, name FROM auth_permission",
    "SELECT app, name FROM django_migrations",
)


@contextmanager
def empty_database(server: Server) -> Iterator[None]:
    """A database without a table, as owner."""
    name, owner = f"test_empty_{secrets.token_hex(4)}", connections["owner"]
    before = owner.settings_dict["NAME"]
    server.create_database(name)
    owner.close()
    owner.settings_dict["NAME"] = name
    try:
        yield
    finally:
        owner.close()
        owner.settings_dict["NAME"] = before
        server.drop_database(name)


def made_by(command: object) -> list[list[str]]:
    """What the tables are after all migrations of the first apps, and of those that they need."""
    for app in ("auth", LABEL):
        call_command(command, app, database="owner", verbosity=0, interactive=False)
    with connections["owner"].cursor() as cursor:
        return [sorted(map(str, rows(cursor, question))) for question in SEEN]


def rows(cursor, question: str) -> list[tuple]:
    cursor.execute(question)
    return cursor.fetchall()


def test_the_tables_are_those_of_djangos_own_command(database_server, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with empty_database(database_server):
            ours = made_by("migrate")
        with empty_database(database_server):
            of_django = made_by(djangos_own.Command())
    assert all(ours)
    assert ours == of_django


def state_of(*names_and_targets: tuple[str, str | None]) -> LeanState:
    """A state of models by name, each pointing to another or to none."""
    state = ProjectState()
    for name, target in names_and_targets:
        fields: list[tuple[str, models.Field]] = [("id", models.AutoField(primary_key=True))]
        if target:
            fields.append(("other", models.ForeignKey(f"{LABEL}.{target}", models.CASCADE)))
        state.add_model(ModelState(LABEL, name, fields))
    return LeanState.of(state)


def made(state: LeanState) -> set[str]:
    return {name for _, name in state.apps._made()}


def test_only_what_is_asked_for_is_made_and_what_it_points_to():
    state = state_of(("Team", None), ("Seat", "Team"), ("Visit", None))
    assert made(state) == set()
    seat = state.apps.get_model(LABEL, "Seat")
    assert made(state) == {"seat", "team"}
    assert seat._meta.get_field("other").related_model is state.apps.get_model(f"{LABEL}.Team")


def test_what_points_to_a_changed_model_is_made_anew():
    state = state_of(("Team", None), ("Seat", "Team"), ("Visit", None))
    before = state.clone()
    for name in ("Seat", "Visit"):
        state.apps.get_model(LABEL, name)
    state.add_field(LABEL, "team", "city", models.BooleanField(default=False), preserve_default=True)
    assert made(state) == {"visit"}
    team = state.apps.get_model(LABEL, "Seat")._meta.get_field("other").related_model
    assert team._meta.get_field("city")
    assert "city" not in {field.name for field in before.apps.get_model(LABEL, "Team")._meta.fields}


def test_a_step_that_others_may_hang_on_is_given_everything():
    number = models.IntegerField(unique=True)
    assert not looks_at_its_own(migrations.AlterField("Team", "number", number))
    assert not looks_at_its_own(migrations.RunPython(migrations.RunPython.noop))
    assert not looks_at_its_own(migrations.RenameField("Team", "number", "place"))
    assert looks_at_its_own(migrations.AlterField("Team", "number", models.IntegerField()))
    assert looks_at_its_own(migrations.CreateModel("Team", []))


def test_a_join_points_to_both_ends_and_to_what_joins_them():
    many = models.ManyToManyField("organisation.Team", through="organisation.Seat")
    state = ModelState(LABEL, "Worker", [("id", models.AutoField(primary_key=True)), ("teams", many)])
    assert points_to(state) == {(LABEL, "team"), (LABEL, "seat")}
