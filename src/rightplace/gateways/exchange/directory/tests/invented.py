"""Small invented directories, as the API gives them and as tables; and the standard's schemas where they are at hand."""

from __future__ import annotations

import json
import os
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

ROOT = Path(__file__).parents[6]


def shared() -> Path:
    """The folder of the standard's schemas; a test that needs it is left out where it is missing."""
    folder = Path(os.environ.get("RIGHTPLACE_SHARED_DATA", ROOT / "../shared/data")) / "directory"
    if not (folder / "service.json").is_file():
        pytest.skip(
            "The schemas of the standard are not at hand; set RIGHTPLACE_SHARED_DATA to their folder."
        )
    return folder


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """Each schema by its file's name."""
    return {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in shared().glob("*.json")
        if path.name != "openapi.json"
    }


@cache
def validator(name: str) -> Draft202012Validator:
    """What holds an object against a schema, references and formats included."""
    registry: Registry = Registry().with_resources(
        [(key, Resource(contents=each, specification=DRAFT202012)) for key, each in schemas().items()]
    )
    return Draft202012Validator(schemas()[name], registry=registry, format_checker=FormatChecker())


def faults(name: str, found: Any) -> list[str]:
    """What a schema finds wrong."""
    return [f"{list(each.absolute_path)}: {each.message}" for each in validator(name).iter_errors(found)][:5]


def number(place: int) -> str:
    """An id as the standard wants it."""
    return f"00000000-0000-4000-8000-{place:012d}"


ORGANISATION = {
    "id": number(1), "name": "Open Hand Families", "description": "We sit beside families.",
    "email": "hello@openhand.example", "website": "https://openhand.example",
    "organization_identifiers": [
        {"id": number(2), "organization_id": number(1), "identifier_type": "Charity number", "identifier": "000001"}
    ],
}  # fmt: skip
TERM = {"id": number(3), "name": "Parenting courses", "description": "Courses.", "taxonomy_id": number(4)}
SERVICE: dict[str, Any] = {
    "id": number(10), "organization_id": number(1), "name": "Evening parenting course", "status": "active",
    "description": "Ten <b>weeks</b>, with a meal.", "minimum_age": 5, "maximum_age": 11,
    "assured_date": "2026-01-15", "organization": ORGANISATION, "their own number": 17,
    "schedules": [
        {"id": number(11), "service_id": number(10), "freq": "WEEKLY", "byday": "TU", "opens_at": "17:00",
         "closes_at": "19:00", "valid_from": "2025-09-01"}
    ],
    "service_at_locations": [
        {"id": number(12), "service_id": number(10), "location_id": number(13),
         "location": {
             "id": number(13), "location_type": "physical", "name": "Hall", "latitude": 52.4, "longitude": -1.95,
             "addresses": [{"id": number(14), "location_id": number(13), "address_1": "1 Larch Road", "city": "Aldermere",
                            "state_province": "Midvale", "postal_code": "B31 2TY", "country": "GB",
                            "address_type": "physical"}],
             "accessibility": [{"id": number(15), "location_id": number(13), "description": "Step-free from the street"}],
         }}
    ],
    "languages": [{"id": number(16), "service_id": number(10), "name": "Urdu"}],
    "cost_options": [{"id": number(18), "service_id": number(10), "amount": 0, "option": "Everybody"}],
    "contacts": [{"id": number(19), "service_id": number(10), "name": "Front desk",
                  "phones": [{"id": number(20), "contact_id": number(19), "number": "01632 960400"}]}],
    "service_areas": [{"id": number(21), "service_id": number(10), "name": "South"}],
    "funding": [{"id": number(22), "service_id": number(10), "source": "A grant"}],
    "attributes": [{"id": number(23), "link_id": number(10), "link_type": "service_category",
                    "taxonomy_term_id": number(3), "taxonomy_term": TERM}],
}  # fmt: skip


def service(**changed: Any) -> dict[str, Any]:
    """The invented service with some of it otherwise; None leaves a field out."""
    found = deepcopy(SERVICE) | changed
    return {name: said for name, said in found.items() if said is not None}
