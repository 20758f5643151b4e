"""From what a search simulated to what it tells: the smallest, what blocks, and every promise beside today."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec.structs import replace

from rightplace.domain.evidence import wilson
from rightplace.domain.simulation.scenarios import foundsaid as said
from rightplace.domain.simulation.scenarios.answer import Range
from rightplace.domain.simulation.scenarios.comparing import paired
from rightplace.domain.simulation.scenarios.descending import tried_so_far
from rightplace.domain.simulation.scenarios.finding import (
    BOTH,
    EDITION,
    MANAGING,
    WORKING,
    Blocked,
    Cost,
    Found,
    Future,
    Kind,
    Said,
    Then,
)
from rightplace.domain.simulation.scenarios.measuring import YEAR, Real, short
from rightplace.domain.simulation.scenarios.promises import BY_CODE as PROMISED
from rightplace.domain.simulation.scenarios.promises import PROMISES
from rightplace.domain.simulation.scenarios.saying import day_said, place_said
from rightplace.domain.simulation.scenarios.scenario import EVERYWHERE
from rightplace.domain.simulation.scenarios.trials import CODES, bits

if TYPE_CHECKING:
    from rightplace.domain.simulation.scenarios.searching import Search

STAYED: Final = {
    WORKING: "Other numbers of managers: they stay as they are.",
    MANAGING: "Other numbers of workers: they stay as they are.",
    BOTH: "Fewer managers than one where somebody has to decide.",
}
"""What a search did not try for them."""


def found(search: Search) -> Found:
    """Everything that is told of a search that has ended."""
    kept, futures = _counted(search)
    low, high = wilson(kept, futures)
    trials, can_keep = search.trials, list(search.can_keep)
    before, posts = trials.named(trials.now), trials.named(search.posts)
    kinds, blocked, then = _kinds(search), _blocked(search), _promises(search)
    nothing = search.descent.best is None and not search.blocked
    cost = _cost(search)
    return Found(
        EDITION, search.where, search.who, list(search.keep), not search.blocked and not nothing, can_keep, blocked,
        before, posts, kinds, kept, futures, short(kept / futures), short(low), short(high), search.chance,
        search.borne_out, then, cost, tried_so_far(trials, trials.known, bits(can_keep or search.keep)),
        search.descent.ended_early,
        said.not_found_said(search.where, len(trials.known)) if nothing
        else said.found_said(search.where, before, posts, can_keep, search.blocked, search.descent.ended_early),
        _said(search, kinds, blocked, then, cost), _looked_at(search, kinds), _not_tried(search),
        search.hanging.sentence if search.hanging else "",
    )  # fmt: skip


def _counted(search: Search) -> tuple[int, int]:
    """How often it was kept in the search, in as many futures as settled it."""
    keep = bits(search.can_keep or search.keep)
    told = search.trials.verdict(search.posts, keep, search.descent.bar)
    if told is not None:
        return told.kept, told.futures
    broken = search.trials.known[search.posts]
    return sum(not each & keep for each in broken), len(broken)


def _kinds(search: Search) -> list[Kind]:
    trials, descent = search.trials, search.descent
    return [
        Kind(
            name, trials.now[place], search.posts[place], trials.least[place], trials.most[place],
            place in descent.stays, place in descent.shared, descent.needed.get(place, []),
        )
        for place, name in enumerate(trials.kinds)
    ]  # fmt: skip


def _blocked(search: Search) -> list[Blocked]:
    """Where each of them is kept best, and which limit would be kept there."""
    found = []
    for code in search.blocked:
        place, at = CODES.index(code), search.at_best(code)
        masks = search.trials.known[at]
        would = reached(search.seen(f"best {code}", at), place, search.chance)
        found.append(
            Blocked(
                code, _times_kept(masks, place), len(masks), search.trials.named(at), search.trials.limits[place],
                short(would or 0.0), PROMISED[code].unit,
            )
        )  # fmt: skip
    return found


def _times_kept(masks: list[int], place: int) -> int:
    return sum(not each >> place & 1 for each in masks)


def reached(futures: list[Future], place: int, asked: float) -> float | None:
    """The limit that would be kept as often as asked: so many of the worst quarters stay within it."""
    worst = sorted(each.worst[place] or 0.0 for each in futures)
    return worst[min(len(worst), ceil(asked * len(worst) - 1e-9)) - 1] if worst else None


def _promises(search: Search) -> list[Then]:
    """Every promise that counts something there, today and then, in the futures that both share."""
    before, after = search.today, search.then
    many = min(len(before), len(after))
    if not many:
        return []
    counted = [
        place
        for place in range(len(CODES))
        if any(each.year[place] is not None for each in (*before[:many], *after[:many]))
    ]
    return [_then(search, place, before[:many], after[:many]) for place in counted]


def _then(search: Search, place: int, before: list[Future], after: list[Future]) -> Then:
    told, limit = PROMISES[place], search.trials.limits[place]
    was, now = (_over(each, place, limit) for each in (before, after))
    _, chance_low, chance_high, _ = paired(was, now)
    a, b = (
        np.array([f.year[place] if f.year[place] is not None else np.nan for f in each])
        for each in (before, after)
    )
    both = ~(np.isnan(a) | np.isnan(b))
    _, low, high, _ = paired(a[both], b[both])
    made = Then(
        told.code, told.words, told.unit, limit, told.code in search.keep, int(was.sum()), int(now.sum()), len(was),
        short(chance_low), short(chance_high), short(a[both].mean()) if both.any() else 0.0,
        short(b[both].mean()) if both.any() else 0.0, short(low), short(high), "",
    )  # fmt: skip
    return replace(made, sentence=said.then_said(made, low > 0 or high < 0))


def _over(futures: list[Future], place: int, limit: float) -> Real:
    """In which futures the promise is broken."""
    return np.array([float((each.worst[place] or 0.0) > limit) for each in futures])


def _cost(search: Search) -> Cost | None:
    before, after = search.today, search.then
    many, budget = min(len(before), len(after)), search.question.base.budget
    if not many:
        return None
    over = [0 if budget is None else sum(f.cost > budget for f in each[:many]) for each in (before, after)]
    return Cost(_range(before[:many]), _range(after[:many]), budget, over[0], over[1], many)


def _range(futures: list[Future]) -> Range:
    low, middle, high = np.quantile([each.cost for each in futures], (0.05, 0.5, 0.95))
    return Range(short(low), short(middle), short(high))


def _said(
    search: Search, kinds: list[Kind], blocked: list[Blocked], then: list[Then], cost: Cost | None
) -> Said:
    today, fewer = search.today, any(each.found < each.now for each in kinds)
    return Said(
        [
            said.blocked_said(each, search.chance, reached(today, CODES.index(each.code), search.chance))
            for each in blocked
        ],
        _helps(search),
        said.checked_said(search.borne_out, search.chance) if search.borne_out else "",
        ""
        if search.descent.best is None
        else said.worse_said([each for each in then if each.way > 0], fewer),
        " ".join(each for each in (said.stays_said(kinds), said.least_said(kinds)) if each),
        said.cost_said(cost) if cost else "",
    )


def _helps(search: Search) -> list[str]:
    """What would help instead, as far as it was simulated."""
    if not search.blocked:
        return []
    together = search.seen_together
    if not together:
        return [said.more_people_said()]
    keep, masks = bits(search.keep), [search.trials.broken(each) for each in together]
    kept = sum(not each & keep for each in masks)
    alone = [(code, _times_kept(masks, CODES.index(code))) for code in search.blocked]
    more = "managers" if search.who == WORKING else "workers"
    waits = _waits(search.seen("largest", search.trials.most)), _waits(together)
    lines = [
        said.together_said(search.together_people, kept, len(together), search.chance, more),
        said.alone_said(alone, len(together)) if any(many > kept for _, many in alone) else "",
        said.waits_said(*waits) if more == "managers" else "",
    ]
    return lines if kept / len(together) >= search.chance else [*lines, said.more_people_said()]


def _waits(futures: list[Future]) -> float | None:
    counted = [each.waits for each in futures if each.waits is not None]
    return float(np.mean(counted)) if counted else None


def _looked_at(search: Search, kinds: list[Kind]) -> list[str]:
    base = search.question.base
    weeks = base.days // 7
    first = base.begins + timedelta(weeks=max(0, weeks - YEAR))
    last = base.begins + timedelta(days=weeks * 7 - 1)
    span = f"{day_said(first)} to {day_said(last)}"
    tried = len(search.trials.known)
    lines = said.looked_said(search.where, tried, search.replicates, search.chance, kinds, span)
    return lines + (
        [f"The promises of{place_said(search.where).removeprefix(' in')} alone: what its teams do."]
        if search.where != EVERYWHERE
        else []
    )


def _not_tried(search: Search) -> list[str]:
    lines = [
        STAYED[search.who],
        "Posts moved between teams of the same kind: they are shared out by the teams’ size.",
        "Two kinds of team changed at once, but for one post more here and two fewer there.",
        "Other ways of working, pay or thresholds.",
    ]
    if search.where != EVERYWHERE:
        lines.insert(1, "Teams elsewhere: they stay as they are, and what this does to them is not told.")
    if search.descent.ended_early:
        lines.insert(
            0, said.ended_said(len(search.trials.known), search.descent.best is not None, search.borne_out)
        )
    return lines
