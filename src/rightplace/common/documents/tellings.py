"""What a photograph tells beside its dots, where, when and with which camera, overwritten where it stands.

For photographs inside a PDF, which may not change their length: every number in the PDF counts bytes.
"""

from __future__ import annotations

BEGINS = b"\xff\xd8\xff"
DOTS = 0xDA
ALONE = {0x01, *range(0xD0, 0xD9)}
"""Markers that stand without a length."""
KEPT = (b"JFIF", b"ICC_PROFILE", b"Adobe")
"""What a reader needs to show the colours as they are."""


def silenced(content: bytearray, begins: int) -> int:
    """Overwrite what the JPEG that begins here tells beside its dots. Returns how many bytes told something."""
    place, told = begins + 2, 0
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker in ALONE or marker == 0xFF:
            place += 1 if marker == 0xFF else 2
            continue
        if marker == DOTS:
            break
        ends = min(place + 2 + int.from_bytes(content[place + 2 : place + 4], "big"), len(content))
        said = content[place + 4 : ends]
        if (0xE0 <= marker <= 0xEF or marker == 0xFE) and not said.startswith(KEPT) and any(said):
            content[place + 4 : ends] = bytes(len(said))
            told += len(said)
        place = max(ends, place + 2)
    return told
