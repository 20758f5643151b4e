"""What the front door decides of a concern, and what the one who told it hears."""

from __future__ import annotations

from rightplace.demo.city import needs
from rightplace.demo.city.door import Telling
from rightplace.demo.city.house import Hand
from rightplace.demo.city.people import Child
from rightplace.demo.city.times import MINUTE, day_of, in_the_day, in_the_office, is_open, workday
from rightplace.domain.practice.entries.contact import (
    ENDS_AT_THE_FRONT_DOOR,
    BlindDecisionMade,
    ContactDecided,
    DisagreementAnswered,
    Level,
    ReferralAccepted,
    ReferrerDisagreed,
    ReferrerTold,
    Route,
)
from rightplace.domain.practice.entries.identity import PossibleDuplicateSettled
from rightplace.domain.practice.entries.keeping import InformationRefused, InformationShared

SAME = "The date of birth and the mother are the same, and the spelling differs as it might on the telephone. One child."
NOT_SAME = "Cousins of nearly the same name, born on one day. The mothers are sisters; both were spoken to. Two children."
PUBLIC_HEARS = "Thank you. A worker has read what you told us."


def decide(telling: Telling, at: int) -> Hand:
    """Write the decision into each child's file and the concern's, and what the referrer is told. Returns who decided."""
    scene, rng, route = telling.scene, telling.scene.rng, telling.route
    night = telling.at_night and not is_open(at)
    place = scene.house.night if night else scene.house.front_door
    by = (place.manager if rng.random() < 0.3 else place.worker)(day_of(at), rng).hand
    level = needs.level_of(route, rng)
    indicators = needs.indicators_of(telling.need, level, rng)
    told = feedback(telling)
    settle(telling, at - 5 * MINUTE)
    for child in telling.children:
        own = telling.own[child.file.id]
        body = decision(telling, child, own, level, indicators)
        decided = scene.pen.say(child.file, body, at, by, concern=telling.concern.id)
        child.refs["decided"] = decided
        if route in (Route.ASSESSMENT, Route.STRATEGY):
            need = needs.primary_need(telling.need, rng)
            accepted = ReferralAccepted(
                contact=own, source=telling.teller.code, primary_need=need, team=telling.team
            )
            child.refs["referral"] = scene.pen.say(child.file, accepted, at, by, concern=telling.concern.id)
        scene.pen.say(child.file, named(told, own), at, by, concern=telling.concern.id)
        if route is Route.ANOTHER_AGENCY:
            scene.pen.say(child.file, shared(telling, decided), at, by, concern=telling.concern.id)
        if route in ENDS_AT_THE_FRONT_DOOR and child.open_until <= telling.arrival.at:
            child.open_until = at
    telling.say(decision(telling, telling.children[0], telling.entry, level, indicators), at, by)
    telling.say(named(told, telling.entry), at, by)
    blind(telling, at, level, indicators)
    refuse(telling, at, by)
    return by


def blind(telling: Telling, at: int, level: Level, indicators: tuple[str, ...]) -> None:
    """Now and then a manager decides the same contact without having seen the decision, to learn where they differ."""
    scene, rng = telling.scene, telling.scene.rng
    if rng.random() > 0.015:
        return
    manager = scene.house.front_door.manager(day_of(at), rng).hand
    route = telling.route if rng.random() < 0.7 else Route.FAMILY_SUPPORT
    reasons = telling.words.draw("decision.reasons", rng, ("route", str(route)))
    body = BlindDecisionMade(
        contact=telling.entry, level=level, indicators=indicators, route=route, reasons=reasons
    )
    telling.say(body, at - MINUTE, manager)


def refuse(telling: Telling, at: int, by: Hand) -> None:
    """Now and then somebody asks for what it is better not to share: refused, with the reason."""
    if telling.scene.rng.random() > 0.012:
        return
    body = InformationRefused(
        with_whom="the landlord", asked_for="What the police know of the family.",
        reasons="It is not needed for the repair, and would have told the father where the mother lives.",
    )  # fmt: skip
    telling.scene.pen.say(telling.children[0].file, body, at, by, concern=telling.concern.id)


def settle(telling: Telling, at: int) -> None:
    """Say whether two files are one child, before anything is decided; a few are linked afterwards."""
    rng = telling.scene.rng
    for child in telling.children:
        if "duplicate" in child.refs and "settled" not in child.refs:
            same = rng.random() < 0.35
            child.refs["settled"] = 1
            reasons = SAME if same else NOT_SAME
            body = PossibleDuplicateSettled(
                duplicate=child.refs["duplicate"], same_child=same, reasons=reasons
            )
            telling.scene.pen.say(child.file, body, at, telling.desk, concern=telling.concern.id)
            if same:
                telling.scene.linked.append((child.file.id, child.refs["also"]))


