"""From records to what questions are asked of: one service, its sites, its openings. Nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rightplace.foundation.organisation.places.places import normalise_postcode, square_of
from rightplace.services.directory import values
from rightplace.services.directory.grid import metres_of
from rightplace.services.directory.needs import needs_in
from rightplace.services.directory.shelf import Fields, Shelf

STATES = ("active", "inactive", "defunct", "temporarily closed")
DAYS = {"MO": 1, "TU": 2, "WE": 3, "TH": 4, "FR": 5, "SA": 6, "SU": 7}
BYDAY = re.compile(r"([+-]?\d+)?\s*(MO|TU|WE|TH|FR|SA|SU)")
DAY_NAMES = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
STEPS = re.compile(
    r"\b(?:no|not|without|limited)\b[^.;]{0,40}\b(?:wheelchair|step[- ]free|level access|ramp)", re.I
)
STEP_FREE = re.compile(r"step[- ]free|wheelchair|level access|\bramp|lift to all", re.IGNORECASE)
FREE = re.compile(r"^\W*(?:free|no (?:charge|cost|fee)s?|nil|£?0(?:\.00)?)\b|free of charge", re.IGNORECASE)


@dataclass(frozen=True)
class SiteMade:
    """A site before it is a row."""

    ident: str
    location: str
    name: str = ""
    address: str = ""
    postcode: str = ""
    online: bool = False
    east: int | None = None
    north: int | None = None
    step_free: bool | None = None
    access: str = ""


@dataclass(frozen=True)
class OpeningMade:
    """An opening before it is a row."""

    site: str = ""
    begins: date | None = None
    ends: date | None = None
    days: tuple[int, ...] = ()
    rule: str = ""
    opens: Any = None
    closes: Any = None
    words: str = ""


@dataclass(frozen=True)
class ServiceMade:
    """A service before it is a row, with its sites and openings."""

    ident: str
    organisation: str
    columns: dict[str, Any]
    sites: list[SiteMade] = field(default_factory=list)
    openings: list[OpeningMade] = field(default_factory=list)


def text_of(fields: Fields, *names: str, most: int = 500) -> str:
    """The first of these fields that says anything, in plain words."""
    for name in names:
        said = fields.get(name)
        if isinstance(said, str | int | float) and not isinstance(said, bool) and str(said).strip():
            return values.plain(said, most)
    return ""


def service_made(shelf: Shelf, fields: Fields, today: date) -> ServiceMade:
    """One service, from its record and all that hangs on it."""
    ident = str(fields["id"])
    headings, terms, taxonomies = _headings(shelf, ident)
    name, words = text_of(fields, "name", most=300), text_of(fields, "description", most=4000)
    free, cost = _cost(shelf, fields, ident, today)
    youngest, oldest = _ages(shelf, fields, ident)
    state = text_of(fields, "status", most=24).lower()
    columns = {
        "name": name, "words": words, "state": state if state in STATES else "", "url": _web(fields.get("url")),
        "email": text_of(fields, "email", most=254), "phone": _phone(shelf, ident)[:120],
        "alert": text_of(fields, "alert"), "youngest": youngest, "oldest": oldest, "free": free, "cost": cost[:500],
        "languages": _languages(shelf, ident), "terms": terms, "taxonomies": taxonomies, "headings": headings,
        "needs": needs_in(headings, f"{name}. {words}"), "areas": _areas(shelf, ident),
        "assured": values.day_in(fields.get("assured_date")), "modified": _modified(fields),
    }  # fmt: skip
    sites = [_site(shelf, each) for each in shelf.naming("service_at_location", "service_id", ident)]
    return ServiceMade(
        ident, text_of(fields, "organization_id", most=200), columns, sites, _openings(shelf, ident, sites)
    )


def _web(said: Any) -> str:
    """An address that a page may lead to: the web's own kinds only."""
    found = said.strip() if isinstance(said, str) else ""
    return found[:500] if found.lower().startswith(("https://", "http://")) else ""


def _modified(fields: Fields) -> Any:
    found = values.instant_in(fields.get("last_modified"))
    return found if found is not None and found.tzinfo is not None else None


def _headings(shelf: Shelf, ident: str) -> tuple[list[str], list[str], list[str]]:
    headings, terms, taxonomies = [], [], []
    links = shelf.naming("attribute", "link_id", ident) + shelf.naming(
        "service_taxonomy", "service_id", ident
    )
    for link in links:
        number = link.get("taxonomy_term_id") or link.get("taxonomy_id")
        term = shelf.one("taxonomy_term", number) or {}
        headings.append(text_of(term, "name", "term", most=200) or text_of(link, "label", "value", most=200))
        terms.append(str(number or "")[:200])
        taxonomies += [str(each)[:200] for each in (term.get("taxonomy_id"), term.get("taxonomy")) if each]
    return tuple(list(dict.fromkeys(filter(None, each))) for each in (headings, terms, taxonomies))  # type: ignore[return-value]


def _ages(shelf: Shelf, fields: Fields, ident: str) -> tuple[float | None, float | None]:
    rows = [fields, *shelf.naming("eligibility", "service_id", ident)]
    low, high = (
        next((found for row in rows if (found := values.number_in(row.get(name))) is not None), None)
        for name in ("minimum_age", "maximum_age")
    )
    return (low, high) if low is None or high is None or low <= high else (None, None)


