"""Reads the national list of schools (Get Information About Schools, all establishments, as CSV): pure, row by row.

Each row is either a school of the authority, one of another authority, or refused with its line and the reason.
Column names are those of the published list; how the codes are read is said here once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.organisation.models import School
from rightplace.foundation.organisation.places.places import normalise_postcode

URN, AUTHORITY, NUMBER, NAME = "URN", "LA (code)", "EstablishmentNumber", "EstablishmentName"
KIND, PHASE, STATUS = "TypeOfEstablishment (name)", "PhaseOfEducation (name)", "EstablishmentStatus (name)"
OPENED, CLOSED, WHY_CLOSED = "OpenDate", "CloseDate", "ReasonEstablishmentClosed (name)"
YOUNGEST, OLDEST, PUPILS, MEALS = "StatutoryLowAge", "StatutoryHighAge", "NumberOfPupils", "PercentageFSM"
POSTCODE, PHONE = "Postcode", "TelephoneNum"
NEEDED = (URN, AUTHORITY, NAME, PHASE, STATUS, POSTCODE)
"""Without these columns it is not that list. The others may be missing: then what they say is not known."""
READ = (*NEEDED, NUMBER, KIND, OPENED, CLOSED, WHY_CLOSED, YOUNGEST, OLDEST, PUPILS, MEALS, PHONE)

PHASES = {
    "nursery": School.Phase.NURSERY,
    "primary": School.Phase.PRIMARY,
    "middle deemed primary": School.Phase.PRIMARY,
    "secondary": School.Phase.SECONDARY,
    "middle deemed secondary": School.Phase.SECONDARY,
    "16 plus": School.Phase.COLLEGE,
    "all-through": School.Phase.ALL_THROUGH,
}
OPEN, PROPOSED_TO_CLOSE, SHUT, PROPOSED = "open", "open, but proposed to close", "closed", "proposed to open"
MOST_BYTES = 120_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One school as the list says."""

    line: int
    urn: int
    authority: str
    number: str
    name: str
    kind: str
    phase: str
    postcode: str
    phone: str = ""
    is_open: bool = True
    opened: date | None = None
    closed: date | None = None
    why_closed: str = ""
    youngest: int | None = None
    oldest: int | None = None
    pupils: int | None = None
    free_meals: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row that is not taken: its line, the number that it gives, and why."""

    line: int
    urn: str
    because: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A row of another authority."""

    line: int


def text_of(content: bytes) -> str:
    """The list as text: UTF-8 where it is that, else Windows-1252, which the published list is in."""
    if len(content) > MOST_BYTES:
        raise Refused(
            "The file is larger than the whole national list.", "Send the list as it was published."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def rows_of(text: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line, every value trimmed. Refused where a column that is needed is missing."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in needed if name not in names]
    if missing:
        raise Refused(
            f"The file has no column {missing[0]}.",
            f"Send a CSV whose first line names its columns: {', '.join(needed)}.",
        )
    reader.fieldnames = names
    for row in reader:
        yield reader.line_num, {name: (row.get(name) or "").strip() for name in names}


def read(text: str, authority: str) -> Iterator[Listed | NotTaken | Elsewhere]:
    """Every row of the list, in its order."""
    seen: dict[int, int] = {}
    for line, row in rows_of(text, NEEDED):
        if not any(row.values()):
            continue
        if row[AUTHORITY].zfill(3) != authority.zfill(3):
            yield Elsewhere(line)
            continue
        found = _listed(line, row)
        if isinstance(found, Listed) and found.urn in seen:
            found = NotTaken(line, row[URN], f"the number stands on line {seen[found.urn]} already")
        if isinstance(found, Listed):
            seen[found.urn] = line
        yield found


def _listed(line: int, row: dict[str, str]) -> Listed | NotTaken:
    try:
        return _school(line, row)
    except ValueError as why:
        return NotTaken(line, row[URN][:12], str(why))


def _school(line: int, row: dict[str, str]) -> Listed:
    if not row[URN].isdigit() or not 99_999 < int(row[URN]) < 1_000_000:
        raise ValueError(f"“{row[URN][:12]}” is not the number of a school: it has six figures")
    if not row[NAME]:
        raise ValueError("it has no name")
    status = row[STATUS].lower()
    if status not in (OPEN, PROPOSED_TO_CLOSE, SHUT, PROPOSED):
        raise ValueError(f"“{row[STATUS][:40]}” is no status that is known here")
    if status == PROPOSED:
        raise ValueError("it is proposed, and not open yet")
    postcode = normalise_postcode(row[POSTCODE])
    if not postcode:
        raise ValueError(f"“{row[POSTCODE][:12]}” is not a postcode")
    return Listed(
        line=line, urn=int(row[URN]), authority=row[AUTHORITY].zfill(3), number=row.get(NUMBER, "")[:4],
        name=row[NAME][:120], kind=row.get(KIND, "")[:80], phase=_phase(row), postcode=postcode,
        phone=row.get(PHONE, "")[:30], is_open=status != SHUT, opened=_day(row, OPENED), closed=_day(row, CLOSED),
        why_closed=row.get(WHY_CLOSED, "")[:80], youngest=_number(row, YOUNGEST), oldest=_number(row, OLDEST),
        pupils=_number(row, PUPILS), free_meals=_share(row, MEALS),
    )  # fmt: skip


def _phase(row: dict[str, str]) -> str:
    """The phase; a special school is one whatever its phase, and without a phase the ages say."""
    if "special" in row.get(KIND, "").lower():
        return School.Phase.SPECIAL.value
    found = PHASES.get(row[PHASE].lower())
    if found is not None:
        return found.value
    oldest = _number(row, OLDEST)
    if oldest is None:
        raise ValueError(f"“{row[PHASE][:40]}” is no phase that is known here, and its ages are not given")
    if oldest <= 5:
        return School.Phase.NURSERY.value
    youngest = _number(row, YOUNGEST) or 0
    if youngest >= 16:
        return School.Phase.COLLEGE.value
    if oldest <= 12:
        return School.Phase.PRIMARY.value
    return (School.Phase.SECONDARY if youngest >= 7 else School.Phase.ALL_THROUGH).value


def _day(row: dict[str, str], name: str) -> date | None:
    said = row.get(name, "")
    if not said:
        return None
    for shape in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(said, shape).date()  # noqa: DTZ007  (a day, at no time of it)
        except ValueError:
            continue
    raise ValueError(f"“{said[:12]}” is no day ({name})")


def _number(row: dict[str, str], name: str) -> int | None:
    said = row.get(name, "").replace(",", "")
    if not said:
        return None
    if not said.isdigit() or int(said) > 100_000:
        raise ValueError(f"“{said[:12]}” is no count ({name})")
    return int(said)


def _share(row: dict[str, str], name: str) -> Decimal | None:
    said = row.get(name, "").rstrip("%")
    if not said:
        return None
    try:
        found = Decimal(said).quantize(Decimal("0.1"))
    except InvalidOperation:
        raise ValueError(f"“{said[:12]}” is no percentage ({name})") from None
    if not 0 <= found <= 100:
        raise ValueError(f"“{said[:12]}” is no percentage ({name})")
    return found
