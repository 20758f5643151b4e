"""Interviews: when, where and before whom; what a person asks for; a scorer who is replaced, with what was found kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from rightplace.domain.practice.calendars import calendar
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Worker
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.selection import scoring
from rightplace.services.selection.models import (
    Adjustment,
    Assessment,
    Member,
    Panel,
    PanelMember,
    ScoreSheet,
)
from rightplace.services.selection.policy import KEEP, PREFER, SCORE
from rightplace.services.selection.sealing import sealed

LONDON: Final = ZoneInfo("Europe/London")
LAST_HOUR: Final = time(17)
SHORTEST, LONGEST = 15, 240


@dataclass(frozen=True, slots=True)
class Slots:
    """The first interview's day and time, how many minutes each takes, and where they are."""

    first: date
    at: time
    minutes: int
    place: str

    def times(self) -> Iterator[datetime]:
        """One after another until the day's last hour, then on the next working day."""
        day = self.first
        while True:
            here = datetime.combine(day, self.at, LONDON)
            while (here + timedelta(minutes=self.minutes)).time() <= LAST_HOUR and here.date() == day:
                yield here
                here += timedelta(minutes=self.minutes)
            day = _next_working(day)


def _next_working(day: date) -> date:
    return date.fromordinal(calendar().next_working(day.toordinal() + 1))


@transaction.atomic
def invite(
    *, panel: Panel, members: Sequence[Member], scorers: Sequence[Worker], slots: Slots, by: Actor
) -> list[Assessment]:
    """Put people before two scorers of a panel, one interview after another from a day and time on."""
    require(by, KEEP)
    _can_be(slots)
    if not members:
        raise Refused("Nobody is chosen.", "Choose who is interviewed.")
    if Assessment.objects.filter(panel=panel, member__in=members).exists():
        raise Refused("Somebody is before this panel already.", "Look at the person's line on this page.")
    agreed = agreed_for([each.pk for each in members])
    return [
        scoring.assess(
            panel=panel, member=member, scorers=scorers, interview_at=at, place=slots.place,
            adjustments=agreed.get(member.pk, ""), by=by,
        )
        for member, at in zip(members, slots.times(), strict=False)
    ]  # fmt: skip


def _can_be(slots: Slots) -> None:
    if not SHORTEST <= slots.minutes <= LONGEST:
        raise Refused(
            f"An interview takes {SHORTEST} to {LONGEST} minutes.", "Give the minutes that each takes."
        )
    if slots.first < clock.today() or not calendar().is_working(slots.first.toordinal()):
        raise Refused("Interviews begin on a working day that has not gone by.", "Give another day.")
    if (datetime.combine(slots.first, slots.at) + timedelta(minutes=slots.minutes)).time() > LAST_HOUR:
        raise Refused("The first interview would end after 17:00.", "Begin earlier in the day.")
    if not slots.place.strip():
        raise Refused("Nobody knows where to go.", "Give the room, or how the two meet.")


@transaction.atomic
def move_interview(*, assessment: Assessment, on: date, at: time, place: str, by: Actor) -> None:
    """Say another day, time or place for an interview, before anybody has signed."""
    require(by, KEEP)
    if scoring.sheets_of(assessment).filter(signed_at__isnull=False).exists():
        raise Refused("A scorer has signed: the interview has been.", "Look at how the scores stand.")
    if on < clock.today() or not place.strip():
        raise Refused("An interview lies ahead and has a place.", "Give its day and where it is.")
    assessment.interview_at, assessment.place = datetime.combine(on, at, LONDON), place.strip()
    assessment.save(update_fields=["interview_at", "place"])


@transaction.atomic
def ask_adjustment(*, member: Member, words: str, by: Actor) -> Adjustment:
    """Ask for what an interview needs to be fair to a person: the person, or human resources for who is away."""
    if member.worker_id == by.worker:
        require(by, PREFER, member)
    else:
        require(by, KEEP)
    if not words.strip():
        raise Refused("Nothing is asked for.", "Say what you need at the interview.")
    if member.adjustments.filter(answered_on=None).exists():
        raise Refused("What was asked for before is not answered yet.", "Human resources answer it first.")
    return Adjustment.objects.create(member=member, **sealed({"asked": words.strip()}), **recorded(by))


