"""Where a request comes from cannot be made up by whoever asks."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pydantic import ValidationError

from rightplace import configuration
from rightplace.common.web.origin import origin
from rightplace.configuration import Configuration, Mode

VISITOR, OTHER, PROXY, INNER = "203.0.113.7", "198.51.100.9", "192.0.2.10", "10.1.2.3"


@pytest.fixture
def behind(monkeypatch):
    """Say which proxies are ours."""

    def say(*proxies: str) -> None:
        chosen = Configuration(trusted_proxies=proxies, mode=Mode.TEST)
        monkeypatch.setattr(configuration, "current", lambda: chosen)

    return say


def asked(peer: str, told: str | None = None) -> str:
    more = {} if told is None else {"HTTP_X_FORWARDED_FOR": told}
    return origin(RequestFactory().get("/", REMOTE_ADDR=peer, **more))


def test_without_proxies_what_is_told_counts_for_nothing(behind):
    behind()
    assert asked(VISITOR) == asked(VISITOR, OTHER) == asked(VISITOR, f"{OTHER}, {PROXY}") == VISITOR


def test_behind_a_proxy_it_is_the_address_that_the_proxy_saw(behind):
    behind(PROXY)
    assert asked(PROXY, VISITOR) == VISITOR
    assert asked(PROXY, f"{VISITOR}:49152") == VISITOR


def test_who_does_not_come_by_our_proxy_is_not_believed(behind):
    behind(PROXY)
    assert asked(OTHER, VISITOR) == OTHER


@pytest.mark.parametrize(
    "made_up", [OTHER, PROXY, f"{OTHER}, {OTHER}", "unknown", "", "x" * 5000, "127.0.0.1"]
)
def test_what_a_visitor_writes_before_the_proxy_changes_nothing(behind, made_up):
    behind(PROXY, "10.0.0.0/8")
    assert asked(PROXY, f"{made_up}, {VISITOR}") == VISITOR
    assert asked(PROXY, f"{made_up}, {VISITOR}, {INNER}") == VISITOR, "two proxies of ours"


def test_what_is_no_address_ends_the_walk_at_the_last_proxy(behind):
    behind(PROXY, INNER)
    assert asked(PROXY, f"{VISITOR}, not an address") == PROXY
    assert asked(PROXY, f"{VISITOR}, nonsense, {INNER}") == INNER
    assert asked(PROXY, "") == asked(PROXY) == PROXY


def test_an_ipv6_visitor_is_one_network_and_a_mapped_address_is_ipv4(behind):
    behind("2001:db8:ffff::/48")
    one, two = (asked("2001:db8:ffff::1", f"[2001:db8:1:2::{end}]:443") for end in ("1", "abcd"))
    assert one == two == "2001:db8:1:2::/64"
    assert asked(f"::ffff:{VISITOR}") == VISITOR


def test_what_is_no_network_is_refused_as_a_setting():
    with pytest.raises(ValidationError):
        Configuration(trusted_proxies=("everybody",))
