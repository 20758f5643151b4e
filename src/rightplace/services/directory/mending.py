"""A row as the standard wants it. What does not fit is mended, and what was given stands beside: nothing is lost.

Ids that are no UUID become one that is worked out from them, the same every time and everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from rightplace.services.directory import standard as std
from rightplace.services.directory import values
from rightplace.services.directory.judging import odd

OURS = UUID("7d0c0a50-6a2b-5a55-9f5e-0b6f0e1b7f11")
"""The name space of ids that we work out."""
UNKNOWN_STATE = {"status": "inactive", "location_type": "physical", "address_type": "physical"}
"""Where the standard asks for one of its words and the source gave none of them; the source's own stands beside."""


def mended(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The row with every field valid, and what was given where that differs."""
    table = std.TABLES[kind]
    found: dict[str, Any] = {}
    given: dict[str, Any] = {}
    for name, said in fields.items():
        form = table.fields.get(name)
        if name in table.lists or name in table.ones:
            fits = said if said == [] and name in table.lists else None
        else:
            fits = said if form is None else _fitting(table, name, form, said, fields)
        if fits is not None:
            found[name] = fits
        if fits is None or type(fits) is not type(said) or fits != said:
            given[name] = said
    for name in () if table.beside else table.required:
        if name not in found:
            found[name] = UNKNOWN_STATE.get(name, "")
            given.setdefault(name, None)
    if given:
        found[std.AS_GIVEN] = given
    return found


def _fitting(table: std.Table, name: str, form: str, said: Any, fields: Mapping[str, Any]) -> Any:
    """What may stand in a field; None where nothing of what was said may."""
    if form == std.UUID:
        return known_as(_kind_named(table.kind, name, fields), said)
    if form == std.NUMBER:
        number = values.number_in(said)
        return said if type(said) in (int, float) else None if number is None else values.tidy_number(number)
    if isinstance(said, dict | list):
        return None
    text = (
        said if isinstance(said, str) else "true" if said is True else "false" if said is False else str(said)
    )
    if name in table.choices and text not in table.choices[name]:
        return text.lower() if text.lower() in table.choices[name] else None
    if form == std.DATE:
        day = values.day_in(text)
        return day.isoformat() if day else None
    if form in (std.INSTANT, std.EMAIL, std.URI, std.TIME) and odd(form, text):
        return None
    return text


def _kind_named(kind: str, name: str, fields: Mapping[str, Any]) -> str:
    if name == "id":
        return kind
    if name == "link_id":
        return std.kind_called(str(fields.get("link_entity", "service"))) or "service"
    return std.named_by(name) or kind


def known_as(kind: str, ident: Any) -> str:
    """An id as the standard wants it: itself if it is a UUID."""
    said = str(ident)
    return said if std.UUID_SHAPE.fullmatch(said) else str(uuid5(OURS, f"{kind}:{said}"))


def as_given(fields: dict[str, Any]) -> dict[str, Any]:
    """A row that we once wrote, as it was before it was mended."""
    given = fields.pop(std.AS_GIVEN, None)
    if isinstance(given, dict):
        for name, said in given.items():
            if said is None:
                fields.pop(name, None)
            else:
                fields[name] = said
    return fields
