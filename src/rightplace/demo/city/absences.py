"""Children who go missing, are found, and are asked why by somebody independent."""

from __future__ import annotations

from rightplace.demo.city.case import Case
from rightplace.demo.city.times import DAY, MINUTE, day_of, in_the_day
from rightplace.domain.practice.entries.care import ReturnInterviewHeld, WasFound, WentMissing

A_YEAR = 0.5
"""How often a teenager in care goes missing in a year, for those who do."""
EVER = 0.22
ASKED = "asked"
"""A child's mark: the moment when it was last asked where it had been; nobody is closed before it."""


def missing(case: Case, began: int) -> None:
    """Put on the agenda that a teenager goes missing, for some."""
    rng = case.rng
    for child in case.children:
        if rng.random() > EVER:
            continue

        def gone(at: int, child=child) -> int:  # type: ignore[no-untyped-def]
            again = in_the_day(rng, day_of(at) + 20 + int(rng.expovariate(A_YEAR / 365)))
            if child not in case.children or not 11 <= child.age(day_of(at)) < 17:
                return again
            say, hand = case.scene.pen.say, case.hand(at)
            form = "missing" if rng.random() < 0.8 else "away"
            begun = say(child.file, WentMissing(form=form), at, hand, concern=case.concern)
            found = at + rng.randint(120, 60 * 40) * MINUTE
            say(child.file, WasFound(missing=begun), found, hand, concern=case.concern)
            held = (
                found + rng.randint(20, 70) * 60 * MINUTE
                if rng.random() < 0.75
                else found + rng.randint(4, 9) * DAY
            )
            body = ReturnInterviewHeld(
                missing=begun, accepted=rng.random() < 0.8, note=child.words.draw("returninterview.note", rng)
            )
            say(child.file, body, held, hand, concern=case.concern)
            child.refs[ASKED] = held
            return again

        case.at(in_the_day(rng, day_of(began) + rng.randint(15, 300)), gone)
