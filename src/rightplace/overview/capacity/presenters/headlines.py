"""The first sentences of an answer: what breaks more often, what waits, what it costs. Never more than was found."""

from __future__ import annotations

from typing import Final

from rightplace.common.web import words
from rightplace.domain.simulation.scenarios.answer import Answer, Difference, Picture
from rightplace.domain.simulation.scenarios.saying import (
    amount_said,
    digits_for,
    matters,
    pounds_said,
    tenths,
)
from rightplace.overview.capacity.presenters.recovering import recovery
from rightplace.overview.capacity.presenters.surely import (
    ALL,
    FEW,
    changes,
    difference,
    direction,
    focus,
    in_all,
    moved,
    promised,
    ranked,
    surely,
)

FIRST_HINT: Final = "A first hint, from few futures: what stands here may still turn."


def in_place(place: str) -> str:
    return "" if place == ALL else f" in {place}"


def headline(answer: Answer) -> str:
    """The one sentence that a list shows."""
    if len(answer.scenarios) < 2:
        return answer.scenarios[0].summary
    if len(answer.scenarios) > 2:
        return _best(answer)
    return _moved(answer, focus(answer))


def hangs_on_code(answer: Answer) -> str:
    """The promise that the headline is about: of those that surely break more or less often the one that moves most.

    Where none does, of those whose weeks differ by more than chance; else of all. What the answer rests on is asked of it.
    """
    place = focus(answer)
    told = in_all(answer, place)
    sure = [code for code in told if len(answer.scenarios) > 1 and surely(answer, code, place)]
    asked = sure or [code for code in told if changes(answer, code, place)] or told
    return max(asked, key=lambda each: (moved(answer, each, place), each == "assessment"), default="workload")


PROMISE: Final = {
    "decision": "the promise to decide contacts in time", "assessment": "the promise to finish assessments in time",
    "conference": "the promise to hold conferences in time", "review": "the promise to hold reviews in time",
    "visit": "the promise to visit in time", "supervision": "the promise of supervision",
    "unallocated": "the promise of a worker for every child", "workload": "the promise of a bearable workload",
}  # fmt: skip
NOW: Final = {
    "decision": "{0} in 100 contacts are decided late, in place of {1}.",
    "assessment": "{0} in 100 assessments are finished late, in place of {1}.",
    "conference": "{0} in 100 conferences are held late, in place of {1}.",
    "review": "{0} in 100 reviews are held late, in place of {1}.",
    "visit": "{0} in 100 visits are missed, in place of {1}.",
    "supervision": "{0} in 100 supervisions are missed, in place of {1}.",
    "unallocated": "{0} in 100 children have no worker of their own, in place of {1}.",
    "workload": "One worker in ten carries more than {0} per cent of a full load, in place of {1}.",
    "in_post": "{0} workers are in post, in place of {1}.",
}


def _moved(answer: Answer, place: str) -> str:
    code = hangs_on_code(answer)
    if code not in in_all(answer, place) or not surely(answer, code, place):
        return words.capitalised(f"{in_place(place)} {_cannot_tell(answer)}".strip())
    before, after = (
        promised(scenario, place)[code] for scenario in (answer.scenarios[0], answer.scenarios[-1])
    )
    broken, before_it = (tenths(each.chance or 0.0, answer.replicates).words for each in (after, before))
    told = f"{in_place(place)} {PROMISE[code]} breaks in {broken} futures, against {before_it} as things are."
    return words.capitalised(told.strip())


def _cannot_tell(answer: Answer) -> str:
    """No direction is said while the ranges still hold none."""
    if answer.replicates < FEW:
        return "it is too early to tell whether a promise breaks more often, or less."
    return "no promise breaks clearly more often, or less."


