"""The front door: a concern is told, read, graded, asked about and decided; each child's file and the concern's say so."""

from __future__ import annotations

from dataclasses import dataclass, field

from rightplace.demo.city import opening
from rightplace.demo.city.arrivals import Arrival
from rightplace.demo.city.house import Desk, Hand, Joint
from rightplace.demo.city.pen import File
from rightplace.demo.city.people import Child
from rightplace.demo.city.scene import Scene
from rightplace.demo.city.tellers import Teller, as_told, asked_desks, teller
from rightplace.demo.city.times import MINUTE, day_of, in_the_office, is_open
from rightplace.demo.city.words import Words
from rightplace.demo.simulated.courses import Turn
from rightplace.domain.practice.entries import Body, FileKind, Label
from rightplace.domain.practice.entries.contact import (
    ENDS_AT_THE_FRONT_DOOR,
    CheckAnswered,
    CheckAsked,
    ContactPiloted,
    ContactRead,
    ContactReceived,
    ContactScreened,
    Grade,
    Route,
)
from rightplace.domain.simulation.names import CARE

ALONE_HERE, OTHER_WORDS = "unaccompanied", 6
RECEIPT = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GRADES = {
    Route.STRATEGY: (0.88, 0.12, 0.0),
    Route.ASSESSMENT: (0.16, 0.62, 0.22),
    Route.FAMILY_SUPPORT: (0.02, 0.40, 0.58),
    Route.ALREADY_OPEN: (0.04, 0.36, 0.60),
    Route.ANOTHER_AGENCY: (0.01, 0.19, 0.80),
    Route.ADVICE: (0.01, 0.17, 0.82),
    Route.NO_FURTHER_ACTION: (0.01, 0.15, 0.84),
}
CHECKS = {Grade.RED: (0.1, 0.5, 0.4), Grade.AMBER: (0.2, 0.5, 0.3), Grade.GREEN: (0.55, 0.38, 0.07)}
"""How many agencies are asked: none, one, two."""
LEVEL_TOLD = {
    Route.STRATEGY: "complex/significant",
    Route.ASSESSMENT: "complex/significant",
    Route.FAMILY_SUPPORT: "additional",
    Route.ALREADY_OPEN: "additional",
}
IN_THE_ROOM = {Grade.RED: 0.45, Grade.AMBER: 0.33, Grade.GREEN: 0.38}
"""Of the usual wait for an answer, where the agency sits in the room: mostly within the shorter clocks, not always."""
DECIDED_TOGETHER = 0.88
"""Of the usual time until a decision: the door waits less for answers, and for little else."""
AT_ONCE, SHORT = 4 * 60 * MINUTE, 25 * MINUTE
"""Decided within the clock of a red contact; and too soon for an agency to be asked."""
FAMILY = ("told and agrees", "told and does not agree", "not told", "not known")
UP = {Grade.GREEN: Grade.AMBER, Grade.AMBER: Grade.RED, Grade.RED: Grade.RED}


@dataclass(slots=True)
class Telling:
    """One concern on its way through the front door."""

    scene: Scene
    arrival: Arrival
    children: list[Child]
    route: Route
    concern: File
    teller: Teller
    words: Words
    need: str
    entry: int = 0
    team: int = 0
    grade: Grade = Grade.GREEN
    again: bool = False
    slow: bool = False
    at_night: bool = False
    own: dict[int, int] = field(default_factory=dict)
    answered: int = 0
    screened: int = 0
    desk: Hand = field(default_factory=lambda: Hand(0, 0, 0))
    joint: Joint | None = None

    @property
    def label(self) -> int:
        """Who told is kept apart where it was not a professional."""
        return int(Label.NONE if self.teller.professional else Label.INFORMANT)

    def say(self, body: Body, at: int, hand: Hand) -> int:
        """Write into the concern's file."""
        return self.scene.pen.say(self.concern, body, at, hand, concern=self.concern.id, label=self.label)


