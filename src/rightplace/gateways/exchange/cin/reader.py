"""Reads a return twice: once whole, to know that it is sound and who is in it; then child by child.

The first pass refuses a broken or hostile file before anything is taken, and finds children given twice.
The second yields each child with all that was found, and holds only a few at a time.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import msgspec

from rightplace.gateways.exchange.cin import building, parser
from rightplace.gateways.exchange.cin.account import Account
from rightplace.gateways.exchange.cin.children import ReadChild
from rightplace.gateways.exchange.cin.doubts import Around, examine
from rightplace.gateways.exchange.cin.findings import Finding, Weight
from rightplace.gateways.exchange.cin.headers import Header, header_from
from rightplace.gateways.exchange.cin.parser import Part, RefusedFile

IN_MEMORY: Final = 8 * 1024 * 1024
"""A stream that cannot be read twice is kept: in memory up to here, then in a file that goes by itself."""

Source = str | os.PathLike[str] | IO[bytes]


class _Seen(msgspec.Struct):
    """Where a number first stood, what that child said, and where it came again saying something else."""

    number: int
    line: int
    fingerprint: bytes
    differs_at: tuple[int, int] | None = None


def read(source: Source) -> "CinReturn":
    """The return in a file or a stream of bytes. Raises RefusedFile when the file as a whole cannot be taken."""
    return CinReturn(source)


class CinReturn:
    """A children in need census return that is sound as a file.

    `header` may say little; `findings` are about the return as a whole; `children()` may be asked more than once.
    """

    def __init__(self, source: Source) -> None:
        self._source = _twice_readable(source)
        self._start = 0 if isinstance(self._source, Path) else self._source.tell()
        self._by_id: dict[str, _Seen] = {}
        self._by_upn: dict[str, tuple[int, int]] = {}
        self._findings: list[Finding] = []
        self.count = 0
        self.digest = ""
        self.header = Header()
        self._survey()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is odd about the return as a whole."""
        return tuple(self._findings)

    def children(self) -> Iterator[ReadChild]:
        """Each child of the file in its order, also those who are refused, with everything found about them."""
        around = Around(self.header.census_year, self.header.first_day, self.header.last_day)
        number = 0
        digest = hashlib.sha256()
        for part in self._parts(digest):
            if part.node.name == "Child":
                number += 1
                child = building.child_from(part.node, number, around.year)
                yield examine(child, around, self._repeats(child, part))
        if digest.hexdigest() != self.digest:
            raise RefusedFile(
                "The file changed while it was being read.", "Import it again when nothing writes to it.", 0
            )

    def account(self) -> Account:
        """The tally of the whole return, as a dry run would show it."""
        account = Account()
        for child in self.children():
            account.add(child)
        return account

    def _survey(self) -> None:
        """The first pass: is the file whole, is it this census, who is in it."""
        digest = hashlib.sha256()
        header = None
        for part in self._parts(digest):
            if part.node.name == "Child":
                self._register(part)
            elif header is None:
                header = part.node
            else:
                self._note("header_twice", "The return has more than one header; the first was read.", part)
        self.digest = digest.hexdigest()
        self.header, odd = header_from(header)
        self._findings[:0] = odd
        if not self.count:
            raise RefusedFile(
                "There is no child in this file.", "Check that the return was exported with its children.", 1
            )

    def _register(self, part: Part) -> None:
        self.count += 1
        if part.under.lower() != "children":
            self._note("child_elsewhere", "A child stands outside the element Children; it was read.", part)
        la_child_id, upn = building.names_of(part.node)
        if upn:
            self._by_upn.setdefault(upn, (self.count, part.node.line))
        if la_child_id:
            fingerprint = building.fingerprint(part.node)
            first = self._by_id.setdefault(la_child_id, _Seen(self.count, part.node.line, fingerprint))
            if first.number != self.count and first.fingerprint != fingerprint:
                first.differs_at = first.differs_at or (self.count, part.node.line)

    def _repeats(self, child: ReadChild, part: Part) -> list[Finding]:
        """What the child has in common with others of the file.

        The first child of a number is taken. Any later one is refused with the first one's line, the same or not:
        joining two accounts of a child, or choosing between them, is for a person. The first carries the doubt.
        """
        seen = self._by_id.get(child.la_child_id)
        if seen and seen.number != child.number:
            same = (
                "word for word"
                if seen.fingerprint == building.fingerprint(part.node)
                else "with other content"
            )
            because = (
                f"The same child appears at {_place(seen.number, seen.line)}, {same}; that one was taken."
            )
            return [Finding("same_child", Weight.REFUSED, because, child.line, "child", "8510")]
        found = []
        if seen and seen.differs_at:
            again = _place(*seen.differs_at)
            because = f"The same number is used again at {again} with other content, which was refused."
            found.append(Finding("number_used_twice", Weight.DOUBT, because, child.line, "child", "8510"))
        first = self._by_upn.get(child.upn)
        if first and first[0] != child.number:
            because = f"The child at {_place(*first)} has the same unique pupil number."
            found.append(Finding("upn_twice", Weight.DOUBT, because, child.line, "child", "1520"))
        return found

    def _note(self, code: str, sentence: str, part: Part) -> None:
        if all(found.code != code for found in self._findings):
            self._findings.append(Finding(code, Weight.NOTE, sentence, part.node.line, "return"))

    def _parts(self, digest: "hashlib._Hash") -> Iterator[Part]:
        with self._opened() as stream:
            yield from parser.parts(stream.read, digest.update)

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        if isinstance(self._source, Path):
            try:
                stream = self._source.open("rb")
            except OSError as error:
                raise RefusedFile(
                    f"The file cannot be opened ({error.strerror}).", "Check its name and its permissions.", 0
                ) from None
            with stream:
                yield stream
        else:
            self._source.seek(self._start)
            yield self._source


def _place(number: int, line: int) -> str:
    return f"line {line} (child {number:,} of the file)"


def _twice_readable(source: Source) -> Path | IO[bytes]:
    if isinstance(source, str | os.PathLike):
        return Path(source)
    if source.seekable():
        return source
    kept = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (lives as long as the return)
    for chunk in iter(lambda: source.read(parser.CHUNK), b""):
        kept.write(chunk)
    kept.seek(0)
    return kept
