"""The best placing: most people placed, then the most preference and score together; and the least envied one.

What is best for all together can be unjust to one: whoever scored higher than an occupant is listed (`price.py`).
Where several placings are equally good, none of them is picked: the people concerned become questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rightplace.domain.matching.applying import Applicant, claim_of, score_of
from rightplace.domain.matching.deferred import Course, Field, ahead_of
from rightplace.domain.matching.keeping import digest, kept
from rightplace.domain.matching.model import MOST_PREFERENCES, Placing, Question, Role, Selection
from rightplace.domain.matching.model import Claim as Right
from rightplace.domain.matching.readiness import NotReady, Wrong
from rightplace.domain.matching.solvers import (
    Claim,
    Found,
    Limit,
    Problem,
    fewest_claims,
    first_solver,
    may_differ,
    second_solver,
    smallest_conflict,
)
from rightplace.domain.matching.stable import (
    Before,
    Competition,
    competing,
    placed_before,
    ready,
    spread_over_people,
)

BEST_PLACED = "best placed"
FEWEST_ENVIED = "fewest envied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """What a step of preference, a step of claim and a hundredth of a point are worth. A council may say otherwise.

    That more people are placed always goes before.
    """

    preference: int = 1_000
    claim: int = 2_000
    score: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BestPlacing:
    """A best placing: its worth, whether it is proved, whether the second solver agrees, and what claims stand."""

    placing: Placing
    worth: int
    proved: bool
    agreed: bool
    standing: int = 0

    @property
    def publishable(self) -> bool:
        """Proved, confirmed, without an open question and with no claim left standing to somebody's place."""
        return self.proved and self.agreed and self.placing.final and not self.standing


class NoPlacing(ValueError):
    """No placing keeps the skill mix: why, and what to do instead."""

    def __init__(self, because: str, instead: str) -> None:
        super().__init__(f"{because} {instead}")
        self.because = because
        self.instead = instead


def best_placed(selection: Selection, weighing: Weighing | None = None) -> BestPlacing:
    """The placing worth most that keeps the skill mix, found by one solver and confirmed by another."""
    selection = ready(selection)
    before, competition = _left(selection)
    problem = _problem(selection, before, competition, weighing or Weighing())
    found, second = first_solver(problem), second_solver(problem)
    if found.chosen is None or second.chosen is None:
        raise _impossible(selection, problem, found)
    worth = _worth(problem, found.chosen)
    differing = may_differ(problem, found.chosen)
    return BestPlacing(
        placing=_placing(selection, before, competition, found.chosen, differing, BEST_PLACED),
        worth=worth,
        proved=found.proved and second.proved,
        agreed=worth == _worth(problem, second.chosen),
    )


def fewest_envied(selection: Selection, weighing: Weighing | None = None) -> BestPlacing:
    """The placing that keeps the skill mix and leaves the fewest people with a justified claim to another's place.

    With a skill mix a placing that leaves none need not exist, and no method finds what is not there. That is then
    proved, `standing` says how many claims are left in the best that was found, and the placing is for discussion
    only: it is one of several. Nought means stable and in the mix.
    """
    selection = ready(selection)
    before, competition = _left(selection)
    problem = _problem(selection, before, competition, weighing or Weighing())
    claims = _claims(competition)
    found, standing = fewest_claims(problem, claims, _stable_one(competition))
    if found.chosen is None:
        raise _impossible(selection, problem, found)
    differing = may_differ(problem, found.chosen, claims) if not standing else frozenset()
    return BestPlacing(
        placing=_placing(selection, before, competition, found.chosen, differing, FEWEST_ENVIED),
        worth=_worth(problem, found.chosen),
        proved=found.proved,
        agreed=found.proved,
        standing=standing,
    )


def _stable_one(competition: Competition) -> dict[int, str]:
    """Where people propose to: the start of the search, never a result."""
    ahead = ahead_of(competition.orders)
    return Course(Field(competition.wanted, competition.ranks, competition.places, ahead)).outcome


def _left(selection: Selection) -> tuple[Before, Competition]:
    before = placed_before(selection)
    if before.questions:
        raise NotReady(
            tuple(Wrong(each.sentence, "Settle who is offered a place first.") for each in before.questions)
        )
    return before, competing(selection, before)


def _problem(selection: Selection, before: Before, competition: Competition, weighing: Weighing) -> Problem:
    roles = {role.id: role for role in selection.roles}
    ahead = ahead_of(competition.orders)
    worth = {
        (each.id, name): _value(each, roles[name], weighing)
        for each in competition.applying
        for name in competition.wanted[each.id]
    }
    finer = {(who, name): len(ahead.get(name, {}).get(who, ())) for who, name in worth}
    scale = 1 + len(competition.applying) * max(finer.values(), default=0)
    whole = {pair: scale * value + finer[pair] for pair, value in worth.items()}
    return Problem(
        worth=whole,
        placed=1 + len(competition.applying) * max(whole.values(), default=0),
        places=competition.places,
        limits=_limits(selection, before, competition),
    )