def tell(
    scene: Scene, arrival: Arrival, children: list[Child], route: Route, *, misspelt: bool = False
) -> Telling:
    """Write down that a concern was told: one entry in its own file and one in each child's, one occasion."""
    rng, house, day = scene.rng, scene.house, arrival.day
    night = not is_open(arrival.at)
    lead = children[0]
    who = teller(house, scene.family, lead, arrival.source, day, rng, night)
    words = lead.words.knowing(source=who.says)
    level = LEVEL_TOLD.get(route, "universal plus")
    asked = (("age", lead.age(day)), ("source", arrival.source), ("level", level))
    text = words.pick("contact.concern", rng, *asked)
    for _ in range(OTHER_WORDS):
        if text is None or text.need != ALONE_HERE or leads_to_care(arrival):
            break
        text = words.pick("contact.concern", rng, *asked)
    file = File(rng, FileKind.CONCERN)
    scene.concerns.append(file)
    if misspelt:
        children = [opening.alias(scene, lead, arrival.at, who), *children[1:]]
    telling = Telling(scene, arrival, children, route, file, who, words, text.need if text else "neglect")
    telling.team = (house.night if night else house.front_door).id
    body = ContactReceived(
        team=telling.team, source=who.code, channel=who.channel, agency=who.agency,
        children=tuple(child.file.id for child in children), saw=words.fill(text, rng) if text else "",
        wants=words.draw("contact.wants", rng, ("level", level)), referrer_name=who.name, referrer_role=who.role,
        referrer_phone=who.phone, anonymous=who.anonymous, professional=who.professional,
        family_told=rng.choices(FAMILY, weights=(52, 10, 28, 10))[0], lawful_basis="public task",
        danger_now="yes" if route is Route.STRATEGY and rng.random() < 0.3 else "no",
        receipt=receipt(telling), answers=as_told(child.identity(day, "contact") for child in children),
    )  # fmt: skip
    if body.family_told == "not told":
        reason = words.draw("decision.told_family", rng, ("told", "no"))
        body = replaced(body, family_told_reason=reason)
    occasion = scene.pen.new_id()
    telling.entry = scene.pen.say(
        file, body, arrival.at, who.hand, concern=file.id, occasion=occasion, label=telling.label
    )
    own = replaced(
        body, children=(), referrer_name="", referrer_role="", referrer_phone="", answers={}, receipt=""
    )
    for child in children:
        opening.first_entries(scene, child, arrival.at, who, file.id)
        telling.own[child.file.id] = scene.pen.say(
            child.file, own, arrival.at, who.hand, concern=file.id, occasion=occasion
        )
        if arrival.at >= child.open_until:
            child.seen = False
    return telling


def leads_to_care(arrival: Arrival) -> bool:
    """Whether the log has these children in care."""
    return arrival.turn is not None and any(stay.stage == CARE for stay in arrival.turn.stays)


def replaced(body: ContactReceived, **fields: object) -> ContactReceived:
    """The same with other fields."""
    import msgspec

    return msgspec.structs.replace(body, **fields)


def receipt(telling: Telling) -> str:
    """Eight characters that are hard to mishear."""
    drawn = "".join(telling.scene.rng.choices(RECEIPT, k=8))
    return f"{drawn[:4]}-{drawn[4:]}"


def grade_of(telling: Telling) -> Grade:
    """How urgent it looks. What the log calls urgent is mostly red; a strategy discussion is, where it came at once."""
    rng, turn = telling.scene.rng, telling.arrival.turn
    weights = GRADES[telling.route]
    if turn is not None and turn.urgent:
        weights = (0.9, 0.1, 0.0) if telling.route is Route.STRATEGY else (0.35, 0.65, 0.0)
    elif turn is not None and telling.route is Route.STRATEGY:
        at_once = turn.decided and turn.decided - max(turn.at, telling.arrival.at) < AT_ONCE
        weights = (0.95, 0.05, 0.0) if at_once or not is_open(telling.arrival.at) else (0.0, 1.0, 0.0)
    return rng.choices((Grade.RED, Grade.AMBER, Grade.GREEN), weights=weights)[0]


