"""The site is served by three children, long work apart from what somebody waits for, and nothing runs on when it stops."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from procrastinate.contrib.django import app

from rightplace import serving
from rightplace.dbserver.cluster import Cluster


class Site:
    """A served site in a place of its own."""

    def __init__(self, home: Path, port: int) -> None:
        self.cluster = Cluster(home / "test-server", durable=False)
        environment = os.environ | {"RIGHTPLACE_HOME": str(home), "RIGHTPLACE_MODE": "development"}
        self.parent = subprocess.Popen(
            [sys.executable, "-m", "rightplace.gateways.cli.main", "serve", "--port", str(port)],
            env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.parent.stderr is not None
        told = ""
        while "Serving " not in told:
            told = self.parent.stderr.readline()
            assert told, "the site ended before it served"
        self.address = told.split()[-1]

    def children(self) -> list[int]:
        return [
            int(pid)
            for pid in Path(f"/proc/{self.parent.pid}/task/{self.parent.pid}/children").read_text().split()
        ]

    def ask(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path, timeout=120) as answered:
            return bytes(answered.read())


@pytest.fixture
def served() -> Iterator[Site]:
    home = Path(f"/tmp/rightplace-serve-{os.getpid()}-{time.monotonic_ns() % 1_000_000}")
    site = Site(home, serving.free_port(8600))
    yield site
    site.parent.kill()
    site.parent.communicate()
    site.cluster.remove()
    subprocess.run(["rm", "-rf", home], check=True)


def gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_a_stop_ends_web_worker_and_database(served: Site) -> None:
    assert served.ask("/health/live") == b"alive"
    children = served.children()
    assert len(children) == 3
    served.parent.send_signal(signal.SIGTERM)
    assert served.parent.wait(60) == 0
    assert gone(children)
    assert not served.cluster.answers()


def test_long_work_that_kills_its_worker_does_not_end_the_site(served: Site) -> None:
    *others, long = served.children()
    assert serving.LONG in Path(f"/proc/{long}/cmdline").read_text().split("\0")
    os.kill(long, signal.SIGKILL)
    deadline = time.monotonic() + 6 * serving.AGAIN_AFTER
    while len(served.children()) < 3 or long in served.children():
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert served.children()[:2] == others
    assert served.ask("/health/live") == b"alive"


def test_children_end_when_their_parent_is_killed(served: Site) -> None:
    children = served.children()
    served.parent.kill()
    served.parent.wait()
    assert gone(children)


def test_a_port_that_is_taken_gives_way_to_the_next() -> None:
    with socket.socket() as other:
        other.bind((serving.LOOPBACK, 0))
        other.listen()
        taken = other.getsockname()[1]
        assert serving.free_port(taken) > taken


def test_what_takes_minutes_has_a_worker_of_its_own_and_no_task_is_without_one() -> None:
    queues = [
        serving.work_command(queue)[serving.work_command(queue).index("--queues") + 1]
        for queue in serving.QUEUES
    ]
    assert queues == list(serving.QUEUES)
    ours = {task.name: task.queue for task in app.tasks.values() if not task.name.startswith("builtin")}
    assert set(ours.values()) <= set(queues), "a task that nobody would ever take up"
    assert ours["leadership.build_past"] != ours["capacity.work_out"] == ours["journal.outbox"]
