"""What hangs on a service, as its form says it: what is filled stands, what is emptied is marked as gone.

What the standard knows of it beyond the form stays. Ids are the same each time that a thing is said again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rightplace.services.directory.indexing import BYDAY, DAYS, text_of
from rightplace.services.directory.mending import known_as
from rightplace.services.directory.shelf import Fields, Shelf

CODES = ("", "MO", "TU", "WE", "TH", "FR", "SA", "SU")
NEW_ADDRESS = {"address_type": "physical", "city": "", "state_province": "", "country": "GB"}
Kept = tuple[str, Fields]
HOURS = ("opens_at", "closes_at")
RULE = ("freq", "byday", "interval", "bymonthday", "byweekno", "byyearday")


class Hanging:
    """The records beside one service: those to be written, and those that stand no longer."""

    def __init__(self, service: str, shelf: Shelf) -> None:
        self.service = service
        self.shelf = shelf
        self.rows: list[Kept] = []
        self.gone: list[tuple[str, str]] = []

    def take(self, said: dict[str, Any]) -> None:
        """Take all that the form says."""
        self._ages(said)
        self._cost(said)
        self._opening(said)
        self._place(said)
        self._telephone(str(said.get("phone") or ""))
        self._languages(str(said.get("languages") or ""))
        self._headings(str(said.get("headings") or ""))

    def _own(self, kind: str, field: str = "service_id") -> list[Fields]:
        return self.shelf.naming(kind, field, self.service)

    def _first(self, kind: str) -> Fields:
        """The first of a kind that is the service's, or a new one with the id that it will always have."""
        found = self._own(kind)
        new = {"id": known_as(kind, f"of {self.service}"), "service_id": self.service}
        return dict(found[0]) if found else new

    def _drop(self, kind: str, rows: Iterable[Fields]) -> None:
        self.gone += [(kind, str(row["id"])) for row in rows]

    def _ages(self, said: dict[str, Any]) -> None:
        """An age that is emptied is said by nothing beside the service either."""
        fields = {"minimum_age": "youngest", "maximum_age": "oldest"}
        emptied = [name for name, field in fields.items() if said.get(field) is None]
        for row in self._own("eligibility"):
            if any(row.get(name) is not None for name in emptied):
                self.rows.append(("eligibility", _without(row, *emptied)))

    def _cost(self, said: dict[str, Any]) -> None:
        amount, words = said.get("amount"), str(said.get("cost") or "")
        row = _without(self._first("cost_option"), "amount", "amount_description")
        if amount is None and not words:
            self._drop("cost_option", self._own("cost_option")[:1])
            return
        if amount is not None:
            row["amount"] = float(amount)
        if words:
            row["amount_description"] = words
        self.rows.append(("cost_option", row))

    def _opening(self, said: dict[str, Any]) -> None:
        """Days and hours. A rule, such as the first Monday of a month, stays while its days are left as they are."""
        there = self._schedules()
        days = said.get("days") or []
        hours = {name: f"{said[field]:%H:%M}" for name, field in (("opens_at", "opens"), ("closes_at", "closes"))
                 if said.get(field)}  # fmt: skip
        if not days and not hours:
            self._drop("schedule", there[:1])
            return
        row = dict(there[0]) if there else self._first("schedule")
        row = _without(row, *HOURS) | hours
        if sorted(days) != _days_of(row):
            row = _without(row, *RULE)
            row |= {"freq": "WEEKLY", "byday": ",".join(CODES[day] for day in sorted(days))} if days else {}
        self.rows.append(("schedule", row))

    def _schedules(self) -> list[Fields]:
        """In the order in which the form's own is found: the service's, then those of its places."""
        places = [str(link["id"]) for link in self._own("service_at_location")]
        return self._own("schedule") or [
            row for place in places for row in self.shelf.naming("schedule", "service_at_location_id", place)
        ]

    def _place(self, said: dict[str, Any]) -> None:
        link = self._first("service_at_location")
        if not (said.get("address") or said.get("postcode") or said.get("access")):
            self._drop("service_at_location", self._own("service_at_location")[:1])
            return
        place = str(link.get("location_id") or known_as("location", f"of {self.service}"))
        home = self._at("address", place)
        location = {"location_type": "physical", **dict(self.shelf.one("location", place) or {}), "id": place}
        if home.get("postal_code", "") != (said.get("postcode") or ""):
            location = _without(location, "latitude", "longitude")
        lines = {"address_1": said.get("address") or "", "postal_code": said.get("postcode") or ""}
        address = {**(home if "address_1" in home else NEW_ADDRESS | home), **lines}
        self.rows += [
            ("location", location), ("address", address), ("service_at_location", {**link, "location_id": place}),
        ]  # fmt: skip
        self._way_in(str(said.get("access") or ""), place)

    def _at(self, kind: str, place: str) -> Fields:
        found = self.shelf.naming(kind, "location_id", place)
        new = {"id": known_as(kind, f"of {self.service}"), "location_id": place}
        return dict(found[0]) if found else new

    def _way_in(self, said: str, place: str) -> None:
        """The form shows what all of them say together, so they become one."""
        there = self.shelf.naming("accessibility", "location_id", place)
        if said:
            self.rows.append(("accessibility", {**self._at("accessibility", place), "description": said}))
        self._drop("accessibility", there[1:] if said else there)

    def _telephone(self, said: str) -> None:
        """The number that is shown: of the first contact that has one, else of the service."""
        contacts = self._own("contact")
        numbers = [row for each in contacts for row in self.shelf.naming("phone", "contact_id", each["id"])]
        numbers += self._own("phone")
        if not said:
            self._drop("phone", numbers)
        elif numbers:
            self.rows.append(("phone", {**numbers[0], "number": said}))
        else:
            contact = self._first("contact")
            number = {
                "id": known_as("phone", f"of {self.service}"),
                "contact_id": contact["id"],
                "number": said,
            }
            self.rows += [("contact", contact), ("phone", number)]

    def _languages(self, said: str) -> None:
        """Languages; one that is there already keeps its id, and all stay as they are while the line does."""
        there = [(text_of(row, "name", "language", "code", most=80), row) for row in self._own("language")]
        if said == shown(name for name, _ in there):
            return
        wanted = named(said)
        known = {name for name, _ in there}
        self.rows += [("language", self._language(name)) for name in wanted if name not in known]
        self._drop("language", (row for name, row in there if name not in wanted))

    def _language(self, name: str) -> Fields:
        ident = known_as("language", f"{name.lower()} of {self.service}")
        return {"id": ident, "service_id": self.service, "name": name}

    def _headings(self, said: str) -> None:
        """Headings; one that is there already keeps its id and its place in its taxonomy."""
        there = [
            (kind, self._heading_of(row), row)
            for kind, field in (("attribute", "link_id"), ("service_taxonomy", "service_id"))
            for row in self._own(kind, field)
        ]
        if said == shown(name for _, name, _ in there):
            return
        wanted = named(said)
        known = {name for _, name, _ in there}
        for name in wanted:
            if name not in known:
                self._head(name)
        for kind, name, row in there:
            if name not in wanted:
                self._drop(kind, [row])

    def _heading_of(self, link: Fields) -> str:
        term = self.shelf.one("taxonomy_term", link.get("taxonomy_term_id") or link.get("taxonomy_id")) or {}
        return text_of(term, "name", "term", most=200) or text_of(link, "label", "value", most=200)

    def _head(self, name: str) -> None:
        term = known_as("taxonomy_term", f"own {name.lower()}")
        link = {
            "id": known_as("attribute", f"{term} of {self.service}"), "link_id": self.service,
            "link_entity": "service", "taxonomy_term_id": term, "link_type": "service_category",
        }  # fmt: skip
        self.rows += [("taxonomy_term", {"id": term, "name": name, "description": name}), ("attribute", link)]


def shown(names: Iterable[str]) -> str:
    """Names as the form shows them, in one line."""
    return ", ".join(dict.fromkeys(filter(None, names)))


def named(said: str) -> list[str]:
    """Names with a comma between, each once."""
    return list(dict.fromkeys(each.strip() for each in said.split(",") if each.strip()))[:60]


def _days_of(row: Fields) -> list[int]:
    """The days of the week that a schedule names by their codes."""
    return sorted({DAYS[day] for _, day in BYDAY.findall(str(row.get("byday") or "").upper())})


def _without(row: Fields, *names: str) -> Fields:
    return {name: said for name, said in row.items() if name not in names}
