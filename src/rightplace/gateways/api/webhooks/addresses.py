"""Which addresses may be told anything: public ones under https, looked up once and then held to.

Whoever registers an address could else let us knock at doors inside (server-side request forgery), also by a name
that answers with a public address when it is checked and with a private one when it is used.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from rightplace import configuration
from rightplace.configuration import Mode

PORTS = frozenset({443, 8443})
LONGEST = 300
_TRANSLATED = tuple(
    ipaddress.ip_network(each)
    for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
)
"""IPv6 addresses that carry an IPv4 one, which might be a private one."""


class NotAnAddress(ValueError):
    """An address that is not told anything; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to send: the host by its name, the machine by its number."""

    secure: bool
    host: str
    port: int
    path: str
    machine: str = ""


def may_be_private() -> bool:
    """Whether addresses inside are told too: never in production."""
    chosen = configuration.current()
    return chosen.webhooks_may_be_private and chosen.mode is not Mode.PRODUCTION


def parsed(typed: str) -> Address:
    """The address as it was typed. Raises NotAnAddress."""
    if len(typed) > LONGEST or not typed.isascii() or not typed.isprintable() or " " in typed:
        raise NotAnAddress(f"An address is {LONGEST} plain letters at most, without blanks.")
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError:
        raise NotAnAddress("This is no address.") from None
    inside = may_be_private()
    if parts.scheme != "https" and not (inside and parts.scheme == "http"):
        raise NotAnAddress("The address begins with https://.")
    if not parts.hostname or parts.username is not None or parts.password is not None or parts.fragment:
        raise NotAnAddress("The address has a host, and no name, password or # in it.")
    secure = parts.scheme == "https"
    port = port or (443 if secure else 80)
    if port not in PORTS and not inside:
        raise NotAnAddress("The port is 443 or 8443.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(secure, parts.hostname, port, path)


def resolved(typed: str) -> Address:
    """The address with the machine behind it, every one of whose numbers is public. Raises NotAnAddress, OSError."""
    address = parsed(typed)
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    numbers = [str(each[4][0]) for each in found]
    if not numbers:
        raise NotAnAddress("The host is not known.")
    if not may_be_private() and not all(is_public(number) for number in numbers):
        raise NotAnAddress("The host is not on the public internet.")
    return Address(address.secure, address.host, address.port, address.path, numbers[0])


def is_public(number: str) -> bool:
    """Whether a machine's number belongs to the public internet."""
    try:
        found = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if any(found in each for each in _TRANSLATED):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved and not found.is_unspecified