def _value(applicant: Applicant, role: Role, weighing: Weighing) -> int:
    """Preference, claim and score of one applicant for one role. Who slots in counts as the full score.

    A wish keeps its place in the list although an earlier one could not be considered.
    """
    claim = max(claim_of(person, role) for person in applicant.people)
    points = sum(person.minutes * score_of(person, role) for person in applicant.people) // applicant.minutes
    score = 10_000 if claim is Right.SLOT_IN else points
    liked = weighing.preference * (MOST_PREFERENCES - applicant.preferences.index(role.id))
    return liked + weighing.claim * (max(Right) - claim) + weighing.score * score


def _limits(selection: Selection, before: Before, competition: Competition) -> tuple[Limit, ...]:
    """The skill mix of what is left to place: whoever holds a place by an offer counts already."""
    team = {role.id: role.team for role in selection.roles}
    people = {person.id: person for person in selection.people}
    limits = []
    for mix in selection.mixes:
        held = sum(
            people[who].profession == mix.profession and team[role] == mix.team
            for who, role in before.offered.items()
        )
        pairs = {
            (each.id, role): count
            for each in competition.applying
            if (count := sum(person.profession == mix.profession for person in each.people))
            for role in competition.wanted[each.id]
            if team[role] == mix.team
        }
        limits.append(Limit(pairs, mix.least - held, mix.most - held))
    return tuple(limits)


def _claims(competition: Competition) -> list[Claim]:
    """One claim for each wish: met by that role or one liked better, or by a role full of people not behind."""
    ahead = ahead_of(competition.orders)
    claims = []
    for applicant, wishes in competition.wanted.items():
        for at, role in enumerate(wishes):
            ranks, behind = competition.ranks[role], ahead.get(role, {}).get(applicant, frozenset())
            others = [
                (other, role)
                for other, rank in ranks.items()
                if other != applicant
                and (rank < ranks[applicant] or (rank == ranks[applicant] and other not in behind))
            ]
            own = [(applicant, liked) for liked in wishes[: at + 1]]
            claims.append(Claim(own, others, competition.places[role]))
    return claims


def _placing(
    selection: Selection,
    before: Before,
    competition: Competition,
    chosen: Mapping[int, str],
    differing: frozenset[int],
    method: str,
) -> Placing:
    sure = {each: chosen.get(each.id) for each in competition.applying if each.id not in differing}
    return Placing(
        method=method,
        placed=spread_over_people(selection, sure, before.offered),
        offered=before.offered,
        questions=_questions(selection, competition, chosen, differing),
        not_considered=competition.not_considered,
        inputs=digest(kept(selection)),
    )


def _questions(
    selection: Selection, competition: Competition, chosen: Mapping[int, str], differing: frozenset[int]
) -> tuple[Question, ...]:
    """For each role that those whose place is arbitrary wish for: which of them its places should go to."""
    found = []
    for role in selection.roles:
        people = tuple(sorted(who for who in differing if role.id in competition.wanted[who]))
        places = sum(chosen.get(who) == role.id for who in people)
        if places and len(people) > places:
            found.append(
                Question(
                    role=role.id,
                    team=role.team,
                    people=people,
                    places=places,
                    before_matching=False,
                    first=True,
                    proved=True,
                )
            )
    return tuple(found) or _any_question(selection, competition, chosen, differing)


def _any_question(
    selection: Selection, competition: Competition, chosen: Mapping[int, str], differing: frozenset[int]
) -> tuple[Question, ...]:
    """People who could change places among themselves alone: asked at the roles that they hold."""
    held = sorted({chosen[who] for who in differing if who in chosen})
    team = {role.id: role.team for role in selection.roles}
    return tuple(
        Question(
            role=role,
            team=team[role],
            people=tuple(sorted(who for who in differing if role in competition.wanted[who])),
            places=sum(chosen.get(who) == role for who in differing),
            before_matching=False,
            first=True,
            proved=True,
        )
        for role in held
    )


def _worth(problem: Problem, chosen: Mapping[int, str]) -> int:
    return sum(problem.whole(pair) for pair in chosen.items())


def _impossible(selection: Selection, problem: Problem, found: Found) -> NoPlacing:
    if not found.proved:
        return NoPlacing("No placing was found in the time allowed.", "Widen the skill mix, or try again.")
    because = _too_few(selection) or _against_each_other(selection, problem)
    return NoPlacing(because, "Widen the mix, open a role to more professions, or advertise.")


def _against_each_other(selection: Selection, problem: Problem) -> str:
    """The fewest lines of the mix that cannot be kept at once; without one of them the others could."""
    told = [
        f"{mix.team} asks for {mix.least} to {mix.most} of {mix.profession}"
        for mix in (selection.mixes[place] for place in smallest_conflict(problem))
    ]
    return f"With these people, wishes and places this cannot be kept: {'; '.join(told)}."


def _too_few(selection: Selection) -> str:
    """The teams where fewer people of a profession could be considered than the mix asks for."""
    wanted = competing(selection, placed_before(selection))
    limits = zip(selection.mixes, _limits(selection, placed_before(selection), wanted), strict=True)
    return " ".join(
        f"{mix.team} needs {mix.least} of {mix.profession} and {able} could be considered."
        for mix, limit in limits
        if (able := sum({who: count for (who, _), count in limit.pairs.items()}.values())) < limit.least
    )
