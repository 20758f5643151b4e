"""Builds a ReadChild from a child's element tree, and says when two children of a file are the same."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, Final, TypeVar

import msgspec

from rightplace.gateways.exchange.cin import layouts
from rightplace.gateways.exchange.cin.blocks import Found, Reading
from rightplace.gateways.exchange.cin.children import (
    Assessment,
    CinPlan,
    PreProceedings,
    ProtectionPlan,
    ReadChild,
    Referral,
    Section47,
)
from rightplace.gateways.exchange.cin.findings import Weight
from rightplace.gateways.exchange.cin.parser import Node

LONGEST_KEPT: Final = 100
"""Longer numbers are refused by a rule, and are not held in memory to be compared."""

M = TypeVar("M", bound=msgspec.Struct)


def child_from(node: Node, number: int, year: int) -> ReadChild:
    """The child that an element tree tells of, with what did not fit the layout of its year."""
    reading = Reading(year)
    found = reading.block(node, layouts.CHILD)
    identity = _one(found, "identifiers", reading) | _one(found, "characteristics", reading)
    sex, written = identity.pop("sex", ("", ""))
    return ReadChild(
        number=number,
        line=node.line,
        sex=sex,
        sex_as_written=written,
        referrals=tuple(_referral(line, each) for line, each in _modules(found, "referrals")),
        findings=tuple(reading.findings),
        **identity,
    )


def _one(found: Found, key: str, reading: Reading) -> dict[str, Any]:
    blocks = list(_modules(found, key))
    if len(blocks) > 1:
        sentence = f"The child's {key} are given more than once; the first were taken."
        reading.find("given_twice", Weight.DOUBT, sentence, blocks[1][0], "child")
    return blocks[0][1] if blocks else {}


def _modules(found: Found, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    modules = found.get(key, [])
    assert isinstance(modules, list)
    yield from modules


def _referral(line: int, found: dict[str, Any]) -> Referral:
    return Referral(
        line=line,
        **found
        | {
            "assessments": _all(Assessment, found, "assessments"),
            "cin_plans": _all(CinPlan, found, "cin_plans"),
            "section47s": _all(Section47, found, "section47s"),
            "protection_plans": _all(ProtectionPlan, found, "protection_plans"),
            "pre_proceedings": _all(PreProceedings, found, "pre_proceedings"),
        },
    )


def _all(kind: type[M], found: dict[str, Any], key: str) -> tuple[M, ...]:
    return tuple(kind(line=line, **values) for line, values in found.get(key, ()))


def fingerprint(node: Node) -> bytes:
    """Equal for two elements that say the same, wherever they stand and however they are spaced."""
    digest = blake2b(digest_size=16)
    _weave(node, digest.update)
    return digest.digest()


def _weave(node: Node, update: Any) -> None:
    update(f"<{node.name}\x1f{node.text}".encode())
    for inner in node.nodes:
        _weave(inner, update)
    update(b">")


def names_of(node: Node) -> tuple[str, str]:
    """The child's number and unique pupil number, as the reader takes them."""
    for inner in node.nodes:
        if inner.name.lower() == "childidentifiers":
            return _text(inner, "lachildid"), _text(inner, "upn").upper()
    return "", ""


def _text(node: Node, name: str) -> str:
    text = next((each.text for each in node.nodes if each.name.lower() == name and each.text), "")
    return text if len(text) <= LONGEST_KEPT else ""
