"""What is signed in the same moment in which a team accepts: a service ends or begins its own part.

A service registers `register_accepting(hook)` in its apps.py; the hook gets the offer and who accepts, and gives the
bodies to be signed in that child's file. A step up into assessment is a referral, which is said here for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rightplace.common.caseflow.projections import Offer
from rightplace.domain.practice.entries import Body
from rightplace.domain.practice.entries.caseflow import SteppedUp
from rightplace.domain.practice.entries.contact import ReferralAccepted
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.journal.models import Entry
from rightplace.foundation.organisation.models import Team

Accepting = Callable[[Offer, Actor], Iterable[Body]]
FROM_EARLY_HELP = "5D"
"""The source of a referral that early help made, in the national code list."""
_hooks: list[Accepting] = []


def register_accepting(hook: Accepting) -> None:
    """Name what a service signs in a child's file when an offer of that child is accepted."""
    if hook not in _hooks:
        _hooks.append(hook)


def bodies_at(offer: Offer, by: Actor) -> list[Body]:
    """Everything that is signed with an acceptance."""
    return [body for hook in (referred, *_hooks) for body in hook(offer, by)]


def referred(offer: Offer, by: Actor) -> Iterable[Body]:
    """A step up from family support that an assessment team accepts is a request for services: a referral."""
    if by.team_kind == Team.Kind.ASSESSMENT and is_step(offer, SteppedUp.number):
        yield ReferralAccepted(source=FROM_EARLY_HELP, team=by.team)


def is_step(offer: Offer, kind: int) -> bool:
    """Whether an offer was made by a step of that kind."""
    return bool(offer.because_of) and Entry.objects.filter(id=offer.because_of, kind=kind).exists()