def look(telling: Telling) -> None:
    """Open it and grade it; a repeat within days is raised a grade."""
    scene, rng, at = telling.scene, telling.scene.rng, telling.arrival.at
    day, turn = day_of(at), telling.arrival.turn
    grade = grade_of(telling)
    at_night = telling.at_night = grade is Grade.RED and not is_open(at)
    place = scene.house.night if at_night else scene.house.front_door
    telling.desk = place.worker(day, rng).hand
    if turn is not None and not at_night:
        desk = scene.house.sat(turn.desk.seat, turn.desk.generation) if turn.desk else None
        telling.desk = desk.hand if desk is not None and desk.team == place.id else telling.desk
        read, screened = looked_at(telling, turn)
    elif at_night:
        read = at + rng.randint(5, 50) * MINUTE
        screened = read + rng.randint(4, 40) * MINUTE
    else:
        wait = rng.randint(50, 190) if telling.slow or rng.random() < 0.07 else rng.randint(3, 52)
        read = in_the_office(at, wait)
        screened = in_the_office(read, rng.randint(120, 330) if rng.random() < 0.06 else rng.randint(5, 75))
    jitter = rng.randrange(58_000_000)
    telling.say(ContactRead(contact=telling.entry), read + jitter, telling.desk)
    raised = ""
    if telling.again and UP[grade] is not grade:
        grade, raised = UP[grade], "told again within a week: 1 before"
    telling.grade = grade
    reasons = telling.words.draw("screening.reasons", rng, ("grade", str(grade)))
    body = ContactScreened(contact=telling.entry, grade=grade, reasons=reasons, raised_because=raised)
    telling.screened = screened + jitter
    mark(telling)
    telling.say(body, telling.screened, telling.desk)


