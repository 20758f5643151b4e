"""The stable matching: statutory offers first, then people propose, and no score stands under an occupant's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rightplace.domain.matching.applying import Applicant, applicants, considered, standings
from rightplace.domain.matching.deferred import Course, Field, ahead_of
from rightplace.domain.matching.keeping import canonical, digest, kept
from rightplace.domain.matching.model import (
    NotConsidered,
    Placing,
    Question,
    Role,
    Selection,
    StatutoryOffer,
)
from rightplace.domain.matching.readiness import require_ready
from rightplace.domain.matching.ties import Explored, Orders, explored

STABLE = "stable"


@dataclass(frozen=True, slots=True)
class Before:
    """What is settled before any matching: who was placed by an offer, what is left, and open questions."""

    offered: Mapping[int, str]
    places: Mapping[str, int]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Competition:
    """What is left for matching: applicants, the preferences that count, their ranks, and the places."""

    applying: tuple[Applicant, ...]
    wanted: Mapping[int, tuple[str, ...]]
    ranks: Mapping[str, Mapping[int, int]]
    places: Mapping[str, int]
    not_considered: tuple[NotConsidered, ...]
    orders: Orders


def stable(selection: Selection) -> Placing:
    """Nobody can say “my score was higher than the occupant's”, and nobody could do better in such a placing.

    Ties that matter come back as questions; until the panel's evidence settles them the placing is not final.
    """
    selection = ready(selection)
    before = placed_before(selection)
    if before.questions:
        return _waiting(selection, before)
    competition = competing(selection, before)
    course = Course(
        Field(competition.wanted, competition.ranks, competition.places, ahead_of(competition.orders))
    )
    found = explored(course, competition.orders)
    return Placing(
        method=STABLE,
        placed=spread_over_people(selection, certain(found, competition.applying), before.offered),
        offered=before.offered,
        questions=asked(selection, found, before_matching=False),
        not_considered=competition.not_considered,
        inputs=digest(kept(selection)),
    )


def ready(selection: Selection) -> Selection:
    require_ready(selection)
    return canonical(selection)


def placed_before(selection: Selection) -> Before:
    """Offers that the law asks for, then redeployment; each kind by the people's own wishes among suitable roles.

    Within a kind the law knows no order: where there are too few suitable places, the panel is asked.
    """
    places = {role.id: role.places for role in selection.roles}
    offered: dict[int, str] = {}
    for by_law in (True, False):
        offers = [offer for offer in selection.offers if offer.ground.by_law is by_law]
        found = _offering(selection, offers, places)
        if found.ties:
            return Before(offered, places, asked(selection, found, before_matching=True))
        for person, role in found.outcomes[0].items():
            offered[person] = role
            places[role] -= 1
    return Before(offered, places, ())


def _offering(selection: Selection, offers: Sequence[StatutoryOffer], places: Mapping[str, int]) -> Explored:
    wishes = {person.id: person.preferences for person in selection.people}
    wanted = {
        offer.person: (
            *(role for role in wishes[offer.person] if role in offer.suitable),
            *(role for role in offer.suitable if role not in wishes[offer.person]),
        )
        for offer in offers
    }
    ranks = {role: {each: 0 for each, roles in wanted.items() if role in roles} for role in places}
    orders = panel_orders(selection)
    return explored(Course(Field(wanted, ranks, places, ahead_of(orders))), orders)


def competing(selection: Selection, before: Before) -> Competition:
    """Everybody who has no place by an offer, with the preferences that count."""
    roles = {role.id: role for role in selection.roles}
    applying = tuple(each for each in applicants(selection) if each.id not in before.offered)
    wanted, left_out = considered(applying, roles)
    ranks = standings(applying, wanted, roles)
    return Competition(applying, wanted, ranks, before.places, left_out, panel_orders(selection))


def panel_orders(selection: Selection) -> Orders:
    """The panels' orders, with a pair under its smaller number."""
    lead = {each: min(share.people) for share in selection.shares for each in share.people}
    return tuple(
        (order.role, tuple(dict.fromkeys(lead.get(each, each) for each in order.people)))
        for order in selection.orders
    )


def certain(found: Explored, applying: Iterable[Applicant]) -> dict[Applicant, str | None]:
    """What every answer leads to: applicants who are placed alike, or unplaced, whatever the panels say."""
    if not found.outcomes:
        return {}
    first = found.outcomes[0]
    return {
        each: first.get(each.id)
        for each in applying
        if all(outcome.get(each.id) == first.get(each.id) for outcome in found.outcomes)
    }


def spread_over_people(
    selection: Selection, placed: Mapping[Applicant, str | None], offered: Mapping[int, str]
) -> dict[int, str | None]:
    """From applicants to people: both of a pair hold what the pair holds."""
    found: dict[int, str | None] = {
        person.id: role for each, role in placed.items() for person in each.people
    }
    found.update(offered)
    return {person.id: found[person.id] for person in selection.people if person.id in found}


def asked(selection: Selection, found: Explored, *, before_matching: bool) -> tuple[Question, ...]:
    roles: dict[str, Role] = {role.id: role for role in selection.roles}
    return tuple(
        Question(
            role=tie.role,
            team=roles[tie.role].team,
            people=tie.people,
            places=tie.places,
            before_matching=before_matching,
            first=tie.first,
            proved=tie.proved,
        )
        for tie in found.ties
    )


def _waiting(selection: Selection, before: Before) -> Placing:
    """Nothing is matched while it is open who must be offered a place first."""
    return Placing(
        method=STABLE,
        placed=dict(before.offered),
        offered=before.offered,
        questions=before.questions,
        not_considered=(),
        inputs=digest(kept(selection)),
    )
