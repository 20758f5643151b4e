"""What an answer leads with: what is broken, worst for children first, and how the change alters it."""

from __future__ import annotations

from typing import Final

from rightplace.common.web import words
from rightplace.domain.simulation.scenarios.answer import Answer, Difference, Picture
from rightplace.domain.simulation.scenarios.promises import PERCENT_OF_LOAD
from rightplace.domain.simulation.scenarios.saying import chance_said, place_said
from rightplace.overview.capacity.presenters.surely import (
    CHILDREN,
    FEW,
    MOST,
    chance_of,
    changes,
    difference,
    focus,
    is_broken,
    promised,
    ranked,
    surely,
)

SHORTLY: Final = {
    "decision": "contacts", "assessment": "assessments", "conference": "conferences", "review": "reviews", "visit": "visits",
    "supervision": "supervision", "unallocated": "a worker for every child", "workload": "workloads",
}  # fmt: skip
NOW: Final = {
    "decision": "{0} in 100 contacts are decided late",
    "assessment": "{0} in 100 assessments are finished late",
    "conference": "{0} in 100 conferences are held late",
    "review": "{0} in 100 reviews are held late",
    "visit": "{0} in 100 visits are missed",
    "supervision": "{0} in 100 supervisions are missed",
    "unallocated": "{0} in 100 children have no worker of their own",
    "workload": "one worker in ten carries more than {0} per cent of a full load",
    "in_post": "{0} workers are in post",
}
NEVER: Final = {"in no future": "in any future", "not in the one future": "in the one future"}
"""A chance of nothing, as it stands after "no quarter"."""
MOST_NAMED: Final = 3
DIGITS: Final = (1, 2)
"""After the point, of two figures that whole numbers do not tell apart."""


def limit_words(picture: Picture) -> str:
    """`5 in 100`, as it stands after "the limit of"."""
    limit = picture.limit or 0.0
    return f"{limit:g} per cent" if picture.unit == PERCENT_OF_LOAD else f"{100 * limit:.3g} in 100"


def figures(told: Difference) -> tuple[str, str]:
    """With the change and without it, in as many digits as tell them apart."""
    scale = 100 if told.unit == "share" else 1
    sizes = [told.after * scale, told.before * scale]
    for digits in (0,) if abs(sizes[0] - sizes[1]) >= 1 else DIGITS:
        after, before = (_figure(size, told.unit, digits) for size in sizes)
        if after != before:
            break
    return after, before


def _figure(size: float, unit: str, digits: int) -> str:
    """What is not nothing is not called nothing."""
    said = f"{size:,.{digits}f}"
    is_few = unit == "share" and size > 0 and said == f"{0:.{digits}f}"
    return f"fewer than {10**-digits:g}" if is_few else said


def leads(answer: Answer) -> tuple[str, ...]:
    """Of a change, its first sentences: the worst for children, against its limit, with the change and without it."""
    place = focus(answer)
    code = next(iter(ranked(answer, place)), "")
    told = difference(answer, code, place)
    if not code or told is None:
        nothing = words.capitalised(f"{place_said(place)} there is nothing".strip())
        return (f"{nothing} to hold against a promise.",)
    if answer.replicates < FEW and not surely(answer, code, place):
        early = _at_first(place, "It is too early to tell what the change does")
        return f"{early}.", _so_far(answer, code, place, told)
    if not changes(answer, code, place):
        same = _at_first(place, "No promise changes by more than chance")
        return f"{same}.", _so_far(answer, code, place, told)
    after, before = figures(told)
    now = f"on average {NOW[code].format(after)}, in place of {before}"
    return f"{_rank(answer, code, place)}: {now}.", _limit(answer, code, place)


def _at_first(place: str, said: str) -> str:
    where = place_said(place).strip()
    return f"{words.capitalised(where)} {said[:1].lower()}{said[1:]}" if where else said


def _rank(answer: Answer, code: str, place: str) -> str:
    """Worst, where its limit is passed in half of the futures or more; else what changes most."""
    where = place_said(place)
    if not is_broken(answer, code, place):
        return f"Most changed{where}"
    return f"Worst for children{where}" if code in CHILDREN else f"Worst{where}"


