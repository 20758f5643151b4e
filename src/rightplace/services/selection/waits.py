"""What of a selection waits with whom on My day: sheets, marks to settle, rights, adjustments, decisions, appeals."""

from __future__ import annotations

from django.db.models import Count, F, Q, QuerySet

from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.services.selection.models import (
    Adjustment,
    Appeal,
    Assessment,
    Decision,
    Member,
    Offer,
    PreferenceList,
    Run,
    RunResult,
    ScoreSheet,
    Trial,
)
from rightplace.services.selection.policy import HEAR, KEEP, MODERATE, PREFER, SCORE


def sheets_to_sign(actor: Actor) -> QuerySet[ScoreSheet] | None:
    """One's own sheets that are not signed."""
    if not may(actor, SCORE):
        return None
    return scope(actor, ScoreSheet).filter(signed_at=None, replaced_at=None, conflict_at=None)


def scorers_to_name(actor: Actor) -> QuerySet[ScoreSheet] | None:
    """Sheets whose scorer has a conflict of interest: somebody else scores. Nobody names one for the own interview."""
    if not may(actor, KEEP):
        return None
    waiting = ScoreSheet.objects.filter(conflict_at__isnull=False, replaced_at=None)
    return waiting.exclude(assessment__member__worker=actor.worker)


def to_settle(actor: Actor) -> QuerySet[Assessment] | None:
    """Where everybody signed, no score is settled, and the reader took no part: a third is asked."""
    if not may(actor, MODERATE):
        return None
    open_sheets = ScoreSheet.objects.filter(signed_at=None, replaced_at=None).values("assessment")
    own = ScoreSheet.objects.filter(scorer=actor.worker).values("assessment")
    counted = scope(actor, Assessment).annotate(
        settled=Count("results", filter=Q(results__turn=F("turn")), distinct=True),
        signed=Count("sheets", filter=Q(sheets__turn=F("turn"), sheets__signed_at__isnull=False), distinct=True),
    )  # fmt: skip
    return (
        counted.filter(settled=0, signed__gte=2).exclude(pk__in=open_sheets).exclude(pk__in=own)
        .exclude(member__worker=actor.worker)
    )  # fmt: skip


def ties(actor: Actor) -> QuerySet[Run] | None:
    """Selections whose last run asks a panel about people who are level."""
    if not may(actor, MODERATE):
        return None
    newest = Run.objects.order_by("exercise", "-number").distinct("exercise").values("pk")
    asked = RunResult.objects.filter(method="stable", questions__gt=0).values("run")
    return scope(actor, Run).filter(pk__in=newest).filter(pk__in=asked)


def to_confirm(actor: Actor) -> QuerySet[Decision] | None:
    """Proposals that wait for their second person, who is not the first."""
    if not may(actor, MODERATE):
        return None
    runs = scope(actor, Run).values("pk")
    waiting = Decision.objects.filter(run__in=runs, confirmed_at=None, replaced_at=None)
    return waiting.exclude(recorded_by=actor.worker)


def rights_to_judge(actor: Actor) -> QuerySet[Offer] | None:
    """Rights to be offered a place first of which nobody has said what is suitable."""
    return (
        Offer.objects.filter(judged_on=None, member__exercise__published_at=None)
        if may(actor, KEEP)
        else None
    )


def adjustments_to_answer(actor: Actor) -> QuerySet[Adjustment] | None:
    """What people need at interviews, not answered."""
    if not may(actor, KEEP):
        return None
    return Adjustment.objects.filter(answered_on=None).exclude(member__worker=actor.worker)


def appeals_to_appoint(actor: Actor) -> QuerySet[Appeal] | None:
    """Appeals that nobody hears yet."""
    return scope(actor, Appeal).filter(hearer=None, outcome="") if may(actor, KEEP) else None


def trials_to_end(actor: Actor) -> QuerySet[Trial] | None:
    """Trials whose last week has come."""
    return scope(actor, Trial).filter(outcome="", ends__lte=clock.today()) if may(actor, KEEP) else None


def to_hear(actor: Actor) -> QuerySet[Appeal] | None:
    """Appeals to which the reader is appointed."""
    return scope(actor, Appeal).filter(hearer=actor.worker, outcome="") if may(actor, HEAR) else None


def offer_to_answer(actor: Actor) -> QuerySet[Offer] | None:
    """One's own right: suitable places are named, and one's answer is missing."""
    if not may(actor, PREFER):
        return None
    return Offer.objects.filter(member__worker=actor.worker, judged_on__isnull=False, answer="")


def wishes_to_say(actor: Actor) -> QuerySet[Member] | None:
    """One's own wishes, while they can be said and none is."""
    if not may(actor, PREFER):
        return None
    today = clock.today()
    said = PreferenceList.objects.filter(member__worker=actor.worker).values("member")
    return Member.objects.filter(
        worker=actor.worker, exercise__opens__lte=today, exercise__closes__gte=today
    ).exclude(pk__in=said)


OWN = (
    Waits("selection-right", offer_to_answer, "id", "", "Your right to be offered a place first: say yes or no",
          "selection:home", 4),
    Waits("selection-wishes", wishes_to_say, "id", "exercise__closes", "Say which places you would like", "selection:home", 24,
          by_day=True),
    Waits("selection-sheets", sheets_to_sign, "id", "assessment__interview_at", "Score sheets to sign", "selection:sheets", 25),
    Waits("selection-settle", to_settle, "id", "", "Scores on which two scorers are apart", "selection:exercises", 26),
    Waits("selection-ties", ties, "id", "", "People who are level: a question to a panel", "selection:exercises", 27),
    Waits("selection-confirm", to_confirm, "id", "", "A placing to confirm or send back", "selection:exercises", 28),
    Waits("selection-conflicts", scorers_to_name, "id", "assessment__interview_at",
          "Scorers who cannot score somebody: name another", "selection:exercises", 33),
    Waits("selection-judge", rights_to_judge, "id", "", "Rights to be offered a place first: which suit?",
          "selection:exercises", 34),
    Waits("selection-adjust", adjustments_to_answer, "id", "", "Adjustments at interviews to answer",
          "selection:exercises", 35),
    Waits("selection-appoint", appeals_to_appoint, "id", "", "Appeals that nobody hears yet", "selection:exercises", 36),
    Waits("selection-trials", trials_to_end, "id", "ends", "Trials that end", "selection:exercises", 37, by_day=True),
    Waits("selection-hear", to_hear, "id", "hearing_on", "Appeals to hear", "selection:hearings", 29, by_day=True),
)  # fmt: skip
