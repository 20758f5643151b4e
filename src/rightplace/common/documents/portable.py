"""PDF: taken when it begins and ends as one, and does nothing by itself when it is opened."""

from __future__ import annotations

import re
import zlib

from rightplace.common.documents.refusing import NotTaken
from rightplace.common.documents.tellings import BEGINS, silenced

MOST_BYTES = 80 * 1024 * 1024
"""Of all streams unpacked: a drawing of a page is far smaller, a bomb is larger."""
ONE_STREAM = 40 * 1024 * 1024

BROKEN = "This PDF is not whole, or something else is hidden in it. Print it to a new PDF and add that."
HOSTILE = "This PDF holds a program or other files. Print it to a new PDF and add that."
LOCKED = "This PDF has a password. Save a copy without one and add that."
TELLS = (
    "A photograph in this PDF tells where it was taken. Print it to a new PDF, or add the photograph itself."
)
ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
ACTS = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|RichMedia|XFA|SubmitForm|ImportData)\b"
)
PACKED = re.compile(rb"stream\r?\n")


def checked_pdf(content: bytes) -> bytes:
    """The same bytes, when nothing is wrong with them, but for what photographs tell beside their dots.

    Raises NotTaken.
    """
    if b"%%EOF" not in content[-1_024:]:
        raise NotTaken(BROKEN)
    if content.rfind(b"PK\x05\x06") > content.rfind(b"%%EOF") or b"PK\x03\x04" in content[:1_024]:
        raise NotTaken(BROKEN)
    if re.search(rb"/Encrypt\b", content):
        raise NotTaken(LOCKED)
    _refuse_acts(content)
    kept, left = bytearray(content), MOST_BYTES
    for start in PACKED.finditer(content):
        unpacked = _unpacked(content[start.end() :], min(left, ONE_STREAM))
        left -= len(unpacked)
        if left <= 0:
            raise NotTaken("This PDF unpacks to far more than it seems. Print it to a new PDF and add that.")
        if b"/" in unpacked:
            _refuse_acts(unpacked)
        _silence(kept, start.end(), unpacked)
    if b"exif:GPS" in content:
        raise NotTaken(TELLS)
    return bytes(kept)


def _silence(kept: bytearray, begins: int, unpacked: bytes) -> None:
    """A photograph tells no place and no camera; one that is packed once more cannot be silenced where it stands."""
    if kept.startswith(BEGINS, begins):
        silenced(kept, begins)
    elif b"exif:GPS" in unpacked or (unpacked.startswith(BEGINS) and silenced(bytearray(unpacked), 0)):
        raise NotTaken(TELLS)


def _refuse_acts(words: bytes) -> None:
    plain = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), words)
    if ACTS.search(plain):
        raise NotTaken(HOSTILE)


def _unpacked(words: bytes, most: int) -> bytes:
    """A stream as far as it can be unpacked; one of another packing gives nothing."""
    try:
        return zlib.decompressobj().decompress(words, most)
    except zlib.error:
        return b""
