"""Taking up: what was noticed becomes an entry in each child's file, and a family support team answers for the child.

A child whom the worker has found is written into that child's own file; every other one gets a file, and whoever it is
likely to be is flagged for a person to decide. A worker's taking up is offered to the manager of the worker's team; a
manager's needs nobody's yes, since that manager is named for the team that answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from rightplace.common.caseflow.queries import accountable_team
from rightplace.common.web import words
from rightplace.domain.practice.entries import Body, Draft
from rightplace.domain.practice.entries.caseflow import TeamOffered
from rightplace.domain.practice.entries.identity import Identifier, IdentityRecorded, RelationshipRecorded
from rightplace.domain.practice.entries.signals import SignalTakenUp
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons
from rightplace.domain.practice.need.noticing import noticing
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require, scope
from rightplace.foundation.journal.models import File
from rightplace.foundation.journal.writing import Later, NewFile, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.foundation.people.actions import first_entries, flag_likely_matches, located
from rightplace.foundation.people.projections import Person
from rightplace.services.signals.deciding import What, hold, note, tell
from rightplace.services.signals.families import ChildNoticed, FamilyNoticed, Opened, noticed
from rightplace.services.signals.joining import adults_of
from rightplace.services.signals.models import LIVE, Family, Signal, TakenUpAs

FOR_WHAT = "family support"


@dataclass(frozen=True, slots=True)
class ChildChosen:
    """What the worker decided of one child: `file` where the child was found, 0 for a new file.

    `noticed` is the number of the child among those noticed; 0 for one whom the worker names.
    """

    noticed: int
    file: int = 0
    given: str = ""
    family: str = ""
    born: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingUp:
    """A worker's decision to take up a family's signals."""

    children: Sequence[ChildChosen]
    indicators: Sequence[str]
    reasons: str
    conversation: str
    family_told: str
    family_told_reason: str = ""


@dataclass(slots=True)
class _Writing:
    """What one taking up writes."""

    at: int
    occasion: int
    drafts: list[Draft]
    opening: list[NewFile]
    then: list[Later]
    files: list[int]
    told_in: list[TakenUpAs]

    def say(self, file: int, body: Body, *, number: int = 0, occasion: int = 0) -> None:
        self.drafts.append(
            Draft(file=file, body=body, day=day_of(self.at), at=self.at, id=number, occasion=occasion)
        )


@transaction.atomic
def take_up(*, family: int, decision: TakingUp, by: Actor) -> list[int]:
    """Write it down in each child's file. Returns the files, in the order of the children."""
    row = hold(family)
    require(by, "signal.decide", row)
    needs_reasons(decision.reasons)
    rows = list(Signal.objects.select_for_update().filter(LIVE, family=row, delete_on__gt=clock.today()))
    found = noticed(row, rows)
    if not found.signals:
        raise Refused("Nothing is left to take up.", "Somebody has taken it up, or its day has come.")
    if not decision.children:
        raise Refused("No child is named.", "Say which children this is about, or ask the school first.")
    at = from_datetime(clock.now())
    writing = _Writing(at, new_id() if len(decision.children) > 1 else 0, [], [], [], [], [])
    taken: dict[int, Opened] = {}
    for chosen in decision.children:
        own = _about(found, chosen)
        taken.update({each.row.pk: each for each in own})
        _write_child(writing, found, chosen, own, decision, by)
    _siblings(writing)
    write(writing.drafts, by=by, may="signal.decide", opening=writing.opening, then=writing.then)
    _leave_shells(row, list(taken.values()), by)
    TakenUpAs.objects.bulk_create(writing.told_in)
    return writing.files


def _about(found: FamilyNoticed, chosen: ChildChosen) -> list[Opened]:
    """The signals about one child, and those about the household."""
    child = _noticed_child(found, chosen)
    own = list(child.signals) if child else []
    return sorted(
        [*own, *found.household], key=lambda each: (each.row.noticed, each.row.received, each.row.sender_id)
    )


def _noticed_child(found: FamilyNoticed, chosen: ChildChosen) -> ChildNoticed | None:
    if not chosen.noticed:
        return None
    child = next((each for each in found.children if each.number == chosen.noticed), None)
    if child is None:
        raise Refused(
            "The signals have changed meanwhile.", "Read them again; somebody may have parted them."
        )
    return child


