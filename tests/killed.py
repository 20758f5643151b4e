"""A site of a test's own, on a database server of its own, both of which the test kills without warning.

Only processes that the test itself has started are ended, each by its number.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from rightplace import serving
from rightplace.dbserver.cluster import Cluster

HOST = "127.0.0.1"
PATIENCE = 60
SEED = """
import json, django
django.setup()
from django.core.management import call_command
call_command("migrate", database="owner", verbosity=0, interactive=False)
from rightplace.gateways.api.tokens import make_token
from rightplace.testing.organisation import small_city
city = small_city()
desks = (city.school, city.police, city.health)
by = city.administrator.actor
print(json.dumps([make_token(agency=desk.team.agency, name="System", by=by)[1] for desk in desks]))
"""
NOT_OURS = ("RIGHTPLACE_TEST_DB", "DATABASE_URL", "DATABASE_OWNER_URL")


class Place:
    """Where it all lies: a folder in /tmp, since the server's user must be able to enter it."""

    def __init__(self, *, waits_for_the_disk: bool = True) -> None:
        self.home = Path(f"/tmp/rightplace-crash-{os.getpid()}-{secrets.token_hex(3)}")
        self.cluster = Cluster(self.home / "server")
        self.port = serving.free_port(8700)
        kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        self.environment = kept | {
            "RIGHTPLACE_HOME": str(self.home),
            "RIGHTPLACE_MODE": "development",
            "DJANGO_SETTINGS_MODULE": "rightplace.settings",
        }
        self.web: subprocess.Popen[bytes] | None = None
        self.away: list[float] = []
        self.cluster.start()
        self.tokens: list[str] = json.loads(self.python("-c", SEED).splitlines()[-1])
        if not waits_for_the_disk:
            self.do("ALTER SYSTEM SET synchronous_commit = off", "ALTER SYSTEM SET wal_writer_delay = '10s'")
            self.do("SELECT pg_reload_conf()")
        self.start_web()

    def begin(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *words],
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def python(self, *words: str) -> str:
        return said_by(self.begin(*words))

    def commands(self, *lines: str) -> list[dict[str, Any]]:
        """What several `rightplace` commands report, run beside each other."""
        begun = [self.begin("-m", "rightplace.gateways.cli.main", *line.split(), "--json") for line in lines]
        return [json.loads(said_by(each)) for each in begun]

    def ask(self, words: str, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.cluster.conninfo("postgres", "rightplace")) as superuser:
            return superuser.execute(words, values).fetchall()

    def do(self, *statements: str) -> None:
        with psycopg.connect(self.cluster.conninfo("postgres", "rightplace"), autocommit=True) as superuser:
            for statement in statements:
                superuser.execute(statement)

    def start_web(self) -> None:
        self.web = subprocess.Popen(
            serving.web_command(HOST, self.port),
            env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.web.poll() is None, "the web process ended by itself"
            with socket.socket() as attempt:
                if attempt.connect_ex((HOST, self.port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError("the web process does not answer")

    def kill(self, *what: str) -> None:
        """Kill the web processes, or every process of the database, or both; then start them again."""
        began = time.monotonic()
        if "web" in what and self.web is not None:
            end_at_once(self.web.pid)
        if "database" in what:
            end_at_once(int((self.cluster.pages / "postmaster.pid").read_text().split()[0]))
            self.cluster.start()
        if "web" in what:
            self.start_web()
        self.away.append(time.monotonic() - began)

    def remove(self) -> None:
        if self.web is not None and self.web.poll() is None:
            end_at_once(self.web.pid)
        if (kept := self.cluster.pages / "postmaster.pid").exists():
            end_at_once(int(kept.read_text().split()[0]))
        subprocess.run(["rm", "-rf", str(self.home)], check=True)


def said_by(process: subprocess.Popen[str]) -> str:
    said, wrong = process.communicate()
    assert process.returncode == 0, wrong[-3000:]
    return said


def end_at_once(parent: int) -> None:
    """Kill a process and its children; it is stopped first, so that it has no more of them meanwhile."""
    os.kill(parent, signal.SIGSTOP)
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    family = [parent, *map(int, children)]
    for pid in family:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while any(_is_alive(pid) for pid in family):
        assert time.monotonic() < deadline, "a killed process lives on"
        time.sleep(0.01)


def _is_alive(pid: int) -> bool:
    """Whether a process is still in the table; PostgreSQL does not start while its last one stands there."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return Path(f"/proc/{pid}").exists()


@contextmanager
def a_place(*, waits_for_the_disk: bool = True) -> Iterator[Place]:
    """A place of a test's own, gone afterwards."""
    place = Place(waits_for_the_disk=waits_for_the_disk)
    try:
        yield place
    finally:
        place.remove()
