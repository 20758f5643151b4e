"""What a token may be for. A token opens the operations of its purposes and no other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.organisation.rolecodes import RoleCode


@dataclass(frozen=True, slots=True)
class Purpose:
    """One thing that an agency's system may be allowed to do, and what its role must permit for it."""

    name: str
    sentence: str
    permission: str


PURPOSES: dict[str, Purpose] = {
    each.name: each
    for each in (
        Purpose("contacts:write", "Tell of a concern, with what is attached to it", "contact.raise"),
        Purpose("contacts:read", "See where one’s own concerns stand", "follow.own_contact"),
        Purpose("signals:write", "Give signals, under an agreement", "signal.give"),
        Purpose("checks:read", "See what one’s agency is asked", "check.answer"),
        Purpose(
            "checks:answer", "Answer what one’s agency is asked, and say that it was opened", "check.answer"
        ),
        Purpose("notices:read", "See the joint triages at which one’s agency sits", "notice.triage"),
        Purpose("notices:answer", "Say what one’s agency knows at a joint triage", "notice.triage"),
        Purpose(
            "strategy:read", "See to which strategy discussions one’s agency is called", "strategy.attend"
        ),
        Purpose(
            "strategy:answer",
            "Say who comes to a strategy discussion, what one’s agency knows, and what it has done",
            "strategy.attend",
        ),
        Purpose(
            "outcomes:read", "See what became of what one’s agency raised and gave", "follow.own_contact"
        ),
        Purpose(
            "questions:read", "See what one’s school asked its link person, and the answers", "question.ask"
        ),
        Purpose("requests:read", "See for which places one’s organisation is asked", "request.answer"),
        Purpose(
            "requests:answer",
            "Give or decline a place for which one’s organisation is asked",
            "request.answer",
        ),
        Purpose(
            "directory:write",
            "Keep the entries of one’s own services in the directory",
            "directory.keep_own",
        ),
    )
}
OF_CONTACTS = ("contacts:write", "contacts:read")
"""What a token is for when nobody says otherwise."""
ROLES = (RoleCode.PROFESSIONAL_REFERRER, RoleCode.PROVIDER)
"""As whom a system may act, the first that permits all of its purposes."""


def checked(names: Iterable[str]) -> list[str]:
    """The purposes in their own order, each once. Raises Refused for one that there is not, or for none."""
    wanted = {name.strip() for name in names}
    if unknown := sorted(wanted - set(PURPOSES)):
        raise Refused(f"There is no purpose {unknown[0][:40]}.", f"Choose from: {', '.join(PURPOSES)}.")
    if not wanted:
        raise Refused("A token is for something.", f"Choose from: {', '.join(PURPOSES)}.")
    return [name for name in PURPOSES if name in wanted]


def role_for(names: Iterable[str]) -> RoleCode:
    """As whom a system with these purposes acts. Raises Refused where no one role permits them all."""
    needed = {PURPOSES[name].permission for name in names}
    for role in ROLES:
        if needed <= role_of(role).permissions:
            return role
    raise Refused(
        "Nobody may do all of this in one role: giving places is a provider's.",
        "Make two tokens, one for places and one for the rest.",
    )