def _limit(answer: Answer, code: str, place: str) -> str:
    """In how many futures the limit is passed, with the change and as things are."""
    first, last = (promised(answer.scenarios[nth], place)[code] for nth in (0, -1))
    before, after = (chance_said(chance_of(each), answer.replicates) for each in (first, last))
    passed = words.capitalised(_passed(last, after))
    if before == after:
        return f"{passed}, with the change and without it."
    joined = "against" if surely(answer, code, place) else "and"
    return f"{passed}, {joined} {_bare(before) if surely(answer, code, place) else before} as things are."


def _passed(picture: Picture, often: str) -> str:
    """`in 9 of 10 futures at least one quarter passes the limit of 5 in 100`: a mean below it is no contradiction."""
    limit = f"the limit of {limit_words(picture)}"
    if often in NEVER:
        return f"no quarter passes {limit} {NEVER[often]}"
    return f"{often} at least one quarter passes {limit}"


def _so_far(answer: Answer, code: str, place: str, told: Difference) -> str:
    """What is worst with the change or without it, where none of it is otherwise."""
    last = promised(answer.scenarios[-1], place)[code]
    beyond = _passed(last, chance_said(chance_of(last), answer.replicates))
    whose = "Worst for children" if code in CHILDREN else "Worst"
    level = told.after * (100 if told.unit == "share" else 1)
    now = NOW[code].format(f"{level:,.{0 if level >= 3 else 1}f}")
    return f"{whose} with the change or without it: on average {now}; {beyond}."


def others(answer: Answer) -> list[str]:
    """Which other promises surely break more or less often, and which are broken in most futures anyhow."""
    place = focus(answer)
    rest = ranked(answer, place)[1:]
    sure = [code for code in rest if surely(answer, code, place)]
    more = [code for code in sure if _chance(answer, code, place, -1) > _chance(answer, code, place, 0)]
    less = [code for code in sure if code not in more]
    found = []
    if more:
        found.append(f"Limits also passed more often: {_each(answer, more, place)}.")
    if less:
        found.append(f"Limits passed less often: {_each(answer, less, place)}.")
    anyhow = [code for code in rest if code not in sure and _both(answer, code, place)]
    if anyhow:
        found.append(
            f"Limits passed in half of the futures or more, with the change or without it: {_listed(anyhow)}."
        )
    return [" ".join(found)] if found else []


def _both(answer: Answer, code: str, place: str) -> bool:
    return all(_chance(answer, code, place, nth) >= MOST for nth in (0, -1))


def broken_now(answer: Answer) -> str:
    """What is broken in most futures as things are."""
    place = focus(answer)
    broken = [code for code in ranked(answer, place) if _chance(answer, code, place, 0) >= MOST]
    if not broken:
        return ""
    passed = f"at least one quarter passes the limit for {_listed(broken)}"
    return f"As things are{place_said(place)}, in half of the futures or more {passed}."


def _each(answer: Answer, codes: list[str], place: str) -> str:
    told = [_one(answer, code, place, nth == 0) for nth, code in enumerate(codes[:MOST_NAMED])]
    more = len(codes) - MOST_NAMED
    return words.listed([*told, words.count_words(more, "other")] if more > 0 else told)


def _one(answer: Answer, code: str, place: str, first: bool) -> str:
    """`reviews in 9 of 10 futures (5 of 10 as things are)`."""
    after, before = (chance_said(_chance(answer, code, place, nth), answer.replicates) for nth in (-1, 0))
    return f"{SHORTLY[code]} {after} ({_bare(before)}{' as things are' if first else ''})"


def _bare(chance: str) -> str:
    """`5 of 10`, of `in 5 of 10 futures`."""
    whole = {"in no future": "none", "in every future": "all"}
    return whole.get(chance, chance.removeprefix("in ").removesuffix(" futures"))


def _listed(codes: list[str]) -> str:
    return words.listed([SHORTLY[code] for code in codes])


def _chance(answer: Answer, code: str, place: str, nth: int) -> float:
    return chance_of(promised(answer.scenarios[nth], place)[code])
