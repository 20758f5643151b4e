"""Records as the standard's nested JSON: a service with its organisation, places, hours and headings inside it."""

from __future__ import annotations

from collections.abc import Callable

from rightplace.services.directory import standard as std
from rightplace.services.directory.mending import mended
from rightplace.services.directory.shelf import Fields, Shelf

DEEPEST = 8
Seen = Callable[[str, str], None]


def _unseen(kind: str, ident: str) -> None:
    """Nobody counts what was nested."""


def nested(
    shelf: Shelf, kind: str, fields: Fields, *, seen: Seen = _unseen, inside: tuple[str, ...] = ()
) -> Fields:
    """One object with what belongs to it inside it; whatever stands around it already is not said again."""
    ident = str(fields["id"])
    seen(kind, ident)
    found = mended(kind, fields)
    here = (*inside, kind)
    if len(here) > DEEPEST:
        return found
    for name, (child, field) in std.TABLES[kind].ones.items():
        other = shelf.one(child, fields.get(field))
        if other is not None and child not in inside:
            found[name] = nested(shelf, child, other, seen=seen, inside=here)
    for name, rows in _lists(shelf, kind, ident, inside):
        found[name] = [nested(shelf, child, row, seen=seen, inside=here) for child, row in rows]
    return found


def _lists(
    shelf: Shelf, kind: str, ident: str, inside: tuple[str, ...]
) -> list[tuple[str, list[tuple[str, Fields]]]]:
    """The lists inside an object: the standard's own, then what real directories hang there beside."""
    found = []
    for child in std.TABLES:
        own = child in {each for each, _ in std.TABLES[kind].lists.values()}
        if child in inside or child == kind or not (own or _hangs(child, kind)):
            continue
        rows = [
            row
            for row in shelf.naming(child, std.owner_field(child, kind), ident)
            if own or _alone(child, kind, row)
        ]
        if child == "attribute":
            rows = [row for row in rows if std.kind_called(str(row.get("link_entity") or kind)) == kind]
        if rows:
            found.append((std.list_name(child, kind), [(child, row) for row in rows]))
    return found


HANGS = {
    "phone": ("contact", "service", "location", "organization", "service_at_location"),
    "schedule": ("service_at_location", "location"), "language": ("location",),
    "contact": ("organization", "location", "service_at_location"), "funding": ("organization",),
    "service_area": ("service_at_location",), "url": ("service", "organization"),
    "program": ("organization",), "required_document": ("service",), "eligibility": ("service",),
    "regular_schedule": ("service",), "holiday_schedule": ("service",), "physical_address": ("location",),
    "service_taxonomy": ("service",), "review": ("service",),
}  # fmt: skip


def _hangs(child: str, kind: str) -> bool:
    return kind in HANGS.get(child, ())


def _alone(child: str, kind: str, row: Fields) -> bool:
    """Whether nothing nearer holds the row: a telephone of a contact is not said again of its service."""
    for nearer in (
        ("service",) if child in ("schedule", "service_area", "language", "contact", "funding") else ()
    ):
        if nearer != kind and row.get(std.owner_field(child, nearer)):
            return False
    return not (child == "phone" and kind != "contact" and row.get("contact_id"))
