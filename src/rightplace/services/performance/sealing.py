"""What is written here lies sealed in the database, bound to its row and its column."""

from __future__ import annotations

from typing import Final

from rightplace.foundation.journal.sealing import FileSeal, seal_of

OBJECTIVES: Final = b"performance objectives"
THANKS: Final = b"performance thanks"
SUPPORT: Final = b"support of staff"
WORDS, HELP, ADJUSTMENTS, ACCOUNT, COMPANION = range(1, 6)


def sealed(of: bytes, row: int, place: int, words: str) -> bytes:
    """The words as they are kept; nothing for nothing."""
    return _seal(of).seal(place, row, words.strip().encode()) if words.strip() else b""


def opened(of: bytes, row: int, place: int, kept: bytes | memoryview) -> str:
    """The words again."""
    return _seal(of).open(place, row, bytes(kept)).decode() if kept else ""


def _seal(of: bytes) -> FileSeal:
    return seal_of(b"rightplace " + of)
