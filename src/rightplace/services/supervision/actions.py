"""Planning, preparing, holding and signing a session, and what is decided about a child. One verb each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from rightplace.common.caseflow.queries import held_at
from rightplace.domain.practice.entries import Draft as EntryDraft
from rightplace.domain.practice.entries.caseflow import AgreedAction, SupervisionActed, SupervisionDecided
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons
from rightplace.domain.practice.workdays import day_of, from_datetime
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.access.scope import NotAllowed, require, scope
from rightplace.foundation.journal.projections import Span
from rightplace.foundation.journal.writing import Written, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.recording import end_row, recorded
from rightplace.services.supervision import personal, sealing
from rightplace.services.supervision.lines import Chart, chart
from rightplace.services.supervision.models import Decided, Line, Session, View, Word

A_DAY: Final = 24 * 60


@dataclass(frozen=True)
class Agreed:
    """What somebody does for the child until a day."""

    what: str
    due: date
    by: int


@transaction.atomic
def say_line(*, worker: int, supervisor: int, because: str, begins: date, by: Actor) -> Line:
    """Say that somebody else than usual supervises a worker from a day. A head of service or the director says so."""
    require(by, "supervision.assure")
    found = chart(begins)
    if worker not in found.people or not found.may_hold(supervisor):
        raise Refused("They cannot supervise.", "Choose somebody who manages a team or heads several.")
    above, seen = supervisor, set[int]()
    while above and above not in seen:
        if above == worker:
            raise Refused(
                "They would supervise each other, in the end.", "Choose somebody who is not below the worker."
            )
        seen.add(above)
        above = found.supervisor_of(above)
    for row in Line.objects.select_for_update().filter(worker_id=worker, ends=None):
        if row.begins > begins:
            raise Refused("A later day was said already.", f"Give a day from {row.begins:%-d %B %Y} on.")
        end_row(row, begins, by)
    return Line.objects.create(
        worker_id=worker,
        supervisor_id=supervisor,
        because=Line.Because(because),
        begins=begins,
        **recorded(by),
    )


@transaction.atomic
def plan_session(*, worker: int, on: date, by: Actor, known: Chart | None = None) -> Session:
    """Plan a session with somebody whom one supervises, or covers on that day."""
    require(by, "supervision.hold")
    found = known or chart(on)
    person = found.people.get(worker)
    covers = {each.worker for each in found.covered_by(by.worker)}
    if person is None or (person.supervisor != by.worker and worker not in covers):
        raise NotAllowed
    if on < clock.today():
        raise Refused("That day is past.", "Give today or a later day.")
    waiting = Session.objects.filter(supervisee_id=worker, held_on=None, put_off_at=None).first()
    if waiting is not None:
        raise Refused(
            f"A session is planned already, for {waiting.planned_on:%-d %B %Y}.",
            "Hold it, or put it off first.",
        )
    return Session.objects.create(
        supervisee_id=worker,
        supervisor_id=by.worker,
        over_id=found.supervisor_of(by.worker) or None,
        covers_for_id=person.supervisor if person.supervisor != by.worker else None,
        team_id=person.team,
        planned_on=on,
        salt=sealing.new_salt(),
        **recorded(by),
    )


def _locked(session: Session) -> Session:
    return Session.objects.select_for_update().get(pk=session.pk)


def _not_put_off(session: Session) -> None:
    if session.put_off_at is not None:
        raise Refused("This session was put off.", "Plan another one.")


@transaction.atomic
def put_off(*, session: Session, because: str, by: Actor) -> None:
    """The session does not take place; why is counted, so that it does not become a habit unseen."""
    found = _locked(session)
    require(by, "supervision.hold", found)
    if found.held_on is not None or found.put_off_at is not None:
        raise Refused("This session was held or put off already.", "Plan another one.")
    found.put_off_at, found.put_off = clock.now(), Session.PutOff(because)
    found.save(update_fields=["put_off_at", "put_off"])


@transaction.atomic
def share_points(*, session: Session, words: str, by: Actor) -> None:
    """The worker signs the own points: from now on the supervisor reads them too."""
    found = _locked(session)
    require(by, "supervision.see_own", found)
    _not_put_off(found)
    if found.supervisee_signed_at is not None:
        raise Refused("You have signed this session.", "Add to it under what was said.")
    personal.sign(by, found, {Word.Kind.POINTS.value: words}, [Word.Kind.POINTS])


@transaction.atomic
def decide(
    *, session: Session, file: int, decision: str, reasons: str, by: Actor, agreed: Sequence[Agreed] = ()
) -> Written:
    """A decision about a child, into the child's own file, signed by the supervisor; what was agreed has its day."""
    found = _locked(session)
    require(by, "supervision.hold", found)
    _not_put_off(found)
    if found.supervisor_signed_at is not None:
        raise Refused(
            "You have signed this session.", "Decide in the next one, or write it on the child’s page."
        )
    if not decision.strip():
        raise Refused("Nothing is decided yet.", "Say in a sentence what was decided.")
    needs_reasons(reasons)
    if file not in children_of(found, by):
        raise NotAllowed
    actions = tuple(AgreedAction(what=each.what.strip(), due=each.due, by=each.by) for each in agreed)
    if any(not each.what for each in actions):
        raise Refused("An agreed action says what is done.", "Say what, by whom and until when.")
    body = SupervisionDecided(decision=decision.strip(), reasons=reasons.strip(), agreed=actions)
    at = from_datetime(clock.now())
    written = write([EntryDraft(file=file, body=body, day=day_of(at), at=at)], by=by, may="supervision.hold")
    Decided.objects.create(session=found, file=file, entry=written[0].id, **recorded(by))
    return written


