"""Forms of intake, filled in by their stable field names. Invented children only."""

from __future__ import annotations

from rightplace.domain.practice.entries.contact import Level, Route
from rightplace.services.frontdoor.deciding import ChildDecision, Decision, Feedback, decide_contact
from rightplace.services.frontdoor.projections import Contact
from rightplace.testing.organisation import Colleague, postcode_in

PROFESSIONAL = {
    "danger": "no",
    "children-count": "2",
    "children-0-given": "Kaya",
    "children-0-family": "Doyle",
    "children-0-born_day": "4",
    "children-0-born_month": "5",
    "children-0-born_year": "2018",
    "children-0-sex": "F",
    "children-1-given": "Ben",
    "children-1-family": "Doyle",
    "children-1-born_age": "5",
    "together": "yes",
    "address_line": "12 Alder Road",
    "address_postcode": postcode_in(1),
    "saw": "Both came in without breakfast for the third day.",
    "wants": "Somebody to see them at home.",
    "family_told": "not told",
    "family_told_reason": "The father waits outside the school.",
    "lawful_basis": "public task",
    "your_role": "Safeguarding lead",
    "your_phone": "0121 496 0199",
}

PUBLIC = (
    {"danger": "not known"},
    {"saw": "Shouting every night; the little one stood outside in pyjamas."},
    {"children-count": "1", "children-0-described": "boy, about 6, at number 12", "children-0-born_age": "6"},
    {"address_line": "12 Alder Road", "address_postcode": ""},
    {"since": "weeks"},
    {"adults": ""},
    {},
    {"how_known": "1B"},
    {"says_who": "no"},
)

CALL = {
    "source": "1B",
    "caller_name": "",
    "caller_role": "",
    "caller_phone": "",
    "danger": "no",
    "saw": "Crying at night for weeks.",
    "wants": "",
    "address_line": "12 Alder Road",
    "address_postcode": postcode_in(1),
}


def told_what_comes_of_it(contact: Contact, by: Colleague) -> None:
    """Decide that no service is needed, and tell the referrer."""
    children = [
        ChildDecision(
            file=file, level=Level.UNIVERSAL_PLUS, indicators=("parenting.health.unwell",), route=Route.ADVICE,
            reasons="INTERNAL: the aunt helps.", alternatives="Family support; not wanted.",
            unseen_reason="The school sees them daily.",
        )
        for file in contact.children
    ]  # fmt: skip
    feedback = Feedback(
        outcome="Advice",
        text="The school can help here.",
        next_steps="Nothing from us now.",
        to_do="Ring if it goes on.",
    )
    decision = Decision(
        children=children, lawful_basis="public task", family_told="told and agrees", feedback=feedback
    )
    decide_contact(contact=contact, decision=decision, by=by.actor)
