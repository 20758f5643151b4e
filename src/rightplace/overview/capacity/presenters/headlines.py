"""The first sentences of an answer: what breaks more often, what waits, what it costs. Never more than was found."""

from __future__ import annotations

from typing import Final

from rightplace.common.web import words
from rightplace.domain.simulation.scenarios.answer import Answer, Difference, Picture, ScenarioAnswer
from rightplace.domain.simulation.scenarios.saying import pounds_said

ALL = "all"
LITTLE = 0.1
"""Of all futures: a chance that moves by less is not worth a headline."""
FEW: Final = 20
FIRST_HINT: Final = "A first hint, from few futures: what stands here may still turn."


def focus(answer: Answer) -> str:
    """The place that the question is about; everywhere where it names none, or several."""
    named = [place for place in answer.places if place != ALL]
    return named[0] if len(named) == 1 else ALL


def promised(scenario: ScenarioAnswer, place: str) -> dict[str, Picture]:
    """The pictures of a scenario that are held against a promise, in one place; what never happens there has none."""
    here = (each for each in scenario.pictures if each.place == place and each.limit is not None)
    return {each.code: each for each in here if counted(each)}


def counted(picture: Picture) -> bool:
    """Whether there was anything to count in any week: a team without conferences holds none late."""
    return any(value is not None for value in picture.fan.p50)


def in_all(answer: Answer, place: str) -> list[str]:
    """The promises of which there is something to say in every scenario."""
    each = [promised(scenario, place) for scenario in answer.scenarios]
    return [code for code in each[-1] if all(code in found for found in each)]


def of_twenty(chance: float) -> int:
    """So many of twenty futures; never none or all where it was neither."""
    found = round(20 * chance)
    return max(1, found) if 0 < chance < 1 and found == 0 else min(19, found) if 0 < chance < 1 else found


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
    """The promise whose chance of breaking moves most: what it hangs on is asked of this one."""
    place = focus(answer)
    before, after = (promised(scenario, place) for scenario in (answer.scenarios[0], answer.scenarios[-1]))
    return max(
        in_all(answer, place),
        key=lambda each: (abs((after[each].chance or 0) - (before[each].chance or 0)), each == "assessment"),
        default="workload",
    )


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
    before, after = (promised(scenario, place) for scenario in (answer.scenarios[0], answer.scenarios[-1]))
    code = hangs_on_code(answer)
    a, b = ((found[code].chance or 0.0) if code in found else 0.0 for found in (before, after))
    if abs(b - a) < LITTLE:
        return words.capitalised(f"{in_place(place)} no promise breaks clearly more often, or less.".strip())
    broken, before_it = (f"{of_twenty(share) or 'none'} of 20" for share in (b, a))
    told = f"{in_place(place)} {PROMISE[code]} breaks in {broken} futures, against {before_it} as things are."
    return words.capitalised(told.strip())


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
    """Of several scenarios, the one in which the fewest promises probably break."""
    counts = {
        scenario.name: sum((each.chance or 0) for each in promised(scenario, ALL).values())
        for scenario in answer.scenarios[1:]
    }
    best = min(counts, key=lambda name: counts[name])
    others = sorted(counts.values())
    if others[1] - others[0] < LITTLE:
        return "None of them keeps promises clearly better than another."
    return f"“{best}” breaks the fewest promises of those that were held beside each other."


def short(answer: Answer) -> list[str]:
    """Up to four sentences: the headline, what waits, how full people are, what it costs."""
    found = [FIRST_HINT] if answer.replicates < FEW else []
    found.append(headline(answer))
    if len(answer.scenarios) != 2:
        return found + [_of_pair(answer, nth) for nth in range(len(answer.pairs))]
    place = focus(answer)
    codes = dict.fromkeys((hangs_on_code(answer), "assessment", "unallocated", "workload", "in_post"))
    told = [difference(answer, code, place) for code in codes]
    clear = [plainly(each) for each in told if each is not None and each.told_apart][:2]
    cost = difference(answer, "cost", ALL)
    found += clear + ([plainly(cost)] if cost is not None and cost.told_apart else [])
    return found if len(clear) or found[-1] != headline(answer) else [*found, answer.pairs[-1].summary]


def _of_pair(answer: Answer, nth: int) -> str:
    """What one of several scenarios brings, in two facts at most."""
    told = [difference(answer, code, focus(answer), nth) for code in (*PROMISE, "cost")]
    clear = [plainly(each) for each in told if each is not None and each.told_apart]
    kept = [*clear[:2], *clear[2:][-1:]]
    return f"{answer.pairs[nth].other}: {' '.join(kept) if kept else 'nothing differs by more than chance.'}"


def difference(answer: Answer, code: str, place: str, pair: int = -1) -> Difference | None:
    """One measure's difference between things as they are and a scenario."""
    told = answer.pairs[pair].differences if answer.pairs else []
    return next((each for each in told if (each.code, each.place) == (code, place)), None)
