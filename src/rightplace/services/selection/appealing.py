"""Appeals with their clocks: made, heard by somebody who took no part, decided with reasons; what success leads to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from rightplace.domain.practice.calendars import calendar
from rightplace.domain.practice.journey.refusals import Refused
from rightplace.domain.restructuring import Appeal as Clock
from rightplace.domain.restructuring import Step, partial, steps
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.roles import role_of
from rightplace.foundation.access.scope import require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.models import Membership, Worker
from rightplace.foundation.organisation.queries import holding
from rightplace.foundation.organisation.recording import recorded
from rightplace.services.selection.letters import last_day_to_appeal
from rightplace.services.selection.models import (
    Appeal,
    AppealWord,
    Assessment,
    Decision,
    Letter,
    Member,
    PanelsOrder,
    Result,
    ScoreSheet,
)
from rightplace.services.selection.policy import HEAR, KEEP, RAISE
from rightplace.services.selection.scoring import score_anew
from rightplace.services.selection.sealing import sealed

NO_PART = "An appeal is heard by people who took no part in the decision"


@transaction.atomic
def raise_appeal(*, member: Member, about: str, grounds: str, by: Actor) -> Appeal:
    """Appeal against the own pool, score or result, with its grounds. In time; one at a time."""
    require(by, RAISE, member)
    chosen = Appeal.About(about)
    day = day_of_the_letter(member, chosen)
    if day is None:
        raise Refused("You were not told this yet.", "You can appeal once you have read it in a letter.")
    last = last_day_to_appeal(day)
    if clock.today() > last:
        raise Refused(
            f"The last day to appeal was {last:%d %B %Y}.", "Speak with human resources or your trade union."
        )
    if not grounds.strip():
        raise Refused("An appeal has grounds.", "Say what was not right.")
    if Appeal.objects.filter(member=member, outcome="").exists():
        raise Refused("Your appeal is being heard.", "Add what else you want to say to it.")
    made = Appeal.objects.create(
        member=member, about=chosen, letter_on=day, made_on=clock.today(), **recorded(by)
    )
    _word(made, AppealWord.Said.GROUNDS, grounds, by)
    return made


def day_of_the_letter(member: Member, about: str) -> date | None:
    """The day from which an appeal's clock counts: the telling of pools, or the person's last published letter."""
    if about == Appeal.About.POOL:
        return member.exercise.told_on
    letter = (
        Letter.objects.filter(placement__member=member, published_at__isnull=False).order_by("-pk").first()
    )
    return letter.published_at.date() if letter is not None and letter.published_at is not None else None


def took_part(appeal: Appeal) -> frozenset[int]:
    """Everybody who decided what an appeal is about: pools, scoring, moderation, ties, proposal, confirmation."""
    member = appeal.member
    found = {
        member.recorded_by_id,
        *(row for row in [member.pool.recorded_by_id if member.pool else None] if row),
    }
    if appeal.about != Appeal.About.POOL:
        found |= set(ScoreSheet.objects.filter(assessment__member=member).values_list("scorer", flat=True))
        found |= set(Result.objects.filter(assessment__member=member).values_list("recorded_by", flat=True))
        decisions = Decision.objects.filter(placements__member=member)
        found |= set(decisions.values_list("recorded_by", flat=True))
        found |= set(decisions.exclude(confirmed_by=None).values_list("confirmed_by", flat=True))
        found |= set(
            PanelsOrder.objects.filter(exercise=member.exercise_id).values_list("recorded_by", flat=True)
        )
    return frozenset(found)


@transaction.atomic
def appoint_hearer(*, appeal: Appeal, hearer: Worker, hearing_on: date, by: Actor) -> None:
    """Appoint who hears an appeal, and the day. Refused for whoever took part in what it is about."""
    require(by, KEEP)
    if appeal.outcome:
        raise Refused("This appeal was decided.", "Read the decision.")
    roles = Membership.objects.filter(holding(clock.today()), worker=hearer).values_list("role", flat=True)
    if not any(HEAR in role_of(role).permissions for role in roles):
        raise Refused("This person may not hear appeals.", "Name a head of service or the director.")
    asked = Clock(
        letter=appeal.letter_on.toordinal(), decided=took_part(appeal) | {appeal.member.worker_id},
        hearing=frozenset({hearer.pk}),
    )  # fmt: skip
    if partial(asked):
        raise Refused(
            "This person took part in what the appeal is about.", "Name somebody who took no part.", NO_PART
        )
    if hearing_on < appeal.made_on:
        raise Refused("A hearing is after the appeal was made.", "Give a later day.")
    appeal.hearer, appeal.hearing_on = hearer, hearing_on
    appeal.save(update_fields=["hearer", "hearing_on"])


@transaction.atomic
def add_evidence(*, appeal: Appeal, words: str, by: Actor) -> AppealWord:
    """Add evidence: the person, the hearer, or human resources."""
    if by.worker == appeal.member.worker_id:
        require(by, RAISE, appeal.member)
    elif by.worker == appeal.hearer_id:
        require(by, HEAR, appeal)
    else:
        require(by, KEEP)
    if appeal.outcome:
        raise Refused("This appeal was decided.", "Read the decision.")
    if not words.strip():
        raise Refused("Nothing was written.", "Write what shows it.")
    return _word(appeal, AppealWord.Said.EVIDENCE, words, by)


@transaction.atomic
def decide_appeal(
    *,
    appeal: Appeal,
    outcome: str,
    reasons: str,
    heard_on: date,
    by: Actor,
    assessment: Assessment | None = None,
) -> None:
    """Decide an appeal after hearing the person, with reasons. One that succeeds names what is scored anew."""
    found = Appeal.objects.select_for_update(of=("self",)).select_related("member").get(pk=appeal.pk)
    require(by, HEAR, found)
    chosen = Appeal.Outcome(outcome)
    if found.outcome:
        raise Refused("This appeal was decided.", "Read the decision.")
    if not reasons.strip():
        raise Refused("A decision on an appeal has reasons.", "Say why it succeeds, or why not.")
    if not found.made_on <= heard_on <= clock.today():
        raise Refused("The hearing has been, after the appeal was made.", "Give its day.")
    if found.about == Appeal.About.SCORE and chosen is Appeal.Outcome.UPHELD and assessment is None:
        raise Refused("Nobody said what is scored anew.", "Choose the assessment that was not right.")
    if assessment is not None and assessment.member_id != found.member_id:
        raise Refused("That is somebody else’s assessment.", "Choose one of the person’s own.")
    found.outcome, found.heard_on, found.answered_on = chosen, heard_on, clock.today()
    found.assessment = assessment if chosen is Appeal.Outcome.UPHELD else None
    found.save()
    _word(found, AppealWord.Said.DECIDED, reasons, by)


@transaction.atomic
def carry_out(*, appeal: Appeal, scorers: Sequence[Worker], by: Actor) -> None:
    """Have the person scored anew by people who did not score before, since the appeal succeeded."""
    require(by, KEEP)
    if appeal.outcome != Appeal.Outcome.UPHELD or appeal.assessment is None:
        raise Refused(
            "Nothing is to be scored anew.", "Only an appeal against a score that succeeded asks for it."
        )
    if appeal.assessment.sheets.filter(recorded_at__date__gte=appeal.answered_on, turn__gt=1).exists():
        raise Refused("It is being scored anew already.", "Look at the panel.")
    score_anew(assessment=appeal.assessment, scorers=scorers, by=by)


def clock_of(appeal: Appeal) -> tuple[Step, ...]:
    """The appeal's steps with their last days, in working days, by the rules of the letter's day."""
    return steps(
        Clock(
            letter=appeal.letter_on.toordinal(),
            made=appeal.made_on.toordinal(),
            heard=appeal.heard_on.toordinal() if appeal.heard_on else None,
            answered=appeal.answered_on.toordinal() if appeal.answered_on else None,
        ),
        calendar(),
    )


def _word(appeal: Appeal, kind: str, words: str, by: Actor) -> AppealWord:
    return AppealWord.objects.create(
        appeal=appeal, kind=kind, **sealed({"words": words.strip()}), **recorded(by)
    )
