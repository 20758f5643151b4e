"""Posting one message: to the machine that was looked up, under the host's own name, for ten seconds at most.

No redirect is followed, and of the answer only its code is read.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass

from rightplace.gateways.api.webhooks.addresses import Address, NotAnAddress, resolved

SECONDS = 10.0
LONGEST_LINE = 4096


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a code, or in a word why there was none."""

    code: int
    said: str
    milliseconds: int

    @property
    def fine(self) -> bool:
        """Whether it was taken."""
        return 200 <= self.code < 300


def post(typed: str, headers: Mapping[str, str], body: bytes, seconds: float = SECONDS) -> Answer:
    """Post to an address. Never raises: what goes wrong is said."""
    began = time.monotonic()
    code, said = 0, ""
    try:
        code = _code(resolved(typed), headers, body, began + seconds)
    except NotAnAddress:
        said = "address not allowed"
    except TimeoutError:
        said = "no answer in time"
    except ssl.SSLError:
        said = "no valid certificate"
    except socket.gaierror:
        said = "host not found"
    except OSError:
        said = "no connection"
    except ValueError:
        said = "no HTTP answer"
    return Answer(code, said, int((time.monotonic() - began) * 1000))


def _code(address: Address, headers: Mapping[str, str], body: bytes, until: float) -> int:
    with socket.create_connection((address.machine, address.port), timeout=_left(until)) as plain:
        plain.settimeout(_left(until))
        if not address.secure:
            return _exchange(plain, address, headers, body, until)
        # the certificate is the host's, whatever number the machine has
        with ssl.create_default_context().wrap_socket(plain, server_hostname=address.host) as line:
            return _exchange(line, address, headers, body, until)


def _exchange(
    line: socket.socket, address: Address, headers: Mapping[str, str], body: bytes, until: float
) -> int:
    line.settimeout(_left(until))
    line.sendall(_written(address, headers, body))
    first = b""
    # read to the end of the first line only; who sends it letter by letter runs out of time
    while b"\n" not in first:
        line.settimeout(_left(until))
        more = line.recv(1024)
        first += more
        if not more or len(first) > LONGEST_LINE:
            raise ValueError("no first line")
    words = first.split(b"\n", 1)[0].split()
    if len(words) < 2 or not words[0].startswith(b"HTTP/1.") or not words[1].isdigit() or len(words[1]) != 3:
        raise ValueError("no HTTP")
    return int(words[1])


def _written(address: Address, headers: Mapping[str, str], body: bytes) -> bytes:
    usual = 443 if address.secure else 80
    host = f"[{address.host}]" if ":" in address.host else address.host
    named = host if address.port == usual else f"{host}:{address.port}"
    lines = [f"POST {address.path} HTTP/1.1", f"Host: {named}", "Connection: close"]
    lines += [f"Content-Length: {len(body)}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode("ascii") + b"\r\n\r\n" + body


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
