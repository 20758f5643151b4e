"""The tests, and so the application, run as a role that reads and writes rows and can do nothing else."""

from contextlib import suppress
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from psycopg.errors import InsufficientPrivilege

from rightplace.dbserver import ROLES, Server, role_faults

FORBIDDEN = {
    "make a table": "CREATE TABLE taken (a int)",
    "make a temporary table": "CREATE TEMPORARY TABLE taken (a int)",
    "drop a table": "DROP TABLE django_session",
    "empty a table": "TRUNCATE django_session",
    "switch triggers off": "ALTER TABLE django_session DISABLE TRIGGER ALL",
    "switch all triggers off": "SET session_replication_role = replica",
    "become the owner": "SET ROLE rightplace_owner",
    "become the superuser": "SET ROLE postgres",
    "make a role": "CREATE ROLE taken",
    "read a file of the server": "SELECT pg_read_file('/etc/hostname')",
    "run a program": "COPY (SELECT 1) TO PROGRAM 'cat'",
}

ADD = "INSERT INTO django_session VALUES ('k', '', '2026-03-03Z')"


@pytest.mark.django_db
def test_the_tests_run_as_the_app_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (ROLES["app"],)


@pytest.mark.parametrize("words", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_the_app_role_may_not(words: str, fresh_database: str, database_server: Server) -> None:
    with database_server.connect("app", fresh_database) as app, pytest.raises(psycopg.Error) as refused:
        app.execute(words)
    assert isinstance(refused.value, InsufficientPrivilege)


def test_the_app_role_writes_rows(fresh_database: str, database_server: Server) -> None:
    with database_server.connect("app", fresh_database) as app:
        app.execute(ADD)
        assert app.execute("DELETE FROM django_session").rowcount == 1


@pytest.mark.parametrize("role", ["reader", "eraser", "backup"])
@pytest.mark.parametrize(
    "words", ["INSERT INTO django_session VALUES ('k', '', '2026-03-03Z')", "DELETE FROM django_session"]
)
def test_no_other_role_writes_rows(
    role: str, words: str, fresh_database: str, database_server: Server
) -> None:
    with (
        database_server.connect(role, fresh_database) as other,
        pytest.raises(InsufficientPrivilege),
    ):
        other.execute(words)


def test_the_eraser_reads_nothing(fresh_database: str, database_server: Server) -> None:
    with (
        database_server.connect("eraser", fresh_database) as eraser,
        pytest.raises(InsufficientPrivilege),
    ):
        eraser.execute("SELECT FROM django_session")


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("superuser", "is a superuser"),
        ("owner", "owns tables"),
        ("owner", "may create tables"),
        ("backup", "may bypass row security"),
    ],
)
def test_a_role_with_too_many_rights_is_named(
    role: str, sentence: str, fresh_database: str, database_server: Server
) -> None:
    with database_server.connect(role, fresh_database) as connected:
        assert any(sentence in fault for fault in role_faults(connected))


def test_the_app_role_has_no_fault(fresh_database: str, database_server: Server) -> None:
    with database_server.connect("app", fresh_database) as app:
        assert role_faults(app) == []


def test_a_fresh_database_is_the_one_that_django_sees(fresh_database: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (fresh_database,)


def test_every_model_has_its_migration(fresh_database: str) -> None:
    told = StringIO()
    with suppress(SystemExit):
        call_command("makemigrations", "--check", "--dry-run", stdout=told)
    assert told.getvalue() == "No changes detected\n"
