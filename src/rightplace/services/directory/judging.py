"""What is odd about a row of a directory, and what cannot be kept: each row is taken, taken with doubts, or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rightplace.services.directory import standard as std
from rightplace.services.directory import values

MOST_DOUBTS = 20
LONGEST_ID = 200


@dataclass(slots=True)
class Given:
    """One row as it was given, and where it stands: a line of a file, or a pointer into one."""

    kind: str
    ident: str
    fields: dict[str, Any]
    place: str
    findings: list[str] = field(default_factory=list)
    refused: str = ""


def judge(row: Given) -> None:
    """Say of a row what is odd, and refuse what there is no way to keep."""
    if row.refused:
        return
    table = std.TABLES[row.kind]
    why = values.hostile(row.fields) or _lacking(table, row.fields)
    if why:
        row.refused = f"Refused: {why}."
        return
    for name, form in table.fields.items():
        said = row.fields.get(name)
        if form == std.NUMBER and isinstance(said, float):
            row.fields[name] = values.tidy_number(said)
    if not table.beside:
        row.findings += _doubts(table, row.fields)[:MOST_DOUBTS]


def _lacking(table: std.Table, fields: Mapping[str, Any]) -> str:
    ident = fields.get("id")
    if isinstance(ident, str) and len(ident) > LONGEST_ID:
        return f"its id is longer than {LONGEST_ID} letters"
    for name in table.needs:
        if name not in fields or (isinstance(fields[name], str) and not fields[name].strip()):
            return f"it has no {name}"
        if isinstance(fields[name], dict | list):
            return f"its {name} is no text"
    return ""


def _doubts(table: std.Table, fields: Mapping[str, Any]) -> list[str]:
    found = [f"{name} is missing" for name in table.required if name not in fields]
    for name, said in fields.items():
        form = table.fields.get(name)
        if form is None:
            continue
        wrong = odd(form, said)
        if wrong:
            found.append(f"{name}: {wrong}")
        elif name in table.choices and said not in table.choices[name]:
            found.append(f"{name}: “{str(said)[:60]}” is none of {', '.join(table.choices[name])}")
    return found + _out_of_order(fields)


def _out_of_order(fields: Mapping[str, Any]) -> list[str]:
    """Ends before beginnings, and places that are not in this country."""
    found = []
    for low, high in (("minimum_age", "maximum_age"), ("valid_from", "valid_to")):
        first, last = (
            (values.number_in(fields.get(low)), values.number_in(fields.get(high)))
            if low == "minimum_age"
            else (values.day_in(fields.get(low)), values.day_in(fields.get(high)))
        )
        if first is not None and last is not None and last < first:  # type: ignore[operator]
            found.append(f"{high} is before {low}" if low == "valid_from" else f"{high} is under {low}")
    return found


def _number(said: Any) -> str:
    if values.number_in(said) is None:
        return "is no number"
    return "" if isinstance(said, int | float) else "is a number written as text"


def _day(said: Any) -> str:
    if values.is_plain_day(said):
        return ""
    read = values.day_in(said)
    return f"read as {read.isoformat()}" if read else "is no day that can be read"


def _time(said: Any) -> str:
    return "" if values.time_in(said) is not None else "is no time that can be read"


def _instant(said: Any) -> str:
    return "" if values.is_plain_instant(said) else "is no date and time with its offset"


def _email(said: Any) -> str:
    return "" if "@" in said and " " not in said.strip() else "is no e-mail address"


def _uri(said: Any) -> str:
    return "" if "://" in said and " " not in said.strip() else "is no full web address"


CHECKS: dict[str, Callable[[Any], str]] = {
    std.DATE: _day, std.TIME: _time, std.INSTANT: _instant, std.EMAIL: _email, std.URI: _uri,
}  # fmt: skip


def odd(form: str, said: Any) -> str:
    """What is odd about what a field says, or nothing. That an id is no UUID is said once of the whole directory."""
    if form == std.NUMBER:
        return _number(said)
    if not isinstance(said, str):
        return "is no text"
    check = CHECKS.get(form)
    return check(said) if check else ""
