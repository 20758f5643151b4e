"""What stability costs and what it saves: two placings side by side, with everybody who could say “mine was higher”."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rightplace.domain.matching.applying import Applicant, score_of
from rightplace.domain.matching.deferred import Ahead, ahead_of
from rightplace.domain.matching.model import Placing, Selection
from rightplace.domain.matching.stable import Competition, competing, placed_before, ready


@dataclass(frozen=True, slots=True, kw_only=True)
class Envy:
    """A justified claim: this applicant likes the role better than what they have, and stands above `over` there.

    With nobody in `over` a place is free.
    """

    applicant: int
    role: str
    over: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One placing in numbers: applicants placed, first choices, mean rank of wish (1 is first) and mean score."""

    method: str
    placed: int
    first_choices: int
    mean_rank: float
    mean_score: float
    envied: tuple[Envy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The two placings side by side; the differences are what the best-placed one gains and what it costs."""

    stable: Figures
    best: Figures

    @property
    def first_choices_gained(self) -> int:
        return self.best.first_choices - self.stable.first_choices

    @property
    def claims_made(self) -> int:
        return len(self.best.envied) - len(self.stable.envied)


def price_of_stability(selection: Selection, stable: Placing, best: Placing) -> Price:
    return Price(stable=figures(selection, stable), best=figures(selection, best))


def figures(selection: Selection, placing: Placing) -> Figures:
    """The numbers of a placing as far as it is certain; those placed by an offer are outside the comparison."""
    selection = ready(selection)
    left = competing(selection, placed_before(selection))
    roles = {role.id: role for role in selection.roles}
    holding = [
        (each, role) for each in left.applying if (role := placing.placed.get(each.people[0].id)) is not None
    ]
    ranks = [each.preferences.index(role) + 1 for each, role in holding]
    scores = [score_of(person, roles[role]) for each, role in holding for person in each.people]
    return Figures(
        method=placing.method,
        placed=len(holding),
        first_choices=ranks.count(1),
        mean_rank=sum(ranks) / max(1, len(ranks)),
        mean_score=sum(scores) / 100 / max(1, len(scores)),
        envied=_envied(left, {each.id: role for each, role in holding}),
    )


def _envied(left: Competition, held: Mapping[int, str]) -> tuple[Envy, ...]:
    holders: dict[str, list[int]] = {role: [] for role in left.places}
    for who, role in held.items():
        holders[role].append(who)
    ahead = ahead_of(left.orders)
    return tuple(
        Envy(applicant=each.id, role=role, over=over)
        for each in left.applying
        for role in _liked_better(each, left, held)
        if (over := _over(each, role, left, ahead, holders[role])) or len(holders[role]) < left.places[role]
    )


def _liked_better(applicant: Applicant, left: Competition, held: Mapping[int, str]) -> tuple[str, ...]:
    wishes = left.wanted[applicant.id]
    mine = held.get(applicant.id)
    return wishes if mine is None else wishes[: wishes.index(mine)]


def _over(
    applicant: Applicant, role: str, left: Competition, ahead: Ahead, holders: list[int]
) -> tuple[int, ...]:
    ranks, behind = left.ranks[role], ahead.get(role, {}).get(applicant.id, frozenset())
    mine = ranks[applicant.id]
    return tuple(
        sorted(who for who in holders if ranks[who] > mine or (ranks[who] == mine and who in behind))
    )
