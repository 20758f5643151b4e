"""What waits at the desks of a health visitor and a housing officer in the demonstration: one check each.

Both are asked of one contact that the front door is screening, a few minutes before the demonstration begins.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from rightplace.common.web import words
from rightplace.demo.finishing import someone
from rightplace.demo.material.strip import strip
from rightplace.domain.practice.entries.contact import Grade
from rightplace.foundation.journal.models import File
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Area
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.people.projections import Person
from rightplace.services.frontdoor import asking
from rightplace.services.frontdoor.projections import Check, Contact

BEFORE = timedelta(minutes=30)
"""Before the demonstration begins: later than the last thing that was done with the contact."""
PURPOSE = "To decide what help the children need, and how soon."
QUESTIONS = {
    Agency.Kind.HEALTH: "Were the children’s checks done, and does anybody of your team worry about them or their mother?",
    Agency.Kind.HOUSING: "Is the family your tenant, is the home fit for children, and is rent owed?",
}


def seed(population: int, seed: int) -> None:
    """Ask health visiting of the story's quarter and the first landlord about the same children."""
    asked = strip().starts - BEFORE
    contact = _being_screened(asked)
    if contact is None:
        return
    with clock.clock_at(asked):
        for agency in _asked():
            asking.ask_checks(
                contact=contact, agencies=[agency.pk], question=QUESTIONS[Agency.Kind(agency.kind)],
                basis="public task", purpose=PURPOSE, sent=_least(contact), family_told="told and agrees",
                grade=Grade.AMBER, by=someone(RoleCode.FRONT_DOOR_WORKER),
            )  # fmt: skip


def _being_screened(before: datetime) -> Contact | None:
    """The contact that was graded longest ago, waits for its decision and about which nobody was asked yet."""
    open_now = Contact.objects.filter(decided__isnull=True, read__lt=before).exclude(grade="")
    unasked = open_now.exclude(concern__in=Check.objects.values("concern"))
    return next((each for each in unasked.order_by("received") if each.children), None)


def _asked() -> list[Agency]:
    quarter = Area.objects.get(key=strip().area).quarter.capitalize()
    found: list[QuerySet[Agency]] = [
        Agency.objects.filter(name=f"Aldermere Health Visiting, {quarter}"),
        Agency.objects.filter(kind=Agency.Kind.HOUSING),
    ]
    return [agency for rows in found if (agency := rows.order_by("pk").first()) is not None]


def _least(contact: Contact) -> str:
    """Names and birth dates, and nothing of what was told."""
    persons = File.objects.filter(id__in=contact.children).values("person")
    said = [
        f"{each.name}, born {words.plain_day(each.born)}" if each.born else each.name
        for each in Person.objects.filter(person__in=persons).order_by("person")
    ]
    return f"{'; '.join(said)}. Not what was told, nor by whom."
