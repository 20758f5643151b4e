"""Two invented children with whom a family support team works, for the tests of early help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.common.caseflow.queries import held_at
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.contact import ContactDecided, ContactReceived, Level, Route
from rightplace.domain.practice.entries.familysupport import (
    Agreement,
    FamilyPlanReviewed,
    Finding,
    Goal,
    Measure,
    WholeFamilyAssessed,
)
from rightplace.domain.practice.entries.identity import IdentityRecorded, RelationshipRecorded
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.journal.writing import NewFile, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.services.familysupport import actions
from rightplace.services.familysupport.family import Family, family_of
from rightplace.services.familysupport.projections import Support
from rightplace.testing.organisation import MORNING, SmallCity

BEFORE = MORNING - timedelta(days=28)
MOTHER = Agreement(who="Ida Lindqvist", part="mother", on=date(2026, 2, 3))


@dataclass
class Two:
    """Maya and Jonas, her brother."""

    maya: int
    jonas: int

    @property
    def files(self) -> list[int]:
        return [self.maya, self.jonas]


def offered(city: SmallCity) -> Two:
    """Told of together, decided for family support and offered to the team of area 1."""
    two, occasion, concern = Two(new_id(), new_id()), new_id(), new_id()
    for file, given, born in (
        (two.maya, "Maya", date(2016, 4, 2)),
        (two.jonas, "Jonas", date(2022, 6, 5)),
    ):
        contact, at = new_id(), from_datetime(clock.now())
        bodies: tuple[Any, ...] = (
            IdentityRecorded(given=given, family="Lindqvist", born=born),
            ContactReceived(team=city.front_door.pk, source="2A", channel="online", saw="Often hungry, often late."),
            ContactDecided(
                contact=contact, level=Level.ADDITIONAL, indicators=("parenting.health.unwell",),
                route=Route.FAMILY_SUPPORT, reasons="Help can mend it", alternatives="Advice"
            ),
            RelationshipRecorded(relation="mother", name="Ida Lindqvist", parental_responsibility=True),
        )  # fmt: skip
        ids = (0, contact, 0, 0)
        drafts = [
            Draft(file=file, body=body, day=day_of(at), at=at, id=number, occasion=occasion if number else 0,
                  concern=concern)
            for body, number in zip(bodies, ids, strict=True)
        ]  # fmt: skip
        write(drafts, by=city.front_door_manager.actor, may="contact.decide", opening=[NewFile(file)])
    for file, other, relation in ((two.maya, two.jonas, "brother"), (two.jonas, two.maya, "sister")):
        at = from_datetime(clock.now())
        body = RelationshipRecorded(relation=relation, other_file=other, same_household=True)
        write(
            [Draft(file=file, body=body, day=day_of(at), at=at)],
            by=city.front_door_manager.actor,
            may="note.write",
        )
    for file in two.files:
        caseflow.offer_child(
            file=file, team=city.family_support.pk, for_what="family support team", reasons="Help in the mornings.",
            by=city.front_door_manager.actor, concern=concern,
        )  # fmt: skip
    return two


def accepted(city: SmallCity) -> Two:
    """The team accepted both and has a worker for them."""
    two = offered(city)
    caseflow.accept_children(
        offers={offer.file: offer.id for offer in Offer.objects.filter(state="open")},
        by=city.family_support_manager.actor, worker=city.family_support_worker.worker.pk,
    )  # fmt: skip
    return two


def begun(city: SmallCity, two: Two | None = None) -> Family:
    """The mother agrees, Maya too, and the work has begun."""
    two = two or accepted(city)
    by = city.family_support_worker.actor
    children = [
        Agreement(who="Maya", child=two.maya, part="child", on=date(2026, 2, 3)),
        Agreement(
            who="Jonas", child=two.jonas, part="child", answer="too young to be asked", on=date(2026, 2, 3)
        ),
    ]
    actions.begin(
        files=two.files, agreements=[MOTHER, *children], purpose="Quiet mornings", lead=by.worker, by=by
    )
    return again(by)


def again(by: Actor) -> Family:
    """The one family, read anew."""
    return family_of(by, Support.objects.order_by("-began", "-id").first().family)  # type: ignore[union-attr]


def assessed(city: SmallCity, family: Family | None = None) -> Family:
    """Begun, and the baseline taken."""
    family, by = family or begun(city), city.family_support_worker.actor
    maya = next(a for a in family.record.agreements if a.who == "Maya")
    body = WholeFamilyAssessed(
        support=0, summary="Mornings are hard.", framework="supporting-families", family_words="We want quiet mornings.",
        child_words="I want breakfast.", needs=("education",),
        found=(Finding(headline="education", who="Maya", child=maya.child, needs="To be on time"),),
        measures=(
            Measure(headline="education", who="Maya", child=maya.child, value="need"),
            Measure(headline="money", who="Ida Lindqvist", value=""),
        ),
    )  # fmt: skip
    actions.assess(family=family, assessed=body, by=by)
    return again(by)


def planned(
    city: SmallCity, worker: int = 0, doer: str = "Ida Lindqvist", family: Family | None = None
) -> Family:
    """Assessed, and a plan of two goals."""
    family, by = assessed(city, family), city.family_support_worker.actor
    goals = [
        Goal(
            number=1,
            want="Maya is at school on time",
            does="Walk together",
            doer=doer,
            worker=worker,
            by=date(2026, 3, 10),
        ),
        Goal(
            number=2,
            want="The rent is paid",
            does="Ring the advice line",
            doer="Tamsin Reeve",
            by=date(2026, 3, 20),
        ),
    ]
    actions.plan(family=family, goals=goals, family_words="Yes, that.", by=by)
    return again(by)


def reviewed(city: SmallCity, family: Family, goes_on: str, value: str = "better") -> Family:
    """The plan was looked at again, and how it goes on was said."""
    by = city.family_support_worker.actor
    maya = next(each for each in family.record.agreements if each.who == "Maya")
    measure = Measure(headline="education", who="Maya", child=maya.child, value=value)
    body = FamilyPlanReviewed(
        support=0, outcome="Looked at.", came=("Ida Lindqvist",), family_words="Quieter.",
        goals=tuple(family.record.goals), measures=(measure,), goes_on=goes_on,
    )  # fmt: skip
    actions.review(family=family, reviewed=body, by=by)
    return again(by)


def now_of(file: int) -> Span:
    """Where the child is now."""
    return Span.objects.get(held_at(clock.now()), person=file)
