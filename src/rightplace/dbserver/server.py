"""What the rest of the program sees of the database server: addresses, databases, and when to stop it."""

import atexit
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from rightplace import configuration
from rightplace.dbserver import locks, roles
from rightplace.dbserver.binaries import ServerRefused
from rightplace.dbserver.cluster import Cluster


def private_cluster() -> Cluster:
    """The private server of this checkout; the tests have one of their own that does not wait for the disk."""
    if not configuration.current().is_private:
        raise ServerRefused("There is no private server here: DATABASE_URL is set, or this is production.")
    if os.environ.get("RIGHTPLACE_TEST_DB") == "1":
        return Cluster(configuration.home() / "test-server", durable=False)
    return Cluster(configuration.home() / "server")


def _outside_address(role: str, database: str | None) -> str:
    """The address of a database server that somebody else runs, for one role.

    DATABASE_URL is the application's. Another role has DATABASE_OWNER_URL and so on; without one it is the same
    address under the role's name and without a password, which PostgreSQL then looks for in its own places.
    """
    chosen = configuration.current()
    given = os.environ.get(f"DATABASE_{role.upper()}_URL", "")
    if role == "owner":
        given = given or chosen.database_owner_url
    if role == "app" or given:
        return make_conninfo(given or chosen.database_url, **({"dbname": database} if database else {}))
    parts = conninfo_to_dict(chosen.database_url)
    parts.pop("password", None)
    parts["user"] = roles.ROLES.get(role, roles.SUPERUSER)
    return make_conninfo("", **(parts | ({"dbname": database} if database else {})))


def address(role: str, database: str | None = None) -> str:
    """The address of the database for one role: app, owner, reader, eraser, backup or superuser.

    It is known before the server is up.
    """
    if role != "superuser" and role not in roles.ROLES:
        raise ValueError(f"no role of the database is called {role}")
    if not configuration.current().is_private:
        return _outside_address(role, database)
    name = roles.ROLES.get(role, roles.SUPERUSER)
    return private_cluster().conninfo(name, database or roles.DATABASE)


def django_database(role: str, database: str | None = None) -> dict[str, Any]:
    """One entry of Django's DATABASES for a role."""
    parts: dict[str, Any] = dict(conninfo_to_dict(address(role, database)))
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    entry = {key: str(parts.pop(part, "") or "") for key, part in named.items()}
    return {"ENGINE": "django.db.backends.postgresql", **entry, "OPTIONS": parts}


class Server:
    """The database server while somebody uses it; the last user of a private one stops it."""

    def __init__(self) -> None:
        self._cluster: Cluster | None = None
        self._share: locks.Share | None = None
        if configuration.current().is_private:
            self._cluster = private_cluster()
            self._cluster.folder.parent.mkdir(parents=True, exist_ok=True)
            self._share = locks.Share(self._cluster.lock("users"))
            try:
                self._cluster.start()
            except BaseException:
                self.close()
                raise
            atexit.register(self.close)

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def url(self, role: str = "app", database: str | None = None) -> str:
        """The address of a database for one role."""
        return address(role, database)

    def django(self, role: str = "app", database: str | None = None) -> dict[str, Any]:
        """One entry of Django's DATABASES for one role."""
        return django_database(role, database)

    def connect(self, role: str = "superuser", database: str | None = None) -> psycopg.Connection:
        """A connection in which each statement stands for itself."""
        return psycopg.connect(self.url(role, database), autocommit=True)

    def create_database(self, name: str, template: str | None = None) -> None:
        """Make a database: a copy of the template with its rights, or an empty one with ours."""
        with self.connect(database="postgres") as superuser:
            superuser.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(roles.OWNER), sql.Identifier(template or "template1")
                )
            )
            superuser.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
            for role in ("app", "reader", "eraser", "backup"):
                superuser.execute(
                    sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                        sql.Identifier(name), sql.Identifier(roles.ROLES[role])
                    )
                )
        if template is None:
            with self.connect(database=name) as superuser:
                roles.give_rights(superuser)

    def drop_database(self, name: str) -> None:
        """Throw a database away, also under the feet of those who still use it."""
        with self.connect(database="postgres") as superuser:
            superuser.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def close(self) -> None:
        """Leave; the last one to leave stops a private server, unless `rightplace db up` asked for it to stay."""
        atexit.unregister(self.close)
        share, self._share = self._share, None
        if share is None or self._cluster is None:
            return
        with _deaf_to_interrupts():
            last = share.leave()
            if last is not None:
                with last:
                    if not self._cluster.lock("kept").exists():
                        self._cluster.stop()


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """A second Ctrl-C must not leave the server half stopped."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        with suppress(TypeError):
            signal.signal(signal.SIGINT, before)


def ensure_up() -> Server:
    """The database server, up; close it, or leave its `with`, when done."""
    return Server()


def reset() -> None:
    """Stop the private server and throw away all that it holds."""
    cluster = private_cluster()
    cluster.lock("kept").unlink(missing_ok=True)
    cluster.remove()


def in_use() -> bool:
    """Whether anybody uses the private server just now."""
    return locks.others(private_cluster().lock("users"))


def as_uri(conninfo: str) -> str:
    """An address in the form that psql, a browser of tables and a settings file take."""
    parts = {key: str(part) for key, part in conninfo_to_dict(conninfo).items() if part is not None}
    user, name = quote(parts.pop("user", "")), quote(parts.pop("dbname", ""))
    return f"postgresql://{user}@/{name}?{urlencode(parts)}"
