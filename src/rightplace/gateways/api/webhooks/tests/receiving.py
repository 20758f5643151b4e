"""A partner's machine for tests: a small HTTP server that takes, refuses, is slow or says nonsense, as it is told."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Receiver:
    """What came, and how to answer."""

    port: int
    answers: list[str] = field(default_factory=list)
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hook"


@contextmanager
def receiver(*answers: str) -> Iterator[Receiver]:
    """Listen; each answer is a code, or `hang`, `drip`, `close`, `nonsense`. After the last all are taken."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.05)
    found, over = Receiver(listening.getsockname()[1], list(answers)), threading.Event()

    def listen() -> None:
        while not over.is_set():
            try:
                line, _ = listening.accept()
            except TimeoutError:
                continue
            threading.Thread(target=_one, args=(line, found, over), daemon=True).start()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        thread.join(2)
        listening.close()


def _one(line: socket.socket, found: Receiver, over: threading.Event) -> None:
    with line:
        line.settimeout(2)
        head, _, body = _until_blank(line).partition(b"\r\n\r\n")
        lines = head.decode("ascii").split("\r\n")
        headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines[1:])}
        while len(body) < int(headers.get("content-length", "0")):
            body += line.recv(4096)
        found.came.append((headers, body))
        _answer(line, found.answers.pop(0) if found.answers else "200", over)


def _until_blank(line: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        more = line.recv(4096)
        if not more:
            break
        head += more
    return head


def _answer(line: socket.socket, answer: str, over: threading.Event) -> None:
    if answer == "hang":
        over.wait(5)
    elif answer == "drip":
        for letter in "HTTP/1.1 200 OK" * 5:
            if over.is_set():
                return
            try:
                line.sendall(letter.encode())
            except OSError:
                return
            time.sleep(0.05)
    elif answer == "nonsense":
        line.sendall(b"SSH-2.0-OpenSSH\r\n")
    elif answer != "close":
        more = "Location: http://127.0.0.1:1/\r\n" if answer.startswith("3") else ""
        line.sendall(f"HTTP/1.1 {answer} Said\r\n{more}Content-Length: 0\r\n\r\n".encode())