def children_of(session: Session, by: Actor) -> set[int]:
    """The children whom the supervised worker has now, and whose names the reader may see."""
    found = scope(by, Span).filter(held_at(clock.now()), open=True, worker=session.supervisee_id)
    return set(found.values_list("person", flat=True))


@transaction.atomic
def say_what_became(
    *, session: Session, entry: int, action: str, done: bool, words: str, by: Actor
) -> Written:
    """What became of an agreed action, into the child's file: done, or let go with the reason."""
    found = _locked(session)
    if by.worker not in (found.supervisor_id, found.supervisee_id):
        raise NotAllowed
    row = Decided.objects.filter(session__supervisee=found.supervisee_id, entry=entry).first()
    if row is None or row.file not in children_of(found, by):
        raise NotAllowed
    if not done:
        needs_reasons(words)
    at = from_datetime(clock.now())
    body = SupervisionActed(entry=entry, action=action, done=done, words=words.strip())
    draft = EntryDraft(file=row.file, body=body, day=day_of(at), at=at)
    return write([draft], by=by, may="supervision.see_own")


@transaction.atomic
def sign_as_supervisor(
    *, session: Session, held_on: date, minutes: int, words: Mapping[str, str], by: Actor
) -> None:
    """The supervisor signs: when it was held, how long, and the personal part. The worker reads it and signs too."""
    found = _locked(session)
    require(by, "supervision.hold", found)
    _not_put_off(found)
    if found.supervisor_signed_at is not None:
        raise Refused("You have signed this session.", "Add a correction under what was said.")
    if held_on > clock.today():
        raise Refused("That day is still to come.", "Give the day on which you met.")
    if not 1 <= minutes < A_DAY:
        raise Refused("A session lasts some minutes.", "Give how many minutes you talked.")
    personal.sign(by, found, words, personal.SUPERVISORS)
    found.held_on, found.minutes, found.supervisor_signed_at = held_on, minutes, clock.now()
    found.save(update_fields=["held_on", "minutes", "supervisor_signed_at"])


@transaction.atomic
def sign_as_worker(*, session: Session, by: Actor, account: str = "", themes: Sequence[str] = ()) -> None:
    """The worker signs having read it; with an own account where the two do not agree, and a view of the session."""
    found = _locked(session)
    require(by, "supervision.see_own", found)
    if found.supervisor_signed_at is None:
        raise Refused("Your supervisor has not signed it yet.", "Sign when there is something to read.")
    if found.supervisee_signed_at is not None:
        raise Refused("You have signed this session.", "Add a correction under what was said.")
    personal.add(by, found, Word.Kind.ACCOUNT, account)
    chosen = [View.Theme(each).value for each in themes]
    if chosen:
        with reading_as(by):
            View.objects.create(
                session=found, supervisee=found.supervisee_id, supervisor=found.supervisor_id, themes=chosen,
                **recorded(by),
            )  # fmt: skip
    found.supervisee_signed_at = clock.now()
    found.save(update_fields=["supervisee_signed_at"])


@transaction.atomic
def correct(*, session: Session, word: int, words: str, by: Actor) -> None:
    """Say it otherwise. What stood first stays readable above it; only who said it corrects it."""
    found = _locked(session)
    wrong = personal.word_of(by, found, word)
    if wrong.recorded_by_id != by.worker:
        raise Refused("Somebody else wrote that.", "Add your own account, or ask the writer to correct it.")
    if not words.strip():
        raise Refused("A correction says how it was.", "Write how it was.")
    personal.add(by, found, Word.Kind(wrong.kind), words, corrects=wrong)


@transaction.atomic
def add_account(*, session: Session, words: str, by: Actor) -> None:
    """The worker adds the own account later, when it is signed already."""
    found = _locked(session)
    require(by, "supervision.see_own", found)
    if not words.strip():
        raise Refused("Your account is empty.", "Write how you see it.")
    personal.add(by, found, Word.Kind.ACCOUNT, words)
