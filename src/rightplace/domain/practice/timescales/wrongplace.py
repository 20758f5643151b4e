"""The wrong place: a decision about where a child belongs that the child's later path speaks against.

The measure in the product's name. It is about decisions, never about a child or a worker: no score, no target.
Source: design of this product, section 7; no national definition is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from rightplace.domain.practice.entries.contact import OFFERS_THE_CHILD, Level, Route
from rightplace.domain.practice.journey.journey import Journey
from rightplace.domain.practice.journey.state import Happening
from rightplace.domain.practice.timescales.engine import Timescale

NAME: Final = "wrong_place"
WITHIN_DAYS: Final = 90
BACK: Final = "came back"
NOT_IN_NEED: Final = "not in need"
FIRST_REVIEW: Final = "ended at first review"
AGAINST_LEVEL: Final = "against level"

WORDS: Final = {
    BACK: "Stepped up, or back with a new referral, within 90 days of no further action or closure",
    NOT_IN_NEED: "Assessed, and found not to be in need",
    FIRST_REVIEW: "Protection plan ended at its first review",
    AGAINST_LEVEL: "Sent to a part that does not go with the level of need that was decided",
}
JUDGED: Final = (
    "contact.decided",
    "referral.no_further_action",
    "case.closed",
    "assessment.authorised",
    "protectionplan.ended",
)
"""The decisions that can turn out to be the wrong place: what the rate is a share of."""

_LET_GO: Final = frozenset({"referral.no_further_action", "case.closed"})
_TAKEN_UP: Final = frozenset(
    {
        "referral.accepted",
        "step.up",
        "familysupport.began",
        "enquiry.began",
        "protectionplan.began",
        "care.began",
    }
)
_OFFERS: Final = frozenset(str(route) for route in OFFERS_THE_CHILD)
_ROUTES: Final[dict[str, frozenset[str]]] = {
    Level.UNIVERSAL: frozenset({Route.ADVICE, Route.ANOTHER_AGENCY, Route.NO_FURTHER_ACTION}),
    Level.UNIVERSAL_PLUS: frozenset(
        {Route.ADVICE, Route.ANOTHER_AGENCY, Route.NO_FURTHER_ACTION, Route.FAMILY_SUPPORT}
    ),
    Level.ADDITIONAL: frozenset({Route.FAMILY_SUPPORT, Route.ANOTHER_AGENCY}),
    Level.COMPLEX: frozenset({Route.ASSESSMENT, Route.STRATEGY}),
}


def wrong_places(journey: Journey, timescales: Sequence[Timescale] = ()) -> list[Happening]:
    """One happening for each decision that was the wrong place, at the instant of that decision."""
    found: list[Happening] = []
    ordered = sorted(journey.happenings, key=lambda happening: happening.at)
    for place, happening in enumerate(ordered):
        if happening.name not in JUDGED:
            continue
        because = _because(journey, happening, islice(ordered, place + 1, None))
        if because:
            found.append(happening._replace(name=NAME, outcome=because, again=False))
    return found


def _because(journey: Journey, decided: Happening, later: Iterable[Happening]) -> str:
    """The first thing that speaks against a decision, or nothing."""
    name, outcome = decided.name, decided.outcome
    if name == "assessment.authorised":
        return NOT_IN_NEED if outcome == NOT_IN_NEED else ""
    if name == "protectionplan.ended":
        return FIRST_REVIEW if outcome == "at first review" else ""
    nothing_done = name == "contact.decided" and outcome == Route.NO_FURTHER_ACTION
    if (nothing_done or name in _LET_GO) and _taken_up(decided, later):
        return BACK
    if name == "contact.decided":
        return _against_level(journey, decided)
    return ""


def _taken_up(let_go: Happening, later: Iterable[Happening]) -> bool:
    for happening in later:
        if happening.day - let_go.day > WITHIN_DAYS:
            return False
        if happening.at <= let_go.at or happening.entry == let_go.entry:
            continue
        offered = happening.name == "contact.decided" and happening.outcome in _OFFERS
        if offered or happening.name in _TAKEN_UP:
            return True
    return False


def _against_level(journey: Journey, decided: Happening) -> str:
    contact = journey.processes.get(decided.about)
    if contact is None or decided.outcome == Route.ALREADY_OPEN:
        return ""
    allowed = _ROUTES.get(contact.level)
    return AGAINST_LEVEL if allowed is not None and decided.outcome not in allowed else ""
