"""What stands in a form before anybody types: an entry as it is, and the least that a provider needs to be sent."""

from __future__ import annotations

from typing import Any

from rightplace.common.caseflow.children import age_words
from rightplace.foundation.access.actor import Actor
from rightplace.services.directory.families import Family
from rightplace.services.directory.making import shelf_of
from rightplace.services.directory.models import Service
from rightplace.services.directory.shelf import Fields
from rightplace.services.directory.values import number_in, plain


def kept(row: Service) -> dict[str, Any]:
    """The entry as the form shows it."""
    site, opening = row.sites.order_by("id").first(), row.openings.order_by("id").first()
    shelf = shelf_of(row.source, gone=False)
    first: Fields = next(iter(shelf.naming("cost_option", "service_id", row.ident)), {})
    home: Fields = next(iter(shelf.naming("address", "location_id", site.location)), {}) if site else {}
    return {
        "name": row.name, "words": row.words, "headings": ", ".join(row.headings), "youngest": _number(row.youngest),
        "oldest": _number(row.oldest), "amount": _pounds(number_in(first.get("amount"))),
        "cost": plain(first.get("amount_description"), 200), "days": opening.days if opening else [],
        "opens": opening.opens if opening else None, "closes": opening.closes if opening else None,
        "address": plain(home.get("address_1"), 200),
        "postcode": site.postcode if site else "", "access": site.access if site else "",
        "languages": ", ".join(row.languages), "phone": row.phone, "email": row.email, "url": row.url, "places": row.places,
        "state": row.state, "alert": row.alert,
    }  # fmt: skip


def _number(said: float | None) -> str:
    return "" if said is None else f"{said:g}"


def _pounds(said: float | None) -> str:
    return "" if said is None else f"{said:.2f}".removesuffix(".00")


def least_to_send(family: Family, by: Actor) -> str:
    """What a provider needs to say yes or no: first name and age, and whom to ring. No family name, no address."""
    age = age_words(family.person)
    called = family.person.given or "A child"
    how_old = f" ({age})" if age else ""
    return f"{called}{how_old}. Please ring {by.name}, {by.team_name}, to arrange the first time."
