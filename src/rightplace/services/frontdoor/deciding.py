"""Deciding a contact: what it writes for each child, the offer that follows, and what the referrer is told.

One write: either everything stands, and the referrer is told, or nothing does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rightplace.common.caseflow.queries import team_load
from rightplace.common.disclosure.actions import PROMISE_7, accounted_for
from rightplace.common.disclosure.keepingback import keep_addresses_back
from rightplace.domain.practice.entries import Body, Draft, FileKind
from rightplace.domain.practice.entries.base import Entry
from rightplace.domain.practice.entries.caseflow import TeamOffered
from rightplace.domain.practice.entries.contact import (
    ENDS_AT_THE_FRONT_DOOR,
    OFFERS_THE_CHILD,
    ContactDecided,
    ContactReceived,
    Level,
    ReferralAccepted,
    ReferrerTold,
    Route,
)
from rightplace.domain.practice.entries.keeping import InformationShared
from rightplace.domain.practice.journey.refusals import Refused, refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal import reading
from rightplace.foundation.journal.folding import rules
from rightplace.foundation.journal.writing import Later, Written, new_id, write
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Team
from rightplace.foundation.people.projections import Person
from rightplace.services.frontdoor.asking import pilot_mark
from rightplace.services.frontdoor.projections import Check, Contact

TEAM_OF_ROUTE = {
    Route.FAMILY_SUPPORT: Team.Kind.FAMILY_SUPPORT,
    Route.ASSESSMENT: Team.Kind.ASSESSMENT,
    Route.STRATEGY: Team.Kind.ASSESSMENT,
}
WEIGHT = {
    route: place
    for place, route in enumerate(
        (
            Route.NO_FURTHER_ACTION, Route.ADVICE, Route.ANOTHER_AGENCY, Route.ALREADY_OPEN, Route.FAMILY_SUPPORT,
            Route.ASSESSMENT, Route.STRATEGY,
        )
    )
}  # fmt: skip
"""Which route the concern itself keeps where its children go different ways: the one that does most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildDecision:
    """What was decided for one child of the concern. `team` overrides the team of the child's area."""

    file: int
    level: Level
    indicators: tuple[str, ...]
    route: Route
    reasons: str
    alternatives: str
    dissent: str = ""
    unseen_reason: str = ""
    team: int = 0
    to_agency: int = 0
    primary_need: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """The referrer's own text: the least that helps, never the internal reason."""

    outcome: str
    text: str
    next_steps: str = ""
    to_do: str = ""
    repeats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision on a contact: a part for each child, the lawful basis, the family, the referrer's text."""

    children: Sequence[ChildDecision]
    lawful_basis: str
    family_told: str
    family_not_told_reason: str = ""
    feedback: Feedback | None = None
    pack: str = ""
    shared: Sequence[InformationShared] = field(default_factory=tuple)


def decide_contact(*, contact: Contact, decision: Decision, by: Actor) -> Written:
    """Record what the front door decided, and offer each child to the team that it names."""
    require(by, "contact.decide", contact)
    _complete(contact, decision)
    at = from_datetime(clock.now())
    own = contact_entries(contact)
    drafts: list[Draft] = pilot_mark(contact)
    for child in decision.children:
        drafts += _child_drafts(contact, decision, child, own[child.file], by, at)
    drafts += _concern_drafts(contact, decision, by, at)
    then = [Later("contact.told", {"concern": contact.concern})]
    return write(drafts, by=by, may="contact.decide", then=then)


def _complete(contact: Contact, decision: Decision) -> None:
    if {child.file for child in decision.children} != set(contact.children):
        raise Refused(
            "Each child of the concern needs a decision of its own.",
            "Decide for every child; siblings stay together.",
        )
    if contact.professional and decision.feedback is None:
        raise Refused(
            "The one who told us has to hear what comes of it.",
            "Write the few sentences that they are sent.",
            "Keeping children safe in education 2025, paragraph 62",
        )
    if not decision.lawful_basis.strip():
        raise Refused(
            "No lawful basis is named.", "Choose the basis on which this is decided and told.", PROMISE_7
        )
    for shared in decision.shared:
        accounted_for(shared.basis, shared.purpose, shared.sent)
    keep_addresses_back(contact.children, *_that_go_out(decision))
    for child in decision.children:
        _complete_child(contact, child)


def _that_go_out(decision: Decision) -> list[str]:
    """The words of a decision that somebody outside will read."""
    told = decision.feedback
    return [word for each in decision.shared for word in (each.purpose, each.sent)] + (
        [told.outcome, told.text, told.next_steps, told.to_do, *told.repeats] if told else []
    )


