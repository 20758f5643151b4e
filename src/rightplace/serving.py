"""Serves the site: web process and background workers as children, the database up for as long as they run.

Children die with their parent, however it dies; a stop by Ctrl-C, TERM or HUP lets answers in hand go out first.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from types import FrameType

from rightplace import configuration
from rightplace.configuration import Mode

LOOPBACK = "127.0.0.1"
PATIENCE = 15
AGAIN_AFTER = 10
"""Seconds: long work that kills its worker, for want of memory say, does not end the site, nor keep it busy with beginning."""
SOON = "default"
LONG = "long"
QUEUES = (SOON, LONG)
"""Work that takes minutes in a city has a worker of its own: a letter, a seal and an answer wait for none of it."""
_PR_SET_PDEATHSIG = 1


class Stopped(Exception):
    """Somebody asked for the end."""


def free_port(wanted: int, host: str = LOOPBACK) -> int:
    """The wanted port, or the next one that is free: a second checkout serves beside the first."""
    for port in range(wanted, min(wanted + 100, 65_536)):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"no port from {wanted} on is free")


def migrate() -> None:
    """Bring the tables to this version, as owner; Django has to be ready."""
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    connections["owner"].close()


def web_command(host: str, port: int) -> list[str]:
    """The web process: threads, and no control socket in the home folder."""
    chosen = configuration.current()
    options = {
        "bind": f"{host}:{port}",
        "worker-class": "gthread",
        "workers": chosen.web_processes,
        "threads": chosen.web_threads,
        "timeout": 60,
        "graceful-timeout": 10,
        "keep-alive": 5,
        "log-level": "warning",
        "logger-class": "rightplace.logs.WebLog",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "gunicorn", *words, "--no-control-socket", "rightplace.wsgi"]


def work_command(queue: str) -> list[str]:
    """A background worker, on the jobs of a queue in the same database."""
    words = [
        "procrastinate",
        "worker",
        "--queues",
        queue,
        "--delete-jobs",
        "successful",
        "--shutdown-graceful-timeout",
        "10",
    ]
    return [sys.executable, "-m", "django", *words]


def run(host: str, port: int, said: Callable[[], None] = lambda: None) -> int:
    """Serve until somebody stops it or a child ends, but the one for long work, which begins again; says that it serves when
    the port answers.

    The database must be up and its tables there. The return value is the exit code.
    """
    before = {name: signal.signal(name, _stop) for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    children: list[subprocess.Popen[bytes]] = []
    try:
        children += [_child(web_command(host, port)), _child(work_command(SOON))]
        _wait_until_served(host, port, children)
        children.append(_child(work_command(LONG)))
        said()
        begun = time.monotonic()
        while all(child.poll() is None for child in children[:-1]):
            if children[-1].poll() is not None and time.monotonic() - begun > AGAIN_AFTER:
                children[-1], begun = _child(work_command(LONG)), time.monotonic()
            time.sleep(0.2)
        return 1
    except Stopped:
        return 0
    finally:
        for name in before:
            signal.signal(name, signal.SIG_IGN)
        _end(children)
        for name, reaction in before.items():
            signal.signal(name, reaction)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _child(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A child in a group of its own, so that Ctrl-C reaches us alone and we end the children in order."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "rightplace.settings"}
    return subprocess.Popen(command, env=environment, process_group=0, preexec_fn=_die_with_parent)


def _die_with_parent() -> None:
    """Ask the kernel to end this process when its parent ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_until_served(host: str, port: int, children: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        with socket.socket() as attempt:
            if attempt.connect_ex((host, port)) == 0:
                return
        time.sleep(0.05)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """End the children, the web process first: no new work comes in while the workers finish."""
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def is_for_trying() -> bool:
    """Whether this is a demo or development, where tables are brought to this version without being asked."""
    return configuration.current().mode is not Mode.PRODUCTION