def looked_at(telling: Telling, turn: Turn) -> tuple[int, int]:
    """When it was read and graded: early in the time that the log's worker took until all was ready for a decision."""
    rng, at = telling.scene.rng, telling.arrival.at
    opens = at if is_open(at) else in_the_office(at, 1)
    read = in_the_office(opens, rng.randint(3, 52))
    screened = in_the_office(read, rng.randint(120, 330) if rng.random() < 0.06 else rng.randint(5, 60))
    if not turn.screened:
        return read, screened
    whole = max(4 * MINUTE, turn.screened - opens)
    read = min(read, opens + whole // 4)
    return read, min(screened, read + whole // 3)


def mark(telling: Telling) -> None:
    """Say under which pilot it is worked on, where a joint response is on."""
    joint = telling.scene.house.together(telling.scene.family.home.area, day_of(telling.screened))
    if joint is None:
        return
    body = ContactPiloted(contact=telling.entry, pilot=joint.pilot, way=joint.way, agencies=joint.agencies)
    telling.say(body, telling.screened, telling.desk)
    telling.joint = joint


def ask(telling: Telling, decided: int) -> int:
    """Ask agencies what they know, and write down what they answer. Returns when it is decided, which may wait for them."""
    scene, rng = telling.scene, telling.scene.rng
    count = rng.choices((0, 1, 2), weights=CHECKS[telling.grade])[0]
    at = telling.screened + rng.randint(1, 12) * MINUTE
    telling.answered = telling.screened
    day = day_of(at)
    lead = telling.children[0]
    logged = telling.arrival.turn is not None and not telling.at_night and not telling.slow
    if logged and decided - at < SHORT:
        return decided
    for kind, desk in asked_desks(scene.house, scene.family, lead, day, rng, count):
        if desk.agency == telling.teller.agency:
            continue
        at += rng.randint(1, 9) * MINUTE
        question = telling.words.draw("check.question", rng, ("agency", kind))
        body = CheckAsked(
            contact=telling.entry, agency=desk.agency, question=question, grade=telling.grade, basis="public task",
            purpose="To decide what help is needed, and whether there is a risk at home that we do not know of.",
            sent="Names and dates of birth of the children and their parents, and the address.",
            family_told="told and agrees",
        )  # fmt: skip
        check = telling.say(body, at, telling.desk)
        if not (telling.slow and rng.random() < 0.5):
            latest = decided - rng.randint(3, 9) * MINUTE if logged else 0
            telling.answered = max(telling.answered, answer(telling, check, kind, desk, at, latest))
    if (
        not logged
        and telling.answered > decided
        and (telling.route in ENDS_AT_THE_FRONT_DOOR or rng.random() < 0.8)
    ):
        decided = telling.answered + rng.randint(4, 60) * MINUTE
    return decided


def answer(telling: Telling, check: int, kind: str, desk: Desk, asked: int, latest: int = 0) -> int:
    """What an agency answers, and when: nothing, something, something serious; now and then it refuses.

    The log's decision waited for the answers that it needed: they had come by the latest moment, but for a few.
    """
    rng, words = telling.scene.rng, telling.words
    at = when_answered(telling, desk, asked) + rng.randrange(60_000_000)
    if latest and at > latest and (telling.route in ENDS_AT_THE_FRONT_DOOR or rng.random() < 0.8):
        at = max(asked + MINUTE, latest)
    hand = desk.place.worker(day_of(at), rng)
    if rng.random() < 0.03:
        because = words.draw("check.refused", rng, ("agency", kind))
        body = CheckAnswered(check=check, known="refused", refused_because=because, answered_by=hand.name)
    else:
        serious = telling.route in (Route.STRATEGY, Route.ASSESSMENT)
        finds = rng.choices(("nothing", "something", "serious"), weights=(3, 4, 3) if serious else (6, 4, 0))[
            0
        ]
        text = words.draw(
            "check.answer", rng, ("agency", kind), ("finds", finds), ("age", telling.children[0].age(day_of(at))),
            ("need", telling.need),
        )  # fmt: skip
        known = "nothing" if finds == "nothing" else "known"
        body = CheckAnswered(check=check, known=known, answer=text, answered_by=hand.name)
    telling.say(body, at, hand.hand)
    return at


def when_answered(telling: Telling, desk: Desk, asked: int) -> int:
    """How long an agency takes; in the room it takes less."""
    rng, grade = telling.scene.rng, telling.grade
    there = telling.joint is not None and desk.agency in telling.joint.agencies
    part = IN_THE_ROOM[grade] if there else 1.0
    if grade is Grade.RED:
        return asked + max(1, int(rng.randint(15, 160 if rng.random() < 0.1 else 105) * part)) * MINUTE
    limit = 340 if grade is Grade.AMBER else 900
    return in_the_office(asked, int(limit * part * (1.3 if rng.random() < 0.1 else rng.random())))


def when_decided(telling: Telling) -> int:
    """When the front door decides: within its clocks mostly, and after the answers that it needs."""
    rng, at, turn = telling.scene.rng, telling.arrival.at, telling.arrival.turn
    if turn is not None and not telling.at_night:
        return logged_decision(telling, turn)
    if telling.grade is Grade.RED:
        wait = rng.randint(60, 225) if rng.random() > 0.08 else rng.randint(245, 420)
        decided = max(at + wait * MINUTE, telling.screened + rng.randint(6, 30) * MINUTE)
    else:
        amber = telling.grade is Grade.AMBER
        limit = 470 if amber else 640
        wait = int(limit * (0.15 + 0.8 * rng.random()))
        if telling.slow or rng.random() < 0.08:
            wait = int(limit * (1.1 + rng.random() * (0.6 if amber else 1.6)))
        elif telling.joint is not None:
            wait = int(wait * DECIDED_TOGETHER)
        decided = max(in_the_office(at, wait), in_the_office(telling.screened, rng.randint(6, 40)))
    return decided + rng.randrange(60_000_000)


def logged_decision(telling: Telling, turn: Turn) -> int:
    """When the log has it decided; a little sooner where the agencies sit in the room. FAR while nobody has."""
    if not turn.decided:
        return telling.scene.pen.now
    decided = turn.decided
    if telling.joint is not None:
        wait = decided - telling.screened
        decided = telling.screened + max(wait // 2, int(wait * DECIDED_TOGETHER))
    least = telling.screened + telling.scene.rng.randint(4, 30) * MINUTE
    return max(decided, least) + telling.scene.rng.randrange(60_000_000)
