"""Two strategy discussions for the story's people: one this afternoon, one held yesterday, its actions under way."""

from __future__ import annotations

from datetime import date, timedelta

from rightplace.demo.seeding.households import Cast, at, child, today, with_the_team, yesterday
from rightplace.domain.practice.entries.protection import (
    Attended,
    StrategyAction,
    StrategyAnswered,
    StrategyDecided,
    StrategyHeld,
)
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.queries import authority, on_day
from rightplace.services.protection import actions
from rightplace.services.protection.actions import Minutes
from rightplace.services.protection.projections import Action, Called, Strategy
from rightplace.services.protection.queries import entries_told
from rightplace.services.protection.words import PURPOSE

CORBETT = (
    child("Ada", "Hollis", date(2018, 4, 27), "F"),
    child("Finn", "Hollis", date(2021, 12, 8), "M"),
)
JESSOP = (child("Noor", "Jessop", date(2020, 8, 16), "F"),)


def seed(population: int, seed: int) -> None:
    """One discussion that police have still to answer, and one that was held with its quorum."""
    cast = Cast.of_the_story()
    _this_afternoon(cast)
    _yesterday(cast)


def _this_afternoon(cast: Cast) -> None:
    saw = "Finn has a round burn on the back of his hand. Ada says that nobody may know how it happened."
    files = with_the_team(cast, today(), saw, "22 Quarry Bank", *CORBETT, hour=8)
    with at(today(), 9, 5):
        rows = _call(
            cast, files,
            reasons="A round burn on the back of a child of four, and a sister who was told to say nothing.",
            sent="Ada Hollis, 7, and Finn Hollis, 4, 22 Quarry Bank. A round burn on the back of Finn’s hand, seen at "
            "school this morning. Their mother is Tess Hollis; her partner is known as Dean.",
            meets=timedelta(hours=5), where="By video. The address is in your e-mail.",
        )  # fmt: skip
    with at(today(), 9, 40):
        _answer(
            rows, cast.health, "Finn was last weighed in October. Two visits since then found nobody at home."
        )
    with at(today(), 9, 55):
        _call_in_the_landlord(cast, rows[0].number)


def _call_in_the_landlord(cast: Cast, number: int) -> None:
    """Who is needed is often seen only after the call."""
    landlord = on_day(Agency.objects.filter(kind=Agency.Kind.HOUSING), clock.today()).order_by("id").first()
    rows = list(Strategy.objects.filter(number=number).order_by("file"))
    told = entries_told(cast.worker, [rows[0].file])
    call = next((each.body for each in told if isinstance(each.body, StrategyDecided)), None)
    if landlord is not None:
        because = "It lets them the house, and its warden was there in February."
        actions.call_in(rows=rows, call=call, agency=landlord.pk, because=because, by=cast.worker)


def _yesterday(cast: Cast) -> None:
    saw = "Noor has bruises on both upper arms, like from fingers. She cried when it was time to go home."
    files = with_the_team(cast, yesterday(), saw, "6 Millrace Cottages", *JESSOP, hour=8)
    with at(yesterday(), 9, 10):
        rows = _call(
            cast, files, reasons="Bruises like from fingers on both arms, and a child who is afraid to go home.",
            sent="Noor Jessop, 5, 6 Millrace Cottages. Bruises on both upper arms, seen at school this morning. She lives "
            "with her father, Joel Jessop.",
            meets=timedelta(hours=3), where="At the front door’s office, or by video.",
        )  # fmt: skip
    with at(yesterday(), 10, 5):
        _answer(
            rows, cast.police, "Called to the address once, in November: shouting, nobody hurt, no offence."
        )
    with at(yesterday(), 10, 30):
        _answer(rows, cast.health, "Seen in December for a wrist that was sprained. The story fitted then.")
    with at(yesterday(), 13, 20):
        _hold(cast, list(Strategy.objects.filter(number=rows[0].number)))
    with at(yesterday(), 16, 30):
        seen = Action.objects.filter(number=rows[0].number, place=0)
        actions.say_done(rows=list(seen), by=cast.worker, note="Noor was seen alone at school, and spoke.")


def _call(
    cast: Cast, files: list[int], *, reasons: str, sent: str, meets: timedelta, where: str
) -> list[Called]:
    call = StrategyDecided(
        reasons=reasons, called=(cast.police.agency, cast.health.agency, cast.school.agency), meets=clock.now() + meets,
        where=where, sent=sent, basis="public task", purpose=PURPOSE, family_told="not told",
        not_told_reason="Telling them before the talk could put the children in danger.",
    )  # fmt: skip
    signed = actions.call_strategy(files=files, call=call, by=cast.worker)
    return list(Called.objects.filter(number=signed[0].occasion))


def _answer(rows: list[Called], by: Actor, knows: str) -> None:
    own = [row for row in rows if row.agency == by.agency]
    answer = StrategyAnswered(
        strategy=0, agency=0, answer="coming", who=by.name, known="known", knows=knows, basis="public task",
        purpose=PURPOSE,
    )  # fmt: skip
    actions.answer_call(rows=own, answer=answer, by=by)


def _hold(cast: Cast, rows: list[Strategy]) -> None:
    council = authority()
    assert council is not None, "the demonstration has an authority"
    police, health = (Agency.objects.get(pk=each.agency) for each in (cast.police, cast.health))
    held = StrategyHeld(
        agencies=("children's services", police.name, health.name),
        attended=(
            Attended(agency=council.pk, kind=council.kind, who=cast.worker.name, how="in the room"),
            Attended(agency=police.pk, kind=police.kind, who=cast.police.name, how="by video"),
            Attended(agency=health.pk, kind=health.kind, who=cast.health.name, how="by telephone"),
        ),
        minutes="The school told what it saw. Police told of November, health of the wrist in December. All three think "
        "that the bruises are not from play.",
        reasons="Two injuries in three months and a child who is afraid: reasonable cause to suspect significant harm.",
        partners_told="We begin a section 47 enquiry today. Noor is seen alone at school by a social worker and a police "
        "officer. Her father is told this afternoon by both.",
        basis="public task", purpose=PURPOSE,
        agreed_actions=(
            StrategyAction(what="See Noor alone at school", worker=cast.worker.worker, due=yesterday()),
            StrategyAction(what="Send the log of calls to the address", who=cast.police.name, agency=police.pk,
                           due=yesterday()),
            StrategyAction(what="Ask a paediatrician to see the bruises", who=cast.health.name, agency=health.pk,
                           due=today()),
            StrategyAction(what="Tell the father, with the police", worker=cast.worker.worker, due=today()),
        ),
    )  # fmt: skip
    minutes = Minutes(held, frozenset(row.file for row in rows), clock.now())
    actions.hold_strategy(rows=rows, minutes=minutes, by=cast.worker)
