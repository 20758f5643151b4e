"""Plain text and Word files: what they must be, and what may not be in them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from rightplace.common.documents.images import made_anew
from rightplace.common.documents.refusing import NotTaken

MOST_PARTS, MOST_BYTES = 2_000, 60 * 1024 * 1024
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MARKUP = re.compile(r"<\s*(!doctype|\?xml|svg|html|script|body|iframe|x:|[a-z]+:)", re.IGNORECASE)
BROKEN = "This Word file cannot be read. Open it, save a copy, and add the copy."
HOSTILE_PARTS = re.compile(
    r"vbaproject|\.bin$|activex|embeddings/|\.(exe|dll|js|vbs|jar|svg|html?)$", re.IGNORECASE
)
OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External[\"']", re.IGNORECASE)
PICTURES = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}


def checked_text(content: bytes) -> bytes:
    """Text in UTF-8 without anything but letters. Raises NotTaken."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTaken(
            "This is no file that can be added: neither PDF, JPEG, PNG or Word, nor text in UTF-8. "
            "Save it as one of these and add that."
        ) from error
    if CONTROL.search(text):
        raise NotTaken("This text holds signs that are no letters. Save it as plain text, or as PDF.")
    if MARKUP.search(text[:4_000]):
        raise NotTaken("This is a web page or a drawing (SVG, HTML or XML). Save it as PDF and add that.")
    return text.encode()


def checked_docx(content: bytes) -> bytes:
    """A Word file without macros or embedded files, its photographs made anew. Raises NotTaken."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            _check_parts(packed, content)
            return _packed_anew(packed)
    except NotTaken:
        raise
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        KeyError,
    ) as error:
        raise NotTaken(BROKEN) from error
    except Exception as error:  # zlib.error and NotImplementedError of strange compressions
        raise NotTaken(BROKEN) from error


def _check_parts(packed: zipfile.ZipFile, content: bytes) -> None:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise NotTaken(
            "This is a packed folder or another Office file. Save what is in it as Word (DOCX) or PDF."
        )
    if (
        len(parts) > MOST_PARTS
        or len(names) != len(parts)
        or sum(part.file_size for part in parts) > MOST_BYTES
    ):
        raise NotTaken("This Word file unpacks to far more than it seems. Save it as PDF and add that.")
    if not content.endswith(b"\0\0") or packed.comment:
        raise NotTaken("Something else is hidden behind this Word file. Save a fresh copy and add that.")
    for part in parts:
        if part.flag_bits & 1:
            raise NotTaken("This Word file has a password. Save a copy without one and add that.")
        if ".." in part.filename or part.filename.startswith(("/", "\\")):
            raise NotTaken(BROKEN)
        if HOSTILE_PARTS.search(part.filename):
            raise NotTaken("This Word file holds macros or other files. Save it as PDF and add that.")


def _packed_anew(packed: zipfile.ZipFile) -> bytes:
    kept, left = BytesIO(), MOST_BYTES
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as fresh:
        for part in packed.infolist():
            if part.is_dir():
                continue
            with packed.open(part) as stream:
                words = stream.read(left + 1)
            left -= len(words)
            if left < 0:
                raise NotTaken(
                    "This Word file unpacks to far more than it seems. Save it as PDF and add that."
                )
            fresh.writestr(part.filename, _plain(part.filename, words))
    return kept.getvalue()


def _plain(name: str, words: bytes) -> bytes:
    lower = name.lower()
    form = next((form for ending, form in PICTURES.items() if lower.endswith(ending)), None)
    if form:
        return made_anew(words, form)
    if lower.endswith((".xml", ".rels")) and b"<!" in words[:2_000] and b"<!DOCTYPE" in words.upper():
        raise NotTaken(BROKEN)
    if lower.endswith(".rels"):
        _refuse_outside(words)
    return words


def _refuse_outside(words: bytes) -> None:
    """Links that a reader clicks are fine; anything that is fetched on opening is not."""
    for line in re.findall(rb"<Relationship\b[^>]*>", words):
        if OUTSIDE.search(line) and b"/hyperlink" not in line:
            raise NotTaken(
                "This Word file fetches something from elsewhere when opened. Save it as PDF and add that."
            )
