"""The tables of Open Referral UK 3.0 and how they hang together, in our own form.

Source: Open Referral UK profile of the Human Services Data Specification 3.0, October 2024 (openreferraluk.org).
What the profile leaves out of HSDS 3.0, and real directories send all the same, stands in BESIDE: kept, never judged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

TEXT, NUMBER, UUID, URI, EMAIL, DATE, INSTANT, TIME = (
    "text", "number", "uuid", "uri", "email", "date", "instant", "time",
)  # fmt: skip
AS_GIVEN = "rightplace_as_given"
"""Beside a mended row in an export: what the source had said there, so that nothing of it is lost on the way back."""


@dataclass(frozen=True)
class Table:
    """One kind of object: its fields, what it must have, and what stands inside it."""

    kind: str
    file: str
    fields: Mapping[str, str]
    required: tuple[str, ...] = ()
    in_tables: tuple[str, ...] = ()
    """What a CSV must have beside, since there is nothing around a row that says whose it is."""
    needs: tuple[str, ...] = ("id",)
    """Without these there is nothing to keep: the row is refused. Anything else that lacks is a doubt."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Name of a list inside it: the kind in the list, and that kind's field that names this one."""
    ones: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Name of an object inside it: its kind, and this one's own field that names it."""
    beside: bool = False


def _fields(text: str) -> dict[str, str]:
    """Fields as `name` or `name:form`, text where nothing is said."""
    return {name: form or TEXT for name, _, form in (part.partition(":") for part in text.split())}


PLACES = ("physical", "postal", "virtual")
ATTRIBUTES = {"attributes": ("attribute", "link_id")}


def _table(kind: str, file: str, fields: str, **more: object) -> Table:
    return Table(kind, file, _fields(fields), **more)  # type: ignore[arg-type]


