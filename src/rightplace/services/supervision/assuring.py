"""Whether supervision happens, how often and how well, for the manager of managers: small numbers left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Count, Max, Q, Sum

from rightplace.domain.evidence.smallnumbers import Published, suppress
from rightplace.domain.practice.journey.refusals import Refused, needs_reasons
from rightplace.domain.practice.supervision import State
from rightplace.foundation.access.actor import Actor
from rightplace.foundation.access.rls import reading_as
from rightplace.foundation.access.scope import NotAllowed, require
from rightplace.foundation.organisation import clock
from rightplace.foundation.organisation.recording import recorded
from rightplace.foundation.organisation.rolecodes import RoleCode
from rightplace.services.supervision import sealing
from rightplace.services.supervision.lines import Chart, Supervised, chart
from rightplace.services.supervision.lock import COUNTING
from rightplace.services.supervision.models import Observed, ObservedWord, Session, Trained, View
from rightplace.services.supervision.queries import Standing, standings

FEWEST: Final = 5
LATELY: Final = timedelta(weeks=12)
YEAR: Final = timedelta(days=365)
IN_TIME, A_WEEK, FOUR_WEEKS, LONGER = "in time", "up to a week late", "up to four weeks late", "later still"
UNKNOWN, AWAY = "not known", "away"
STATES: Final = (IN_TIME, A_WEEK, FOUR_WEEKS, LONGER, UNKNOWN, AWAY)
GAPS: Final = ("up to two weeks", "up to four weeks", "up to six weeks", "up to eight weeks", "longer")
BETWEEN: Final = """
SELECT held_on - before FROM (
    SELECT held_on, lag(held_on) OVER (PARTITION BY supervisee_id ORDER BY held_on) AS before, supervisee_id
    FROM supervision_session WHERE held_on IS NOT NULL AND supervisee_id = ANY(%s)) s
WHERE before IS NOT NULL AND held_on > %s AND held_on <= %s
"""


@dataclass(frozen=True)
class SupervisorTold:
    """What is known of one supervisor: how many, hours given, trained, observed. Of the supervisees no one is named."""

    person: Supervised
    span: int
    hours: float
    put_off: int
    trained: date | None
    observed: date | None


@dataclass(frozen=True)
class Assurance:
    """Supervision among those below one leader, as of a day."""

    on: date
    supervisors: Sequence[SupervisorTold]
    supervised: int
    states: Published[str]
    gaps: Published[str]
    themes: Mapping[str, int]
    answers: int
    uncovered: int


def below(known: Chart, actor: Actor) -> list[Supervised]:
    """Whose supervising one answers for: a head of service the own managers, the director everybody who supervises."""
    if actor.role != RoleCode.DIRECTOR:
        return known.below(actor.worker)
    busy = {each.supervisor for each in known.people.values()}
    found = [each for each in known.people.values() if each.worker in busy and each.worker != actor.worker]
    return sorted(found, key=lambda each: (each.name, each.worker))


def assurance(actor: Actor, on: date) -> Assurance:
    """What the page of assurance says. Nine questions."""
    known = chart(on)
    people = below(known, actor)
    ids = [each.worker for each in people]
    under = [each for each in known.people.values() if each.supervisor in set(ids)]
    states = Counter(state_of(each, on) for each in standings(under, on).values())
    gaps = Counter(gap_of(days) for days in days_between([each.worker for each in under], on))
    answers, themes = counted_themes(actor, ids, on)
    return Assurance(
        on=on,
        supervisors=_told(known, people, on),
        supervised=len(under),
        states=suppress({state: states[state] for state in STATES}, FEWEST),
        gaps=suppress({gap: gaps[gap] for gap in GAPS}, FEWEST),
        themes=themes,
        answers=answers,
        uncovered=sum(1 for each in under if each.supervisor in known.away),
    )


def own_line(known: Chart, me: Supervised, on: date) -> SupervisorTold:
    """What one's own manager reads of one as a supervisor, from the same count."""
    return _told(known, [me], on)[0]


def state_of(standing: Standing, on: date) -> str:
    """In time, late by so much, away, or not known."""
    if standing.due.state is State.AWAY:
        return AWAY
    if standing.due.state is not State.DUE:
        return UNKNOWN
    late = standing.due.late(on)
    return IN_TIME if late == 0 else A_WEEK if late <= 7 else FOUR_WEEKS if late <= 28 else LONGER


