"""What was said in a dispute, sealed: it may speak of a child, and the board's tables must not."""

from __future__ import annotations

from rightplace.foundation.journal.sealing import FileSeal
from rightplace.services.partnership.models import DisputeWord


def sealed(dispute: int, words: str) -> bytes:
    """The words under the dispute's own key."""
    return _seal(dispute).seal(dispute, 0, words.encode())


def opened(word: DisputeWord) -> str:
    """The words again."""
    return _seal(word.dispute_id).open(word.dispute_id, 0, bytes(word.sealed)).decode()


def _seal(dispute: int) -> FileSeal:
    return FileSeal(b"dispute of the partnership %d" % dispute)
