"""The promises on an answer's page, by what matters: the first with its picture, the others folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rightplace.common.web import words
from rightplace.domain.simulation.scenarios.answer import Answer, Picture
from rightplace.domain.simulation.scenarios.saying import place_said, tenths
from rightplace.overview.capacity.charts import Chance
from rightplace.overview.capacity.presenters.headlines import plainly
from rightplace.overview.capacity.presenters.pictures import Shown, called, limit_said, week_by_week
from rightplace.overview.capacity.presenters.recovering import recovery
from rightplace.overview.capacity.presenters.surely import (
    FEW,
    changes,
    difference,
    focus,
    promised,
    ranked,
)
from rightplace.overview.capacity.presenters.worst import SHORTLY

OPEN: Final = 1
"""The picture that is open from the first: that of the promise with which the answer begins."""
WEEKS: Final = "Week by week"


@dataclass(frozen=True)
class Promised:
    """One promise: how often it breaks, how it goes week by week, and what is said of it."""

    code: str
    heading: str
    chances: Sequence[Chance]
    limit: str
    said: Sequence[str]
    picture: Shown


@dataclass(frozen=True)
class Promises:
    """All promises of an answer: what the change alters and is broken first."""

    heading: str
    note: str
    shown: Sequence[Promised]
    more: Sequence[Promised]
    more_said: str
    same: Sequence[Promised]
    same_said: str


def promises(answer: Answer) -> Promises:
    place = focus(answer)
    told = ranked(answer, place)
    changed = [code for code in told if changes(answer, code, place)]
    first = (changed or told)[: OPEN if changed else 1]
    more = [code for code in changed if code not in first]
    same = [code for code in told if code not in (*first, *more)]
    return Promises(
        *_headed(answer, bool(changed), len(told)),
        [_promised(answer, code, place) for code in first],
        [_promised(answer, code, place) for code in more],
        _listed(more, "more promise changes", "more promises change"),
        [_promised(answer, code, place) for code in same],
        _same(answer, same),
    )


def _headed(answer: Answer, changed: bool, told: int) -> tuple[str, str]:
    if len(answer.scenarios) < 2:
        return "What is promised", "" if told else "Nothing here is held against a promise."
    if changed:
        return "Promises that change", ""
    if not told:
        return "Promises", "Nothing here is held against a promise."
    so_far = " yet" if answer.replicates < FEW else ""
    return "Promises", f"No promise changes by more than chance{so_far}. This is the worst of them."


def _listed(codes: Sequence[str], one: str, many: str) -> str:
    if not codes:
        return ""
    return f"{words.count_words(len(codes), one, many)}: {words.listed(SHORTLY[code] for code in codes)}"


def _same(answer: Answer, codes: Sequence[str]) -> str:
    if len(answer.scenarios) < 2:
        return _listed(codes, "other promise", "other promises")
    if answer.replicates < FEW:
        return _listed(
            codes, "promise of which it is too early to tell", "promises of which it is too early to tell"
        )
    return _listed(codes, "promise stays as it is", "promises stay as they are")


def _promised(answer: Answer, code: str, place: str) -> Promised:
    each = [(scenario.name, promised(scenario, place)[code]) for scenario in answer.scenarios]
    last = each[-1][1]
    return Promised(
        code,
        f"{words.capitalised(last.title)}{place_said(place)}",
        [_chance(answer, name, picture) for name, picture in each],
        limit_said(last),
        *_said(answer, code, place),
    )


def _chance(answer: Answer, name: str, picture: Picture) -> Chance:
    return Chance(called(name, answer), tenths(picture.chance or 0.0, answer.replicates))


def _said(answer: Answer, code: str, place: str) -> tuple[list[str], Shown]:
    """Under the picture when it is worst and the picture's own sentence; what differs is the picture's title."""
    told = difference(answer, code, place) if len(answer.scenarios) == 2 else None
    finding = plainly(told).rstrip(".") if told is not None and changes(answer, code, place) else WEEKS
    picture = week_by_week(answer, code, place, finding)
    end = recovery(answer, told)
    return ([end] if end and finding != WEEKS else []) + list(picture.said), picture
