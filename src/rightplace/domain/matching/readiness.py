"""Whether a selection can be matched at all: each thing that is wrong with it, and what to do instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rightplace.domain.matching.model import MOST_PREFERENCES, PanelOrder, Person, Role, Selection


class NotReady(ValueError):
    """A selection that cannot be matched yet. Nothing is worked out from half a truth."""

    def __init__(self, wrong: tuple[Wrong, ...]) -> None:
        super().__init__(" ".join(each.because for each in wrong))
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong, and what to do instead."""

    because: str
    instead: str


def wrong_with(selection: Selection) -> tuple[Wrong, ...]:
    """Everything that stands against matching this selection."""
    return (
        *_named_twice(selection),
        *_about_roles(selection),
        *_about_people(selection),
        *_about_shares(selection),
        *_about_offers(selection),
        *_about_orders(selection),
        *_about_mixes(selection),
    )


def require_ready(selection: Selection) -> None:
    wrong = wrong_with(selection)
    if wrong:
        raise NotReady(wrong)


def _named_twice(selection: Selection) -> Iterator[Wrong]:
    lists: tuple[tuple[str, list[object]], ...] = (
        ("Person", [person.id for person in selection.people]),
        ("Role", [role.id for role in selection.roles]),
        ("A statutory offer to person", [offer.person for offer in selection.offers]),
        ("Job share with person", [each for share in selection.shares for each in share.people]),
        ("Skill mix of", [(mix.team, mix.profession) for mix in selection.mixes]),
    )
    for what, names in lists:
        for name, count in Counter(names).items():
            if count > 1:
                yield Wrong(f"{what} {name} is there {count} times.", "Leave one of them.")


def _about_roles(selection: Selection) -> Iterator[Wrong]:
    holders = Counter(person.substantive for person in selection.people)
    for role in selection.roles:
        if role.places < 0 or role.minutes <= 0 or not role.professions:
            yield Wrong(f"Role {role.id} has no hours, profession or places.", "Complete the role profile.")
        claimants = sum(holders[post] for post in role.slot_in)
        if claimants > role.places:
            yield Wrong(
                f"{claimants} people would slot into {role.places} places of {role.id}.",
                "Slotting in is for a post without another claimant: make it a ring-fence.",
            )


def _about_people(selection: Selection) -> Iterator[Wrong]:
    roles = {role.id: role for role in selection.roles}
    for person in selection.people:
        if person.minutes <= 0:
            yield Wrong(f"Person {person.id} has no hours.", "Enter the contracted hours.")
        yield from _about_preferences(f"Person {person.id}", person.preferences, roles)
        assessed = [each.role for each in person.assessed]
        if len(set(assessed)) < len(assessed):
            yield Wrong(
                f"Person {person.id} is assessed twice for one role.", "Keep the moderated assessment."
            )
        yield from _not_told_why(person)


def _not_told_why(person: Person) -> Iterator[Wrong]:
    for each in person.assessed:
        if not each.eligible and not each.because.strip():
            yield Wrong(
                f"Person {person.id} is not eligible for {each.role} and nobody wrote why.",
                "Write the reason: the person will read it.",
            )


def _about_preferences(who: str, preferences: tuple[str, ...], roles: dict[str, Role]) -> Iterator[Wrong]:
    if len(preferences) > MOST_PREFERENCES:
        yield Wrong(
            f"{who} has {len(preferences)} preferences.", f"Take the first {MOST_PREFERENCES}: ask which."
        )
    if len(set(preferences)) < len(preferences):
        yield Wrong(f"{who} named a role twice.", "Ask for the order that is meant.")
    for unknown in sorted(set(preferences) - set(roles)):
        yield Wrong(f"{who} named {unknown}, which is no role.", "Ask for the role that is meant.")


def _about_shares(selection: Selection) -> Iterator[Wrong]:
    people = {person.id for person in selection.people}
    roles = {role.id: role for role in selection.roles}
    offered = {offer.person for offer in selection.offers}
    for share in selection.shares:
        yield from _about_preferences(
            f"The job share of {share.first} and {share.second}", share.preferences, roles
        )
        if not set(share.people) <= people:
            yield Wrong("A job share names a person who is not there.", "Enter both people first.")
        if offered & set(share.people):
            yield Wrong(
                f"Person {min(offered & set(share.people))} has a statutory offer and a job share.",
                "Settle the offer first: the right is one person's and cannot wait for another's score.",
            )


def _about_offers(selection: Selection) -> Iterator[Wrong]:
    people = {person.id: person for person in selection.people}
    roles = {role.id: role for role in selection.roles}
    for offer in selection.offers:
        who = f"The statutory offer to person {offer.person}"
        person = people.get(offer.person)
        if person is None:
            yield Wrong(f"{who} is to nobody in this selection.", "Enter the person first.")
            continue
        if not offer.evidence.strip():
            yield Wrong(f"{who} says not who judged the roles suitable.", "Name the evidence.")
        if len(set(offer.suitable)) < len(offer.suitable):
            yield Wrong(f"{who} names a role twice.", "Name each suitable role once.")
        for name in offer.suitable:
            if name not in roles or roles[name].minutes < person.minutes:
                yield Wrong(f"{who} names {name}, which is no role with those hours.", "Offer another one.")


def _about_orders(selection: Selection) -> Iterator[Wrong]:
    people = {person.id for person in selection.people}
    roles = {role.id for role in selection.roles}
    after: dict[str, dict[int, set[int]]] = {}
    for order in selection.orders:
        if not order.evidence.strip():
            yield Wrong(f"An order for {order.role} names no evidence.", "Name it: an order is not a draw.")
        if order.role not in roles or not set(order.people) <= people:
            yield Wrong(f"An order for {order.role} names what is not there.", "Correct the order.")
        _note(order, after.setdefault(order.role, {}))
    for role, following in after.items():
        if any(person in _all_after(person, following) for person in following):
            yield Wrong(
                f"The orders for {role} contradict each other.", "Withdraw the one that was superseded."
            )


def _note(order: PanelOrder, after: dict[int, set[int]]) -> None:
    for place, person in enumerate(order.people):
        after.setdefault(person, set()).update(order.people[place + 1 :])


def _all_after(person: int, after: dict[int, set[int]]) -> set[int]:
    found: set[int] = set()
    waiting = [person]
    while waiting:
        for each in after.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found


def _about_mixes(selection: Selection) -> Iterator[Wrong]:
    teams = {role.team for role in selection.roles}
    for mix in selection.mixes:
        if not 0 <= mix.least <= mix.most:
            yield Wrong(
                f"The skill mix of {mix.team} asks for {mix.least} to {mix.most}.", "Correct the numbers."
            )
        if mix.team not in teams:
            yield Wrong(f"The skill mix names team {mix.team}, which has no role.", "Correct the team.")
