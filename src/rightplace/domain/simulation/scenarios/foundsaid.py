"""What a search says: who keeps what, what blocks and what would help, what gets worse, what stays. Numbers in, words out."""

from __future__ import annotations

from typing import Final

from rightplace.domain.simulation.scenarios.answer import Range
from rightplace.domain.simulation.scenarios.finding import (
    OF_MANAGERS,
    Blocked,
    Checked,
    Cost,
    Kind,
    Then,
    listed,
)
from rightplace.domain.simulation.scenarios.saying import (
    amount_said,
    between_said,
    difference_said,
    limit_said,
    place_said,
    pounds_said,
    tenths,
)
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE
from rightplace.domain.simulation.teams import KIND_NAMES

KEPT_SAID: Final = {
    "decision": "contacts are decided in time",
    "assessment": "assessments are finished in time",
    "conference": "conferences are held in time",
    "review": "reviews are held in time",
    "visit": "visits are made when they are due",
    "supervision": "workers are supervised",
    "unallocated": "every child has a worker",
    "workload": "workloads can be borne",
}
"""What it is to keep a promise, in the middle of a sentence."""
HARDLY: Final = 0.1
"""A limit that would be kept and moves by less than this share is hardly moved."""
_DOES_NOT: Final = {
    "decision": "decide no contacts", "assessment": "make no assessments", "conference": "hold no conferences",
    "review": "hold no reviews", "visit": "make no visits", "unallocated": "hold no open cases",
}  # fmt: skip


def nothing_to_count(code: str, where: str) -> str:
    """Why a promise cannot be asked of a place."""
    place = "" if where == EVERYWHERE else f" in {KIND_NAMES.get(where, where)}"
    does = _DOES_NOT.get(code, "do nothing that counts")
    return (
        f"the teams{place} {does}, so there is nothing to hold “{KEPT_SAID[code]}” against;"
        " leave it out, or look everywhere"
    )


def kind_said(name: str) -> str:
    """A kind of team in words, or the managers of one."""
    team = name.removeprefix(OF_MANAGERS)
    words = KIND_NAMES.get(team, team)
    return words if team == name else f"{OF_MANAGERS}{words}"


def people_said(people: dict[str, int]) -> str:
    """`71 posts for workers and 9 managers`."""
    managers = sum(many for kind, many in people.items() if kind.startswith(OF_MANAGERS))
    workers = sum(people.values()) - managers
    found = [_count(workers, "post for workers", "posts for workers")] if workers else []
    return listed(found + ([_count(managers, "manager", "managers")] if managers or not found else []))


def _count(many: int, one: str, more: str) -> str:
    return f"{many:,} {one if many == 1 else more}"


def against_said(before: dict[str, int], after: dict[str, int]) -> str:
    """How many more or fewer, workers and managers apart."""
    found = []
    for what, mine in (("posts for workers", False), ("managers", True)):
        was, now = (
            sum(many for kind, many in each.items() if kind.startswith(OF_MANAGERS) is mine)
            for each in (before, after)
        )
        if now != was:
            found.append((abs(now - was), "more" if now > was else "fewer", was, what))
    if not found:
        return "as many as there are now"
    if len(before) and all(kind.startswith(OF_MANAGERS) for kind in before):
        found = [(many, way, was, "") for many, way, was, _ in found]
    mixed = len({kind.startswith(OF_MANAGERS) for kind in before}) > 1
    return " and ".join(
        f"{many:,} {way} {what} than the {was:,} of now"
        if mixed
        else f"{many:,} {way} than the {was:,} of now"
        for many, way, was, what in found
    )


def tried_said(people: dict[str, int], kept: int, futures: int) -> str:
    return f"{people_said(people)}: kept in {kept} of {futures} futures"


def checking_said(people: dict[str, int], done: int, many: int) -> str:
    return f"{people_said(people)}, in other futures: {done} of {many} are worked out"


def clauses(codes: list[str]) -> str:
    return listed([KEPT_SAID[code] for code in codes])


