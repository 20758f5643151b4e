"""The child of the guided strip whom the front door knows already: misspelt on the telephone, at the address before."""

from __future__ import annotations

from random import Random

from rightplace.demo.city.house import House
from rightplace.demo.city.pen import File
from rightplace.demo.city.people import Child, Family, Home
from rightplace.demo.city.scene import Scene
from rightplace.demo.city.tellers import as_told
from rightplace.demo.city.times import MINUTE, on
from rightplace.demo.material.strip import KnownBefore, strip
from rightplace.domain.practice.entries import Body, FileKind
from rightplace.domain.practice.entries.contact import (
    ContactDecided,
    ContactRead,
    ContactReceived,
    ContactScreened,
    Grade,
    Level,
    ReferrerTold,
    Route,
)
from rightplace.domain.practice.entries.identity import RelationshipRecorded

INDICATORS = ("family.change.parting", "family.ties.alone")


def known_before(rng: Random, house: House, now: int) -> Scene:
    """One earlier contact, decided with advice, about a child whose name was heard otherwise."""
    known = strip().known
    scene = Scene(rng, house, _family(rng, known), now)
    child = scene.family.children[0]
    day = known.told_on.toordinal()
    at = on(day, 9 * 60 + 12, 21)
    teller = house.desks["police"].place.worker(day, rng)
    desk = house.front_door.worker(day, rng).hand
    concern = File(rng, FileKind.CONCERN)
    scene.concerns.append(concern)
    say, occasion = scene.pen.say, scene.pen.new_id()
    told = ContactReceived(
        team=house.front_door.id, source="6", channel="telephone", agency=house.desks["police"].agency,
        children=(child.file.id,), saw=known.saw, referrer_name=teller.name, referrer_role="Response officer",
        referrer_phone="01632 960110", family_told="told and agrees", lawful_basis="public task", danger_now="no",
        receipt="7K4N-W2QD", answers=as_told([child.identity(day, "contact")]),
    )  # fmt: skip
    entry = say(concern, told, at, teller.hand, concern=concern.id, occasion=occasion)
    own = ContactReceived(
        team=told.team, source="6", channel="telephone", agency=told.agency, saw=told.saw,
        family_told=told.family_told, lawful_basis=told.lawful_basis, danger_now="no",
    )  # fmt: skip
    say(child.file, child.identity(day, "contact"), at, teller.hand)
    say(child.file, scene.family.home.body("contact"), at, teller.hand)
    for relation, name in (("mother", strip().family.mother), ("father", strip().family.father)):
        parent = RelationshipRecorded(
            relation=relation, name=name.replace("Dunstan", "Dunston"), source="contact"
        )
        say(child.file, parent, at, teller.hand, concern=concern.id)
    own_entry = say(child.file, own, at, teller.hand, concern=concern.id, occasion=occasion)
    say(concern, ContactRead(contact=entry), at + 14 * MINUTE, desk, concern=concern.id)
    screened = ContactScreened(
        contact=entry, grade=Grade.GREEN, reasons="Nobody hurt, both sober, a standard assessment."
    )
    say(concern, screened, at + 31 * MINUTE, desk, concern=concern.id)
    by = house.front_door.worker(day, rng).hand
    for file, contact in ((child.file, own_entry), (concern, entry)):
        for body in _decided(known, contact):
            say(file, body, at + 275 * MINUTE, by, concern=concern.id)
    return scene


def _decided(known: KnownBefore, contact: int) -> tuple[Body, Body]:
    return (
        ContactDecided(
            contact=contact, level=Level(known.level), indicators=INDICATORS, route=Route(known.decided),
            reasons=known.reasons, alternatives=known.alternatives, lawful_basis="public task",
            family_told="told and agrees", pack="sample",
            unseen_reason="Officers saw the child on the night, well and unhurt, and the mother was spoken to since.",
        ),
        ReferrerTold(
            contact=contact, outcome="Advice", text="We have spoken to the family and given advice.",
            next_steps="We do nothing further now.", to_do="Please tell us if you are called again.",
        ),
    )  # fmt: skip


def _family(rng: Random, known: KnownBefore) -> Family:
    family = Family.__new__(Family)
    family.rng, family.community, family.surname = rng, "british", known.family
    family.mother, family.father = strip().family.mother, strip().family.father
    family.phone = strip().family.telephone
    family.home = Home(rng, known.home, known.postcode)
    child = Child(rng, known.given, known.family, known.born.toordinal(), known.sex, "WBRI", "English")
    child.nhs = ""
    family.children = [child]
    return family
