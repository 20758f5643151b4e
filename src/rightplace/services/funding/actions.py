"""The only writers of funding, one verb each. Nothing is written over: what changes is said anew, with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from rightplace.domain.practice.entries import Draft
from rightplace.domain.practice.entries.schooling import TimeGiven
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.journal.writing import Written, new_id, write
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Agency, Team
from rightplace.foundation.organisation.recording import end_row, recorded
from rightplace.services.funding.models import (
    WHOLE,
    Agreement,
    Budget,
    Contribution,
    Payment,
    Share,
    UnitCost,
)
from rightplace.services.funding.years import due_day, first_day, last_day, pounds

AGREE = "funding.agree"


def _needs(because: str, what: str) -> None:
    if not because.strip():
        raise Refused(f"{what} has a reason.", "Write why, in a sentence.")


def _needs_a_share(hundredths: int) -> None:
    if not 0 <= hundredths <= WHOLE:
        raise Refused(
            "A share lies between 0 and 100 per cent.", "Write the share as a per cent of the cost."
        )


@transaction.atomic
def make_agreement(
    *,
    agency: Agency,
    what_for: str,
    begins: date,
    shares: Mapping[int, int],
    yearly: Mapping[int, int],
    because: str,
    by: Actor,
) -> Agreement:
    """Agree with an agency: its share of the cost in each year, and what it pays towards it, in three terms."""
    require(by, AGREE)
    _needs(because, "An agreement")
    if not what_for.strip() or not shares:
        raise Refused(
            "An agreement says what for, and the share of each year.", "Fill in both, for at least one year."
        )
    if agency.kind == Agency.Kind.AUTHORITY:
        raise Refused("The council does not agree with itself.", "Choose the partner that pays a share.")
    running = Agreement.objects.select_for_update().filter(agency=agency, ends__isnull=True)
    if running.exists():
        raise Refused(
            "This agency already has an agreement that runs.", "Open that one to change it, or end it first."
        )
    made = Agreement.objects.create(
        agency=agency, what_for=what_for.strip(), because=because.strip(), begins=begins, **recorded(by)
    )
    for year, hundredths in sorted(shares.items()):
        set_share(agreement=made, year=year, hundredths=hundredths, because=because, by=by)
    for year, pence in sorted(yearly.items()):
        _plan_year(made, year, pence, by)
    return made


def _plan_year(agreement: Agreement, year: int, pence: int, by: Actor) -> None:
    """A year's contribution in terms; odd pennies come first, and a term that was over before the start has none."""
    if pence < 0:
        raise Refused("A contribution is not negative.", "Write what the agency pays in the year.")
    terms = [term for term in Contribution.Term if due_day(year, term) >= agreement.begins]
    for place, term in enumerate(terms):
        part = pence // len(terms) + (place < pence % len(terms))
        Contribution.objects.create(
            agreement=agreement, year=year, term=term, due=due_day(year, term), pence=part, **recorded(by)
        )


@transaction.atomic
def set_share(*, agreement: Agreement, year: int, hundredths: int, because: str, by: Actor) -> Share:
    """Say which share the agency bears in a year, first or anew."""
    require(by, AGREE)
    _needs(because, "A share")
    _needs_a_share(hundredths)
    _needs_running(agreement, first_day(year), last_day(year))
    return Share.objects.create(
        agreement=agreement, year=year, hundredths=hundredths, because=because.strip(), **recorded(by)
    )


def _needs_running(agreement: Agreement, first: date, last: date) -> None:
    if last < agreement.begins or (agreement.ends is not None and first >= agreement.ends):
        raise Refused("The agreement does not run in that year.", "Choose a year in which it does.")


@transaction.atomic
def change_contribution(
    *, contribution: Contribution, due: date, pence: int, because: str, by: Actor
) -> Contribution:
    """Say anew what is due for a term and by when; what was said before stays readable."""
    require(by, AGREE)
    _needs(because, "A changed contribution")
    if pence < 0:
        raise Refused("A contribution is not negative.", "Write what the agency pays for the term.")
    held = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if Contribution.objects.filter(replaces=held).exists():
        raise Refused(
            "Somebody changed this contribution while you wrote.", "Read what it says now, then change that."
        )
    return Contribution.objects.create(
        agreement=held.agreement, year=held.year, term=held.term, due=due, pence=pence,
        because=because.strip(), replaces=held, **recorded(by),
    )  # fmt: skip


