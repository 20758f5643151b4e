"""What is taken as an attachment, by what it is. What is not surely one of six kinds is refused with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rightplace.common.documents.refusing import NotTaken
from rightplace.common.documents.uploads import LARGEST

MEGABYTE = 1024 * 1024
KINDS = "PDF, JPEG, PNG, HEIC, Word (DOCX) and plain text"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of attachment: its ending when it is saved, and how it is named to people."""

    ending: str
    words: str
    media: str


PDF = Kind("pdf", "PDF", "application/pdf")
JPEG = Kind("jpg", "photograph", "image/jpeg")
PNG = Kind("png", "picture", "image/png")
DOCX = Kind("docx", "Word file", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
TEXT = Kind("txt", "plain text", "text/plain; charset=utf-8")
BY_ENDING = {kind.ending: kind for kind in (PDF, JPEG, PNG, DOCX, TEXT)}


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in: its kind, and its bytes as they are kept."""

    kind: Kind
    content: bytes


def take(content: bytes, size: int | None = None) -> Taken:
    """What is kept of an upload. Raises NotTaken with a sentence that says why, and what would be taken."""
    size = len(content) if size is None else size
    if size == 0:
        raise NotTaken("This file is empty. Choose it again, or open it to see whether anything is in it.")
    if size > LARGEST:
        raise NotTaken(
            f"This file has {size / MEGABYTE:.1f} MB; {LARGEST // MEGABYTE} MB is the most. Send a smaller copy."
        )
    if len(content) != size:
        raise NotTaken("These files are too large to be sent together. Add them one after the other.")
    for begins, how in BEGINNINGS:
        if content.startswith(begins):
            return how(content)
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return _heic(content)
    _refuse_known(content)
    return _text(content)


def _pdf(content: bytes) -> Taken:
    from rightplace.common.documents.portable import checked_pdf

    return Taken(PDF, checked_pdf(content))


def _jpeg(content: bytes) -> Taken:
    from rightplace.common.documents.images import made_anew

    return Taken(JPEG, made_anew(content, "JPEG"))


def _heic(content: bytes) -> Taken:
    """A telephone's photograph, kept as JPEG: everybody can open that."""
    from rightplace.common.documents.images import made_anew

    return Taken(JPEG, made_anew(content, "HEIF"))


def _png(content: bytes) -> Taken:
    from rightplace.common.documents.images import made_anew

    return Taken(PNG, made_anew(content, "PNG"))


def _docx(content: bytes) -> Taken:
    from rightplace.common.documents.words import checked_docx

    return Taken(DOCX, checked_docx(content))


def _text(content: bytes) -> Taken:
    from rightplace.common.documents.words import checked_text

    return Taken(TEXT, checked_text(content))


BEGINNINGS: tuple[tuple[bytes, Callable[[bytes], Taken]], ...] = (
    (b"%PDF-", _pdf),
    (b"\xff\xd8\xff", _jpeg),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"PK\x03\x04", _docx),
)

HEIC_BRANDS = (b"heic", b"heix", b"mif1", b"heim", b"heis")


def _refuse_known(content: bytes) -> None:
    """Say of a known kind that is not taken what it is, since that helps more than a list."""
    if content.startswith((b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")) or content[4:8] == b"ftyp":
        raise NotTaken(
            f"Pictures are taken as JPEG, PNG or HEIC only, and no films or sounds. {KINDS} can be added."
        )
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotTaken("This is an old Word or Office file. Save it as DOCX or PDF and add that.")
    if content.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")):
        raise NotTaken(f"This is a program, not a document. {KINDS} can be added.")
