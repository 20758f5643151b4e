"""What belongs to some needs only: private fostering, a move from another authority, an allegation, a hidden address."""

from __future__ import annotations

from rightplace.demo.city.case import Case
from rightplace.demo.city.people import Home
from rightplace.demo.city.times import MINUTE, day_of, in_the_day, workday
from rightplace.domain.practice.entries import Body, Label
from rightplace.domain.practice.entries.care import PrivateFosteringKnown
from rightplace.domain.practice.entries.identity import ProtectedAddressRecorded
from rightplace.domain.practice.entries.protection import (
    AllegationConcluded,
    AllegationMade,
    ConferenceHeld,
    TransferInNotified,
)

HIDDEN = 0.07
"""Share of families who live in fear of somebody and whose address is kept from everybody who need not know it."""


def begin(case: Case, at: int) -> None:
    """Write down, when an assessment begins, what this need asks for."""
    if case.need == "private fostering":
        case.say(at + MINUTE, lambda child: PrivateFosteringKnown(), case.hand(at))
    elif case.need == "transfer":
        _moved_here(case, at)
    elif case.need == "allegation":
        _alleged(case, at)
    elif case.need == "domestic abuse" and case.rng.random() < HIDDEN:
        home = Home(case.rng)
        body = ProtectedAddressRecorded(
            line=home.line, postcode=home.postcode, area=home.area, from_whom="the father",
            reason="He has said that he will find them.",
        )  # fmt: skip
        case.say(at + MINUTE, lambda child: body, case.hand(at))


def _moved_here(case: Case, at: int) -> None:
    """Another authority's plan has come along with the child: a conference within fifteen working days."""
    rng = case.rng
    body = TransferInNotified(authority="Wexbridge County Council")
    case.say(at + MINUTE, lambda child: body, case.hand(at), ref="notified")
    held = in_the_day(rng, workday(day_of(at), rng.randint(7, 14)))
    for child in case.children:
        child.refs["enquiry_ends"] = max(held + 60 * MINUTE, child.refs.get("enquiry_ends", 0))
    case.mark("enquiring", on=True)

    def conference(moment: int) -> int:
        chair = case.scene.house.chairs.worker(day_of(moment), rng)
        case.say(
            moment,
            lambda child: ConferenceHeld(
                form="transfer in", about=child.refs["notified"], chair=chair.worker,
                decision=child.words.draw("conference.decision", rng, ("category", "none")),
            ),
            chair.hand,
        )  # fmt: skip
        case.mark("enquiring", on=False)
        return 0

    case.at(held, conference, lasting=True)


def _alleged(case: Case, at: int) -> None:
    """An allegation against somebody who works with children, kept under its own label until it is concluded."""
    rng = case.rng
    for child in case.children[:1]:
        manager = case.manager(at)
        made = AllegationMade(note=child.words.draw("allegation.note", rng))
        number = case.scene.pen.say(
            child.file, made, at + MINUTE, manager, concern=case.concern, label=int(Label.ALLEGATION)
        )

        def concluded(moment: int, child=child, number=number) -> int:  # type: ignore[no-untyped-def]
            if child in case.children:
                outcome = child.words.draw("allegation.outcome", rng)
                body: Body = AllegationConcluded(allegation=number, outcome=outcome)
                label = int(Label.ALLEGATION)
                case.scene.pen.say(
                    child.file, body, moment, case.manager(moment), concern=case.concern, label=label
                )
            return 0

        case.at(in_the_day(rng, day_of(at) + rng.randint(12, 34)), concluded, lasting=True)
