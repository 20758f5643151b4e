"""Joint triage of a notice: police, health, school and social worker each say what they know, then decide together.

What each agency is sent, and that the others at the table read what it says, stands on the basis that is named when the
triage is opened (promise 7). The decision has an author, reasons and room for dissent (promise 6).
"""

from __future__ import annotations

from collections.abc import Sequence

from rightplace.common.disclosure.actions import accounted_for, sharing
from rightplace.common.disclosure.keepingback import keep_addresses_back
from rightplace.domain.practice.entries import Draft, FileKind
from rightplace.domain.practice.entries.contact import Grade, Level, TriageDecided, TriageOpened, TriageTold
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.writing import Later, Written, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.services.frontdoor.asking import draft_in, pilot_mark
from rightplace.services.frontdoor.projected_triage import Triage
from rightplace.services.frontdoor.projections import Contact

MAY = "notice.triage"
SCHOOL_PURPOSE = "So that the school can look after the child when the child comes in"
PROMISE_6 = "Promise 6: a decision has an author and reasons, and an author does not approve their own work"


def open_triage(
    *,
    contact: Contact,
    agencies: Sequence[int],
    basis: str,
    purpose: str,
    sent: str,
    by: Actor,
    grade: Grade | None = None,
    family_told: str = "",
    not_told_reason: str = "",
) -> Written:
    """Ask several agencies to look together at a notice; the front door's own view is one of them."""
    require(by, MAY, contact)
    accounted_for(basis, purpose, sent)
    if contact.decided is not None:
        raise Refused("The contact is decided already.", "Look at what was decided.")
    if contact.triage:
        raise Refused("A joint triage of this notice was opened already.", "Open that one.")
    table = tuple(dict.fromkeys([*agencies, by.agency]))
    if len(table) < 3:
        raise Refused(
            "A joint triage takes two other agencies at least.",
            "Choose the police and health, or ask one by a check.",
        )
    keep_addresses_back(contact.children, purpose, sent)
    body = TriageOpened(
        contact=contact.entry, agencies=table, grade=grade or Grade(contact.grade or Grade.AMBER), basis=basis,
        purpose=purpose, sent=sent, family_told=family_told, not_told_reason=not_told_reason,
    )  # fmt: skip
    drafts = [*pilot_mark(contact), draft_in(contact.concern, body, contact.label)]
    return write(drafts, by=by, may=MAY, then=[Later("triage.opened", {"concern": contact.concern})])


def tell_triage(
    *,
    triage: Triage,
    known: str,
    told: str,
    by: Actor,
    level: str = "",
    refused_because: str = "",
    agency: int = 0,
    told_by: str = "",
) -> Written:
    """Say what one's agency knows and which level it sees. The front door writes down what was said by telephone."""
    require(by, MAY, triage)
    speaks = agency if agency and not by.is_partner else by.agency
    if speaks not in triage.agencies:
        raise Refused("This agency is not at the table.", "Ask it by a check.")
    if triage.decided is not None:
        raise Refused("The joint triage has ended.", "Ring the front door with what you know.")
    if known == "refused" and not refused_because.strip():
        raise Refused(
            "A refusal to share says why.", "Write the reason.", "Promise 7: each refusal its reason"
        )
    if known == "known" and not told.strip():
        raise Refused("Nothing was written.", "Write what your agency knows.")
    body = TriageTold(
        triage=triage.id, agency=speaks, known=known, told=told, level=level, refused_because=refused_because,
        told_by=told_by or by.name,
    )  # fmt: skip
    return write([draft_in(triage.concern, body, triage.label)], by=by, may=MAY)


def decide_triage(
    *,
    triage: Triage,
    contact: Contact,
    level: Level,
    reasons: str,
    by: Actor,
    dissent: str = "",
    school: int = 0,
    school_sent: str = "",
    without_because: str = "",
) -> Written:
    """End the joint triage with a level and its reasons. Who has not spoken is named; the school may be told."""
    require(by, MAY, triage)
    require(by, "contact.decide", contact)
    needs_reasons(reasons)
    silent = tuple(agency for agency in triage.agencies if agency not in triage.heard)
    if silent and not without_because.strip():
        names = ", ".join(
            Agency.objects.filter(pk__in=silent).order_by("name").values_list("name", flat=True)
        )
        raise Refused(
            f"{names} has not said what it knows.",
            "Wait for it or ring it; or say why you decide without it.",
            PROMISE_6,
        )
    why = f"{reasons}\n\nDecided without all: {without_because.strip()}" if silent else reasons
    body = TriageDecided(
        triage=triage.id, level=level, reasons=why, dissent=dissent, school=school, without=silent
    )
    drafts = [draft_in(triage.concern, body, triage.label)]
    if school:
        drafts += _told_to_school(triage, contact, school, school_sent)
    return write(drafts, by=by, may=MAY)


def _told_to_school(triage: Triage, contact: Contact, school: int, sent: str) -> list[Draft]:
    """A school is told the least that it needs by the morning, in each child's own file."""
    name = Agency.objects.get(pk=school, kind=Agency.Kind.EDUCATION).name
    keep_addresses_back(contact.children, sent)
    body = sharing(
        with_whom=name, agency=school, basis="public task", purpose=SCHOOL_PURPOSE, sent=sent, about=triage.id
    )
    at = from_datetime(clock.now())
    return [
        Draft(file=file, body=body, day=day_of(at), at=at, concern=contact.concern, filekind=FileKind.PERSON)
        for file in contact.children
    ]
