"""Reads JSON as real directories send it: a list, pages of the API, one object, tables by name, a line an object."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from typing import Any

from rightplace.gateways.exchange.directory.opening import Part, RefusedDirectory
from rightplace.services.directory import standard as std
from rightplace.services.directory.judging import Given
from rightplace.services.directory.mending import as_given

DEEPEST = 40
MOST_ROWS = 2_000_000
PAGES = ("contents", "content", "items", "results", "data")
TWICE = "given twice in one object"
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"?')


@dataclass
class Read:
    """The rows of one or several files, and what is to be said of them as a whole."""

    rows: list[Given] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    whole: bool = True


def read_json(part: Part, text: str, into: Read) -> None:
    """Read one file. Raises RefusedDirectory for what is no JSON, or nested deeper than any directory is."""
    found = _parsed(part, text)
    kind = std.kind_called(part.stem)
    _top(found, kind, part.name, into)


def _parsed(part: Part, text: str) -> Any:
    if _depth(text) > DEEPEST:
        raise RefusedDirectory(f"“{part.name[:80]}” is nested deeper than {DEEPEST} levels.")
    try:
        return _loads(text)
    except json.JSONDecodeError as wrong:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1:
            try:
                return [_loads(line) for line in lines]
            except ValueError:
                pass
        raise RefusedDirectory(
            f"“{part.name[:80]}” is no JSON: {wrong.msg}, line {wrong.lineno}, column {wrong.colno}."
        ) from wrong
    except (ValueError, RecursionError) as wrong:
        raise RefusedDirectory(f"“{part.name[:80]}” cannot be read as JSON.") from wrong


def _loads(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_pairs, parse_constant=str, parse_float=_float)


def _float(digits: str) -> float | str:
    """A number; what no database takes stays as its digits, and is doubted there."""
    found = float(digits)
    return found if math.isfinite(found) else digits


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, said in pairs:
        if name in found and found[name] != said:
            found.setdefault(TWICE, []).append(name)
        found.setdefault(name, said)
    return found


def _depth(text: str) -> int:
    """How deep it is nested, told before anything is read."""
    depth = deepest = 0
    for sign in re.findall(r"[\[\]{}]", _STRINGS.sub("", text)):
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth -= 1
    return deepest


def _top(found: Any, kind: str, place: str, into: Read) -> None:
    """The outermost shape: pages, tables by name, a list, or one object."""
    if isinstance(found, dict):
        listed = next((name for name in PAGES if isinstance(found.get(name), list)), "")
        tables = [name for name, said in found.items() if isinstance(said, list) and std.kind_called(name)]
        if listed and "id" not in found:
            _page(found, into, place)
            _top(found[listed], kind, f"{place}#/{listed}", into)
        elif tables and "id" not in found:
            for name in tables:
                _top(found[name], std.kind_called(name), f"{place}#/{name}", into)
        else:
            into.whole = False
            _object(found, kind or guessed(found), place, into)
        return
    if not isinstance(found, list):
        raise RefusedDirectory(f"“{place[:80]}” holds neither objects nor a list of them.")
    for number, each in enumerate(found):
        here = f"{place}/{number}" if "#" in place else f"{place}#/{number}"
        if isinstance(each, dict) and "id" not in each and any(isinstance(each.get(n), list) for n in PAGES):
            _top(each, kind, here, into)
        else:
            _object(each, kind or guessed(each), here, into)


def _page(found: dict[str, Any], into: Read, place: str) -> None:
    """A page of the API that is not the only one is no whole directory; pages that come together are."""
    total, size = found.get("total_pages"), found.get("total_items")
    if isinstance(total, int) and total > 1:
        into.notes.append(
            f"{place[:80]} is page {found.get('page_number', '?')} of {total}, {size} objects in all."
        )


SIGNS = (
    ("attribute", ("taxonomy_term", "link_id")), ("taxonomy", ("taxonomy_terms",)),
    ("service_at_location", ("location_id", "location")),
    ("location", ("location_type", "latitude", "addresses")),
    ("service", ("status", "schedules", "service_at_locations", "cost_options", "organization_id", "organization")),
    ("taxonomy_term", ("taxonomy_id", "term_uri", "parent_id", "term")), ("schedule", ("byday", "freq", "opens_at")),
    ("organization", ("organization_identifiers", "website", "logo", "parent_organization_id", "description")),
)  # fmt: skip


def guessed(found: Any) -> str:
    """What an object is, by what it has, where nothing says so."""
    if not isinstance(found, dict):
        return "service"
    return next((kind for kind, signs in SIGNS if any(sign in found for sign in signs)), "service")


def _object(found: Any, kind: str, place: str, into: Read) -> None:
    """One object and everything inside it, each as a row of its own."""
    waiting: list[tuple[Any, str, str, dict[str, Any], bool]] = [(found, kind, place, {}, False)]
    while waiting:
        said, of, where, given, orphan = waiting.pop()
        if len(into.rows) >= MOST_ROWS:
            raise RefusedDirectory(f"There are more than {MOST_ROWS:,} rows.")
        if not isinstance(said, dict):
            into.rows.append(Given(of, "", {"said": said}, where, refused="Refused: it is no object."))
            continue
        row, inside = _row(said, of, where, given, orphan)
        into.rows.append(row)
        waiting.extend(reversed(inside))


def rows_of_service(sent: dict[str, Any]) -> list[Given]:
    """One service with everything inside it, each object as a row; places are said from the service on."""
    into = Read()
    _object(sent, "service", "", into)
    return into.rows


def _row(
    said: dict[str, Any], kind: str, where: str, given: dict[str, Any], orphan: bool
) -> tuple[Given, list[tuple[Any, str, str, dict[str, Any], bool]]]:
    """An object's own fields as a row, and what stands inside it with the field that says whose it is."""
    fields: dict[str, Any] = {}
    inside: list[tuple[Any, str, str, dict[str, Any], bool]] = []
    ones, lists = std.TABLES[kind].ones, std.TABLES[kind].lists
    ident = said.get("id")
    lost = orphan or ident in (None, "") or isinstance(ident, dict | list)
    for name, value in said.items():
        if value is None:
            continue
        child = ones[name][0] if name in ones else lists[name][0] if name in lists else std.kind_called(name)
        if isinstance(value, dict) and child and (name in ones or "id" in value):
            inside.append((value, child, f"{where}/{name}", {}, False))
            field_name = ones[name][1] if name in ones else f"{name}_id"
            if isinstance(value.get("id"), str | int) and said.get(field_name) in (None, ""):
                fields[field_name] = str(value["id"])
        elif isinstance(value, list) and child and _of_objects(value, name in lists):
            owned = _owned(child, kind, ident)
            inside += [(each, child, f"{where}/{name}/{n}", owned, lost) for n, each in enumerate(value)]
        elif name != TWICE:
            fields[name] = value
    for name, value in given.items():
        fields.setdefault(name, value)
    row = given_row(kind, as_given(fields), where)
    if TWICE in said:
        row.findings.append(f"{TWICE}: {', '.join(map(str, said[TWICE][:5]))}; the first is kept")
    if orphan:
        row.refused = "Refused: what it stands in has no id, so that nobody can say whose it is."
    return row, inside


def given_row(kind: str, fields: dict[str, Any], where: str) -> Given:
    """A row with its id as text; ids that are numbers are the same ids."""
    for name in list(fields):
        said = fields[name]
        if (name == "id" or std.TABLES[kind].fields.get(name) == std.UUID) and isinstance(said, int):
            fields[name] = str(said)
    ident = fields.get("id")
    return Given(kind, str(ident)[:400] if isinstance(ident, str) else "", fields, where)


def _of_objects(value: list[Any], known: bool) -> bool:
    """Whether a list holds objects of their own; in a list that the standard has, one of them is enough."""
    if known:
        return any(isinstance(each, dict) for each in value)
    return bool(value) and all(isinstance(each, dict) and "id" in each for each in value)


def _owned(child: str, kind: str, ident: Any) -> dict[str, Any]:
    if not isinstance(ident, str | int):
        return {}
    owned: dict[str, Any] = {std.owner_field(child, kind): str(ident)}
    if child == "attribute":
        owned["link_entity"] = kind
    return owned
