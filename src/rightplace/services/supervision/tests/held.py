"""Sessions for the tests: planned, prepared, held and signed. Invented words."""

from __future__ import annotations

from datetime import date, timedelta

from rightplace.services.supervision import actions
from rightplace.services.supervision.models import Session
from rightplace.testing.organisation import MORNING, Colleague

TODAY = MORNING.date()
WORDS = {
    "wellbeing": "Tired since the winter.",
    "feelings": "The visit on Monday frightened her.",
    "development": "Wants to learn about court work.",
    "agreed": "Two half days without visits.",
}


def planned(who: Colleague, by: Colleague, on: date = TODAY) -> Session:
    """A session that a supervisor planned."""
    return actions.plan_session(worker=who.worker.pk, on=on, by=by.actor)


def held(who: Colleague, by: Colleague, *, days_ago: int = 0, minutes: int = 75, **words: str) -> Session:
    """A session that a supervisor held and signed."""
    session = planned(who, by)
    actions.sign_as_supervisor(
        session=session,
        held_on=TODAY - timedelta(days=days_ago),
        minutes=minutes,
        words=words or WORDS,
        by=by.actor,
    )
    session.refresh_from_db()
    return session


def signed(
    who: Colleague, by: Colleague, *, account: str = "", themes: tuple[str, ...] = (), **more: int
) -> Session:
    """A session that both signed."""
    session = held(who, by, **more)
    actions.sign_as_worker(session=session, by=who.actor, account=account, themes=themes)
    session.refresh_from_db()
    return session