UK = (
    _table(
        "organization", "organizations",
        "id:uuid name description email:email website:uri logo uri:uri parent_organization_id:uuid",
        required=("id", "name", "description"), needs=("id", "name"),
        lists={"organization_identifiers": ("organization_identifier", "organization_id"), **ATTRIBUTES},
    ),
    _table(
        "service", "services",
        "id:uuid organization_id:uuid name description url:uri email:email status fees accreditations "
        "minimum_age:number maximum_age:number assured_date:date assurer_email:email alert last_modified:instant",
        required=("id", "name", "status"), in_tables=("organization_id",), needs=("id", "name"),
        choices={"status": ("active", "inactive", "defunct", "temporarily closed")},
        lists={
            "schedules": ("schedule", "service_id"), "service_areas": ("service_area", "service_id"),
            "service_at_locations": ("service_at_location", "service_id"), "languages": ("language", "service_id"),
            "funding": ("funding", "service_id"), "cost_options": ("cost_option", "service_id"),
            "contacts": ("contact", "service_id"), **ATTRIBUTES,
        },
        ones={"organization": ("organization", "organization_id")},
    ),
    _table(
        "service_at_location", "service_at_location", "id:uuid service_id:uuid location_id:uuid",
        required=("id",), in_tables=("service_id", "location_id"), ones={"location": ("location", "location_id")},
    ),
    _table(
        "location", "locations",
        "id:uuid location_type name description latitude:number longitude:number external_identifier "
        "external_identifier_type",
        required=("id", "location_type"), choices={"location_type": PLACES},
        lists={"addresses": ("address", "location_id"), "accessibility": ("accessibility", "location_id"),
               **ATTRIBUTES},
    ),
    _table(
        "address", "addresses",
        "id:uuid location_id:uuid attention address_1 city region state_province postal_code country address_type",
        required=("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
        choices={"address_type": PLACES}, lists=ATTRIBUTES,
    ),
    _table(
        "schedule", "schedules",
        "id:uuid service_id:uuid service_at_location_id:uuid valid_from:date valid_to:date dtstart:date freq "
        "interval:number byday bymonthday description opens_at:time closes_at:time schedule_link:uri "
        "attending_type notes",
        required=("id",), choices={"freq": ("WEEKLY", "MONTHLY")},
    ),
    _table("contact", "contacts", "id:uuid service_id:uuid name title", required=("id",), lists=ATTRIBUTES),
    _table(
        "phone", "phones", "id:uuid contact_id:uuid number description", required=("id", "number"),
        needs=("id", "number"), lists={"languages": ("language", "phone_id")},
    ),
    _table("language", "languages", "id:uuid service_id:uuid phone_id:uuid", required=("id",)),
    _table("funding", "funding", "id:uuid service_id:uuid source", required=("id",)),
    _table(
        "cost_option", "cost_options",
        "id:uuid service_id:uuid valid_from:date valid_to:date option amount:number amount_description",
        required=("id",), in_tables=("service_id",),
    ),
    _table(
        "service_area", "service_areas", "id:uuid service_id:uuid name extent extent_type uri service_area",
        required=("id",),
    ),
    _table(
        "accessibility", "accessibility", "id:uuid location_id:uuid description details url:uri accessibility",
        required=("id",), lists=ATTRIBUTES,
    ),
    _table(
        "organization_identifier", "organization_identifiers",
        "id:uuid organization_id:uuid identifier_scheme identifier_type identifier",
        required=("id", "identifier_type", "identifier"), in_tables=("organization_id",), lists=ATTRIBUTES,
    ),
    _table(
        "attribute", "attributes", "id:uuid link_id:uuid taxonomy_term_id:uuid link_type link_entity",
        required=("id",), in_tables=("link_id", "taxonomy_term_id", "link_entity"),
        ones={"taxonomy_term": ("taxonomy_term", "taxonomy_term_id")},
    ),
    _table(
        "taxonomy", "taxonomies", "id:uuid name description uri:uri version",
        required=("id", "name", "description"), needs=("id", "name"),
        lists={"taxonomy_terms": ("taxonomy_term", "taxonomy_id")},
    ),
    _table(
        "taxonomy_term", "taxonomy_terms",
        "id:uuid name description parent_id:uuid taxonomy taxonomy_id:uuid term_uri:uri term",
        required=("id", "name", "description"), needs=("id", "name"),
    ),
)  # fmt: skip

BESIDE = tuple(
    _table(kind, file, "id:uuid service_id:uuid organization_id:uuid location_id:uuid", beside=True)
    for kind, file in (
        ("program", "programs"), ("required_document", "required_documents"), ("url", "urls"), ("unit", "units"),
        ("metadata", "metadata"), ("meta_table_description", "meta_table_descriptions"),
        ("eligibility", "eligibilities"), ("regular_schedule", "regular_schedules"),
        ("holiday_schedule", "holiday_schedules"), ("physical_address", "physical_addresses"),
        ("service_taxonomy", "service_taxonomies"), ("review", "reviews"),
    )
)  # fmt: skip

TABLES: dict[str, Table] = {table.kind: table for table in (*UK, *BESIDE)}
NAMES: dict[str, str] = {"parent_organization_id": "organization", "parent_id": "taxonomy_term"}
"""What a field that names another object names, where its own name does not say so."""
HOLDERS = ("service", "organization", "location", "contact", "phone", "service_at_location", "program")
OTHER_NAMES = {
    "services_at_location": "service_at_location", "services_at_locations": "service_at_location",
    "other_attributes": "attribute", "service_attribute": "attribute", "service_attributes": "attribute",
    "accessibility_for_disabilities": "accessibility", "accessibilities": "accessibility", "term": "taxonomy_term",
    "organisation": "organization", "organisations": "organization", "fundings": "funding",
    "additional_urls": "url", "additional_websites": "url", "service_packages": "service",
    "service_package": "service", "organisation_identifier": "organization_identifier",
    "organisation_identifiers": "organization_identifier", "eligibilitys": "eligibility", "parent_organization":
    "organization", "service_eligibility": "eligibility",
}  # fmt: skip


@cache
def kind_called(name: str) -> str:
    """The kind that a file, a list or an object of that name holds; empty when none does."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    for table in TABLES.values():
        if plain in (table.kind, table.file, f"{table.kind}s"):
            return table.kind
    return OTHER_NAMES.get(plain, "")


@cache
def named_by(field_name: str) -> str:
    """The kind that a field such as `service_id` names; empty for a field that names nothing."""
    if field_name in NAMES:
        return NAMES[field_name]
    kind = field_name.removesuffix("_id")
    return kind if field_name.endswith("_id") and kind in TABLES else ""


def owner_field(kind: str, inside: str) -> str:
    """The field by which an object of `kind` says in what it stands; made up where the standard has none."""
    for child, owner in TABLES[inside].lists.values():
        if child == kind:
            return owner
    return "link_id" if kind == "attribute" else f"{inside}_id"


def list_name(kind: str, inside: str) -> str:
    """The name of the list of such objects inside another."""
    for name, (child, _) in TABLES[inside].lists.items():
        if child == kind:
            return name
    return TABLES[kind].file


UUID_SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
