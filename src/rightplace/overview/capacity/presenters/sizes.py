"""How large a change is against what is there: `Eight of the 31 workers in post in South leave.`"""

from __future__ import annotations

from collections import defaultdict

from rightplace.common.web import words
from rightplace.domain.simulation.scenarios.answer import Answer
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE, Scenario
from rightplace.overview.capacity.forms import SAID
from rightplace.overview.capacity.presenters.surely import difference, focus

AT_LEAST_SAID = 0.5
WHOLE = "What follows is of the whole service: areas that become one cannot be told alone."
MOVES_WHOLE = "What follows is of the whole service: teams between which work moves cannot be told alone."


def size(answer: Answer, scenario: Scenario) -> str:
    """The largest change of a scenario beside what it changes; nothing where the answer does not tell what is there.

    Of areas that become one, that what follows is of all: what lies within them is counted by no name of before. Nor is what
    lies within teams between which work moves, where their names cannot be said together.
    """
    if (scenario.merges or scenario.moves) and focus(answer) == EVERYWHERE:
        return WHOLE if scenario.merges else MOVES_WHOLE
    whole: dict[tuple[str, str], float] = defaultdict(float)
    for change in scenario.changes:
        if change.what in ("leave", "posts") and not change.weeks and change.where in answer.places:
            whole[change.what, change.where] += change.amount
    told = [_people(answer, what, where, amount) for (what, where), amount in whole.items()]
    if any(change.what == "demand" for change in scenario.changes):
        told.append(_contacts(answer))
    return " ".join(each for each in told[:2] if each)


def _people(answer: Answer, what: str, where: str, amount: float) -> str:
    there, many = _in_post(answer, where), round(abs(amount))
    if there < 1 or not many:
        return ""
    place = "" if where == "all" else f" in {where}"
    if what == "leave" and many >= there:
        return f"All {_number(there)} workers in post{place} leave."
    if what == "leave":
        leave = "leaves" if many == 1 else "leave"
        return f"{words.capitalised(_number(many))} of the {_number(there)} workers in post{place} {leave}."
    posts = words.capitalised(f"{_number(many)} {'post' if many == 1 else 'posts'}")
    return f"{posts} {'more' if amount > 0 else 'fewer'}, beside the {there:,} workers in post{place} as things are."


def _in_post(answer: Answer, where: str) -> int:
    """In the first week, in the middle future of things as they are."""
    for picture in answer.scenarios[0].pictures:
        if (picture.code, picture.place) == ("in_post", where):
            return round(next((value for value in picture.fan.p50 if value is not None), 0.0))
    return 0


def _contacts(answer: Answer) -> str:
    told = difference(answer, "contacts", focus(answer))
    if told is None or not told.told_apart or abs(told.mean) < AT_LEAST_SAID:
        return ""
    return f"About {told.after:,.0f} children a week are told of, in place of {told.before:,.0f}."


def _number(many: int) -> str:
    return SAID[many] if many < len(SAID) else f"{many:,}"