def decision(
    telling: Telling, child: Child, contact: int, level: Level, indicators: tuple[str, ...]
) -> ContactDecided:
    """The decision for one child, with what else was thought of."""
    rng, route, words = telling.scene.rng, telling.route, telling.words
    ends = route in ENDS_AT_THE_FRONT_DOOR
    told = rng.random() < 0.7
    age = child.age(telling.arrival.day)
    return ContactDecided(
        contact=contact, level=level, indicators=indicators, route=route,
        reasons=words.draw("decision.reasons", rng, ("route", str(route)), ("age", age), ("need", telling.need)),
        alternatives=words.draw("decision.alternatives", rng, ("route", str(route))),
        dissent=words.draw("decision.dissent", rng) if rng.random() < 0.06 else "",
        lawful_basis="public task", family_told="told and agrees" if told else "not told",
        family_not_told_reason="" if told else words.draw("decision.told_family", rng, ("told", "no")),
        unseen_reason=words.draw("closing.unseen", rng) if ends and not child.seen else "",
        to_agency=_agency(telling) if route is Route.ANOTHER_AGENCY else 0,
        team_load=telling.scene.load(len(telling.scene.house.front_door.workers)) if ends else None, pack="sample",
    )  # fmt: skip


def _agency(telling: Telling) -> int:
    """The agency that goes on with it: a fitting one, the same each time that it is asked."""
    key = {"domestic abuse": "domestic-abuse", "housing": "council-housing", "self harm": "mental-health"}
    return telling.scene.house.desks[key.get(telling.need, "youth")].agency


def shared(telling: Telling, decided: int) -> InformationShared:
    """What was passed on to the agency, on what basis."""
    agency = _agency(telling)
    desk = next(d for d in telling.scene.house.desks.values() if d.agency == agency)
    return InformationShared(
        with_whom=desk.name, agency=agency, basis="consent", purpose="So that the family can be offered help.",
        sent="Names, the telephone number of the mother, and one sentence on what is wanted.", about=decided,
        family_told="told and agrees",
    )  # fmt: skip


def feedback(telling: Telling) -> ReferrerTold:
    """The text of its own that the referrer reads; the public hears that it was read."""
    if not telling.teller.professional:
        return ReferrerTold(contact=0, outcome="read", text=PUBLIC_HEARS)
    rng, words, route = telling.scene.rng, telling.words, ("route", str(telling.route))
    return ReferrerTold(
        contact=0, outcome=str(telling.route).capitalize(), text=words.draw("feedback.outcome", rng, route),
        next_steps=words.draw("feedback.next", rng, route), to_do=words.draw("feedback.to_do", rng, route),
    )  # fmt: skip


def named(told: ReferrerTold, contact: int) -> ReferrerTold:
    """The same text about this file's own contact."""
    return ReferrerTold(
        contact=contact, outcome=told.outcome, text=told.text, next_steps=told.next_steps, to_do=told.to_do
    )


def disagree(telling: Telling, decided: int, by: Hand) -> None:
    """Now and then the referrer disagrees, and somebody other than the one who decided answers."""
    scene, rng = telling.scene, telling.scene.rng
    share = 0.05 if telling.route in ENDS_AT_THE_FRONT_DOOR else 0.008
    if not telling.teller.professional or not telling.teller.agency or rng.random() > share:
        return
    at = in_the_office(decided, rng.randint(30, 900))
    because = telling.words.draw("disagreement.because", rng)
    number = telling.say(ReferrerDisagreed(contact=telling.entry, because=because), at, telling.teller.hand)
    answered = in_the_day(
        rng, workday(day_of(at), rng.randint(1, 2) if rng.random() > 0.15 else rng.randint(4, 7))
    )
    manager = scene.house.front_door.manager(day_of(answered), rng, but=by.worker)
    if manager.worker == by.worker:
        manager = scene.house.heads[0]
    upheld = rng.random() < 0.3
    text = telling.words.draw("disagreement.answer", rng, ("upheld", "yes" if upheld else "no"))
    body = DisagreementAnswered(disagreement=number, upheld=upheld, text=text, reasons=text)
    telling.say(body, answered, manager.hand)
