"""Reads packs: TOML files of rules, codes, names or indicators.

A bad pack is refused whole, with its file, the line or entry, and the reason: half a rule is worse than none.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any


class PackRefused(ValueError):
    """A pack cannot be used: which file, which line or entry, and why."""

    def __init__(self, file: Path, entry: str, because: str) -> None:
        self.file = file
        self.entry = entry
        self.because = because
        where = f"{file.name}, {entry}" if entry else file.name
        super().__init__(f"{where}: {because}")


def read_pack(file: Path) -> dict[str, Any]:
    """The tables of one pack file."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PackRefused(file, "", f"it is not well-formed TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise PackRefused(file, f"byte {error.start}", "it is not UTF-8 text") from error
    except OSError as error:
        raise PackRefused(file, "", f"it cannot be opened: {error.strerror}") from error


class Table:
    """One table of a pack, read field by field: what is missing, mistyped or unknown is refused by name."""

    def __init__(self, file: Path, name: str, fields: object) -> None:
        if not isinstance(fields, Mapping):
            raise PackRefused(file, name, "it must be a table")
        self.file = file
        self.name = name
        self._fields = dict(fields)
        self._asked: set[str] = set()

    def refuse(self, because: str) -> PackRefused:
        return PackRefused(self.file, self.name, because)

    def text(self, field: str, default: str | None = None) -> str:
        found = self._field(field, default)
        if not isinstance(found, str) or (not found.strip() and default is None):
            raise self.refuse(f"{field} must be text that is not empty")
        return found

    def number(self, field: str) -> int:
        found = self._field(field, None)
        if not isinstance(found, int) or isinstance(found, bool):
            raise self.refuse(f"{field} must be a whole number")
        return found

    def number_or_none(self, field: str) -> int | None:
        self._asked.add(field)
        return self.number(field) if field in self._fields else None

    def day(self, field: str) -> date:
        found = self._field(field, None)
        if not isinstance(found, date) or isinstance(found, datetime):
            raise self.refuse(f"{field} must be a date such as 2026-03-03")
        return found

    def day_or_none(self, field: str) -> date | None:
        self._asked.add(field)
        return self.day(field) if field in self._fields else None

    def flag(self, field: str, default: bool | None = None) -> bool:
        found = self._field(field, default)
        if not isinstance(found, bool):
            raise self.refuse(f"{field} must be true or false")
        return found

    def texts(self, field: str) -> tuple[str, ...]:
        found = self._field(field, [])
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise self.refuse(f"{field} must be a list of texts")
        return tuple(found)

    def tables(self, field: str) -> list["Table"]:
        """The tables of a list, each named by its id or code, or else by its place."""
        found = self._field(field, None)
        if not isinstance(found, list) or not found:
            raise self.refuse(f"{field} must be a list with at least one entry")
        return [
            Table(self.file, self._name_of(field, place, each), each) for place, each in enumerate(found, 1)
        ]

    def table(self, field: str) -> "Table":
        return Table(self.file, f"{self.name} {field}".strip(), self._field(field, None))

    def raw(self, field: str) -> object:
        return self._field(field, None)

    def all(self) -> list[tuple[str, object]]:
        """Every field with its value, for a table whose field names are themselves what is told."""
        self._asked.update(self._fields)
        return list(self._fields.items())

    def finish(self) -> None:
        """Refuse fields that nobody asked for: most are misspelt ones."""
        unknown = sorted(set(self._fields) - self._asked)
        if unknown:
            raise self.refuse(f"unknown field {', '.join(unknown)}")

    def _field(self, field: str, default: object) -> Any:
        self._asked.add(field)
        if field not in self._fields:
            if default is None:
                raise self.refuse(f"{field} is missing")
            return default
        return self._fields[field]

    def _name_of(self, field: str, place: int, fields: object) -> str:
        known = fields.get("id", fields.get("code")) if isinstance(fields, Mapping) else None
        inside = f"{self.name} " if self.name else ""
        return f"{inside}{field} {known}" if isinstance(known, str) else f"{inside}{field} number {place}"
