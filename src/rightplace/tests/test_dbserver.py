"""The private server: up while somebody uses it, down after the last one, however they ended."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from rightplace.dbserver import ServerRefused, binaries
from rightplace.dbserver.cluster import Cluster

HOLD = """
import sys
from rightplace.dbserver import ensure_up
with ensure_up() as server:
    server.connect("app").execute("SELECT 1")
    print("up", flush=True)
    sys.stdin.readline()
"""


class Place:
    """A private server of its own, and the processes that use it."""

    def __init__(self, home: Path) -> None:
        self.cluster = Cluster(home / "test-server", durable=False)
        self.environment = os.environ | {"RIGHTPLACE_HOME": str(home), "RIGHTPLACE_MODE": "test"}
        self.users: list[subprocess.Popen[str]] = []

    def user(self) -> "subprocess.Popen[str]":
        started = subprocess.Popen(
            [sys.executable, "-c", HOLD], env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.users.append(started)
        assert started.stdout is not None
        assert started.stdout.readline() == "up\n"
        return started

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "rightplace.gateways.cli.main", *words],
            env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    # pytest's own folders are closed to the user as whom root runs the server
    home = Path(f"/tmp/rightplace-test-{os.getpid()}-{time.monotonic_ns() % 1_000_000}")
    made = Place(home)
    yield made
    for user in made.users:
        user.kill()
        user.communicate()
    made.cluster.remove()
    subprocess.run(["rm", "-rf", home], check=True)


def leave(user: "subprocess.Popen[str]") -> None:
    user.communicate("\n", timeout=60)


def test_the_last_user_stops_the_server(place: Place) -> None:
    first, second = place.user(), place.user()
    leave(first)
    assert place.cluster.answers()
    leave(second)
    assert not place.cluster.answers()


def test_a_killed_user_leaves_a_server_that_the_next_one_uses_and_stops(place: Place) -> None:
    killed = place.user()
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert place.cluster.answers()
    leave(place.user())
    assert not place.cluster.answers()


def test_a_user_that_is_interrupted_stops_the_server(place: Place) -> None:
    user = place.user()
    user.send_signal(signal.SIGINT)
    user.wait(60)
    assert not place.cluster.answers()


def test_db_up_lets_the_server_stay_until_db_down(place: Place) -> None:
    assert place.command("db", "up").returncode == 0
    leave(place.user())
    assert place.cluster.answers()
    assert place.command("db", "down").returncode == 0
    assert not place.cluster.answers()


def test_db_down_says_so_while_somebody_uses_the_server(place: Place) -> None:
    user = place.user()
    refused = place.command("db", "down")
    assert (refused.returncode, place.cluster.answers()) == (1, True)
    leave(user)


def test_nobody_else_can_reach_the_server(place: Place) -> None:
    place.user()
    assert place.cluster.folder.stat().st_mode & 0o077 == 0
    assert "trust" not in (place.cluster.pages / "pg_hba.conf").read_text()
    pid = (place.cluster.pages / "postmaster.pid").read_text().split("\n")[0]
    if os.geteuid() == 0:
        assert Path(f"/proc/{pid}").stat().st_uid != 0
    listening = subprocess.run(["ss", "-ltnp"], capture_output=True, text=True, check=False).stdout
    assert f"pid={pid}," not in listening


def test_a_name_in_a_failed_statement_does_not_reach_the_servers_log(place: Place) -> None:
    user = place.user()
    broken = "INSERT INTO t VALUES ('Zzyzx Quillfeather')"
    with psycopg.connect(place.cluster.conninfo("postgres", "rightplace"), autocommit=True) as superuser:
        superuser.execute("CREATE TABLE t (a text UNIQUE)")
        superuser.execute(broken)
        with pytest.raises(psycopg.errors.UniqueViolation):
            superuser.execute(broken)
    written = place.cluster.log.read_text()
    assert "duplicate key" in written
    assert "Quillfeather" not in written
    leave(user)


def test_a_folder_of_another_version_is_refused_with_what_to_do(place: Place) -> None:
    place.cluster.pages.mkdir(parents=True)
    (place.cluster.pages / "PG_VERSION").write_text("9\n")
    with pytest.raises(ServerRefused, match=r"made by PostgreSQL 9.*make reset"):
        place.cluster.start()


def test_a_socket_path_that_is_too_long_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ServerRefused, match="RIGHTPLACE_HOME"):
        Cluster(tmp_path / ("long" * 25)).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_programs_in_a_closed_folder_are_copied_for_the_servers_user(place: Place, tmp_path: Path) -> None:
    found = binaries.find()
    package = found.folder.parent.parent
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for tree in (package, package.with_name(f"{package.name}.libs")):
        subprocess.run(["cp", "-r", tree, closed], check=True)
    hidden = binaries.Binaries(closed / package.name / "pginstall" / "bin", found.major)
    user = binaries.server_user()
    home = place.cluster.folder.parent
    home.mkdir(mode=0o755)
    assert not binaries.runs_for(hidden, user, home)
    copied = binaries.readable_for(hidden, user, home, home / "binaries")
    assert copied.folder.is_relative_to(home)
    assert binaries.runs_for(copied, user, home)
