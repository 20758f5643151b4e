"""What a candidate gave and what staff said, sealed with a key of each row's own; without its salt nobody opens it."""

from __future__ import annotations

import secrets
from typing import Final

import msgspec

from rightplace.foundation.journal.sealing import FileSeal

GIVEN, REASONS, SAID, QUOTED = 1, 2, 3, 4
AREA: Final = 4_004
_ENCODER: Final = msgspec.json.Encoder(order="deterministic")


class Given(msgspec.Struct, frozen=True):
    """What is needed of a candidate, and no more."""

    name: str
    contact: str = ""


class Said(msgspec.Struct, frozen=True):
    """What somebody answered, question by question, and the sentence that may be quoted, if any."""

    answers: tuple[tuple[str, str], ...]
    quote: str = ""


def new_salt() -> bytes:
    return secrets.token_bytes(16)


def sealed(salt: bytes, place: int, what: msgspec.Struct | str) -> bytes:
    """Sealed under this salt; the place keeps one kind of words from standing for another."""
    return FileSeal(bytes(salt)).seal(AREA, place, _ENCODER.encode(what))


def given(salt: bytes, words: bytes) -> Given:
    return msgspec.json.decode(FileSeal(bytes(salt)).open(AREA, GIVEN, bytes(words)), type=Given)


def said(salt: bytes, words: bytes) -> Said:
    return msgspec.json.decode(FileSeal(bytes(salt)).open(AREA, SAID, bytes(words)), type=Said)


def text(salt: bytes, place: int, words: bytes) -> str:
    return msgspec.json.decode(FileSeal(bytes(salt)).open(AREA, place, bytes(words)), type=str)
