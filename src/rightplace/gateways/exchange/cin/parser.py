"""The guarded XML reader: a stream of Header and Child elements, or a refusal that names the line.

Expat from the standard library. Anything that can make a small file large or a reader wander (document types,
entities, deep nesting, endless tags, other encodings, archives) refuses the whole file before a child is taken.
"""

import re
from collections.abc import Callable, Iterator
from pyexpat import ErrorString, ExpatError, ParserCreate, XMLParserType
from pyexpat.errors import codes as error_codes
from typing import Final

CHUNK: Final = 64 * 1024
HEAD: Final = 1024
DEEPEST: Final = 20
LONGEST_TEXT: Final = 10_000
LONGEST_TAG: Final = 256 * 1024
"""One tag, comment or instruction. Expat before 2.6 reads an unfinished one again with every chunk."""
MOST_ATTRIBUTES: Final = 20
MOST_ELEMENTS: Final = 5_000
"""Elements in one child (or header): what a child costs in memory has a ceiling."""
MOST_NAMES: Final = 500
"""Different element names in one file; a census return has about sixty."""

ENCODINGS: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "us-ascii",
    "ascii": "us-ascii",
    "iso-8859-1": "iso-8859-1",
    "latin-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "windows-1252": "windows-1252",
    "cp1252": "windows-1252",
    "utf-16": None,
    "utf-16le": None,
    "utf-16be": None,
}
"""Encodings that are read, and what Expat is told; None leaves it to the byte order mark."""

_ARCHIVES: Final = {
    b"PK": "a zip archive or an Office document",
    b"\x1f\x8b": "packed with gzip",
    b"BZh": "packed with bzip2",
    b"\xfd7zXZ": "packed with xz",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x28\xb5\x2f\xfd": "packed with zstd",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an Office document",
}
_KEPT: Final = {"child": "Child", "header": "Header"}
_DECLARED: Final = re.compile(r"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{0,60})[\"']")
_CUT_OFF: Final = {
    error_codes[text]
    for text in ("no element found", "unclosed token", "partial character", "unclosed CDATA section")
}
_UNKNOWN_ENTITY: Final = error_codes["undefined entity"]
_SAVE_AGAIN: Final = "Export the return again as XML from the system that made it."


class RefusedFile(Exception):
    """The whole file cannot be taken: why, what to do instead, and the line (0: none in particular)."""

    def __init__(self, because: str, instead: str, line: int = 0) -> None:
        super().__init__(f"{because} {instead}")
        self.because = because
        self.instead = instead
        self.line = line


class Node:
    """One element of a header or child, with the line it stands in."""

    __slots__ = ("attributes", "line", "name", "nodes", "stray", "text")

    def __init__(self, name: str, line: int, attributes: bool) -> None:
        self.name = name
        self.line = line
        self.attributes = attributes
        self.nodes: list[Node] = []
        self.text = ""
        self.stray = False
        """Text beside elements, where none belongs."""


class Part:
    """A header or a child as it was found: `under` names the element around it."""

    __slots__ = ("node", "under")

    def __init__(self, node: Node, under: str) -> None:
        self.node = node
        self.under = under


def parts(read_chunk: Callable[[int], bytes], seen: Callable[[bytes], None]) -> Iterator[Part]:
    """Each Header and Child of the file in its order. Raises RefusedFile; holds one chunk's children at a time."""
    chunk = _head(read_chunk)
    walk = _Walk(_encoding(chunk))
    while chunk:
        seen(chunk)
        walk.feed(chunk)
        yield from walk.drain()
        chunk = read_chunk(CHUNK)
    walk.close()
    yield from walk.drain()


def _head(read_chunk: Callable[[int], bytes]) -> bytes:
    """The first kilobyte or more: a stream may give less at once than the first line needs to be understood."""
    head = b""
    while len(head) < HEAD and (chunk := read_chunk(CHUNK)):
        head += chunk
    return head


def _encoding(head: bytes) -> str | None:
    """What Expat is to be told of the encoding. Refuses what is no XML at all, by its first bytes."""
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise RefusedFile("The file is empty.", _SAVE_AGAIN, 1)
    for magic, what in _ARCHIVES.items():
        if head.startswith(magic):
            raise RefusedFile(
                f"This is not XML: it is {what}.", "Unpack it, and import the XML file inside.", 1
            )
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise RefusedFile("The file is in UTF-32, which is not read.", "Save it as UTF-8.", 1)
    wide = "utf-16-le" if head[1:2] == b"\x00" or head.startswith(b"\xff\xfe") else None
    wide = "utf-16-be" if head[:1] == b"\x00" or head.startswith(b"\xfe\xff") else wide
    opening = head[:HEAD].decode(wide or "latin-1", "replace").removeprefix("\ufeff").removeprefix("ï»¿")
    if not opening.lstrip().startswith("<"):
        raise RefusedFile("The file is not XML: it does not begin with a tag.", _SAVE_AGAIN, 1)
    declared = _DECLARED.match(opening)
    name = declared.group(1).strip().lower() if declared else "utf-8"
    if name not in ENCODINGS:
        raise RefusedFile(
            "The file says that it is in an encoding which is not read here.",
            "Save it as UTF-8, UTF-16, ISO-8859-1 or Windows-1252, and name that in its first line.",
            1,
        )
    if wide and ENCODINGS[name]:
        name = "utf-16" if declared is None else name
    return ENCODINGS[name]


