"""Reads what a statement's PDF and spreadsheet say, without the libraries that wrote them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.S)
STREAM = re.compile(rb"stream\n(.*)\nendstream", re.S)
DRAWN = re.compile(rb"/F(\d+) [\d.]+ Tf|\(((?:[^\\()]|\\.)*)\) Tj", re.S)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pdf_text(body: bytes) -> str:
    """Every piece of text that the PDF draws, in the letters that its fonts say."""
    objects = {int(number): held for number, held in OBJECT.findall(body)}
    fonts = {}
    for held in objects.values():
        for name, at in re.findall(rb"/F(\d+) (\d+) 0 R", held):
            letters = re.search(rb"/ToUnicode (\d+) 0 R", objects[int(at)])
            assert letters, "a font that does not say its letters"
            fonts[int(name)] = _letters(_stream(objects[int(letters[1])]))
    return "\n".join(text for held in objects.values() for text in _drawn(_stream(held), fonts))


def _stream(held: bytes) -> bytes:
    found = STREAM.search(held)
    if not found:
        return b""
    return zlib.decompress(found[1]) if b"/FlateDecode" in held[: found.start()] else found[1]


def _letters(said: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", said)
    return {int(glyph, 16): bytes.fromhex(to.decode()).decode("utf-16-be") for glyph, to in pairs}


def _drawn(stream: bytes, fonts: dict[int, dict[int, str]]) -> list[str]:
    if b" Tf" not in stream:
        return []
    found, font = [], {}
    for name, text in DRAWN.findall(stream):
        if name:
            font = fonts[int(name)]
            continue
        glyphs = re.sub(rb"\\(.)", lambda each: ESCAPED.get(each[1], each[1]), text, flags=re.S)
        found.append("".join(font[int.from_bytes(glyphs[at : at + 2])] for at in range(0, len(glyphs), 2)))
    return found


def sheet_cells(body: bytes) -> list[str]:
    """Every cell of the spreadsheet, figures as they are kept."""
    names = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        strings = [
            "".join(part.itertext())
            for part in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).findall("m:si", names)
        ]
        cells = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).findall(".//m:c", names)
        assert not any(cell.find("m:f", names) is not None for cell in cells)
        values = [(cell.get("t"), cell.findtext("m:v", None, names)) for cell in cells]
    return [strings[int(v)] if t == "s" else v for t, v in values if v is not None]


def unzipped(body: bytes) -> list[str]:
    """Every part of a spreadsheet as text."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
