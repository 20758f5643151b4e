"""A database for each test worker: cloned from a migrated template, made as owner and used as the app role.

Since the tests run as the app role, grants and row security are tested wherever a test touches the database.
Append-only tables refuse truncation, so `transactional_db` cannot work; `fresh_database` clones a database instead.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from pytest_django import DjangoDbBlocker

from rightplace import configuration
from rightplace.dbserver import Server, ensure_up
from rightplace.dbserver.locks import exclusive

KEPT_TEMPLATES = 3


@pytest.fixture(scope="session")
def database_server() -> Iterator[Server]:
    """The tests' database server, up for the session."""
    with ensure_up() as server:
        _drop_what_the_dead_left(server)
        yield server


@pytest.fixture(scope="session")
def template_database(
    request: pytest.FixtureRequest, database_server: Server, django_db_blocker: DjangoDbBlocker
) -> str:
    """The name of a migrated database that nobody writes into; kept while no migration changes."""
    name = f"template_{_fingerprint()}"
    with django_db_blocker.unblock(), exclusive(configuration.home() / "template"):
        there = name in _databases(database_server)
        # only the first process of a session is asked to make it anew, the others would do it under its feet
        if there and request.config.getoption("create_db") and not hasattr(request.config, "workerinput"):
            database_server.drop_database(name)
            there = False
        if not there:
            _make_template(database_server, name)
    return name


@pytest.fixture(scope="session")
def django_db_setup(
    database_server: Server,
    template_database: str,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """pytest-django's own fixture, ours: this worker's database instead of one that Django makes."""
    with django_db_blocker.unblock():
        name = _clone(database_server, template_database)
        _point_at(name)
    yield
    with django_db_blocker.unblock():
        _point_at(name)
    database_server.drop_database(name)


@pytest.fixture(scope="module")
def fresh_database(
    database_server: Server,
    template_database: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """A database of this module's own, for tests that commit: stories in a browser, threads, broken servers.

    What one test of the module writes the next one finds.
    """
    with django_db_blocker.unblock():
        before = connections["default"].settings_dict["NAME"]
        name = _clone(database_server, template_database)
        _point_at(name)
        try:
            yield name
        finally:
            _point_at(before)
            database_server.drop_database(name)


def _fingerprint() -> str:
    """What the template depends on: every migration and every file of SQL of every app."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        folder = Path(app.path)
        files = [*folder.glob("migrations/**/*.py"), *folder.rglob("*.sql")]
        for file in sorted(files):
            digest.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
        digest.update(app.label.encode())
    return digest.hexdigest()[:16]


def _make_template(server: Server, name: str) -> None:
    """Migrate an empty database as owner, then let nobody in: a database with guests cannot be cloned."""
    draft = f"draft_{os.getpid()}_{secrets.token_hex(3)}"
    server.create_database(draft)
    try:
        _point_at(draft)
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        connections.close_all()
        with server.connect(database="postgres") as superuser:
            _run(superuser, "ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", draft)
            _run(superuser, "ALTER DATABASE {} RENAME TO {}", draft, name)
    except BaseException:
        connections.close_all()
        server.drop_database(draft)
        raise
    older = [found for found in _databases(server) if found.startswith("template_") and found != name]
    for forgotten in older[:-KEPT_TEMPLATES]:
        server.drop_database(forgotten)


def _clone(server: Server, template: str) -> str:
    name = f"test_{os.getpid()}_{secrets.token_hex(4)}"
    server.create_database(name, template=template)
    return name


def _point_at(name: str) -> None:
    """Let Django use this database, as each of its roles; other threads read the same settings."""
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def _run(connection: psycopg.Connection, words: str, *names: str) -> None:
    connection.execute(sql.SQL(words).format(*(sql.Identifier(name) for name in names)))


def _databases(server: Server) -> list[str]:
    """The names of all databases, oldest first."""
    with server.connect(database="postgres") as superuser:
        return [row[0] for row in superuser.execute("SELECT datname FROM pg_database ORDER BY oid")]


def _drop_what_the_dead_left(server: Server) -> None:
    """Drop the databases of test processes that were killed."""
    for name in _databases(server):
        kind, _, rest = name.partition("_")
        process = rest.partition("_")[0]
        if kind in ("test", "draft") and process.isdigit() and not Path(f"/proc/{process}").exists():
            server.drop_database(name)
