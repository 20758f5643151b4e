"""What somebody reflects on, reviews of a first year, and certificates lie sealed, bound to their row."""

from __future__ import annotations

from typing import Final

from rightplace.foundation.journal.sealing import seal_of

_SALT: Final = b"rightplace learning"
REFLECTION, REVIEW, OWN_WORD, NAME, CONTENT = range(1, 6)


def sealed(place: int, row: int, content: bytes | str) -> bytes:
    """As it is kept; nothing for nothing."""
    plain = content.strip().encode() if isinstance(content, str) else content
    return seal_of(_SALT).seal(place, row, plain) if plain else b""


def opened(place: int, row: int, kept: bytes | memoryview) -> bytes:
    return seal_of(_SALT).open(place, row, bytes(kept)) if kept else b""


def words(place: int, row: int, kept: bytes | memoryview) -> str:
    """The words again."""
    return opened(place, row, kept).decode()
