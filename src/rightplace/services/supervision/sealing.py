"""Sealing what was said: each session has a key of its own, made from its salt; when the salt is gone, so are the words."""

from __future__ import annotations

import secrets
from typing import Final

import msgspec

from rightplace.foundation.journal.sealing import FileSeal

WORDS: Final = 1
DRAFT: Final = 2
REASON: Final = 3
SEEN: Final = 4
Kept = bytes | memoryview
"""What a binary column gives: bytes when it is new, a view of them when it is read."""


def new_salt() -> bytes:
    """What a key is made from."""
    return secrets.token_bytes(16)


def sealed(salt: Kept, row: int, place: int, words: str) -> bytes:
    """Words under the key of their session, bound to the session and to what they are."""
    return FileSeal(bytes(salt)).seal(row, place, words.encode())


def opened(salt: Kept, row: int, place: int, words: Kept) -> str:
    """The words again."""
    return FileSeal(bytes(salt)).open(row, place, bytes(words)).decode()


def sealed_draft(salt: Kept, session: int, fields: dict[str, str]) -> bytes:
    """What somebody is still writing, field by field."""
    return FileSeal(bytes(salt)).seal(session, DRAFT, msgspec.json.encode(fields))


def opened_draft(salt: Kept, session: int, words: Kept) -> dict[str, str]:
    """The fields again."""
    return msgspec.json.decode(FileSeal(bytes(salt)).open(session, DRAFT, bytes(words)), type=dict[str, str])
