"""Where a request comes from: the nearest address that is none of our own proxies.

What a visitor writes into X-Forwarded-For stands left of what our proxies add, so it is read from the right, and only
as far as each hop is a proxy of ours (setting `trusted_proxies`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.http import HttpRequest

from rightplace import configuration

Machine = IPv4Address | IPv6Address
MOST_HOPS = 20


def origin(request: HttpRequest) -> str:
    """The address that asks; of IPv6 its network, since one visitor has millions of addresses."""
    peer = _machine(request.META.get("REMOTE_ADDR", ""))
    if peer is None:
        return ""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return _place(_nearest(peer, told.split(",")[-MOST_HOPS:] if told else ()))


def _nearest(peer: Machine, hops: Sequence[str]) -> Machine:
    for hop in reversed(hops):
        if not _is_ours(peer):
            break
        before = _machine(hop)
        if before is None:
            break
        peer = before
    return peer


def _place(machine: Machine) -> str:
    if isinstance(machine, IPv6Address):
        return str(ip_network((machine, 64), strict=False))
    return str(machine)


def _is_ours(machine: Machine) -> bool:
    return any(machine in network for network in _ours(configuration.current().trusted_proxies))


@lru_cache(maxsize=4)
def _ours(told: tuple[str, ...]) -> list[IPv4Network | IPv6Network]:
    return [ip_network(each, strict=False) for each in told]


def _machine(told: str) -> Machine | None:
    """An address as a proxy writes it: with a port, or in brackets. None for anything else."""
    plain = told.strip()
    if plain.startswith("["):
        plain = plain[1:].partition("]")[0]
    elif plain.count(":") == 1:
        plain = plain.partition(":")[0]
    try:
        found = ip_address(plain.partition("%")[0])
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found