@transaction.atomic
def agree_adjustment(*, adjustment: Adjustment, words: str, by: Actor) -> None:
    """Say what is agreed, in the words that the panel reads. Nobody agrees one's own."""
    require(by, KEEP)
    found = Adjustment.objects.select_for_update(of=("self",)).select_related("member").get(pk=adjustment.pk)
    if found.member.worker_id == by.worker:
        raise Refused("You asked for this yourself.", "Let a colleague answer it.")
    if found.answered_on is not None:
        raise Refused("This is answered.", "Look at what was agreed.")
    if not words.strip():
        raise Refused("The person and the panel read what is agreed.", "Write it down, or why it cannot be.")
    found.say(**found.said, agreed=words.strip())
    found.answered_on, found.answered_by_id = clock.today(), by.worker
    found.save()
    for each in Assessment.objects.filter(member=found.member, results=None):
        each.say(**(each.said | {"adjustments": words.strip()}))
        each.save(update_fields=["salt", "sealed"])


def agreed_for(members: Sequence[int]) -> dict[int, str]:
    """What was last agreed for each of these people."""
    rows = Adjustment.objects.filter(member__in=members, answered_on__isnull=False).order_by("id")
    return {row.member_id: row.said["agreed"] for row in rows}


@transaction.atomic
def declare_conflict(*, sheet: ScoreSheet, words: str, by: Actor) -> None:
    """Say that one is kin, a friend or in dispute with the person, before signing. Human resources read it and name another."""
    found = (
        ScoreSheet.objects.select_for_update(of=("self",))
        .select_related("assessment__member")
        .get(pk=sheet.pk)
    )
    require(by, SCORE, found)
    scoring.still_open(found)
    if not words.strip():
        raise Refused("A conflict of interest has words.", "Say in a sentence how you know each other.")
    found.say(**found.said, conflict=words.strip())
    found.conflict_at = clock.now()
    found.save(update_fields=["salt", "sealed", "conflict_at"])


@transaction.atomic
def replace_scorer(*, sheet: ScoreSheet, worker: Worker, because: str, by: Actor) -> ScoreSheet:
    """Let another trained scorer of the panel score in somebody's stead. Before signing, and with the reason.

    The first sheet stays as it was, with what it says and why it no longer counts; the second begins empty.
    """
    require(by, KEEP)
    found = (
        ScoreSheet.objects.select_for_update(of=("self",))
        .select_related("assessment__panel", "assessment__member")
        .get(pk=sheet.pk)
    )
    assessment = found.assessment
    if found.signed_at is not None or found.replaced_at is not None:
        raise Refused("This sheet is signed, or was given away before.", "What was signed stays.")
    if not because.strip():
        raise Refused("The person may ask why the scorer changed.", "Write the reason.")
    if ScoreSheet.objects.filter(assessment=assessment, scorer=worker).exists():
        raise Refused("This person has, or had, a sheet here.", "Name somebody who took no part yet.")
    _put_on(assessment.panel, worker, by)
    others = Worker.objects.filter(pk__in=scoring.sheets_of(assessment).exclude(pk=found.pk).values("scorer"))
    scoring.may_score(assessment.panel, assessment.member, [*others, worker])
    found.say(**found.said, replaced=because.strip())
    found.replaced_at, found.replaced_by_id = clock.now(), by.worker
    found.save()
    scoring.give_sheets(assessment, [worker], by)
    return ScoreSheet.objects.get(assessment=assessment, scorer=worker, turn=assessment.turn)


def _put_on(panel: Panel, worker: Worker, by: Actor) -> None:
    if not PanelMember.objects.filter(panel=panel, worker=worker).exists():
        scoring.appoint_scorer(panel=panel, worker=worker, by=by)
