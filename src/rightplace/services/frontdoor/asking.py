"""Asking agencies and what their desks do with it: several at once, opened, taken by one colleague, put back.

Also the mark of a pilot: a contact of an area where a way of working is on carries it from its first work on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rightplace.common.disclosure.actions import accounted_for
from rightplace.common.disclosure.keepingback import keep_addresses_back
from rightplace.domain.practice.entries import Body, Draft, FileKind
from rightplace.domain.practice.entries.contact import (
    AskedRelative,
    CheckAsked,
    CheckRead,
    CheckTaken,
    ContactPiloted,
    Grade,
)
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.models import File
from rightplace.foundation.journal.writing import Later, Written, write
from rightplace.foundation.organisation import clock, pilots
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.queries import holding, memberships_of
from rightplace.foundation.people.projections import Person
from rightplace.services.frontdoor.projections import Check, Contact


def draft_in(concern: int, body: Body, label: int) -> Draft:
    """An entry of now in a concern's file."""
    at = from_datetime(clock.now())
    return Draft(
        file=concern,
        body=body,
        day=day_of(at),
        at=at,
        concern=concern,
        filekind=FileKind.CONCERN,
        label=label,
    )


def pilot_mark(contact: Contact) -> list[Draft]:
    """The mark of the pilot that holds for the children's area, once; nothing where none is on."""
    if contact.pilot:
        return []
    persons = File.objects.filter(id__in=contact.children).values("person")
    areas = Person.objects.filter(person__in=persons).exclude(area=0).values_list("area", flat=True)
    pilot = pilots.pilot_for(areas.order_by("person").first(), clock.today())
    if pilot is None:
        return []
    there = Agency.objects.filter(holding(clock.today()), kind__in=pilot.agency_kinds).order_by("id")
    body = ContactPiloted(
        contact=contact.entry,
        pilot=pilot.pk,
        way=pilot.way,
        agencies=tuple(there.values_list("id", flat=True)),
    )
    return [draft_in(contact.concern, body, contact.label)]


def ask_checks(
    *,
    contact: Contact,
    agencies: Sequence[int],
    question: str,
    basis: str,
    purpose: str,
    sent: str,
    by: Actor,
    grade: Grade | None = None,
    family_told: str = "",
    not_told_reason: str = "",
    relatives: Sequence[AskedRelative] = (),
) -> Written:
    """Ask one or several agencies what they know, in one write. What is sent is the entry itself (promise 7)."""
    require(by, "check.ask", contact)
    accounted_for(basis, purpose, sent)
    if not agencies:
        raise Refused("No agency is named.", "Choose the agency that is asked.")
    if any(not each.because.strip() for each in relatives):
        raise Refused("A relative is named without a reason.", "Say why the question must name them.")
    keep_addresses_back(contact.children, question, purpose, sent, *(each.because for each in relatives))
    drafts = [
        draft_in(
            contact.concern,
            CheckAsked(
                contact=contact.entry, agency=agency, question=question,
                grade=grade or Grade(contact.grade or Grade.GREEN), basis=basis, purpose=purpose, sent=sent,
                family_told=family_told, not_told_reason=not_told_reason, relatives=tuple(relatives),
            ),
            contact.label,
        )
        for agency in agencies
    ]  # fmt: skip
    then = [Later("check.asked", {"concern": contact.concern})]
    return write([*pilot_mark(contact), *drafts], by=by, may="check.ask", then=then)


def open_check(*, check: Check, by: Actor) -> Written | None:
    """Say that a colleague of the agency has opened what it was asked. Once; from then on it climbs no further."""
    require(by, "check.answer", check)
    if not by.is_partner or check.read is not None or check.answered is not None:
        return None
    return write([draft_in(check.concern, CheckRead(check=check.id), check.label)], by=by, may="check.answer")


def take_check(*, check: Check, by: Actor, worker: int | None = None) -> Written:
    """Say which colleague of the agency's desk has a check: oneself, a colleague, or (0) nobody."""
    require(by, "check.answer", check)
    whose = by.worker if worker is None else worker
    if check.answered is not None:
        raise Refused("This check was answered already.", "Nobody needs to have it.")
    if not by.is_partner:
        raise Refused("The agency's own desk says who has it.", "Ring the agency.")
    if whose and all(m.team.agency_id != by.agency for m in memberships_of(whose, clock.today())):
        raise Refused("That is no colleague of your desk.", "Choose a colleague of your own agency.")
    body = CheckTaken(check=check.id, worker=whose)
    return write([draft_in(check.concern, body, check.label)], by=by, may="check.answer")


def kept_answers(questions: Mapping[str, str], typed: Mapping[str, object]) -> dict[str, str]:
    """What was answered to an agency's own questions, by the words of the question; empty ones left out."""
    said = {words: str(typed.get(key) or "").strip() for key, words in questions.items()}
    return {words: answer for words, answer in said.items() if answer}
