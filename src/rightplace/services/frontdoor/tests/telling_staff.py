"""Concerns to work on in the tests of the front door's working pages. Invented children only."""

from __future__ import annotations

from datetime import date

from rightplace.domain.practice.entries.contact import ContactReceived
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.foundation.people.actions import located
from rightplace.services.frontdoor.intake import ChildTold, Told, raise_concern
from rightplace.services.frontdoor.projections import Contact
from rightplace.testing.organisation import Colleague, postcode_in

AYLA = IdentityRecorded(given="Ayla", family="Brookfield", born=date(2017, 5, 4), sex="F")
JOE = IdentityRecorded(given="Joe", family="Brookfield", born=date(2020, 9, 12), sex="M")


def told(
    by: Colleague, *children: IdentityRecorded, area: int = 1, line: str = "12 Cedar Row", **said: object
) -> Contact:
    """A concern raised by that colleague about these children; gives its contact."""
    fields: dict[str, object] = {
        "team": 0,
        "source": "2A",
        "channel": "online",
        "agency": by.team.agency_id,
        "saw": "Came without a coat again.",
        "wants": "Somebody to help the mother.",
        "referrer_name": by.worker.name,
        "referrer_role": "Safeguarding lead",
        "family_told": "yes",
        "danger_now": "no",
        **said,
    }
    address = located(line, postcode_in(area))
    receipt = raise_concern(
        Told(
            children=[ChildTold(identity=child, address=address) for child in (children or (AYLA, JOE))],
            contact=ContactReceived(**fields),  # type: ignore[arg-type]
        ),
        by=by.actor,
    )
    return Contact.objects.get(concern=receipt.concern)


def again(contact: Contact) -> Contact:
    """The contact as it stands now."""
    return Contact.objects.get(concern=contact.concern)
