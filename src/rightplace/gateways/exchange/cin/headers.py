"""The header of a return: whose it is, of which year, made when and by what software."""

from datetime import date, datetime
from typing import Any, Final

import msgspec

from rightplace.gateways.exchange.cin import layouts
from rightplace.gateways.exchange.cin.blocks import Found, Reading
from rightplace.gateways.exchange.cin.findings import Finding, Weight
from rightplace.gateways.exchange.cin.parser import Node, RefusedFile

LONGEST: Final = 200
"""What is kept of a text in the header."""


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What the return says of itself; whatever is missing is empty, and never a reason to refuse the file."""

    line: int = 0
    collection: str = ""
    year: int = 0
    reference_date: date | None = None
    source_level: str = ""
    lea: str = ""
    software: str = ""
    release: str = ""
    serial: str = ""
    made: datetime | None = None

    @property
    def census_year(self) -> int:
        """The year of the collection, else that of the reference date; 0 when the file does not say."""
        return self.year or (self.reference_date.year if self.reference_date else 0)

    @property
    def last_day(self) -> date | None:
        """The day up to which the return tells: its reference date, else 31 March of its year."""
        if self.reference_date:
            return self.reference_date
        return date(self.year, 3, 31) if self.year else None

    @property
    def first_day(self) -> date | None:
        """The first day of the year that the return tells of."""
        return date(self.census_year - 1, 4, 1) if self.census_year else None


def header_from(node: Node | None) -> tuple[Header, tuple[Finding, ...]]:
    """The header, and what is odd about it. A return of another collection is refused."""
    if node is None:
        missing = Finding("no_header", Weight.DOUBT, "The return has no header.", 1, "return", "100")
        return Header(), (missing,)
    reading = Reading(0)
    found = reading.block(node, layouts.HEADER, "return")
    collection = _first(found, "collections", reading, node.line)
    source = _first(found, "sources", reading, node.line)
    collection["year"] = _year(collection.get("year"), reading, node.line)
    written: dict[str, Any] = collection | source
    header = Header(line=node.line, **{key: _short(value) for key, value in written.items()})
    if header.collection and header.collection.upper() != "CIN":
        raise RefusedFile(
            "This is the return of another collection, not the children in need census.",
            "Choose the file whose Collection is CIN.",
            node.line,
        )
    _look_over(header, reading)
    return header, tuple(reading.findings)


def _short(value: Any) -> Any:
    return value[:LONGEST] if isinstance(value, str) else value


def _first(found: Found, key: str, reading: Reading, line: int) -> Found:
    blocks = found.get(key, [])
    assert isinstance(blocks, list)
    if len(blocks) > 1:
        sentence = f"The header has more than one group of {key}; the first was read."
        reading.find("header_twice", Weight.NOTE, sentence, line, "return")
    return dict(blocks[0][1]) if blocks else {}


def _year(value: object, reading: Reading, line: int) -> int:
    if isinstance(value, int) and 2000 <= value <= 2100:
        return value
    sentence = "The header does not say of which year the return is."
    reading.find("no_year", Weight.DOUBT, sentence, line, "return", "100")
    return 0


def _look_over(header: Header, reading: Reading) -> None:
    def doubt(code: str, sentence: str, weight: Weight = Weight.DOUBT) -> None:
        reading.find(code, weight, sentence, header.line, "return", "100" if "date" in code else "")

    if not header.collection:
        doubt("no_collection", "The header does not name the collection; it was read as CIN.")
    if not header.reference_date:
        doubt("no_reference_date", "The header has no reference date; 31 March of its year was taken.")
    elif header.year and header.reference_date.year != header.year:
        doubt(
            "year_and_date_differ",
            "The header's year and its reference date do not agree; the year was taken.",
        )
    if not (len(header.lea) == 3 and header.lea.isascii() and header.lea.isdigit()):
        doubt("no_authority", "The header has no authority's number of three digits.")
    if header.census_year and not layouts.FIRST_YEAR <= header.census_year <= layouts.LAST_YEAR:
        sentence = "The layout of this year is not known here; the nearest known one was used."
        doubt("unknown_layout", sentence, Weight.NOTE)
