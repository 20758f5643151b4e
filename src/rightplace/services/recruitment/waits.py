"""What waits with whom on My day: an approval, a shortlist, a panel's word, a check, one's own interview."""

from __future__ import annotations

from django.db.models import QuerySet

from rightplace.common.caseflow.waits import Waits
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.scope import may, scope
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.rolecodes import MANAGES_A_TEAM, RoleCode
from rightplace.services.recruitment.models import Candidate, Notice, PanelWord, Vacancy, Voice


def with_whom(actor: Actor) -> str:
    """The name by which the local list says that something waits with this reader."""
    if may(actor, "recruitment.keep"):
        return "human resources"
    if actor.role == RoleCode.HEAD_OF_SERVICE:
        return "head of service"
    return "manager" if actor.role in MANAGES_A_TEAM else ""


def vacancies_waiting(actor: Actor) -> QuerySet[Vacancy] | None:
    """Open vacancies whose next step waits with this reader."""
    waits = with_whom(actor) if may(actor, "recruitment.see") else ""
    return scope(actor, Vacancy).filter(ended_on=None, waits_with=waits) if waits else None


def candidates_waiting(actor: Actor) -> QuerySet[Candidate] | None:
    """Candidates whose next step waits with this reader, but for a panel's word, which each member is asked for."""
    waits = with_whom(actor) if may(actor, "recruitment.see") else ""
    if not waits:
        return None
    found = scope(actor, Candidate).filter(ended_on=None, waits_with=waits)
    return found if waits != "manager" else found.filter(vacancy__seat__post__team=actor.team)


def words_waiting(actor: Actor) -> QuerySet[PanelWord] | None:
    """Interviews that were held and of which this reader has said nothing."""
    if not may(actor, "recruitment.see"):
        return None
    today = clock.today()
    return PanelWord.objects.filter(
        worker=actor.worker, appointable=None, on__lte=today, candidate__ended_on=None
    )


def interviews_waiting(actor: Actor) -> QuerySet[Voice] | None:
    """One's own interview that was offered."""
    if not may(actor, "recruitment.interview"):
        return None
    return Voice.objects.filter(worker=actor.worker, answered_on=None, declined_on=None)


def to_read(actor: Actor) -> QuerySet[Voice] | None:
    """Interviews that this reader was named to read."""
    if not may(actor, "recruitment.keep"):
        return None
    return Voice.objects.filter(
        reader=actor.worker, answered_on__isnull=False, coded_on=None, taken_back_on=None
    )


def last_days(actor: Actor) -> QuerySet[Notice] | None:
    """Notices whose last day has passed and is not recorded."""
    if not may(actor, "recruitment.keep"):
        return None
    return scope(actor, Notice).filter(taken_back_on=None, leaver=None, last_day__lt=clock.today())


OWN = (
    Waits("recruitment-vacancies", vacancies_waiting, "id", "next_by", "Vacancies: the next step waits with you",
          "recruitment:pipeline", 30, by_day=True),
    Waits("recruitment-candidates", candidates_waiting, "id", "next_by", "Candidates: the next step waits with you",
          "recruitment:pipeline", 31, by_day=True),
    Waits("recruitment-panel", words_waiting, "id", "on", "Say what you think after an interview", "recruitment:panels", 32,
          by_day=True),
    Waits("recruitment-own-interview", interviews_waiting, "id", "answer_by", "Your stay or exit interview",
          "recruitment:my-interviews", 60, by_day=True),
    Waits("recruitment-to-read", to_read, "id", "", "Interviews of staff for you to read", "recruitment:interviews", 61),
    Waits("recruitment-last-days", last_days, "id", "last_day", "Record that somebody’s last day has passed",
          "recruitment:leavers", 33, by_day=True),
)  # fmt: skip
