"""The only writers of the partnership's tables: seats, meetings, commitments, disputes and their steps."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock, queries
from rightplace.foundation.organisation.models import Agency, Worker
from rightplace.foundation.organisation.recording import end_row, recorded
from rightplace.services.partnership import steps
from rightplace.services.partnership.models import (
    Attendance,
    Commitment,
    Dispute,
    DisputeWord,
    Meeting,
    Progress,
    Seat,
)
from rightplace.services.partnership.policy import speaks_for
from rightplace.services.partnership.sealing import sealed

KEEP, RAISE, SETTLE = "board.keep", "dispute.raise", "dispute.settle"
PROMISE_6 = "Promise 6: an author does not approve their own work"


@transaction.atomic
def give_seat(
    *, agency: Agency, sits: str, begins: date, by: Actor, worker: Worker | None = None, chairs: bool = False
) -> Seat:
    """Give an agency a seat on the board, and say who sits in it."""
    require(by, KEEP)
    if not sits.strip():
        raise Refused("Nobody sits in the seat.", "Write who does: name and role.")
    held = Seat.objects.filter(queries.holding(begins))
    if held.filter(agency=agency, sits__iexact=sits.strip()).exists():
        raise Refused(
            f"{sits.strip()} sits for {agency.name} already.", "End that seat first, or write who else does."
        )
    if chairs and held.filter(chairs=True).exists():
        raise Refused(
            "Somebody else chairs the board on that day.", "End the chair’s seat first, or give one without."
        )
    return Seat.objects.create(
        agency=agency, worker=worker, sits=sits.strip(), chairs=chairs, begins=begins, **recorded(by)
    )


@transaction.atomic
def end_seat(*, seat: Seat, on: date, by: Actor) -> None:
    """End a seat; the one who comes after is a new row."""
    require(by, KEEP)
    end_row(seat, on, by)


@transaction.atomic
def hold_meeting(*, on: date, title: str, decided: str, came: Collection[int], by: Actor) -> Meeting:
    """Write down a meeting: what was decided, and which agencies with a seat on that day came."""
    require(by, KEEP)
    if on > clock.today():
        raise Refused("A meeting is written down once it was held.", "Give the day on which it was.")
    seats = {seat.agency_id for seat in Seat.objects.filter(queries.holding(on))}
    if not set(came) <= seats:
        raise Refused("Somebody is said to have come who has no seat.", "Give the agency a seat first.")
    meeting = Meeting.objects.create(on=on, title=title.strip(), decided=decided.strip(), **recorded(by))
    Attendance.objects.bulk_create(
        [Attendance(meeting=meeting, agency_id=agency, came=agency in came) for agency in sorted(seats)]
    )
    return meeting


@transaction.atomic
def commit_to(*, agency: Agency, owner: str, what: str, measure: str, due: date, by: Actor) -> Commitment:
    """Write down what an agency promised, who answers for it, by when, and how one will know."""
    require(by, KEEP)
    if not all(text.strip() for text in (owner, what, measure)):
        raise Refused(
            "A commitment has an owner and a measure.", "Say who answers for it and how one will know."
        )
    return Commitment.objects.create(
        agency=agency,
        owner=owner.strip(),
        what=what.strip(),
        measure=measure.strip(),
        due=due,
        **recorded(by),
    )


@transaction.atomic
def say_progress(*, commitment: Commitment, state: str, said: str, by: Actor) -> Progress:
    """Say how a commitment stands: who keeps the board, or the agency itself. The last word holds, none is overwritten."""
    if not speaks_for(by, commitment):
        require(by, KEEP)
    if not said.strip():
        raise Refused("Nobody says what shows it.", "Write what shows how it stands.")
    return Progress.objects.create(
        commitment=commitment, state=Progress.State(state), said=said.strip(), **recorded(by)
    )


@transaction.atomic
def raise_dispute(*, against: Agency, about: str, subject: str, words: str, by: Actor) -> Dispute:
    """Say that one's agency sees a case, or a way of working, differently. The first step's clock starts."""
    require(by, RAISE)
    if against.pk == by.agency:
        raise Refused(
            "A dispute is between two agencies.", "Choose the other one, or speak with your manager."
        )
    if not words.strip():
        raise Refused("Nothing was written.", "Write what you see differently, and what you would do.")
    dispute = Dispute.objects.create(
        raised_by_id=by.agency, against=against, about=Dispute.About(about), subject=Dispute.Subject(subject),
        raised_in_team=by.team, **recorded(by),
    )  # fmt: skip
    _say(dispute, DisputeWord.Said.RAISED, 1, words, by, due=steps.due_on(1, clock.today()))
    return dispute


@transaction.atomic
def answer_dispute(*, dispute: Dispute, words: str, by: Actor) -> DisputeWord:
    """Answer the other side."""
    require(by, RAISE, dispute)
    _still_open(dispute, words)
    return _say(dispute, DisputeWord.Said.ANSWERED, step_of(dispute), words, by)


@transaction.atomic
def take_a_step_up(*, dispute: Dispute, words: str, by: Actor) -> DisputeWord:
    """Take a dispute a step up, since it was not settled on this one."""
    require(by, RAISE, dispute)
    _still_open(dispute, words)
    now_at = step_of(dispute)
    if now_at >= len(steps.steps().step):
        raise Refused("There is no step above this one.", "The chair of the board settles it.")
    due = steps.due_on(now_at + 1, clock.today())
    return _say(dispute, DisputeWord.Said.RAISED_A_STEP, now_at + 1, words, by, due=due)


@transaction.atomic
def withdraw_dispute(*, dispute: Dispute, words: str, by: Actor) -> None:
    """The side that raised it says that it is settled between them, or no longer so."""
    require(by, RAISE, dispute)
    if by.agency != dispute.raised_by_id:
        raise Refused("Only the side that raised a dispute withdraws it.", "Answer it, or take it a step up.")
    _still_open(dispute, words)
    _end(dispute, Dispute.Outcome.WITHDRAWN, words, "", by)


@transaction.atomic
def settle_dispute(*, dispute: Dispute, outcome: str, words: str, learned: str, by: Actor) -> None:
    """Say how a dispute ends, and what was learned. Never by the one who raised it (promise 6)."""
    require(by, SETTLE)
    if dispute.recorded_by_id == by.worker:
        raise Refused("You raised this dispute yourself.", "Let a colleague settle it.", PROMISE_6)
    _still_open(dispute, words)
    _end(dispute, Dispute.Outcome(outcome), words, learned, by)


def step_of(dispute: Dispute) -> int:
    """On which step a dispute stands."""
    last = dispute.words.exclude(due=None).order_by("-step").first()
    return last.step if last else 1


def _still_open(dispute: Dispute, words: str) -> None:
    if dispute.ended_at is not None:
        raise Refused("This dispute has ended.", "Raise a new one.")
    if not words.strip():
        raise Refused("Nothing was written.", "Write what you have to say.")


def _say(
    dispute: Dispute, said: str, step: int, words: str, by: Actor, due: date | None = None
) -> DisputeWord:
    return DisputeWord.objects.create(
        dispute=dispute, said=said, step=step, due=due, agency_id=by.agency, sealed=sealed(dispute.pk, words.strip()),
        **recorded(by),
    )  # fmt: skip


def _end(dispute: Dispute, outcome: str, words: str, learned: str, by: Actor) -> None:
    _say(dispute, DisputeWord.Said.ENDED, step_of(dispute), words, by)
    dispute.outcome, dispute.learned = outcome, learned.strip()
    dispute.ended_at, dispute.ended_by_id = clock.now(), by.worker
    dispute.save(update_fields=["outcome", "learned", "ended_at", "ended_by"])
