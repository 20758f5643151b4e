"""Code lists with their years: what a code means, and whether a year's return takes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from rightplace.domain.practice.packfiles import PackRefused, Table, read_pack

LISTS: Final = Path(__file__).with_name("lists")
EARLIEST, LATEST = 0, 9999


@dataclass(frozen=True)
class Code:
    """One code with one label, for the collection years in which that label was used."""

    code: str
    label: str
    from_year: int | None
    to_year: int | None
    source: str
    checked: bool = True
    """False: the code was seen in a schema, but nobody has read what it means."""

    def holds_in(self, year: int) -> bool:
        return (self.from_year or EARLIEST) <= year <= (self.to_year or LATEST)


@dataclass(frozen=True)
class CodeList:
    """The codes of one field, in the order in which a form offers them."""

    id: str
    title: str
    source: str
    codes: tuple[Code, ...]

    def __contains__(self, code: object) -> bool:
        return any(each.code == code for each in self.codes)

    def in_year(self, year: int) -> tuple[Code, ...]:
        """What a form offers, and a return takes, in a collection year."""
        return tuple(each for each in self.codes if each.holds_in(year))

    def find(self, code: str, year: int) -> Code | None:
        """The code as it stood in a year; outside its years, as it stood nearest to it; None if never known."""
        same = [each for each in self.codes if each.code == code]
        return min(same, key=lambda each: _distance(each, year), default=None)


def _distance(code: Code, year: int) -> int:
    return max((code.from_year or EARLIEST) - year, year - (code.to_year or LATEST), 0)


def collection_year(day: int | date) -> int:
    """The year that names a return: the one in which its year of collection ends, on 31 March."""
    when = day if isinstance(day, date) else date.fromordinal(day)
    return when.year + (when.month > 3)


@cache
def code_lists() -> dict[str, CodeList]:
    """Every list that is shipped, by its id."""
    return load_code_lists(LISTS)


def code_list(name: str) -> CodeList:
    return code_lists()[name]


@lru_cache(maxsize=8192)
def valid(name: str, code: str, year: int) -> bool:
    """Whether a collection year's return takes this code."""
    found = code_list(name).find(code, year)
    return found is not None and found.holds_in(year)


@lru_cache(maxsize=8192)
def known(name: str, code: str) -> bool:
    """Whether the code was ever part of the list, in any year."""
    return code in code_list(name)


def label(name: str, code: str, on: int | date) -> str:
    """What a code meant on a day; a code that nobody knows is shown as it came (promise 4)."""
    found = code_list(name).find(code, collection_year(on))
    return found.label if found else f"Code {code} (not known)"


_FROM_GENDER: Final = {"1": "M", "2": "F", "9": "U", "0": "U"}
_TO_GENDER: Final = {"M": "1", "F": "2", "U": "9"}
_SEX_SINCE: Final = 2025


def sex_in_layout_of(year: int, code: str) -> str:
    """A sex code of either layout in the one that a collection year uses; "" when there is none for it.

    Until 2024 the census asked for a current gender (0, 1, 2, 9), since 2025 for sex (M, F, U). Going forward
    *not yet born* becomes *unknown*, which is what the newer layout has for it.
    """
    if year >= _SEX_SINCE:
        return code if code in _TO_GENDER else _FROM_GENDER.get(code, "")
    return code if code in _FROM_GENDER else _TO_GENDER.get(code, "")


def load_code_lists(folder: Path) -> dict[str, CodeList]:
    """Read every file of lists in a folder."""
    found: dict[str, CodeList] = {}
    for file in sorted(folder.glob("*.toml")):
        pack = Table(file, "", read_pack(file))
        for table in pack.tables("list"):
            read = _read_list(table)
            if read.id in found:
                raise table.refuse("another list has the same id")
            found[read.id] = read
        pack.finish()
    return found


def _read_list(table: Table) -> CodeList:
    source = table.text("source")
    codes = tuple(_read_code(each, source) for each in table.tables("codes"))
    _refuse_overlaps(table, codes)
    read = CodeList(table.text("id"), table.text("title"), source, codes)
    table.finish()
    return read


def _read_code(table: Table, source: str) -> Code:
    code = Code(
        code=table.text("code"),
        label=table.text("label"),
        from_year=_year(table, "from"),
        to_year=_year(table, "to"),
        source=table.text("source", source),
        checked=table.flag("checked", True),
    )
    table.finish()
    if (code.from_year or EARLIEST) > (code.to_year or LATEST):
        raise table.refuse("it ends before it begins")
    return code


def _year(table: Table, name: str) -> int | None:
    year = table.number_or_none(name)
    if year is not None and not 2000 <= year <= 2100:
        raise table.refuse(f"{name} must be a collection year such as 2026")
    return year


def _refuse_overlaps(table: Table, codes: tuple[Code, ...]) -> None:
    for one, other in _pairs(codes):
        first, last = (
            max(one.from_year or 0, other.from_year or 0),
            min(one.to_year or LATEST, other.to_year or LATEST),
        )
        if one.code == other.code and first <= last:
            raise PackRefused(
                table.file, f"{table.name} codes {one.code}", f"it has two labels in {first or last}"
            )


def _pairs(codes: tuple[Code, ...]) -> Iterator[tuple[Code, Code]]:
    return ((one, other) for place, one in enumerate(codes) for other in codes[place + 1 :])