def _complete_child(contact: Contact, child: ChildDecision) -> None:
    """A level always with its indicators; nobody is let go while an agency has not answered (promise 2).

    The checks hang on the concern, whose own route may lead a brother or sister onward: so they are asked for here too.
    """
    if not child.indicators:
        raise Refused(
            "A level of need is always said with the indicators that say so.",
            "Choose what was seen or told, under the level.",
            "Promise 5: no score of a child; indicators, and people's decisions",
        )
    if (
        child.route in ENDS_AT_THE_FRONT_DOOR
        and Check.objects.filter(concern=contact.concern, answered__isnull=True).exists()
    ):
        raise refused("guard_open", "Still open: " + rules().titles()["CHECK-GREEN"] + ".")
    if child.route is Route.ANOTHER_AGENCY and not child.to_agency:
        raise Refused("No agency is named.", "Say which agency takes this on.")


def contact_entries(contact: Contact) -> dict[int, Entry]:
    """The contact as it stands in each child's own file, by file."""
    files = reading.file_rows(contact.children)
    with reading.folding():
        entries = reading.entries_of(files)
    return {
        file: next(e for e in found if e.kind == ContactReceived.number and e.concern == contact.concern)
        for file, found in entries.items()
    }


def team_suggested(file: int, route: Route) -> Team | None:
    """The team of the child's area for a route; None where the area is not known, or has no such team."""
    if route not in TEAM_OF_ROUTE:
        return None
    person = reading.person_of(file) or 0
    area = Person.objects.filter(person=person).values_list("area", flat=True).first() or None
    return queries.team_for(area, TEAM_OF_ROUTE[route], clock.today()) if area else None


def team_of(child: ChildDecision) -> Team:
    """The team that a route offers the child to: that of the child's area, unless another is named."""
    if child.team:
        named = queries.teams(clock.today(), [TEAM_OF_ROUTE[child.route]]).filter(pk=child.team).first()
        if named is None:
            raise Refused(
                "That team does not take children on this route.",
                "Choose a team that does, or leave it to the team of the child's area.",
            )
        return named
    found = team_suggested(child.file, child.route)
    if found is None:
        raise Refused(
            "The child's area is not known, so no team can be worked out.",
            "Choose the team that the child is offered to.",
        )
    return found


def _child_drafts(
    contact: Contact, decision: Decision, child: ChildDecision, own: Entry, by: Actor, at: int
) -> list[Draft]:
    decided_id = new_id()
    drafts = [_at(child.file, _decided(decision, child, own.id, by), contact, at, id=decided_id)]
    if child.route in (Route.ASSESSMENT, Route.STRATEGY):
        body = ReferralAccepted(
            contact=own.id, source=contact.source, primary_need=child.primary_need, team=contact.team
        )
        drafts.append(_at(child.file, body, contact, at))
    if decision.feedback is not None or not contact.professional:
        drafts.append(_at(child.file, _told(decision.feedback, own.id), contact, at))
    if child.route in OFFERS_THE_CHILD:
        offer = TeamOffered(
            team=team_of(child).id, for_what=str(child.route), reasons=child.reasons, because_of=decided_id
        )
        drafts.append(_at(child.file, offer, contact, at))
    if child.route is Route.ANOTHER_AGENCY:
        drafts += [_at(child.file, shared, contact, at) for shared in decision.shared]
    return drafts


def _decided(decision: Decision, child: ChildDecision, contact_id: int, by: Actor) -> ContactDecided:
    ends = child.route in ENDS_AT_THE_FRONT_DOOR
    return ContactDecided(
        contact=contact_id, level=child.level, indicators=child.indicators, route=child.route,
        reasons=child.reasons, alternatives=child.alternatives, dissent=child.dissent,
        lawful_basis=decision.lawful_basis, family_told=decision.family_told,
        family_not_told_reason=decision.family_not_told_reason, unseen_reason=child.unseen_reason,
        to_agency=child.to_agency, team_load=team_load(by.team) if ends else None, pack=decision.pack,
    )  # fmt: skip


ACKNOWLEDGED = "Thank you. A worker has read what you told us."
"""What a member of the public hears: that it was received and read, and nothing of the child."""


def _told(feedback: Feedback | None, contact_id: int) -> ReferrerTold:
    if feedback is None:
        return ReferrerTold(contact=contact_id, outcome="read", text=ACKNOWLEDGED)
    return ReferrerTold(
        contact=contact_id, outcome=feedback.outcome, text=feedback.text, next_steps=feedback.next_steps,
        to_do=feedback.to_do, repeats=feedback.repeats,
    )  # fmt: skip


def _concern_drafts(contact: Contact, decision: Decision, by: Actor, at: int) -> list[Draft]:
    """The concern keeps the weightiest of its children's routes, and the referrer's text."""
    lead = max(decision.children, key=lambda child: WEIGHT[child.route])
    return [
        _at(contact.concern, body, contact, at, FileKind.CONCERN)
        for body in (_decided(decision, lead, contact.entry, by), _told(decision.feedback, contact.entry))
    ]


def _at(
    file: int,
    body: Body,
    contact: Contact,
    at: int,
    filekind: FileKind = FileKind.PERSON,
    id: int = 0,  # noqa: A002
) -> Draft:
    label = contact.label if filekind is FileKind.CONCERN else -1
    return Draft(
        file=file,
        body=body,
        day=day_of(at),
        at=at,
        concern=contact.concern,
        filekind=filekind,
        label=label,
        id=id,
    )