def _write_child(
    writing: _Writing,
    found: FamilyNoticed,
    chosen: ChildChosen,
    own: Sequence[Opened],
    decision: TakingUp,
    by: Actor,
) -> None:
    if not own:
        raise Refused("No signal is about this child.", "Take up the children whom signals name.")
    file = chosen.file or new_id()
    if chosen.file:
        _there(chosen.file, by)
    else:
        _open_file(writing, file, _noticed_child(found, chosen), chosen, own)
    open_before = bool(chosen.file) and bool(accountable_team(chosen.file))
    entry = new_id()
    writing.say(file, _body(own, decision), number=entry, occasion=writing.occasion)
    writing.told_in += [TakenUpAs(signal=each.row, file=file, entry=entry) for each in own]
    if not open_before and by.role != RoleCode.FAMILY_SUPPORT_MANAGER:
        offer = TeamOffered(team=by.team, for_what=FOR_WHAT, reasons=decision.reasons, because_of=entry)
        writing.say(file, offer)
        writing.then.append(Later("offer.made", {"file": file}))
    writing.files.append(file)


def _there(file: int, by: Actor) -> None:
    """A found child is one whom the worker may find; a number made up is nobody."""
    person = File.objects.filter(id=file).values_list("person", flat=True).first()
    if person is None or not scope(by, Person).filter(person=person).exists():
        raise Refused("There is no such child.", "Search again and choose a child from the list.")


def _open_file(
    writing: _Writing, file: int, child: ChildNoticed | None, chosen: ChildChosen, own: Sequence[Opened]
) -> None:
    upn = child.said("upn") if child else ""
    identity = IdentityRecorded(
        given=child.given.given if child else chosen.given, family=child.given.family if child else chosen.family,
        born=child.born if child else chosen.born, sex=child.said("sex") if child else "",
        identifiers=(Identifier("upn", upn),) if upn else (), provisional=True, source="signal",
    )  # fmt: skip
    home = next((each.given for each in reversed(own) if each.given.address or each.given.postcode), None)
    address = located(home.address, home.postcode, "signal") if home else None
    writing.opening.append(NewFile(file))
    writing.drafts += first_entries(identity, address, file=file, at=writing.at)
    writing.drafts += flag_likely_matches(file, identity, address, writing.at)
    for adult in dict.fromkeys(name for each in own for name in adults_of(each.given)):
        body = RelationshipRecorded(
            relation="adult of the household, as noticed", name=adult, source="signal"
        )
        writing.say(file, body)


def _body(own: Sequence[Opened], decision: TakingUp) -> SignalTakenUp:
    names = Agency.objects.in_bulk([each.row.agency for each in own])
    feeds = {each.row.feed_id: each.row.feed for each in own}
    return SignalTakenUp(
        told=tuple(_line(each, names[each.row.agency].name) for each in own),
        kinds=tuple(sorted({each.row.kind for each in own})),
        first_noticed=own[0].row.noticed, last_noticed=own[-1].row.noticed, reasons=decision.reasons.strip(),
        indicators=tuple(decision.indicators), conversation=decision.conversation.strip(),
        lawful_basis="; ".join(sorted({feed.lawful_basis for feed in feeds.values()})),
        purpose="; ".join(sorted({feed.purpose for feed in feeds.values()})),
        family_told=decision.family_told, family_told_reason=decision.family_told_reason.strip(),
    )  # fmt: skip


def _line(each: Opened, agency: str) -> str:
    return told_by(each.row, agency) + each.given.words


def told_by(row: Signal, agency: str) -> str:
    """How a line of an entry begins: what kind of signal, from whom, of which day."""
    kind = noticing().find(row.kind)
    title = kind.title if kind else row.kind
    return f"{title}, from {agency}, noticed {words.plain_day(row.noticed)}: "


def _siblings(writing: _Writing) -> None:
    """Children taken up together belong together: said in each new file, so that nobody has to search for a sibling."""
    new = {each.id for each in writing.opening}
    for file in writing.files:
        for other in writing.files:
            if file != other and (file in new or other in new):
                body = RelationshipRecorded(
                    relation="brother or sister, as noticed", other_file=other, source="signal"
                )
                writing.say(file, body)


def _leave_shells(row: Family, taken: Sequence[Opened], by: Actor) -> None:
    """What was taken up lives on in the journal only; the shell stays so that the same is not taken again."""
    told = [each.row for each in taken]
    tell(told, What.TAKEN_UP)
    note(row, What.TAKEN_UP, by, (each.kind for each in told))
    Signal.objects.filter(pk__in=[each.pk for each in told]).update(taken_up=True, sealed=None, salt=None)
    row.state, row.look_on = Family.State.TAKEN_UP, None
    row.save(update_fields=["state", "look_on"])
