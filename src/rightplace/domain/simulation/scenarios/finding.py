"""What a search and a sensitivity study tell on their way and at their end: JSON in and out, without the engine."""

from __future__ import annotations

from typing import Final

import msgspec

from rightplace.domain.simulation.scenarios.answer import HangsOn
from rightplace.domain.simulation.scenarios.saying import amount_said

EDITION: Final = 1
WORKING, MANAGING, BOTH = WHO = ("workers", "managers", "both")
"""Who may be more or fewer in a search."""
PEOPLE: Final = {WORKING: "posts", MANAGING: "managers", BOTH: "people"}
STAYED: Final = {
    WORKING: ("Other numbers of managers: they stay as they are.",),
    MANAGING: ("Other numbers of workers: they stay as they are.",),
    BOTH: ("Fewer managers than one where somebody has to decide.",),
}
"""What a search did not try for them."""
OF_MANAGERS: Final = "managers of "


class Tried(msgspec.Struct, frozen=True):
    """One establishment that was tried: posts by kind, and in how many of how many futures everything was kept."""

    posts: dict[str, int]
    kept: int
    futures: int


class Progress(msgspec.Struct, frozen=True, tag=True):
    """How far it is. What was tried so far can be handed in again: a search that was stopped goes on from there."""

    done: int
    at_most: int
    said: str
    tried: list[Tried] = []
    moves: list[list[float]] = []
    """Of a sensitivity study: the results of its runs so far, in their order."""


class Found(msgspec.Struct, frozen=True, tag=True):
    """The smallest establishment that was found."""

    where: str
    keep: list[str]
    possible: bool
    before: dict[str, int]
    posts: dict[str, int]
    kept: int
    futures: int
    chance: float
    """The share of futures in which every promise of `keep` was kept in every quarter of the last year."""
    chance_low: float
    chance_high: float
    asked: float
    tried: list[Tried]
    sentence: str
    not_tried: list[str]

    @property
    def more(self) -> int:
        return sum(self.posts.values()) - sum(self.before.values())


class Hanging(msgspec.Struct, frozen=True, tag=True):
    """On which unmeasured strengths one number of an answer hangs, and in which words that is said."""

    code: str
    place: str
    hangs_on: list[HangsOn]
    sentence: str
    runs: int


def found_said(
    where: str,
    before: dict[str, int],
    posts: dict[str, int],
    kept: int,
    futures: int,
    promises: list[str],
    possible: bool,
) -> str:
    """What a search found."""
    place = "" if where == "all" else f" in {where}"
    kept_said = _listed(promises)
    if not possible:
        return (
            f"No establishment{place} of those that were tried keeps the limits for {kept_said} as often as asked:"
            f" with the largest, they are kept in {kept} of {futures} futures. More posts alone do not do it."
        )
    was, now = sum(before.values()), sum(posts.values())
    managers = sum(many for kind, many in posts.items() if kind.startswith(OF_MANAGERS))
    workers, mixed = now - managers, 0 < managers < now
    has = [f"{workers:,} posts of workers"] * (workers > 0) + [f"{managers:,} {_managers(managers)}"] * (
        managers > 0
    )
    more = "more" if now > was else "fewer"
    against = (
        "as many as now"
        if now == was
        else f"{abs(now - was):,} {more}{' people' * mixed} than the {was:,} of now"
    )
    parts = _listed([_part(kind, many) for kind, many in posts.items()])
    return (
        f"The smallest establishment that was found{place} has {' and '.join(has)}, {against}: {parts}."
        f" With it the limits for {kept_said} are all kept in every quarter of the last year"
        f" in {kept} of {futures} simulated futures."
    )


def _managers(many: int) -> str:
    return "manager" if many == 1 else "managers"


def _part(kind: str, many: int) -> str:
    if kind.startswith(OF_MANAGERS):
        return f"{many:,} {_managers(many)} of {kind.removeprefix(OF_MANAGERS)}"
    return f"{many:,} in {kind}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def hanging_said(title: str, place: str, unit: str, told: list[HangsOn], is_difference: bool) -> str:
    """Beside an answer: what it hangs on, and that nobody has measured it."""
    most = [each for each in told if each.moves > 0]
    what = "the difference in " if is_difference else ""
    where = "" if place == "all" else f" in {place}"
    if not most:
        return f"No assumption moves {what}{title}{where} within the range that is held possible."
    return (
        f"For {what}{title}{where} this hangs most on {_listed([each.words for each in most])}, which nobody has measured:"
        f" within the range held possible, the first alone moves it by about {amount_said(most[0].moves, unit)}."
    )