def days_between(workers: Collection[int], on: date) -> list[int]:
    """How many days lay between each two sessions of these workers, in the half year before."""
    with connection.cursor() as cursor:
        cursor.execute(BETWEEN, [list(workers), on - timedelta(days=182), on])
        return [row[0] for row in cursor.fetchall()]


def gap_of(days: int) -> str:
    return GAPS[min(sum(days > limit for limit in (14, 28, 42, 56)), len(GAPS) - 1)]


def counted_themes(actor: Actor, supervisors: Collection[int], on: date) -> tuple[int, dict[str, int]]:
    """How many people said what of their sessions in a year: nothing at all below five people, no theme below five."""
    said: dict[str, set[int]] = {}
    everybody: set[int] = set()
    with reading_as(actor, purpose=COUNTING):
        rows = View.objects.filter(supervisor__in=list(supervisors), recorded_at__date__gt=on - YEAR)
        for supervisee, themes in rows.values_list("supervisee", "themes"):
            everybody.add(supervisee)
            for theme in themes:
                said.setdefault(theme, set()).add(supervisee)
    if len(everybody) < FEWEST:
        return 0, {}
    return len(everybody), {
        theme: len(said[theme]) for theme in View.Theme.values if len(said.get(theme, ())) >= FEWEST
    }


def _told(known: Chart, people: Sequence[Supervised], on: date) -> list[SupervisorTold]:
    ids = [each.worker for each in people]
    spans = Counter(each.supervisor for each in known.people.values())
    rows = Session.objects.filter(supervisor__in=ids).values_list("supervisor")
    given = {
        worker: (minutes or 0, off)
        for worker, minutes, off in rows.annotate(
            minutes=Sum("minutes", filter=Q(held_on__gt=on - LATELY, held_on__lte=on)),
            off=Count("id", filter=Q(put_off__gt="", planned_on__gt=on - LATELY)),
        )
    }
    trained = dict(
        Trained.objects.filter(worker__in=ids, on__lte=on).values_list("worker").annotate(d=Max("on"))
    )
    seen = dict(
        Observed.objects.filter(supervisor__in=ids, on__lte=on)
        .values_list("supervisor")
        .annotate(d=Max("on"))
    )
    return [
        SupervisorTold(
            each, spans[each.worker], round(given.get(each.worker, (0, 0))[0] / 60, 1), given.get(each.worker, (0, 0))[1],
            trained.get(each.worker), seen.get(each.worker),
        )
        for each in people
    ]  # fmt: skip


# competence -----------------------------------------------------------------------------------------------------------


def _below_or_refuse(supervisor: int, by: Actor) -> None:
    require(by, "supervision.assure")
    if supervisor not in {each.worker for each in below(chart(clock.today()), by)}:
        raise NotAllowed


@transaction.atomic
def record_observed(*, supervisor: int, on: date, words: str, by: Actor) -> Observed:
    """A supervisor's manager sat in on a session and says what was seen; the supervisor reads it."""
    _below_or_refuse(supervisor, by)
    needs_reasons(words)
    if on > clock.today():
        raise Refused("That day is still to come.", "Give the day of the session.")
    row = Observed.objects.create(supervisor_id=supervisor, on=on, salt=sealing.new_salt(), **recorded(by))
    with reading_as(by):
        ObservedWord.objects.create(
            observed=row, supervisor=supervisor, observer=by.worker,
            sealed=sealing.sealed(row.salt, row.pk, sealing.SEEN, words.strip()),
        )  # fmt: skip
    return row


@transaction.atomic
def record_trained(*, supervisor: int, course: str, on: date, by: Actor) -> Trained:
    """A supervisor was trained to supervise."""
    _below_or_refuse(supervisor, by)
    if on > clock.today():
        raise Refused("That day is still to come.", "Give the day of the course.")
    return Trained.objects.create(worker_id=supervisor, course=Trained.Course(course), on=on, **recorded(by))


def observations_of(actor: Actor, supervisor: int) -> list[tuple[Observed, str]]:
    """What was seen of a supervisor, for that supervisor and whoever wrote it; others find nothing."""
    with reading_as(actor):
        rows = list(
            ObservedWord.objects.filter(supervisor=supervisor)
            .select_related("observed__recorded_by")
            .order_by("-observed__on", "-id")[:20]
        )
    return [
        (row.observed, sealing.opened(row.observed.salt, row.observed_id, sealing.SEEN, row.sealed))
        for row in rows
    ]