@transaction.atomic
def record_payment(*, contribution: Contribution, on: date, pence: int, reference: str, by: Actor) -> Payment:
    """Write down money that came in for a term. The same reference is not taken twice."""
    require(by, AGREE)
    if pence <= 0:
        raise Refused("A payment is more than nothing.", "To take one back, reverse it with a reason.")
    if on > clock.today():
        raise Refused("This day is still to come.", "Write down a payment once it has come in.")
    agreement = Agreement.objects.select_for_update().get(pk=contribution.agreement_id)
    same = Payment.objects.filter(agreement=agreement, reference=reference.strip(), reversed_by__isnull=True)
    if reference.strip() and same.filter(reverses__isnull=True).exists():
        raise Refused(
            "A payment with this reference is already written down.",
            "Look at it; if it is wrong, reverse it.",
        )
    return Payment.objects.create(
        agreement=agreement, year=contribution.year, term=contribution.term, on=on, pence=pence,
        reference=reference.strip(), **recorded(by),
    )  # fmt: skip


@transaction.atomic
def reverse_payment(*, payment: Payment, because: str, by: Actor) -> Payment:
    """Take a payment back that was written down wrongly, or returned. Both stay readable."""
    require(by, AGREE)
    _needs(because, "A reversal")
    held = Payment.objects.select_for_update().get(pk=payment.pk)
    if held.reverses_id is not None or Payment.objects.filter(reverses=held).exists():
        raise Refused("This has already been reversed, or is a reversal.", "Record what is true now.")
    return Payment.objects.create(
        agreement=held.agreement, year=held.year, term=held.term, on=clock.today(), pence=-held.pence,
        reference=held.reference, because=because.strip(), reverses=held, **recorded(by),
    )  # fmt: skip


@transaction.atomic
def end_agreement(*, agreement: Agreement, on: date, because: str, by: Actor) -> None:
    """End an agreement. What fell due before stays due."""
    require(by, AGREE)
    _needs(because, "An end")
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    end_row(held, on, by)
    held.ended_because = because.strip()
    held.save(update_fields=["ended_because"])


@transaction.atomic
def set_unit_cost(
    *, grade: str, doing: str, begins: date, pence: int, source: str, assumed: bool, because: str, by: Actor
) -> UnitCost:
    """Say what an hour costs from a day on. Without a source it is only assumed, and every page says so."""
    require(by, AGREE)
    _needs(because, "A unit cost")
    if pence <= 0 or not grade.strip():
        raise Refused("An hour costs something, at some grade.", "Write the grade and the cost of an hour.")
    if not source.strip():
        raise Refused(
            "A cost says where it is from.", "Name the source, or say that it is assumed and by whom."
        )
    return UnitCost.objects.create(
        grade=grade, doing=doing, begins=begins, pence=pence, source=source.strip(), assumed=assumed,
        because=because.strip(), **recorded(by),
    )  # fmt: skip


@transaction.atomic
def set_budget(
    *, team: Team, year: int, pence: int, source: str, assumed: bool, because: str, by: Actor
) -> Budget:
    """Say what a family support team may spend in a year, first or anew."""
    require(by, AGREE)
    _needs(because, "A budget")
    if team.kind != Team.Kind.FAMILY_SUPPORT or pence < 0 or not source.strip():
        raise Refused(
            f"A budget of {pounds(pence)} is not taken.",
            "Choose a family support team, and say where it is from.",
        )
    return Budget.objects.create(
        team=team, year=year, pence=pence, source=source.strip(), assumed=assumed, because=because.strip(),
        **recorded(by),
    )  # fmt: skip


def record_time(
    *, files: Sequence[int], lasted: int, doing: str, at_grade: str, day: date, by: Actor
) -> Written:
    """Write down time given to a family, once, in the file of each child whom it was for."""
    if not files or lasted <= 0 or day > clock.today():
        raise Refused(
            "Time is given to somebody, lasts, and is past.", "Choose the children, the minutes and the day."
        )
    occasion, body = new_id(), TimeGiven(lasted=lasted, doing=doing, at_grade=at_grade, among=len(set(files)))
    drafts = [
        Draft(file=file, body=body, day=day.toordinal(), at=None, occasion=occasion)
        for file in sorted(set(files))
    ]
    return write(drafts, by=by, may="visit.record")
