"""The first sentences of an answer: what is worst for children and when, what else breaks, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rightplace.common.web import words
from rightplace.domain.simulation.scenarios.answer import Answer, Difference, Picture, Year
from rightplace.domain.simulation.scenarios.saying import (
    A_YEAR,
    amount_said,
    chance_said,
    day_said,
    digits_for,
    matters,
    pounds_said,
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
    promised,
    ranked,
    surely,
)
from rightplace.overview.capacity.presenters.worst import NOW, SHORTLY, broken_now, figures, leads, others

NOTHING: Final = "Nothing differs by more than chance and enough to matter."
NO_PROMISE: Final = "No promise differs by more than chance and enough to matter."
MOSTLY: Final = 2 / 3
ONLY: Final = 0.95
"""Of what is spent less: less of it than the first for people, and it is not said to be because of them."""
FIRST_HINT: Final = "A first hint, from few futures: what stands here may still turn."


def headline(answer: Answer) -> str:
    """The first sentence, which a list shows. It is told apart here, since a name in it may have a full stop."""
    return _opening(answer)[0]


def opening(answer: Answer) -> str:
    """With which the page begins: the first sentence and, of one change, how often its limit is passed."""
    return " ".join(_opening(answer))


def _opening(answer: Answer) -> tuple[str, ...]:
    if len(answer.scenarios) < 2:
        return (answer.scenarios[0].summary,)
    return (_best(answer),) if len(answer.scenarios) > 2 else leads(answer)


def hangs_on_code(answer: Answer) -> str:
    """The promise that the answer leads with. What the answer rests on is asked of it."""
    return next(iter(ranked(answer, focus(answer))), "workload")


def plainly(told: Difference) -> str:
    """A difference in plain words: how it is with the change, in place of how it is without."""
    if told.code == "cost":
        way = "more" if told.mean > 0 else "less"
        low, high = sorted((abs(told.low), abs(told.high)))
        return f"It costs about {pounds_said(abs(told.mean))} a week {way}, between {pounds_said(low)} and {pounds_said(high)}."
    after, before = figures(told)
    return words.capitalised(f"{NOW[told.code].format(after)}, in place of {before}.")


def _best(answer: Answer) -> str:
    """Of several scenarios, the one that breaks promises least, where that is sure against every other."""
    place = focus(answer)
    for best in answer.scenarios[1:]:
        rest = [each for each in answer.scenarios[1:] if each is not best]
        if all(_is_better(promised(best, place), promised(each, place)) for each in rest):
            return f"“{best.name}” breaks promises less often than what was held beside it."
    if answer.replicates < FEW:
        return "It is too early to tell which of them keeps promises better."
    return "None of them keeps promises clearly better than another."


def _is_better(one: dict[str, Picture], other: dict[str, Picture]) -> bool:
    """At least one promise surely breaks less often, and none surely more often."""
    ways = [direction(other[code], picture) for code, picture in one.items() if code in other]
    return -1 in ways and 1 not in ways


def short(answer: Answer, size: str = "") -> list[str]:
    """A few sentences: how large the change is, the worst for children and when, what else breaks, and last what it costs."""
    found = [FIRST_HINT] if answer.replicates < FEW else []
    found += [size] if size else []
    if len(answer.scenarios) != 2:
        now = [broken_now(answer)] if len(answer.scenarios) > 2 else []
        return [*found, opening(answer), *(each for each in now if each),
                *(_of_pair(answer, nth) for nth in range(len(answer.pairs))), *money(answer)]  # fmt: skip
    code, place = hangs_on_code(answer), focus(answer)
    end = recovery(answer, difference(answer, code, place)) if changes(answer, code, place) else ""
    return [*found, f"{opening(answer)} {end}".strip(), *others(answer), *money(answer), *_cost(answer)]


def _breaks_otherwise(answer: Answer, told: Difference, nth: int) -> bool:
    """Whether a promise surely breaks more or less often, however little its mean moves."""
    return told.code != "cost" and surely(answer, told.code, told.place, nth + 1)


def _cost(answer: Answer) -> list[str]:
    """What it costs; what is spent less because people are missing is told as what it is, after what that does to children."""
    told = difference(answer, "cost", ALL)
    if told is None or not told.told_apart:
        return []
    of_people = _of_people(answer, told)
    if of_people < MOSTLY:
        return [plainly(told)]
    low, high = sorted((abs(told.low), abs(told.high)))
    less = f"about {pounds_said(abs(told.mean))} a week less is spent, between {pounds_said(low)} and {pounds_said(high)}"
    because = "Only" if of_people >= ONLY else "Mostly"
    return [f"{because} because fewer people are in post, {less}."]


def _of_people(answer: Answer, told: Difference) -> float:
    """Which share of what is spent less is for those who are missing, and not for children in care; nought where what people
    cost here does not explain it."""
    there, care = difference(answer, "in_post", ALL), difference(answer, "in_care", ALL)
    if told.mean >= 0 or there is None or not (there.told_apart and there.mean < 0):
        return 0.0
    cost = answer.scenarios[0].cost
    for_people = there.mean * cost.staff.middle / A_YEAR / max(there.before, 1.0)
    for_care = care.mean * cost.care.middle / A_YEAR / max(care.before, 1.0) if care is not None else 0.0
    rest = told.mean - for_care
    return rest / told.mean if for_people <= rest else 0.0


def money(answer: Answer) -> list[str]:
    """Whether a budget or a saving that was asked for is kept, beside the promises."""
    found = []
    base, last = answer.scenarios[0].cost, answer.scenarios[-1].cost
    if last.budget is not None and last.chance_over is not None:
        now = (
            ""
            if base.chance_over is None
            else f", and {chance_said(base.chance_over, answer.replicates)} as things are"
        )
        over = chance_said(last.chance_over, answer.replicates)
        some = " in at least one year" if len(last.years) > 1 and last.chance_over else ""
        found.append(
            f"The budget of {pounds_said(last.budget)} a year is overspent{some} {over}{now}{_pace(last.years)}."
        )
    for pair in answer.pairs:
        if pair.savings is not None and pair.chance_saved is not None:
            whose = f"{pair.other}: the" if len(answer.pairs) > 1 else "The"
            saved = chance_said(pair.chance_saved, answer.replicates)
            every = " in every year" if len(pair.years) > 1 else ""
            found.append(
                f"{whose} {pounds_said(pair.savings)} a year to be saved are saved{every} {saved}{_pace(pair.years)}."
            )
    return [" ".join(found)] if found else []


def _pace(years: Sequence[Year]) -> str:
    """Where less than a year is judged, over which weeks: nobody waited for the whole of it."""
    if len(years) != 1 or years[0].weeks >= A_YEAR:
        return ""
    weeks = words.count_words(years[0].weeks, "week")
    return f", at the pace of the {weeks} from {day_said(years[0].begins)}"


def rested_on(answer: Answer) -> tuple[str, Difference | None]:
    """The promise that was asked for its assumptions: an older answer may lead with another one by now."""
    place = focus(answer)
    told = {code: difference(answer, code, place) for code in in_all(answer, place)}
    named = [code for code, each in told.items() if each is not None and each.title in answer.hangs_sentence]
    code = max(named, key=lambda each: len(getattr(told[each], "title", "")), default=hangs_on_code(answer))
    return code, told.get(code)


def rests(answer: Answer, going: bool = False) -> str:
    """The one sentence that guards against being too sure: on which assumption most of it rests."""
    if not answer.hangs_on:
        looked = "is looked into last" if going else "is not looked into yet"
        return f"Part of this rests on assumptions that nobody has measured. On which most {looked}."
    most = answer.hangs_on[0]
    if not most.moves:
        return "Within what is possible none of our assumptions changes this. Others may, that nobody thought of."
    assumed = "which we assumed" if "assumed" in most.source else "which is known only roughly"
    code, told = rested_on(answer)
    if told is None:
        return f"This rests most on {most.words}, {assumed}."
    times = most.moves / max(abs(told.mean), 1e-9)
    more = (
        ", more than the change itself"
        if times >= 1.5
        else ", as much as the change itself"
        if times >= 1
        else ""
    )
    return (
        f"This rests most on {most.words}, {assumed}. That alone could move the figure for {SHORTLY.get(code, told.title)} "
        f"by about {by_said(most.moves, told)}{more}."
    )


def by_said(moves: float, told: Difference) -> str:
    """How far one assumption can move a figure."""
    return amount_said(moves, told.unit, digits_for(moves, told.unit))


def _of_pair(answer: Answer, nth: int) -> str:
    """What one of several scenarios brings, worst for children first, in two facts at most, and what it costs."""
    codes = [*ranked(answer, focus(answer)), "cost"]
    told = [difference(answer, code, ALL if code == "cost" else focus(answer), nth) for code in codes]
    apart = [each for each in told if each is not None and each.told_apart]
    clear = [
        each
        for each in apart
        if matters(each.mean, each.before, each.unit) or _breaks_otherwise(answer, each, nth)
    ]
    kept = [plainly(each) for each in (*clear[:2], *clear[2:][-1:])]
    if all(each.code == "cost" for each in clear):
        kept.insert(0, NO_PROMISE if clear else NOTHING)
    said = " ".join(kept)
    return f"{answer.pairs[nth].other}: {said[:1].lower()}{said[1:]}"