def found_said(
    where: str,
    before: dict[str, int],
    posts: dict[str, int],
    can_keep: list[str],
    blocked: list[str],
    ended_early: bool,
) -> str:
    """The answer in one sentence."""
    place, people, against = place_said(where), people_said(posts), against_said(before, posts)
    if blocked and can_keep:
        named = listed([f"“{KEPT_SAID[code]}”" for code in blocked])
        return (
            f"All but {named} are kept{place} with {people}, {against}: "
            f"no establishment that was looked at keeps {'that one' if len(blocked) == 1 else 'those'} as often as asked."
        )
    if blocked:
        return (
            f"No establishment{place} that was looked at keeps it as often as asked, that {clauses(blocked)}: "
            f"not even the largest, {people}."
        )
    if not can_keep or (ended_early and not posts):
        return f"Nothing was found{place}."
    return f"{people[:1].upper()}{people[1:]} keep it{place}, {against}: {clauses(can_keep)}."


def not_found_said(where: str, tried: int) -> str:
    """Where the search was ended before anything was found to keep what was asked."""
    many = _count(tried, "establishment", "establishments")
    return (
        f"Nothing was found yet{place_said(where)}: the search was ended after {many}, and none of them keeps what was asked"
        " as often as asked."
    )


def ended_said(tried: int, found: bool, checked: Checked | None) -> str:
    """Where the search was ended before it was sure: after how many, and what more may show."""
    if not found:
        more = "One that keeps what was asked may exist"
    elif checked is None:
        more = "A smaller one may exist"
    elif checked.holds:
        more = "What was found holds, and a smaller one may exist"
    else:
        more = "One that the check bears out may exist"
    many = _count(tried, "establishment", "establishments")
    return f"More than {many}: the search ended there. {more}; let it look further to know."


def checked_said(checked: Checked, asked: float) -> str:
    """Whether futures of other luck bear it out."""
    often = f"{checked.kept} of {checked.futures} other futures"
    wanted = tenths(asked, 100).words
    if not checked.holds:
        return (
            f"The check does not bear this out: it is kept in only {often}, and {wanted} were asked. "
            "Take it as too few people."
        )
    before = " A smaller one had looked enough before; the check showed that it was not." * (
        checked.failed == 1
    )
    if checked.failed > 1:
        before = (
            f" {checked.failed} smaller ones had looked enough before; the check showed that they were not."
        )
    return f"Checked with other luck: it is kept in {often}; {wanted} were asked.{before}"


def blocked_said(told: Blocked, asked: float, now: float | None) -> str:
    """Which promise cannot be kept, by how much, and which limit would be."""
    unit, limit = told.unit, limit_said(told.limit, told.unit)
    today = "" if now is None else f", and {_under(now, unit)} with the people of now"
    if now is not None and abs(now - told.reached) <= HARDLY * now:
        today += ", so that more people hardly move it"
    return (
        f"“{_capital(KEPT_SAID[told.code])}” is kept in {told.kept} of {told.futures} futures at best, with "
        f"{people_said(told.people)}. In {tenths(asked, 100).words} futures its worst quarter stays within "
        f"{_under(told.reached, unit)} there{today}; the limit is {limit}."
    )


def _under(value: float, unit: str) -> str:
    return amount_said(value, unit, 1 if unit == "share" and value < 0.1 else 0)


def together_said(people: dict[str, int], kept: int, futures: int, asked: float, more: str) -> str:
    """What comes of the others being more, too: managers where workers were looked for, or the other way round."""
    often = f"with {people_said(people)}, the most of both, everything is kept in {kept} of {futures} futures"
    if kept / futures >= asked:
        return f"More {more} as well would do it: {often}. Look for workers and managers together."
    return f"More {more} as well would not do it alone: {often}."


def alone_said(kept: list[tuple[str, int]], futures: int) -> str:
    """How often each of them is kept by itself."""
    told = listed([f"{KEPT_SAID[code]} in {many}" for code, many in kept])
    return f"Each by itself, of {futures} futures: {told}."


def waits_said(first: float | None, then: float | None) -> str:
    """How long a decision waits for a manager with the most workers, and with the most of both."""
    if first is None or then is None or first - then < 0.05:
        return ""
    return (
        f"A decision waits {days_said(first)} for a manager with the most workers, and {days_said(then)} with the most of"
        " both."
    )


def days_said(days: float) -> str:
    return "less than a tenth of a day" if days < 0.1 else f"{days:.1f} days"


def more_people_said() -> str:
    return (
        "More people alone do not do it. What else may: fewer families told of, another way of working, a limit that can be "
        "kept. Ask what happens if one of them changes."
    )


