"""Sealing what a signal says, with a key of the signal's own, and the keyed hashes by which signals meet."""

from __future__ import annotations

import hmac
import secrets
from functools import lru_cache

import msgspec

from rightplace.foundation.journal.sealing import FileSeal, derived
from rightplace.services.signals.rows import Given

_WORDS = 1
"""The place of an author's own words in the seal of a family; a signal's place is its own number."""
_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(Given)


def new_salt() -> bytes:
    """What a signal's or a family's key is made from; when it is gone, nobody opens what it sealed."""
    return secrets.token_bytes(16)


@lru_cache(maxsize=1)
def _meeting_key() -> bytes:
    return derived("rightplace signals that meet")


@lru_cache(maxsize=1)
def _sameness_key() -> bytes:
    return derived("rightplace signals sent again")


def hashed(key: str) -> bytes:
    """A blocking key as it is stored."""
    return hmac.digest(_meeting_key(), key.encode(), "sha256")[:16]


def body_bytes(given: Given) -> bytes:
    """What was given, in one way of writing."""
    return _ENCODER.encode(given)


def body_mac(body: bytes) -> bytes:
    """By which the same signal is known again without being read."""
    return hmac.digest(_sameness_key(), body, "sha256")[:16]


def seal(number: int, salt: bytes, body: bytes) -> bytes:
    """What a signal says, sealed."""
    return FileSeal(salt).seal(number, number, body)


def opened(number: int, salt: bytes, sealed: bytes) -> Given:
    """What a signal says."""
    return _DECODER.decode(FileSeal(salt).open(number, number, sealed))


def seal_words(family: int, salt: bytes, words: str) -> bytes | None:
    """An author's words about a family, sealed with the family's key; nothing for no words."""
    return FileSeal(salt).seal(family, _WORDS, words.encode()) if words else None


def words_of(family: int, salt: bytes, sealed: bytes) -> str:
    """An author's words about a family."""
    return FileSeal(salt).open(family, _WORDS, sealed).decode()
