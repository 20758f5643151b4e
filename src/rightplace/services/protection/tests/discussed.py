"""Children about whom a strategy discussion is called, for the tests of protection. Invented."""

from __future__ import annotations

from datetime import date, timedelta

from rightplace.common.caseflow import actions as caseflow
from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.contact import (
    ContactDecided,
    ContactReceived,
    Level,
    ReferralAccepted,
    Route,
)
from rightplace.domain.practice.entries.identity import IdentityRecorded
from rightplace.domain.practice.entries.protection import (
    Attended,
    StrategyAction,
    StrategyAnswered,
    StrategyDecided,
    StrategyHeld,
)
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.journal.writing import NewFile, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.services.protection import actions
from rightplace.services.protection.actions import Minutes
from rightplace.services.protection.projections import Called, Strategy
from rightplace.testing.organisation import Colleague, SmallCity

IDA = IdentityRecorded(given="Ida", family="Fernley", born=date(2017, 3, 9), sex="F")
SOL = IdentityRecorded(given="Sol", family="Fernley", born=date(2021, 1, 20), sex="M")
SENT = "Ida and Sol Fernley, 12 Cedar Row. A bruise on Sol's cheek, seen today."


def later(**by: int) -> None:
    """Some time goes by: what is written at one instant is ordered by its rank, not by who was first."""
    now = clock.now() + timedelta(**(by or {"minutes": 5}))
    clock.set_clock(lambda: now)


def with_the_team(city: SmallCity, *children: IdentityRecorded) -> list[int]:
    """Brothers and sisters whom the assessment team of area 1 has, with the social worker as worker."""
    at, occasion, files, drafts = from_datetime(clock.now()), new_id(), [], []
    for child in children or (IDA, SOL):
        file, contact = new_id(), new_id()
        files.append(file)
        decided = ContactDecided(
            contact=contact, level=Level.COMPLEX, indicators=("parenting.health.unwell",), reasons="A bruise.",
            route=Route.ASSESSMENT, alternatives="None.", lawful_basis="public task", family_told="not told",
            family_not_told_reason="It could put them in danger.",
        )  # fmt: skip
        told = ContactReceived(team=city.front_door.pk, source="2A", channel="online", saw="A bruise.")
        referral = ReferralAccepted(contact=contact, source="2A", primary_need="N1", team=city.front_door.pk)
        for body in (child, told, decided, referral):
            is_told = body is told
            drafts.append(
                Draft(file=file, body=body, day=day_of(at), at=at, id=contact if is_told else 0,
                      occasion=occasion if is_told else 0)
            )  # fmt: skip
    write(drafts, by=city.front_door_manager.actor, may="contact.decide", opening=[NewFile(f) for f in files])
    for file in files:
        caseflow.offer_child(
            file=file, team=city.assessment.pk, for_what="assessment", reasons="Of your area.",
            by=city.front_door_worker.actor,
        )  # fmt: skip
        offer = Offer.objects.get(file=file, state="open")
        caseflow.accept_child(
            file=file, offer=offer.id, by=city.assessment_manager.actor, worker=city.social_worker.worker.pk
        )
    later()
    return files


def call_of(city: SmallCity, *agencies: Colleague, **more: object) -> StrategyDecided:
    """What the social worker calls with."""
    called = tuple(each.team.agency_id for each in (agencies or (city.police, city.health)))
    said: dict[str, object] = {
        "reasons": "A bruise of a hand on a child of five.", "called": called, "where": "By video", "sent": SENT,
        "meets": clock.now() + timedelta(hours=3), "basis": "public task", "purpose": "To decide together",
        "family_told": "not told", "not_told_reason": "It could put them in danger.", **more,
    }  # fmt: skip
    return StrategyDecided(**said)  # type: ignore[arg-type]


def called(city: SmallCity, *agencies: Colleague) -> list[Strategy]:
    """A discussion about Ida and Sol, called by the social worker."""
    files = with_the_team(city)
    signed = actions.call_strategy(files=files, call=call_of(city, *agencies), by=city.social_worker.actor)
    later()
    return list(Strategy.objects.filter(number=signed[0].occasion).order_by("file"))


def answered(rows: list[Strategy], by: Colleague, **more: object) -> None:
    """The agency answers: its colleague comes, and says what it knows."""
    said: dict[str, object] = {
        "strategy": 0, "agency": 0, "answer": "coming", "who": by.worker.name, "known": "known",
        "knows": "Two calls to the address in May.", "basis": "public task", "purpose": "To decide together", **more,
    }  # fmt: skip
    own = list(Called.objects.filter(number=rows[0].number, agency=by.team.agency_id))
    actions.answer_call(rows=own, answer=StrategyAnswered(**said), by=by.actor)  # type: ignore[arg-type]
    later()


def there(*people: Colleague) -> tuple[Attended, ...]:
    """These took part."""
    return tuple(
        Attended(agency=p.team.agency_id, kind=p.team.agency.kind, who=p.worker.name, how="by video")
        for p in people
    )


def minutes_of(
    city: SmallCity, *enquiries: int, attended: tuple[Attended, ...] = (), **more: object
) -> Minutes:
    """What is signed as minutes: all three there, two things agreed, unless said otherwise."""
    said: dict[str, object] = {
        "attended": attended or there(city.social_worker, city.police, city.health), "minutes": "The police told of May.",
        "reasons": "The bruise is that of a hand.", "partners_told": "We see the children today.",
        "basis": "public task", "purpose": "To act together",
        "agreed_actions": (
            StrategyAction(what="Check the log of calls", who="Kay Ormond", agency=city.police.team.agency_id,
                           due=date(2026, 3, 4)),
            StrategyAction(what="See both children", worker=city.social_worker.worker.pk, due=date(2026, 3, 3)),
        ), **more,
    }  # fmt: skip
    return Minutes(StrategyHeld(**said), frozenset(enquiries), clock.now())  # type: ignore[arg-type]


def held(city: SmallCity) -> list[Strategy]:
    """A discussion that was held with all three; an enquiry begins for both children."""
    rows = called(city)
    answered(rows, city.police)
    minutes = minutes_of(city, *(row.file for row in rows))
    actions.hold_strategy(rows=rows, minutes=minutes, by=city.social_worker.actor)
    later()
    return again(rows)


def again(rows: list[Strategy]) -> list[Strategy]:
    """The rows as they stand now."""
    return list(Strategy.objects.filter(number=rows[0].number).order_by("file"))
