"""The first sentences of an answer: what breaks more often than it would, what waits, what it costs. Never more than is found."""

from __future__ import annotations

from rightplace.common.web import words
from rightplace.domain.simulation.scenarios.answer import Answer, Difference, Picture, ScenarioAnswer

ALL = "all"
LITTLE = 0.05
"""Of all futures: a chance that moves by less is not worth a headline."""


def focus(answer: Answer) -> str:
    """The place that the question is about; everywhere where it names none, or several."""
    named = [place for place in answer.places if place != ALL]
    return named[0] if len(named) == 1 else ALL


def promised(scenario: ScenarioAnswer, place: str) -> dict[str, Picture]:
    """The pictures of a scenario that are held against a promise, in one place."""
    return {each.code: each for each in scenario.pictures if each.place == place and each.limit is not None}


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
        after,
        key=lambda each: (abs((after[each].chance or 0) - (before[each].chance or 0)), each == "assessment"),
    )


def _moved(answer: Answer, place: str) -> str:
    before, after = (promised(scenario, place) for scenario in (answer.scenarios[0], answer.scenarios[-1]))
    code = hangs_on_code(answer)
    a, b = before[code].chance or 0.0, after[code].chance or 0.0
    if abs(b - a) < LITTLE:
        return f"No promise breaks clearly more often, or less{in_place(place)}."
    what = words.capitalised(after[code].title)
    return (
        f"{what}{in_place(place)}: beyond what is promised in {of_twenty(b)} of 20 futures, "
        f"against {of_twenty(a)} of 20 as things are."
    )


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
    found = [headline(answer)]
    if len(answer.scenarios) == 2:
        place = focus(answer)
        for code, where in (("unallocated", place), ("workload", place), ("cost", ALL)):
            told = difference(answer, code, where)
            if told is not None and told.told_apart:
                found.append(told.sentence)
        if len(found) == 1:
            found.append(answer.pairs[-1].summary)
    else:
        found += [pair.summary for pair in answer.pairs]
    return found


def difference(answer: Answer, code: str, place: str, pair: int = -1) -> Difference | None:
    """One measure's difference between things as they are and a scenario."""
    told = answer.pairs[pair].differences if answer.pairs else []
    return next((each for each in told if (each.code, each.place) == (code, place)), None)