def _cost(shelf: Shelf, fields: Fields, ident: str, today: date) -> tuple[bool | None, str]:
    """Whether it is free for everybody, and the cost in words; None where nobody said, or it hangs on who comes."""
    amounts, said = [], []
    for row in shelf.naming("cost_option", "service_id", ident):
        begins, ends = values.day_in(row.get("valid_from")), values.day_in(row.get("valid_to"))
        if (begins and begins > today) or (ends and ends < today):
            continue
        amount = values.number_in(row.get("amount"))
        parts = [
            text_of(row, "option"),
            "" if amount is None else "free" if amount == 0 else f"£{amount:,.2f}",
        ]
        said.append(
            " ".join(filter(None, [": ".join(filter(None, parts)), text_of(row, "amount_description")]))
        )
        amounts += [] if amount is None else [amount]
    fees = text_of(fields, "fees")
    words = "; ".join(filter(None, said)) or fees
    if amounts:
        return (True if not any(amounts) else False if all(amounts) else None), words
    return (True if FREE.search(fees) else False if values.number_in(fees) else None), words


def _languages(shelf: Shelf, ident: str) -> list[str]:
    found = [
        text_of(row, "name", "language", "code", most=80)
        for row in shelf.naming("language", "service_id", ident)
    ]
    return list(dict.fromkeys(filter(None, found)))


def _areas(shelf: Shelf, ident: str) -> list[str]:
    found = [
        text_of(row, "name", "service_area", most=200)
        for row in shelf.naming("service_area", "service_id", ident)
    ]
    return list(dict.fromkeys(filter(None, found)))


def _phone(shelf: Shelf, ident: str) -> str:
    for contact in shelf.naming("contact", "service_id", ident):
        for phone in shelf.naming("phone", "contact_id", contact.get("id")):
            return text_of(phone, "number", most=60)
    return next((text_of(row, "number", most=60) for row in shelf.naming("phone", "service_id", ident)), "")


def _site(shelf: Shelf, link: Fields) -> SiteMade:
    place = shelf.one("location", link.get("location_id")) or {}
    number = place.get("id")
    homes = shelf.naming("address", "location_id", number) or shelf.naming(
        "physical_address", "location_id", number
    )
    home = homes[0] if homes else {}
    lines = [text_of(home, name) for name in ("address_1", "city", "state_province")]
    said = text_of(home, "postal_code", most=40)
    postcode = normalise_postcode(said) or said
    east, north = _metres(place, postcode)
    access = " ".join(
        filter(None, (text_of(row, "description", "accessibility", "details") for row in
                      shelf.naming("accessibility", "location_id", number)))
    )  # fmt: skip
    return SiteMade(
        str(link["id"]), str(number or ""), text_of(place, "name", most=300),
        ", ".join(dict.fromkeys(filter(None, lines)))[:500], postcode, place.get("location_type") == "virtual",
        east, north, _step_free(access), access[:500],
    )  # fmt: skip


def _step_free(access: str) -> bool | None:
    if STEPS.search(access):
        return False
    return True if STEP_FREE.search(access) else None


def _metres(place: Fields, postcode: str) -> tuple[int | None, int | None]:
    """Where a place lies, in metres of the National Grid: as its source says, else the middle of its postcode's square."""
    latitude, longitude = values.number_in(place.get("latitude")), values.number_in(place.get("longitude"))
    found = metres_of(latitude, longitude) if latitude is not None and longitude is not None else None
    if found:
        return round(found[0]), round(found[1])
    square = square_of(postcode) if postcode else None
    return (square[0] * 1000 + 500, square[1] * 1000 + 500) if square else (None, None)


def _openings(shelf: Shelf, ident: str, sites: list[SiteMade]) -> list[OpeningMade]:
    rows = [(row, "") for row in shelf.naming("schedule", "service_id", ident)]
    seen = {str(row.get("id")) for row, _ in rows}
    for site in sites:
        for row in shelf.naming("schedule", "service_at_location_id", site.ident):
            if str(row.get("id")) not in seen:
                rows.append((row, site.ident))
    rows += [(row, "") for row in shelf.naming("regular_schedule", "service_id", ident)]
    return [_opening(row, site) for row, site in rows]


def _opening(row: Fields, site: str) -> OpeningMade:
    """Weekly days as days; what comes round less often stays a rule in words."""
    byday = text_of(row, "byday").upper()
    every = BYDAY.findall(byday)
    monthly = text_of(row, "freq").upper() == "MONTHLY" or any(place for place, _ in every)
    days = {DAYS[day] for _, day in every}
    named = text_of(row, "weekday", "description")
    if not days and not byday:
        days = {DAYS[found[:2].upper()] for found in DAY_NAMES.findall(named)}
    return OpeningMade(
        site or text_of(row, "service_at_location_id", most=200), values.day_in(row.get("valid_from")),
        values.day_in(row.get("valid_to")), tuple(sorted(days)), _rule(row, every, monthly),
        values.time_in(row.get("opens_at")), values.time_in(row.get("closes_at")), text_of(row, "description", "notes"),
    )  # fmt: skip


ORDER = {"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}
LONG = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday",
        "SU": "Sunday"}  # fmt: skip


def _rule(row: Fields, every: list[tuple[str, str]], monthly: bool) -> str:
    """What is not every week, in words: the first Monday of the month, every second week."""
    gap = values.number_in(row.get("interval")) or 1
    if monthly:
        places = [f"the {ORDER.get(place.lstrip('+'), place)} {LONG[day]}" for place, day in every if place]
        of = " and ".join(places) or ", ".join(LONG[day] for _, day in every) or text_of(row, "bymonthday")
        return f"{of} of {'the month' if gap == 1 else f'every {gap:g} months'}"[:200]
    return "" if gap <= 1 else f"every {'second' if gap == 2 else f'{gap:g}th'} week"