class _Walk:
    """Drives Expat over the chunks and builds the element being read, within the limits."""

    def __init__(self, encoding: str | None) -> None:
        self._ready: list[Part] = []
        self._path: list[str] = []
        self._building: list[Node] = []
        self._elements = 0
        self._text: list[str] = []
        self._length = 0
        self._fed = 0
        self._names: dict[str, str] = {}
        self._parser = self._prepared(ParserCreate(encoding))

    def _prepared(self, parser: XMLParserType) -> XMLParserType:
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.ExternalEntityRefHandler = self._doctype
        parser.SkippedEntityHandler = self._doctype
        return parser

    def feed(self, chunk: bytes) -> None:
        self._fed += len(chunk)
        self._parse(chunk, final=False)
        if self._fed - max(self._parser.CurrentByteIndex, 0) > LONGEST_TAG:
            raise self._refused("A single tag or comment is longer than 256 kB.")

    def close(self) -> None:
        self._parse(b"", final=True)

    def drain(self) -> list[Part]:
        """What has been finished since the last call."""
        ready, self._ready = self._ready, []
        return ready

    def _parse(self, chunk: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(chunk, final)
        except ExpatError as error:
            raise self._not_well_formed(error) from None
        except (ValueError, LookupError) as error:  # a codec that Python knows and Expat cannot use
            raise self._refused("The file's encoding cannot be read.") from error

    def _not_well_formed(self, error: ExpatError) -> RefusedFile:
        began = f", inside the child that begins at line {self._building[0].line}" if self._in_child() else ""
        if error.code in _CUT_OFF:
            because = f"The file is cut off: it breaks off at line {error.lineno}{began}."
            return RefusedFile(
                because, "Nothing was taken. Export or copy the file again, whole.", error.lineno
            )
        if error.code == _UNKNOWN_ENTITY:
            return self._doctype_refusal(error.lineno)
        because = f"The file is not well-formed XML at line {error.lineno}{began}: {ErrorString(error.code)}."
        return RefusedFile(because, f"Nothing was taken. {_SAVE_AGAIN}", error.lineno)

    def _in_child(self) -> bool:
        return bool(self._building) and self._building[0].name == "Child"

    def _refused(self, because: str) -> RefusedFile:
        line = self._parser.CurrentLineNumber
        instead = f"A census return has nothing like that: nothing was taken. {_SAVE_AGAIN}"
        return RefusedFile(f"{because} It is at line {line}.", instead, line)

    def _doctype(self, *_: object) -> int:
        raise self._doctype_refusal(self._parser.CurrentLineNumber)

    def _doctype_refusal(self, line: int) -> RefusedFile:
        because = f"The file declares or uses a document type or an entity, at line {line}."
        instead = "Files with these can reach outside themselves: nothing was taken. Export it without."
        return RefusedFile(because, instead, line)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._names.get(tag) or self._new_name(tag)
        if len(self._path) >= DEEPEST:
            raise self._refused(f"Elements are nested more than {DEEPEST} deep.")
        if attributes:
            self._weigh(attributes)
        if not self._path and name.lower() != "message":
            raise RefusedFile(
                "This is XML, but not a children in need census return: it does not begin with Message.",
                "Choose the XML file that was made for the census.",
                self._parser.CurrentLineNumber,
            )
        if self._building:
            self._add(name, attributes)
        elif name.lower() in _KEPT and self._path:
            self._elements = 0
            self._building.append(Node(_KEPT[name.lower()], self._parser.CurrentLineNumber, bool(attributes)))
        self._path.append(name)
        self._text.clear()
        self._length = 0

    def _add(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise self._refused(f"One {self._building[0].name} has more than {MOST_ELEMENTS:,} elements.")
        node = Node(name, self._parser.CurrentLineNumber, bool(attributes))
        around = self._building[-1]
        around.nodes.append(node)
        around.stray = around.stray or bool("".join(self._text).strip())
        self._building.append(node)

    def _new_name(self, tag: str) -> str:
        if len(self._names) >= MOST_NAMES:
            raise self._refused(f"There are more than {MOST_NAMES} different element names.")
        name = tag.rpartition(":")[2]
        self._names[tag] = name
        return name

    def _weigh(self, attributes: dict[str, str]) -> None:
        if len(attributes) > MOST_ATTRIBUTES:
            raise self._refused(f"An element has more than {MOST_ATTRIBUTES} attributes.")
        if any(len(name) + len(value) > LONGEST_TEXT for name, value in attributes.items()):
            raise self._refused(f"An attribute is longer than {LONGEST_TEXT:,} characters.")

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            raise self._refused(f"A text is longer than {LONGEST_TEXT:,} characters.")
        self._text.append(text)

    def _end(self, _: str) -> None:
        self._path.pop()
        if not self._building:
            self._text.clear()
            return
        node = self._building.pop()
        text = "".join(self._text).strip()
        self._text.clear()
        self._length = 0
        if node.nodes:
            node.stray = node.stray or bool(text)
        else:
            node.text = text
        if not self._building:
            self._ready.append(Part(node, self._path[-1]))
