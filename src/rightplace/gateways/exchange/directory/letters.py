"""The letters of a file: UTF-8 with or without its mark, UTF-16 with its mark, else Windows' own; and that it is said."""

from __future__ import annotations

import codecs

from rightplace.gateways.exchange.directory.opening import RefusedDirectory

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def text_of(content: bytes, name: str) -> tuple[str, str]:
    """The text, and what is to be said of how it was written; nothing where it is plain UTF-8."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), ""
            except UnicodeDecodeError:
                break
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError as wrong:
        if b"\x00" in content[:4096]:
            raise RefusedDirectory(f"“{name[:80]}” is no text.") from wrong
        said = f"“{name[:80]}” is not in UTF-8: read as Windows-1252."
        return content.decode("cp1252", errors="replace"), said
