"""From a selection to who may hold what, and how each role ranks those who named it: level people stay level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from rightplace.domain.matching.model import (
    Assessed,
    Claim,
    JobShare,
    NotConsidered,
    Person,
    Role,
    Selection,
)

Standing = tuple[int, Fraction]


@dataclass(frozen=True, slots=True)
class Applicant:
    """One person, or a job-share pair, who takes one place. Its number is the person's; of a pair, the smaller."""

    id: int
    people: tuple[Person, ...]
    preferences: tuple[str, ...]

    @property
    def minutes(self) -> int:
        return sum(person.minutes for person in self.people)


def claim_of(person: Person, role: Role) -> Claim:
    """The claim that a person's own post gives. Acting up in another post gives none."""
    if person.substantive in role.slot_in:
        return Claim.SLOT_IN
    if person.substantive in role.ring_fence:
        return Claim.RING_FENCE
    return Claim.AT_RISK if person.at_risk else Claim.INTERNAL


def why_not(person: Person, role: Role) -> str:
    """Why a person cannot be considered for a role, as a sentence; empty when there is no reason."""
    if person.profession not in role.professions:
        return f"{role.id} is not open to this profession."
    found = _assessed(person, role)
    if found is not None and not found.eligible:
        return found.because
    if claim_of(person, role) is Claim.SLOT_IN:
        return ""
    if found is None or found.score is None:
        return f"No panel has scored this application for {role.id}."
    if found.score < role.threshold:
        return f"The score of {found.score / 100:g} is under the {role.threshold / 100:g} that {role.id} asks for."
    return ""


def applicants(selection: Selection) -> tuple[Applicant, ...]:
    """Everybody who competes, by number; the two of a pair as one."""
    shared: dict[int, JobShare] = {each: share for share in selection.shares for each in share.people}
    people = {person.id: person for person in selection.people}
    alone = (
        Applicant(person.id, (person,), person.preferences)
        for person in people.values()
        if person.id not in shared
    )
    together = (
        Applicant(min(share.people), tuple(people[each] for each in sorted(share.people)), share.preferences)
        for share in selection.shares
    )
    return tuple(sorted((*alone, *together), key=lambda each: each.id))


def considered(
    applying: Iterable[Applicant], roles: Mapping[str, Role]
) -> tuple[dict[int, tuple[str, ...]], tuple[NotConsidered, ...]]:
    """Each applicant's preferences that can be considered, in order, and why the others cannot."""
    kept: dict[int, tuple[str, ...]] = {}
    left_out: list[NotConsidered] = []
    for applicant in applying:
        possible = []
        for name in applicant.preferences:
            reasons = _reasons(applicant, roles[name])
            left_out += [NotConsidered(person=who, role=name, because=why) for who, why in reasons]
            if not reasons:
                possible.append(name)
        kept[applicant.id] = tuple(possible)
    return kept, tuple(left_out)


def standings(
    applying: Iterable[Applicant], wanted: Mapping[int, tuple[str, ...]], roles: Mapping[str, Role]
) -> dict[str, dict[int, int]]:
    """For each role the rank of each applicant who named it: nought is highest, and level people share a rank."""
    found: dict[str, dict[int, Standing]] = {name: {} for name in roles}
    for applicant in applying:
        for name in wanted[applicant.id]:
            found[name][applicant.id] = standing(applicant, roles[name])
    return {name: _ranked(each) for name, each in found.items()}


def standing(applicant: Applicant, role: Role) -> Standing:
    """Claim first, then score. A pair has its weaker claim, and its scores weighted by their hours."""
    claim = max(claim_of(person, role) for person in applicant.people)
    if claim is Claim.SLOT_IN:
        return int(claim), Fraction(0)
    points = sum((person.minutes * score_of(person, role) for person in applicant.people), 0)
    return int(claim), -Fraction(points, applicant.minutes)


def score_of(person: Person, role: Role) -> int:
    found = _assessed(person, role)
    return found.score if found is not None and found.score is not None else 0


def _reasons(applicant: Applicant, role: Role) -> list[tuple[int, str]]:
    reasons = [(person.id, why) for person in applicant.people if (why := why_not(person, role))]
    if not reasons and applicant.minutes > role.minutes:
        hours = f"{applicant.minutes / 60:g} hours are more than the {role.minutes / 60:g} of a place in {role.id}."
        reasons = [(person.id, hours) for person in applicant.people]
    return reasons


def _assessed(person: Person, role: Role) -> Assessed | None:
    return next((each for each in person.assessed if each.role == role.id), None)


def _ranked(found: Mapping[int, Standing]) -> dict[int, int]:
    order = {standing: rank for rank, standing in enumerate(sorted(set(found.values())))}
    return {applicant: order[standing] for applicant, standing in found.items()}