def stays_said(kinds: list[Kind]) -> str:
    """Whom nothing that was chosen needs: they were left as they are, and that is no finding about them."""
    staying = [each for each in kinds if each.stays and each.found == each.now]
    if not staying:
        return ""
    named = listed([f"{kind_said(each.name)} ({each.now:,})" for each in staying])
    return (
        f"Nothing that was chosen needs {named}: with as few as the model lets work it would still be kept. "
        f"They were left as they are; that says nothing about whether they are needed."
    )


def least_said(kinds: list[Kind]) -> str:
    """Who was cut to the bone: that is a limit of the model, and no finding about them."""
    cut = [each for each in kinds if each.found == each.least < each.now and not each.stays]
    if not cut:
        return ""
    named = listed([f"{kind_said(each.name)} ({each.found:,}, now {each.now:,})" for each in cut])
    return (
        f"At the least that the model lets work: {named}. What was chosen does not protect them, since others stand in; "
        "that says nothing about whether they are needed."
    )


def worse_said(worse: list[Then], is_cut: bool) -> str:
    """What a cut would cost, so that it is never read as advice."""
    if not worse:
        return "Nothing that is promised gets worse than today by more than chance." if is_cut else ""
    most = max(worse, key=lambda each: (each.after_broken - each.before_broken, each.after - each.before))
    often = f"a quarter beyond the limit in {most.after_broken} of {most.futures} futures, now in {most.before_broken}"
    if len(worse) == 1:
        told = f"it makes a promise worse than today, {most.words} ({often})."
        aside = "" if most.chosen else " It was not chosen, so nobody looked after it."
        return f"This is no plan yet: {told}{aside}"
    unchosen = sum(not each.chosen for each in worse)
    whose = (
        "None of them was"
        if unchosen == len(worse)
        else f"{unchosen} of them {'was' if unchosen == 1 else 'were'} not"
    )
    aside = (
        f" {whose} chosen, so nobody looked after {'it' if unchosen == 1 else 'them'}." if unchosen else ""
    )
    return f"This is no plan yet: it makes {len(worse)} promises worse than today, most of all {most.words} ({often}).{aside}"


def then_said(then: Then, apart: bool) -> str:
    """One promise, today and with what was found: how often it breaks, and the year's measure."""
    often = (
        f"{_capital(then.words)}: a quarter beyond the limit in {then.after_broken} of {then.futures} futures, "
        f"and in {then.before_broken} with the people of now"
    )
    low, high = sorted((abs(then.chance_low), abs(then.chance_high)))
    if then.before_broken == then.after_broken:
        said = ""
    elif then.chance_low > 0 or then.chance_high < 0:
        way = "more" if then.chance_low > 0 else "less"
        said = f": {way} often, by {between_said(low, high, 'share')}"
    else:
        said = "; that difference may be chance"
    year = difference_said("x", EVERYWHERE, then.unit, then.before, then.after, then.low, then.high, apart)
    return f"{often}{said}. Over the year: {year.removeprefix('X: ')}"


def cost_said(cost: Cost) -> str:
    """A year's cost everywhere, today and with it, against the budget."""
    found = (
        f"A year costs {_pounds(cost.after)} everywhere with these people, and {_pounds(cost.before)} with those of now, "
        "in 9 of 10 futures."
    )
    if cost.budget is not None:
        found += (
            f" The budget of {pounds_said(cost.budget)} is passed in {cost.after_over} of {cost.futures} futures, and in "
            f"{cost.before_over} with the people of now."
        )
    return found


def _pounds(told: Range) -> str:
    return between_said(told.low, told.high, "pounds")


def looked_said(
    where: str, tried: int, replicates: int, asked: float, kinds: list[Kind], begins_counting: str
) -> list[str]:
    """What was looked at, and when something counts as kept."""
    spans = listed(
        [f"{kind_said(each.name)} {each.least:,} to {each.most:,} (now {each.now:,})" for each in kinds]
    )
    often, many = tenths(asked, 100).words, _count(tried, "establishment", "establishments")
    return [
        f"{many}{place_said(where)}, each in up to {replicates} futures with the same luck.",
        f"Between these numbers: {spans}.",
        f"The last year, {begins_counting}. Before it new posts have half a year to be filled.",
        "A promise is kept in a future when none of the four quarters of that year is beyond its limit.",
        f"It is enough when all that was chosen is kept in {often} futures.",
    ]


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