def plainly(told: Difference) -> str:
    """A difference in plain words: how it is with the change, in place of how it is without."""
    if told.code == "cost":
        way = "more" if told.mean > 0 else "less"
        low, high = sorted((abs(told.low), abs(told.high)))
        return f"It costs about {pounds_said(abs(told.mean))} a week {way}: between {pounds_said(low)} and {pounds_said(high)}."
    scale = 100 if told.unit == "share" else 1
    sizes = [told.after * scale, told.before * scale]
    digits = 0 if abs(sizes[0] - sizes[1]) >= 1 else 1
    return NOW[told.code].format(*(f"{size:,.{digits}f}" for size in sizes))


def _best(answer: Answer) -> str:
    """Of several scenarios, the one that breaks promises least, where that is sure against every other."""
    place = focus(answer)
    for best in answer.scenarios[1:]:
        others = [each for each in answer.scenarios[1:] if each is not best]
        if all(_is_better(promised(best, place), promised(each, place)) for each in others):
            return f"“{best.name}” breaks promises less often than what was held beside it."
    if answer.replicates < FEW:
        return "It is too early to tell which of them keeps promises better."
    return "None of them keeps promises clearly better than another."


def _is_better(one: dict[str, Picture], other: dict[str, Picture]) -> bool:
    """At least one promise surely breaks less often, and none surely more often."""
    ways = [direction(other[code], picture) for code, picture in one.items() if code in other]
    return -1 in ways and 1 not in ways


def short(answer: Answer, size: str = "") -> list[str]:
    """A few sentences: how large the change is, the headline, what waits and until when, what it costs."""
    found = [FIRST_HINT] if answer.replicates < FEW else []
    found += [each for each in (size, headline(answer)) if each]
    if len(answer.scenarios) != 2:
        return found + [_of_pair(answer, nth) for nth in range(len(answer.pairs))]
    place = focus(answer)
    codes = dict.fromkeys((hangs_on_code(answer), *ranked(answer, place), "in_post"))
    told = [difference(answer, code, place) for code in codes]
    apart = [each for each in told if each is not None and each.told_apart]
    clear = [_with_end(answer, each) for each in apart if matters(each.mean, each.before, each.unit)][:2]
    cost = difference(answer, "cost", ALL)
    found += clear + ([plainly(cost)] if cost is not None and cost.told_apart else [])
    return found if clear or found[-1] != headline(answer) else [*found, answer.pairs[-1].summary]


def _with_end(answer: Answer, told: Difference) -> str:
    """What differs; and of the headline's promise, when it is worst and when it is over."""
    end = recovery(answer, told) if told.code == hangs_on_code(answer) else ""
    return f"{plainly(told)} {end}".strip()


def rests(answer: Answer, going: bool = False) -> str:
    """The one sentence that guards against being too sure: on which assumption most of it rests."""
    if not answer.hangs_on:
        looked = "is looked into last" if going else "is not looked into yet"
        return f"All of this rests on assumptions that nobody has measured. On which most {looked}."
    most = answer.hangs_on[0]
    if not most.moves:
        return (
            "Within what is possible none of our assumptions moves this. Others may, that nobody thought of."
        )
    assumed = "which we assumed" if "assumed" in most.source else "which is known only roughly"
    told = difference(answer, hangs_on_code(answer), focus(answer))
    if told is None:
        return f"This rests most on {most.words}, {assumed}."
    by = amount_said(most.moves, told.unit, digits_for(most.moves, told.unit))
    more = ", which is as much as the change itself" if most.moves >= abs(told.mean) else ""
    return f"This rests most on {most.words}, {assumed}: that alone can move it by about {by}{more}."


def _of_pair(answer: Answer, nth: int) -> str:
    """What one of several scenarios brings, in two facts at most."""
    told = [difference(answer, code, focus(answer), nth) for code in (*PROMISE, "cost")]
    apart = [each for each in told if each is not None and each.told_apart]
    clear = [plainly(each) for each in apart if matters(each.mean, each.before, each.unit)]
    kept = [*clear[:2], *clear[2:][-1:]] or ["nothing differs by more than chance and enough to matter."]
    return f"{answer.pairs[nth].other}: {' '.join(kept)}"
