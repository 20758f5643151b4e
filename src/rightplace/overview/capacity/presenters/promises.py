"""The promises on an answer's page, by what matters: the first with its picture, the others folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rightplace.common.web import words
from rightplace.domain.simulation.scenarios.answer import Answer, Picture
from rightplace.domain.simulation.scenarios.saying import (
    between_said,
    place_said,
    tenths,
)
from rightplace.overview.capacity.charts import Chance
from rightplace.overview.capacity.presenters.headlines import plainly
from rightplace.overview.capacity.presenters.pictures import (
    Shown,
    called,
    limit_said,
    span_ahead,
    week_by_week,
)
from rightplace.overview.capacity.presenters.recovering import recovery
from rightplace.overview.capacity.presenters.surely import (
    FEW,
    chance_of,
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
        [_promised(answer, code, place, leads=True) for code in first],
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


def _promised(answer: Answer, code: str, place: str, leads: bool = False) -> Promised:
    """Of the one with which the answer begins, what stands there is not said again."""
    each = [(scenario.name, promised(scenario, place)[code]) for scenario in answer.scenarios]
    last = each[-1][1]
    return Promised(
        code,
        f"{words.capitalised(last.title)}{place_said(place)}",
        [_chance(answer, name, picture) for name, picture in each],
        limit_said(last),
        *_said(answer, code, place, leads),
    )


def _chance(answer: Answer, name: str, picture: Picture) -> Chance:
    return Chance(called(name, answer), tenths(chance_of(picture), answer.replicates))


def _said(answer: Answer, code: str, place: str, leads: bool) -> tuple[list[str], Shown]:
    """Under the picture when it is worst and between what it lies; what differs is its title, how often it breaks its dots."""
    told = difference(answer, code, place) if len(answer.scenarios) == 2 else None
    finding = plainly(told).rstrip(".") if told is not None and changes(answer, code, place) else WEEKS
    picture = week_by_week(answer, code, place, finding)
    end = "" if leads else recovery(answer, told)
    ranges = _each_range(answer, code, place) if len(answer.scenarios) > 2 else _ranges(answer, code, place)
    return ([end] if end and finding != WEEKS else []) + [ranges], picture


def _each_range(answer: Answer, code: str, place: str) -> str:
    """Of several scenarios: `Over the year ahead, in 9 of 10 futures: as things are, between 3 and 11 in 100; A, …`"""
    found, none = list[str](), list[str]()
    for nth, scenario in enumerate(answer.scenarios):
        said = _range(promised(scenario, place)[code])
        if said:
            found.append(f"{'ABCD'[nth - 1] if nth else 'as things are'}, {said}")
        else:
            none.append(f"with {'ABCD'[nth - 1]}" if nth else "as things are")
    if not found:
        return f"{span_ahead(answer)} there is nothing to count."
    empty = f" There is nothing to count {words.listed(none)}." if none else ""
    return f"{span_ahead(answer)}, in 9 of 10 futures: {'; '.join(found)}.{empty}"


def _ranges(answer: Answer, code: str, place: str) -> str:
    """`Over the year ahead it is between 20 and 43 in 100 in 9 of 10 futures; as things are, between 2 and 9 in 100.`"""
    last, first = (promised(answer.scenarios[nth], place)[code] for nth in (-1, 0))
    said, before = (_range(each) for each in (last, first))
    span = span_ahead(answer)
    if not said:
        beside = f" with the change; as things are, it is {before} in 9 of 10 futures" if before else ""
        return f"{span} there is nothing to count{beside}."
    beside = f"; as things are, {before or 'there is nothing to count'}" if said != before else ""
    return f"{span} it is {said} in 9 of 10 futures{beside}."


def _range(told: Picture) -> str:
    """Between what it lies; nothing where there was nothing to count in that year, as there was before."""
    year = told.last_year
    return "" if year is None else between_said(year.low, year.high, told.unit)
