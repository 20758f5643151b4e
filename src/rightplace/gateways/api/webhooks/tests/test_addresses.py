"""Nobody lets us knock at doors inside: not by number, by name, by a name that changes, or by a redirect."""

from __future__ import annotations

import socket

import pytest

from rightplace import configuration
from rightplace.configuration import Configuration, Mode
from rightplace.gateways.api.webhooks import posting
from rightplace.gateways.api.webhooks.addresses import (
    NotAnAddress,
    is_public,
    may_be_private,
    parsed,
    resolved,
)
from rightplace.gateways.api.webhooks.tests.receiving import receiver

PUBLIC, PRIVATE = "93.184.216.34", "10.0.0.5"


@pytest.fixture
def names(monkeypatch):
    """What each name is looked up as; each look-up takes the next."""
    book: dict[str, list[list[str]]] = {}

    def look_up(host, port, **more):
        found = book.get(host) or [[host]]
        numbers = found.pop(0) if len(found) > 1 else found[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in numbers]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return book


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "198.18.0.1", "192.0.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254",
        "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1",
        "2002:a00:1::", "2001:0:a00:1::", "fe80::1%eth0", "nonsense", "",
    ],
)  # fmt: skip
def test_what_is_inside_is_not_public(number):
    assert not is_public(number)


@pytest.mark.parametrize(
    "number", [PUBLIC, "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
)
def test_what_is_outside_is_public(number):
    assert is_public(number)


@pytest.mark.parametrize(
    "typed",
    [
        "http://partner.example/", "ftp://partner.example/", "partner.example", "https://", "https:///x",
        "https://me:word@partner.example/", "https://me@partner.example/", "https://partner.example/#part",
        "https://partner.example:22/", "https://partner.example:99999/", "https://[::1/", "https://partner.example/a b",
        "https://partner.example/\r\nX: y", "https://pärtner.example/", "https://partner.example/" + "x" * 300,
        "file:///etc/passwd", "gopher://partner.example/",
    ],
)  # fmt: skip
def test_what_is_no_plain_https_address_is_refused(typed, outside_only):
    with pytest.raises(NotAnAddress):
        parsed(typed)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "inside.example"]
)
def test_a_host_inside_is_refused_by_number_and_by_name(names, host, outside_only):
    names["inside.example"] = [[PRIVATE]]
    names["::1"], names["::ffff:10.0.0.1"] = [["::1"]], [["::ffff:10.0.0.1"]]
    with pytest.raises(NotAnAddress, match="public internet"):
        resolved(f"https://{host}/hook")


def test_a_name_with_one_number_inside_among_others_is_refused(names, outside_only):
    names["both.example"] = [[PUBLIC, PRIVATE]]
    with pytest.raises(NotAnAddress):
        resolved("https://both.example/")


def test_the_number_that_was_looked_at_is_the_number_that_is_called(names, monkeypatch, outside_only):
    names["turns.example"] = [[PUBLIC], ["127.0.0.1"]]
    called = []

    def connect(where, timeout):
        called.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    assert posting.post("https://turns.example/", {}, b"{}").said == "no connection"
    assert called == [(PUBLIC, 443)], "no second look-up by name"
    assert posting.post("https://turns.example/", {}, b"{}").said == "address not allowed"
    assert len(called) == 1, "when it turns inside nobody is called"


def test_a_redirect_is_not_followed(also_inside):
    with receiver("302") as machine:
        answer = posting.post(machine.address, {}, b"{}")
    assert (answer.code, answer.fine, len(machine.came)) == (302, False, 1)


def test_addresses_inside_are_for_trying_out_and_never_in_production(monkeypatch, also_inside):
    assert may_be_private()
    chosen = Configuration(mode=Mode.PRODUCTION, webhooks_may_be_private=True)
    monkeypatch.setattr(configuration, "current", lambda: chosen)
    assert not may_be_private()
    assert any("webhooks_may_be_private" in fault for fault in configuration.faults(chosen))
